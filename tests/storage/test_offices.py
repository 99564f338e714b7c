"""Offices, invitations and guesses, the same on SQLite and PostgreSQL: given, found, ended."""

import pytest
from sqlmodel import SQLModel

from flows.home import Home
from flows.person import Person
from flows.rights import Role
from storage.database import Database, open_database
from storage.offices import (
    DAY,
    GUESSES_LAST,
    INVITATION_LASTS,
    REMEMBERED,
    TERM,
    UNDO,
    Kept,
    Offices,
    Waiting,
)
from storage.people import Address
from tests.conftest import KEY
from tests.play import NOON, YEAR
from tests.storage.test_people import NEW_KEY, people_of, rows

X, Y, REGENCY = "33.07.10.2004", "33.07.12.2007", "33.07"
CODE = "ABCD-EFGH-JKLM-NPQR"
SITI, ANI = 11, 12
"""Two persons by their number."""


def offices_of(database: Database) -> Offices:
    return Offices(database.vault, database.engine.dialect)


@pytest.fixture
def offices(any_database: Database) -> Offices:
    """The repository, and two persons who hold nothing."""
    with any_database.turn() as db:
        for number in (SITI, ANI):
            address = Address("telegram", str(number), YEAR)
            people_of(any_database).add(db, number, address, Person(), Home(), NOON)
    return offices_of(any_database)


def seat(
    database: Database, number: int, *, person: int = SITI, role: Role = "officer", area: str = X,
    name: str = "Siti Aminah", by: int = 0, now: int = NOON,
) -> None:  # fmt: skip
    with database.turn() as db:
        given = Waiting(0, role, area, by, now + DAY)
        offices_of(database).add(db, number, person, given, name, now)


def invite(database: Database, code: str = CODE, area: str = X, number: int = 7) -> None:
    with database.turn() as db:
        offices_of(database).invite(db, number, code, "officer", area, 5, NOON)


def held(database: Database, person: int = SITI, now: int = NOON) -> list[int]:
    with database.look() as db:
        return [office.id for office in offices_of(database).held(db, person, now)]


def found(database: Database, number: int) -> Kept:
    with database.look() as db:
        office = offices_of(database).find(db, number)
    assert office is not None
    return office


def named(database: Database, name: str, now: int = NOON) -> list[int]:
    with database.look() as db:
        return [office.id for office in offices_of(database).named(db, name, now)]


def opened(database: Database, code: str = CODE, now: int = NOON) -> Waiting | None:
    with database.look() as db:
        return offices_of(database).opened(db, code, now)


def raw(database: Database) -> str:
    """Every row but those of areas, of which some are called like people."""
    with database.look() as db:
        names = [table.name for table in SQLModel.metadata.sorted_tables if table.name != "area"]
        return str([db.exec_driver_sql(f"SELECT * FROM {name}").all() for name in names])


def test_an_office_is_found_as_it_was_given(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5, by=3)
    office = Kept(5, SITI, "officer", X, "Siti Aminah", 3, NOON, NOON + TERM, None)
    assert found(any_database, 5) == office
    with any_database.look() as db:
        assert offices.held(db, SITI, NOON) == (office,)


def test_where_nothing_was_given_nothing_is_found(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    assert held(any_database, ANI) == []
    with any_database.look() as db:
        assert offices.find(db, 6) is None
        assert offices.inside(db, Y, NOON) == ()


def test_somebody_may_hold_several_the_oldest_first(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 9, area=Y, now=NOON - 10)
    seat(any_database, 5)
    seat(any_database, 6)
    assert held(any_database) == [9, 5, 6]


def test_an_office_lasts_a_year(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    assert held(any_database, now=NOON + TERM - 1) == [5]
    assert held(any_database, now=NOON + TERM) == []
    assert not found(any_database, 5).holds(NOON + TERM)


def test_an_extended_office_lasts_a_year_from_then(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    seat(any_database, 6)
    with any_database.turn() as db:
        offices.extend(db, 5, NOON + 300 * DAY)
    assert held(any_database, now=NOON + TERM + 299 * DAY) == [5]
    assert found(any_database, 6).until_at == NOON + TERM


def test_an_ended_office_is_known_and_held_no_more(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    seat(any_database, 6)
    with any_database.turn() as db:
        assert offices.end(db, 5, NOON + 1)
        assert not offices.end(db, 5, NOON + 2)
        assert not offices.end(db, 99, NOON)
    assert held(any_database, now=NOON + 3) == [6]
    assert found(any_database, 5).ended_at == NOON + 1
    assert named(any_database, "Siti Aminah", NOON + 3) == [6]


def test_an_area_holds_what_lies_in_it_and_nothing_that_only_begins_so(
    any_database: Database, offices: Offices
) -> None:
    for number, place in ((2, "32.12"), (3, REGENCY), (4, ""), (5, X), (6, Y), (7, "33.070")):
        seat(any_database, number, area=place)
        invite(any_database, f"code-{number}", place, number)
    for area, inside in {
        "": {2, 3, 4, 5, 6, 7}, REGENCY: {3, 5, 6}, "33.07.10": {5}, X: {5}, Y: {6}, "33.0": set(),
        "33.070": {7}, "3": set(), "33.07.10.2": set(), "07": set(), "33": {3, 5, 6, 7},
    }.items():  # fmt: skip
        with any_database.look() as db:
            assert {office.id for office in offices.inside(db, area, NOON)} == inside, area
            assert {waiting.id for waiting in offices.waiting(db, area, NOON)} == inside, area


def test_in_an_area_the_highest_stand_first(any_database: Database, offices: Offices) -> None:
    for number, place in ((5, X), (4, REGENCY), (3, X), (2, "")):
        seat(any_database, number, area=place, now=NOON + number)
    with any_database.look() as db:
        assert [office.id for office in offices.inside(db, "", NOON)] == [2, 4, 3, 5]


def test_in_an_area_only_those_count_who_hold_their_office_now(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    seat(any_database, 6)
    seat(any_database, 7, now=NOON - TERM)
    with any_database.turn() as db:
        offices.end(db, 6, NOON)
        assert [office.id for office in offices.inside(db, X, NOON)] == [5]


def test_an_office_can_be_undone_for_seven_days(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5, by=3)
    seat(any_database, 6, by=4)
    seat(any_database, 7, by=8)
    with any_database.turn() as db:
        last = NOON + UNDO - 1
        assert [office.id for office in offices.given_lately(db, [3, 4], last)] == [5, 6]
        assert offices.given_lately(db, [3, 4], last + 1) == ()
        assert offices.given_lately(db, [], NOON) == ()
        offices.end(db, 5, NOON)
        assert [office.id for office in offices.given_lately(db, [3, 4], NOON)] == [6]


@pytest.mark.parametrize("written", ["Siti Aminah", "Hj. Siti Aminah"])
def test_a_name_is_found_however_it_is_written(
    any_database: Database, offices: Offices, written: str
) -> None:
    seat(any_database, 5, name=written)
    for asked in (
        "Siti Aminah", "siti aminah", "SITI  AMINAH", "Bu Siti Aminah", "ibu hajah siti aminah",
        "Hj. Siti Aminah", " Siti\tAminah. ", "Síti Aminah", "Mbak Siti-Aminah", "ＳＩＴＩ aminah",
    ):  # fmt: skip
        assert named(any_database, asked) == [5], asked


def test_another_name_finds_nobody(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    for asked in (
        "", " ", "Bu", "Pak Haji", "Siti", "Aminah", "Aminah Siti", "Siti Aminah Binti", "H", "5",
        "Siti Amina", "SitiAminah", "%", "Siti%", "Siti _minah", "Ѕiti Aminah", "' OR 1=1 --",
        "name:siti aminah",
    ):  # fmt: skip
        assert named(any_database, asked) == [], asked


def test_several_of_one_name_are_all_found_the_highest_area_first(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    seat(any_database, 6, person=ANI, area=REGENCY, role="coordinator", name="Ibu Siti Aminah")
    seat(any_database, 7, area=Y, now=NOON - TERM)
    assert named(any_database, "siti aminah") == [6, 5]


def test_nothing_but_titles_is_no_name_that_could_be_found(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5, name="Haji")
    assert named(any_database, "Haji") == []


def test_after_a_new_key_names_and_codes_are_still_found(any_url: str) -> None:
    old = open_database(any_url, KEY)
    with old.turn() as db:
        address = Address("telegram", "11", YEAR)
        people_of(old).add(db, SITI, address, Person(), Home(), NOON)
    seat(old, 5)
    invite(old)
    old.close()
    both = open_database(any_url, f"{NEW_KEY},{KEY}")
    said = named(both, "Siti Aminah"), found(both, 5).name, opened(both), held(both)
    both.close()
    assert said[:2] == ([5], "Siti Aminah")
    assert said[2:] == (Waiting(7, "officer", X, 5, NOON + INVITATION_LASTS), [5])


def test_rows_hold_no_name(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    kept = raw(any_database)
    assert "gAAAA" in kept
    assert "siti" not in kept.lower()


def test_guesses_count_for_an_hour_and_for_each_alone(
    any_database: Database, offices: Offices
) -> None:
    with any_database.turn() as db:
        for number in range(5):
            offices.guess(db, number, "code:telegram:11", NOON + number)
        offices.guess(db, 9, "name:telegram:11", NOON)
        assert offices.guesses(db, "code:telegram:11", NOON + 4) == 5
        assert offices.guesses(db, "name:telegram:11", NOON + 4) == 1
        assert offices.guesses(db, "code:telegram:1", NOON + 4) == 0
        counts = [
            offices.guesses(db, "code:telegram:11", NOON + GUESSES_LAST + n) for n in range(6)
        ]
    assert counts == [4, 3, 2, 1, 0, 0]
    assert "telegram:11" not in raw(any_database)


def test_what_has_had_its_time_is_erased_by_its_rule(
    any_database: Database, offices: Offices
) -> None:
    """Guesses after an hour, invitations after a day, offices a year after their end."""
    seat(any_database, 5)
    seat(any_database, 6)
    invite(any_database)
    with any_database.turn() as db:
        offices.guess(db, 1, "code:telegram:11", NOON)
        offices.end(db, 6, NOON + 5)
    left: list[tuple[int, list[int]]] = []
    for now in (
        NOON + GUESSES_LAST - 1, NOON + GUESSES_LAST, NOON + DAY - 1, NOON + DAY,
        NOON + 5 + REMEMBERED - 1, NOON + 5 + REMEMBERED,
        NOON + TERM + REMEMBERED - 1, NOON + TERM + REMEMBERED,
    ):  # fmt: skip
        with any_database.turn() as db:
            erased = offices.forget_overdue(db, now)
        tables = [rows(any_database, name) for name in ("guess", "invitation", "office")]
        left.append((erased, tables))
    assert left == [
        (0, [1, 1, 2]), (1, [0, 1, 2]), (0, [0, 1, 2]), (1, [0, 0, 2]),
        (0, [0, 0, 2]), (1, [0, 0, 1]), (0, [0, 0, 1]), (1, [0, 0, 0]),
    ]  # fmt: skip


def test_an_office_goes_with_its_person(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    seat(any_database, 6, person=ANI)
    with any_database.turn() as db:
        people_of(any_database).forget(db, SITI)
    assert rows(any_database, "office") == 1
    assert named(any_database, "Siti Aminah") == [6]
