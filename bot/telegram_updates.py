"""How updates come from Telegram: by our own long polling, or by its calls to our webhook."""

import asyncio
import hmac
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiohttp import web

from bot.outcomes import Later
from bot.runner import Runner
from bot.settings import Settings
from bot.telegram_chat import KINDS, Answered, TelegramDoor
from bot.telegram_commands import introduce
from bot.telegram_session import LeanSession
from flows.errors import BadSettings

log = logging.getLogger(__name__)

PATH = "/telegram"
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name of a header)
LONG = 30
"""Seconds that one long poll may last."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` without reading what is in them, so that one odd update spoils no other."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


def open_bot(settings: Settings) -> Bot:
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    return Bot(settings.telegram_bot_token, session=LeanSession(api=server))


async def poll_for_ever(runner: Runner, settings: Settings) -> None:
    """Long polling that outlives every outage: a village's line is often down."""
    async with open_bot(settings) as bot:
        polling = Polling(TelegramDoor(runner, bot), bot)
        await _insist(lambda: _take_over(bot, runner))
        while True:
            await _insist(polling.once)


async def _take_over(bot: Bot, runner: Runner) -> None:
    await bot.delete_webhook()
    await introduce(bot, runner)


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    """Repeat a call, ever more slowly, until Telegram takes it."""
    pause = 1
    while True:
        try:
            return await call()
        except TelegramUnauthorizedError as error:
            raise BadSettings(
                ["TELEGRAM_BOT_TOKEN: Telegram does not know it. Ask BotFather"]
            ) from error
        except TelegramAPIError as error:
            log.warning("Telegram is not there (%s): again in %d s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONG)


@asynccontextmanager
async def webhook(
    runner: Runner, settings: Settings, app: web.Application
) -> AsyncGenerator[Callable[[], Awaitable[None]], None]:
    """Put the webhook on the application; gives what tells Telegram where it is."""
    async with open_bot(settings) as bot:
        Webhook(TelegramDoor(runner, bot), settings.webhook_secret).add_to(app)
        url = settings.webhook_url.rstrip("/") + PATH

        async def register() -> None:
            await _insist(lambda: _register(bot, url, settings.webhook_secret))
            await _insist(lambda: introduce(bot, runner))

        yield register


async def _register(bot: Bot, url: str, secret: str) -> None:
    try:
        await bot.set_webhook(url, secret_token=secret, allowed_updates=KINDS)
    except TelegramBadRequest as error:
        raise BadSettings([f"WEBHOOK_URL: Telegram refuses it: {error.message}"]) from error


class Polling:
    """Asks for updates and confirms them only when their turns are committed and answered."""

    def __init__(self, door: TelegramDoor, bot: Bot) -> None:
        self._door = door
        self._bot = bot
        self._offset = 0
        self._answered: set[int] = set()

    async def once(self) -> None:
        """One batch; what has to wait stays unconfirmed and comes again."""
        call = GetRawUpdates(offset=self._offset, timeout=LONG, allowed_updates=KINDS)
        batch = await self._bot(call, request_timeout=LONG + 10)
        by_chat: dict[object, list[dict[str, Any]]] = defaultdict(list)
        for update in batch:
            by_chat[_chat(update)].append(update)
        async with asyncio.TaskGroup() as group:
            waits = [group.create_task(self._one_by_one(chat)) for chat in by_chat.values()]
        ids = [update["update_id"] for update in batch]
        waiting = [update_id for update_id in ids if update_id not in self._answered]
        self._offset = min(waiting) if waiting else max(ids, default=self._offset - 1) + 1
        self._answered = {update_id for update_id in self._answered if update_id >= self._offset}
        if pause := max((wait.result() for wait in waits), default=0):
            await asyncio.sleep(pause)

    async def _one_by_one(self, updates: list[dict[str, Any]]) -> float:
        """One chat's updates in order; the seconds to wait if one of them has to come again."""
        for update in updates:
            if update["update_id"] in self._answered:
                continue
            answered = await self._door.handle(update)
            if isinstance(answered.outcome, Later):
                return answered.outcome.seconds
            await self._acknowledge(answered)
            self._answered.add(update["update_id"])
        return 0

    async def _acknowledge(self, answered: Answered) -> None:
        if answered.acknowledgement is None:
            return
        try:
            await self._bot(answered.acknowledgement)
        except TelegramAPIError as error:  # too old, or the network: the spinner stops by itself
            log.info("a press was not acknowledged: %s", type(error).__name__)


def _chat(update: dict[str, Any]) -> object:
    """Whose turn it is; updates that say nothing of it share one line."""
    body: Any = update.get("callback_query") or update
    try:
        return body["message"]["chat"]["id"]
    except (KeyError, TypeError):
        return None


class Webhook:
    """Telegram's calls: the secret first, then the turn, then the answer, then 200."""

    def __init__(self, door: TelegramDoor, secret: str) -> None:
        self._door = door
        self._secret = secret.encode()

    def add_to(self, app: web.Application) -> None:
        app.router.add_post(PATH, self._update)

    async def _update(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        try:
            raw = await request.json()
        except (ValueError, RecursionError):
            return web.Response(status=400)
        answered = await self._door.handle(raw)
        if isinstance(answered.outcome, Later):
            seconds = str(max(1, round(answered.outcome.seconds)))
            return web.Response(status=503, headers={"Retry-After": seconds})
        return _acknowledgement(answered)


def _acknowledgement(answered: Answered) -> web.Response:
    """The one call whose failure nobody needs to see rides back in the answer itself."""
    if answered.acknowledgement is None:
        return web.Response()
    query = answered.acknowledgement.callback_query_id
    return web.json_response({"method": "answerCallbackQuery", "callback_query_id": query})
