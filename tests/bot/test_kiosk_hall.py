"""The kiosk in a village's own hall: whose it is, its page on screen and paper, officers' work."""

import re
from base64 import b64decode
from collections.abc import AsyncGenerator
from html import unescape

import httpx
import pytest

from bot.asking import Service
from bot.kiosk import COOKIE, IDLE_SECONDS
from bot.kiosk_forms import BODY_LIMIT, FIELDS
from bot.messages import FILE_READ
from bot.qr import qr
from bot.runner import Runner
from flows.library import Library
from locales.catalogs import Catalogs
from storage.database import Database
from storage.people import Address
from tests.bot.doors import KioskVisitor, appoint, kiosk_at
from tests.bot.test_kiosk import TO_THE_MENU, faults_of, place, rows, somebody_at, walk
from tests.officers import KURIPAN
from tests.play import FixedClock
from tests.small import LANGUAGES

HOUSE = "Pusat layanan migrasi Desa Kuripan"
CSV = b"jenis,nama,telepon\npetugas,Rini Wulandari,0812-3456-7891\n"
TO_THE_CONTACTS = ("Tugas petugas", "Isi halaman", "Kontak")
TO_THE_FILE = (*TO_THE_CONTACTS, "Ambil dari berkas")


@pytest.fixture
def runner(database: Database, library: Library, clock: FixedClock) -> Runner:
    service = Service(library, LANGUAGES, "Desa Contoh", hall=KURIPAN)
    return Runner(database, service, Catalogs(), clock)


@pytest.fixture
async def kiosk(runner: Runner) -> AsyncGenerator[KioskVisitor, None]:
    runner.stepping.bot = "desmigratif_bot"
    async with kiosk_at(runner) as url, somebody_at(url) as visitor:
        yield visitor


@pytest.fixture
async def officer(kiosk: KioskVisitor, runner: Runner) -> KioskVisitor:
    await walk(kiosk, *TO_THE_MENU)
    address = Address("kiosk", kiosk.client.cookies[COOKIE], IDLE_SECONDS)
    appoint(runner, address)
    await kiosk.open()
    return kiosk


# Whose hall it is


async def test_every_page_says_whose_hall_it_is(kiosk: KioskVisitor) -> None:
    for path in ("/", "/help", "/village", "/emergency"):
        await kiosk.open(path)
        assert f"</svg>{HOUSE}</p>" in kiosk.page
        assert f"· {HOUSE}</title>" in kiosk.page


async def test_a_kiosk_of_no_village_is_any_villages(database: Database, library: Library) -> None:
    nobodys = Runner(database, Service(library, LANGUAGES), Catalogs(), FixedClock())
    async with kiosk_at(nobodys) as url, somebody_at(url) as visitor:
        assert "</svg>Pusat layanan migrasi desa</p>" in visitor.page


async def test_the_first_page_welcomes_to_the_village(kiosk: KioskVisitor) -> None:
    assert "<h1>Selamat datang di Desa Kuripan</h1>" in kiosk.page
    assert "Kec. Watumalang" in kiosk.page
    assert not faults_of(kiosk.page)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        (f"/village:{KURIPAN}", "Desa Kuripan"),
        ("/village:33-07-10-2004", "Desa Kuripan"),
        ("/village", "Desa Kuripan"),
        ("/officer.check", "Cek petugas"),
    ],
)
async def test_the_pages_of_the_village_have_addresses(
    kiosk: KioskVisitor, path: str, heading: str
) -> None:
    await walk(kiosk, *TO_THE_MENU)
    await kiosk.open(path)
    assert f"<h1>{heading}" in kiosk.page
    assert not faults_of(kiosk.page)


# Addresses to pass on


@pytest.mark.parametrize("size", ["a4", "a5"])
async def test_the_village_is_printed_with_its_address_as_a_code(
    kiosk: KioskVisitor, size: str
) -> None:
    await walk(kiosk, *TO_THE_MENU, "Desa saya")
    assert 'href="/cetak"' in kiosk.page
    await kiosk.open(f"/cetak?kertas={size}")
    assert f"<h1>{HOUSE}</h1>" in kiosk.page
    assert 'class="house"' not in kiosk.page  # the heading says it
    assert '<svg viewBox="0 0 41 41" class="qr"><path ' in kiosk.page
    assert "https://t.me/desmigratif_bot?start=village_33-07-10-2004" in kiosk.page
    assert "Cap dan tanda tangan desa" in kiosk.page
    assert not faults_of(kiosk.page)


async def test_without_a_bot_there_is_no_code_to_print(kiosk: KioskVisitor, runner: Runner) -> None:
    runner.stepping.bot = ""
    await walk(kiosk, *TO_THE_MENU, "Desa saya")
    await kiosk.open("/cetak")
    assert "t.me" not in kiosk.page
    assert 'class="qr"' not in kiosk.page


def test_a_code_is_white_around_and_holds_no_letter_of_the_address() -> None:
    drawn = str(qr('https://t.me/x?start="><script>'))
    assert re.fullmatch(r'<svg viewBox="0 0 \d+ \d+" class="qr"><path [^<>]*/></svg>', drawn)
    assert drawn.split(' d="')[1].startswith("M4 4.5h7")


async def test_on_the_screen_an_address_is_told_in_letters(officer: KioskVisitor) -> None:
    await walk(officer, "Tugas petugas", "Isi halaman", "Tautan desa")
    address = "https://t.me/desmigratif_bot?start=village_33-07-10-2004"
    assert f'<span class="address">{address}</span>' in officer.page
    assert 'class="qr"' not in officer.page
    assert not faults_of(officer.page)


# What is shown once


async def test_a_code_is_shown_at_once_and_only_once(officer: KioskVisitor) -> None:
    await walk(officer, "Tugas petugas", "Petugas dan undangan", "Undang seseorang")
    answer = await officer.post(officer._button("Petugas desa"))
    assert answer.status_code == 200
    assert re.search(r"undangan (\w{4}-){3}\w{4}<", officer.page)
    assert not faults_of(officer.page)
    await officer.open()
    assert "satu kali" in officer.page
    assert not re.search(r"(\w{4}-){3}\w{4}<", officer.page)


async def test_a_remark_that_no_address_may_carry_is_shown_at_once(officer: KioskVisitor) -> None:
    await walk(officer, "Tugas petugas", "Isi halaman", "Jam buka")
    answer = await officer.post({"words": "x" * 200})
    assert answer.status_code == 200
    assert 'class="remark"' in officer.page
    await officer.open()
    assert 'class="remark"' not in officer.page


async def test_a_file_for_the_officer_is_in_the_page(officer: KioskVisitor) -> None:
    await walk(officer, *TO_THE_FILE, "Minta contoh berkas")
    link = re.findall(r'<a href="data:text/csv;charset=utf-8;base64,([^"]+)" download="([^"]+)">',
                      officer.page)  # fmt: skip
    content, name = link[0]
    assert name == "kontak-33.07.10.2004.csv"
    assert b64decode(unescape(content)).decode("utf-8-sig").startswith("nomor")
    assert not faults_of(officer.page)
    await officer.open()
    assert "data:" not in officer.page


# Files that are sent


async def test_a_file_is_read_where_one_is_asked_for(officer: KioskVisitor) -> None:
    await walk(officer, *TO_THE_FILE)
    assert not faults_of(officer.page)
    answer = await officer.send_file("kontak.csv", CSV)
    assert (answer.status_code, place(officer.page)) == (303, "place-officer-import-review")
    assert "Kontak baru: 1" in officer.page


async def test_a_large_file_is_refused_in_words(officer: KioskVisitor) -> None:
    await walk(officer, *TO_THE_FILE)
    await officer.send_file("kontak.csv", b"jenis,nama,telepon\n" + b"," * 5 * FILE_READ)
    assert "lebih dari 1 MB" in officer.page


async def test_a_file_that_nobody_asked_for_changes_nothing(
    officer: KioskVisitor, runner: Runner
) -> None:
    await walk(officer, *TO_THE_CONTACTS)
    before = rows(runner)["person"]
    answer = await upload(officer, [("token", None, officer.token.encode()), FILE])
    assert answer.headers["location"] == "/?said=no-files"
    assert rows(runner)["person"] == before


async def test_a_file_without_its_token_is_not_even_read(
    officer: KioskVisitor, runner: Runner
) -> None:
    await walk(officer, *TO_THE_FILE)
    before, turns = rows(runner), runner.counts["turns"]
    for fields in ([FILE], [("token", None, b"x"), FILE], [FILE, token_of(officer)], []):
        answer = await upload(officer, fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (rows(runner), runner.counts["turns"]) == (before, turns)


async def test_a_form_of_many_or_long_fields_is_not_read_to_its_end(
    officer: KioskVisitor, runner: Runner
) -> None:
    await walk(officer, *TO_THE_FILE)
    many = [("x", None, b"y")] * FIELDS
    long = [("token", None, officer.token.encode() + b"x" * BODY_LIMIT)]
    turns = runner.counts["turns"]
    for fields in ([*many, token_of(officer), FILE], [*long, FILE]):
        assert (await upload(officer, fields)).headers["location"] == "/"
    assert runner.counts["turns"] == turns


@pytest.mark.parametrize("cut", [8, 20, 60, 150, 220])
async def test_a_file_that_breaks_off_changes_nothing(
    officer: KioskVisitor, runner: Runner, cut: int
) -> None:
    await walk(officer, *TO_THE_FILE)
    body = multipart([token_of(officer), FILE])[:-cut]
    await officer.client.post("/", content=body, headers=MULTIPART)
    await officer.open()
    assert place(officer.page) == "place-officer-import"
    assert runner.counts["failed"] == 0


Field = tuple[str, str | None, bytes]
FILE: Field = ("file", "kontak.csv", CSV)
MULTIPART = {"content-type": "multipart/form-data; boundary=b"}


def token_of(officer: KioskVisitor) -> Field:
    return ("token", None, officer.token.encode())


def multipart(fields: list[Field]) -> bytes:
    """A form in the order in which it is given, as no browser of ours would send it."""
    body = b""
    for name, filename, content in fields:
        file = f'; filename="{filename}"' if filename else ""
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    return body + b"--b--\r\n"


async def upload(officer: KioskVisitor, fields: list[Field]) -> httpx.Response:
    return await officer.client.post("/", content=multipart(fields), headers=MULTIPART)
