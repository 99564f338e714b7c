"""The outbox, the same on SQLite and PostgreSQL: who gets what once, and how each of it ended."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, func, insert, select, update

from flows.areas import zone_of
from flows.home import Home
from flows.notices.kept import Audience, Report
from flows.person import Person
from flows.rights import covers
from storage import outbox_audience
from storage.database import Database, open_database
from storage.notices import NOTICE, Kept, Notices
from storage.offices import DAY
from storage.outbox import Claimed, Done, Outbox
from storage.outbox_audience import COPY, DELIVERY, SUBSCRIPTION, ZONE
from storage.outbox_report import KEPT
from storage.people import PERSON, Address
from storage.subscriptions import Subscriptions
from tests.conftest import KEY, prepare
from tests.play import NOON, YEAR
from tests.postgresql import Cluster
from tests.storage.test_notices import DRAFT, TODAY
from tests.storage.test_people import at_once, insist, people_of, rows

X, Y, REGENCY = "33.07.10.2004", "33.07.12.2007", "33.07"
LOMBOK, PAPUA = "52.02.01.2001", "91.01.01.2001"
ALL = (0, 7, 8, 9)
LEASE = 60
EVERYBODY = 1_000
JOB = replace(
    DRAFT, stage="sending", topics=("jobs", "country:taiwan", "sector:factory"),
    targets=(REGENCY,), closes_on=TODAY + timedelta(9), go_at=NOON, forget_at=NOON + YEAR,
)  # fmt: skip

NOTICES, SUBSCRIPTIONS = Notices(), Subscriptions()


class Post:
    """An outbox in a database of its own: each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.outbox = Outbox(database.vault, database.engine.dialect)

    def person(
        self, number: int, *wants: tuple[str, str], language: str = "", door: str = "telegram",
        keeps: int = YEAR,
    ) -> None:  # fmt: skip
        with self.database.turn() as db:
            address = Address(door, str(number), keeps, writable=door == "telegram")
            told = Person(language=language)
            people_of(self.database).add(db, number, address, told, Home(), NOON)
            for topic, area in wants:
                SUBSCRIPTIONS.add(db, number, topic, area)

    def people(self, numbers: Sequence[int]) -> None:
        """All of X, for any job."""
        for number in numbers:
            self.person(number, ("jobs", X))

    def notice(self, **changes: Any) -> Kept:
        kept = replace(JOB, **({"number": f"{changes.get('id', JOB.id):06d}"} | changes))
        with self.database.turn() as db:
            assert NOTICES.add(db, kept)
        return kept

    def read(self, notice: Kept) -> Kept:
        with self.database.look() as db:
            found = NOTICES.find(db, notice.id)
        assert found is not None
        return found

    def plan(self, notice: Kept, most: int = EVERYBODY, now: int = NOON) -> int:
        """Until everybody has a delivery; how many are new."""
        made = 0
        while True:
            with self.database.turn() as db:
                planned = self.outbox.plan(db, notice, now, most)
            made += planned.made
            if planned.finished:
                return made

    def sent_to(self, notice: Kept, people: Sequence[int]) -> None:
        """Everybody of these, and nobody else, has got it."""
        self.people([number for number in people if not self.is_known(number)])
        self.plan(notice)
        claimed = self.claim()
        self.record([Done(it.id, "sent", "", message=it.person, sent_at=NOON) for it in claimed])

    def is_known(self, number: int) -> bool:
        with self.database.look() as db:
            return db.execute(select(PERSON.c.id).where(PERSON.c.id == number)).first() is not None

    def claim(
        self, claim: int = 1, *, zones: Sequence[int] = ALL, now: int = NOON, most: int = EVERYBODY
    ) -> tuple[Claimed, ...]:
        with self.database.turn() as db:
            return self.outbox.claim(db, claim, zones, now, now + LEASE, most)

    def record(self, done: Sequence[Done], claim: int = 1) -> int:
        with self.database.turn() as db:
            return self.outbox.record(db, claim, done)

    def do(self, job: Callable[..., Any], *args: Any, **named: Any) -> Any:
        with self.database.turn() as db:
            return job(db, *args, **named)

    def report(self, notice: Kept = JOB) -> Report:
        with self.database.look() as db:
            report = self.outbox.report(db, notice)
        assert adds_up(report)
        return report

    def deliveries(self, notice: Kept = JOB) -> list[Any]:
        """Rows of a notice in the order of persons."""
        with self.database.look() as db:
            found = select(DELIVERY).where(DELIVERY.c.about == notice.id)
            return list(db.execute(found.order_by(DELIVERY.c.person_id)))

    def receivers(self, notice: Kept = JOB) -> list[int]:
        return [row.person_id for row in self.deliveries(notice)]

    def unreachable(self) -> list[int]:
        with self.database.look() as db:
            gone = select(PERSON.c.id).where(PERSON.c.unreachable_at.is_not(None))
            return sorted(db.execute(gone).scalars())

    def erase(self, person: int) -> None:
        with self.database.turn() as db:
            people_of(self.database).forget(db, person)


def adds_up(report: Report) -> bool:
    """In people; and of those sent no more can have been changed than there are."""
    accepted, sent, *others = astuple(report)[:7]
    changed = astuple(report)[7:]
    return accepted == sent + sum(others) and min(astuple(report)) >= 0 and sum(changed) <= sent


@pytest.fixture
def post(any_database: Database) -> Post:
    return Post(any_database)


@pytest.fixture
def two_senders(cluster: Cluster) -> Iterator[tuple[Post, Post]]:
    """Two processes on one PostgreSQL."""
    url = cluster.new_database()
    prepare(url)
    both = open_database(url, KEY), open_database(url, KEY)
    yield Post(both[0]), Post(both[1])
    for database in both:
        database.close()


@contextmanager
def tried(database: Database) -> Iterator[Connection]:
    """A transaction that leaves nothing."""
    with database.engine.connect() as db:
        yield db
        db.rollback()


# Whom a notice is for


def test_whoever_wants_it_there_gets_it_and_nobody_else(post: Post) -> None:
    post.person(1, ("jobs", X))
    post.person(2, ("country:taiwan", REGENCY))
    post.person(3, ("sector:factory", Y))
    post.person(4, ("country:korea", X))
    post.person(5, ("news", X))
    post.person(6, ("jobs", "33"))
    post.person(7, ("jobs", "33.08.01.2001"))
    post.person(8)
    post.notice()
    assert post.plan(JOB) == 3
    assert post.receivers() == [1, 2, 3]


def test_people_are_a_set(post: Post) -> None:
    """However many of its topics and areas somebody asks for."""
    wants = [(topic, area) for topic in JOB.topics for area in (X, Y, REGENCY)]
    post.person(1, *wants)
    post.person(2, *wants)
    kept = post.notice(targets=(REGENCY, X, Y, "33.07.10"))
    with post.database.look() as db:
        assert post.outbox.audience(db, JOB.topics, kept.targets, NOON).people == 2
    assert post.plan(kept, most=1) == 2
    assert post.receivers() == [1, 2]


@pytest.mark.parametrize("targets", [(X,), (X, Y), (REGENCY,), ("33", X), ("",), ("", "33"), ()])
def test_an_area_means_what_lies_in_it(post: Post, targets: tuple[str, ...]) -> None:
    areas = [X, Y, REGENCY, "33.07.10", "33.070.1", "33.08", "33", "3", "34.01.01.2001", "33.07."]
    for number, area in enumerate(areas):
        post.person(number + 1, ("jobs", area))
    wanted = [n + 1 for n, area in enumerate(areas) if any(covers(it, area) for it in targets)]
    with post.database.look() as db:
        assert post.outbox.audience(db, JOB.topics, targets, NOON).people == len(wanted)
    post.plan(post.notice(targets=targets))
    assert post.receivers() == wanted


AREAS = st.sampled_from(["", "33", "33.07", "33.07.10", X, Y, "52", LOMBOK, "91", "33.08"])
TOPICS = st.sampled_from(["jobs", "news", "country:taiwan", "country:korea"])
WANTS = st.frozensets(st.tuples(TOPICS, AREAS.filter(bool)), max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(st.tuples(WANTS, st.booleans(), st.booleans()), max_size=8),
    topics=st.frozensets(TOPICS, min_size=1).map(tuple),
    targets=st.frozensets(AREAS, min_size=1, max_size=3).map(tuple),
    most=st.integers(1, 4), stretch=st.integers(1, 9),
)  # fmt: skip
def test_of_any_crowd_exactly_those_get_it_who_want_it_and_can(
    post: Post, people: list[Any], topics: tuple[str, ...], targets: tuple[str, ...], most: int,
    stretch: int,
) -> None:  # fmt: skip
    kept = replace(JOB, topics=topics, targets=targets)
    meant = {
        number: [zone_of(area) for topic, area in wants
                 if topic in topics and any(covers(target, area) for target in targets)]
        for number, (wants, _, _) in enumerate(people, start=1)
    }  # fmt: skip
    can = {n for n, (_, blocked, old) in enumerate(people, start=1) if not blocked and not old}
    with tried(post.database) as db, pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox_audience, "STRETCH", stretch)
        crowd(db, people)
        assert NOTICES.add(db, kept)
        audience = post.outbox.audience(db, topics, targets, NOON)
        made = planned(post.outbox, db, kept, most)
        got = dict(db.execute(select(DELIVERY.c.person_id, DELIVERY.c.zone)).all())
        now = NOTICES.find(db, kept.id)
    assert got == {number: min(zones) for number, zones in meant.items() if zones and number in can}
    assert now and (now.accepted, now.planned, audience.people) == (made, True, made)
    assert made == len(got)


def crowd(db: Connection, people: Sequence[tuple[frozenset[tuple[str, str]], bool, bool]]) -> None:
    """Rows as they may stand: some have blocked us, the time of others has come."""
    for number, (wants, blocked, old) in enumerate(people, start=1):
        row = {"id": number, "known_as": str(number).encode(), "told": "{}", "since": NOON}
        forget_at = NOON if old else NOON + YEAR
        unreachable_at = NOON if blocked else None
        db.execute(insert(PERSON).values(**row, forget_at=forget_at, unreachable_at=unreachable_at))
        for topic, area in wants:
            SUBSCRIPTIONS.add(db, number, topic, area)


def planned(outbox: Outbox, db: Connection, kept: Kept, most: int) -> int:
    made = 0
    for _ in range(200):
        batch = outbox.plan(db, kept, NOON, most)
        made += batch.made
        assert batch.made <= most
        if batch.finished:
            return made
    raise AssertionError("it never ends")


def test_who_cannot_be_reached_or_is_to_be_forgotten_is_left_out(post: Post) -> None:
    post.people([1, 2, 4])
    post.person(3, ("jobs", X), keeps=0)
    post.do(mark_unreachable, 2)
    post.notice()
    with post.database.look() as db:
        assert post.outbox.audience(db, JOB.topics, JOB.targets, NOON) == Audience(2, 0, 1)
    assert post.plan(JOB) == 2
    assert post.receivers() == [1, 4]


def mark_unreachable(db: Connection, person: int) -> None:
    db.execute(update(PERSON).where(PERSON.c.id == person).values(unreachable_at=NOON))


def test_an_audience_is_told_in_numbers(post: Post) -> None:
    post.people([1, 2, 3])
    post.person(4, ("news", X), ("country:korea", X))
    post.person(5, ("jobs", X), ("news", X))
    post.person(6, ("news", Y))
    post.person(7, ("news", "35"), ("jobs", "35"))
    post.do(mark_unreachable, 3)
    with post.database.look() as db:
        ask = post.outbox.audience
        assert ask(db, JOB.topics, (REGENCY,), NOON) == Audience(3, 2, 1)
        assert ask(db, JOB.topics, (X,), NOON) == Audience(3, 1, 1)
        assert ask(db, ("news",), (X, Y), NOON) == Audience(3, 3, 0)
        assert ask(db, ("news",), ("34",), NOON) == Audience(0, 0, 0)


def test_the_zone_is_that_of_the_area_in_every_province(post: Post) -> None:
    provinces = [f"{number}.01" for number in range(11, 100)]
    with tried(post.database) as db:
        crowd(db, [(frozenset({("jobs", area)}), False, False) for area in provinces])
        found = dict(db.execute(select(SUBSCRIPTION.c.area, ZONE)).all())
    assert found == {area: zone_of(area) for area in provinces}


def test_a_new_delivery_waits_to_be_sent_at_once(post: Post) -> None:
    post.person(1, ("jobs", PAPUA), ("jobs", LOMBOK))
    post.plan(post.notice(targets=("",)), now=NOON + 3)
    (row,) = post.deliveries()
    assert (row.kind, row.status, row.task, row.zone, row.rank) == (COPY, "waiting", "send", 8, 1)
    assert (row.made_at, row.due_at, row.claim, row.attempts) == (NOON + 3, NOON + 3, 0, 0)


def test_a_notice_for_nobody_is_planned_at_once(post: Post) -> None:
    post.notice()
    with post.database.turn() as db:
        batch = post.outbox.plan(db, JOB, NOON, 10)
    assert (batch.made, batch.reached, batch.finished) == (0, 0, True)
    assert post.read(JOB).planned


# Batches that may be cut off


@pytest.mark.parametrize("most", [1, 2, 3, 7, 50])
def test_batches_together_reach_everybody_once(post: Post, most: int) -> None:
    post.people(range(1, 8))
    kept = post.notice()
    assert post.plan(kept, most) == 7
    now = post.read(kept)
    assert (now.planned, now.accepted) == (True, 7)
    assert post.receivers() == [1, 2, 3, 4, 5, 6, 7]


def test_a_batch_that_is_cut_off_never_was(post: Post) -> None:
    post.people(range(1, 8))
    kept = post.notice()
    for cut_off in (True, False, True, True, False, False, True, False):
        with post.database.engine.connect() as db:
            post.outbox.plan(db, kept, NOON, 2)
            db.rollback() if cut_off else db.commit()
        now = post.read(kept)
        assert (now.accepted, now.reached) == (
            len(post.deliveries()),
            max(post.receivers(), default=0),
        )
    assert (now.accepted, now.planned, post.receivers()) == (7, True, [1, 2, 3, 4, 5, 6, 7])


def test_planning_again_from_where_it_began_makes_nothing_more(post: Post) -> None:
    post.people([1, 2, 3])
    kept = post.notice()
    assert [post.plan(kept, 2), post.plan(kept, 2), post.plan(kept)] == [3, 0, 0]
    assert post.read(kept).accepted == 3


def test_two_planners_at_once_count_everybody_once(post: Post) -> None:
    post.people(range(1, 9))
    kept = post.notice()
    with ThreadPoolExecutor(2) as pool:
        plan = lambda db: post.outbox.plan(db, kept, NOON, 2)  # noqa: E731
        jobs = [pool.submit(insist, post.database, plan) for _ in range(12)]
        made = sum(job.result().made for job in jobs)
    while not post.read(kept).planned:
        made += post.do(post.outbox.plan, kept, NOON, 2).made
    assert (made, post.read(kept).accepted, len(post.deliveries())) == (8, 8, 8)


def test_where_hardly_anybody_wants_it_a_batch_still_ends_soon(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_audience, "STRETCH", 3)
    for number in range(1, 11):
        post.person(number, ("news", X))
    post.people([11])
    kept = post.notice()
    batches = [post.do(post.outbox.plan, kept, NOON, 100) for _ in range(4)]
    assert [(it.made, it.reached, it.finished) for it in batches] == [
        (0, 3, False), (0, 6, False), (0, 9, False), (1, 11, True),
    ]  # fmt: skip


# Corrections


def test_a_correction_is_for_those_who_got_the_first_and_want_anything_still(post: Post) -> None:
    post.people(range(1, 7))
    post.do(SUBSCRIPTIONS.add, 1, "news", LOMBOK)
    first = post.notice()
    post.plan(first)
    ids = {it.person: it.id for it in post.claim(most=5)}
    ends = {1: "sent", 2: "refused", 3: "unreachable", 4: "sent", 5: "sent"}
    post.record([Done(ids[number], end, "") for number, end in ends.items()])  # type: ignore[arg-type]
    post.people([7])
    post.do(SUBSCRIPTIONS.remove, 1, "jobs")
    post.do(SUBSCRIPTIONS.remove, 4, "")
    post.do(mark_unreachable, 5)
    second = post.notice(id=6, corrects=first.id)
    with post.database.look() as db:
        asked = post.outbox.audience(db, second.topics, second.targets, NOON, corrects=first.id)
    assert asked == Audience(1, 0, 1)
    assert post.plan(second, most=1) == 1
    assert post.receivers(second) == [1]
    assert post.read(second).planned


def test_who_wants_nothing_any_more_gets_no_correction_that_waits(post: Post) -> None:
    first = post.notice()
    post.sent_to(first, [1, 2])
    post.plan(post.notice(id=6, corrects=first.id))
    post.do(SUBSCRIPTIONS.add, 1, "news", LOMBOK)
    for person in (1, 2):
        post.do(SUBSCRIPTIONS.remove, person, "jobs")
    ended = [post.do(post.outbox.cancel_unwanted, person) for person in (1, 2)]
    assert ended == [0, 1]


def test_a_correction_keeps_the_zone_though_the_first_is_being_changed(post: Post) -> None:
    post.person(1, ("jobs", LOMBOK))
    post.person(2, ("jobs", PAPUA))
    first = post.notice(targets=("52", "91"))
    post.sent_to(first, [1, 2])
    post.do(post.outbox.again, first.id, "correct", NOON, 1)
    second = post.notice(id=6, corrects=first.id, targets=("52",))
    post.plan(second)
    assert [row.zone for row in post.deliveries(second)] == [8, 9]


# Nudges


def test_an_officer_is_nudged_once_about_the_same(post: Post) -> None:
    post.people([1, 2, 3, 4])
    post.do(mark_unreachable, 3)
    post.do(post.outbox.nudge, "approve", 5, [(1, 7), (2, 9), (3, 7), (99, 7)], NOON)
    post.do(post.outbox.nudge, "approve", 5, [(1, 7), (4, 7)], NOON + 1)
    post.do(post.outbox.nudge, "ended", 5, [(1, 7)], NOON + 2)
    post.do(post.outbox.nudge, "ended", 6, [], NOON)
    nudges = [(row.kind, row.person_id, row.zone, row.rank) for row in post.deliveries()]
    assert sorted(nudges) == [
        ("approve", 1, 7, 0), ("approve", 2, 9, 0), ("approve", 4, 7, 0), ("ended", 1, 7, 0),
    ]  # fmt: skip


def test_once_a_nudge_has_ended_there_may_be_another(post: Post) -> None:
    post.people([1, 2])
    post.do(post.outbox.nudge, "approve", 5, [(1, 7), (2, 7)], NOON)
    (first,) = post.claim(most=1)
    post.record([Done(first.id, "sent", "", message=1)])
    post.do(post.outbox.nudge, "approve", 5, [(1, 7), (2, 7)], NOON + 1)
    again = post.claim(2, now=NOON + 1)
    assert sorted((it.person, it.attempts) for it in again) == [(1, 1), (2, 1)]


def test_a_nudge_counts_for_no_notice(post: Post) -> None:
    post.people([1])
    kept = post.notice()
    post.do(post.outbox.nudge, "ended", kept.id, [(1, 7)], NOON)
    assert post.do(post.outbox.cancel, kept.id, 10, NOON) == 0
    assert post.do(post.outbox.cancel_unwanted, 1) == 0
    assert post.do(post.outbox.waiting, kept.id) == 0
    assert post.report() == Report(0, 0, 0, 0, 0, 0, 0)


# Claims


def test_what_is_claimed_says_all_that_a_sender_needs(post: Post) -> None:
    post.person(1, ("jobs", X), language="jv")
    kept = post.notice()
    post.plan(kept)
    (claimed,) = post.claim()
    assert claimed == Claimed(claimed.id, COPY, kept.id, 1, "telegram:1", "jv", "send", 1, 0, 0, "")


def test_who_chose_no_language_reads_indonesian(post: Post) -> None:
    post.people([1])
    post.plan(post.notice())
    assert [it.language for it in post.claim()] == ["id"]


def test_whom_nobody_can_write_to_has_no_address(post: Post) -> None:
    post.person(1, ("jobs", X), door="kiosk")
    post.plan(post.notice())
    assert [it.address for it in post.claim()] == [None]


def test_a_row_that_the_key_cannot_read_holds_up_nobody(post: Post) -> None:
    post.people([1, 2])
    post.plan(post.notice())
    with post.database.turn() as db:
        spoilt = "UPDATE person SET address = 'gAAAAx', told = 'gAAAAx' WHERE id = 1"
        db.exec_driver_sql(spoilt)
    claimed = [(it.address, it.language) for it in post.claim()]
    assert claimed == [(None, "id"), ("telegram:2", "id")]


def test_what_is_claimed_is_nobody_elses(post: Post) -> None:
    post.people(range(1, 6))
    post.plan(post.notice())
    taken = [{it.person for it in post.claim(number, most=2)} for number in (1, 2, 3, 4)]
    assert [len(it) for it in taken] == [2, 2, 1, 0]
    assert set.union(*taken) == {1, 2, 3, 4, 5}


def test_only_awake_zones_are_claimed(post: Post) -> None:
    for number, area in enumerate((X, LOMBOK, PAPUA), start=1):
        post.person(number, ("jobs", area))
    post.plan(post.notice(targets=("",)))
    assert [it.person for it in post.claim(zones=(0,))] == []
    assert [it.person for it in post.claim(zones=(0, 8))] == [2]
    assert [it.person for it in post.claim(zones=(0, 7))] == [1]
    assert [it.person for it in post.claim(zones=ALL)] == [3]


def test_the_lowest_rank_goes_first_then_what_was_due_first_in_any_zone(post: Post) -> None:
    for number, area in enumerate((PAPUA, X, LOMBOK, X), start=1):
        post.person(number, ("jobs", area))
        post.plan(post.notice(id=number, targets=(area,), reached=number - 1), now=NOON + number)
    post.do(post.outbox.nudge, "ended", 1, [(4, 9)], NOON + 9)
    order = [post.claim(n, now=NOON + 9, most=1)[0] for n in range(1, 6)]
    assert [(it.kind, it.person) for it in order] == [
        ("ended", 4), (COPY, 1), (COPY, 2), (COPY, 3), (COPY, 4),
    ]  # fmt: skip


def test_nothing_is_claimed_before_it_is_due(post: Post) -> None:
    post.people([1])
    post.plan(post.notice(), now=NOON + 5)
    assert post.claim(now=NOON + 4) == ()
    assert len(post.claim(now=NOON + 5)) == 1


def test_what_nobody_recorded_in_time_is_anybodys_again(post: Post) -> None:
    post.people([1])
    post.plan(post.notice())
    (first,) = post.claim(1)
    assert post.claim(2, now=NOON + LEASE - 1) == ()
    (second,) = post.claim(2, now=NOON + LEASE)
    assert (first.id, first.attempts, second.attempts) == (second.id, 1, 2)


def test_who_was_frozen_past_the_lease_changes_nothing(post: Post) -> None:
    post.people([1, 2])
    post.plan(post.notice())
    mine = post.claim(1)
    post.claim(2, now=NOON + LEASE, most=1)
    kept = sum(post.record([Done(it.id, "sent", "", message=7)]) for it in mine)
    assert kept == 1
    assert post.report() == Report(2, 1, 0, 0, 1, 0, 0)
    assert post.do(post.outbox.release, 1, NOON + LEASE) == 0


def test_two_processes_never_claim_the_same_and_never_wait(
    two_senders: tuple[Post, Post],
) -> None:
    one, other = two_senders
    one.people(range(1, 7))
    one.plan(one.notice())
    with one.database.turn() as first, other.database.turn() as second:
        mine = one.outbox.claim(first, 1, ALL, NOON, NOON + LEASE, 4)
        theirs = other.outbox.claim(second, 2, ALL, NOON, NOON + LEASE, 4)
    taken = [it.person for it in (*mine, *theirs)]
    assert len(mine) == 4
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) + len(one.claim(3)) == 6


def test_many_claims_at_once_share_everything_out(post: Post) -> None:
    post.people(range(1, 31))
    post.plan(post.notice())

    def claim(db: Connection, number: int) -> list[int]:
        return [it.person for it in post.outbox.claim(db, number, ALL, NOON, NOON + LEASE, 4)]

    taken = [person for some in at_once(post.database, claim, times=6) for person in some]
    while more := post.claim(99, most=4):
        taken += [it.person for it in more]
    assert sorted(taken) == list(range(1, 31))


# Outcomes


def test_each_end_is_told_by_its_name(post: Post) -> None:
    post.people(range(1, 5))
    kept = post.notice()
    post.plan(kept)
    one, two, three, _ = post.claim()
    done = [
        Done(one.id, "sent", "", message=77, sent_at=NOON + 1),
        Done(two.id, "refused", "", "not-found"),
        Done(three.id, "unreachable", "", "blocked"),
    ]
    assert post.record(done) == 3
    found = [(row.status, row.reason, row.message, row.sent_at) for row in post.deliveries()]
    assert found == [
        ("sent", "", 77, NOON + 1), ("refused", "not-found", 0, 0),
        ("unreachable", "blocked", 0, 0), ("waiting", "", 0, 0),
    ]  # fmt: skip
    assert [row.due_at for row in post.deliveries()] == [None, None, None, NOON + LEASE]
    assert post.report() == Report(4, 1, 1, 1, 1, 0, 0)


def test_recording_nothing_records_nothing(post: Post) -> None:
    assert post.record([]) == 0
    assert post.record([Done(1, "sent", "")]) == 0


def test_what_is_put_off_costs_an_attempt_only_with_a_reason(post: Post) -> None:
    post.people([1])
    post.plan(post.notice())
    now, seen = NOON, []
    for reason in ("", "", "server", "", "network"):
        (it,) = post.claim(now=now)
        seen.append((it.attempts, it.reason))
        now += 10
        post.record([Done(it.id, "waiting", "send", reason, due_at=now)])
    (last,) = post.claim(now=now)
    assert seen == [(1, ""), (1, ""), (1, ""), (2, "server"), (2, "")]
    assert (last.attempts, last.reason) == (3, "network")


def test_who_blocks_us_is_never_written_to_again(post: Post) -> None:
    """Whatever else was on its way to them; until they write to us."""
    post.people([1, 2])
    older = post.notice(id=6)
    post.sent_to(older, [1, 2])
    post.do(post.outbox.again, older.id, "recall", NOON, 10)
    kept = post.notice()
    post.plan(kept)
    before = post.claim(2, most=1)
    assert [it.task for it in before] == ["recall"]
    post.do(post.outbox.release, 2, NOON)
    post.do(mark_unreachable, 1)
    assert [(it.person, it.task) for it in post.claim()] == [(2, "recall"), (2, "send")]
    ends = [(row.status, row.task, row.reason) for row in post.deliveries(kept)[:1]]
    ends += [(row.status, row.task, row.reason) for row in post.deliveries(older)[:1]]
    assert ends == [("unreachable", "", "blocked"), ("sent", "left", "blocked")]
    assert (post.report(kept).unreachable, post.report(older).left) == (1, 1)


@pytest.mark.parametrize(
    ("status", "reason", "gone"),
    [("unreachable", "blocked", True), ("unreachable", "deactivated", True),
     ("sent", "blocked", True), ("refused", "text", False), ("sent", "", False)],
)  # fmt: skip
def test_only_who_blocks_us_or_is_gone_becomes_unreachable(
    post: Post, status: Any, reason: str, gone: bool
) -> None:
    post.people([1, 2])
    post.plan(post.notice())
    claimed = post.claim()
    post.record([Done(claimed[0].id, status, "left" if status == "sent" else "", reason)])
    assert post.unreachable() == ([1] if gone else [])
    post.do(post.outbox.reachable_again, 1)
    assert post.unreachable() == []


def test_a_lost_claim_makes_nobody_unreachable(post: Post) -> None:
    post.people([1])
    post.plan(post.notice())
    (mine,) = post.claim(1)
    post.claim(2, now=NOON + LEASE)
    assert post.record([Done(mine.id, "unreachable", "", "blocked")]) == 0
    assert post.unreachable() == []


def test_what_is_given_back_is_due_at_once_and_cost_nothing(post: Post) -> None:
    post.people([1, 2, 3])
    post.plan(post.notice())
    mine = post.claim(1, most=2)
    post.record([Done(mine[0].id, "sent", "")])
    assert post.do(post.outbox.release, 1, NOON + 1) == 1
    again = post.claim(2, now=NOON + 1)
    assert sorted((it.person, it.attempts) for it in again) == [(2, 1), (3, 1)]


# Stopping


def test_a_stopped_notice_ends_in_batches(post: Post) -> None:
    post.people(range(1, 6))
    kept = post.notice()
    other = post.notice(id=6)
    post.plan(kept)
    post.plan(other)
    assert [post.do(post.outbox.cancel, kept.id, 2, NOON) for _ in range(4)] == [2, 2, 1, 0]
    assert post.report() == Report(5, 0, 0, 0, 0, 5, 0)
    assert {it.about for it in post.claim()} == {other.id}


def test_what_is_on_its_way_ends_as_its_sender_says(post: Post) -> None:
    post.people([1, 2, 3, 4])
    kept = post.notice()
    post.plan(kept)
    flying = post.claim(most=2)
    assert post.do(post.outbox.cancel, kept.id, 10, NOON) == 2
    assert post.do(post.outbox.waiting, kept.id) == 2
    post.record([
        Done(flying[0].id, "sent", "", message=1),
        Done(flying[1].id, "waiting", "send", due_at=NOON + 9),
    ])  # fmt: skip
    assert post.do(post.outbox.cancel, kept.id, 10, NOON) == 1
    assert post.report() == Report(4, 1, 0, 0, 0, 3, 0)


def test_a_sender_that_died_holds_up_no_stop(post: Post) -> None:
    """And if it was only frozen, what it sent still counts."""
    post.people([1, 2])
    kept = post.notice()
    post.plan(kept)
    flying = post.claim()
    assert post.do(post.outbox.cancel, kept.id, 10, NOON + LEASE - 1) == 0
    assert post.do(post.outbox.cancel, kept.id, 10, NOON + LEASE) == 2
    assert post.do(post.outbox.waiting, kept.id) == 0
    done = [Done(flying[0].id, "sent", "", message=1)]
    done.append(Done(flying[1].id, "waiting", "send", "network", due_at=NOON + 99))
    assert post.record(done) == 2
    assert post.report() == Report(2, 1, 0, 0, 0, 1, 0)
    assert post.claim(2, now=NOON + DAY) == ()


def test_who_wants_no_more_gets_no_more(post: Post) -> None:
    post.person(1, ("jobs", X), ("country:taiwan", X), ("news", X))
    post.people([2])
    job, news = post.notice(), post.notice(id=6, topics=("news",))
    post.plan(job)
    post.plan(news)
    assert post.do(post.outbox.cancel_unwanted, 1) == 0
    post.do(SUBSCRIPTIONS.remove, 1, "jobs")
    assert post.do(post.outbox.cancel_unwanted, 1) == 0  # it is about Taiwan, too
    post.do(SUBSCRIPTIONS.remove, 1, "country:taiwan")
    assert post.do(post.outbox.cancel_unwanted, 1) == 1
    assert sorted((it.about, it.person) for it in post.claim()) == [(5, 2), (6, 1)]


def test_what_one_wants_elsewhere_is_not_wanted_here(post: Post) -> None:
    post.person(1, ("jobs", X), ("country:taiwan", LOMBOK))
    post.plan(post.notice())
    post.do(SUBSCRIPTIONS.remove, 1, "jobs")
    assert post.do(post.outbox.cancel_unwanted, 1) == 1


def test_what_is_unwanted_on_its_way_is_not_tried_again_but_counts_where_it_was_sent(
    post: Post,
) -> None:
    post.people([1, 2])
    kept = post.notice()
    post.plan(kept)
    one, two = post.claim()
    for person in (1, 2):
        post.do(SUBSCRIPTIONS.remove, person, "")
        assert post.do(post.outbox.cancel_unwanted, person) == 1
    assert post.do(post.outbox.release, 1, NOON) == 0
    done = [Done(one.id, "waiting", "send", due_at=NOON), Done(two.id, "sent", "", message=9)]
    assert post.record(done) == 2
    assert post.report() == Report(2, 1, 0, 0, 0, 1, 0)
    assert post.claim(2, now=NOON + DAY) == ()


# Copies that are changed afterwards


def test_copies_are_changed_in_batches_before_what_is_new_and_at_any_hour(post: Post) -> None:
    post.person(9, ("news", LOMBOK))
    kept = post.notice()
    post.sent_to(kept, [1, 2, 3])
    post.plan(post.notice(id=6, topics=("news",), targets=("",)))
    again = [post.do(post.outbox.again, kept.id, "recall", NOON + 5, 2) for _ in range(3)]
    assert again == [2, 1, 0]
    assert post.report().changing == 3
    claimed = post.claim(2, zones=(0,), now=NOON + 5)
    assert [(it.task, it.message, it.sent_at, it.attempts) for it in claimed] == [
        ("recall", number, NOON, 1) for number in (1, 2, 3)
    ]
    ends = [Done(claimed[0].id, "sent", "deleted"), Done(claimed[1].id, "sent", "edited")]
    post.record([*ends, Done(claimed[2].id, "sent", "left", "not-found")], 2)
    assert post.report() == Report(3, 3, 0, 0, 0, 0, 0, deleted=1, edited=1, left=1)
    assert [row.message for row in post.deliveries()] == [1, 2, 3]
    assert post.do(post.outbox.again, kept.id, "recall", NOON, 9) == 0


def test_a_copy_sent_after_the_recall_is_found_by_a_later_look(post: Post) -> None:
    post.people([1, 2])
    kept = post.notice()
    post.plan(kept)
    one, two = post.claim()
    post.record([Done(one.id, "sent", "", message=1)])
    assert post.do(post.outbox.again, kept.id, "recall", NOON, 9) == 1
    assert post.do(post.outbox.waiting, kept.id) == 1
    post.record([Done(two.id, "sent", "", message=2)])
    assert post.do(post.outbox.waiting, kept.id) == 0
    assert post.do(post.outbox.again, kept.id, "recall", NOON, 9) == 1


def test_a_change_that_is_put_off_keeps_the_copy(post: Post) -> None:
    kept = post.notice()
    post.sent_to(kept, [1])
    post.do(post.outbox.again, kept.id, "close", NOON, 9)
    (it,) = post.claim(2)
    post.record([Done(it.id, "sent", "close", "server", due_at=NOON + 60)], 2)
    assert post.report() == Report(1, 1, 0, 0, 0, 0, 0, changing=1)
    (it,) = post.claim(3, now=NOON + 60)
    assert (it.task, it.message, it.attempts, it.reason) == ("close", 1, 2, "server")


# Numbers that add up


def test_who_erases_their_data_is_counted_as_erased(post: Post) -> None:
    kept = post.notice()
    post.sent_to(kept, [1, 2])
    post.people([3, 4])
    post.do(reach_again, kept)
    post.plan(kept)
    post.claim(2, most=1)
    for person in (1, 3):
        post.erase(person)
    assert post.report() == Report(4, 1, 0, 0, 1, 0, 2)
    assert post.record([Done(row.id, "sent", "") for row in post.deliveries()], 2) <= 1


def reach_again(db: Connection, kept: Kept) -> None:
    db.execute(update(NOTICE).where(NOTICE.c.id == kept.id).values(planned=False))


def test_somebody_erased_in_the_middle_of_planning_stays_counted(post: Post) -> None:
    post.people([1, 2, 3, 4])
    kept = post.notice()
    post.do(post.outbox.plan, kept, NOON, 2)
    post.erase(2)
    post.erase(3)
    assert post.plan(kept, 2) == 1
    assert post.report() == Report(3, 0, 0, 0, 2, 0, 1)


def test_a_report_is_of_the_moment_whatever_was_read_before(post: Post) -> None:
    kept = post.notice()
    post.sent_to(kept, [1, 2])
    assert post.report(kept) == post.report(post.read(kept)) == Report(2, 2, 0, 0, 0, 0, 0)
    assert post.report(replace(kept, id=99)) == Report(0, 0, 0, 0, 0, 0, 0)


def test_once_rows_are_erased_their_numbers_stay(post: Post) -> None:
    post.people(range(1, 9))
    kept = post.notice()
    post.plan(kept)
    ids = {it.person: it.id for it in post.claim(most=7)}
    ends = {1: "sent", 2: "refused", 3: "unreachable", 4: "sent", 5: "sent", 6: "sent"}
    post.record([Done(ids[number], end, "") for number, end in ends.items()])  # type: ignore[arg-type]
    post.erase(6)
    post.do(post.outbox.again, kept.id, "close", NOON, 9)
    (changed,) = post.claim(2, zones=(0,), most=1)
    post.record([Done(changed.id, "sent", "edited")], 2)
    before = post.report()
    assert before == Report(8, 3, 1, 1, 2, 0, 1, edited=1, changing=2)
    after = NOON + KEPT
    assert post.do(post.outbox.forget_overdue, after - 1) == 0
    assert post.do(post.outbox.forget_overdue, after, most=3) == 3
    half = post.report()
    assert (half.accepted, half.erased, half.sent) == (8, 1, 3)
    assert [post.do(post.outbox.forget_overdue, after, most=3) for _ in range(2)] == [3, 1]
    assert post.deliveries() == []
    assert post.report() == Report(8, 3, 1, 1, 0, 2, 1, edited=1, left=2)
    assert len(json.loads(post.read(kept).report)) > 3


def test_old_nudges_are_erased_with_no_report(post: Post) -> None:
    post.people([1])
    kept = post.notice()
    post.do(post.outbox.nudge, "ended", kept.id, [(1, 7)], NOON)
    assert post.do(post.outbox.forget_overdue, NOON + KEPT) == 1
    assert post.read(kept).report == ""


def test_what_is_new_stays_though_what_is_old_goes(post: Post) -> None:
    post.people([1])
    post.plan(post.notice())
    post.plan(post.notice(id=6), now=NOON + 1)
    assert post.do(post.outbox.forget_overdue, NOON + KEPT) == 1
    assert rows(post.database, "delivery") == 1


def test_even_the_greatest_report_fits_its_column() -> None:
    names = ("sent", "unreachable", "refused", "waiting", "cancelled", "deleted", "edited", "left")
    words = json.dumps(dict.fromkeys((*names, "changing"), 99_999_999), separators=(",", ":"))
    assert len(words) <= NOTICE.c.report.type.length


DEEDS = st.one_of(
    st.tuples(st.just("plan"), st.integers(1, 3)),
    st.tuples(st.just("claim"), st.integers(1, 3)),
    st.tuples(st.just("record"), st.sampled_from(
        ["sent", "refused", "unreachable", "later", "changed", "left"])),
    st.tuples(st.just("release"), st.integers(1, 3)),
    st.tuples(st.just("cancel"), st.integers(1, 3)),
    st.tuples(st.just("again"), st.sampled_from(["recall", "close", "correct"])),
    st.tuples(st.just("erase"), st.integers(1, 6)),
    st.tuples(st.just("unwanted"), st.integers(1, 6)),
    st.tuples(st.just("wait"), st.sampled_from([1, LEASE, KEPT])),
    st.tuples(st.just("forget"), st.integers(1, 4)),
)  # fmt: skip


class History:
    """Anything that can happen to a notice for six people, in any order."""

    def __init__(self, outbox: Outbox, db: Connection) -> None:
        self.outbox, self.db, self.now = outbox, db, NOON
        self.claimed: list[tuple[int, Claimed]] = []
        self.sent: set[int] = set()
        crowd(db, [(frozenset({("jobs", X)}), False, False)] * 6)
        assert NOTICES.add(db, JOB)

    def plan(self, most: int) -> None:
        self.outbox.plan(self.db, JOB, self.now, most)

    def claim(self, number: int) -> None:
        taken = self.outbox.claim(self.db, number, ALL, self.now, self.now + LEASE, 2)
        self.claimed += [(number, it) for it in taken]

    def record(self, outcome: str) -> None:
        if not self.claimed:
            return
        claim, it = self.claimed.pop(0)
        ours = self.outbox.record(self.db, claim, [self.done(it, outcome)])
        if ours and outcome == "sent" and it.task == "send":
            assert it.person not in self.sent, "sent twice under claims that both held"
            self.sent.add(it.person)

    def done(self, it: Claimed, outcome: str) -> Done:
        if outcome == "later":
            status = "waiting" if it.task == "send" else "sent"
            return Done(it.id, status, it.task, "server", due_at=self.now + 5)
        if it.task != "send":
            return Done(it.id, "sent", "edited" if outcome in ("sent", "changed") else "left")
        ends: dict[str, Any] = {"changed": "sent", "left": "refused"}
        status = ends.get(outcome, outcome)
        self.sent |= {it.person} if outcome == "changed" else set()
        return Done(it.id, status, "", "blocked" if status == "unreachable" else "", message=1)

    def release(self, number: int) -> None:
        self.outbox.release(self.db, number, self.now)

    def cancel(self, most: int) -> None:
        self.outbox.cancel(self.db, JOB.id, most, self.now)

    def again(self, task: Any) -> None:
        self.outbox.again(self.db, JOB.id, task, self.now, 2)

    def erase(self, person: int) -> None:
        self.db.execute(PERSON.delete().where(PERSON.c.id == person))

    def unwanted(self, person: int) -> None:
        SUBSCRIPTIONS.remove(self.db, person, "")
        self.outbox.cancel_unwanted(self.db, person)

    def wait(self, seconds: int) -> None:
        self.now += seconds

    def forget(self, most: int) -> None:
        self.outbox.forget_overdue(self.db, self.now, most)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(DEEDS, max_size=40))
def test_whatever_happens_the_numbers_add_up(post: Post, deeds: list[tuple[str, Any]]) -> None:
    with tried(post.database) as db:
        history = History(post.outbox, db)
        erased = 0
        for deed, value in deeds:
            getattr(history, deed)(value)
            report = post.outbox.report(db, JOB)
            assert adds_up(report), (deed, report)
            assert report.erased >= erased
            erased = report.erased
        held = db.execute(select(func.count()).where(DELIVERY.c.about == JOB.id)).scalar_one()
        assert report.accepted >= held if deeds else held == 0


# The pause, and what is counted


def test_a_pause_is_never_shortened(post: Post) -> None:
    assert post.do(post.outbox.paused_until) == 0
    seen = []
    for until in (NOON + 30.5, NOON + 3, NOON + 30.75, 0):
        post.do(post.outbox.pause, until)
        seen.append(post.do(post.outbox.paused_until))
    assert seen == [NOON + 30.5, NOON + 30.5, NOON + 30.75, NOON + 30.75]


def test_pauses_of_several_at_once_are_one(post: Post) -> None:
    at_once(post.database, lambda db, n: post.outbox.pause(db, NOON + n), times=4)
    assert post.do(post.outbox.paused_until) == NOON + 4


def test_what_is_left_to_do_is_counted(post: Post) -> None:
    assert post.do(post.outbox.counts) == {"waiting": 0, "claimed": 0}
    post.people([1, 2, 3])
    post.plan(post.notice())
    (it,) = post.claim(most=1)
    assert post.do(post.outbox.counts) == {"waiting": 3, "claimed": 1}
    post.record([Done(it.id, "sent", "")])
    assert post.do(post.outbox.counts) == {"waiting": 2, "claimed": 0}


# Two at once on PostgreSQL, where rows are locked one by one


@contextmanager
def in_the_middle(post: Post, job: Callable[[Connection], Any]) -> Iterator[Any]:
    """What is done inside happens while the job waits for a row that is locked outside."""
    started = Event()

    def begin(*_: object) -> None:
        started.set()

    def run() -> Any:
        with post.database.turn() as db:
            event.listen(db, "before_cursor_execute", begin)
            return job(db)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(run)
        started.wait(10)
        wait_for_lock(post)
        yield future
        future.result(20)


def wait_for_lock(post: Post) -> None:
    """Until somebody waits for somebody else's row; asked of the server, which knows."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    for _ in range(2000):
        with post.database.look() as db:
            if db.exec_driver_sql(waiting).scalar():
                return
    raise AssertionError("nobody waits")


def test_who_stops_while_a_batch_is_made_gets_nothing(two_senders: tuple[Post, Post]) -> None:
    post, planner = two_senders
    post.people([1, 2, 3])
    kept = post.notice()
    with post.database.engine.connect() as db:
        db.execute(select(PERSON).where(PERSON.c.id == 2).with_for_update())
        SUBSCRIPTIONS.remove(db, 2, "")
        post.outbox.cancel_unwanted(db, 2)
        with in_the_middle(planner, lambda it: planner.outbox.plan(it, kept, NOON, 10)):
            db.commit()
    assert {it.person for it in post.claim()} == {1, 3}
    assert post.report() == Report(2, 0, 0, 0, 2, 0, 0)


def test_who_erases_their_data_while_a_batch_is_made_gets_nothing(
    two_senders: tuple[Post, Post],
) -> None:
    post, planner = two_senders
    post.people([1, 2, 3])
    kept = post.notice()
    with post.database.engine.connect() as db:
        people_of(post.database).forget(db, 2)
        with in_the_middle(planner, lambda it: planner.outbox.plan(it, kept, NOON, 10)):
            db.commit()
    assert post.receivers() == [1, 3]
    assert post.report() == Report(2, 0, 0, 0, 2, 0, 0)


def test_a_second_planner_does_not_wait_for_the_first(two_senders: tuple[Post, Post]) -> None:
    one, other = two_senders
    one.people([1, 2, 3])
    kept = one.notice()
    with one.database.turn() as db:
        assert one.outbox.plan(db, kept, NOON, 2).made == 2
        with other.database.turn() as second:
            batch = other.outbox.plan(second, kept, NOON, 2)
    assert (batch.made, batch.finished) == (0, False)
    assert one.plan(kept) == 1


def test_an_officer_who_stops_a_notice_and_its_planner_never_lock_each_other_out(
    two_senders: tuple[Post, Post],
) -> None:
    """The officer is among those who get it."""
    post, planner = two_senders
    post.people([1, 2, 3])
    kept = post.notice()
    with post.database.engine.connect() as db:
        db.execute(select(PERSON).where(PERSON.c.id == 2).with_for_update())
        with in_the_middle(planner, lambda it: planner.outbox.plan(it, kept, NOON, 10)):
            held = NOTICES.find(db, kept.id, hold=True)
            assert held and NOTICES.save(db, held, replace(held, stage="stopped"))
            db.commit()
    now = post.read(kept)
    assert (now.stage, now.accepted, len(post.deliveries())) == ("stopped", 3, 3)


def test_who_is_erased_while_an_outcome_is_recorded_holds_up_nobody(
    two_senders: tuple[Post, Post],
) -> None:
    post, sender = two_senders
    post.people([1, 2])
    post.plan(post.notice())
    done = [Done(it.id, "unreachable", "", "blocked") for it in post.claim()]
    with post.database.engine.connect() as db:
        db.execute(select(PERSON).where(PERSON.c.id == 1).with_for_update())
        with in_the_middle(sender, lambda it: sender.outbox.record(it, 1, done)) as recorded:
            people_of(post.database).forget(db, 1)
            db.commit()
        assert recorded.result() == 1
    assert post.unreachable() == [2]
    assert post.report() == Report(2, 0, 1, 0, 0, 0, 1)


def test_what_another_is_at_work_on_is_passed_over(two_senders: tuple[Post, Post]) -> None:
    one, other = two_senders
    one.people([1, 2, 3])
    kept = one.notice()
    one.plan(kept)
    with one.database.turn() as db:
        one.outbox.claim(db, 1, ALL, NOON, NOON + LEASE, 1)
        assert other.do(other.outbox.cancel, kept.id, 10, NOON) == 2
    assert one.report() == Report(3, 0, 0, 0, 1, 2, 0)


# What keeps it quick


def explained(post: Post, job: Callable[[Connection], Any], table: str = "delivery") -> str:
    """How the database does the first statement of a job that is about a table."""
    run: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, words: str, values: Any, *_: Any) -> None:
        run.append((words, values))

    how = "EXPLAIN QUERY PLAN" if post.database.is_sqlite else "EXPLAIN"
    with tried(post.database) as db:
        event.listen(post.database.engine, "before_cursor_execute", note)
        job(db)
        event.remove(post.database.engine, "before_cursor_execute", note)
        words, values = next(it for it in run if table in it[0])
        return "\n".join(str(row[-1]) for row in db.exec_driver_sql(f"{how} {words}", values))


@pytest.fixture
def full(post: Post) -> Post:
    """Enough rows for PostgreSQL to look for the shortest way."""
    with post.database.turn() as db:
        crowd(db, [(frozenset({("jobs", X)}), False, False)])
        row = {"person_id": 1, "kind": COPY, "status": "waiting", "task": "send", "zone": 7}
        row |= {"rank": 1, "claim": 0, "attempts": 0, "message": 0, "sent_at": 0, "reason": ""}
        many = [row | {"about": n, "made_at": NOON, "due_at": NOON + n} for n in range(5_000)]
        db.execute(insert(DELIVERY), many)
        if not post.database.is_sqlite:
            db.exec_driver_sql("ANALYZE")
    return post


def test_a_claim_reads_a_range_of_its_index_for_each_zone_and_rank(full: Post) -> None:
    def claim(db: Connection) -> None:
        assert len(full.outbox.claim(db, 1, ALL, NOON + DAY, NOON + 2 * DAY, 10)) == 10

    how = explained(full, claim)
    assert how.count("ix_delivery_due") == 8
    assert "Seq Scan" not in how
    assert "SCAN delivery" not in how
    assert how.count("TEMP B-TREE") <= 1  # of at most eighty, to choose ten
    assert how.count("Sort") - how.count("Sort Key") <= 1


@pytest.mark.parametrize(
    ("name", "args", "index"),
    [("release", (5, NOON), "ix_delivery_claim"),
     ("cancel", (5, 10, NOON), "ix_delivery_about"),
     ("again", (5, "recall", NOON, 10), "ix_delivery_about"),
     ("waiting", (5,), "ix_delivery_about"),
     ("report", (JOB,), "ix_delivery_about"),
     ("cancel_unwanted", (5,), "person_id")],
)  # fmt: skip
def test_nothing_looks_through_the_whole_outbox(
    full: Post, name: str, args: tuple[Any, ...], index: str
) -> None:
    how = explained(full, lambda db: getattr(full.outbox, name)(db, *args))
    assert index in how
    assert "Seq Scan on delivery" not in how
    assert "SCAN delivery" not in how


def test_an_audience_is_looked_up_by_its_area(any_database: Database) -> None:
    post = Post(any_database)
    with post.database.turn() as db:
        crowd(db, [(frozenset({("jobs", X)}), False, False)])
        many = [{"person_id": 1, "topic": "t", "area": f"{n % 80 + 11}.{n}"} for n in range(9_000)]
        db.execute(insert(SUBSCRIPTION), many)
        if not post.database.is_sqlite:
            db.exec_driver_sql("ANALYZE")
    ask = lambda db: post.outbox.audience(db, JOB.topics, (REGENCY, X), NOON)  # noqa: E731
    how = explained(post, ask, "subscription")
    assert how.count("ix_subscription_area_topic") >= 2
    assert "Seq Scan on subscription" not in how
