"""The trail, the same on SQLite and PostgreSQL: read by area, and never changed by anybody."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.trail import Line, Trail
from tests.play import NOON
from tests.storage.test_offices import REGENCY, SITI, Offices, X, Y, seat
from tests.storage.test_offices import offices as offices
from tests.storage.test_people import people_of, rows

CHANGES = (
    "UPDATE trail SET by = 0",
    "UPDATE trail SET detail = '' WHERE id = (SELECT min(id) FROM trail)",
    "DELETE FROM trail",
    "DELETE FROM trail WHERE area = '33.07.10.2004'",
    "INSERT INTO trail (id, at, area, by, deed, detail) SELECT id, at, area, 0, deed, detail"
    " FROM trail WHERE true ON CONFLICT (id) DO UPDATE SET by = 0",
)
ONLY_SQLITE = (
    "REPLACE INTO trail (id, at, area, by, deed, detail)"
    " SELECT id, at, area, 0, deed, detail FROM trail",
    "UPDATE OR REPLACE trail SET id = id + 1",
)
ONLY_POSTGRESQL = ("TRUNCATE trail", "TRUNCATE trail CASCADE", "TRUNCATE trail RESTART IDENTITY")


def note(database: Database, area: str, deed: str = "fact", by: int = 0, at: int = NOON) -> None:
    with database.turn() as db:
        Trail().note(db, at, by, area, deed, "hours")


def read(database: Database, area: str, start: int = 0, most: int = 100) -> list[Line]:
    with database.look() as db:
        return [*Trail().read(db, area, start, most)]


def test_a_deed_is_read_as_it_was_noted(any_database: Database, offices: Offices) -> None:
    seat(any_database, 5)
    note(any_database, X, by=5)
    assert read(any_database, X) == [Line(NOON, X, 5, "Siti Aminah", "fact", "hours")]


def test_the_newest_deed_stands_first_even_within_one_second(any_database: Database) -> None:
    for at, deed in ((NOON, "one"), (NOON, "two"), (NOON - 9, "three")):
        note(any_database, X, deed, at=at)
    assert [line.deed for line in read(any_database, X)] == ["three", "two", "one"]


def test_the_trail_is_read_some_at_a_time(any_database: Database) -> None:
    for number in range(5):
        note(any_database, X, str(number))
    pages = [[line.deed for line in read(any_database, X, start, 2)] for start in (0, 2, 4, 6)]
    assert pages == [["4", "3"], ["2", "1"], ["0"], []]


def test_an_area_has_the_deeds_in_it_and_none_of_what_only_begins_so(
    any_database: Database,
) -> None:
    areas = (X, Y, "33.07.10", REGENCY, "33", "", "33.070", "33.0", "133.07", "33.07.1", "32.12")
    for area in areas:
        note(any_database, area)
    for area, inside in {
        X: {X}, "33.07.10": {X, "33.07.10"}, "33.07.1": {"33.07.1"}, "32": {"32.12"}, "": {*areas},
        REGENCY: {X, Y, "33.07.10", "33.07.1", REGENCY}, "33.070": {"33.070"}, "33.0": {"33.0"},
        "33": {*areas} - {"", "133.07", "32.12"}, "3": set(), "07": set(), "33.07.": set(),
    }.items():  # fmt: skip
        assert {line.area for line in read(any_database, area)} == inside, area


def test_the_operator_has_no_name(any_database: Database) -> None:
    note(any_database, X, by=0)
    assert [(line.by, line.name) for line in read(any_database, X)] == [(0, "")]


def test_whoever_has_ended_is_still_named_and_whoever_is_erased_is_a_number(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    note(any_database, X, by=5)
    with any_database.turn() as db:
        offices.end(db, 5, NOON)
    assert read(any_database, X)[0].name == "Siti Aminah"
    with any_database.turn() as db:
        people_of(any_database).forget(db, SITI)
    assert read(any_database, X) == [Line(NOON, X, 5, "", "fact", "hours")]


def test_an_office_that_is_forgotten_leaves_its_deeds(
    any_database: Database, offices: Offices
) -> None:
    seat(any_database, 5)
    note(any_database, X, by=5)
    with any_database.turn() as db:
        assert offices.forget_overdue(db, NOON + 10 * 366 * 24 * 3600) == 1
    assert [line.name for line in read(any_database, X)] == [""]


def test_nobody_can_change_the_trail(any_database: Database) -> None:
    for number in range(3):
        note(any_database, X, str(number), by=number)
    before = read(any_database, X)
    for change in (*CHANGES, *(ONLY_SQLITE if any_database.is_sqlite else ONLY_POSTGRESQL)):
        with pytest.raises(DBAPIError), any_database.turn() as db:
            db.execute(text(change))
        assert read(any_database, X) == before, change


def test_it_says_that_it_is_only_added_to(any_database: Database) -> None:
    note(any_database, X)
    for change in CHANGES:
        with pytest.raises(DBAPIError, match="only added to"), any_database.turn() as db:
            db.execute(text(change))


def test_a_turn_that_fails_notes_nothing(any_database: Database) -> None:
    with pytest.raises(ZeroDivisionError), any_database.turn() as db:
        Trail().note(db, NOON, 5, X, "fact")
        raise ZeroDivisionError
    assert rows(any_database, "trail") == 0
