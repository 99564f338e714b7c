"""What Telegram accepts in a message: HTML above all, then lengths, buttons, commands and pace.

Pure rules without a server; `fake_telegram.py` applies them. The HTML rules are stricter than
Telegram's where Telegram silently guesses or drops: a bare "&", an unknown entity, "</>", an
attribute without effect and a link without address are refused, for each of them is a mistake.
"""

import math
import re
from collections import defaultdict, deque
from http import HTTPStatus
from typing import Any

Json = dict[str, Any]

TAGS = re.compile("a|b|blockquote|code|del|em|i|ins|pre|s|span|strike|strong|tg-spoiler|u")
ATTRIBUTES = {"a": "href", "span": "class"}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PIECE = re.compile(
    r"(?P<text>[^<&]+)"
    r"|</(?P<end>[^<>\s]*)\s*>"
    r"|<(?P<start>[^</>\s][^<>\s]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|&(?:#(?P<decimal>[0-9]{1,7})|#x(?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot));"
)
ATTRIBUTE = re.compile(r"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9.-]+)")

# Control characters become spaces; what turns or breaks lines secretly disappears.
UNSEEN: dict[int, str | None] = {
    **dict.fromkeys(range(32), " "),
    **dict.fromkeys([13, 0x2028, 0x2029, *range(0x202A, 0x202F)]),
    10: "\n",
}
ACTION = re.compile(
    "url|callback_data|web_app|login_url|switch_inline_query(_current_chat|_chosen_chat)?"
    "|copy_text|callback_game|pay"
)
SCOPE = re.compile(
    "default|all_private_chats|all_group_chats|all_chat_administrators"
    "|chat|chat_administrators|chat_member"
)
NO_SIGN = "Expected equal sign in declaration of an attribute"
BUTTON = "can't parse inline keyboard button:"


class BadHtml(Exception):
    """Text that Telegram's HTML parse mode refuses; the message is Telegram's."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"can't parse entities: {fault}")


class Refused(Exception):
    """Telegram's answer to a call that it does not carry out."""

    def __init__(self, reason: str = "", status: int = 400, **parameters: int) -> None:
        phrase = HTTPStatus(status).phrase
        self.status = status
        self.description = f"{phrase}: {reason}" if reason else phrase
        self.parameters = parameters
        super().__init__(self.description)

    @property
    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def visible(html: str) -> str:
    """What a person reads of `html`; raises `BadHtml` where Telegram would refuse it."""
    texts: list[str] = []
    opened: list[str] = []
    position = 0
    while position < len(html):
        piece = PIECE.match(html, position)
        if piece is None:
            raise BadHtml(_fault(html, position, opened))
        texts.append(_read(piece, opened))
        position = piece.end()
    if opened:
        raise BadHtml(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join(texts)


def length(text: str) -> int:
    """Telegram counts UTF-16 code units: most emoji count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length_in_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _read(piece: re.Match[str], opened: list[str]) -> str:
    """The text of one piece; tags give none, but open and close."""
    if piece["text"]:
        return piece["text"]
    if piece["start"]:
        opened.append(_start(piece))
        return ""
    if piece["end"] is not None:
        _end(piece, opened)
        return ""
    return _character(piece)


def _start(piece: re.Match[str]) -> str:
    tag, attributes = piece["start"].lower(), piece["attributes"]
    if not TAGS.fullmatch(tag):
        raise BadHtml(f'Unsupported start tag "{tag}" {_at(piece)}')
    if ATTRIBUTE.sub("", attributes).strip():
        raise BadHtml(f'{NO_SIGN} of the tag "{tag}" {_at(piece)}')
    _check_attributes(tag, attributes, piece)
    return tag


def _check_attributes(tag: str, attributes: str, piece: re.Match[str]) -> None:
    values = {name: value.strip("\"'") for name, value in ATTRIBUTE.findall(attributes)}
    for name in values.keys() - {ATTRIBUTES.get(tag)}:
        raise BadHtml(f'Unsupported attribute "{name}" of the tag "{tag}" {_at(piece)}')
    if tag == "a" and not values.get("href"):
        raise BadHtml(f'Tag "a" must have attribute "href" {_at(piece)}')
    if tag == "span" and values.get("class") != "tg-spoiler":
        raise BadHtml(f'Tag "span" must have class "tg-spoiler" {_at(piece)}')


def _end(piece: re.Match[str], opened: list[str]) -> None:
    if not opened:
        raise BadHtml(f"Unexpected end tag {_at(piece)}")
    expected, found = opened.pop(), piece["end"].lower()
    if found != expected:
        ends = f'expected "</{expected}>", found "</{found}>"'
        raise BadHtml(f"Unmatched end tag {_at(piece)}, {ends}")


def _at(piece: re.Match[str]) -> str:
    return f"at byte offset {length_in_bytes(piece.string[: piece.start()])}"


def _character(piece: re.Match[str]) -> str:
    if piece["name"]:
        return ENTITIES[piece["name"]]
    code = int(piece["decimal"] or piece["hexadecimal"], 10 if piece["decimal"] else 16)
    if 0xD800 <= code <= 0xDFFF:
        raise BadHtml("Text contains invalid Unicode characters after decoding HTML entities")
    if not 0 < code < 0x10FFFF:
        raise BadHtml(f'Unsupported entity "{piece[0]}"')
    return chr(code)


def _fault(html: str, position: int, opened: list[str]) -> str:
    """Why no piece of HTML starts here."""
    at = f"at byte offset {length_in_bytes(html[:position])}"
    word = re.split(r"[\s>]", html[position:], maxsplit=1)
    if html[position] == "&":
        return f'Unescaped "&" {at}'
    if html.startswith("</", position):
        return f"Unclosed end tag {at}" if opened else f"Unexpected end tag {at}"
    if len(word) > 1 and not TAGS.fullmatch(word[0][1:].lower()):
        return f'Unsupported start tag "{word[0][1:].lower()}" {at}'
    return f"Unclosed start tag {at}"


def read_text(params: Json, field: str = "text", most: int = 4096) -> str:
    """What a person will read of a text or caption, or `Refused`."""
    raw, mode = str(params.get(field) or ""), str(params.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise Refused("unsupported parse_mode")
    try:
        raw.encode()
        text = (visible(raw) if mode else raw).translate(UNSEEN).strip()
    except UnicodeEncodeError:
        raise Refused("strings must be encoded in UTF-8") from None
    except BadHtml as bad:
        raise Refused(str(bad)) from bad
    if length(text) > most:
        raise Refused("message is too long" if field == "text" else "message caption is too long")
    if field == "text" and not text:
        raise Refused("message text is empty")
    return text


def read_markup(markup: object) -> Json:
    """Reply markup after checking every inline button."""
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise Refused("object expected as reply markup")
    checked: Json = {str(key): value for key, value in markup.items()}  # pyright: ignore
    buttons = [button for row in checked.get("inline_keyboard", []) for button in row]
    if len(buttons) > 100:
        raise Refused("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return checked


def _check_button(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        raise Refused(f"{BUTTON} Text must be non-empty")
    given = [name for name, value in button.items() if value is not None]
    actions = [name for name in given if ACTION.fullmatch(name)]
    if not actions:
        raise Refused(f"{BUTTON} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Refused(f"{BUTTON} Exactly one action is allowed, found {', '.join(actions)}")
    if "callback_data" in actions and not 1 <= length_in_bytes(button["callback_data"]) <= 64:
        raise Refused("BUTTON_DATA_INVALID")


def read_commands(commands: list[Json]) -> list[Json]:
    if len(commands) > 100:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= length(str(command.get("description", ""))) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def read_scope(params: Json) -> tuple[str, int, str]:
    """Whom commands are for: kind of scope, chat (0 for all), language ("" for the rest)."""
    scope: Json = params.get("scope") or {"type": "default"}
    language = str(params.get("language_code") or "")
    if not SCOPE.fullmatch(str(scope.get("type"))):
        raise Refused("can't parse BotCommandScope: Unsupported type specified")
    if not re.fullmatch("(?:[a-z]{2})?", language):
        raise Refused("LANG_CODE_INVALID")
    return scope["type"], int(scope.get("chat_id") or 0), language


class Pace:
    """30 messages a second for the bot; into one chat three at once, then one a second."""

    def __init__(self) -> None:
        self._sent: deque[float] = deque()
        self._booked: defaultdict[int, float] = defaultdict(float)

    def seconds_to_wait(self, chat_id: int, new: bool, now: float) -> int:
        """0 counts the message as sent; an edit (not `new`) counts for the bot alone."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        for_bot = self._sent[0] + 1 - now if len(self._sent) >= 30 else 0.0
        for_chat = self._booked[chat_id] - now - 2 if new else 0.0
        if (wait := max(for_bot, for_chat)) > 0:
            return math.ceil(wait)
        self._sent.append(now)
        if new:
            self._booked[chat_id] = max(self._booked[chat_id], now) + 1
        return 0
