"""Persons and their conversations, the same on SQLite and PostgreSQL: found, saved, forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, select, update
from sqlmodel import SQLModel

from flows.documents.checklist import Checklist
from flows.errors import Busy
from flows.home import Home, Welcome
from flows.person import Case, Person
from flows.text import Month
from storage.database import Database, open_database
from storage.people import CONVERSATION, DAY, PERSON, SEEN, SEEN_SECONDS, Address, Found, People
from tests.conftest import KEY
from tests.play import NOON, YEAR

NEW_KEY = "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleS0="
SITI = Address("telegram", "7001234567", YEAR, writable=True)
KIOSK = Address("kiosk", "session-1", 1800)
TOLD = (
    Person()
    .speaking("jv")
    .made_welcome()
    .in_case(Case("taiwan", "household", "p3mi", "married", "yes"))
    .until("paspor", Month(2031, 3))
    .with_document("paspor")
)
LIST = Checklist(TOLD.case)
PERSONAL = ("7001234567", "telegram", "session-1", "taiwan", "paspor", "household", "documents.")

R = TypeVar("R")


def people_of(database: Database) -> People:
    return People(database.vault, database.engine.dialect)


@pytest.fixture
def people(any_database: Database) -> People:
    return people_of(any_database)


@pytest.fixture
def siti(any_database: Database, people: People) -> Found:
    """Siti has told her plan and stands at her list."""
    with any_database.turn() as db:
        people.add(db, 11, SITI, TOLD, LIST, NOON)
    return found(any_database, SITI)


def found(database: Database, address: Address, now: int = NOON) -> Found:
    with database.turn() as db:
        somebody = people_of(database).find(db, address, now)
    assert somebody is not None
    return somebody


def is_known(database: Database, address: Address, now: int = NOON) -> bool:
    with database.turn() as db:
        return people_of(database).find(db, address, now) is not None


def rows(database: Database, table: str) -> int:
    with database.look() as db:
        return int(db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def insist(database: Database, job: Callable[[Connection], R]) -> R:
    """Do a job in one turn, again while the database is busy, as Telegram does."""
    for _ in range(50):
        try:
            with database.turn() as db:
                return job(db)
        except Busy:
            continue
    raise AssertionError("busy for ever")


def at_once(database: Database, job: Callable[[Connection, int], R], times: int = 2) -> list[R]:
    """The same job in several threads that start together."""
    start = Barrier(times)

    def one(number: int) -> R:
        start.wait(timeout=30)
        return insist(database, lambda db: job(db, number))

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(1, times + 1)))


def test_a_stranger_is_not_found(any_database: Database) -> None:
    assert not is_known(any_database, SITI)


def test_somebody_new_is_found_as_added(siti: Found) -> None:
    assert (siti.id, siti.person, siti.state, siti.revision) == (11, TOLD, LIST, 1)
    assert siti.since == NOON


def test_the_same_name_at_another_door_is_somebody_else(
    any_database: Database, siti: Found
) -> None:
    assert not is_known(any_database, Address("kiosk", SITI.name, YEAR))


def test_a_step_is_saved_with_the_next_revision(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        assert people.save(db, siti, SITI, TOLD.of_age(), Home(), NOON) == 2
    now = found(any_database, SITI)
    assert (now.person, now.state, now.revision) == (TOLD.of_age(), Home(), 2)


def test_a_step_that_leads_nowhere_keeps_the_revision_and_what_was_told(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        assert people.save(db, siti, SITI, TOLD.of_age(), LIST, NOON) == 1
    now = found(any_database, SITI)
    assert (now.person, now.revision) == (TOLD.of_age(), 1)


def test_a_revision_that_has_passed_is_busy_and_changes_nothing(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        people.save(db, siti, SITI, TOLD, Home(), NOON)
    with pytest.raises(Busy), any_database.turn() as db:
        people.save(db, siti, SITI, Person(), Welcome(), NOON)
    now = found(any_database, SITI)
    assert (now.person, now.state, now.revision) == (TOLD, Home(), 2)


def test_a_state_that_can_no_longer_be_opened_leaves_the_person(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        db.execute(update(CONVERSATION).values(state='{"place":"torn-down","with":{}}'))
    lost = found(any_database, SITI)
    assert (lost.person, lost.state) == (TOLD, None)
    with any_database.turn() as db:
        assert people.save(db, lost, SITI, TOLD, Home(), NOON) == 2


def test_a_turn_that_fails_leaves_nothing(any_database: Database, people: People) -> None:
    with pytest.raises(ZeroDivisionError), any_database.turn() as db:
        people.first_time(db, 5, NOON)
        people.add(db, 11, SITI, TOLD, LIST, NOON)
        raise ZeroDivisionError
    assert not is_known(any_database, SITI)
    assert rows(any_database, "seen_update") == 0


def test_only_an_address_to_write_to_is_kept(any_database: Database, people: People) -> None:
    with any_database.turn() as db:
        people.add(db, 1, SITI, TOLD, LIST, NOON)
        people.add(db, 2, KIOSK, TOLD, LIST, NOON)
        kept = db.execute(select(PERSON.c.address).order_by(PERSON.c.id)).scalars().all()
    assert kept == ["telegram:7001234567", None]


def test_forgetting_leaves_no_person_and_no_conversation(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        people.forget(db, siti.id)
        people.forget(db, siti.id)
    assert not is_known(any_database, SITI)
    assert (rows(any_database, "person"), rows(any_database, "conversation")) == (0, 0)


def test_forgetting_one_leaves_the_others(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as db:
        people.add(db, 12, KIOSK, Person(), Home(), NOON)
        people.forget(db, siti.id)
    assert is_known(any_database, KIOSK)


def test_somebody_whose_time_has_come_is_not_found(any_database: Database, people: People) -> None:
    with any_database.turn() as db:
        people.add(db, 1, KIOSK, TOLD, LIST, NOON)
    assert found(any_database, KIOSK).forget_at == NOON + KIOSK.keeps
    assert is_known(any_database, KIOSK, NOON + KIOSK.keeps - 1)
    assert not is_known(any_database, KIOSK, NOON + KIOSK.keeps)


def test_somebody_whose_time_has_come_can_be_added_again(
    any_database: Database, people: People
) -> None:
    later = NOON + KIOSK.keeps
    with any_database.turn() as db:
        people.add(db, 1, KIOSK, TOLD, LIST, NOON)
    with any_database.turn() as db:
        assert people.add(db, 2, KIOSK, Person(), Home(), later) == 1
    again = found(any_database, KIOSK, later)
    assert (again.id, again.person, again.since) == (2, Person(), later)
    assert (rows(any_database, "person"), rows(any_database, "conversation")) == (1, 1)


def test_somebody_who_is_there_is_not_added_over(
    any_database: Database, people: People, siti: Found
) -> None:
    with pytest.raises(Busy), any_database.turn() as db:
        people.add(db, 12, SITI, Person(), Home(), NOON)
    assert found(any_database, SITI) == siti


def test_a_look_finds_somebody_whom_a_turn_holds(
    any_database: Database, people: People, siti: Found
) -> None:
    with any_database.turn() as turn, any_database.look() as look:
        assert people.find(turn, SITI, NOON) == siti
        assert people.find(look, SITI, NOON, hold=False) == siti


def test_a_sign_of_life_counts_from_then(any_database: Database, people: People) -> None:
    later = NOON + KIOSK.keeps - 1
    with any_database.turn() as db:
        people.add(db, 1, KIOSK, TOLD, LIST, NOON)
    here = found(any_database, KIOSK)
    with any_database.turn() as db:
        people.save(db, here, KIOSK, TOLD, LIST, later)
    assert found(any_database, KIOSK, later).forget_at == later + KIOSK.keeps


def test_a_long_time_ends_with_a_whole_day_so_that_one_day_writes_once(
    any_database: Database, people: People, siti: Found
) -> None:
    assert siti.forget_at % DAY == 0
    assert NOON + YEAR <= siti.forget_at < NOON + YEAR + DAY
    with any_database.turn() as db:
        people.save(db, siti, SITI, TOLD, LIST, NOON + 3600)
    assert found(any_database, SITI).forget_at == siti.forget_at
    with any_database.turn() as db:
        people.save(db, siti, SITI, TOLD, LIST, NOON + DAY)
    assert found(any_database, SITI).forget_at == siti.forget_at + DAY


def test_the_overdue_are_erased_so_many_at_once(any_database: Database, people: People) -> None:
    with any_database.turn() as db:
        for number in range(1, 6):
            people.add(db, number, Address("kiosk", str(number), 60), TOLD, LIST, NOON)
        people.add(db, 6, SITI, TOLD, LIST, NOON)
    with any_database.turn() as db:
        assert people.forget_overdue(db, NOON + 59) == 0
        assert [people.forget_overdue(db, NOON + 60, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert is_known(any_database, SITI)
    assert (rows(any_database, "person"), rows(any_database, "conversation")) == (1, 1)


def test_an_update_is_new_once(database: Database) -> None:
    people = people_of(database)
    with database.turn() as db:
        first = [people.first_time(db, 5, NOON) for _ in range(5)]
    assert first == [True, False, False, False, False]
    with database.turn() as db:
        assert not people.first_time(db, 5, NOON + DAY)


def test_update_ids_are_a_set_in_which_lower_ones_may_come_later(database: Database) -> None:
    people, ids = people_of(database), (700_000_001, 3, 700_000_000, 2**62, 3)
    with database.turn() as db:
        first = [people.first_time(db, number, NOON) for number in ids]
    assert first == [True, True, True, True, False]


@pytest.mark.parametrize("seen", [True, False])
def test_a_failed_update_is_marked_and_never_new_again(
    any_database: Database, people: People, seen: bool
) -> None:
    with any_database.turn() as db:
        if seen:
            people.first_time(db, 5, NOON)
        people.first_time(db, 6, NOON)
        people.mark_failed(db, 5, NOON)
        assert not people.first_time(db, 5, NOON)
        failed = db.execute(select(SEEN.c.update_id).where(SEEN.c.failed)).scalars().all()
    assert failed == [5]


def test_update_ids_are_dropped_after_seven_days(database: Database) -> None:
    people = people_of(database)
    with database.turn() as db:
        people.first_time(db, 5, NOON)
        people.forget_overdue(db, NOON + SEEN_SECONDS - 1)
        assert not people.first_time(db, 5, NOON)
        people.forget_overdue(db, NOON + SEEN_SECONDS)
        assert people.first_time(db, 5, NOON)


def test_rows_hold_no_plain_text(any_database: Database, siti: Found) -> None:
    with any_database.look() as db:
        tables = [table.name for table in SQLModel.metadata.sorted_tables]
        raw = [db.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables]
    assert "gAAAA" in str(raw)
    assert [word for word in PERSONAL if word in str(raw)] == []


def test_files_hold_no_plain_text(url: str, database: Database) -> None:
    with database.turn() as db:
        people_of(database).add(db, 11, SITI, TOLD, LIST, NOON)
    file = Path(url.removeprefix("sqlite:///"))
    wal = file.with_name(file.name + "-wal").read_bytes()
    assert b"gAAAA" in wal
    written = file.read_bytes() + wal
    assert [word for word in PERSONAL if word.encode() in written] == []


def test_after_a_new_key_people_are_found_and_read(any_url: str) -> None:
    old = open_database(any_url, KEY)
    with old.turn() as db:
        people_of(old).add(db, 11, SITI, TOLD, LIST, NOON)
    old.close()
    both = open_database(any_url, f"{NEW_KEY}, {KEY}")
    here = found(both, SITI)
    with both.turn() as db:
        people_of(both).save(db, here, SITI, TOLD.of_age(), Home(), NOON)
    now = found(both, SITI)
    both.close()
    assert (here.person, here.state) == (TOLD, LIST)
    assert (now.person, now.state, now.revision) == (TOLD.of_age(), Home(), 2)


def test_after_a_new_key_somebody_whose_time_had_come_is_added_once(any_url: str) -> None:
    later = NOON + KIOSK.keeps
    old = open_database(any_url, KEY)
    with old.turn() as db:
        people_of(old).add(db, 1, KIOSK, TOLD, LIST, NOON)
    old.close()
    both = open_database(any_url, f"{NEW_KEY},{KEY}")
    with both.turn() as db:
        people_of(both).add(db, 2, KIOSK, Person(), Home(), later)
    assert found(both, KIOSK, later).id == 2
    assert rows(both, "person") == 1
    both.close()


@pytest.mark.parametrize("update_id", range(1, 6))
def test_two_threads_with_the_same_update_act_once(database: Database, update_id: int) -> None:
    def act(db: Connection, number: int) -> bool:
        return people_of(database).first_time(db, update_id, NOON)

    assert sorted(at_once(database, act)) == [False, True]
    assert rows(database, "seen_update") == 1


def test_two_threads_with_first_messages_of_one_person_make_one_row(
    any_database: Database, people: People
) -> None:
    def arrive(db: Connection, number: int) -> int:
        here = people.find(db, SITI, NOON)
        if here:
            return people.save(db, here, SITI, TOLD, Home(), NOON)
        return people.add(db, number, SITI, TOLD, LIST, NOON)

    at_once(any_database, arrive, times=4)
    assert (rows(any_database, "person"), rows(any_database, "conversation")) == (1, 1)
    assert found(any_database, SITI).person == TOLD


def test_two_threads_that_step_from_one_revision_step_one_after_the_other(
    any_database: Database, people: People, siti: Found
) -> None:
    steps = {1: Home(), 2: Welcome()}

    def step(db: Connection, number: int) -> int:
        here = people.find(db, SITI, NOON)
        assert here is not None
        return people.save(db, here, SITI, TOLD, steps[number], NOON)

    assert sorted(at_once(any_database, step)) == [2, 3]
    with any_database.look() as db:
        assert db.execute(select(func.max(CONVERSATION.c.revision))).scalar() == 3
