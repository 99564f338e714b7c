"""A fake Telegram with Sari in it, and what talks to it: two bot libraries and bare calls."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession
from telegram import Bot as SenderBot
from telegram.request import HTTPXRequest

from tests.fake_telegram import FakeTelegram, Json


@asynccontextmanager
async def telegram_with_sari() -> AsyncGenerator[FakeTelegram, None]:
    async with FakeTelegram() as telegram:
        telegram.person(7, first_name="Sari", language_code="jv", username="sari")
        yield telegram


@asynccontextmanager
async def bot_at(url: str) -> AsyncGenerator[Bot, None]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot(FakeTelegram.token, session=session) as bot:
        yield bot


@asynccontextmanager
async def sender_at(url: str) -> AsyncGenerator[SenderBot, None]:
    request = HTTPXRequest(read_timeout=0.5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PTB_TIMEDELTA", "1")  # or its RetryAfter warns of the type to come
        async with SenderBot(FakeTelegram.token, base_url=f"{url}/bot", request=request) as bot:
            yield bot


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=text, callback_data=data) for text, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def call(telegram: FakeTelegram, method: str, **params: Any) -> Json:
    """The raw answer, for what the libraries would refuse to send."""
    address = f"{telegram.url}/bot{telegram.token}/{method}"
    async with ClientSession() as session, session.post(address, json=params) as response:
        return await response.json()


async def refusal(telegram: FakeTelegram, method: str, **params: Any) -> str:
    return str((await call(telegram, method, **params)).get("description"))
