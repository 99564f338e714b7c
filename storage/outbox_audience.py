"""Whom a notice is for: asked of subscriptions, in numbers or as the next ones to get it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.engine import Dialect

from flows.areas import CENTRAL, EASTERN, level_of
from flows.notices.kept import Audience
from storage.models import DeliveryRow, NoticeRow, PersonRow, SubscriptionRow, insertion, table
from storage.notices import Kept

DELIVERY, NOTICE = table(DeliveryRow), table(NoticeRow)
PERSON, SUBSCRIPTION = table(PersonRow), table(SubscriptionRow)

CANCELLED = {"status": "cancelled", "task": "", "due_at": None}
"""The claim stays: whoever holds it may still say that it was sent."""

COPY = "notice"
"""The kind of a delivery that is a copy of a notice; every other kind is a nudge."""

IS_COPY = DELIVERY.c.kind == literal_column(f"'{COPY}'")
"""In the words of an index, which is why no parameter stands in it."""

STRETCH = 20_000
"""Subscriptions that one batch looks through."""

LAST = 2**63 - 1
"""No number of a person is higher."""

PROVINCE = func.substr(SUBSCRIPTION.c.area, 1, 2)
ZONE = case((PROVINCE.in_(CENTRAL), 8), (PROVINCE.in_(EASTERN), 9), else_=7)
"""`flows.areas.zone_of`, in the words of a database."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One batch: how many deliveries were made, who was the last, whether that was everybody."""

    made: int
    reached: int
    finished: bool


@dataclass(frozen=True, slots=True)
class _Batch:
    """The persons after one and up to another, in the order of their numbers."""

    reached: int
    last: int
    is_last: bool
    """Whether nobody comes after it."""

    def holds(self, person: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(person > self.reached, person <= self.last)


def audience(
    db: Connection, topics: Sequence[str], targets: Sequence[str], now: int, corrects: int = 0
) -> Audience:
    """See `Outbox.audience`."""
    person = _each(db.dialect, topics, targets, corrects).subquery()
    gone = PERSON.c.unreachable_at.is_not(None)
    rows = db.execute(
        select(person.c.wants, gone.label("gone"), func.count().label("number"))
        .join(PERSON, PERSON.c.id == person.c.person_id)
        .where(PERSON.c.forget_at > now)
        .group_by(person.c.wants, gone)
    )
    numbers = Counter({(row.wants, bool(row.gone)): int(row.number) for row in rows})
    others = numbers[0, False] + numbers[0, True]
    return Audience(numbers[1, False], others, numbers[1, True])


def _each(
    dialect: Dialect, topics: Sequence[str], targets: Sequence[str], corrects: int
) -> Select[*tuple[Any, ...]]:
    """Everybody subscribed there once, with whether to one of the topics."""
    if corrects:
        told = exists().where(SUBSCRIPTION.c.person_id == DELIVERY.c.person_id)
        got = select(DELIVERY.c.person_id, literal(1).label("wants"))
        return got.where(_got(corrects), told)
    wanted = case((SUBSCRIPTION.c.topic.in_(topics), 1), else_=0).label("wants")
    rows = _there(dialect, targets, SUBSCRIPTION.c.person_id, wanted).subquery()
    wants = func.max(rows.c.wants).label("wants")
    return select(rows.c.person_id, wants).group_by(rows.c.person_id)


def plan(db: Connection, notice: Kept, now: int, most: int) -> Planned:
    """See `Outbox.plan`."""
    if not _is_alone(db, notice.id):
        return Planned(0, notice.reached, False)
    reached = db.execute(select(NOTICE.c.reached).where(NOTICE.c.id == notice.id)).scalar_one()
    notice = replace(notice, reached=reached)
    batch = _batch(db, notice, most)
    _hold(db, _rows(notice, batch))
    made = _deliver(db, COPY, notice.id, _wanting(notice, batch), 1, now)
    planned = Planned(made, batch.last, batch.is_last)
    _keep(db, notice.id, planned)
    return planned


def _is_alone(db: Connection, notice: int) -> bool:
    """Whether nobody else is planning this notice just now. Its row is not locked for that: whoever
    holds somebody of the batch may be waiting for it.
    """
    if db.dialect.name != "postgresql":
        return True
    return bool(db.execute(select(func.pg_try_advisory_xact_lock(notice))).scalar())


def _batch(db: Connection, notice: Kept, most: int) -> _Batch:
    """The next `most` who want it; or all of the next stretch, so that a batch is short also where
    hardly anybody wants it.
    """
    end = None if notice.corrects else _end(db, notice.reached)
    stretch = _Batch(notice.reached, LAST if end is None else end, end is None)
    rows = _rows(notice, stretch)
    some = rows.order_by(rows.selected_columns.person_id).limit(most).subquery()
    found, last = db.execute(select(func.count(), func.max(some.c.person_id))).one()
    if found == most:
        return _Batch(notice.reached, last, False)
    return replace(stretch, last=last or notice.reached) if stretch.is_last else stretch


def _end(db: Connection, reached: int) -> int | None:
    """Whose the last subscription of the next stretch is; None where there are not so many."""
    person = SUBSCRIPTION.c.person_id
    after = select(person).where(person > reached).order_by(person)
    return db.execute(after.offset(STRETCH - 1).limit(1)).scalar()


def _hold(db: Connection, people: Select[*tuple[Any, ...]]) -> None:
    """Nobody of these can want no more, or be erased, until the turn ends.

    PostgreSQL reads rows as they were when a statement began. So it has to lock in one, and to make
    the deliveries in the next.
    """
    if db.dialect.name != "postgresql":
        return
    these = PERSON.c.id.in_(select(people.subquery().c.person_id))
    held = select(PERSON.c.id).where(these).with_for_update(key_share=True, read=True).subquery()
    db.execute(select(func.count()).select_from(held))


def _wanting(notice: Kept, batch: _Batch) -> Select[*tuple[Any, ...]]:
    """Everybody of a batch once, each in the smallest zone of what they want."""
    rows = _rows(notice, batch).subquery()
    zone = func.min(rows.c.zone).label("zone")
    return select(rows.c.person_id, zone).group_by(rows.c.person_id)


def _rows(notice: Kept, batch: _Batch) -> Select[*tuple[Any, ...]]:
    """Those of a batch, as often as they want the notice; of a correction whoever got the first and
    still wants to be told of anything.
    """
    person = SUBSCRIPTION.c.person_id
    there = select(person, ZONE.label("zone")).where(batch.holds(person))
    if not notice.corrects:
        return there.where(_wants(notice))
    got = _got(notice.corrects) & batch.holds(DELIVERY.c.person_id)
    return there.where(person.in_(select(DELIVERY.c.person_id).where(got)))


def _wants(notice: Kept) -> ColumnElement[bool]:
    """Whether a subscription asks for a notice; said so that no index of areas is used, because the
    one of persons is quicker here.
    """
    code = SUBSCRIPTION.c.area + "."
    lies_in = [func.substr(code, 1, len(area) + 1) == f"{area}." for area in notice.targets if area]
    anywhere = true() if "" in notice.targets else false()
    return SUBSCRIPTION.c.topic.in_(notice.topics) & or_(anywhere, *lies_in)


def _deliver(
    db: Connection, kind: str, about: int, to: Select[*tuple[Any, ...]], rank: int, now: int
) -> int:
    """One delivery `to` each person (with their zone) who can be reached; nobody twice about the
    same. Returns how many are new.
    """
    people = to.subquery()
    row = {
        "kind": literal(kind, String),
        "about": literal(about, BigInteger),
        "person_id": people.c.person_id,
        "made_at": literal(now, BigInteger),
        "status": literal("waiting", String),
        "task": literal("send", String),
        "zone": people.c.zone,
        "rank": literal(rank),
        "due_at": literal(now, BigInteger),
        "claim": literal(0),
        "attempts": literal(0),
        "message": literal(0),
        "sent_at": literal(0),
        "reason": literal("", String),
    }
    made = (
        select(*row.values())
        .join(PERSON, PERSON.c.id == people.c.person_id)
        .where(PERSON.c.unreachable_at.is_(None), PERSON.c.forget_at > now)
        .order_by(people.c.person_id)
    )
    write = insertion(db.dialect, DELIVERY).from_select(list(row), made).on_conflict_do_nothing()
    return db.execute(write.execution_options(preserve_rowcount=True)).rowcount


def nudge(
    db: Connection, kind: str, about: int, zone: int, persons: Sequence[int], now: int
) -> None:
    there = literal(zone).label("zone")
    these = select(PERSON.c.id.label("person_id"), there).where(PERSON.c.id.in_(persons))
    _hold(db, these)
    again = DELIVERY.c.person_id.in_(persons) & (DELIVERY.c.status != "waiting")
    row = {"status": "waiting", "task": "send", "due_at": now, "attempts": 0, "claim": 0}
    same = (DELIVERY.c.kind == kind) & (DELIVERY.c.about == about)
    db.execute(update(DELIVERY).where(same, again).values(**row))
    _deliver(db, kind, about, these, 0, now)


def _keep(db: Connection, notice: int, planned: Planned) -> None:
    """The notice last: whoever holds it may be waiting for somebody of the batch."""
    further = case((NOTICE.c.reached < planned.reached, planned.reached), else_=NOTICE.c.reached)
    row: dict[str, Any] = {"accepted": NOTICE.c.accepted + planned.made, "reached": further}
    finished = {"planned": True} if planned.finished else {}
    db.execute(update(NOTICE).where(NOTICE.c.id == notice).values(**row, **finished))


def _got(notice: int) -> ColumnElement[bool]:
    return and_(IS_COPY, DELIVERY.c.about == notice, DELIVERY.c.status == "sent")


def _there(
    dialect: Dialect, targets: Sequence[str], *columns: ColumnElement[Any]
) -> Select[*tuple[Any, ...]]:
    """Subscriptions in these areas: a range of the index for each area that holds others, and one
    look for each village.
    """
    villages = [area for area in targets if level_of(area) == "village"]
    parts = [_lies_in(dialect, area) for area in targets if area not in villages]
    rows = [select(*columns).where(part) for part in (*parts, SUBSCRIPTION.c.area.in_(villages))]
    joined = union_all(*rows).subquery()
    return select(*joined.c)


def _lies_in(dialect: Dialect, area: str) -> ColumnElement[bool]:
    """By bytes on both databases, as their indexes stand: between an area and what comes after all
    that lies in it there is no other code.
    """
    if not area:
        return true()
    code = SUBSCRIPTION.c.area
    if dialect.name == "postgresql":
        return and_(code.op("~>=~")(area), code.op("~<~")(f"{area}/"))
    return and_(code >= area, code < f"{area}/")
