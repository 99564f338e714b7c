"""The kiosk as a browser meets it: forms, cookies, headers, and who may change what."""

import html
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from html.parser import HTMLParser
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from bot.kiosk import COOKIE, IDLE_SECONDS
from bot.runner import Runner
from bot.web import COUNTED
from flows.entries import ENTRIES
from flows.library import Library
from flows.person import Case
from tests.bot.doors import LIMIT, SCRIPT, KioskVisitor, kiosk_at
from tests.play import TAIWAN_AT_HOME, FixedClock

CASE = Case("taiwan", "household", "p3mi", "married", "yes")
TO_THE_MENU = ("Bahasa Indonesia", "Mulai")
TO_THE_LIST = (*TO_THE_MENU, *TAIWAN_AT_HOME)
TO_THE_PASSPORT = (*TO_THE_LIST, "Menjelang berangkat", "Paspor")

PLACES = ("/", "/cetak", *(f"/{entry}" for entry in ENTRIES), "/documents.page:paspor")
"""Pages, and every entry by its address."""

OTHERS = ("/healthz", "/readyz", "/metrics", "/style.css", "/print.js", "/icon.svg", "/no-such")

HOSTILE = (
    "\0", "a\0b", "🙂" * 60, "x" * 10_000, "<script>alert(1)</script>", "{{7*7}}", "{% raw %}",
    '"><b>', "%s%n", "'; DROP TABLE person; --", "\u202e\u200f", "@", "@no.such", "/start", "/",
    "0", "-1", "99", "\r\nSet-Cookie: a=b",
)  # fmt: skip
"""Words that somebody types who is not asking for anything."""

JUNK: tuple[dict[str, str | list[str]], ...] = (
    {}, {"x": "y"}, {"words": ""}, {"say": ""}, {"say": "x"}, {"say": "-1.start"},
    {"say": "999.done:paspor"}, {"say": "1" * 5_000}, {"say": "7.no-such"}, {"open": "no-such"},
    {"open": "../../etc/passwd"}, {"say": "0.x", "at": "no-such"}, {"open": ["no", "such"]},
    {"say": "0.done:paspor", "at": "<script>"}, {f"f{n}": "x" for n in range(500)},
)  # fmt: skip
"""Forms that no page of ours holds."""


@pytest.fixture
async def kiosk(runner: Runner) -> AsyncGenerator[KioskVisitor, None]:
    async with kiosk_at(runner) as url, somebody_at(url) as visitor:
        yield visitor


@asynccontextmanager
async def somebody_at(url: str) -> AsyncGenerator[KioskVisitor, None]:
    """A visitor with a browser of their own."""
    async with httpx.AsyncClient(base_url=url) as client:
        visitor = KioskVisitor(client)
        await visitor.open()
        yield visitor


async def walk(kiosk: KioskVisitor, *lines: str) -> None:
    for line in lines:
        await kiosk.do(line)


async def press_at(kiosk: KioskVisitor, entry: str, label: str) -> None:
    """Press a button on the page of an entry, whose forms name the entry."""
    await kiosk.open(f"/{entry}")
    assert f'name="at" value="{entry}"' in kiosk.page
    await kiosk.post({**kiosk._button(label), "at": entry})


def place(page: str) -> str:
    return re.findall(r'<body class="([\w-]+)"', page)[0]


def tokenless(page: str) -> str:
    return re.sub(r'name="token" value="\w+"', "", page)


def rows(runner: Runner) -> dict[str, list[object]]:
    tables = ("person", "conversation", "seen_update", "key_check")
    with runner.database.look() as db:
        return {name: list(db.exec_driver_sql(f"SELECT * FROM {name}")) for name in tables}


def on_disk(url: str) -> tuple[bytes, bytes]:
    file = Path(url.removeprefix("sqlite:///"))
    log = Path(f"{file}-wal")
    return file.read_bytes(), log.read_bytes() if log.exists() else b""


def set_cookie(answer: httpx.Response) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])[COOKIE]


class Parsed(HTMLParser):
    """A page read strictly: every tag closed in order, nothing inline, what is named and how."""

    VOID = frozenset({"meta", "link", "input"})
    BLOCKS = frozenset({"p", "div", "section", "ul", "form", "h1", "h2", "header", "footer"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[str] = []
        self.feed(page)
        self.close()
        self.faults.extend(f"<{tag}> is never closed" for tag in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._note(tag, dict(attrs))
        if self._may_not_stand_here(tag):
            self.faults.append(f"<{tag}> inside {self.open}")
        if tag not in self.VOID:
            self.open.append(tag)

    def _may_not_stand_here(self, tag: str) -> bool:
        again = tag in ("form", "button") and tag in self.open
        return again or (tag in self.BLOCKS and "p" in self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def _note(self, tag: str, attrs: dict[str, str | None]) -> None:
        inline = [name for name in attrs if name == "style" or name.startswith("on")]
        if inline or tag == "style" or (tag == "script" and not attrs.get("src")):
            self.faults.append(f"inline: <{tag} {inline}>")
        self.ids.update([str(attrs["id"])] if "id" in attrs else [])
        if tag == "label":
            self.labelled.add(str(attrs.get("for")))
        if tag == "input" and attrs.get("type") != "hidden":
            self.fields.append(str(attrs.get("id")))


def faults_of(page: str) -> list[str]:
    parsed = Parsed(page)
    faults = [*parsed.faults, *(f"two of id {i}" for i, n in parsed.ids.items() if n > 1)]
    faults += [f"no label for {field}" for field in parsed.fields if field not in parsed.labelled]
    if (parsed.tags["h1"], parsed.tags["title"], parsed.tags["main"]) != (1, 1, 1):
        faults.append("not one h1, one title and one main")
    return faults if page.startswith("<!doctype html>") else ["no doctype", *faults]


# Looking


@pytest.mark.parametrize("steps", [(), TO_THE_PASSPORT], ids=["stranger", "known"])
async def test_looking_never_writes(
    kiosk: KioskVisitor, runner: Runner, url: str, library: Library, steps: tuple[str, ...]
) -> None:
    await walk(kiosk, *steps)
    before = rows(runner), on_disk(url)
    documents = [f"/documents.page:{code}" for code in (*library.documents, "no-such", "")]
    for path in (*PLACES, *OTHERS, *documents):
        answer = await kiosk.client.get(path)
        assert answer.status_code in {200, 303, 404}, path
    assert (rows(runner), on_disk(url)) == before


@pytest.mark.parametrize("entry", [*ENTRIES, "documents.page:paspor"])
async def test_an_entry_shows_its_page_to_a_stranger_and_to_a_friend(
    kiosk: KioskVisitor, entry: str
) -> None:
    await kiosk.open(f"/{entry}")
    assert not faults_of(kiosk.page)
    await kiosk.open()
    await walk(kiosk, *TO_THE_LIST)
    await kiosk.open(f"/{entry}")
    assert not faults_of(kiosk.page)


async def test_buttons_on_the_page_of_an_entry_work(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_LIST)
    await press_at(kiosk, "documents.page:paspor", "Sudah siap")
    assert place(kiosk.page) == "place-documents-phase"
    assert "1 dari 5 siap." in kiosk.page
    await press_at(kiosk, "help", "Kembali")
    assert place(kiosk.page) == "place-documents-phase"


async def test_a_stranger_reaches_an_entry_by_way_of_language_and_welcome(
    kiosk: KioskVisitor,
) -> None:
    await press_at(kiosk, "documents.page:paspor", "Bahasa Indonesia")
    assert place(kiosk.page) == "place-welcome"
    await kiosk.do("Mulai")
    assert place(kiosk.page) == "place-plan-adult"
    await kiosk.do("Ya, sudah 18 tahun")
    assert place(kiosk.page) == "place-documents-page"
    assert "<h1>Paspor</h1>" in kiosk.page


@pytest.mark.parametrize(
    "path", ["/no-such", "/selesai", "/help/", "/templates/base.html", "/..%2F..%2Fetc", "/a/b"]
)
async def test_an_unknown_path_is_not_found(kiosk: KioskVisitor, path: str) -> None:
    assert (await kiosk.client.get(path)).status_code == 404


async def test_a_hostile_address_is_escaped(kiosk: KioskVisitor) -> None:
    for words in HOSTILE:
        answer = await kiosk.client.get(f"/documents.page:{quote(words[:500], safe='')}")
        assert answer.status_code == (404 if "{" in words else 200), words
        assert "<script>" not in answer.text, words
        assert "<b>" not in answer.text, words
        assert answer.status_code == 404 or not faults_of(answer.text), words


# Saying


async def test_every_press_is_answered_by_going_to_look(kiosk: KioskVisitor) -> None:
    for line in TO_THE_PASSPORT:
        answer = await kiosk.post(kiosk._button(line))
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await kiosk.post({"words": "x"})).status_code == 303
    assert (await kiosk.post({}, "/selesai")).status_code == 303


@pytest.mark.parametrize("path", ["/", "/selesai"])
async def test_a_post_without_its_token_changes_nothing(
    kiosk: KioskVisitor, runner: Runner, path: str
) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    before, press = rows(runner), kiosk._button("Sudah siap")
    for token in ({}, *({"token": word} for word in ("", "x", "0" * 64, "é", "🙂", "\0"))):
        answer = await kiosk.client.post(path, data={**press, **token})
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), token
        assert rows(runner) == before, token


@pytest.mark.parametrize("path", ["/", "/selesai"])
async def test_token_and_cookie_must_be_of_one_session(
    kiosk: KioskVisitor, runner: Runner, path: str
) -> None:
    async with somebody_at(str(kiosk.client.base_url)) as other:
        await walk(kiosk, *TO_THE_PASSPORT)
        await walk(other, *TO_THE_PASSPORT)
        before, press = rows(runner), kiosk._button("Sudah siap")
        for sender, token in ((kiosk, other.token), (other, kiosk.token)):
            answer = await sender.client.post(path, data={**press, "token": token})
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert rows(runner) == before


@pytest.mark.parametrize("cookie", [None, "", "x" * 44, "é" * 44, "x" * 5_000, '"'])
async def test_a_token_without_its_cookie_changes_nothing(
    kiosk: KioskVisitor, runner: Runner, cookie: str | None
) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    before, form = rows(runner), {**kiosk._button("Sudah siap"), "token": kiosk.token}
    headers = {} if cookie is None else {"cookie": f"{COOKIE}={cookie}".encode()}
    async with httpx.AsyncClient(base_url=kiosk.client.base_url) as client:
        answer = await client.post("/", data=form, headers=headers)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (await client.get("/", headers=headers)).status_code == 200
    assert rows(runner) == before


async def test_too_large_a_body_is_refused_and_changes_nothing(
    kiosk: KioskVisitor, runner: Runner
) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    before, page = rows(runner), kiosk.page
    body = {**kiosk._button("Sudah siap"), "token": kiosk.token, "x": "x" * LIMIT}
    assert (await kiosk.client.post("/", data=body)).status_code == 413
    await kiosk.open()
    assert (rows(runner), kiosk.page) == (before, page)


async def test_a_form_that_is_not_ours_changes_nothing(kiosk: KioskVisitor, runner: Runner) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    before, page = rows(runner), kiosk.page
    for form in JUNK:
        answer = await kiosk.client.post("/", data={"token": kiosk.token, **form})
        await kiosk.open()
        assert (answer.status_code, rows(runner), kiosk.page) == (303, before, page), form


async def test_a_file_in_the_place_of_a_press_changes_nothing(
    kiosk: KioskVisitor, runner: Runner
) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    before, upload = rows(runner), {"say": ("foto.jpg", b"\xff\xd8\0", "image/jpeg")}
    answer = await kiosk.client.post("/", data={"token": kiosk.token}, files=upload)
    assert (answer.status_code, rows(runner)) == (303, before)


@pytest.mark.parametrize("field", ["words", "open", "say", "at"])
async def test_hostile_words_are_harmless(kiosk: KioskVisitor, runner: Runner, field: str) -> None:
    await walk(kiosk, *TO_THE_LIST)
    for words in HOSTILE:
        answer = await kiosk.post({field: words})
        assert answer.status_code == 303, words
        assert not faults_of(kiosk.page), words
        assert not re.search(r"alert\(1\)|DROP TABLE|\b49\b|🙂", kiosk.page), words
    assert runner.counts["failed"] == 0


async def test_a_button_pressed_twice_acts_once(kiosk: KioskVisitor, runner: Runner) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    press = kiosk._button("Sudah siap")
    await kiosk.post(press)
    after = tokenless(kiosk.page), rows(runner)
    await kiosk.post(press)
    assert (tokenless(kiosk.page), rows(runner)) == after
    assert "1 dari 5 siap." in kiosk.page


async def test_an_old_button_changes_nothing(kiosk: KioskVisitor, runner: Runner) -> None:
    await walk(kiosk, *TO_THE_LIST[:4])
    old = [kiosk._button(label) for label in ("Taiwan", "Menu utama")]
    await walk(kiosk, *TO_THE_LIST[4:])
    before = tokenless(kiosk.page), rows(runner)
    for press in old:
        await kiosk.post(press)
        assert "Tombol tadi sudah lama" in kiosk.page
    await kiosk.open()
    assert (tokenless(kiosk.page), rows(runner)) == before


async def test_what_a_turn_remarks_is_said_once(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_LIST[:4])
    await kiosk.do("> zzzz qqqq")
    assert "belum mengerti" in kiosk.page
    await kiosk.open()
    assert "belum mengerti" not in kiosk.page
    await kiosk.open("/?said=<b>bukan kami</b>")
    assert "bukan kami" not in kiosk.page


async def test_erasing_is_confirmed(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_MENU, "Bahasa dan data", "Hapus data saya", "Ya, hapus semuanya")
    assert "sudah dihapus" in kiosk.page


@pytest.mark.parametrize(("kind", "body"), [
    ("application/x-www-form-urlencoded", b"token=\xff\xfe"),
    ("application/x-www-form-urlencoded; charset=nope", b"token=1"),
    ("multipart/form-data", b"abc"), ("multipart/form-data; boundary=x", b"abc"),
])  # fmt: skip
async def test_a_body_that_is_no_form_leads_on(kiosk: KioskVisitor, kind: str, body: bytes) -> None:
    answer = await kiosk.client.post("/", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


# Headers and cookies


async def test_every_page_carries_its_headers(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_LIST)
    for path in PLACES:
        headers = (await kiosk.client.get(path)).headers
        assert headers["content-type"] == "text/html; charset=utf-8", path
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["referrer-policy"] == "no-referrer", path


async def test_the_policy_lets_nothing_in_but_our_own_files(kiosk: KioskVisitor) -> None:
    policy = (await kiosk.client.get("/")).headers["content-security-policy"]
    rules = dict(rule.split(maxsplit=1) for rule in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("base-uri") == rules.pop("frame-ancestors") == "'none'"
    assert rules.keys() == {"style-src", "script-src", "img-src", "form-action"}
    assert set(rules.values()) == {"'self'"}


async def test_the_cookie_is_for_the_server_alone(kiosk: KioskVisitor) -> None:
    cookie = set_cookie(await kiosk.client.get("/"))
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == str(IDLE_SECONDS) == "300"
    assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.parametrize("proto", ["http", "https"])
async def test_the_cookie_is_secure_behind_https_only(kiosk: KioskVisitor, proto: str) -> None:
    answer = await kiosk.client.get("/", headers={"X-Forwarded-Proto": proto})
    assert bool(set_cookie(answer)["secure"]) == (proto == "https")
    assert not set_cookie(await kiosk.client.get("/"))["secure"]


async def test_files_beside_the_pages_may_be_kept_and_change_their_name(
    kiosk: KioskVisitor,
) -> None:
    for path in re.findall(r'href="(/[\w.]+\?v=\w{12})"', kiosk.page):
        answer = await kiosk.client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith(("text/css", "image/svg+xml"))


# Forgetting


async def test_a_session_is_forgotten_after_five_idle_minutes(
    kiosk: KioskVisitor, runner: Runner, clock: FixedClock, url: str
) -> None:
    await walk(kiosk, *TO_THE_LIST)
    clock.move(seconds=IDLE_SECONDS - 1)
    await kiosk.open()
    assert place(kiosk.page) == "place-documents-list"
    clock.move(seconds=1)
    await kiosk.open()
    assert place(kiosk.page) == "place-language"
    assert (runner.sweep(), rows(runner)["person"], on_disk(url)[1]) == (1, [], b"")


async def test_a_press_is_a_sign_of_life(kiosk: KioskVisitor, clock: FixedClock) -> None:
    for line in TO_THE_LIST:
        await kiosk.do(line)
        clock.move(seconds=IDLE_SECONDS - 1)
    await kiosk.open()
    assert place(kiosk.page) == "place-documents-list"


async def test_a_press_after_five_minutes_finds_nothing(
    kiosk: KioskVisitor, clock: FixedClock
) -> None:
    await walk(kiosk, *TO_THE_PASSPORT)
    clock.move(seconds=IDLE_SECONDS)
    await kiosk.do("Sudah siap")
    assert place(kiosk.page) == "place-language"


async def test_a_screen_left_alone_turns_itself_over(kiosk: KioskVisitor) -> None:
    for path in ("/", "/help", "/documents.page:paspor"):
        await kiosk.open(path)
        seconds = re.findall(r'http-equiv="refresh" content="(\d+);url=/"', kiosk.page)[0]
        assert IDLE_SECONDS < int(seconds) <= IDLE_SECONDS + 10


async def test_done_erases_everything_at_once(
    kiosk: KioskVisitor, runner: Runner, url: str
) -> None:
    await walk(kiosk, *TO_THE_LIST)
    known_as = rows(runner)["person"][0][1]  # type: ignore[index]
    answer = await kiosk.post({}, "/selesai")
    assert (rows(runner)["person"], rows(runner)["conversation"]) == ([], [])
    file, log = on_disk(url)
    assert log == b""
    assert known_as not in file
    assert set_cookie(answer)["max-age"] == "0"


async def test_the_next_visitor_sees_nothing_of_the_first(kiosk: KioskVisitor) -> None:
    new = tokenless(kiosk.page)
    await walk(kiosk, "Basa Jawa")
    first, cookie = kiosk.token, kiosk.client.cookies[COOKIE]
    await kiosk.post({}, "/selesai")
    assert (tokenless(kiosk.page), kiosk.token != first) == (new, True)
    for path in PLACES[2:]:
        await kiosk.open(path)
        assert '<html lang="id">' in kiosk.page
    replayed = await kiosk.client.get("/", headers={"cookie": f"{COOKIE}={cookie}"})
    assert tokenless(replayed.text) == new


async def test_two_visitors_see_nothing_of_each_other(kiosk: KioskVisitor) -> None:
    new = tokenless(kiosk.page)
    await walk(kiosk, *TO_THE_LIST)
    async with somebody_at(str(kiosk.client.base_url)) as other:
        assert tokenless(other.page) == new
        await other.post({}, "/selesai")
    await kiosk.open()
    assert place(kiosk.page) == "place-documents-list"


# Pages


async def test_the_page_says_its_language(kiosk: KioskVisitor) -> None:
    assert '<html lang="id">' in kiosk.page
    await walk(kiosk, "Basa Jawa")
    assert '<html lang="jv">' in kiosk.page
    await kiosk.do("Teks Indonesia")
    assert '<html lang="id">' in kiosk.page
    await kiosk.do("Basa Jawa")
    assert '<html lang="jv">' in kiosk.page


async def test_every_page_is_well_formed(kiosk: KioskVisitor) -> None:
    for line in SCRIPT[: SCRIPT.index("> tolong")]:
        assert not faults_of(kiosk.page), line
        await kiosk.do(line)
    for path in PLACES:
        await kiosk.open(path)
        assert not faults_of(kiosk.page), path


def test_the_strict_reader_finds_faults() -> None:
    page = "<!doctype html><title>x</title><main><h1>x</h1>{}</main>"
    assert not faults_of(page.format("<p>x</p>"))
    for wrong in ("<p>", "<p><div></div></p>", "</p>", '<p style="">x</p>', "<script>1</script>",
                  "<style></style>", '<p onclick="">x</p>', '<input id="a">', "<h1>y</h1>",
                  '<p id="a"></p><p id="a"></p>', "<form><form></form></form>"):  # fmt: skip
        assert faults_of(page.format(wrong)), wrong


async def test_the_printed_list_names_every_document_and_source(
    kiosk: KioskVisitor, library: Library
) -> None:
    await walk(kiosk, *TO_THE_LIST)
    assert 'href="/cetak"' in kiosk.page
    await kiosk.open("/cetak")
    paper, needed = html.unescape(kiosk.page), library.needed(CASE)
    titles = {source.title for item in needed for source in library.source_of(item)}
    assert len(needed) == 19
    for words in ("Dokumen ke Taiwan", "22 November 2026", *titles):
        assert words in paper
    assert all(d.name.msgid in paper and d.issuer.msgid in paper for d in needed)


async def test_the_printed_list_has_nothing_to_press_but_print(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_LIST)
    await kiosk.open("/cetak")
    assert re.findall(r"<(?:button|form|input)[^>]*>", kiosk.page) == ['<button id="print" hidden>']


async def test_without_a_list_there_is_nothing_to_print(kiosk: KioskVisitor) -> None:
    for steps in ((), TO_THE_MENU, ("Dokumen saya",)):
        await walk(kiosk, *steps)
        answer = await kiosk.client.get("/cetak")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    async with httpx.AsyncClient(base_url=kiosk.client.base_url) as stranger:
        assert (await stranger.get("/cetak")).headers["location"] == "/"


# A busy database, and what watches over us


async def test_selesai_on_a_busy_database_still_clears_the_screen(
    kiosk: KioskVisitor, url: str
) -> None:
    await walk(kiosk, *TO_THE_LIST)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        await kiosk.post({}, "/selesai")
    assert place(kiosk.page) == "place-language"


@pytest.mark.parametrize("path", ["/"])
async def test_a_busy_database_asks_for_patience_and_names_the_numbers(
    kiosk: KioskVisitor, library: Library, url: str, path: str
) -> None:
    await walk(kiosk, *TO_THE_MENU)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await kiosk.post(kiosk._button("Dokumen saya"), path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["cache-control"] == "no-store"
    assert not faults_of(answer.text)
    assert 'href="/"' in answer.text
    said = re.sub(r"<[^>]+>", "", answer.text)
    assert all(contact.number in said for contact in library.contacts.values())


async def test_a_busy_database_can_still_be_read(
    kiosk: KioskVisitor, runner: Runner, url: str
) -> None:
    await walk(kiosk, *TO_THE_MENU)
    page, before = kiosk.page, rows(runner)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        await kiosk.post(kiosk._button("Dokumen saya"))
        await kiosk.open()
        assert (kiosk.page, rows(runner)) == (page, before)
    await kiosk.do("Dokumen saya")
    assert place(kiosk.page) == "place-plan-adult"


async def test_health_is_told(kiosk: KioskVisitor) -> None:
    for path in ("/healthz", "/readyz"):
        answer = await kiosk.client.get(path)
        assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_metrics_count_events_and_name_nobody(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_LIST)
    await kiosk.post({"say": "0.start"})
    lines = (await kiosk.client.get("/metrics")).text.splitlines()
    types = [line for line in lines if line.startswith("# TYPE ")]
    counters = [f"# TYPE desmigratif_{name}_total counter" for name in COUNTED]
    assert types == [*counters, "# TYPE desmigratif_deliveries gauge"]
    counts = dict(line.split() for line in lines if line not in types)
    waits = {f'desmigratif_deliveries{{state="{state}"}}' for state in ("waiting", "claimed")}
    assert counts.keys() == {f"desmigratif_{name}_total" for name in COUNTED} | waits
    assert counts["desmigratif_turns_total"] == str(len(TO_THE_LIST) + 1)
    assert counts["desmigratif_stale_total"] == "1"


# Looking rather than reading


async def test_the_journey_is_drawn_with_where_one_is(kiosk: KioskVisitor) -> None:
    await walk(kiosk, *TO_THE_MENU, "Cara berangkat", "Ya, sudah 18", "Taiwan", "Kerja di rumah",
               "Lewat perusahaan", "Langkah 1", "Sudah selesai")  # fmt: skip
    assert kiosk.page.count("<circle") == 23
    assert 'class="done" aria-label="1. Bicara dengan keluarga: selesai"' in kiosk.page
    assert re.search(r'class="here" aria-label="2\. [^"]*: Anda di sini"', kiosk.page)
    assert not faults_of(kiosk.page)
    await kiosk.open("/procedure.stage:bicara-keluarga")
    assert place(kiosk.page) == "place-procedure-stage"


@pytest.mark.parametrize("size", ["a4", "a5"])
async def test_the_journey_is_printed_with_room_for_the_village(
    kiosk: KioskVisitor, size: str
) -> None:
    await walk(kiosk, *TO_THE_MENU, "Cara berangkat", "Ya, sudah 18", "Belum tahu")
    await kiosk.open(f"/cetak?kertas={size}")
    assert f'<body class="paper {size}">' in kiosk.page
    assert kiosk.page.count('class="box"') == 23
    for words in ("Nomor HP petugas", "Cap dan tanda tangan desa", "Sumber:"):
        assert words in kiosk.page
    assert not faults_of(kiosk.page)


async def test_numbers_can_be_dialled_from_a_phone(kiosk: KioskVisitor) -> None:
    await kiosk.do("> tolong")
    assert '<a href="tel:110">110</a>' in kiosk.page


async def test_a_call_for_help_at_the_kiosk_needs_no_database(
    kiosk: KioskVisitor, url: str
) -> None:
    await walk(kiosk, *TO_THE_MENU)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = await kiosk.post({"words": "tolong"})
    assert answer.status_code == 200
    assert "Nomor darurat" in answer.text
    assert not faults_of(answer.text)


async def test_a_broken_database_still_names_the_numbers(
    kiosk: KioskVisitor, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OSError("no such disk")

    await walk(kiosk, *TO_THE_MENU)
    monkeypatch.setattr(runner.database, "look", gone)
    for path in ("/", "/help", "/documents"):
        answer = await kiosk.client.get(path)
        assert answer.status_code == 503
        assert "110" in answer.text
    assert "Nomor darurat" in (await kiosk.client.get("/emergency")).text
