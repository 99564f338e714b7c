"""The Telegram door against a Bot API server as strict as Telegram's own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from aiogram import Bot

from bot.outcomes import Later, Refused
from bot.pace import BURST
from bot.runner import Runner
from bot.telegram_chat import TelegramDoor
from bot.telegram_session import LeanSession
from bot.telegram_updates import Polling, open_bot
from tests.bot import doors
from tests.fake_telegram import FakeTelegram
from tests.play import Visitor


@dataclass
class Chat:
    """One person's chat with a running webhook."""

    telegram: FakeTelegram
    url: str
    number: int = 7

    async def says(self, text: str) -> list[int]:
        return await self.telegram.push(self.telegram.say(self.number, text))

    async def taps(self, label: str, times: int = 1) -> list[int]:
        data = doors.button_of(self.telegram, self.number, label)
        return await self.telegram.push(self.telegram.tap(self.number, data), times)

    async def welcomed(self) -> None:
        await self.says("/start")
        await self.taps("Bahasa Indonesia")
        await self.taps("Mulai")

    @property
    def text(self) -> str:
        return self.telegram.chat(self.number).last.text

    @property
    def messages(self) -> int:
        return len(self.telegram.chat(self.number).messages)


@asynccontextmanager
async def chatting(runner: Runner) -> AsyncGenerator[Chat, None]:
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram) as url:
        yield Chat(telegram, url)


@asynccontextmanager
async def polled() -> AsyncGenerator[tuple[FakeTelegram, Bot], None]:
    async with (
        FakeTelegram(limits=False) as telegram,
        open_bot(doors.settings_for(telegram)) as bot,
    ):
        yield telegram, bot


def broken() -> None:
    """In the place of a database: a disk that has gone."""
    raise OSError("no such disk")


def rows(runner: Runner) -> list[tuple[object, ...]]:
    with runner.database.look() as db:
        tables = ("person", "conversation", "seen_update")
        return [tuple(row) for t in tables for row in db.exec_driver_sql(f"SELECT * FROM {t}")]


async def test_the_same_update_five_times_acts_once_and_is_answered_each_time(
    runner: Runner,
) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        assert await chat.taps("Dokumen saya", times=5) == [200] * 5
        assert "18 tahun" in chat.text
        assert len(chat.telegram.answers) == 2 + 5
        assert Visitor(runner, "7").reply.revision == 3
    assert runner.counts["repeated"] == 4


async def test_five_deliveries_at_once_act_once(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        update = chat.telegram.say(7, "dokumen saya")
        pushes = [chat.telegram.push(update) for _ in range(5)]
        assert await asyncio.gather(*pushes) == [[200]] * 5
        assert Visitor(runner, "7").reply.revision == 3
        assert len(chat.telegram.called("sendMessage")) == 1 + 5


@pytest.mark.parametrize(
    "secret", [None, "", "s" * 42, "S" * 43, "s" * 44, "rahasia\u00e9", "\u00ff" * 43]
)
async def test_a_webhook_call_without_the_secret_is_refused_and_leaves_no_trace(
    runner: Runner, secret: str | None
) -> None:
    async with chatting(runner) as chat, httpx.AsyncClient() as client:
        header = b"X-Telegram-Bot-Api-Secret-Token"
        headers = [] if secret is None else [(header, secret.encode())]
        update = chat.telegram.say(7, "/start")
        answer = await client.post(f"{chat.url}/telegram", json=update, headers=headers)
        assert (answer.status_code, answer.content) == (401, b"")
        assert rows(runner) == []
        assert chat.telegram.called("sendMessage") == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_a_body_that_is_not_json_is_refused(runner: Runner, body: bytes) -> None:
    async with chatting(runner) as chat, httpx.AsyncClient() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": doors.SECRET}
        answer = await client.post(f"{chat.url}/telegram", content=body, headers=headers)
        assert answer.status_code == 400


@pytest.mark.parametrize("update", [
    {}, [], 7, "x", {"update_id": 1}, {"update_id": "x", "message": {}},
    {"update_id": 2, "message": {"message_id": 1}},
    {"update_id": 3, "poll_answer": {"poll_id": "1", "option_ids": []}},
    {"update_id": 4, "callback_query": {"id": "1"}},
    {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "ruler"}}},
    {"update_id": 6, "something_new": {"a": 1}},
])  # fmt: skip
async def test_an_update_nobody_can_read_is_confirmed_and_harms_nothing(
    runner: Runner, update: object
) -> None:
    async with chatting(runner) as chat, httpx.AsyncClient() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": doors.SECRET}
        answer = await client.post(f"{chat.url}/telegram", json=update, headers=headers)
        assert answer.status_code == 200
        assert rows(runner) == []


async def test_groups_and_channels_get_one_line_and_are_not_remembered(runner: Runner) -> None:
    async with chatting(runner) as chat:
        group, channel = chat.telegram.group("/start"), chat.telegram.channel_post("halo")
        for update in (group, channel):
            assert await chat.telegram.push(update) == [200]
        sent = chat.telegram.called("sendMessage")
        assert len(sent) == 2
        assert all("chat pribadi" in str(call["text"]) for call in sent)
        assert rows(runner) == []


async def test_an_edited_message_is_let_pass(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        assert await chat.telegram.push(chat.telegram.edited(7, "menu")) == [200]
        assert Visitor(runner, "7").reply.revision == 2


async def test_a_photo_is_refused_kindly_and_never_fetched(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        assert await chat.telegram.push(chat.telegram.photo(7)) == [200]
        assert "tidak menerima foto" in chat.text
        assert chat.telegram.called("getFile") == []


async def test_a_call_for_help_under_a_photo_is_answered(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        photo = chat.telegram.photo(7, "tolong, saya dipukul")
        assert await chat.telegram.push(photo) == [200]
        assert "110" in chat.text
        assert chat.telegram.called("getFile") == []


async def test_a_screen_that_cannot_be_drawn_ends_nothing(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        with monkeypatch.context() as broken_door:
            broken_door.setattr("bot.telegram_chat.render", lambda reply, catalogs: 1 / 0)
            assert await chat.says("menu") == [200]
        assert await chat.says("menu") == [200]
        assert "Menu utama" in chat.text


async def test_a_press_turns_its_message_into_the_next_screen(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        assert chat.messages == 1
        assert "Menu utama" in chat.text


async def test_an_old_button_turns_its_message_into_the_present_screen(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        old = doors.button_of(chat.telegram, 7, "Dokumen saya")
        first = chat.telegram.chat(7).last.message_id
        await chat.says("bantuan")
        await chat.says("menu")
        update = chat.telegram.tap(7, old, first)
        assert await chat.telegram.push(update) == [200]
        turned = chat.telegram.chat(7).by_id[first]
        assert "sudah lama" in turned.text and "Menu utama" in turned.text


async def test_a_message_that_can_no_longer_be_edited_is_sent_anew(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        update = chat.telegram.tap(7, doors.button_of(chat.telegram, 7, "Dokumen saya"))
        chat.telegram.chat(7).messages[-1]
        await _delete(chat, chat.telegram.chat(7).last.message_id)
        assert await chat.telegram.push(update) == [200]
        assert "18 tahun" in chat.text


async def _delete(chat: Chat, message_id: int) -> None:
    async with httpx.AsyncClient() as client:
        url = f"{chat.telegram.url}/bot{chat.telegram.token}/deleteMessage"
        await client.post(url, json={"chat_id": 7, "message_id": message_id})


async def test_somebody_who_blocked_us_is_confirmed_and_not_tried_again(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        update = chat.telegram.say(7, "menu")
        chat.telegram.block(7)
        assert await chat.telegram.push(update) == [200]


@pytest.mark.parametrize("fault", [500, 429, "drop_after"])
async def test_an_answer_that_fails_is_repeated_by_telegram_and_then_given(
    runner: Runner, fault: int | str
) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        update = chat.telegram.say(7, "dokumen saya")
        chat.telegram.fail_next("sendMessage", fault, retry_after=1)
        assert await chat.telegram.push(update) == [503]
        assert await chat.telegram.push(update) == [200]
        assert "18 tahun" in chat.text
        assert Visitor(runner, "7").reply.revision == 3


async def test_a_proxys_page_in_the_place_of_an_answer_is_an_outage(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def page(self: LeanSession, url: str, call: object) -> tuple[int, str]:
        return 502, "<html>Bad Gateway</html>"

    async with chatting(runner) as chat:
        monkeypatch.setattr(LeanSession, "_post", page)
        assert await chat.says("/start") == [503]


async def test_a_press_that_came_too_late_is_answered_all_the_same(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        update = chat.telegram.tap(7, doors.button_of(chat.telegram, 7, "Dokumen saya"))
        chat.telegram.open_presses.clear()
        assert await chat.telegram.push(update) == [200]
        assert "18 tahun" in chat.text
        assert len(chat.telegram.ignored_errors) == 1


async def test_polling_confirms_only_what_is_answered(runner: Runner) -> None:
    async with polled() as (telegram, bot):
        polling = Polling(TelegramDoor(runner, bot), bot)
        telegram.say(7, "/start")
        telegram.say(8, "/start")
        telegram.fail_next("sendMessage", 429, retry_after=1)
        await polling.once()
        assert len(telegram.called("sendMessage")) == 2
        await polling.once()
        for chat in (7, 8):
            assert len(telegram.chat(chat).messages) == 1
        telegram.say(7, "bantuan")
        await polling.once()
        assert [len(telegram.chat(chat).messages) for chat in (7, 8)] == [2, 1]


async def test_one_update_that_cannot_be_read_holds_up_no_other(runner: Runner) -> None:
    async with polled() as (telegram, bot):
        telegram.deliver({"message": {"message_id": 1, "odd": True}})
        telegram.say(7, "/start")
        await Polling(TelegramDoor(runner, bot), bot).once()
        assert telegram.chat(7).last.text.startswith("Pilih bahasa")


async def test_a_persons_messages_are_answered_in_their_order(runner: Runner) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        updates = [chat.telegram.say(7, words) for words in ("bantuan", "menu", "bahasa", "menu")]
        for update in updates:
            await chat.telegram.push(update)
        titles = [message.text.split("\n")[0] for message in chat.telegram.chat(7).messages[-4:]]
        assert titles == ["Bantuan", "Menu utama", "Pilih bahasa", "Menu utama"]


async def test_no_screen_breaks_a_rule_of_telegram(runner: Runner) -> None:
    telegram = await doors.through_polling(runner, doors.SCRIPT[:20])
    assert not telegram.ignored_errors
    assert all(message.kind == "text" for message in telegram.chat(7).messages)


async def test_a_busy_database_makes_telegram_wait(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.errors import Busy

    def busy(message: object) -> None:
        raise Busy

    async with chatting(runner) as chat:
        monkeypatch.setattr(runner, "turn", busy)
        assert await chat.says("/start") == [503]


async def test_a_flood_is_slowed_and_a_call_for_help_in_it_is_answered(runner: Runner) -> None:
    async with chatting(runner) as chat:
        for number in range(200):
            assert await chat.says(f"halo {number}") == [200]
        assert runner.counts["turns"] == BURST
        assert chat.messages < 2 * (BURST + 2)
        assert "Pelan-pelan" in chat.text
        await chat.says("tolong")
        assert "110" in chat.text
        chat.number = 8
        await chat.says("/start")
        assert "Pilih bahasa" in chat.text


async def test_a_call_for_help_is_answered_while_the_database_is_away(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chatting(runner) as chat:
        await chat.welcomed()
        monkeypatch.setattr(runner.database, "turn", broken)
        assert await chat.says("tolong") == [200]
        assert "0800-1000" in chat.text


async def test_a_button_in_a_group_is_only_acknowledged(runner: Runner) -> None:
    async with polled() as (_, bot):
        query = {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "S"},
                 "chat_instance": "1", "data": "0.language:id"}  # fmt: skip
        answered = await TelegramDoor(runner, bot).handle({"update_id": 1, "callback_query": query})
        assert isinstance(answered.outcome, Refused)
        assert answered.acknowledgement is not None
        assert not isinstance(answered.outcome, Later)
