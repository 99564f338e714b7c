"""Calls, updates, webhooks, haste and faults pass over the wire as they do at Telegram."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage
from aiogram.types import Message as TelegramMessage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import ClientSession, web
from telegram import Bot as SenderBot
from telegram.error import NetworkError, RetryAfter

from tests.fake_clients import bot_at, call, refusal, sender_at, telegram_with_sari
from tests.fake_telegram import FakeTelegram, Json

SECRET = "a" * 32


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with telegram_with_sari() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with bot_at(telegram.url) as bot:
        yield bot


@pytest.fixture
async def sender(telegram: FakeTelegram) -> AsyncIterator[SenderBot]:
    async with sender_at(telegram.url) as bot:
        yield bot


async def json_answer(request: web.Request) -> web.Response:
    return web.json_response({"method": "answerCallbackQuery", "callback_query_id": "press-99"})


async def repeat(message: TelegramMessage) -> SendMessage:
    return SendMessage(chat_id=message.chat.id, text=f"Kata Anda: {message.text}")


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
