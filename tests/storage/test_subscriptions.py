"""What people chose to receive, the same on SQLite and PostgreSQL."""

import pytest

from flows.home import Home
from flows.person import Person
from storage.database import Database
from storage.people import Address
from storage.subscriptions import Subscriptions
from tests.play import NOON, YEAR
from tests.storage.test_people import at_once, people_of, rows

X, Y = "33.07.10.2004", "33.07.12.2007"
SITI, ANI = 11, 12

SUBSCRIPTIONS = Subscriptions()


@pytest.fixture
def both(any_database: Database) -> Database:
    """Siti and Ani, who receive nothing yet."""
    with any_database.turn() as db:
        for number in (SITI, ANI):
            address = Address("telegram", str(number), YEAR)
            people_of(any_database).add(db, number, address, Person(), Home(), NOON)
    return any_database


def add(database: Database, *chosen: tuple[str, str], person: int = SITI) -> None:
    with database.turn() as db:
        for topic, area in chosen:
            SUBSCRIPTIONS.add(db, person, topic, area)


def remove(database: Database, topic: str, person: int = SITI) -> int:
    with database.turn() as db:
        return SUBSCRIPTIONS.remove(db, person, topic)


def of(database: Database, person: int = SITI) -> tuple[tuple[str, str], ...]:
    with database.look() as db:
        return SUBSCRIPTIONS.of(db, person)


def test_somebody_receives_what_they_chose(both: Database) -> None:
    add(both, ("news", X), ("jobs", Y), ("jobs", X))
    assert of(both) == (("jobs", X), ("jobs", Y), ("news", X))
    assert of(both, ANI) == ()


def test_to_choose_twice_is_to_choose_once(both: Database) -> None:
    add(both, ("jobs", X), ("jobs", X))
    add(both, ("jobs", X))
    assert of(both) == (("jobs", X),)


def test_two_doors_may_choose_the_same_at_once(both: Database) -> None:
    at_once(both, lambda db, _: SUBSCRIPTIONS.add(db, SITI, "jobs", X), times=3)
    assert of(both) == (("jobs", X),)


def test_a_topic_is_left_about_all_areas(both: Database) -> None:
    add(both, ("jobs", X), ("jobs", Y), ("news", X))
    add(both, ("jobs", X), person=ANI)
    assert remove(both, "jobs") == 2
    assert remove(both, "jobs") == 0
    assert (of(both), of(both, ANI)) == ((("news", X),), (("jobs", X),))


def test_everything_is_left_at_once(both: Database) -> None:
    add(both, ("jobs", X), ("country:taiwan", Y), ("news", X))
    add(both, ("jobs", X), person=ANI)
    assert remove(both, "") == 3
    assert (of(both), of(both, ANI)) == ((), (("jobs", X),))


def test_subscriptions_go_with_their_person(both: Database) -> None:
    add(both, ("jobs", X), ("news", X))
    with both.turn() as db:
        people_of(both).forget(db, SITI)
    assert rows(both, "subscription") == 0
