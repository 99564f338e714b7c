"""`check`: statements without a source, dead ends, and addresses that no longer answer."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bot import check
from bot.links import unanswered
from flows.engine import Shown
from flows.home import start
from flows.screen import Paragraph, Screen, SourceLine
from flows.text import t, tc
from storage.library import load_library
from tests.small import known, small_library


class Site(BaseHTTPRequestHandler):
    """A site with one page, one that moved, and one that is gone."""

    def do_GET(self) -> None:
        moved = self.path == "/moved"
        self.send_response(302 if moved else 200 if self.path == "/there" else 404)
        if moved:
            self.send_header("Location", "/there")
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Nothing: a test says by failing what there is to say."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_addresses_that_do_not_answer_are_named(site: str) -> None:
    law = small_library().sources["law"]
    pages = [replace(law, code=path, address=f"{site}/{path}")
             for path in ("there", "moved", "gone")]  # fmt: skip
    nowhere = replace(law, code="nowhere", address="http://127.0.0.1:9/")
    silent = replace(law, code="silent", address="")
    said = unanswered([*pages, nowhere, silent, replace(law, code="odd", address="http://[x")])
    assert [line.split(": ")[1] for line in said] == ["gone", "nowhere", "odd"]
    assert "answers 404" in said[0] and "does not answer (ConnectError)" in said[1]


def test_sources_with_one_address_are_asked_once(site: str) -> None:
    law = replace(small_library().sources["law"], address=f"{site}/gone")
    [line] = unanswered([law, replace(law, code="other")])
    assert "law, other" in line


def test_the_real_addresses_are_addresses() -> None:
    addresses = {source.address for source in load_library().sources.values()} - {""}
    assert addresses
    assert all(address.startswith("https://") for address in addresses)


def shown(*parts: object) -> Shown:
    return Shown(start(known().person), Screen(t("Menu utama"), parts))  # type: ignore[arg-type]


def test_a_statement_without_its_source_is_a_fault() -> None:
    statement = Paragraph(tc("money.body", "Biayanya Rp5."))
    [fault] = check._unsourced(shown(statement))
    assert "money.body is said without its source" in fault
    law = small_library().sources["law"]
    assert not list(check._unsourced(shown(statement, SourceLine((law,), law.read_on))))


def test_a_name_is_no_statement() -> None:
    assert not list(check._unsourced(shown(Paragraph(tc("destination.taiwan.name", "Taiwan")))))


def test_content_that_conversations_name_and_is_not_there_is_a_fault() -> None:
    library = load_library()
    without = {code: page for code, page in library.money.items() if code != "bpjs-klaim"}
    faults = list(check._walked(replace(library, money=without)))
    assert any("leads to content that is not there" in fault for fault in faults)
