"""Telegram's commands: the common ones in every language, an officer's in their own chat."""

import logging
from collections.abc import AsyncGenerator

import pytest

from bot import telegram_commands
from bot.runner import Runner
from bot.telegram_chat import KEEPS
from bot.telegram_commands import COMMANDS, ChatCommands, commands_of, introduce
from bot.telegram_updates import open_bot
from flows import rights
from storage.people import Address
from tests.bot import doors
from tests.bot.test_telegram import Chat, chatting
from tests.play import Visitor

COMMON = [
    "menu", "darurat", "bantuan", "desa", "lowongan", "cekpetugas", "berhenti", "bahasa", "hapus",
]  # fmt: skip
PLACES = {
    "menu": "home", "darurat": "emergency", "bantuan": "help", "desa": "village.choose",
    "cekpetugas": "officer.check", "bahasa": "language", "hapus": "forget", "petugas": "officer",
    "lowongan": "village.choose", "berhenti": "notices.stop",
}  # fmt: skip
"""Where each command leads."""

HOME = ("chat", 7, "")
"""The list of one chat, in whatever language its reader's Telegram is."""


@pytest.fixture
async def chat(runner: Runner) -> AsyncGenerator[Chat, None]:
    async with chatting(runner) as chat:
        await chat.welcomed()
        yield chat


def appoint(runner: Runner) -> int:
    return doors.appoint(runner, Address("telegram", "7", KEEPS, writable=True))


def listed(chat: Chat) -> list[str]:
    """The commands that the chat has for itself."""
    return [command["command"] for command in chat.telegram.commands.get(HOME, [])]


def of_the_chat(chat: Chat) -> int:
    """How often anything was said of the commands of one chat."""
    called = (*chat.telegram.called("setMyCommands"), *chat.telegram.called("deleteMyCommands"))
    return sum("chat_id" in call.get("scope", {}) for call in called)


# What there is


def test_every_command_says_who_may_use_it() -> None:
    assert COMMANDS.keys() == rights.COMMANDS.keys() == PLACES.keys()


@pytest.mark.parametrize("role", rights.RANKS)
def test_a_role_is_told_what_it_may_do(runner: Runner, role: rights.Role) -> None:
    names = [command.command for command in commands_of(role, "id", runner.catalogs)]
    assert names == (["petugas", *COMMON] if rights.reaches(role, "officer") else COMMON)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works_for_whoever_may_use_it(
    visitor: Visitor, runner: Runner, command: str
) -> None:
    visitor.welcomed()
    doors.appoint(runner, visitor.address)
    visitor.walk("Dokumen saya").type(f"/{command}")
    assert visitor.place == PLACES[command]


def test_nobody_else_reaches_the_officers_tasks(visitor: Visitor) -> None:
    visitor.welcomed().type("/petugas").is_at("officer.check").says_nothing_of("Tugas petugas")


# At the start


async def test_the_common_commands_are_told_in_every_language_telegram_knows(chat: Chat) -> None:
    assert {key[2] for key in chat.telegram.commands} == {"", "jv"}
    told = chat.telegram.commands["default", 0, ""]
    assert [command["command"] for command in told] == COMMON


async def test_the_bot_learns_its_own_name(chat: Chat, runner: Runner) -> None:
    assert runner.stepping.bot == "desmigratif_bot"
    await chat.says("desa")
    assert len(chat.telegram.called("getMe")) == 1


async def test_a_telegram_that_is_away_at_the_start_is_asked_again(runner: Runner) -> None:
    async with doors.FakeTelegram(limits=False) as telegram:
        telegram.fail_next("getMe", 500)
        async with doors.webhook_at(runner, telegram):
            assert runner.stepping.bot == "desmigratif_bot"


# In a chat


async def test_a_worker_costs_no_call(chat: Chat) -> None:
    for words in ("menu", "bantuan", "menu"):
        await chat.says(words)
    assert of_the_chat(chat) == 0


async def test_an_officer_is_given_the_list_once(chat: Chat, runner: Runner) -> None:
    appoint(runner)
    for words in ("menu", "petugas", "bantuan", "menu"):
        await chat.says(words)
    assert listed(chat) == ["petugas", *COMMON]
    assert of_the_chat(chat) == 1


async def test_the_list_comes_after_the_screen(chat: Chat, runner: Runner) -> None:
    appoint(runner)
    await chat.says("menu")
    last = [name for name, _ in chat.telegram.calls][-2:]
    assert last == ["sendMessage", "setMyCommands"]


async def test_the_list_follows_the_readers_language(chat: Chat, runner: Runner) -> None:
    appoint(runner)
    await chat.says("menu")
    await chat.says("bahasa")
    await chat.taps("Basa Jawa")
    await chat.says("menu")
    assert of_the_chat(chat) == 2
    in_javanese = commands_of("officer", "jv", runner.catalogs)
    assert [c.description for c in in_javanese] == [
        command["description"] for command in chat.telegram.commands[HOME]
    ]


async def test_an_office_that_ends_takes_the_list_with_it(chat: Chat, runner: Runner) -> None:
    office = appoint(runner)
    await chat.says("menu")
    with runner.database.turn() as db:
        runner.rows.offices.end(db, office, runner.clock.now())
    await chat.says("menu")
    assert HOME not in chat.telegram.commands


async def test_a_list_that_is_refused_is_logged_and_tried_again(
    chat: Chat, runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    appoint(runner)
    chat.telegram.fail_next("setMyCommands", 500)
    assert await chat.says("menu") == [200]
    said = [r.message for r in caplog.records if r.levelno >= logging.WARNING]
    assert said == ["a chat kept its old commands: error=TelegramServerError"]
    assert "Tugas petugas" in str(chat.telegram.chat(7).last.buttons)
    await chat.says("menu")
    assert listed(chat) == ["petugas", *COMMON]


async def test_an_answer_that_fails_brings_no_list(chat: Chat, runner: Runner) -> None:
    appoint(runner)
    chat.telegram.fail_next("sendMessage", 500)
    assert await chat.says("menu") == [503]
    assert of_the_chat(chat) == 0


async def test_only_so_many_chats_are_remembered(
    chat: Chat, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_commands, "PEOPLE", 2)
    async with open_bot(doors.settings_for(chat.telegram)) as bot:
        commands = ChatCommands(bot, runner.catalogs)
        for number in (1, 2, 3):
            await commands.follow(number, "officer", "id")
        before = of_the_chat(chat)
        await commands.follow(3, "officer", "id")
        assert of_the_chat(chat) == before
        await commands.follow(1, "officer", "id")
        assert of_the_chat(chat) == before + 1


async def test_introducing_oneself_twice_changes_nothing(chat: Chat, runner: Runner) -> None:
    before = dict(chat.telegram.commands)
    async with open_bot(doors.settings_for(chat.telegram)) as bot:
        await introduce(bot, runner)
    assert chat.telegram.commands == before
