"""Deliveries are claimed for a while, done by whoever claimed them, and recorded.

What nobody recorded in time is anybody's again, so that nothing is lost; an outcome counts only as
long as the claim holds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.engine import Dialect

from flows.errors import WrongKey
from flows.stored import load_person
from storage.outbox_audience import DELIVERY, PERSON
from storage.people import Prepared
from storage.vault import Vault

RANKS = (0, 1)
"""The first goes before the second, whatever waits."""

GONE = ("blocked", "deactivated")
"""Reasons of Telegram's not to try this person again, whatever was to be done."""

Task = Literal["send", "recall", "close", "correct"]
Ended = Literal["", "deleted", "edited", "left"]
Status = Literal["waiting", "sent", "unreachable", "refused", "cancelled"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is one's own to do until the lease is over."""

    id: int
    kind: str
    """`COPY`, or what somebody is nudged about."""
    about: int
    person: int
    address: str | None
    """`telegram:123`; None where nobody can be written to, or where the key cannot read it."""
    language: str
    task: Task
    attempts: int
    """With this one."""
    message: int
    sent_at: int
    reason: str = ""
    """Why it did not end the last time."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a claimed delivery ended, or with `due_at` when to try it again.

    Tried again without a reason costs no attempt. A copy that was sent stays `sent`, whatever comes
    of its task; `message` and `sent_at` stay as they were where they are 0.
    """

    id: int
    status: Status
    task: Task | Ended
    reason: str = ""
    message: int = 0
    sent_at: int = 0
    due_at: int | None = None


class Claims:
    """Claiming, recording and giving back."""

    def __init__(self, vault: Vault, dialect: Dialect) -> None:
        self._vault, self._dialect = vault, dialect
        self._statements: dict[tuple[int, ...], Prepared] = {}

    def claim(
        self, db: Connection, claim: int, zones: Sequence[int], now: int, lease_until: int,
        most: int,
    ) -> tuple[Claimed, ...]:  # fmt: skip
        """See `Outbox.claim`."""
        values = {"now": now, "most": most, "claim": claim, "lease": lease_until}
        ids = [row.id for row in self._claim(tuple(sorted(zones))).run(db, values)]
        rows = db.execute(CLAIMED.where(DELIVERY.c.id.in_(ids))).all()
        _write(db, [_unreachable(row) for row in rows if row.unreachable_at is not None])
        return tuple(self._claimed(row) for row in rows if row.unreachable_at is None)

    def _claim(self, zones: tuple[int, ...]) -> Prepared:
        """Claims are frequent: the statement for each group of zones is compiled once."""
        if zones not in self._statements:
            self._statements[zones] = Prepared(_claim(zones), self._dialect)
        return self._statements[zones]

    def _claimed(self, row: Row[*tuple[Any, ...]]) -> Claimed:
        return Claimed(
            row.id, row.kind, row.about, row.person_id, self._address(row.address),
            self._language(row.told), row.task, row.attempts, row.message, row.sent_at, row.reason,
        )  # fmt: skip

    def _address(self, sealed: str | None) -> str | None:
        try:
            return sealed and self._vault.decrypt(sealed)
        except WrongKey:
            return None

    def _language(self, told: str) -> str:
        """Indonesian where nothing was chosen, or where the row cannot be read."""
        try:
            return load_person(json.loads(self._vault.decrypt(told))).language or "id"
        except (WrongKey, ValueError, TypeError, KeyError, AttributeError):
            return "id"

    def record(self, db: Connection, claim: int, done: Sequence[Done]) -> int:
        """See `Outbox.record`."""
        _hold_gone(db, done)
        held = (DELIVERY.c.id.in_([it.id for it in done])) & (DELIVERY.c.claim == claim)
        found = select(DELIVERY.c.id, DELIVERY.c.person_id, DELIVERY.c.status, DELIVERY.c.made_at)
        rows = db.execute(found.where(held).order_by(DELIVERY.c.id).with_for_update()).all()
        outcomes = {it.id: it for it in done}
        _write(db, [_outcome(outcomes[row.id], row.status) for row in rows])
        _mark_gone(db, {row.person_id: row.made_at for row in rows if _is_gone(outcomes[row.id])})
        return len(rows)

    def release(self, db: Connection, claim: int, now: int) -> int:
        """See `Outbox.release`."""
        back = update(DELIVERY).where(IS_CLAIMED, DELIVERY.c.claim == claim)
        back = back.where(DELIVERY.c.due_at.is_not(None))
        row = {"claim": 0, "due_at": now, "attempts": DELIVERY.c.attempts - 1}
        return db.execute(back.values(**row)).rowcount


IS_CLAIMED = DELIVERY.c.claim != literal_column("0")
"""In the words of the index of claims, which is why no parameter stands in it."""

CLAIMED = (
    select(
        DELIVERY,
        type_coerce(PERSON.c.address, Text).label("address"),
        type_coerce(PERSON.c.told, Text).label("told"),
        PERSON.c.unreachable_at,
    )
    .join(PERSON, PERSON.c.id == DELIVERY.c.person_id)
    .order_by(DELIVERY.c.rank, DELIVERY.c.id)
)
RECORD = (
    update(DELIVERY)
    .where(DELIVERY.c.id == bindparam("row"))
    .values(
        claim=0,
        status=bindparam("status_now"),
        task=bindparam("task_now"),
        reason=bindparam("reason_now"),
        due_at=bindparam("due_now"),
        attempts=DELIVERY.c.attempts - bindparam("given_back"),
        message=func.coalesce(func.nullif(bindparam("message_now"), 0), DELIVERY.c.message),
        sent_at=func.coalesce(func.nullif(bindparam("sent_now"), 0), DELIVERY.c.sent_at),
    )
)


def _claim(zones: tuple[int, ...]) -> Update:
    """One range of the index for each rank and zone, so that nothing else is looked at or sorted.

    Rows that another process is taking are passed over, and not waited for.
    """
    ranges = [_next_in(rank, zone).subquery() for rank in RANKS for zone in zones]
    each = union_all(*(select(it) for it in ranges)).subquery()
    taken = select(each.c.id).order_by(each.c.rank, each.c.due_at)
    taken = taken.limit(bindparam("most")).offset(literal_column("0"))
    row: dict[str, Any] = {
        "claim": bindparam("claim"),
        "due_at": bindparam("lease"),
        "attempts": DELIVERY.c.attempts + literal_column("1"),
    }
    chosen = select(taken.cte("taken").c.id)
    return update(DELIVERY).where(DELIVERY.c.id.in_(chosen)).values(**row).returning(DELIVERY.c.id)


def _next_in(rank: int, zone: int) -> Select[*tuple[Any, ...]]:
    return (
        select(DELIVERY.c.id, DELIVERY.c.rank, DELIVERY.c.due_at)
        .where(DELIVERY.c.zone == literal_column(str(zone)))
        .where(DELIVERY.c.rank == literal_column(str(rank)))
        .where(DELIVERY.c.due_at <= bindparam("now"))
        .order_by(DELIVERY.c.due_at)
        .limit(bindparam("most"))
        .offset(literal_column("0"))  # or SQLite gets it as one more parameter
        .with_for_update(skip_locked=True)
    )


def _write(db: Connection, done: Sequence[Done]) -> None:
    if done:
        db.execute(RECORD, [_values(it) for it in done])


def _unreachable(row: Row[*tuple[Any, ...]]) -> Done:
    """They blocked us after this one was made."""
    if row.task == "send":
        return Done(row.id, "unreachable", "", GONE[0])
    return Done(row.id, row.status, "left", GONE[0])


def _outcome(done: Done, status: Status) -> Done:
    if status == "cancelled" and done.due_at is not None:
        return replace(done, status="cancelled", task="", due_at=None)
    return done


def _values(done: Done) -> dict[str, object]:
    return {
        "row": done.id,
        "status_now": done.status,
        "task_now": done.task,
        "reason_now": done.reason,
        "due_now": done.due_at,
        "given_back": int(done.due_at is not None and not done.reason),
        "message_now": done.message,
        "sent_now": done.sent_at,
    }


def _is_gone(done: Done) -> bool:
    return done.status == "unreachable" or done.reason in GONE


def _hold_gone(db: Connection, done: Sequence[Done]) -> None:
    """Before their deliveries are locked, because whoever erases somebody locks them first."""
    ids = [it.id for it in done if _is_gone(it)]
    if not ids:
        return
    theirs = select(DELIVERY.c.person_id).where(DELIVERY.c.id.in_(ids))
    held = select(PERSON.c.id).where(PERSON.c.id.in_(theirs)).order_by(PERSON.c.id)
    db.execute(held.with_for_update(key_share=True)).all()


def _mark_gone(db: Connection, persons: dict[int, int]) -> None:
    for person, since in persons.items():
        known = and_(PERSON.c.id == person, PERSON.c.unreachable_at.is_(None))
        db.execute(update(PERSON).where(known).values(unreachable_at=since))
