"""Messages and chats as a person sees them, and how the Bot API tells them."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fake_telegram.refused import Json
from tests.telegram_html import length

ME: Json = {"id": 123456, "is_bot": True, "first_name": "Desa", "username": "desmigratif_bot"}


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; a person's own has `by_bot` False."""

    message_id: int
    date: int
    text: str
    html: str = ""
    markup: Json = field(default_factory=dict[str, Any])
    kind: str = "text"  # or photo, document
    edited: bool = False
    by_bot: bool = True
    file: Upload | None = None
    claims: int | None = None  # the size that Telegram tells of the file

    @property
    def buttons(self) -> list[list[tuple[str, str]]]:
        """Rows of (text, callback_data); buttons that open a link have no data."""
        rows = self.markup.get("inline_keyboard", [])
        return [[(str(b["text"]), str(b.get("callback_data", ""))) for b in row] for row in rows]


TroubleKind = Literal[
    "deactivated", "migrated", "not-found", "failing", "garbage", "silent", "lost"
]


What = Literal["sent", "edited", "deleted"]


@dataclass(slots=True)
class Trouble:
    """What goes wrong with whatever is said to one person, so many times or (-1) for ever.

    `failing` is a 500, `garbage` an answer that is none after the message has arrived, `silent` no
    answer and no message, `lost` a message that arrives and whose answer does not.
    """

    kind: TroubleKind
    times: int = -1


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened to a message of the bot's, as the server's log has it."""

    at: float
    what: What
    chat: int
    message: int
    html: str = ""


@dataclass(slots=True)
class Chat:
    """What a person sees in a chat now. Closed until the person writes: bots cannot begin."""

    about: Json
    open: bool = False
    blocked: bool = False
    trouble: "Trouble | None" = None
    by_id: dict[int, Message] = field(default_factory=dict[int, Message])

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.by_id.values() if message.by_bot]

    @property
    def said(self) -> list[Message]:
        """The person's own messages that are still there."""
        return [message for message in self.by_id.values() if not message.by_bot]

    @property
    def last(self) -> Message:
        """The bot's last message."""
        assert self.messages, f"The bot has no message in chat {self.about['id']}."
        return self.messages[-1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery told a person."""

    query_id: str
    text: str
    alert: bool


def entities(text: str) -> Json:
    """Where the commands are, as Telegram marks them for the bot."""
    found = re.finditer(r"(?<!\S)/\w{1,64}(?:@\w+)?(?!\S)", text, re.ASCII)
    marks = [(length(text[: command.start()]), length(command[0])) for command in found]
    commands = [{"type": "bot_command", "offset": at, "length": long} for at, long in marks]
    return {"entities": commands} if commands else {}


def content(message: Message) -> Json:
    file: Json = {"file_id": f"file-{message.message_id}", "file_unique_id": "unique"}
    caption = {"caption": message.text} if message.text else {}
    match message.kind:
        case "photo":
            return caption | {"photo": [file | {"width": 90, "height": 90}]}
        case "document":
            return caption | {"document": file | _told(message)}
        case _:
            return {"text": message.text}


def _told(message: Message) -> Json:
    """What Telegram tells of a file that comes with a message."""
    if message.file is None:
        return {}
    size = len(message.file.content) if message.claims is None else message.claims
    return {"file_name": message.file.filename, "file_size": size}


def member(status: str) -> Json:
    until: Json = {"until_date": 0} if status == "kicked" else {}
    return {"user": ME, "status": status} | until
