"""The sender in its own process and beside the doors: one budget, one pause, replies first."""

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import serving
from bot.outcomes import Later
from bot.rows import Service
from bot.runner import Runner
from bot.settings import Settings
from bot.telegram_chat import TelegramDoor
from bot.telegram_updates import open_bot
from flows.library import Library
from locales.catalogs import Catalogs
from storage.database import open_database
from tests.bot import doors
from tests.bot.outgoing import accepted, crowd, report, sending, until, until_stage, writer
from tests.bot.test_commands import ended, run, served
from tests.conftest import KEY
from tests.fake_telegram import FakeTelegram
from tests.notices import subscribed
from tests.officers import KURIPAN
from tests.small import LANGUAGES

SETTINGS = {"DATA_KEY": KEY, "SEND_RATE": "500"}


def test_send_without_a_token_is_refused(tmp_path: Path) -> None:
    done = run("send", folder=tmp_path)
    assert (done.returncode, "BotFather" in done.stderr) == (1, True)


def test_run_sends_with_a_token_and_in_a_rehearsal_always() -> None:
    token = Settings(telegram_bot_token="1:abcdef")
    webhook = replace(token, webhook_url="https://contoh.id", webhook_secret="s" * 32)
    assert [serving._send in serving._everything(s) for s in (Settings(), token, webhook)] == [
        False, True, True,
    ]  # fmt: skip


async def test_a_process_sends_what_is_due_and_ends_when_told(
    url: str, tmp_path: Path, library: Library
) -> None:
    runner = Runner(open_database(url, KEY), Service(library, LANGUAGES), Catalogs())
    with closing(runner.database), runner.database.turn() as db:
        ids = subscribed(db, runner, range(1, 31), KURIPAN)
        at_any_hour = [(person, 0) for person in ids]
        runner.rows.outbox.nudge(db, "approve", 1, at_any_hour, runner.clock.now())
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 30)
        token = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        settings = SETTINGS | token | {"DATABASE_URL": url}
        process = await served("send", folder=tmp_path, **settings)
        await until(lambda: len(telegram.log) >= 30, "messages")
        assert await ended(process) == 0
        assert sorted(deed.chat for deed in telegram.log) == list(range(1, 31))


async def test_a_reply_takes_its_place_and_what_telegram_says_of_it_is_for_all(
    runner: Runner,
) -> None:
    async with (
        FakeTelegram(limits=False) as telegram,
        open_bot(doors.settings_for(telegram)) as bot,
    ):
        door = TelegramDoor(runner, bot)
        before = len(runner.budget._left)
        await door.handle(telegram.say(7, "/start"))
        assert len(runner.budget._left) == before + 1
        telegram.fail_next("sendMessage", 429, retry_after=9)
        answered = await door.handle(telegram.say(7, "bantuan"))
        assert answered.outcome == Later(9)
        assert 8 < runner.budget.paused() <= 9
    with runner.database.look() as db:
        assert runner.rows.outbox.paused_until(db) == runner.clock.now() + 9


async def test_a_pause_that_cannot_be_written_down_holds_here(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        FakeTelegram(limits=False) as telegram,
        open_bot(doors.settings_for(telegram)) as bot,
    ):
        door = TelegramDoor(runner, bot)
        monkeypatch.setattr(runner, "pause", doors_broken)
        telegram.fail_next("sendMessage", 429, retry_after=5)
        answered = await door.handle(telegram.say(7, "/start"))
        assert answered.outcome == Later(5)
        assert runner.budget.paused() > 4


def doors_broken(seconds: float) -> None:
    raise OSError("no such disk")


async def test_people_are_answered_while_a_notice_goes_out(runner: Runner) -> None:
    by = writer(runner)
    crowd(runner, range(1, 301))
    async with (
        FakeTelegram(limits=False) as telegram,
        open_bot(doors.settings_for(telegram)) as bot,
    ):
        telegram.arrive(1, 300)
        door = TelegramDoor(runner, bot)
        notice = accepted(runner, by).id
        waited: list[float] = []
        async with sending(runner, telegram, rate=100):
            await until(lambda: len(telegram.log) >= 10, "some messages")
            for chat in range(5001, 5051):
                began = time.monotonic()
                await door.handle(telegram.say(chat, "/start"))
                waited.append(time.monotonic() - began)
            assert report(runner, notice).waiting > 0
            await until_stage(runner, notice, "sent")
        assert sorted(waited)[-3] < 1
        assert report(runner, notice).sent == 300
