"""The same script through every door: each player says words or presses labels at a real door.

A script is a list of lines. A line that begins with `>` is typed; any other is the label of a
button. Every door hands its turns to one `Runner`, which writes down the places it visited.
"""

import asyncio
import io
import re
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import httpx
from aiohttp.web import AppRunner, TCPSite

from bot import terminal
from bot.messages import Message
from bot.runner import Runner
from bot.screens import Reply
from bot.settings import Settings
from bot.telegram_chat import TelegramDoor
from bot.telegram_updates import Polling, open_bot, webhook
from bot.web import application
from flows.rights import Role
from storage.offices import Waiting
from storage.people import Address
from tests.fake_telegram import FakeTelegram
from tests.officers import KURIPAN

SECRET = "s" * 43
LIMIT = 1024 * 1024

SCRIPT = [
    "Bahasa Indonesia", "Mulai", "Dokumen saya", "Ya, sudah 18 tahun", "> kamboja", "Kembali",
    "Taiwan", "Kerja di rumah orang", "> bantuan", "Kembali", "Lewat perusahaan P3MI", "Menikah",
    "Punya anak", "Menjelang berangkat", "Paspor", "Biaya dan siapa yang bayar", "Sudah siap",
    "Paspor", "Catat kapan habis berlakunya", "> 3 2031", "> abrakadabra", "Kembali",
    "Apa yang saya bawa besok?", "Kantor desa atau kelurahan", "Surat izin keluarga",
    "Sudah siap", "Kembali", "Ubah jawaban", "Negara: Taiwan", "> hongkong",
    "> tolong", "Kembali", "> tlong", "Tidak, lanjutkan", "Menu utama",
    "Cara berangkat resmi", "Langkah 1: ", "Sudah selesai", "Menu utama", "Cek tawaran kerja",
    "Kamboja", "Belum tahu", "Lihat hasilnya", "Menu utama", "Uang dan biaya", "Saya diminta bayar",
    "Menu utama", "Dokumen saya", "> bahasa", "English", "> help", "Back", "> hapus",
    "Yes, delete everything",
]  # fmt: skip
"""From first contact to erasing everything, with a closed country, typos, a call for help."""


def write_down_places(runner: Runner) -> list[str]:
    """The places of all replies from now on, in order."""
    places: list[str] = []
    turn: Callable[[Message], Reply] = runner.turn

    def noted(message: Message) -> Reply:
        reply = turn(message)
        places.append(reply.place)
        return reply

    runner.turn = noted  # type: ignore[method-assign]
    return places


def appoint(runner: Runner, address: Address, role: Role = "officer", area: str = KURIPAN) -> int:
    """Give somebody who is known already an office, as if they had taken up an invitation."""
    office, now = runner.clock.new_id(), runner.clock.now()
    with runner.database.turn() as db:
        found = runner._people.find(db, address, now)
        assert found is not None
        given = Waiting(0, role, area, 0, now)
        runner.rows.offices.add(db, office, found.id, given, "Siti Aminah", now)
    return office


def through_the_terminal(runner: Runner, script: list[str]) -> str:
    lines = io.StringIO("".join(f"{line.removeprefix('> ')}\n" for line in script))
    out = io.StringIO()
    terminal.chat(runner, lines, out)
    return out.getvalue()


@asynccontextmanager
async def kiosk_at(runner: Runner) -> AsyncGenerator[str, None]:
    """The address of a running kiosk."""
    app = AppRunner(application(runner, LIMIT), access_log=None)
    await app.setup()
    site = TCPSite(app, "127.0.0.1", 0)
    await site.start()
    host, port = app.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await app.cleanup()


BUTTON = re.compile(
    r'<button[^>]*name="(?P<name>\w+)" value="(?P<value>[^"]*)"[^>]*>(?P<inside>.*?)</button>', re.S
)


class KioskVisitor:
    """Somebody at the kiosk without a browser: forms, cookies and redirects by hand."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = ""

    async def open(self, path: str = "/") -> None:
        answer = await self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        self.page = answer.text

    async def do(self, line: str) -> None:
        typed = line.startswith("> ")
        form = {"words": line[2:]} if typed else self._button(line)
        await self.post(form)

    async def post(self, form: dict[str, str], path: str = "/") -> httpx.Response:
        return await self._follow(await self.client.post(path, data={"token": self.token, **form}))

    async def send_file(self, name: str, content: bytes) -> httpx.Response:
        """Choose a file where the page asks for one, and press the button beside it."""
        assert 'enctype="multipart/form-data"' in self.page, "the page asks for no file"
        file = {"file": (name, content, "text/csv")}
        answer = await self.client.post("/", data={"token": self.token}, files=file)
        return await self._follow(answer)

    async def _follow(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 303:
            await self.open(answer.headers["location"])
        if answer.status_code == 200:
            self.page = answer.text
        return answer

    @property
    def token(self) -> str:
        return re.findall(r'name="token" value="(\w+)"', self.page)[0]

    def _button(self, label: str) -> dict[str, str]:
        for found in BUTTON.finditer(self.page):
            said = " ".join(re.sub(r"<[^>]+>", " ", found["inside"]).split())
            if said.startswith(label):
                return {found["name"]: found["value"]}
        raise AssertionError(f"no button {label!r} on the page")


async def through_the_kiosk(runner: Runner, script: list[str]) -> None:
    async with kiosk_at(runner) as url, httpx.AsyncClient(base_url=url) as client:
        visitor = KioskVisitor(client)
        await visitor.open()
        for line in script:
            await visitor.do(line)


def settings_for(telegram: FakeTelegram, port: int = 0) -> Settings:
    return Settings(
        telegram_bot_token=telegram.token,
        telegram_api_url=telegram.url,
        webhook_url=f"http://127.0.0.1:{port}",
        webhook_secret=SECRET,
        port=port,
    )


async def through_polling(runner: Runner, script: list[str]) -> FakeTelegram:
    async with FakeTelegram(limits=False) as telegram, open_bot(settings_for(telegram)) as bot:
        polling = Polling(TelegramDoor(runner, bot), bot)
        for update in said_on(telegram, script):
            update()
            await polling.once()
    return telegram


def said_on(telegram: FakeTelegram, script: list[str], chat: int = 7) -> list[Callable[[], object]]:
    """What a person does line by line; the first line needs a first screen, so `/start` opens."""
    steps: list[Callable[[], object]] = [lambda: telegram.say(chat, "/start", first_name="Siti")]
    for line in script:
        if line.startswith("> "):
            steps.append(lambda line=line: telegram.say(chat, line[2:]))
        else:
            steps.append(lambda line=line: telegram.tap(chat, button_of(telegram, chat, line)))
    return steps


def button_of(telegram: FakeTelegram, chat: int, label: str) -> str:
    """The data of the button whose text, without its sign, begins with the label."""
    for row in telegram.chat(chat).last.buttons:
        for text, data in row:
            if text.lstrip("✅⬜ ").startswith(label):
                return data
    raise AssertionError(f"no button {label!r} in {telegram.chat(chat).last.buttons}")


@asynccontextmanager
async def webhook_at(runner: Runner, telegram: FakeTelegram) -> AsyncGenerator[str, None]:
    """A running webhook, registered with the fake."""
    port = free_port()
    app = application(runner, LIMIT)
    async with webhook(runner, settings_for(telegram, port), app) as register:
        site = AppRunner(app, access_log=None)
        await site.setup()
        await TCPSite(site, "127.0.0.1", port).start()
        await register()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await site.cleanup()


async def through_the_webhook(runner: Runner, script: list[str]) -> FakeTelegram:
    async with FakeTelegram(limits=False) as telegram, webhook_at(runner, telegram):
        for step in said_on(telegram, script):
            statuses = await telegram.push(step())  # type: ignore[arg-type]
            assert statuses == [200]
        await asyncio.sleep(0)
    return telegram


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
