"""Files through the Telegram door: fetched only where one is asked for, and never a large one."""

import logging
from contextlib import aclosing

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, Document
from aiohttp import ClientError, ClientResponseError

from bot.messages import FILE_READ, NoWords, SentFile
from flows.effects import File

log = logging.getLogger(__name__)

PATIENCE = 10
"""Seconds for a file to come, or to go."""


async def fetch(bot: Bot, document: Document) -> SentFile | NoWords | None:
    """What somebody sent, or None where the network was not there and it is to be tried again."""
    if (document.file_size or 0) >= FILE_READ:
        return SentFile(too_large=True)
    try:
        return await _fetch(bot, document)
    except TelegramBadRequest:  # all that Telegram refuses to give of what just came: its size
        return SentFile(too_large=True)
    except ClientResponseError as error:  # asked again, it would be refused again
        log.error("Telegram did not give a file: status=%d", error.status)
        return NoWords() if error.status < 500 else None
    except (TelegramAPIError, ClientError, TimeoutError) as error:
        log.warning("a file did not come: error=%s", type(error).__name__)
        return None


async def _fetch(bot: Bot, document: Document) -> SentFile:
    file = await bot.get_file(document.file_id, request_timeout=PATIENCE)
    url = bot.session.api.file_url(bot.token, file.file_path or "")
    content = bytearray()
    async with aclosing(bot.session.stream_content(url, timeout=PATIENCE)) as pieces:
        async for piece in pieces:
            content += piece
            if len(content) >= FILE_READ:
                break
    return SentFile(bytes(content[:FILE_READ]))


async def send(bot: Bot, chat: int, file: File) -> None:
    """A message of its own; one that does not arrive is asked for again by whoever wanted it."""
    document = BufferedInputFile(file.content.encode(), file.name)
    try:
        await bot(SendDocument(chat_id=chat, document=document), request_timeout=PATIENCE)
    except TelegramAPIError as error:
        log.error("a file was not sent: error=%s", type(error).__name__)
