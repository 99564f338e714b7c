"""Notices and reports of suspicious ones: written, found by stage and area, and one day erased."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from flows.areas import parent
from flows.notices.kept import OPEN, PUBLISHED, Kind, Reason, Stage
from storage.models import NoticeRow, NoticeTargetRow, SuspicionRow, insertion, table
from storage.offices import inside

NOTICE, TARGET, SUSPICION = table(NoticeRow), table(NoticeTargetRow), table(SuspicionRow)


AT_ONCE = 20
"""Notices that wait for somebody, as many as anybody looks at in one go."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice as stored, with its targets; instants in seconds."""

    id: int
    number: str
    kind: Kind
    stage: Stage
    area: str
    written_by: int
    approved_by: int
    version: int
    answers: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    targets: tuple[str, ...]
    corrects: int
    closes_on: date | None
    changed_at: int
    go_at: int
    reached: int
    planned: bool
    accepted: int
    report: str
    forget_at: int


class Notices:
    """The repository of notices."""

    def add(self, db: Connection, kept: Kept) -> bool:
        """False where the number is taken."""
        write = insertion(db.dialect, NOTICE).values(id=kept.id, **_columns(kept))
        write = write.on_conflict_do_nothing(index_elements=["number"]).returning(NOTICE.c.id)
        if db.execute(write).first() is None:
            return False
        _aim(db, kept.id, kept.targets)
        return True

    def find(self, db: Connection, id: int, *, hold: bool = False) -> Kept | None:  # noqa: A002
        """Held, if asked, until the turn ends, so that nobody changes it meanwhile."""
        found = select(NOTICE).where(NOTICE.c.id == id)
        return _first(db, found.with_for_update() if hold else found)

    def numbered(self, db: Connection, number: str) -> Kept | None:
        return _first(db, select(NOTICE).where(NOTICE.c.number == number))

    def save(self, db: Connection, old: Kept, new: Kept) -> bool:
        """Write what differs, unless the stage or the version is not the old one any more.

        Only what differs: the sender counts in the same row, and must not be counted back.
        """
        was = _columns(old)
        changed = {name: value for name, value in _columns(new).items() if value != was[name]}
        same = and_(
            NOTICE.c.id == old.id, NOTICE.c.version == old.version, NOTICE.c.stage == old.stage
        )
        row = {"version": new.version} | changed
        if db.execute(update(NOTICE).where(same).values(**row)).rowcount != 1:
            return False
        if set(old.targets) != set(new.targets):
            db.execute(delete(TARGET).where(TARGET.c.notice_id == old.id))
            _aim(db, old.id, new.targets)
        return True

    def drop(self, db: Connection, id: int) -> None:  # noqa: A002
        db.execute(delete(NOTICE).where(NOTICE.c.id == id))

    def newest_draft(self, db: Connection, area: str, offices: Sequence[int]) -> Kept | None:
        """The draft of any of these offices in this very area that was changed last."""
        return _first(db, _drafts(offices).where(NOTICE.c.area == area).limit(1))

    def drafts(self, db: Connection, offices: Sequence[int]) -> tuple[Kept, ...]:
        """The newest change first."""
        return _all(db, _drafts(offices))

    def open_for(self, db: Connection, area: str, today: date) -> tuple[Kept, ...]:
        """Open to the people of an area, the one that closes first first."""
        found = select(NOTICE).where(_open_for(area, today))
        return _all(db, found.order_by(NOTICE.c.closes_on, NOTICE.c.changed_at, NOTICE.c.id))

    def count_for(self, db: Connection, area: str, today: date) -> int:
        """How many are open to the people of an area."""
        counted = select(func.count()).select_from(NOTICE).where(_open_for(area, today))
        return db.execute(counted).scalar_one()

    def inside(
        self, db: Connection, area: str, offices: Sequence[int], most: int
    ) -> tuple[Kept, ...]:
        """In an area and below it, the newest change first; drafts only of these offices."""
        readable = or_(NOTICE.c.stage != "draft", NOTICE.c.written_by.in_(offices))
        found = select(NOTICE).where(inside(NOTICE.c.area, area), readable)
        return _all(db, _newest_first(found).limit(most))

    def waiting(self, db: Connection, areas: Sequence[str]) -> tuple[Kept, ...]:
        """Those of these areas and below them that wait longest for a second person."""
        found = select(NOTICE).where(NOTICE.c.stage == "waiting", _in_any(areas))
        return _all(db, found.order_by(NOTICE.c.changed_at, NOTICE.c.id).limit(AT_ONCE))

    def alone(self, db: Connection, office: int, since: int) -> int:
        """How many people an office has reached since then without a second person."""
        reached = select(func.coalesce(func.sum(NOTICE.c.accepted), 0))
        reached = reached.where(NOTICE.c.written_by == office, NOTICE.c.approved_by == 0)
        sent = reached.where(NOTICE.c.stage.in_(PUBLISHED), NOTICE.c.changed_at > since)
        return int(db.execute(sent).scalar_one())

    def correction_of(self, db: Connection, id: int) -> Kept | None:  # noqa: A002
        """The published notice that holds instead of this one."""
        found = select(NOTICE).where(NOTICE.c.corrects == id, NOTICE.c.stage.in_(PUBLISHED))
        return _first(db, _newest_first(found).limit(1))

    def due(self, db: Connection, now: int) -> tuple[Kept, ...]:
        """What the sender has to look at, the longest due first."""
        found = select(NOTICE).where(NOTICE.c.go_at > 0, NOTICE.c.go_at <= now)
        return _all(db, found.order_by(NOTICE.c.go_at, NOTICE.c.id))

    def closing(self, db: Connection, today: date) -> tuple[Kept, ...]:
        """Those that people hold, whole or in part, and whose last day is over."""
        over = and_(NOTICE.c.closes_on != "", NOTICE.c.closes_on < today.isoformat())
        found = select(NOTICE).where(NOTICE.c.stage.in_(OPEN | {"stopped"}), over)
        return _all(db, found.order_by(NOTICE.c.closes_on, NOTICE.c.id))

    def suspect(
        self, db: Connection, new_id: int, notice: int, person: int | None, reason: Reason, now: int
    ) -> bool:
        """False where this person has reported it already; nobody in particular always may."""
        row = {"id": new_id, "notice_id": notice, "person_id": person, "reason": reason, "at": now}
        write = insertion(db.dialect, SUSPICION).values(**row)
        write = write.on_conflict_do_nothing(index_elements=["notice_id", "person_id"])
        return db.execute(write.returning(SUSPICION.c.id)).first() is not None

    def suspicions(self, db: Connection, notice: int) -> tuple[tuple[Reason, int], ...]:
        """How often for which reason, the most frequent first."""
        often = func.count().label("often")
        rows = db.execute(
            select(SUSPICION.c.reason, often)
            .where(SUSPICION.c.notice_id == notice)
            .group_by(SUSPICION.c.reason)
            .order_by(often.desc(), SUSPICION.c.reason)
        )
        return tuple((row.reason, row.often) for row in rows)

    def suspected(
        self, db: Connection, areas: Sequence[str], since: int
    ) -> tuple[tuple[Kept, Reason, int], ...]:
        """Published notices of these areas and below that were reported since then, the latest
        report first; each reason with how often it was given since then.
        """
        often, last = func.count().label("often"), func.max(SUSPICION.c.at).label("last")
        rows = db.execute(
            select(SUSPICION.c.notice_id, SUSPICION.c.reason, often)
            .join(NOTICE, NOTICE.c.id == SUSPICION.c.notice_id)
            .where(_in_any(areas), NOTICE.c.stage.in_(PUBLISHED), SUSPICION.c.at >= since)
            .group_by(SUSPICION.c.notice_id, SUSPICION.c.reason)
            .order_by(last.desc(), SUSPICION.c.notice_id, SUSPICION.c.reason)
            .limit(AT_ONCE)
        ).all()
        ids = {row.notice_id for row in rows}
        kept = {it.id: it for it in _all(db, select(NOTICE).where(NOTICE.c.id.in_(ids)))}
        return tuple((kept[row.notice_id], row.reason, row.often) for row in rows)

    def forget_overdue(self, db: Connection, now: int, most: int = 500) -> int:
        """Erase those whose time has come, at most so many at once; returns how many."""
        overdue = select(NOTICE.c.id).where(NOTICE.c.forget_at <= now).limit(most)
        return db.execute(delete(NOTICE).where(NOTICE.c.id.in_(overdue))).rowcount


def _columns(kept: Kept) -> dict[str, Any]:
    """All of its row but the id."""
    return {
        "number": kept.number,
        "kind": kept.kind,
        "stage": kept.stage,
        "area": kept.area,
        "written_by": kept.written_by,
        "approved_by": kept.approved_by,
        "version": kept.version,
        "answers": json.dumps(dict(kept.answers), ensure_ascii=False, separators=(",", ":")),
        "topics": "".join(f"{topic} " for topic in kept.topics),
        "corrects": kept.corrects,
        "closes_on": kept.closes_on.isoformat() if kept.closes_on else "",
        "changed_at": kept.changed_at,
        "go_at": kept.go_at,
        "reached": kept.reached,
        "planned": kept.planned,
        "accepted": kept.accepted,
        "report": kept.report,
        "forget_at": kept.forget_at,
    }


def _kept(row: Row[Any], targets: Iterable[str]) -> Kept:
    return Kept(
        row.id, row.number, row.kind, row.stage, row.area, row.written_by, row.approved_by,
        row.version, tuple(json.loads(row.answers).items()), tuple(row.topics.split()),
        tuple(targets), row.corrects, date.fromisoformat(row.closes_on) if row.closes_on else None,
        row.changed_at, row.go_at, row.reached, row.planned, row.accepted, row.report,
        row.forget_at,
    )  # fmt: skip


def _aim(db: Connection, notice: int, targets: tuple[str, ...]) -> None:
    rows = [{"notice_id": notice, "area": area} for area in sorted(set(targets))]
    if rows:
        db.execute(insert(TARGET), rows)


def _first(db: Connection, found: Select[Any]) -> Kept | None:
    return next(iter(_all(db, found)), None)


def _all(db: Connection, found: Select[Any]) -> tuple[Kept, ...]:
    rows = db.execute(found).all()
    targets: dict[int, list[str]] = {row.id: [] for row in rows}
    aimed = select(TARGET).where(TARGET.c.notice_id.in_(targets)).order_by(TARGET.c.area)
    for aim in db.execute(aimed) if rows else ():
        targets[aim.notice_id].append(aim.area)
    return tuple(_kept(row, targets[row.id]) for row in rows)


def _drafts(offices: Sequence[int]) -> Select[Any]:
    drafts = select(NOTICE).where(NOTICE.c.stage == "draft", NOTICE.c.written_by.in_(offices))
    return _newest_first(drafts)


def _newest_first(found: Select[Any]) -> Select[Any]:
    return found.order_by(NOTICE.c.changed_at.desc(), NOTICE.c.id.desc())


def _in_any(areas: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(inside(NOTICE.c.area, area) for area in areas))


def _open_for(area: str, today: date) -> ColumnElement[bool]:
    meant = select(TARGET.c.notice_id).where(TARGET.c.area.in_(_with_all_above(area)))
    still = and_(NOTICE.c.stage.in_(OPEN), NOTICE.c.closes_on >= today.isoformat())
    return and_(still, NOTICE.c.id.in_(meant))


def _with_all_above(area: str) -> list[str]:
    """`["33.07", "33", ""]`: whatever is for any of these is for the area, too."""
    return [area, *_with_all_above(parent(area))] if area else [""]
