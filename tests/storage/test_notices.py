"""Notices and reports of suspicious ones, the same on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from flows.home import Home
from flows.notices.kept import OPEN, PUBLISHED, Stage
from flows.person import Person
from storage.database import Database
from storage.notices import Kept, Notices
from storage.offices import DAY
from storage.people import Address
from tests.play import NOON, YEAR
from tests.storage.test_people import at_once, people_of, rows

X, Y, REGENCY = "33.07.10.2004", "33.07.12.2007", "33.07"
TODAY = date(2026, 11, 22)
SITI, ANI, BUDI = 11, 12, 13
"""Two officers by the number of their office, and a person."""

DRAFT = Kept(
    id=5, number="482913", kind="p3mi", stage="draft", area=X, written_by=SITI, approved_by=0,
    version=1, answers=(("source", "Disnaker Wonosobo"), ("country", "taiwan"), ("age", "18-40")),
    topics=("jobs", "country:taiwan", "sector:factory"), targets=(X,), corrects=0,
    closes_on=TODAY, changed_at=NOON, go_at=0, reached=0, planned=False, accepted=0, report="",
    forget_at=NOON + 30 * DAY,
)  # fmt: skip

NOTICES = Notices()


def keep(database: Database, **changes: Any) -> Kept:
    """A notice that differs so from the draft; its number follows its id."""
    number = f"{changes.get('id', DRAFT.id):06d}"
    kept = replace(DRAFT, **({"number": number} | changes))
    with database.turn() as db:
        assert NOTICES.add(db, kept)
    return kept


def found(database: Database, number: int = DRAFT.id) -> Kept | None:
    with database.look() as db:
        return NOTICES.find(db, number)


def ids(kept: tuple[Kept, ...]) -> list[int]:
    return [notice.id for notice in kept]


def save(database: Database, old: Kept, **changes: Any) -> bool:
    with database.turn() as db:
        return NOTICES.save(db, old, replace(old, **changes))


def suspect(database: Database, number: int, person: int | None, **changes: Any) -> bool:
    with database.turn() as db:
        values: dict[str, Any] = {"notice": DRAFT.id, "reason": "fee", "now": NOON} | changes
        return NOTICES.suspect(db, number, person=person, **values)


@pytest.fixture
def budi(any_database: Database) -> int:
    with any_database.turn() as db:
        address = Address("telegram", "13", YEAR)
        people_of(any_database).add(db, BUDI, address, Person(), Home(), NOON)
    return BUDI


def test_a_notice_is_found_as_it_was_added(any_database: Database) -> None:
    kept = keep(any_database, targets=(REGENCY, "35.01.01.2001"), report='{"sent":3}', corrects=9)
    with any_database.turn() as db:
        assert NOTICES.find(db, 5) == NOTICES.find(db, 5, hold=True) == kept
        assert NOTICES.numbered(db, "000005") == kept
        assert NOTICES.find(db, 6) is NOTICES.numbered(db, "5") is None


def test_a_draft_may_have_nothing_yet(any_database: Database) -> None:
    empty = keep(any_database, answers=(), topics=(), targets=(), closes_on=None)
    assert found(any_database) == empty


def test_a_number_that_is_taken_adds_nothing(any_database: Database) -> None:
    keep(any_database, number="111111")
    with any_database.turn() as db:
        assert not NOTICES.add(db, replace(DRAFT, id=6, number="111111"))
        assert NOTICES.find(db, 6) is None
    assert rows(any_database, "notice_target") == 1


def test_of_two_with_one_number_at_once_one_is_added(any_database: Database) -> None:
    added = at_once(any_database, lambda db, n: NOTICES.add(db, replace(DRAFT, id=n)), times=3)
    assert sorted(added) == [False, False, True]


def test_what_is_saved_is_written_wholly(any_database: Database) -> None:
    old = keep(any_database)
    new: dict[str, Any] = {
        "stage": "held", "version": 2, "answers": (("country", "korea"),), "approved_by": ANI,
        "topics": ("news",), "targets": (REGENCY, Y), "closes_on": TODAY + timedelta(3),
        "changed_at": NOON + 1, "go_at": NOON + 600, "forget_at": NOON + YEAR, "kind": "news",
    }  # fmt: skip
    assert save(any_database, old, **new)
    assert found(any_database) == replace(old, **new)


@pytest.mark.parametrize(
    "moved", [{"version": 2}, {"stage": "held"}, {"version": 2, "answers": ()}]
)
def test_what_was_changed_meanwhile_is_not_saved_over(
    any_database: Database, moved: dict[str, Any]
) -> None:
    old = keep(any_database)
    assert save(any_database, old, **moved)
    assert not save(any_database, old, stage="waiting", targets=(Y,))
    assert found(any_database) == replace(old, **moved)


def test_what_is_gone_cannot_be_saved(any_database: Database) -> None:
    assert not save(any_database, DRAFT, stage="held")


def test_of_two_who_save_at_once_one_is_refused(any_database: Database) -> None:
    old = keep(any_database)
    done = at_once(
        any_database, lambda db, n: NOTICES.save(db, old, replace(old, version=2, approved_by=n))
    )
    assert sorted(done) == [False, True]


def test_saving_counts_nothing_back(any_database: Database) -> None:
    """The sender counts in the same row while an officer stops the notice."""
    old = keep(any_database, stage="sending")
    assert save(any_database, old, accepted=500, reached=77)
    assert save(any_database, old, stage="stopped", go_at=NOON)
    assert found(any_database) == replace(
        old, stage="stopped", go_at=NOON, accepted=500, reached=77
    )


def test_a_dropped_notice_goes_with_its_targets_and_reports(
    any_database: Database, budi: int
) -> None:
    keep(any_database, targets=(X, Y))
    keep(any_database, id=6)
    suspect(any_database, 1, budi)
    with any_database.turn() as db:
        NOTICES.drop(db, 5)
    assert found(any_database) is None
    assert [rows(any_database, it) for it in ("notice", "notice_target", "suspicion")] == [1, 1, 0]


def test_ones_newest_draft_is_the_one_changed_last(any_database: Database) -> None:
    keep(any_database, id=1, changed_at=NOON + 9)
    keep(any_database, id=2)
    keep(any_database, id=3, changed_at=NOON + 20, stage="held")
    keep(any_database, id=4, changed_at=NOON + 20, written_by=ANI)
    keep(any_database, id=5, changed_at=NOON + 20, area=Y)
    with any_database.look() as db:
        newest = [NOTICES.newest_draft(db, X, it) for it in ([SITI], [SITI, ANI], [99], [])]
        assert [it and it.id for it in newest] == [1, 4, None, None]
        assert ids(NOTICES.drafts(db, [SITI])) == [5, 1, 2]
        assert NOTICES.drafts(db, []) == ()


def test_the_people_of_an_area_see_what_is_open_and_for_them_the_first_to_close_first(
    any_database: Database,
) -> None:
    late, over = TODAY + timedelta(9), TODAY - timedelta(1)
    for number, changes in enumerate[dict[str, Any]]((
        {"targets": (X,), "closes_on": late}, {"targets": (REGENCY, Y)}, {"targets": ("33",)},
        {"targets": ("",)}, {"targets": (Y,)}, {"targets": ("33.07.1",)}, {"targets": ("35",)},
        {"closes_on": over}, {"closes_on": None}, {"targets": ()},
    )):  # fmt: skip
        keep(any_database, **({"id": number, "stage": "sent"} | changes))
    with any_database.look() as db:
        assert ids(NOTICES.open_for(db, X, TODAY)) == [1, 2, 3, 0]
        assert ids(NOTICES.open_for(db, X, late)) == [0]
        assert ids(NOTICES.open_for(db, "33.07.10", TODAY)) == [1, 2, 3]
        assert ids(NOTICES.open_for(db, "35.01", TODAY)) == [3, 6]
        assert ids(NOTICES.open_for(db, "", TODAY)) == [3]


@pytest.mark.parametrize("stage", get_args(Stage))
def test_only_what_is_sending_or_sent_is_open(any_database: Database, stage: Stage) -> None:
    """What was stopped on the way has to close, too, because some have it."""
    keep(any_database, stage=stage)
    with any_database.look() as db:
        assert bool(NOTICES.open_for(db, X, TODAY)) == (stage in OPEN)
        assert NOTICES.count_for(db, X, TODAY) == (stage in OPEN)
        closing = NOTICES.closing(db, TODAY + timedelta(1))
    assert bool(closing) == (stage in OPEN or stage == "stopped")


def test_what_an_office_sent_alone_is_counted_in_people(any_database: Database) -> None:
    for number, changes in enumerate[dict[str, Any]]((
        {}, {"accepted": 5, "stage": "stopped"}, {"approved_by": ANI}, {"written_by": ANI},
        {"stage": "held"}, {"changed_at": NOON - DAY},
    )):  # fmt: skip
        keep(any_database, **({"id": number, "stage": "sent", "accepted": 12} | changes))
    with any_database.look() as db:
        alone = [NOTICES.alone(db, office, NOON - DAY) for office in (SITI, ANI, 99)]
    assert alone == [17, 12, 0]


def test_what_is_over_has_to_close_the_day_after(any_database: Database) -> None:
    keep(any_database, id=1, stage="sent")
    keep(any_database, id=2, stage="sending", closes_on=TODAY - timedelta(1))
    keep(any_database, id=3, stage="sent", closes_on=None)
    with any_database.look() as db:
        assert ids(NOTICES.closing(db, TODAY)) == [2]
        assert ids(NOTICES.closing(db, TODAY + timedelta(1))) == [2, 1]


def test_in_an_area_the_newest_change_stands_first_and_drafts_only_of_ones_own(
    any_database: Database,
) -> None:
    for number, area in enumerate((X, Y, REGENCY, "35", "33.070", "33")):
        keep(any_database, id=number, area=area, stage="sent", changed_at=NOON + number)
    keep(any_database, id=8, changed_at=NOON + 8)
    keep(any_database, id=9, changed_at=NOON + 9, written_by=ANI)
    with any_database.look() as db:
        assert ids(NOTICES.inside(db, REGENCY, [SITI], 9)) == [8, 2, 1, 0]
        assert ids(NOTICES.inside(db, REGENCY, [SITI, ANI], 3)) == [9, 8, 2]
        assert ids(NOTICES.inside(db, X, [], 9)) == [0]
        assert ids(NOTICES.inside(db, "", [], 9)) == [5, 4, 3, 2, 1, 0]


def test_those_that_wait_for_a_second_person_stand_with_the_oldest_first(
    any_database: Database,
) -> None:
    for number, area in enumerate((X, Y, "35")):
        keep(any_database, id=number, area=area, stage="waiting", changed_at=NOON - number)
    keep(any_database, id=8, stage="held")
    with any_database.look() as db:
        assert ids(NOTICES.waiting(db, [REGENCY])) == [1, 0]
        assert ids(NOTICES.waiting(db, [X, "35"])) == [2, 0]
        assert ids(NOTICES.waiting(db, [""])) == [2, 1, 0]
        assert NOTICES.waiting(db, []) == ()


def test_a_correction_counts_once_it_is_published(any_database: Database) -> None:
    keep(any_database, stage="sent")
    correction = keep(any_database, id=6, corrects=5, stage="held")
    with any_database.look() as db:
        assert NOTICES.correction_of(db, 5) is None
    assert save(any_database, correction, stage="sending")
    with any_database.look() as db:
        assert NOTICES.correction_of(db, 5) == replace(correction, stage="sending")
        assert NOTICES.correction_of(db, 6) is None


def test_the_sender_looks_at_what_has_been_due_longest_first(any_database: Database) -> None:
    for number, go_at in enumerate((NOON, NOON - 5, 0, NOON + 1), start=1):
        keep(any_database, id=number, go_at=go_at)
    with any_database.look() as db:
        assert ids(NOTICES.due(db, NOON)) == [2, 1]
        assert ids(NOTICES.due(db, NOON + 1)) == [2, 1, 4]


def test_somebody_reports_a_notice_once(any_database: Database, budi: int) -> None:
    keep(any_database, stage="sent")
    keep(any_database, id=6, stage="sent")
    assert suspect(any_database, 1, budi)
    assert not suspect(any_database, 2, budi, reason="office")
    assert suspect(any_database, 3, budi, notice=6)
    with any_database.look() as db:
        assert NOTICES.suspicions(db, 5) == (("fee", 1),)


def test_at_the_kiosk_nobody_is_somebody(any_database: Database, budi: int) -> None:
    keep(any_database, stage="sent")
    reasons = enumerate(("office", "fee", "office", "fee", "office", "account"))
    assert all(suspect(any_database, number, None, reason=it) for number, it in reasons)
    with any_database.look() as db:
        assert NOTICES.suspicions(db, 5) == (("office", 3), ("fee", 2), ("account", 1))
        assert NOTICES.suspicions(db, 6) == ()


def test_a_report_stays_when_who_made_it_goes(any_database: Database, budi: int) -> None:
    keep(any_database, stage="sent")
    suspect(any_database, 1, budi)
    with any_database.turn() as db:
        people_of(any_database).forget(db, budi)
        assert NOTICES.suspicions(db, 5) == (("fee", 1),)


def test_a_coordinator_sees_what_was_reported_in_their_areas_the_latest_first(
    any_database: Database,
) -> None:
    for number, area in enumerate((X, Y, "35.01"), start=1):
        keep(any_database, id=number, area=area, stage="sent")
    keep(any_database, id=4, stage="held")
    for number, (notice, at) in enumerate(((1, 5), (1, 7), (2, 6), (3, 9), (4, 9), (2, -9))):
        suspect(any_database, number, None, notice=notice, now=NOON + at)
    suspect(any_database, 9, None, notice=1, now=NOON, reason="other")
    with any_database.look() as db:

        def seen(*areas: str, since: int = NOON) -> list[tuple[int, str, int]]:
            return [(it.id, why, n) for it, why, n in NOTICES.suspected(db, areas, since)]

        assert seen(REGENCY) == [(1, "fee", 2), (2, "fee", 1), (1, "other", 1)]
        assert seen(REGENCY, since=NOON + 6) == [(1, "fee", 1), (2, "fee", 1)]
        assert seen(Y, "35", since=0) == [(3, "fee", 1), (2, "fee", 2)]
        assert seen() == []


@pytest.mark.parametrize("stage", get_args(Stage))
def test_only_published_notices_are_seen_as_reported(any_database: Database, stage: Stage) -> None:
    keep(any_database, stage=stage)
    suspect(any_database, 1, None)
    with any_database.look() as db:
        assert bool(NOTICES.suspected(db, [X], NOON)) == (stage in PUBLISHED)


def test_a_notice_is_erased_when_its_time_has_come(any_database: Database) -> None:
    for number in range(5):
        keep(any_database, id=number, forget_at=NOON)
    keep(any_database, id=9, forget_at=NOON + 1)
    with any_database.turn() as db:
        assert NOTICES.forget_overdue(db, NOON - 1) == 0
        assert [NOTICES.forget_overdue(db, NOON, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [rows(any_database, it) for it in ("notice", "notice_target")] == [1, 1]


def test_rows_hold_no_answer_that_could_be_read(any_database: Database) -> None:
    keep(any_database)
    with any_database.look() as db:
        kept = str(db.exec_driver_sql("SELECT * FROM notice").all())
    assert "gAAAA" in kept
    assert "Disnaker" not in kept
