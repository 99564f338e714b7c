"""The sender beside the bare libraries, at the rates it promises, and beside the chat.

The Bot API takes no time, or as long as it is told to, and refuses what is one too many in any
second. The bare contestants make the same calls and keep no books.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import httpx
import uvloop
from sqlalchemy import text
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.opening import bring_up_to_date, open_runner
from bot.runner import Runner
from bot.sender.planner import BATCH, Planner
from bot.sender.speaker import Ready, TelegramSpeaker
from bot.settings import Settings
from tests import small_areas
from tests.bench.fake_api import BUTTONS, WORDS
from tests.bench.processes import (
    DATA_KEY,
    Process,
    cpu_seconds,
    free_port,
    listens,
    running,
    wait_until,
)
from tests.bench.telegram import SECRET, Webhook, typed
from tests.bench.wire import Line, look
from tests.bot.outgoing import accepted, crowd, report, writer

TOKEN = "123456:BENCH"
CONNECTIONS = (1, 10, 100)
CALLS = 3_000
HTML = f"<b>Paspor</b>\n\n{WORDS * 6}"
BODY = {
    "chat_id": 7, "text": HTML, "parse_mode": "HTML",
    "link_preview_options": {"is_disabled": True}, "reply_markup": {"inline_keyboard": BUTTONS},
}  # fmt: skip

Call = Callable[[], Awaitable[object]]


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        transports(folder)
        for rate, server, seconds, latency in (
            (25, 25, 12, 0.0), (1000, 1000, 10, 0.0), (1000, 1000, 10, 0.1),
        ):  # fmt: skip
            promised(folder, rate, server, rate * seconds, latency)
        planning(folder, 100_000)
        for waiting in (10_000, 1_000_000):
            memory(folder, waiting)
        beside_the_chat(folder)


def transports(folder: Path) -> None:
    """Calls a second, by connections."""
    print("  calls a second, with so many connections:", *CONNECTIONS)
    with api(folder) as url:
        for name, calls in CONTESTANTS.items():
            figures = [uvloop.run(calls(url, n, CALLS)) for n in CONNECTIONS]
            print(f"  {name:32}", *(f"{figure:7.0f}" for figure in figures))


@contextmanager
def api(folder: Path, latency: float = 0, rate: int = 0) -> Iterator[str]:
    port = free_port()
    arguments = ["-m", "tests.bench.fake_api", str(port), str(latency), str(rate)]
    with running(arguments, folder) as process:
        wait_until(lambda: listens(port), process, folder)
        yield f"http://127.0.0.1:{port}"


async def _driven(call: Call, connections: int, count: int) -> float:
    left = iter(range(count))

    async def slot() -> None:
        for _ in left:
            await call()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(slot())
    return count / (time.perf_counter() - began)


async def _ours(url: str, connections: int, count: int) -> float:
    ready = Ready(HTML, BUTTONS)
    async with TelegramSpeaker(TOKEN, url, connections) as speaker:
        return await _driven(lambda: speaker.say("7", ready), connections, count)


async def _telegram_httpx(url: str, connections: int, count: int) -> float:
    request = HTTPXRequest(connection_pool_size=connections, pool_timeout=60)
    more: dict[str, Any] = {"reply_markup": BODY["reply_markup"]}
    async with Bot(TOKEN, f"{url}/bot", request=request) as bot:

        async def call() -> None:
            await bot.send_message(7, HTML, parse_mode="HTML", api_kwargs=more)

        return await _driven(call, connections, count // 4)


async def _httpx(url: str, connections: int, count: int) -> float:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:

        async def call() -> None:
            (await client.post(f"{url}/bot{TOKEN}/sendMessage", json=BODY)).json()

        return await _driven(call, connections, count // 4)


async def _aiohttp(url: str, connections: int, count: int) -> float:
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def call() -> None:
            async with session.post(f"{url}/bot{TOKEN}/sendMessage", json=BODY) as answer:
                json.loads(await answer.read())

        return await _driven(call, connections, count)


CONTESTANTS = {
    "python-telegram-bot over aiohttp": _ours,
    "python-telegram-bot over httpx": _telegram_httpx,
    "raw httpx": _httpx,
    "raw aiohttp": _aiohttp,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A database with a crowd that wants a notice, and the settings of whoever sends it."""

    runner: Runner
    settings: dict[str, str]


@contextmanager
def stage(folder: Path, name: str, url: str, people: int, rate: int) -> Iterator[Stage]:
    database = f"sqlite:///{folder}/{name}.db"
    settings = Settings(database_url=database, data_key=DATA_KEY)
    bring_up_to_date(settings, small_areas.TEXTS)
    runner = open_runner(settings)
    crowd(runner, range(1_001, people + 1_001))  # the one who talks is somebody else
    yield Stage(runner, {
        "DATABASE_URL": database, "DATA_KEY": DATA_KEY, "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url, "SEND_RATE": str(rate),
    })  # fmt: skip
    runner.database.close()


def promised(folder: Path, rate: int, server: int, people: int, latency: float) -> None:
    """`send` in a process of its own, from the first message to the last."""
    name = f"{rate}-{latency}"
    with api(folder, latency, server) as url, stage(folder, name, url, people, rate) as ours:
        notice = accepted(ours.runner, writer(ours.runner)).id
        with running(["-m", "tests.bot.awake", "send"], folder, **ours.settings) as process:
            pace = _when_sent(url, 1, process, folder)
            cpu = cpu_seconds(process)
            pace = _when_sent(url, people, process, folder)
            cpu = (cpu_seconds(process) - cpu) / people
            wait_until(lambda: report(ours.runner, notice).sent == people, process, folder)
        each = (people - 1) / (pace["last"] - pace["first"])
        print(
            f"  at {rate}, each call {latency * 1000:.0f} ms: {each:.1f} a second"
            f" ({each / rate:.1%}), {pace['refused']:.0f} times 429, CPU {cpu * 1e6:.0f} µs each"
        )


def _when_sent(url: str, count: int, process: Process, folder: Path) -> dict[str, float]:
    port, pace = int(url.rpartition(":")[2]), dict[str, float]()
    while pace.get("sent", 0) < count:
        assert process.poll() is None, (folder / "errors.txt").read_text()
        time.sleep(0.05)
        pace = look(port, "/pace")
    return pace


def planning(folder: Path, people: int) -> None:
    """A notice accepted for so many, in batches of which nobody has to wait for."""
    with stage(folder, "planning", "http://127.0.0.1:9", people, 25) as ours:
        runner, walls = ours.runner, list[float]()
        kept = accepted(runner, writer(runner))
        plan = runner.rows.outbox.plan

        def timed(*arguments: Any) -> Any:
            began = time.perf_counter()
            try:
                return plan(*arguments)
            finally:
                walls.append(time.perf_counter() - began)

        runner.rows.outbox.plan = timed  # type: ignore[method-assign]
        began = time.perf_counter()
        uvloop.run(Planner(runner).step())
        took = time.perf_counter() - began
        assert report(runner, kept.id).accepted == people
    longest = max(walls) * 1000
    print(f"  a notice for {people:,} people: accepted in {took:.2f} s,"
          f" batches of {BATCH:,} of at most {longest:.0f} ms")  # fmt: skip


NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :n) "
COPIES = """
    INSERT INTO delivery (kind, about, person_id, made_at, status, task, zone, rank, due_at, claim,
                          attempts, message, sent_at, reason)
    SELECT 'approve', n, :person, 0, 'waiting', 'send', 0, 1, 1, 0, 0, 0, 0, '' FROM number
"""


def memory(folder: Path, waiting: int) -> None:
    """What `send` needs while so many wait; the same person's, because nobody looks at who."""
    with api(folder) as url, stage(folder, f"memory-{waiting}", url, 1, 200) as ours:
        with ours.runner.database.turn() as db:
            person = db.execute(text("SELECT id FROM person")).scalar_one()
            db.execute(text(NUMBERS + COPIES), {"n": waiting, "person": person})
        with running(["-m", "tests.bot.awake", "send"], folder, **ours.settings) as process:
            _when_sent(url, 1_000, process, folder)
            told = Path(f"/proc/{process.pid}/status").read_text()
    peak = int(told.partition("VmHWM:")[2].split()[0]) / 1024
    print(f"  {waiting:,} deliveries wait: {peak:.0f} MiB at most")


def beside_the_chat(folder: Path) -> None:
    """`run`: how long people wait for an answer, while nothing is sent and while a notice is."""
    for rate in (25, 1000):
        idle, busy = _waited(folder, rate)
        print(f"  an answer beside a notice at {rate} a second: p95 {busy:.1f} ms,"
              f" without one {idle:.1f} ms: {busy / idle:.1f} times")  # fmt: skip


def _waited(folder: Path, rate: int) -> tuple[float, float]:
    with api(folder) as url, stage(folder, f"chat-{rate}", url, rate * 60, rate) as ours:
        port = free_port()
        address = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET}
        settings = ours.settings | address | {"PORT": str(port)}
        with running(["-m", "tests.bot.awake", "run"], folder, **settings) as process:
            wait_until(lambda: listens(port), process, folder)
            chat = Webhook(process, Line(port))
            idle = _p95(chat)
            accepted(ours.runner, writer(ours.runner))
            _when_sent(url, 1, process, folder)
            return idle, _p95(chat)


def _p95(chat: Webhook) -> float:
    """Milliseconds; one message every 20 ms, as when many people write."""
    walls: list[float] = []
    for number in range(400):
        walls += chat.play([typed(("menu", "bantuan")[number % 2])]).walls
        time.sleep(0.02)
    return quantiles(walls[100:], n=20)[18] * 1000


if __name__ == "__main__":
    main()
