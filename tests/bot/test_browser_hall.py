"""A village's own hall in Chromium: its first page, its paper, and an officer at work."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot.asking import Service
from bot.kiosk import COOKIE, IDLE_SECONDS
from bot.runner import Runner
from flows.library import Library
from flows.village.kept import FIELDS, KINDS
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.database import Database
from storage.people import Address
from storage.villages import Contact, Fact, Mark
from tests.bot.browser import HALL, PATIENCE, BrowserVisitor, kiosk_beside
from tests.bot.doors import appoint
from tests.bot.test_browser import faults_at, walk
from tests.officers import KURIPAN
from tests.play import FixedClock

pytestmark = pytest.mark.browser

AT_WORK = (
    "officer", f"village:{KURIPAN}", "fact:hours", "back", "link", "back", "contacts", "contact:1",
    "change:phone", "back", "back", "import", "example", "back", "back", "home", "officer",
    f"people:{KURIPAN}", "invite", "invite:officer", "home",
)  # fmt: skip
"""From the main menu through the pages of an officer's work, by the results of the buttons."""


@pytest.fixture
def runner(database: Database, library: Library, clock: FixedClock) -> Runner:
    languages = tuple(known.language for known in load_languages())
    service = Service(library, languages, "Desa Contoh", hall=KURIPAN)
    return Runner(database, service, Catalogs(), clock)


@pytest.fixture
def in_the_hall(driver: Chrome, runner: Runner) -> Generator[BrowserVisitor, None, None]:
    """An officer at the kiosk in their own village's hall."""
    runner.stepping.bot = "desmigratif_bot"
    fill(runner)
    with kiosk_beside(runner) as url:
        somebody = BrowserVisitor(driver, url)
        somebody.open()
        yield somebody
        driver.get("about:blank")


def fill(runner: Runner) -> None:
    """A village that has written all that it can."""
    villages, now = runner.rows.villages, runner.clock.now()
    mark = Mark(0, now, now)
    with runner.database.turn() as db:
        for field in FIELDS:
            villages.keep_fact(db, KURIPAN, Fact(field, "Balai desa, tiap Selasa pagi", mark))
        for number, kind in enumerate(KINDS, 1):
            contact = Contact(number, kind, "Siti Aminah", "+6281234567890", "Balai desa", mark)
            villages.add_contact(db, KURIPAN, contact)


def become_officer(visitor: BrowserVisitor, runner: Runner) -> None:
    walk(visitor, "Bahasa Indonesia", "Mulai")
    cookie = visitor.driver.get_cookie(COOKIE)
    assert cookie is not None
    appoint(runner, Address("kiosk", cookie["value"], IDLE_SECONDS))
    visitor.open()


def test_the_pages_of_a_hall_and_of_its_officer_fit_and_can_be_read(
    in_the_hall: BrowserVisitor, runner: Runner
) -> None:
    found = list(faults_at(in_the_hall))
    become_officer(in_the_hall, runner)
    for choice in AT_WORK:
        in_the_hall.press_id(choice)
        found += faults_at(in_the_hall)
    for address in (f"/village:{KURIPAN}", f"/cetak?at=village:{KURIPAN}"):
        in_the_hall.open(address)
        found += faults_at(in_the_hall)
    assert not found + in_the_hall.complaints()


def test_in_a_hall_the_languages_are_seen_beside_the_village(in_the_hall: BrowserVisitor) -> None:
    button = in_the_hall.driver.find_elements(By.CSS_SELECTOR, ".choices button")[-1]
    assert "Siapa yang bisa dihubungi" in in_the_hall.text
    assert button.rect["y"] + button.rect["height"] < HALL[1]


@pytest.mark.parametrize(("size", "pages", "width"), [("a4", 1, 595), ("a5", 2, 420)])
def test_a_full_page_of_a_village_is_one_sheet(
    in_the_hall: BrowserVisitor, size: str, pages: int, width: int
) -> None:
    walk(in_the_hall, "Bahasa Indonesia", "Mulai")
    in_the_hall.open(f"/cetak?at=village:{KURIPAN}&kertas={size}")
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", in_the_hall.pdf())
    assert len(sizes) <= pages
    assert {round(float(w)) for w, _ in sizes} == {width}


def test_files_come_and_go_without_script(
    in_the_hall: BrowserVisitor, runner: Runner, tmp_path: Path
) -> None:
    in_the_hall.with_script(False)
    become_officer(in_the_hall, runner)
    folder = {"behavior": "allow", "downloadPath": str(tmp_path)}
    in_the_hall.driver.execute_cdp_cmd("Browser.setDownloadBehavior", folder)
    walk(in_the_hall, "Tugas petugas", "Halaman", "Kontak", "Simpan sebagai berkas")
    in_the_hall.driver.find_element(By.CSS_SELECTOR, ".file a").click()
    file = tmp_path / f"kontak-{KURIPAN}.csv"
    WebDriverWait(in_the_hall.driver, PATIENCE).until(lambda _: file.exists())
    walk(in_the_hall, "Kembali", "Ambil dari berkas")
    in_the_hall.driver.find_element(By.ID, "file").send_keys(str(file))
    in_the_hall.press("Kirim")
    assert "Tetap sama: 4" in in_the_hall.text
