"""The rows about notices that states ask for, and a stored notice as states see it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import DAY, SLEEPS, WAKES, Clock, day
from flows import rights
from flows.areas import Area, zone_of
from flows.notices import fields
from flows.notices.kept import PUBLISHED, Notice, Subscription, Suspicion
from flows.queries import (
    AudienceOf,
    Count,
    MySubscriptions,
    NoticeCount,
    NoticeNumbered,
    NoticeOf,
    NoticesFor,
    NoticesIn,
    Row,
)
from storage import offices
from storage.notices import Kept
from storage.phones import as_dialled

if TYPE_CHECKING:
    from bot.rows import Rows

NoticeQuery = (
    NoticesFor | NoticeCount | NoticeNumbered | NoticeOf | AudienceOf | NoticesIn | MySubscriptions
)

SEEN = 40
"""Notices of an area that are listed: those before are found by their number."""

SUSPECTED = 30 * DAY
"""How long a report waits for a coordinator."""


class NoticeRows:
    """Answers the queries about notices."""

    def __init__(self, rows: "Rows", clock: Clock) -> None:
        self._rows, self._clock = rows, clock

    def answer(self, query: NoticeQuery, asking: Asking) -> tuple[Row, ...]:
        db = asking.db
        match query:
            case NoticesFor():
                found = self._rows.notices.open_for(db, query.code, self._clock.today())
                return self.all(found, db) if query.code else ()
            case NoticeCount():
                today = self._clock.today()
                return (Count(self._rows.notices.count_for(db, query.code, today)),)
            case NoticeNumbered():
                return self._numbered(query.words, db)
            case NoticeOf():
                return tuple(self._whole(query, asking))
            case AudienceOf():
                return self._audience(query, asking)
            case NoticesIn():
                own = self._own(asking)
                return self.all(self._rows.notices.inside(db, query.code, own, SEEN), db)
            case MySubscriptions():
                return tuple(self._received(asking))
            case _:
                assert_never(query)

    def all(self, found: Sequence[Kept], db: Connection) -> tuple[Notice, ...]:
        """Each office and area is read once: most of a list come from the same."""
        names = _Names(self._rows, db)
        return tuple(self._notice(kept, db, names) for kept in found)

    def notice(self, kept: Kept, db: Connection) -> Notice:
        """A stored notice with the names behind its numbers."""
        return self._notice(kept, db, _Names(self._rows, db))

    def _notice(self, kept: Kept, db: Connection, names: "_Names") -> Notice:
        writer, approver = names.office(kept.written_by), names.office(kept.approved_by)
        newer = self._rows.notices.correction_of(db, kept.id)
        first = self._rows.notices.find(db, kept.corrects) if kept.corrects else None
        targets = (names.area(code) for code in kept.targets)
        published = kept.stage in PUBLISHED
        return Notice(
            kept.id, kept.number, kept.kind, kept.stage, kept.area,
            names.area(writer.area if writer else kept.area), kept.written_by,
            writer.name if writer else "", writer.role if writer else "",
            tuple(target for target in targets if target), _as_read(kept), kept.version,
            day(kept.changed_at),
            sent_on=day(kept.changed_at) if published else self._clock.today(),
            goes_at=_goes_at(kept) if kept.stage == "held" else "",
            approver=approver.name if approver else "",
            corrects=first.number if first else "", mended=_mended(kept, first),
            corrected_by=newer.number if newer else "",
        )  # fmt: skip

    def desk(self, asking: Asking, held: Sequence[offices.Kept]) -> Iterator[Row]:
        """What waits for somebody with offices: to approve, to finish, to look into."""
        db, own = asking.db, {office.id for office in held}
        approves = [o.area for o in held if rights.reaches(o.role, rights.EFFECTS["ApproveNotice"])]
        for kept in self._rows.notices.waiting(db, approves) if approves else ():
            if kept.written_by not in own:
                yield self.notice(kept, db)
        yield from self.all(self._rows.notices.drafts(db, sorted(own)), db)
        looks = [office.area for office in held if rights.reaches(office.role, "coordinator")]
        since = self._clock.now() - SUSPECTED
        for kept, reason, count in self._rows.notices.suspected(db, looks, since) if looks else ():
            yield Suspicion(self.notice(kept, db), reason, count)

    def _numbered(self, words: str, db: Connection) -> tuple[Row, ...]:
        number = "".join(sign for sign in words if sign.isascii() and sign.isdecimal())
        found = self._rows.notices.numbered(db, number) if len(number) == 6 else None
        return self.all((found,), db) if found and found.stage in PUBLISHED else ()

    def _whole(self, query: NoticeOf, asking: Asking) -> Iterator[Row]:
        db, kept = asking.db, self._sought(query, asking)
        if kept is None or kept.area != query.area:
            return
        notice = self.notice(kept, db)
        yield notice
        if kept.stage in PUBLISHED:
            yield self._rows.outbox.report(db, kept)
        for reason, count in self._rows.notices.suspicions(db, kept.id):
            yield Suspicion(notice, reason, count)

    def _audience(self, query: AudienceOf, asking: Asking) -> tuple[Row, ...]:
        """Nobody yet for a draft that lacks something, and nobody any more once it was sent."""
        db, kept = asking.db, self._sought(query, asking)
        if kept is None or kept.area != query.area or kept.stage in PUBLISHED:
            return ()
        notice, now = self.notice(kept, db), self._clock.now()
        if kept.stage == "draft" and fields.missing(notice):
            return ()
        outbox = self._rows.outbox
        return (outbox.audience(db, notice.topics, kept.targets, now, kept.corrects),)

    def _sought(self, query: NoticeOf | AudienceOf, asking: Asking) -> Kept | None:
        """One by its id, or the newest draft; a draft is seen by its writer alone."""
        own = self._own(asking)
        if not query.id:
            return self._rows.notices.newest_draft(asking.db, query.area, own)
        kept = self._rows.notices.find(asking.db, query.id)
        return None if kept and kept.stage == "draft" and kept.written_by not in own else kept

    def _received(self, asking: Asking) -> Iterator[Row]:
        if asking.found is None:
            return
        for topic, code in self._rows.subscriptions.of(asking.db, asking.found.id):
            yield Subscription(topic, self._rows.area(code, asking.db) or Area(code, code))

    def _own(self, asking: Asking) -> list[int]:
        return sorted(office.id for office in self._rows.about_offices.held(asking))


class _Names:
    """What stands behind the numbers of several notices."""

    def __init__(self, rows: "Rows", db: Connection) -> None:
        self._rows, self._db = rows, db
        self._areas: dict[str, Area | None] = {}
        self._offices: dict[int, offices.Kept | None] = {}

    def area(self, code: str) -> Area | None:
        if code not in self._areas:
            self._areas[code] = self._rows.area(code, self._db)
        return self._areas[code]

    def office(self, office: int) -> offices.Kept | None:
        if office not in self._offices:
            found = self._rows.offices.find(self._db, office) if office else None
            self._offices[office] = found
        return self._offices[office]


ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def _goes_at(kept: Kept) -> str:
    """`12.10 WITA`, in the village's own time; at night in the morning."""
    zone = zone_of(kept.area)
    minutes = (kept.go_at // 60 + zone * 60) % (24 * 60)
    if not WAKES * 60 <= minutes < SLEEPS * 60:
        minutes = WAKES * 60
    return f"{minutes // 60:02d}.{minutes % 60:02d} {ZONES[zone]}"


def _as_read(kept: Kept) -> tuple[tuple[str, str], ...]:
    """The answers, a telephone number as people dial it."""
    return tuple(
        (key, as_dialled(value) if key == "contact_phone" else value) for key, value in kept.answers
    )


def _mended(kept: Kept, first: Kept | None) -> tuple[str, ...]:
    """What a correction says otherwise, in the order of its answers; what it leaves out, last."""
    if first is None:
        return ()
    now, before = dict(kept.answers), dict(first.answers)
    return tuple(key for key in now | before if now.get(key) != before.get(key))
