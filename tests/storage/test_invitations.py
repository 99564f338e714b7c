"""Invitations, the same on SQLite and PostgreSQL: kept as a hash, for one person and one day."""

import base64
import multiprocessing
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import Clock
from flows.home import Home
from flows.person import Person
from storage.database import Database, open_database
from storage.offices import INVITATION_LASTS, Offices, Waiting, plain_code
from storage.people import Address
from tests.conftest import KEY
from tests.play import NOON, YEAR
from tests.storage.test_offices import CODE, SITI, X, invite, offices_of, opened, raw, seat
from tests.storage.test_offices import offices as offices
from tests.storage.test_people import at_once, insist, people_of, rows


def test_a_code_opens_its_invitation_however_it_is_typed(
    any_database: Database, offices: Offices
) -> None:
    invite(any_database)
    waiting = Waiting(7, "officer", X, 5, NOON + INVITATION_LASTS)
    for typed in (
        CODE, CODE.lower(), CODE.replace("-", ""), "abcd efgh jklm npqr", "abcdEFGH-jklm npqr.",
        " ABCD–EFGH–JKLM–NPQR\n",
    ):  # fmt: skip
        assert opened(any_database, typed) == waiting, typed
    with any_database.look() as db:
        assert offices.invitation(db, 7, NOON) == waiting


def test_another_code_opens_nothing(any_database: Database, offices: Offices) -> None:
    invite(any_database)
    for typed in ("", "ABCD-EFGH-JKLM-NPQS", "ABCD", "%", CODE * 2, "7"):
        assert opened(any_database, typed) is None, typed


def test_ten_thousand_guesses_open_nothing(database: Database) -> None:
    """Even without the limit of five in an hour."""
    invite(database)
    offices, clock = offices_of(database), Clock()
    with database.look() as db:
        assert not any(offices.opened(db, clock.code(), NOON) for _ in range(10_000))
        assert offices.opened(db, CODE, NOON)


def test_every_code_is_another_and_easy_to_read_out() -> None:
    codes = [Clock().code() for _ in range(10_000)]
    assert len(set(codes)) == 10_000
    assert not {*"".join(codes)} & {*"01IO"}
    assert all(len(plain_code(code)) == 16 for code in codes)


def forms(code: str) -> list[bytes]:
    """A code in every form in which it might be kept by mistake."""
    plain = {code, code.lower(), plain_code(code), plain_code(code).lower(), code[:9], code[-9:]}
    return [form for word in plain for form in (
        word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode()).rstrip(b"="),
        word.encode().hex().encode(),
    )]  # fmt: skip


def test_of_a_code_only_a_hash_is_kept(any_database: Database, offices: Offices) -> None:
    invite(any_database)
    with any_database.turn() as db:
        offices.guess(db, 1, f"code:{CODE}", NOON)
    kept = raw(any_database)
    assert [form for form in forms(CODE) if form.decode() in kept] == []


def test_files_hold_no_code_and_no_name(url: str, database: Database) -> None:
    with database.turn() as db:
        address = Address("telegram", "11", YEAR)
        people_of(database).add(db, SITI, address, Person(), Home(), NOON)
    seat(database, 5, name="Wagiyem Surtinah")
    invite(database)
    file = Path(url.removeprefix("sqlite:///"))
    written = file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()
    assert X.encode() in written
    names = [b"Wagiyem", b"Surtinah", b"wagiyem", base64.b64encode(b"Wagiyem Surtinah")]
    assert [form for form in (*forms(CODE), *names) if form in written] == []


def test_an_invitation_is_used_once(any_database: Database, offices: Offices) -> None:
    invite(any_database)
    with any_database.turn() as db:
        assert offices.use_up(db, 7)
        assert not offices.use_up(db, 7)
        assert offices.invitation(db, 7, NOON) is None
    assert opened(any_database) is None


def test_an_invitation_is_over_after_a_day(any_database: Database, offices: Offices) -> None:
    invite(any_database)
    last = NOON + INVITATION_LASTS - 1
    with any_database.look() as db:
        for now, there in ((last, True), (last + 1, False)):
            assert bool(offices.opened(db, CODE, now)) == there
            assert bool(offices.invitation(db, 7, now)) == there
            assert bool(offices.waiting(db, X, now)) == there


def test_of_a_hundred_at_once_exactly_one_takes_an_invitation_up(
    any_database: Database, offices: Offices
) -> None:
    invite(any_database)
    taken = at_once(any_database, lambda db, number: take_up(offices, db, number), times=100)
    assert sorted(taken) == [False] * 99 + [True]
    assert rows(any_database, "office") == 1
    assert rows(any_database, "invitation") == 0


def take_up(offices: Offices, db: Connection, number: int) -> bool:
    """As the runner does it: look, use up, give the office."""
    waiting = offices.invitation(db, 7, NOON)
    if waiting is None or not offices.use_up(db, 7):
        return False
    offices.add(db, 1000 + number, SITI, waiting, "Siti Aminah", NOON)
    return True


def take_up_elsewhere(url: str, number: int, start: Barrier, told: Callable[[bool], None]) -> None:
    """In a process of its own."""
    database = open_database(url, KEY)
    offices = offices_of(database)
    start.wait(timeout=60)
    told(insist(database, lambda db: take_up(offices, db, number)))
    database.close()


def test_of_several_processes_exactly_one_takes_an_invitation_up(
    any_url: str, any_database: Database, offices: Offices
) -> None:
    invite(any_database)
    spawn, count = multiprocessing.get_context("spawn"), 4
    start, told = spawn.Barrier(count), spawn.SimpleQueue()
    processes = [
        spawn.Process(target=take_up_elsewhere, args=(any_url, number, start, told.put))
        for number in range(count)
    ]
    for process in processes:
        process.start()
    taken = [told.get() for _ in processes]
    for process in processes:
        process.join(timeout=60)
    assert sorted(taken) == [False] * (count - 1) + [True]
    assert rows(any_database, "office") == 1
