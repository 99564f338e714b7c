"""Says one thing to one person through python-telegram-bot, and judges how that ended."""

from dataclasses import dataclass
from typing import Any, Protocol, Self, cast

from aiohttp import ClientTimeout
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.outcomes import Failed, Later, Outcome, Refused, Sent, Uncertain, Unreachable
from bot.sender.transport import PATIENCE, Flooded, NotSent, ServerFailed, Transport
from bot.telegram_markup import Row
from flows.errors import BadSettings

UNKNOWN_TOKEN = ["TELEGRAM_BOT_TOKEN: Telegram does not know it. Ask BotFather"]

LOCKED_OUT = 30.0
"""Seconds until a token that Telegram no longer takes is tried again: somebody is replacing it."""

NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter in one language as Telegram takes it."""

    html: str
    rows: list[Row]


class Speaker(Protocol):
    """Whoever can reach somebody; `to` is their name at the door, for Telegram the chat."""

    async def say(self, to: str, ready: Ready) -> Outcome: ...

    async def change(self, to: str, message: int, ready: Ready) -> Outcome: ...

    async def take_away(self, to: str, message: int) -> Outcome: ...


class TelegramSpeaker:
    """An open bot: use it as a context."""

    def __init__(
        self, token: str, api_url: str, slots: int, patience: ClientTimeout = PATIENCE
    ) -> None:
        url = api_url.rstrip("/")
        self._bot = Bot(
            token, f"{url}/bot", f"{url}/file/bot",
            request=Transport(slots, patience), get_updates_request=Transport(1),
        )  # fmt: skip

    async def __aenter__(self) -> Self:
        await self._bot.request.initialize()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._bot.request.shutdown()

    async def introduce(self) -> Outcome:
        """Whether Telegram knows us; raises `BadSettings` where it does not."""
        try:
            await self._bot.get_me()
        except InvalidToken as error:
            raise BadSettings(UNKNOWN_TOKEN) from error
        except TelegramError as error:
            return judged(error)
        return Sent()

    async def say(self, to: str, ready: Ready) -> Outcome:
        return await self._call("send_Message", {"chat_id": int(to), **_content(ready)})

    async def change(self, to: str, message: int, ready: Ready) -> Outcome:
        which = {"chat_id": int(to), "message_id": message}
        return await self._call("edit_Message_text", {**which, **_content(ready)})

    async def take_away(self, to: str, message: int) -> Outcome:
        return await self._call("delete_Message", {"chat_id": int(to), "message_id": message})

    async def _call(self, method: str, values: dict[str, Any]) -> Outcome:
        """By its name with a capital, under which the library has no method of its own: that would
        build the whole message from the answer, and take twice as long.
        """
        try:
            result = await self._bot.do_api_request(method, values)
        except TelegramError as error:
            return judged(error)
        message = cast(dict[str, int], result) if isinstance(result, dict) else {}
        return Sent(message.get("message_id", 0))


def _content(ready: Ready) -> dict[str, Any]:
    return {
        "text": ready.html,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "reply_markup": {"inline_keyboard": ready.rows},
    }


def judged(error: TelegramError) -> Outcome:
    """`BadRequest` is a `NetworkError` to the library, so the order of these cases matters."""
    match error:
        case Flooded():
            return Later(error.seconds)
        case Forbidden():
            gone = "deactivated" in error.message
            return Unreachable("deactivated" if gone else "blocked")
        case ChatMigrated():
            return Refused("migrated")
        case BadRequest():
            return _refused(error.message.lower())
        case InvalidToken():
            return Later(LOCKED_OUT)
        case NotSent():
            return Failed("network")
        case ServerFailed():
            return Failed("server")
        case NetworkError():
            return Uncertain()
        case _:
            return Refused("text")


def _refused(said: str) -> Outcome:
    if "not modified" in said:
        return Sent()
    if "message to" in said:
        return Refused("gone")
    if "message can't be" in said:
        return Refused("kept")
    lost = ("chat not found", "user not found", "peer_id_invalid")
    return Refused("not-found" if any(words in said for words in lost) else "text")
