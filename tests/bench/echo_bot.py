"""The baseline of the webhook: a bare aiogram bot that makes the same calls, and nothing else.

`python -m tests.bench.echo_bot PORT API_URL SECRET SCREENS`: `SCREENS` is a file that names, for
each button and each word, the text and keyboard that our own bot answers, so both send the same.
aiogram is used as its documentation shows it: Dispatcher, SimpleRequestHandler, its own loop.
"""

import json
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

Screens = dict[str, tuple[str, InlineKeyboardMarkup]]


class Echo:
    """Two handlers, each with the calls that the same update costs our bot."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    async def pressed(self, query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        text, markup = self._screens[str(query.data).partition(".")[2]]
        await query.message.edit_text(text, reply_markup=markup, parse_mode="HTML")
        await query.answer()

    async def written(self, message: Message) -> None:
        text, markup = self._screens[str(message.text)]
        await message.answer(text, reply_markup=markup, parse_mode="HTML")


def read_screens(file: str) -> Screens:
    return {
        said: (screen["text"], InlineKeyboardMarkup.model_validate(screen["reply_markup"]))
        for said, screen in json.loads(Path(file).read_text(encoding="utf-8")).items()
    }


def main(port: str, api: str, secret: str, screens: str) -> None:
    bot = Bot("123456:BENCH", session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    echo, dispatcher, app = Echo(read_screens(screens)), Dispatcher(), web.Application()
    dispatcher.callback_query.register(echo.pressed)
    dispatcher.message.register(echo.written, F.text)
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=secret)
    handler.register(app, path="/telegram")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
