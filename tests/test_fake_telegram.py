"""The fake Telegram is as strict as the real one, for aiogram and python-telegram-bot alike."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.types import Message as TelegramMessage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, web
from telegram import Bot as SenderBot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from tests.fake_telegram import FakeTelegram, Json
from tests.telegram_html import BadHtml, Pace, length, visible

ROOT = Path(__file__).parent.parent
SECRET = "a" * 32


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        telegram.person(7, first_name="Sari", language_code="jv", username="sari")
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session) as bot:
        yield bot


@pytest.fixture
async def sender(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SenderBot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or its RetryAfter warns of the type to come
    request = HTTPXRequest(read_timeout=0.5)
    async with SenderBot(telegram.token, base_url=f"{telegram.url}/bot", request=request) as bot:
        yield bot


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=text, callback_data=data) for text, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def json_answer(request: web.Request) -> web.Response:
    return web.json_response({"method": "answerCallbackQuery", "callback_query_id": "press-99"})


async def repeat(message: TelegramMessage) -> SendMessage:
    return SendMessage(chat_id=message.chat.id, text=f"Kata Anda: {message.text}")


async def call(telegram: FakeTelegram, method: str, **params: Any) -> Json:
    """The raw answer, for what the libraries would refuse to send."""
    address = f"{telegram.url}/bot{telegram.token}/{method}"
    async with ClientSession() as session, session.post(address, json=params) as response:
        return await response.json()


async def refusal(telegram: FakeTelegram, method: str, **params: Any) -> str:
    return str((await call(telegram, method, **params)).get("description"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<b>Paspor</b> &amp; <i>visa</i>", "Paspor & visa"),
        ("&lt;b&gt; &quot;x&quot; &#39;y&#x27; &#128220;", "<b> \"x\" 'y' 📜"),
        ('<a href="https://e.id/?a=1&amp;b=2">di sini</a>', "di sini"),
        ("<span class='tg-spoiler'>rahasia</span><TG-SPOILER>x</tg-spoiler >", "rahasiax"),
        ("<blockquote><pre>a\n<code>b</code></pre></blockquote> 2 > 1", "a\nb 2 > 1"),
    ],
)
def test_html_that_telegram_takes_is_read_as_text(html: str, text: str) -> None:
    assert visible(html) == text


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("📜 <br>", 'Unsupported start tag "br" at byte offset 5'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<b class="x">y</b>', 'Unsupported attribute "class" of the tag "b" at byte offset 0'),
        ("<a>y</a>", 'Tag "a" must have attribute "href" at byte offset 0'),
        ("<span>y</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<i x>y</i>", "Expected equal sign in declaration of an attribute of the tag"),
        ("P3MI & LTSA", 'Unescaped "&" at byte offset 5'),
        ("a&nbsp;b", 'Unescaped "&" at byte offset 1'),
        ("&#xD800;", "Text contains invalid Unicode characters"),
        ("&#0;", 'Unsupported entity "&#0;"'),
    ],
)
def test_html_that_telegram_refuses_is_refused_with_the_reason(html: str, fault: str) -> None:
    with pytest.raises(BadHtml) as refused:
        visible(html)
    assert str(refused.value).startswith(f"can't parse entities: {fault}")


def test_most_emoji_count_twice() -> None:
    assert length("é📜") == 3


async def test_a_wrong_token_is_unauthorized_and_an_unknown_method_not_found(
    telegram: FakeTelegram,
) -> None:
    wrong = f"{telegram.url}/bot1:no/getMe"
    async with ClientSession() as session, session.get(wrong) as response:
        answer = response.status, await response.json()
    assert answer == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    assert await refusal(telegram, "getNothing") == "Not Found"


async def test_parameters_arrive_by_query_form_and_json_alike(telegram: FakeTelegram) -> None:
    params: Json = {"chat_id": "7", "text": "12"}
    address = f"{telegram.url}/bot{telegram.token}/sendMessage"
    async with ClientSession() as session:
        for given in ({"params": params}, {"data": params}, {"json": params}):
            async with session.post(address, **given) as response:  # pyright: ignore
                assert response.status == 200
    assert telegram.called("sendMessage") == [{"chat_id": 7, "text": "12"}] * 3


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "📜" * 2049}, "message is too long"),
        ({"text": ""}, "message text is empty"),
        ({"text": "<b> \n</b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "<b>", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "*a*", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"chat_id": 8}, "chat not found"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"reply_markup": "{"}, "object expected as reply markup"),
    ],
)
async def test_a_message_that_telegram_refuses_is_refused(
    telegram: FakeTelegram, params: Json, reason: str
) -> None:
    description = await refusal(telegram, "sendMessage", **{"chat_id": 7, "text": "a"} | params)
    assert description.startswith(f"Bad Request: {reason}")
    assert telegram.chat(7).messages == []


async def test_the_longest_text_is_counted_after_parsing(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.send_message(7, "<b>" + "&amp;" * 4096 + "</b>\n", parse_mode="HTML")
    assert telegram.chat(7).last.text == "&" * 4096


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "a"}, "can't parse inline keyboard button: Text must be"),
        ({"text": "a"}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"text": "a", "callback_data": "a", "url": "https://e.id"}, "can't parse inline keyboard"),
    ],
)
async def test_a_button_has_a_text_and_one_action(
    telegram: FakeTelegram, button: Json, reason: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    description = await refusal(telegram, "sendMessage", chat_id=7, text="a", reply_markup=markup)
    assert description.startswith(f"Bad Request: {reason}")


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


async def test_an_update_comes_again_until_its_offset_is_confirmed(
    telegram: FakeTelegram, bot: Bot
) -> None:
    first, second = telegram.say(7, "satu")["update_id"], telegram.say(7, "dua")["update_id"]
    assert [u.update_id for u in await bot.get_updates()] == [first, second]
    assert [u.update_id for u in await bot.get_updates(limit=1)] == [first]
    assert [u.update_id for u in await bot.get_updates(offset=second)] == [second]
    assert [u.update_id for u in await bot.get_updates(offset=-1)] == [second]
    assert await bot.get_updates(offset=second + 1) == []


async def test_a_long_poll_waits_for_news_or_its_end(telegram: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.1)
    telegram.say(7, "halo")
    updates = await waiting
    start = time.monotonic()
    assert await bot.get_updates(offset=updates[0].update_id + 1, timeout=1) == []
    assert 0.9 < time.monotonic() - start < 2


async def test_only_one_poll_and_no_webhook_beside_it(telegram: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.1)
    await bot.get_updates()
    with pytest.raises(TelegramAPIError, match="terminated by other getUpdates request"):
        await waiting
    await bot.set_webhook("http://127.0.0.1:1/", secret_token=SECRET)
    with pytest.raises(
        TelegramAPIError, match="can't use getUpdates method while webhook is active"
    ):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:1/"
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_updates_nobody_asked_for_do_not_come(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.say(7, "halo")
    assert await bot.get_updates() == []
    with pytest.raises(TelegramBadRequest, match="secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:1/", secret_token="a b")


async def test_a_webhook_gets_the_secret_and_may_answer_with_a_call(
    telegram: FakeTelegram, bot: Bot
) -> None:
    app, dispatcher = web.Application(), Dispatcher()
    dispatcher.message.register(repeat)
    SimpleRequestHandler(dispatcher, bot, False, SECRET).register(app, "/telegram")
    app.router.add_post("/json", json_answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = "http://{}:{}".format(*runner.addresses[0])
    await bot.set_webhook(f"{base}/telegram", secret_token=SECRET)
    assert await telegram.push(telegram.say(7, "halo"), times=2) == [200, 200]
    assert [m.text for m in telegram.chat(7).messages] == ["Kata Anda: halo"] * 2
    assert telegram.pending == []
    await bot.set_webhook(f"{base}/telegram", secret_token="b" * 32)
    assert await telegram.push(telegram.say(7, "halo")) == [401]
    assert len(telegram.pending) == 1
    await bot.set_webhook(f"{base}/json")
    assert await telegram.push(telegram.say(7, "halo")) == [200]
    assert [method for method, _ in telegram.ignored_errors] == ["answerCallbackQuery"]
    await runner.cleanup()


def test_the_bot_sends_thirty_a_second_and_edits_count() -> None:
    pace = Pace()
    assert [pace.seconds_to_wait(chat, True, 0.0) for chat in range(20)] == [0] * 20
    assert [pace.seconds_to_wait(7, False, 0.5) for _ in range(10)] == [0] * 10
    assert pace.seconds_to_wait(99, True, 0.9) == 1
    assert pace.seconds_to_wait(99, True, 1.0) == 0


def test_one_chat_takes_three_at_once_then_one_a_second() -> None:
    pace = Pace()
    assert [pace.seconds_to_wait(7, True, now) for now in (0.0, 0.1, 0.2)] == [0, 0, 0]
    assert [pace.seconds_to_wait(7, True, now) for now in (0.3, 1.0, 1.1)] == [1, 0, 1]
    assert pace.seconds_to_wait(7, False, 1.1) == 0


async def test_who_sends_too_fast_is_told_how_long_to_wait(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    for text in ("satu", "dua", "tiga"):
        await bot.send_message(7, text)
    with pytest.raises(TelegramRetryAfter) as wait:
        await bot.send_message(7, "empat")
    assert wait.value.retry_after == 1
    with pytest.raises(RetryAfter):
        await sender.send_message(7, "empat")
    assert len(telegram.chat(7).messages) == 3


async def test_without_limits_everything_passes() -> None:
    async with FakeTelegram(limits=False) as telegram:
        telegram.person(7)
        for number in range(40):
            assert (await call(telegram, "sendMessage", chat_id=7, text=str(number)))["ok"]


async def test_who_blocks_the_bot_is_not_reached(telegram: FakeTelegram, sender: SenderBot) -> None:
    telegram.block(7)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sender.send_message(7, "halo")
    telegram.block(7, blocked=False)
    await sender.send_message(7, "halo")


async def test_faults_come_when_they_are_ordered(
    telegram: FakeTelegram, bot: Bot, sender: SenderBot
) -> None:
    telegram.fail_next("sendMessage", 502)
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await bot.send_message(7, "satu")
    telegram.fail_next("sendMessage", 429, times=2, retry_after=9)
    with pytest.raises(RetryAfter, match="Retry in 0:00:09"):
        await sender.send_message(7, "dua")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(7, "dua")
    telegram.fail_next("sendMessage", "timeout")
    with pytest.raises(NetworkError, match="Timed out"):
        await sender.send_message(7, "tiga")
    assert telegram.chat(7).messages == []
    telegram.fail_next("sendMessage", "drop_after", times=2)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(7, "empat")
    with pytest.raises(NetworkError):
        await sender.send_message(7, "lima")
    assert [m.text for m in telegram.chat(7).messages] == ["empat", "lima"]


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


async def test_commands_and_descriptions_are_kept_by_scope_and_language(
    telegram: FakeTelegram, bot: Bot
) -> None:
    await bot.set_my_commands(
        [BotCommand(command="mulai", description="Mulai")], language_code="id"
    )
    assert telegram.commands["default", 0, "id"] == [{"command": "mulai", "description": "Mulai"}]
    await bot.delete_my_commands(language_code="id")
    assert telegram.commands == {}
    await bot.set_my_short_description("Desa")
    assert telegram.descriptions == {("short_description", ""): "Desa"}
    with pytest.raises(TelegramBadRequest, match="DESCRIPTION_TOO_LONG"):
        await bot.set_my_description("a" * 513)
    with pytest.raises(TelegramBadRequest, match="LANG_CODE_INVALID"):
        await bot.set_my_commands([], language_code="mad")


@pytest.mark.parametrize(
    ("command", "description", "times", "reason"),
    [
        ("Mulai", "x", 1, "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", 1, "BOT_COMMAND_INVALID"),
        ("mulai", "x" * 257, 1, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("mulai", "x", 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_a_command_that_telegram_refuses_is_refused(
    telegram: FakeTelegram, command: str, description: str, times: int, reason: str
) -> None:
    commands = [{"command": command, "description": description}] * times
    assert await refusal(telegram, "setMyCommands", commands=commands) == f"Bad Request: {reason}"


async def test_a_person_plays_on_the_terminal() -> None:
    command = [sys.executable, "-m", "tests.fake_telegram", "--port", "0"]
    play = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=ROOT)
    assert play.stdin and play.stdout
    address = (await play.stdout.readline()).decode().strip().removeprefix("TELEGRAM_API_URL=")
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    async with Bot(FakeTelegram.token, session=session) as bot:
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
