"""A Telegram Bot API server on this machine, with the people in front of it."""

#     async with FakeTelegram() as telegram:
#         telegram.say(7, "/start")            # a person writes; the bot polls telegram.url
#         telegram.tap(7, "Lanjut")            # and presses a button
#         telegram.chat(7).last.text           # what the person reads now
#
# It refuses what Telegram refuses, in Telegram's words (the rules are in `markup.py`, `pace.py` and
# `tests/telegram_html.py`).
#
# It does not imitate: other methods (404), Markdown, entities of sent messages, links, files behind
# ids other than the documents that people send, reply keyboards, replies, topics, privacy and
# rights in groups, their 20 messages a minute and own numbering, updates that grow old or overtake
# each other, presses that expire by themselves (clear `open_presses`), webhooks repeated by
# themselves (`push` again) and their https.
#
# Three parts: `World` (chats, people, waiting updates), `BotApi` (what the bot may call) and
# `FakeTelegram` (the wire); then the terminal, `python -m tests.fake_telegram`.

from tests.fake_telegram.api import BotApi
from tests.fake_telegram.chats import Answer, Chat, Message, Upload
from tests.fake_telegram.pace import Pace
from tests.fake_telegram.refused import Json, Refused
from tests.fake_telegram.wire import FakeTelegram, Fault
from tests.fake_telegram.world import World

__all__ = [
    "Answer",
    "BotApi",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Json",
    "Message",
    "Pace",
    "Refused",
    "Upload",
    "World",
]
