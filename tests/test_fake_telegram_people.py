"""People see, press and play in the fake Telegram as in the real one, whichever library answers."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile
from telegram import Bot as SenderBot
from telegram.error import BadRequest, Forbidden

from tests.fake_clients import bot_at, keyboard, sender_at, telegram_with_sari
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).parent.parent


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with telegram_with_sari() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_at(telegram.url) as bot:
        yield bot


@pytest.fixture
async def sender(telegram: FakeTelegram) -> AsyncIterator[SenderBot]:
    async with sender_at(telegram.url) as bot:
        yield bot


async def test_a_person_sees_what_was_sent_edited_and_deleted(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    sent = await bot.send_message(
        7, "<b>Satu</b>", parse_mode="HTML", reply_markup=keyboard(("A", "a"))
    )
    told = await sender.send_message(7, "Dua")
    shown = telegram.chat(7).messages[0]
    assert (shown.text, shown.html, shown.buttons) == ("Satu", "<b>Satu</b>", [[("A", "a")]])
    await sender.edit_message_text("Tiga", 7, sent.message_id)
    await bot.delete_message(7, told.message_id)
    assert [(m.text, m.buttons, m.edited) for m in telegram.chat(7).messages] == [
        ("Tiga", [], True)
    ]


async def test_an_edit_must_change_something_that_is_there(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    sent = await bot.send_message(7, "Satu", reply_markup=keyboard(("A", "a")))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        markup = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
        await sender.edit_message_text("Satu", 7, sent.message_id, reply_markup=markup)  # pyright: ignore
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("Dua", chat_id=7, message_id=99)
    own = telegram.say(7, "saya")["message"]["message_id"]
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Dua", chat_id=7, message_id=own)


async def test_messages_are_deleted_for_two_days_only(telegram: FakeTelegram, bot: Bot) -> None:
    own = telegram.say(7, "rahasia")["message"]["message_id"]
    sent = await bot.send_message(7, "Satu")
    telegram.now = lambda: time.time() + 48 * 3600 + 1
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(7, own)
    telegram.now = time.time
    assert await bot.delete_messages(7, [own, sent.message_id, 99])
    assert (telegram.chat(7).messages, telegram.chat(7).said) == ([], [])
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(7, own)


async def test_a_press_brings_the_whole_message_and_is_answered(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    await bot.send_message(7, "Satu", reply_markup=keyboard(("A", "a"), ("B", "b")))
    telegram.tap(7, "B")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query and query.message and query.data == "b"
    assert query.message.model_dump()["reply_markup"]["inline_keyboard"][0][1]["text"] == "B"
    await sender.answer_callback_query(query.id, "Baik")
    assert [answer.text for answer in telegram.answers] == ["Baik"]
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await sender.answer_callback_query("press-99")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query.id, "a" * 201)


async def test_a_button_that_is_not_there_cannot_be_pressed(
    telegram: FakeTelegram, bot: Bot
) -> None:
    await bot.send_message(7, "Satu", reply_markup=keyboard(("A", "a")))
    with pytest.raises(AssertionError, match=r"Chat 7 has no button 'C'. There are: 'A' \(a\)."):
        telegram.tap(7, "C")


async def test_what_people_do_is_understood_by_both_libraries(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    telegram.say(7, "📜 /start desa", language_code="su")
    telegram.photo(7, "foto")
    telegram.edited(7, "foto baru")
    telegram.group("halo", sender=9)
    telegram.channel_post("kabar")
    telegram.block(7)
    updates = await bot.get_updates()
    assert [u.update_id for u in await sender.get_updates()] == [u.update_id for u in updates]
    message = updates[0].message
    assert message and message.from_user and message.entities
    assert (message.from_user.language_code, message.from_user.username) == ("su", "sari")
    assert message.entities[0].extract_from(message.text or "") == "/start"
    kinds = ["message", "message", "edited_message", "message", "channel_post", "my_chat_member"]
    assert [update.event_type for update in updates] == kinds


async def test_who_blocks_the_bot_is_not_reached(telegram: FakeTelegram, sender: SenderBot) -> None:
    telegram.block(7)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sender.send_message(7, "halo")
    telegram.block(7, blocked=False)
    await sender.send_message(7, "halo")


async def test_files_are_sent_with_a_caption_and_never_become_text(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    sent = await bot.send_photo(
        7, BufferedInputFile(b"png", "a.png"), caption="<b>Foto</b>", parse_mode="HTML"
    )
    await sender.send_document(7, b"pdf", filename="a.pdf")
    files = telegram.called("sendPhoto")[0]["photo"], telegram.called("sendDocument")[0]["document"]
    assert [(file.filename, file.content) for file in files] == [
        ("a.png", b"png"),
        ("a.pdf", b"pdf"),
    ]
    assert [(m.kind, m.text) for m in telegram.chat(7).messages] == [
        ("photo", "Foto"),
        ("document", ""),
    ]
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("teks", chat_id=7, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(7, "file-1", caption="a" * 1025)


async def test_a_document_that_somebody_sends_can_be_fetched(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    sent = telegram.send_document(7, "kontak.csv", b"nama\nSari\n", claims=3, caption="Ini")
    told = sent["message"]["document"]
    assert (told["file_name"], told["file_size"], sent["message"]["caption"]) == (
        "kontak.csv", 3, "Ini",
    )  # fmt: skip
    fetched = await bot.download(told["file_id"])
    assert fetched is not None
    assert fetched.read() == b"nama\nSari\n"
    assert (await sender.get_file(told["file_id"])).file_size == 10
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await bot.get_file("file-99")


async def test_only_twenty_megabytes_can_be_fetched(telegram: FakeTelegram, bot: Bot) -> None:
    sent = telegram.send_document(7, "film.mp4", bytes(20 * 2**20 + 1))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(sent["message"]["document"]["file_id"])


async def test_a_person_plays_on_the_terminal() -> None:
    command = [sys.executable, "-m", "tests.fake_telegram", "--port", "0"]
    play = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=ROOT)
    assert play.stdin and play.stdout
    address = (await play.stdout.readline()).decode().strip().removeprefix("TELEGRAM_API_URL=")
    async with bot_at(address) as bot:
        play.stdin.write(b"/start\n")
        [update] = await bot.get_updates(timeout=5)
        assert update.message and update.message.text == "/start"
        await bot.send_message(1, "Halo", reply_markup=keyboard(("A", "a"), ("B", "b")))
        play.stdin.write(b"#2\n")
        [update] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert update.callback_query and update.callback_query.data == "b"
    output, _ = await play.communicate(b"#9\n")
    assert "\nHalo\n  #1 A\n  #2 B\n" in output.decode()
    assert "Chat 1 has no button '#9'. There are: 'A' (a), 'B' (b)." in output.decode()
