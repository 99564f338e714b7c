"""The rows about offices: who holds which, what waits for them, who was invited, who guesses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import Connection

from bot.asking import Asking, Service
from bot.clock import DAY, Clock, day
from flows.offices import Invitation, Office
from flows.queries import MyDesk, MyOffices, OfficeOf, OfficesIn, OfficesNamed, Row, Throttled
from flows.text import Text, t
from storage import offices
from storage.people import Address

if TYPE_CHECKING:
    from bot.rows import Rows

CODES_AN_HOUR = 5
"""Wrong codes of invitations that one address may try."""

USED = t("Undangan ini sudah dipakai, dibatalkan, atau lewat 24 jam. Minta yang baru.")
NOT_HERE = t("Undangan hanya bisa diterima di Telegram, di HP Anda sendiri.")
TOO_OFTEN = t("Sudah terlalu banyak kode yang salah. Coba lagi satu jam lagi.")


class OfficeRows:
    """Answers the queries about offices and invitations."""

    def __init__(self, rows: "Rows", service: Service, clock: Clock) -> None:
        self._rows, self._service, self._clock = rows, service, clock

    def answer(
        self, query: MyOffices | MyDesk | OfficesIn | OfficeOf | OfficesNamed, asking: Asking
    ) -> tuple[Row, ...]:
        db, now = asking.db, self._clock.now()
        match query:
            case MyOffices():
                return self._offices(self.held(asking), db)
            case MyDesk():
                return self._desk(asking)
            case OfficesIn():
                waiting = self._rows.offices.waiting(db, query.code, now)
                return (
                    *self._offices(self._rows.offices.inside(db, query.code, now), db),
                    *(self._waiting(one, db) for one in waiting),
                )
            case OfficeOf():
                found = self._rows.offices.find(db, query.id)
                return self._offices((found,) if found and found.holds(now) else (), db)
            case OfficesNamed():
                return self._named(query.words, asking)
            case _:
                assert_never(query)

    def _named(self, words: str, asking: Asking) -> tuple[Row, ...]:
        """Whoever bears this name; each try is counted, so that nobody fishes for names."""
        db, now, guessers = asking.db, self._clock.now(), asking.guessers
        kept = self._rows.offices
        if any(kept.guesses(db, who, now) >= guessers[who] for who in guessers):
            return (Throttled(),)
        for who in guessers:
            kept.guess(db, self._clock.new_id(), who, now)
        return self._offices(kept.named(db, words, now), db)

    def held(self, asking: Asking) -> tuple[offices.Kept, ...]:
        """What the person who asks holds now."""
        if asking.found is None:
            return ()
        if not asking.held:
            now = self._clock.now()
            asking.held.append(self._rows.offices.held(asking.db, asking.found.id, now))
        return asking.held[0]

    def _desk(self, asking: Asking) -> tuple[Row, ...]:
        held, now = self.held(asking), self._clock.now()
        if not held:  # nearly everybody
            return ()
        areas = {office.area for office in held if len(office.area) in (5, 13)}
        own = {office.id for office in held}
        given = self._rows.offices.given_lately(asking.db, [office.id for office in held], now)
        others = tuple(office for office in given if office.id not in own and office.holds(now))
        pages = tuple(
            page
            for area in sorted(areas)
            for page in self._rows.about_villages.village(area, asking)
        )
        about = self._rows.about_notices.desk(asking, held)
        return (*pages, *self._offices(others, asking.db), *about)

    def _offices(self, kept: Sequence[offices.Kept], db: Connection) -> tuple[Office, ...]:
        return tuple(self._office(office, db) for office in kept)

    def _office(self, kept: offices.Kept, db: Connection) -> Office:
        undo_until = kept.since + offices.UNDO
        return Office(
            kept.id, kept.role, self._rows.area(kept.area, db), kept.name, day(kept.since),
            day(kept.until_at), kept.given_by,
            day(undo_until) if undo_until > self._clock.now() else None,
        )  # fmt: skip

    def _waiting(self, kept: offices.Waiting, db: Connection) -> Invitation:
        by, where = self._rows.name_of(kept.made_by, db), self._rows.area(kept.area, db)
        return Invitation(kept.id, kept.role, where, by, kept.made_by, day(kept.ends_at))

    def invitation(self, invitation: int, db: Connection) -> tuple[Invitation, ...]:
        waiting = self._rows.offices.invitation(db, invitation, self._clock.now())
        return (self._waiting(waiting, db),) if waiting else ()

    def may_hold(self, address: Address) -> bool:
        """Not at a kiosk, but in a rehearsal: an office belongs to a person's own phone."""
        return address.keeps >= DAY or self._service.rehearsal

    def invitation_behind(self, code: str, asking: Asking) -> int | Text:
        """The id of what a code opens, or why it opens nothing; wrong codes are counted."""
        if not self.may_hold(asking.address):
            return NOT_HERE
        db, now, who = asking.db, self._clock.now(), f"code:{asking.address}"
        if self._rows.offices.guesses(db, who, now) >= CODES_AN_HOUR:
            return TOO_OFTEN
        if waiting := self._rows.offices.opened(db, code, now):
            return waiting.id
        self._rows.offices.guess(db, self._clock.new_id(), who, now)
        return USED
