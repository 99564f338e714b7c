"""The kiosk in Chromium: on a phone and in a village hall, by mouse, by keyboard, on paper.

The script of all doors is played here with buttons where a page has no field to type into: help
is the button at the top, erasing is the main menu's, and a word that means nothing is left out.
"""

import re
from collections.abc import Generator, Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bot.asking import Service
from bot.runner import Runner
from flows.library import Library
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.database import Database
from tests.bot.browser import (
    HALL,
    PHONE,
    BrowserVisitor,
    Measured,
    kiosk_beside,
)
from tests.bot.doors import SCRIPT, write_down_places
from tests.bot.test_doors import EXPECTED
from tests.play import TAIWAN_AT_HOME, FixedClock

pytestmark = pytest.mark.browser

INSTEAD = {"> bantuan": "Bantuan", "> abrakadabra": ""}
"""The button to press where the script types and the page has no field; "" for none."""

LEFT_OUT = SCRIPT.index("> abrakadabra")
"""Each line of the script leads to one place, so this is also the place that is not visited."""

PATH = (
    "start", "documents", "adult:yes", "page:2", "country:arab-saudi", "work:household", "to-do",
    "country", "country:taiwan", "route:p3mi", "marital:married", "children:yes", "phase:depart",
    "open:paspor", "section:how", "section:cost", "section:rules", "until", "year:2027",
    "until:2027-02", "back", "offices", "office:desa", "open:izin-keluarga", "done:izin-keluarga",
    "back", "answers", "home", "service", "about", "home", "procedure", "now:bicara-keluarga",
    "section:mistakes", "done:bicara-keluarga", "phase:register", "home", "offer",
    "sign:negara-tanpa-penempatan", "result", "reasons", "back", "to-do", "emergency", "home",
    "destinations", "country:hongkong", "about:terms", "home", "money", "charges",
    "charge:tanpa-rincian", "home", "abroad", "contract", "open:majikan", "found:majikan", "ask",
    "home", "help", "provinces", "home", "documents",
)  # fmt: skip
"""From the welcome through every kind of screen, by the results of the buttons."""

ADDRESSES = ("/help", "/language", "/forget", "/documents.page:paspor", "/cetak")

FINE_PRINT = re.compile(r"\bfooter\b|\.source\b|\.word\b|\.stamp\b|\bsmall\b")
"""Sources, remarks and what stands at the foot of the page."""

SOFT = re.compile(rf"{FINE_PRINT.pattern}|\blabel\b|\.caution p strong|\.place-language main p$")
"""What may be paler than running text: fine print, and what asks or warns in a few words."""


@pytest.fixture
def runner(database: Database, library: Library, clock: FixedClock) -> Runner:
    languages = tuple(known.language for known in load_languages())
    return Runner(database, Service(library, languages, "Desa Contoh"), Catalogs(), clock)


@pytest.fixture
def visitor(driver: Chrome, runner: Runner) -> Generator[BrowserVisitor, None, None]:
    with kiosk_beside(runner) as url:
        somebody = BrowserVisitor(driver, url)
        somebody.open()
        yield somebody
        driver.get("about:blank")


def walk(visitor: BrowserVisitor, *labels: str) -> None:
    for label in labels:
        visitor.press(label)


def to_the_list(visitor: BrowserVisitor) -> None:
    walk(visitor, "Bahasa Indonesia", "Mulai", *TAIWAN_AT_HOME)


def faults(page: Measured) -> Iterator[str]:
    """What is too wide, too low to be hit, too small or too pale to be read."""
    if page.too_wide > 0:
        yield f"{page.too_wide} px wider than the window"
    yield from (f"{what!r} is {height} px high" for what, height in page.heights if height < 44)
    for where, text, size, contrast in page.words:
        if size < (13 if FINE_PRINT.search(where) else 16):
            yield f"{text!r} at {where} is {size} px"
        if contrast < (4.5 if SOFT.search(where) else 7):
            yield f"{text!r} at {where} has a contrast of {contrast:.2f}"


def faults_at(visitor: BrowserVisitor) -> Iterator[str]:
    for size in (PHONE, HALL):
        visitor.at_size(size)
        yield from (f"{visitor.place} at {size}: {fault}" for fault in faults(visitor.measure()))


def test_the_browser_visits_the_places_of_the_script(
    visitor: BrowserVisitor, runner: Runner
) -> None:
    places, seen = write_down_places(runner), []
    for line in filter(None, (INSTEAD.get(line, line) for line in SCRIPT)):
        visitor.do(line)
        seen.append(visitor.place)
    assert places == EXPECTED[:LEFT_OUT] + EXPECTED[LEFT_OUT + 1 :]
    assert seen[:-1] == [place.replace(".", "-") for place in places[:-1]]
    assert not visitor.complaints()


@pytest.mark.parametrize("language", ["id", "jv"])
def test_every_page_fits_its_window_and_can_be_pressed_and_read(
    visitor: BrowserVisitor, language: str
) -> None:
    found = list(faults_at(visitor))
    for choice in (f"language:{language}", *PATH):
        visitor.press_id(choice)
        found += faults_at(visitor)
    for address in ADDRESSES:
        visitor.open(address)
        found += faults_at(visitor)
    assert visitor.place.startswith("paper")
    assert not found + visitor.complaints()


def test_the_ruler_measures() -> None:
    words = [("main p", "x", 15.9, 21.0), ("footer p", "x", 12.9, 21.0), ("main li", "x", 16, 6.9)]
    found = list(faults(Measured(1, [("x", 43.9), ("y", 44)], words)))
    assert len(found) == 5
    assert not list(faults(Measured(0, [], [("main p.source", "x", 13.4, 4.6)])))


def test_the_checklist_needs_no_mouse(visitor: BrowserVisitor) -> None:
    for label in ("Bahasa Indonesia", "Mulai", "Dokumen saya", "Ya, sudah 18"):
        visitor.tab_to(label)
        visitor.enter()
    visitor.tab_to("Atau ketik nama negaranya")
    visitor.keys("taiwan")
    visitor.enter()
    for label in (*TAIWAN_AT_HOME[3:], "Paspor", "Sudah siap", "Kembali"):
        visitor.tab_to(label)
        visitor.enter()
    assert visitor.place == "documents-list"
    assert "1 dari 19 dokumen siap." in visitor.text


def test_the_first_tab_skips_to_what_is_said(visitor: BrowserVisitor) -> None:
    assert visitor.tab() == "Langsung ke isi"
    visitor.keys(Keys.ENTER)
    assert visitor.tab() == "Bahasa Indonesia"


def test_everything_works_without_script(visitor: BrowserVisitor) -> None:
    visitor.with_script(False)
    to_the_list(visitor)
    visitor.type("paspor")
    walk(visitor, "Sudah siap", "Kembali")
    visitor.driver.find_element(By.LINK_TEXT, "Cetak halaman ini").click()
    assert "Untuk mencetak, tekan tombol Cetak, atau Ctrl dan P" in visitor.text
    assert not visitor.driver.find_element(By.ID, "print").is_displayed()
    visitor.driver.find_element(By.LINK_TEXT, "Kembali").click()
    visitor.press("Selesai")
    assert visitor.place == "language"


def test_the_list_on_paper_is_three_pages_of_a4_at_most(visitor: BrowserVisitor) -> None:
    to_the_list(visitor)
    visitor.open("/cetak")
    assert visitor.driver.find_element(By.ID, "print").is_displayed()
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", visitor.pdf())
    assert 1 <= len(sizes) <= 3
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}


def test_the_back_button_shows_nothing_of_whoever_was_done(visitor: BrowserVisitor) -> None:
    to_the_list(visitor)
    visitor.open("/cetak")
    visitor.open("/documents")
    visitor.press("Selesai")
    for _ in range(4):
        visitor.go_back()
        assert visitor.place == "language"
        assert "Taiwan" not in visitor.text
