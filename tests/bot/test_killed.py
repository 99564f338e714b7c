"""A process killed between any two messages, or in the middle of one, loses nothing."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from aiohttp import ClientError

from bot.runner import Runner
from tests.bot import doors
from tests.bot.test_doors import EXPECTED
from tests.conftest import KEY
from tests.fake_telegram import FakeTelegram
from tests.play import Visitor

LINES = doors.SCRIPT[:15]


def environment(url: str, **more: str) -> dict[str, str]:
    passed = ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG")
    plain = {name: os.environ[name] for name in passed if name in os.environ}
    return plain | {"DATABASE_URL": url, "DATA_KEY": KEY, "PYTHONUNBUFFERED": "1"} | more


def say_and_kill(url: str, line: str) -> str:
    """Start the terminal, say one line, wait for the answer, and kill the process with -9."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environment(url), cwd=Path(__file__).parents[2], bufsize=0,
    ) as chat:  # fmt: skip
        assert chat.stdin
        assert chat.stdout
        chat.stdin.write(f"{line.removeprefix('> ')}\n".encode())
        said = b""
        while said.count(b"\n> ") < 2:  # the first screen, and the answer
            said += chat.stdout.read(65536)
        chat.send_signal(signal.SIGKILL)
    return said.decode()


def test_a_conversation_goes_on_over_a_kill_after_every_message(url: str, runner: Runner) -> None:
    for line, place in zip(LINES, EXPECTED, strict=False):
        say_and_kill(url, line)
        visitor = Visitor(runner, "here", "terminal")
        assert visitor.place == place, line
    visitor.says("Paspor")


async def _until_ready(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(800):
            try:
                if (await client.get(f"{url}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError("the server did not start")


def _serve(url: str, telegram: FakeTelegram, port: int) -> subprocess.Popen[bytes]:
    settings = environment(
        url, PORT=str(port), TELEGRAM_API_URL=telegram.url, TELEGRAM_BOT_TOKEN=telegram.token,
        WEBHOOK_URL=f"http://127.0.0.1:{port}", WEBHOOK_SECRET=doors.SECRET,
    )  # fmt: skip
    command = [sys.executable, "-m", "bot", "web"]
    return subprocess.Popen(command, env=settings, cwd=Path(__file__).parents[2])


@pytest.mark.timeout(240)
async def test_kills_at_random_moments_lose_and_double_nothing(url: str, runner: Runner) -> None:
    """Telegram repeats what was not confirmed; each press must have acted exactly once."""
    rand, port, presses = random.Random(22), doors.free_port(), 60
    async with FakeTelegram(limits=False) as telegram:
        server = _serve(url, telegram, port)
        await _until_ready(f"http://127.0.0.1:{port}")
        await telegram.registered.wait()
        kills = 0
        for n in range(presses):
            update = telegram.say(7, ["/start", "bahasa indonesia", "mulai", "dokumen saya"][n]
                                  if n < 4 else ["bantuan", "kembali"][n % 2])  # fmt: skip
            doomed = n % 12 == 7
            while await _pushed(telegram, update, server if doomed else None, rand) != [200]:
                if server.poll() is not None:
                    kills += 1
                    server, doomed = _serve(url, telegram, port), False
                    await _until_ready(f"http://127.0.0.1:{port}")
        server.kill()
        server.wait()
    assert kills >= 3
    assert Visitor(runner, "7").place == "plan.adult"
    assert Visitor(runner, "7").reply.revision == 3 + (presses - 4)
    with runner.database.look() as db:
        assert db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


async def _pushed(
    telegram: FakeTelegram, update: dict[str, object], doomed: subprocess.Popen[bytes] | None,
    rand: random.Random,
) -> list[int]:  # fmt: skip
    """Deliver an update; to a doomed server, with a kill somewhere on the way."""

    async def kill_soon() -> None:
        if doomed is not None:
            await asyncio.sleep(rand.random() * 0.006)
            doomed.kill()
            doomed.wait()

    try:
        statuses, _ = await asyncio.gather(telegram.push(update), kill_soon())
    except ClientError:
        return [0]
    return statuses if doomed is None else [0]
