"""The outbox: every message that we send first, from the moment it is accepted to how it ended.

Where several rows or tables are locked, persons come first, then deliveries, then the notice: in
that order everybody waits for somebody who goes on.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update
from sqlalchemy.engine import Dialect

from flows.notices.kept import Audience, Report
from flows.rights import covers
from storage import outbox_audience, outbox_report
from storage.models import NoticeTargetRow, PauseRow, insertion, table
from storage.notices import NOTICE, Kept
from storage.outbox_audience import CANCELLED, DELIVERY, IS_COPY, PERSON, Planned
from storage.outbox_claims import Claimed, Claims, Done, Status, Task
from storage.subscriptions import Subscriptions
from storage.vault import Vault

TARGET, PAUSE = table(NoticeTargetRow), table(PauseRow)

BATCH = 5_000
"""Deliveries that are made, cancelled or given a task in one transaction."""


class Outbox:
    """The repository of deliveries, and of the pause that all senders share."""

    def __init__(self, vault: Vault, dialect: Dialect) -> None:
        self._claims = Claims(vault, dialect)

    def plan(self, db: Connection, notice: Kept, now: int, most: int) -> Planned:
        """Make the deliveries of the next `most` persons, and write `reached`, `accepted` and
        `planned` of the notice with them: a batch happens wholly or not at all.

        Nobody gets two, however often it is asked and by however many; `finished` is False where
        somebody else is at it. Do not hold the notice before: somebody of the batch who wants to
        change it would wait for it, and be waited for.
        """
        return outbox_audience.plan(db, notice, now, most)

    def nudge(
        self, db: Connection, kind: str, about: int, persons: Sequence[tuple[int, int]], now: int
    ) -> None:
        """One to each person (with the zone they are in) who can be reached; another about the
        same.
        """
        for zone in sorted({zone for _, zone in persons}):
            there = [person for person, theirs in persons if theirs == zone]
            outbox_audience.nudge(db, kind, about, zone, there, now)

    def audience(
        self, db: Connection, topics: Sequence[str], targets: Sequence[str], now: int,
        corrects: int = 0,
    ) -> Audience:  # fmt: skip
        """Who would get a notice now; of a correction, of those who got the first, and no others
        are counted.
        """
        return outbox_audience.audience(db, topics, targets, now, corrects)

    def claim(
        self, db: Connection, claim: int, zones: Sequence[int], now: int, lease_until: int,
        most: int,
    ) -> tuple[Claimed, ...]:  # fmt: skip
        """The next in these zones, nobody else's until the lease is over.

        Of somebody who cannot be reached any more it ends here, so that fewer may come back, even
        none, while others wait.
        """
        return self._claims.claim(db, claim, zones, now, lease_until, most)

    def record(self, db: Connection, claim: int, done: Sequence[Done]) -> int:
        """Write what became of a claim; returns how many of them were still claimed so.

        May be repeated where the database was busy. What was cancelled meanwhile is not tried
        again, but counts as sent where it was.
        """
        return self._claims.record(db, claim, done)

    def release(self, db: Connection, claim: int, now: int) -> int:
        """Give back, undone, whatever of a claim is not recorded; it costs no attempt."""
        return self._claims.release(db, claim, now)

    def cancel(self, db: Connection, notice: int, most: int, now: int) -> int:
        """End what waits, at most so many at once; how many they were.

        What is claimed is left to its sender, who will say whether it went: after 0 there may be
        some that still count as `waiting`.
        """
        free = or_(DELIVERY.c.claim == 0, DELIVERY.c.due_at <= now)
        waits = _copies(notice, "waiting") & free
        return _change(db, waits, most, CANCELLED)

    def cancel_unwanted(self, db: Connection, person: int) -> int:
        """End what waits for somebody and is nothing that they still subscribe to.

        Also what is claimed: it is not tried again, but counts as sent where it was.
        """
        wants = Subscriptions().of(db, person)
        waiting = db.execute(
            select(DELIVERY.c.id, NOTICE.c.id.label("notice"), NOTICE.c.topics, NOTICE.c.corrects)
            .join(NOTICE, NOTICE.c.id == DELIVERY.c.about)
            .where(DELIVERY.c.person_id == person, IS_COPY)
            .where(DELIVERY.c.status == "waiting")
            .order_by(DELIVERY.c.id)
            .with_for_update(of=DELIVERY)
        ).all()
        unwanted = [row.id for row in waiting if not _is_wanted(db, row, wants)]
        ended = update(DELIVERY).where(DELIVERY.c.id.in_(unwanted))
        return db.execute(ended.values(**CANCELLED)).rowcount if unwanted else 0

    def again(self, db: Connection, notice: int, task: Task, now: int, most: int) -> int:
        """Give copies that were sent and never touched since a task, at most so many at once.

        It makes no sound, so that it is done at any hour, before what is new.
        """
        untouched = _copies(notice, "sent") & (DELIVERY.c.task == "")
        row = {"task": task, "zone": 0, "rank": 0, "due_at": now, "attempts": 0, "reason": ""}
        return _change(db, untouched, most, row)

    def waiting(self, db: Connection, notice: int) -> int:
        """How many are not sent yet; those on their way count, too."""
        return outbox_report.waiting(db, notice)

    def report(self, db: Connection, notice: Kept) -> Report:
        """As it is at this moment, whatever `notice` says of its numbers."""
        return outbox_report.report(db, notice.id)

    def counts(self, db: Connection) -> dict[str, int]:
        """`waiting`: whatever is still to be sent or changed; `claimed`: of that, on its way."""
        return outbox_report.counts(db)

    def pause(self, db: Connection, until: float) -> None:
        """Nobody may send before; never sooner than was said already."""
        write = insertion(db.dialect, PAUSE).values(id=1, until_at=until)
        later = PAUSE.c.until_at < until
        row = {"until_at": until}
        db.execute(write.on_conflict_do_update(index_elements=["id"], set_=row, where=later))

    def paused_until(self, db: Connection) -> float:
        """0 where nobody ever asked for a pause."""
        return db.execute(select(PAUSE.c.until_at)).scalar() or 0.0

    def forget_overdue(self, db: Connection, now: int, most: int = 2_000) -> int:
        """Erase what was made 90 days ago, at most so many at once; the report stays what it is,
        but that whatever waited so long has ended.
        """
        return outbox_report.forget_overdue(db, now, most)

    def reachable_again(self, db: Connection, person: int) -> None:
        """They wrote to us."""
        db.execute(update(PERSON).where(PERSON.c.id == person).values(unreachable_at=None))


def _copies(notice: int, status: Status) -> ColumnElement[bool]:
    return and_(DELIVERY.c.about == notice, IS_COPY, DELIVERY.c.status == status)


def _change(db: Connection, which: ColumnElement[bool], most: int, row: dict[str, Any]) -> int:
    """Change so many that nobody else is at work on. Rows are asked back to be counted: Python's
    driver of SQLite counts none where a statement begins with WITH.
    """
    free = select(DELIVERY.c.id).where(which).limit(most).with_for_update(skip_locked=True)
    some = DELIVERY.c.id.in_(select(free.cte("free").c.id))
    return len(
        db.execute(update(DELIVERY).where(some).values(**row).returning(DELIVERY.c.id)).all()
    )


def _is_wanted(
    db: Connection, row: Row[*tuple[Any, ...]], wants: Sequence[tuple[str, str]]
) -> bool:
    if row.corrects:
        return bool(wants)
    targets = db.execute(select(TARGET.c.area).where(TARGET.c.notice_id == row.notice)).scalars()
    places, topics = list(targets), row.topics.split()
    return any(
        topic in topics and covers(target, area) for topic, area in wants for target in places
    )
