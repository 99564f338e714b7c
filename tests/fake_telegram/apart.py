"""The fake Telegram in a process of its own, so that whoever calls it may be killed.

`Apart` starts one and talks to it: `telegram.order("arrive", 1, 10_000)` calls the method of that
name in the other process, `telegram.log()` is what happened to the bot's messages there.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import uvloop
from aiohttp import web

from tests.fake_telegram.chats import Deed, What
from tests.fake_telegram.wire import FakeTelegram

ROOT = Path(__file__).parents[2]


class Apart:
    """The other process, seen from here."""

    def __init__(self, url: str, control: str) -> None:
        self.url, self._control = url, control
        self.token = FakeTelegram.token

    @classmethod
    @contextmanager
    def started(cls, **options: float) -> Iterator["Apart"]:
        """`rate`, `latency` and `limits` are those of `FakeTelegram`."""
        command = [sys.executable, "-m", "tests.fake_telegram.apart", json.dumps(options)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            try:
                assert process.stdout
                yield cls(*json.loads(process.stdout.readline()))
            finally:
                process.send_signal(signal.SIGTERM)

    def order(self, name: str, *arguments: object) -> Any:
        body = json.dumps([name, *arguments]).encode()
        with urlopen(Request(self._control, body), timeout=30) as answer:
            return json.load(answer)

    def log(self, since: int = 0) -> list[Deed]:
        return [Deed(*values) for values in self.order("deeds", since)]

    def count(self) -> int:
        """How many deeds there are."""
        return int(self.order("count"))

    def copies(self, what: What = "sent") -> Counter[int]:
        """How often something happened, by chat."""
        return Counter(deed.chat for deed in self.log() if deed.what == what)


class _Orders:
    """What may be ordered from outside."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram

    async def take(self, request: web.Request) -> web.Response:
        name, *arguments = await request.json()
        return web.json_response(getattr(self, name)(*arguments))

    def arrive(self, first: int, last: int) -> None:
        self._telegram.arrive(first, last)

    def trouble(self, chats: list[int], kind: Any, times: int = -1) -> None:
        for chat in chats:
            if kind == "blocked":
                self._telegram.chat(chat).blocked = True
            else:
                self._telegram.trouble(chat, kind, times)

    def latency(self, seconds: float) -> None:
        self._telegram.latency = seconds

    def floods(self, every: int, seconds: int) -> None:
        self._telegram.floods.every, self._telegram.floods.seconds = every, seconds

    def flooded(self) -> list[int]:
        floods = self._telegram.floods
        return [floods.waits, floods.on_their_way, floods.ignored]

    def refused(self) -> dict[int, int]:
        return dict(self._telegram.refusals)

    def count(self) -> int:
        return len(self._telegram.log)

    def deeds(self, since: int) -> list[list[object]]:
        log = self._telegram.log[since:]
        return [[deed.at, deed.what, deed.chat, deed.message, deed.html] for deed in log]

    def called(self, method: str) -> int:
        return len(self._telegram.called(method))


async def serve(options: dict[str, Any]) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with FakeTelegram(**options) as telegram:
        app = web.Application()
        app.router.add_post("/", _Orders(telegram).take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        control = "http://{}:{}/".format(*runner.addresses[0])
        print(json.dumps([telegram.url, control]), flush=True)
        await ended.wait()
        os._exit(0)  # whoever still waits for an answer gets none


if __name__ == "__main__":
    uvloop.run(serve(json.loads(sys.argv[1])))
