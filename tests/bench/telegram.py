"""Telegram's side of the webhook: what a person does, as Telegram tells it to a bot."""

import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from tests.bench.fake_api import CHAT, ME, PERSON, Json
from tests.bench.measure import Round
from tests.bench.processes import Process, cpu_seconds
from tests.bench.walks import UPDATES, choose
from tests.bench.wire import Line, request

SECRET = "bench-bench-bench-bench-bench-bench"
KINDS = {"b": "bold", "i": "italic"}
NOW = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """A server under test: its process, and the connection on which it gets its updates."""

    process: Process
    line: Line

    def deliver(self, update: Json) -> None:
        self.line.ask(packed(update))

    def play(self, updates: Iterable[Json]) -> Round:
        """One update after the other, each timed from its first byte to the whole answer."""
        walls: list[float] = []
        cpu = cpu_seconds(self.process)
        for update in updates:
            call = packed(update)
            began = time.perf_counter()
            self.line.ask(call)
            walls.append(time.perf_counter() - began)
        return Round(tuple(walls), cpu_seconds(self.process) - cpu)


def packed(update: Json) -> bytes:
    """The update under an id of its own, as Telegram posts it."""
    body = json.dumps({"update_id": next(UPDATES)} | update, ensure_ascii=False).encode()
    return request(
        "POST", "/telegram", body, Content_Type="application/json",
        X_Telegram_Bot_Api_Secret_Token=SECRET,
    )  # fmt: skip


def typed(words: str) -> Json:
    message = {"message_id": 1, "from": PERSON, "chat": CHAT, "date": NOW, "text": words}
    return {"message": message}


def pressed(screen: Json, wanted: str) -> Json:
    """A button of the screen, by the start of its choice's id."""
    tokens = [button["callback_data"] for button in buttons(screen)]
    choices = {token.partition(".")[2]: token for token in tokens}
    query = {"id": "4382bfdwdsb323b2d9", "from": PERSON, "message": shown(screen)}
    data = choices[choose(choices, wanted)]
    return {"callback_query": query | {"chat_instance": "-3", "data": data}}


def buttons(screen: Json) -> list[Json]:
    return [button for row in screen["reply_markup"]["inline_keyboard"] for button in row]


def shown(screen: Json) -> Json:
    """The bot's message as Telegram shows it: words and entities instead of HTML."""
    text, entities = read_html(screen["text"])
    head = {"message_id": 2, "from": ME, "chat": CHAT, "date": NOW, "edit_date": NOW}
    markup = screen["reply_markup"]
    return head | {"text": text, "entities": entities, "reply_markup": markup}


def read_html(html: str) -> tuple[str, list[Json]]:
    """Bold and italic, which is all that our screens use."""
    text, begin, entities = "", 0, list[Json]()
    for piece in re.split("(</?[bi]>)", html):
        if piece in ("<b>", "<i>"):
            begin = units(text)
        elif piece in ("</b>", "</i>"):
            kind = KINDS[piece[2]]
            entities.append({"type": kind, "offset": begin, "length": units(text) - begin})
        else:
            text += unescape(piece)
    return text, entities


def units(text: str) -> int:
    """Telegram counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
