"""What became of a notice, in numbers that add up, also once the rows behind them are erased."""

import json
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, update

from flows.notices.kept import Report
from storage.notices import NOTICE
from storage.outbox_audience import COPY, DELIVERY, IS_COPY
from storage.outbox_claims import IS_CLAIMED

KEPT = 90 * 24 * 3600
"""How long a delivery is kept after it was made."""

ENDS = ("sent", "unreachable", "refused", "waiting", "cancelled")
CHANGED = ("deleted", "edited", "left", "changing")
"""Of those sent, what became of what was to be changed."""


def report(db: Connection, notice: int) -> Report:
    """In one statement, so that no batch of the sender comes between two of the numbers."""
    copies = and_(DELIVERY.c.about == NOTICE.c.id, IS_COPY)
    rows = db.execute(
        select(
            NOTICE.c.accepted, NOTICE.c.report, DELIVERY.c.status, DELIVERY.c.task,
            func.count(DELIVERY.c.about).label("number"),
        )
        .select_from(NOTICE)
        .join(DELIVERY, copies, isouter=True)
        .where(NOTICE.c.id == notice)
        .group_by(NOTICE.c.id, DELIVERY.c.status, DELIVERY.c.task)
    ).all()  # fmt: skip
    accepted, folded = (rows[0].accepted, rows[0].report) if rows else (0, "")
    numbers = _read(folded) + _tally((row.status, row.task, row.number) for row in rows)
    named = {name: numbers[name] for name in (*ENDS, *CHANGED)}
    erased = accepted - sum(numbers[end] for end in ENDS)
    return Report(accepted=accepted, erased=erased, **named)


def waiting(db: Connection, notice: int) -> int:
    copies = and_(DELIVERY.c.about == notice, IS_COPY)
    return _count(db, copies & (DELIVERY.c.status == "waiting"))


def counts(db: Connection) -> dict[str, int]:
    to_do = DELIVERY.c.due_at.is_not(None)
    return {"waiting": _count(db, to_do), "claimed": _count(db, IS_CLAIMED & to_do)}


def _count(db: Connection, which: ColumnElement[bool]) -> int:
    return db.execute(select(func.count()).select_from(DELIVERY).where(which)).scalar_one()


def forget_overdue(db: Connection, now: int, most: int) -> int:
    """Erase deliveries whose time has come, at most so many at once, once their numbers stand with
    their notices; what still waited has ended with that.
    """
    oldest = select(DELIVERY.c.id).order_by(DELIVERY.c.id).limit(most).subquery()
    overdue = (
        select(DELIVERY.c.id, DELIVERY.c.kind, DELIVERY.c.about, DELIVERY.c.status, DELIVERY.c.task)
        .where(DELIVERY.c.id.in_(select(oldest.c.id)), DELIVERY.c.made_at <= now - KEPT)
        .with_for_update(skip_locked=True)
    )
    rows = db.execute(overdue).all()
    for notice in sorted({row.about for row in rows if row.kind == COPY}):
        copies = (row for row in rows if (row.kind, row.about) == (COPY, notice))
        _fold(db, notice, _tally(_ended(row.status, row.task) for row in copies))
    db.execute(delete(DELIVERY).where(DELIVERY.c.id.in_([row.id for row in rows])))
    return len(rows)


def _ended(status: str, task: str) -> tuple[str, str, int]:
    if status == "waiting":
        return "cancelled", "", 1
    return status, "left" if task and task not in CHANGED else task, 1


def _fold(db: Connection, notice: int, more: "Counter[str]") -> None:
    found = select(NOTICE.c.report).where(NOTICE.c.id == notice).with_for_update()
    numbers = _read(db.execute(found).scalar() or "") + more
    words = json.dumps(numbers, separators=(",", ":"))
    db.execute(update(NOTICE).where(NOTICE.c.id == notice).values(report=words))


def _read(folded: str) -> "Counter[str]":
    return Counter(json.loads(folded) if folded else {})


def _tally(rows: Iterable[tuple[str | None, str, int]]) -> "Counter[str]":
    """By the names of a report's numbers; without a status it is the row of nobody."""
    numbers: Counter[str] = Counter()
    for status, task, number in rows:
        if status is None:
            continue
        numbers[status] += number
        if status == "sent" and task:
            numbers[task if task in CHANGED else "changing"] += number
    return numbers
