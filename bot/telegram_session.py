"""aiogram's session, with a shorter way for the calls of every turn.

A screen is sent as JSON, without building forms field by field, and a success is told by its first
letters: nobody reads the message that Telegram sends back. Failures, and every other call, go the
way of aiogram, so its exceptions stay the only ones.
"""

import json
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import BytesPayload, ClientError, ClientTimeout

SUCCESS = ('{"ok":true', '{"ok": true')
"""How an answer begins that needs no reading; any other is read by aiogram."""

PATIENCE = ClientTimeout(total=30)

NO_PREVIEW = {"is_disabled": True}
"""An address in a screen is to be read or pressed; its picture would cost data and hide choices."""

Rows = list[list[dict[str, str]]]


class LeanSession(AiohttpSession):
    """Sends screens made by `new_message` and `new_text` without reading the answer."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  (aiogram's signature)
    ) -> TelegramType:
        try:
            return await self._made(bot, method, timeout)
        except ClientDecodeError as error:  # a proxy's page instead of Telegram's answer
            raise TelegramNetworkError(method, "no answer of Telegram's") from error

    async def _made(
        self, bot: Bot, method: TelegramMethod[TelegramType], patience: int | None
    ) -> TelegramType:
        if not isinstance(method, SendMessage | EditMessageText):
            return await super().make_request(bot, method, patience)
        call = cast(TelegramMethod[Any], method)
        url = self.api.api_url(token=bot.token, method=call.__api_method__)
        status, answer = await self._post(url, call)
        if answer.startswith(SUCCESS):
            return cast(TelegramType, None)
        return cast(TelegramType, self.check_response(bot, call, status, answer).result)

    async def _post(self, url: str, call: TelegramMethod[Any]) -> tuple[int, str]:
        values = {name: getattr(call, name) for name in call.model_fields_set}
        body = BytesPayload(json.dumps(values).encode(), content_type="application/json")
        session = await self.create_session()
        try:
            async with session.post(url, data=body, timeout=PATIENCE) as answer:
                return answer.status, await answer.text()
        except (TimeoutError, ClientError) as error:
            raise TelegramNetworkError(call, type(error).__name__) from error


def new_message(chat: int, html: str, rows: Rows) -> SendMessage:
    """A call with plain values only, unchecked by pydantic: the markup is ours."""
    return SendMessage.model_construct(
        chat_id=chat, text=html, parse_mode="HTML", link_preview_options=NO_PREVIEW,
        reply_markup={"inline_keyboard": rows},
    )  # fmt: skip


def new_text(chat: int, message_id: int, html: str, rows: Rows) -> EditMessageText:
    """Like `new_message`, for a message that is there already."""
    return EditMessageText.model_construct(
        chat_id=chat, message_id=message_id, text=html, parse_mode="HTML",
        link_preview_options=NO_PREVIEW, reply_markup={"inline_keyboard": rows},
    )  # fmt: skip
