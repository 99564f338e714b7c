"""The pictures of the README, drawn from the running program: `python -m tests.pictures`.

The conversation is set as chat bubbles from the messages that the bot sent to the tests' Bot API
server; it needs Chromium and its driver.
"""

import asyncio
import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from bot.clock import Clock
from bot.opening import bring_up_to_date, open_runner
from bot.runner import Runner
from bot.settings import Settings
from tests.bot import a_notices_life, an_officers_day, doors
from tests.fake_telegram import FakeTelegram, Message
from tests.officers import KURIPAN
from tests.play import FixedClock

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
           "--disable-background-networking", "--disable-sync", "--no-first-run")  # fmt: skip
TICKED = [
    "Bahasa Indonesia", "Mulai", "Dokumen saya", "Ya, sudah 18 tahun", "Taiwan",
    "Kerja di rumah orang", "Lewat perusahaan P3MI", "Menikah", "Punya anak",
    "Dari rumah dan desa", "Kartu keluarga (KK)", "Sudah siap", "KTP elektronik", "Sudah siap",
]  # fmt: skip
"""From first contact to a list with two documents ready."""
ON_THE_WAY = [
    "Bahasa Indonesia", "Mulai", "Cara berangkat resmi", "Ya, sudah 18 tahun", "Taiwan",
    "Kerja di rumah orang", "Lewat perusahaan P3MI", *["Langkah", "Sudah selesai"] * 7,
]  # fmt: skip
"""From first contact to the eighth step of the way."""

PEOPLE = 250
"""Who want to be told, in the pictures."""

HEIGHT = "return document.body.scrollHeight + 4"
CHAT = """<!doctype html><meta charset=utf-8><style>
body {{ margin: 0; padding: 14px; width: 332px; background: #cfe3d4;
  font: 15px/1.4 "Noto Sans", sans-serif }}
p {{ margin: 0 }}
.bubble {{ border-radius: 14px; padding: 9px 12px; margin-bottom: 8px; background: #fff;
  white-space: pre-line }}
.said {{ background: #e3fbd3; margin: 12px 0 12px auto; width: fit-content }}
.key {{ display: inline-block; width: 100%; box-sizing: border-box; padding: 8px;
  border-radius: 9px; background: #4f7f68; color: #fff; text-align: center; font-weight: 600 }}
.row {{ display: flex; gap: 4px; margin-bottom: 4px }}
</style>{bubbles}"""


@dataclass(frozen=True)
class Picture:
    name: str
    width: int
    height: int
    """Of the page; 0 for as high as what is on it."""
    scale: float


async def draw(folder: str) -> None:
    runner = _opened(folder, "worker")
    async with doors.kiosk_at(runner) as url:
        session = await _visit(url, [*TICKED, "Kembali"])
        await _shoot(url, session, Picture("kiosk-phone", 360, 1010, 2))
        session = await _visit(url, ON_THE_WAY)
        await _shoot(url, session, Picture("kiosk-hall", 1366, 1150, 1))
    await _shoot_chat(await _chat(runner), Picture("telegram", 360, 1010, 2))
    runner = _opened(folder, "officer")  # each fake counts its updates from the first
    await _officers_day(runner)
    await _notices_life(_opened(folder, "notice", FixedClock()))
    async with doors.kiosk_at(runner) as url:
        session = await _visit(url, ["Bahasa Indonesia", "Mulai"])
        page = f"{url}/cetak?kertas=a5&at=village:{KURIPAN}"
        await _shoot(page, session, Picture("petugas-cetak", 620, 1280, 1))


def _opened(folder: str, name: str, clock: Clock | None = None) -> Runner:
    settings = Settings(f"sqlite:///{folder}/{name}.db", operator="Pemerintah Desa Contoh")
    bring_up_to_date(settings)
    runner = open_runner(settings)
    return Runner(runner.database, runner.service, runner.catalogs, clock) if clock else runner


async def _officers_day(runner: Runner) -> None:
    """What the guide for officers shows: each moment as it is on the phone."""
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
        async for moment in an_officers_day.lived(runner, telegram):
            if moment.name.startswith("petugas-"):
                await _shoot_chat(_bubble(moment.message), Picture(moment.name, 360, 0, 1.5))


async def _notices_life(runner: Runner) -> None:
    """A notice from its first question to its end, on the phones of those it is about."""
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
        async for moment, _ in a_notices_life.lived(runner, telegram, PEOPLE):
            await _shoot_chat(_bubble(moment.message), Picture(moment.name, 360, 0, 1.5))


async def _visit(url: str, script: list[str]) -> str:
    """Walk through the kiosk; the cookie of the session that stands where the script ends."""
    async with httpx.AsyncClient(base_url=url) as client:
        visitor = doors.KioskVisitor(client)
        await visitor.open()
        for line in script:
            await visitor.do(line)
        return str(client.cookies["kiosk"])


async def _shoot(url: str, session: str, picture: Picture) -> None:
    await asyncio.to_thread(_photograph, url, session, picture)


async def _shoot_chat(bubbles: str, picture: Picture) -> None:
    page = (
        "data:text/html;base64," + base64.b64encode(CHAT.format(bubbles=bubbles).encode()).decode()
    )
    await asyncio.to_thread(_photograph, page, "", picture)


def _photograph(url: str, session: str, picture: Picture) -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in OPTIONS:
        options.add_argument(option)
    browser = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
    try:
        browser.get(url)
        high = picture.height or browser.execute_script(HEIGHT)
        size = {"width": picture.width, "height": high, "mobile": False}
        metrics = size | {"deviceScaleFactor": picture.scale}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        if session:
            browser.add_cookie({"name": "kiosk", "value": session})
            browser.get(url)
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", {})
        (PICTURES / f"{picture.name}.png").write_bytes(base64.b64decode(shot["data"]))
    finally:
        browser.quit()


async def _chat(runner: Runner) -> str:
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
        for step in doors.said_on(telegram, TICKED):
            await telegram.push(step())  # type: ignore[arg-type]
        await telegram.push(telegram.say(7, "paspor"))
        messages = telegram.chat(7).messages
    typed = '<p class="bubble said">paspor</p>'
    return _bubble(messages[-2]) + typed + _bubble(messages[-1])


def _bubble(message: Message) -> str:
    rows = (
        "".join(f'<span class="key">{escape(text)}</span>' for text, _ in row)
        for row in message.buttons
    )
    keys = "".join(f'<div class="row">{row}</div>' for row in rows)
    return f'<p class="bubble">{message.html}</p>{keys}'


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        asyncio.run(draw(place))
