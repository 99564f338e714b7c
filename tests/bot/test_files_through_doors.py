"""Files as they come and go: where one is asked for it is read, anywhere else not even fetched."""

import io
import logging
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot import terminal
from bot.messages import FILE_READ, Message, NoWords, Said, SentFile
from bot.runner import Runner
from bot.screens import Block, Line, Page, Rendered, Reply
from bot.telegram_chat import KEEPS
from bot.telegram_markup import html
from flows.errors import Busy
from storage.people import Address
from tests.bot.doors import appoint
from tests.bot.test_telegram import Chat, chatting

CSV = b"jenis,nama,telepon\npetugas,Rini Wulandari,0812-3456-7891\n"
LARGE = b"jenis,nama,telepon\n" + b"," * FILE_READ
TO_THE_CONTACTS = ("Tugas petugas", "Isi halaman", "Kontak")
OFFICER = Address("telegram", "7", KEEPS, writable=True)
"""Whoever writes as number 7."""

LINK = Rendered(
    Page("Tautan", (Block("link", "Buka <di sini>", (Line("https://t.me/x?start=a&b"),)),)),
    (), (), "id", "officer.link",
)  # fmt: skip


# The terminal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def at_the_terminal(runner: Runner, folder: Path) -> Runner:
    """An officer sits there, on the page that asks for a file."""
    _typed(runner, "Bahasa Indonesia", "Mulai")
    appoint(runner, terminal.HERE)
    _typed(runner, "menu", *TO_THE_CONTACTS, "Ambil dari berkas")
    return runner


def _typed(runner: Runner, *lines: str) -> str:
    out = io.StringIO()
    terminal.chat(runner, io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["kontak.csv", "./kontak.csv", " kontak.csv "])
def test_the_name_of_a_file_sends_it_where_one_is_asked_for(
    at_the_terminal: Runner, folder: Path, name: str
) -> None:
    (folder / "kontak.csv").write_bytes(CSV)
    assert "Kontak baru: 1" in _typed(at_the_terminal, name)


def test_elsewhere_the_name_of_a_file_is_words(at_the_terminal: Runner, folder: Path) -> None:
    (folder / "kontak.csv").write_bytes(CSV)
    assert "belum mengerti" in _typed(at_the_terminal, "Kembali", "kontak.csv")


@pytest.mark.parametrize("words", ["tidak-ada.csv", ".", "/", "~nobody-here/x", "x" * 5_000, "a\0"])
def test_what_names_no_file_is_words(at_the_terminal: Runner, words: str) -> None:
    said = _typed(at_the_terminal, words)
    assert "belum mengerti" in said
    assert "Ambil kontak dari berkas" in said


def test_where_a_file_is_asked_for_words_still_work(at_the_terminal: Runner) -> None:
    assert "Menu utama ==" in _typed(at_the_terminal, "menu")


def test_a_large_file_is_not_read_to_its_end(at_the_terminal: Runner, folder: Path) -> None:
    (folder / "kontak.csv").write_bytes(LARGE)
    heard = write_down(at_the_terminal)
    assert "lebih dari 1 MB" in _typed(at_the_terminal, "kontak.csv")
    assert [len(said.content) for said in heard if isinstance(said, SentFile)] == [FILE_READ]


def test_a_file_is_written_out_below_its_name(at_the_terminal: Runner) -> None:
    said = _typed(at_the_terminal, "Minta contoh berkas").splitlines()
    named = said.index("Berkas kontak-33.07.10.2004.csv:")
    assert said[named + 1].startswith("    ")
    assert "nomor" in said[named + 1]


def test_an_address_is_told_with_what_it_is_for() -> None:
    lines = list(terminal.draw(LINK))
    assert lines[2:4] == ["Buka <di sini>:", "  https://t.me/x?start=a&b"]
    assert html(LINK).endswith("Buka &lt;di sini&gt;\nhttps://t.me/x?start=a&amp;b")


# Telegram


def write_down(runner: Runner) -> list[Said]:
    """What doors hand over from now on."""
    heard: list[Said] = []
    turn = runner.turn

    def noted(message: Message) -> Reply:
        heard.append(message.said)
        return turn(message)

    runner.turn = noted  # type: ignore[method-assign]
    return heard


@pytest.fixture
async def chat(runner: Runner) -> AsyncGenerator[Chat, None]:
    """An officer on Telegram, among the contacts of the village."""
    async with chatting(runner) as chat:
        await chat.welcomed()
        appoint(runner, OFFICER)
        await chat.says("menu")
        for label in TO_THE_CONTACTS:
            await chat.taps(label)
        yield chat


async def send(chat: Chat, content: bytes, claims: int | None = None) -> list[int]:
    document = chat.telegram.send_document(7, "kontak.csv", content, claims=claims)
    return await chat.telegram.push(document)


def fetched(chat: Chat) -> int:
    return len(chat.telegram.called("getFile")) + len(chat.telegram.called("file"))


async def test_a_document_is_read_where_one_is_asked_for(chat: Chat) -> None:
    await chat.taps("Ambil dari berkas")
    assert await send(chat, CSV) == [200]
    assert "Kontak baru: 1" in chat.text
    assert fetched(chat) == 2


async def test_anywhere_else_a_document_is_not_even_fetched(chat: Chat) -> None:
    for label in ("Tambah kontak", "Menu utama"):
        await chat.taps(label)
        assert await send(chat, CSV) == [200]
        assert "tidak menerima foto" in chat.text
    assert fetched(chat) == 0


async def test_a_photo_is_refused_where_a_document_is_asked_for(chat: Chat) -> None:
    await chat.taps("Ambil dari berkas")
    assert await chat.telegram.push(chat.telegram.photo(7)) == [200]
    assert "tidak menerima foto" in chat.text
    assert fetched(chat) == 0


async def test_a_call_for_help_under_a_document_is_answered(chat: Chat) -> None:
    await chat.taps("Ambil dari berkas")
    document = chat.telegram.send_document(7, "kontak.csv", CSV, caption="tolong, saya dipukul")
    assert await chat.telegram.push(document) == [200]
    assert "110" in chat.text
    assert fetched(chat) == 0


async def test_what_says_that_it_is_large_is_not_fetched(chat: Chat, runner: Runner) -> None:
    await chat.taps("Ambil dari berkas")
    heard = write_down(runner)
    await send(chat, CSV, claims=FILE_READ)
    assert (heard, fetched(chat)) == ([SentFile(too_large=True)], 0)
    assert "lebih dari 1 MB" in chat.text


async def test_what_says_that_it_is_small_is_not_believed(chat: Chat, runner: Runner) -> None:
    await chat.taps("Ambil dari berkas")
    heard = write_down(runner)
    await send(chat, LARGE * 3, claims=10)
    assert [len(said.content) for said in heard if isinstance(said, SentFile)] == [FILE_READ]
    assert "lebih dari 1 MB" in chat.text


async def test_what_telegram_itself_finds_too_large_is_too_large(
    chat: Chat, runner: Runner
) -> None:
    await chat.taps("Ambil dari berkas")
    heard = write_down(runner)
    chat.telegram.fail_next("getFile", 400, reason="file is too big")
    await send(chat, CSV)
    assert heard == [SentFile(too_large=True)]


@pytest.mark.parametrize(("step", "fault"), [("getFile", 500), ("getFile", 429), ("file", 503)])
async def test_a_file_that_did_not_come_is_asked_for_again(
    chat: Chat, step: str, fault: int
) -> None:
    await chat.taps("Ambil dari berkas")
    document = chat.telegram.send_document(7, "kontak.csv", CSV)
    chat.telegram.fail_next(step, fault)
    assert await chat.telegram.push(document) == [503]
    assert await chat.telegram.push(document) == [200]
    assert "Kontak baru: 1" in chat.text


async def test_a_file_that_is_refused_silences_nobody(chat: Chat, runner: Runner) -> None:
    await chat.taps("Ambil dari berkas")
    heard = write_down(runner)
    chat.telegram.fail_next("file", 404)
    assert await send(chat, CSV) == [200]
    assert heard == [NoWords()]


@pytest.mark.parametrize(("fault", "status"), [(Busy, 503), (OSError, 200)])
async def test_a_document_waits_for_a_busy_database_but_not_for_a_broken_one(
    chat: Chat, runner: Runner, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], status: int
) -> None:
    def look(address: Address) -> Reply:
        raise fault

    monkeypatch.setattr(runner, "look", look)
    assert await send(chat, CSV) == [status]
    assert fetched(chat) == 0


async def test_a_file_for_the_person_follows_its_screen(chat: Chat) -> None:
    await chat.taps("Ambil dari berkas")
    await chat.taps("Minta contoh berkas")
    screen, file = chat.telegram.chat(7).messages[-2:]
    assert "dikirim bersama pesan ini" in screen.text
    assert file.kind == "document"
    assert file.file is not None
    assert file.file.filename == "kontak-33.07.10.2004.csv"
    assert file.file.content.decode("utf-8-sig").startswith("nomor")


async def test_a_file_that_cannot_be_sent_repeats_nothing(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.taps("Ambil dari berkas")
    chat.telegram.fail_next("sendDocument", 500)
    assert await chat.taps("Minta contoh berkas") == [200]
    assert chat.telegram.chat(7).last.kind == "text"
    said = [r.message for r in caplog.records if r.levelno >= logging.WARNING]
    assert said == ["a file was not sent: error=TelegramServerError"]


async def test_what_is_shown_once_outlives_an_outage(chat: Chat, runner: Runner) -> None:
    update = await _invites(chat)
    chat.telegram.fail_next("sendMessage", 500)
    assert await chat.telegram.push(update) == [503]
    assert await chat.telegram.push(update) == [200]
    assert "undangan " in chat.text


async def test_what_is_shown_once_outlives_a_second_press(chat: Chat) -> None:
    update = await _invites(chat)
    pressed = chat.telegram.chat(7).last
    again = chat.telegram.tap(7, "Petugas desa")
    await chat.telegram.push(update)
    code = chat.telegram.chat(7).last
    await chat.telegram.push(again)
    assert chat.telegram.chat(7).by_id[code.message_id] == code
    assert "undangan " in code.text
    assert "satu kali" in chat.telegram.chat(7).by_id[pressed.message_id].text


async def _invites(chat: Chat) -> dict[str, object]:
    """The press that makes an invitation, not yet delivered."""
    await chat.says("menu")
    for label in ("Tugas petugas", "Petugas dan undangan", "Undang seseorang"):
        await chat.taps(label)
    return chat.telegram.tap(7, "Petugas desa")
