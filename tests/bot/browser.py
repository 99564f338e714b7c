"""Chromium for the tests: its programs, a kiosk beside it in a thread, and somebody who uses it."""

import asyncio
import base64
import queue
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from bot.runner import Runner
from tests.bot.doors import kiosk_at

CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")

OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

PATIENCE = 30
"""Seconds for a page to come on two busy cores."""

PHONE, HALL = (360, 740), (1366, 768)
"""A small phone, and the screen of a village hall."""

MOST_TABS = 60
"""Presses of Tab after which whoever uses a keyboard has given up."""


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
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    driver = Chrome(options, _Service(str(CHROMEDRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def kiosk_beside(runner: Runner) -> Generator[str, None, None]:
    """The address of a kiosk on an event loop of its own, so that the test may block."""
    started: queue.Queue[tuple[str, Callable[[], object]]] = queue.Queue()

    async def serve() -> None:
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        async with kiosk_at(runner) as url:
            started.put((url, lambda: loop.call_soon_threadsafe(told.set)))
            await told.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    url, stop = started.get(timeout=PATIENCE)
    try:
        yield url
    finally:
        stop()
        thread.join()


class BrowserVisitor:
    """Somebody at the kiosk with a browser that has never been here."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.with_script(True)
        self.at_size(HALL)

    def with_script(self, on: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def at_size(self, size: tuple[int, int]) -> None:
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, path: str = "/") -> None:
        self.driver.get(self.url + path)

    @property
    def place(self) -> str:
        """The place as the page's class has it: with hyphens for dots."""
        body = self.driver.find_element(By.TAG_NAME, "body")
        return str(body.get_attribute("class")).removeprefix("place-")

    @property
    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def do(self, line: str) -> None:
        """A line of a script: typed words, or the beginning of a button's label."""
        if line.startswith("> "):
            self.type(line[2:])
        else:
            self.press(line)

    def press(self, label: str) -> None:
        button = self.driver.execute_script(BEGINS_WITH, label)
        assert button, f"at {self.place} no button {label!r}: {self.text}"
        self._go(button.click)

    def press_id(self, choice: str) -> None:
        """Press a button by its result, whatever the language of its label."""
        buttons = self.driver.find_elements(By.CSS_SELECTOR, f"[value$='.{choice}']")
        assert buttons, f"at {self.place} no button leads to {choice!r}: {self.text}"
        self._go(buttons[0].click)

    def press_entry(self, entry: str) -> None:
        """Press a button at the top of the page."""
        self._go(self.driver.find_element(By.CSS_SELECTOR, f".top [value='{entry}']").click)

    def type(self, words: str) -> None:
        self.driver.find_element(By.ID, "words").send_keys(words)
        self._go(self.driver.find_element(By.CSS_SELECTOR, ".type button").click)

    def go_back(self) -> None:
        """The browser's own button."""
        self._go(self.driver.back)

    def tab(self) -> str:
        """Press Tab once, see where the focus is, and read what it is on."""
        self.keys(Keys.TAB)
        focus: dict[str, Any] = self.driver.execute_script(FOCUS)
        assert focus["seen"], f"at {self.place} nobody sees the focus on {focus['text']!r}"
        return str(focus["text"])

    def tab_to(self, label: str) -> None:
        """Press Tab until the focus is on what bears the label."""
        if not any(self.tab().startswith(label) for _ in range(MOST_TABS)):
            raise AssertionError(f"at {self.place} Tab does not lead to {label!r}")

    def enter(self) -> None:
        self._go(lambda: self.keys(Keys.ENTER))

    def keys(self, keys: str) -> None:
        ActionChains(self.driver, duration=0).send_keys(keys).perform()

    def measure(self) -> "Measured":
        return Measured(**self.driver.execute_script(MEASURE))

    def pdf(self) -> bytes:
        printed = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        return base64.b64decode(printed["data"])

    def complaints(self) -> list[str]:
        """What the browser wrote into its console: refused files, faulty pages."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def _go(self, press: Callable[[], object]) -> None:
        """Do what leads to another page, and wait until it is there."""
        before = self.driver.execute_script(LOADED)
        press()
        wait = WebDriverWait(self.driver, PATIENCE, 0.02, [WebDriverException])
        wait.until(lambda driver: driver.execute_script(LOADED) not in (before, None))


@dataclass(frozen=True, slots=True)
class Measured:
    """A page as laid out: how much wider than its window, its buttons and its words."""

    too_wide: int
    heights: list[tuple[str, float]]
    """What can be pressed or typed into, and its height in pixels."""
    words: list[tuple[str, str, float, float]]
    """Where it stands, a text, its size in pixels, and its contrast with what is behind it."""


LOADED = 'return document.readyState === "complete" ? performance.timeOrigin : null'
"""Which page is there, by the instant it began; null while it is coming."""

BEGINS_WITH = """
const said = (button) => button.innerText.replace(/\\s+/g, " ").trim();
return [...document.querySelectorAll("button")].find((b) => said(b).startsWith(arguments[0]));
"""

FOCUS = """
const here = document.activeElement, box = here.getBoundingClientRect();
const style = getComputedStyle(here);
const outlined = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3;
const inside = box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight + 1 && box.height > 0;
const label = here.labels?.length ? here.labels[0].innerText : here.innerText;
return {seen: here === document.body || (outlined && inside), text: label.trim()};
"""

MEASURE = """
const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const light = (color) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => sum + w * linear(color[i] / 255), 0);
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const color = numbers(getComputedStyle(at).backgroundColor);
    if (color.length < 4 || color[3] > 0) return color;
  }
  return [255, 255, 255];
};
const contrast = (element) => {
  const both = [numbers(getComputedStyle(element).color), behind(element)].map(light);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
};
const path = (element) => {
  const steps = [];
  for (let at = element; at.localName !== "html"; at = at.parentElement)
    steps.unshift(at.localName + [...at.classList].map((name) => "." + name).join(""));
  return steps.join(" ");
};
const words = [], heights = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement, text = texts.currentNode.nodeValue.trim();
  if (!text || !element.checkVisibility()) continue;
  const size = parseFloat(getComputedStyle(element).fontSize);
  words.push([path(element), text.slice(0, 40), size, contrast(element)]);
}
for (const element of document.querySelectorAll("button, input:not([type=hidden]), .print a")) {
  const height = element.getBoundingClientRect().height;
  if (height) heights.push([element.innerText || element.id, height]);
}
return {too_wide: document.scrollingElement.scrollWidth - innerWidth, heights, words};
"""
