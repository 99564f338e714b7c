"""The commands that Telegram lists: for everybody in their language, for officers more."""

import logging
from collections import OrderedDict

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.pace import PEOPLE
from bot.runner import Runner
from flows import rights
from flows.rights import Role
from flows.text import Text, t
from locales.catalogs import SOURCE, Catalogs

log = logging.getLogger(__name__)

COMMANDS: dict[str, Text] = {
    "petugas": t("Tugas petugas"),
    "menu": t("Menu utama"),
    "darurat": t("Nomor darurat"),
    "bantuan": t("Bantuan dan nomor penting"),
    "desa": t("Desa saya"),
    "lowongan": t("Lowongan dan kabar"),
    "cekpetugas": t("Cek petugas: asli atau bukan?"),
    "berhenti": t("Berhenti menerima"),
    "bahasa": t("Ganti bahasa"),
    "hapus": t("Hapus data saya"),
}
"""In the order in which they are listed, to those whom `flows/rights.py` allows them."""

ABOUT = t("Pusat layanan migrasi desa: jalur resmi, cek tawaran, bantuan. Gratis. Bukan agen.")

PATIENCE = 5
"""Seconds for a list of commands to be taken: the person's next message waits behind it."""

COMMON: tuple[Role, str] = ("worker", "")
"""The list of a chat that has none of its own."""


async def introduce(bot: Bot, runner: Runner) -> None:
    """Learn the bot's own name; say commands and description in every language Telegram knows."""
    runner.stepping.bot = (await bot.get_me()).username or ""
    for language in runner.service.languages:
        if len(language.code) != 2:
            continue
        spoken = None if language.code == SOURCE else language.code
        commands = commands_of("worker", language.code, runner.catalogs)
        await bot.set_my_commands(commands, language_code=spoken)
        about = runner.catalogs.say(ABOUT, language.code)
        await bot.set_my_short_description(about, language_code=spoken)


def commands_of(role: Role, language: str, catalogs: Catalogs) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=catalogs.say(does, language))
        for name, does in COMMANDS.items()
        if rights.reaches(role, rights.COMMANDS[name])
    ]


class ChatCommands:
    """What each officer's chat lists, in memory: after a restart it is said once more."""

    def __init__(self, bot: Bot, catalogs: Catalogs) -> None:
        self._bot, self._catalogs = bot, catalogs
        self._lists: OrderedDict[int, tuple[Role, str]] = OrderedDict()

    async def follow(self, chat: int, role: Role, language: str) -> None:
        """Give a chat the list of this role, unless it has it; nobody waits for it in vain."""
        wanted = (role, language or SOURCE) if rights.reaches(role, "officer") else COMMON
        if wanted == self._lists.get(chat, COMMON):
            return
        try:
            await self._say(chat, *wanted)
        except TelegramAPIError as error:
            log.warning("a chat kept its old commands: error=%s", type(error).__name__)
            return
        self._remember(chat, wanted)

    async def _say(self, chat: int, role: Role, language: str) -> None:
        here = BotCommandScopeChat(chat_id=chat)
        if not language:
            await self._bot.delete_my_commands(here, request_timeout=PATIENCE)
            return
        commands = commands_of(role, language, self._catalogs)
        await self._bot.set_my_commands(commands, here, request_timeout=PATIENCE)

    def _remember(self, chat: int, wanted: tuple[Role, str]) -> None:
        self._lists.pop(chat, None)
        if wanted != COMMON:
            self._lists[chat] = wanted
        if len(self._lists) > PEOPLE:
            self._lists.popitem(last=False)
