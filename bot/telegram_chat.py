"""The Telegram door: listens and answers, with aiogram. It never speaks first.

An update is answered after its turn is committed, and confirmed to Telegram after it is answered
(`Sent`, or never to be). A failed answer leaves the update unconfirmed: Telegram repeats it, the
runner knows it, and the present screen is shown again.
"""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import CallbackQuery, Document, Message, Update
from pydantic import ValidationError

from bot import messages, telegram_files, telegram_markup
from bot.messages import NoWords, Press, Said, Words
from bot.outcomes import Later, Outcome, Refused, Sent, Unreachable
from bot.pace import Pace
from bot.runner import Runner
from bot.screens import Rendered, Reply, render
from bot.telegram_commands import ChatCommands
from bot.telegram_session import new_message, new_text
from bot.tokens import Token
from flows.errors import Busy
from flows.text import t
from storage.people import Address

log = logging.getLogger(__name__)

KINDS = ["message", "callback_query", "channel_post"]
"""The updates we ask Telegram for."""

KEEPS = 365 * 24 * 3600
"""Seconds without a sign of life after which a Telegram user is forgotten."""

PRIVATE_ONLY = t(
    "Demi keamanan Anda, kami hanya menjawab di chat pribadi. Silakan kirim pesan langsung ke sini."
)

TOO_FAST = t("Pelan-pelan, ya. Tunggu sebentar, lalu tekan atau ketik lagi.")

UNSEEN = 100
"""Screens with something that is shown once, kept while Telegram is away."""

AGAIN = 2.0
"""Seconds after which Telegram may try again when the database or the network was not there."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an update ended; `acknowledgement` stops the button's spinner and may fail unseen."""

    outcome: Outcome
    acknowledgement: AnswerCallbackQuery | None = None


class TelegramDoor:
    """Updates in, screens out; one person's updates one at a time, in their order."""

    def __init__(self, runner: Runner, bot: Bot) -> None:
        self._runner = runner
        self._bot = bot
        self._pace = Pace()
        self._commands = ChatCommands(bot, runner.catalogs)
        self._unseen: dict[int, Reply] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def handle(self, raw: object) -> Answered:
        """Answer one update as Telegram sent it; never raises for what is in it."""
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            self._runner.counts["malformed"] += 1
            return Answered(Refused("malformed update"))
        try:
            return await self._handle(update)
        except Exception as error:  # a fault of ours in one screen must not end polling for all
            log.error("an answer failed: error=%s", type(error).__name__)
            return Answered(Refused("failed"))

    async def _handle(self, update: Update) -> Answered:
        if update.callback_query:
            return await self._pressed(update.update_id, update.callback_query)
        if message := update.message or update.channel_post:
            return await self._written(update.update_id, message)
        return Answered(Refused("unknown kind of update"))

    async def _written(self, update_id: int, message: Message) -> Answered:
        chat = message.chat.id
        if message.chat.type != "private":
            if self._pace.take(chat, self._runner.clock.now()) != "go":
                return Answered(Refused("too fast"))
            only = self._runner.catalogs.say(PRIVATE_ONLY, "id")
            return Answered(await self._tell(new_message(chat, only, [])))
        said = self._said(message)
        document = message.document if isinstance(said, NoWords) else None
        async with self._in_turn(chat):
            return Answered(await self._converse(chat, update_id, said, None, document))

    def _said(self, message: Message) -> Said:
        """A photo is not looked at, but somebody may call for help in the words under it."""
        if message.text is not None:
            return Words.heard(message.text)
        caption = Words.heard(message.caption or "")
        return caption if self._runner.calls_for_help(caption) else NoWords()

    async def _pressed(self, update_id: int, query: CallbackQuery) -> Answered:
        acknowledgement = AnswerCallbackQuery(callback_query_id=query.id)
        message = query.message
        if message is None or message.chat.type != "private":
            return Answered(Refused("a button outside a private chat"), acknowledgement)
        said, message_id = _pressed(query.data or "", message.message_id)
        async with self._in_turn(message.chat.id):
            outcome = await self._converse(message.chat.id, update_id, said, message_id)
        return Answered(outcome, acknowledgement)

    def _in_turn(self, chat: int) -> asyncio.Lock:
        return self._turns.setdefault(chat, asyncio.Lock())

    async def _converse(
        self, chat: int, update_id: int, said: Said, message_id: int | None,
        document: Document | None = None,
    ) -> Outcome:  # fmt: skip
        if (slowed := await self._slowed(chat, said)) is not None:
            return slowed
        address = Address("telegram", str(chat), KEEPS, writable=True)
        try:
            heard = await self._fetched(address, document) if document else said
            if heard is None:
                return Later(AGAIN)
            message = messages.Message(address, heard, update_id)
            reply = await self._runner.database.perform(self._runner.turn, message)
        except Busy:
            return Later(AGAIN)
        return await self._answer(chat, update_id, reply, message_id)

    async def _fetched(self, address: Address, document: Document) -> Said | None:
        """A document is nothing to us, unless the person stands where a file is asked for."""
        try:
            reply = await self._runner.database.perform(self._runner.look, address)
        except Busy:
            raise
        except Exception:  # the turn will meet the same fault, and apologise
            return NoWords()
        if not reply.screen.takes_file:
            return NoWords()
        return await telegram_files.fetch(self._bot, document)

    async def _answer(
        self, chat: int, update_id: int, reply: Reply, message_id: int | None
    ) -> Outcome:
        """The screen first; what comes with it can neither hold it up nor make it fail."""
        reply = self._unseen.pop(update_id, reply)
        screen = render(reply, self._runner.catalogs)
        outcome = await self._show(chat, screen, None if reply.once else message_id)
        if reply.once and isinstance(outcome, Later):
            self._keep_unseen(update_id, reply)
        if isinstance(outcome, Sent):
            await self._send_along(chat, reply)
        return outcome

    async def _send_along(self, chat: int, reply: Reply) -> None:
        if reply.screen.file:
            self._runner.budget.reply()
            await telegram_files.send(self._bot, chat, reply.screen.file)
        if reply.role:
            await self._commands.follow(chat, reply.role, reply.language)

    def _keep_unseen(self, update_id: int, reply: Reply) -> None:
        """What cannot be made again waits for Telegram to repeat its update."""
        self._unseen[update_id] = reply
        if len(self._unseen) > UNSEEN:
            del self._unseen[next(iter(self._unseen))]

    async def _slowed(self, chat: int, said: Said) -> Outcome | None:
        """The end of a message that is one too many; a call for help never is."""
        if self._runner.calls_for_help(said):
            return None
        match self._pace.take(chat, self._runner.clock.now()):
            case "go":
                return None
            case "warn":
                slowly = self._runner.catalogs.say(TOO_FAST, "id")
                outcome = await self._tell(new_message(chat, slowly, []))
            case "wait":
                outcome = Refused("too fast")
        self._runner.counts["slowed"] += 1
        return outcome

    async def _show(self, chat: int, screen: Rendered, message_id: int | None) -> Outcome:
        """Turn the pressed message into the screen; where that cannot be, send a new one."""
        html, rows = telegram_markup.html(screen), telegram_markup.keyboard(screen)
        if message_id is not None:
            outcome = await self._tell(new_text(chat, message_id, html, rows))
            if not isinstance(outcome, Refused):
                return outcome
        sent = await self._tell(new_message(chat, html, rows))
        return _logged(sent, screen.place)

    async def _tell(self, call: TelegramMethod[Any]) -> Outcome:
        """It takes its place from what we say first, and what Telegram says of that is for all."""
        self._runner.budget.reply()
        try:
            return await _outcome(self._bot(call))
        except TelegramRetryAfter as error:
            await self._pause(error.retry_after)
            return Later(error.retry_after)

    async def _pause(self, seconds: float) -> None:
        """Here at once, and by the database in every process that speaks first."""
        self._runner.budget.pause(seconds)
        try:
            await self._runner.database.perform(self._runner.pause, seconds)
        except Exception as error:  # the others will hear it from Telegram
            log.warning("a pause is known here alone: error=%s", type(error).__name__)


def _pressed(data: str, message_id: int) -> tuple[Said, int | None]:
    """A button of a screen, which turns into the next; or of a notice, which stays as it is."""
    if data.startswith("@"):
        return Words.heard(data), None
    return Press(Token.parse(data)), message_id


async def _outcome(call: Awaitable[Any]) -> Outcome:
    try:
        await call
    except TelegramRetryAfter:
        raise
    except TelegramForbiddenError:
        return Unreachable()
    except (TelegramNetworkError, TelegramServerError):
        return Later(AGAIN)
    except TelegramBadRequest as error:
        return Sent() if "not modified" in error.message else Refused(error.message)
    except TelegramAPIError as error:
        return Refused(type(error).__name__)
    return Sent()


def _logged(outcome: Outcome, place: str) -> Outcome:
    """A screen that Telegram refuses is our fault, so it is named; the person is not."""
    if isinstance(outcome, Refused):
        log.error("Telegram refused a screen: place=%s reason=%s", place, outcome.reason)
    return outcome
