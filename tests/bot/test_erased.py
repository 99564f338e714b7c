"""After `/hapus` nothing is left: a byte search over everything on disk finds none of it."""

import base64
import logging
import re
from pathlib import Path

from bot.runner import Runner
from tests.bot import doors
from tests.fake_telegram import FakeTelegram

PEOPLE = 100
STEPS = ["Bahasa Indonesia", "Mulai", "Dokumen saya", "Ya, sudah 18 tahun", "Jepang"]


def chat_of(number: int) -> int:
    return 6_281_200_000_000 + number * 7919


def name_of(number: int) -> str:
    return f"Rahayu{number:03d}Kartika"


def planted() -> list[bytes]:
    """What each person brought along: an id, a name, a user name, words they typed."""
    values = [
        value
        for n in range(PEOPLE)
        for value in (str(chat_of(n)), name_of(n), f"siti_{n:03d}_id", f"nomor{n:03d}paspor")
    ]
    return [value.encode() for value in values]


def encodings(value: bytes) -> list[bytes]:
    number = int(value) if value.isdigit() else 0
    forms = [value, value.decode().encode("utf-16-le"), base64.b64encode(value).rstrip(b"=")]
    return [*forms, number.to_bytes(8, "big")] if number else forms


async def visit(telegram: FakeTelegram, number: int, steps: list[str]) -> None:
    chat = chat_of(number)
    for step in steps:
        if step.startswith("> "):
            update = telegram.say(chat, step[2:], first_name=name_of(number),
                                  username=f"siti_{number:03d}_id")  # fmt: skip
        else:
            update = telegram.tap(chat, doors.button_of(telegram, chat, step))
        assert await telegram.push(update) == [200]


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def keyed(runner: Runner) -> list[bytes]:
    """The stored hashes and encrypted values of everybody: they must go as well."""
    with runner.database.look() as db:
        people = db.exec_driver_sql("SELECT known_as, address, told FROM person").all()
        talks = db.exec_driver_sql("SELECT state FROM conversation").all()
    values = [value for row in (*people, *talks) for value in row]
    return [value if isinstance(value, bytes) else value.encode() for value in values]


async def test_a_byte_search_finds_no_plain_value_before_and_nothing_at_all_after(
    runner: Runner, tmp_path: Path, url: str
) -> None:
    log = logging.FileHandler(tmp_path / "everything.log")
    logging.getLogger().addHandler(log)
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
            for number in range(PEOPLE):
                words = [f"> nomor{number:03d}paspor", "> /hapus", "> menu"]
                await visit(telegram, number, ["> /start", *STEPS, *words])
            _nothing_plain(tmp_path)
            kept = keyed(runner)
            assert len(kept) == PEOPLE * 4
            for number in range(PEOPLE):
                await visit(telegram, number, ["> /hapus", "Ya, hapus semuanya"])
    finally:
        logging.getLogger().removeHandler(log)
        logging.getLogger().setLevel(logging.WARNING)
        log.close()
    _nothing_plain(tmp_path)
    found = on_disk(tmp_path)
    assert [value for value in kept if value in found] == []


def _nothing_plain(folder: Path) -> None:
    found = on_disk(folder)
    assert len(found) > 10_000
    hits = [v for v in planted() if any(form in found for form in encodings(v))]
    assert hits == []


async def test_the_search_would_find_what_is_there(runner: Runner, tmp_path: Path) -> None:
    """A check that cannot fail proves nothing: planted into the file, a value is found."""
    (tmp_path / "leak.txt").write_bytes(b"x" * 20_000 + planted()[3])
    assert re.search(planted()[3], on_disk(tmp_path))
