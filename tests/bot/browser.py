"""Chromium for the tests: its programs, a kiosk beside it in a thread, and somebody who uses it."""

import asyncio
import queue
import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from bot.runner import Runner
from tests.bot.doors import kiosk_at

CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")

OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

PATIENCE = 20
"""Seconds for a page to come on two busy cores."""


class _Service(Service):
    @property
    def service_url(self) -> str:
        """By number: the name localhost would have to be looked up, and the network is closed."""
        return f"http://127.0.0.1:{self.port}"


def is_here() -> bool:
    return CHROMIUM.exists() and CHROMEDRIVER.exists()


@contextmanager
def chromium(profile: Path) -> Generator[Chrome, None, None]:
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    driver = Chrome(options, _Service(str(CHROMEDRIVER)))
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


@contextmanager
def kiosk_beside(runner: Runner) -> Generator[str, None, None]:
    """The address of a kiosk on an event loop of its own, so that the test may block."""
    started: queue.Queue[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def serve() -> None:
        told = asyncio.Event()
        async with kiosk_at(runner) as url:
            started.put((url, asyncio.get_running_loop(), told))
            await told.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    url, loop, told = started.get(timeout=PATIENCE)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(told.set)
        thread.join()
