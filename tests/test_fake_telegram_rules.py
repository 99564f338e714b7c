"""The fake Telegram refuses what the real one refuses: HTML, lengths, buttons, commands, haste."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BotCommand

from tests.fake_clients import bot_at, refusal, telegram_with_sari
from tests.fake_telegram import FakeTelegram, Json, Pace
from tests.telegram_html import BadHtml, length, visible


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with telegram_with_sari() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_at(telegram.url) as bot:
        yield bot


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
