"""Every command as a newcomer types it: a real process, a real exit status, words that help."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.__main__ import COMMANDS
from tests.bot import doors
from tests.conftest import KEY
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).parents[2]
COVERED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
PLAIN = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **COVERED}
"""An environment without settings of whoever runs the tests."""


def run(
    *command: str, folder: Path, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """One command in a folder of its own, as from a fresh clone."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *command], input=typed, capture_output=True, text=True,
        cwd=folder, env=PLAIN | settings, timeout=200,
    )  # fmt: skip


def test_chat_needs_nothing_and_plays_a_script(tmp_path: Path) -> None:
    done = run("chat", folder=tmp_path, typed="Bahasa Indonesia\nMulai\nDokumen saya\n")
    assert done.returncode == 0, done.stderr
    assert "== Sudah berumur 18 tahun? ==" in done.stdout
    assert oct((tmp_path / "desmigratif.db.key").stat().st_mode)[-3:] == "600"


def test_chat_goes_on_where_it_was_left(tmp_path: Path) -> None:
    run("chat", folder=tmp_path, typed="English\nStart\nMy documents\n")
    again = run("chat", folder=tmp_path)
    assert "18" in again.stdout.splitlines()[1]


def test_migrate_makes_the_database_and_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("migrate", folder=tmp_path).returncode == 0
    assert (tmp_path / "desmigratif.db").exists()


@pytest.mark.parametrize("command", ["web", "poll"])
def test_what_serves_refuses_a_database_that_is_not_there(tmp_path: Path, command: str) -> None:
    done = run(command, folder=tmp_path, TELEGRAM_BOT_TOKEN="1:abcdef")
    assert done.returncode == 1
    assert "python -m bot migrate" in done.stderr


@pytest.mark.timeout(240)
def test_check_finds_everything_in_order(tmp_path: Path) -> None:
    done = run("check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Everything is in order.\n"), done.stderr


def test_bad_settings_stop_every_command_with_all_faults(tmp_path: Path) -> None:
    bad = {"PORT": "many", "TELEGRAM_BOT_TOKEN": "hush-hush", "DATABASE_URL": "mysql://x"}
    for command in COMMANDS:
        more = ("head", "33.07.10.2004") if command == "invite" else ()
        done = run(command, *more, folder=tmp_path, **bad)
        assert done.returncode == 1
        assert all(name in done.stderr for name in bad), done.stderr
        assert "hush-hush" not in done.stderr
        assert "Traceback" not in done.stderr


def test_a_missing_key_stops_the_start_and_names_the_remedy(tmp_path: Path) -> None:
    run("chat", folder=tmp_path, typed="English\n")
    (tmp_path / "desmigratif.db.key").unlink()
    done = run("chat", folder=tmp_path)
    assert done.returncode == 1
    assert "Put the key file back" in done.stderr


def test_poll_without_a_token_says_where_to_get_one(tmp_path: Path) -> None:
    run("migrate", folder=tmp_path)
    done = run("poll", folder=tmp_path)
    assert (done.returncode, "BotFather" in done.stderr) == (1, True)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("run", folder=tmp_path, PORT=port)
    assert done.returncode == 1
    assert f":{port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


async def served(*command: str, folder: Path, **settings: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=folder, stderr=asyncio.subprocess.PIPE,
        env=PLAIN | settings,
    )  # fmt: skip


async def answering(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        for _ in range(600):
            try:
                return await client.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")


async def ended(process: asyncio.subprocess.Process) -> int:
    process.send_signal(signal.SIGTERM)
    assert process.stderr
    said = (await process.stderr.read()).decode()
    status = await asyncio.wait_for(process.wait(), 30)
    assert "Traceback" not in said, said
    return status


async def test_run_serves_the_kiosk_without_any_setting_and_ends_when_told(tmp_path: Path) -> None:
    port = str(doors.free_port())
    process = await served("run", folder=tmp_path, PORT=port)
    page = await answering(f"http://127.0.0.1:{port}/")
    assert "Silakan pilih bahasa." in page.text
    assert await ended(process) == 0


async def test_run_with_a_token_also_answers_on_telegram(tmp_path: Path) -> None:
    port = str(doors.free_port())
    async with FakeTelegram(limits=False) as telegram:
        token = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        process = await served("run", folder=tmp_path, PORT=port, **token)
        telegram.say(7, "/start")
        await answered(telegram)
        assert telegram.commands
        assert await ended(process) == 0


async def answered(telegram: FakeTelegram) -> None:
    for _ in range(1_200):  # a slow machine loads all areas first
        if telegram.called("sendMessage"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("Telegram got no answer")


async def test_poll_outlives_an_outage_of_telegram(tmp_path: Path) -> None:
    run("migrate", folder=tmp_path)
    async with FakeTelegram(limits=False) as telegram:
        telegram.fail_next("deleteWebhook", 500)
        token = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        process = await served("poll", folder=tmp_path, **token)
        telegram.say(7, "/start")
        await answered(telegram)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_web_registers_its_webhook_and_answers_there(tmp_path: Path) -> None:
    run("migrate", folder=tmp_path, DATA_KEY=KEY)
    port = str(doors.free_port())
    async with FakeTelegram(limits=False) as telegram:
        settings = {
            "TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token,
            "WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": doors.SECRET,
            "PORT": port, "DATA_KEY": KEY,
        }  # fmt: skip
        process = await served("web", folder=tmp_path, **settings)
        await answering(f"http://127.0.0.1:{port}/healthz")
        await telegram.registered.wait()
        assert telegram.webhook["url"] == f"http://127.0.0.1:{port}/telegram"
        assert await telegram.push(telegram.say(7, "/start")) == [200]
        assert await ended(process) == 0
