"""The rows that states ask for: about the person, about areas and villages, about officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import Connection

from bot.clock import DAY, Clock, day, time_of_day
from bot.matching import alike, named
from flows.areas import Area
from flows.library import Language, Library
from flows.offices import Deed, Invitation, Office
from flows.person import Person
from flows.queries import (
    Alike,
    AreaOf,
    AreasIn,
    AreasNamed,
    DeedsIn,
    HallVillage,
    ImportOf,
    InvitationOf,
    Kept,
    KeptAboutMe,
    MyDesk,
    MyOffices,
    Named,
    OfficeOf,
    OfficesIn,
    OfficesNamed,
    Query,
    Row,
    Throttled,
    VillageOf,
)
from flows.text import Text, t
from flows.village.choose import FIRST
from flows.village.imports import Import
from flows.village.kept import Village, VillageContact, VillageEvent, VillageFact
from locales.catalogs import Catalogs
from storage import offices, villages
from storage.areas import Areas
from storage.database import Database
from storage.offices import Offices
from storage.people import Address, Found
from storage.phones import as_dialled
from storage.trail import Line, Trail
from storage.villages import Mark, Villages, changes, new_names

if TYPE_CHECKING:
    from storage.atlas import Atlas

NAMES_AN_HOUR = 10
"""Names of officers that one address may try: enough for a village, too few to fish."""

CODES_AN_HOUR = 5
"""Wrong codes of invitations that one address may try."""

USED = t("Undangan ini sudah dipakai, dibatalkan, atau lewat 24 jam. Minta yang baru.")
NOT_HERE = t("Undangan hanya bisa diterima di Telegram, di HP Anda sendiri.")
TOO_OFTEN = t("Sudah terlalu banyak kode yang salah. Coba lagi satu jam lagi.")

NAMES_FOUND = 21
"""Areas of one name that are offered; a kelurahan of the commonest name is not found so."""

LONGEST_LARGE = len("33.07")

NAMES_AT_KIOSKS = 300
"""Names tried in an hour at all kiosks together: whoever begins a new session is a new guesser."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, from where, in which transaction."""

    db: Connection
    address: Address
    found: Found | None
    person: Person
    hall: str = ""
    held: list[tuple[offices.Kept, ...]] = field(default_factory=list[tuple[offices.Kept, ...]])
    """What was found once, until an effect may have changed it: home asks three times."""
    villages: dict[str, tuple[Village, ...]] = field(default_factory=dict[str, tuple[Village, ...]])

    def forget(self) -> None:
        """What an effect may have changed is read anew."""
        self.held.clear()
        self.villages.clear()

    @property
    def language(self) -> str:
        return self.person.language or "id"

    @property
    def guessers(self) -> dict[str, int]:
        """By whom names that are tried are counted, and how many are answered in an hour."""
        own = {f"name:{self.address}": NAMES_AN_HOUR}
        return own | ({"name:kiosk": NAMES_AT_KIOSKS} if self.address.door == "kiosk" else {})


@dataclass(frozen=True)
class Service:
    """What every screen of this bot may be about, whoever looks at it."""

    library: Library
    languages: tuple[Language, ...]
    operator: str = ""
    hall: str = ""
    """Code of the village in whose hall the kiosk stands."""
    rehearsal: bool = False
    """Everybody is invented, so that even a kiosk may be an officer's."""


class Rows:
    """Answers every query; the words of a person go in and are kept nowhere."""

    def __init__(
        self, database: Database, service: Service, catalogs: Catalogs, clock: Clock
    ) -> None:
        self.offices = Offices(database.vault, database.engine.dialect)
        self.villages, self.trail = Villages(), Trail()
        self.areas = Areas(database.engine.dialect)
        self._database, self._service = database, service
        self._catalogs, self._clock = catalogs, clock

    @cached_property
    def atlas(self) -> "Atlas":
        """Names of all areas, read when somebody first types one or when the doors are open."""
        from storage.atlas import Atlas  # most starts need none

        with self._database.look() as db:
            return Atlas.read(db)

    def read_atlas(self) -> None:
        """Before somebody needs it: nobody should wait for eighty thousand names."""
        assert self.atlas

    def answer(self, query: Query, asking: Asking) -> tuple[Row, ...]:
        match query:
            case KeptAboutMe() | Named() | Alike():
                return self._about_content(query, asking)
            case AreaOf() | AreasIn() | AreasNamed():
                return self._about_areas(query, asking.db)
            case VillageOf() | HallVillage() | ImportOf():
                return self._about_villages(query, asking)
            case MyOffices() | MyDesk() | OfficesIn() | OfficeOf() | OfficesNamed():
                return self._about_offices(query, asking)
            case InvitationOf():
                return self._invitation(query.id, asking.db)
            case DeedsIn():
                lines = self.trail.read(asking.db, query.code, query.start, query.most)
                return tuple(self._deed(line, asking.db) for line in lines)
            case _:
                assert_never(query)

    def _about_content(self, query: KeptAboutMe | Named | Alike, asking: Asking) -> tuple[Row, ...]:
        match query:
            case KeptAboutMe():
                found = asking.found
                return (Kept(day(found.since), day(found.forget_at)),) if found else ()
            case Named():
                return named(query, self._service.library, self._catalogs, asking.language)
            case Alike():
                return alike(query, self._service.library, self._catalogs, asking.language)
            case _:
                assert_never(query)

    def _about_areas(self, query: AreaOf | AreasIn | AreasNamed, db: Connection) -> tuple[Row, ...]:
        match query:
            case AreaOf():
                area = self.area(query.code, db)
                return (area,) if area else ()
            case AreasIn():
                return self.areas.inside(db, query.code)
            case AreasNamed():
                found = self.atlas.search(query.words, query.code, NAMES_FOUND)
                codes = sorted(found, key=self._likelier)
                return tuple(area for code in codes if (area := self.area(code, db)))
            case _:
                assert_never(query)

    def _likelier(self, code: str) -> tuple[bool, bool, bool]:
        """Of equal names the larger area, a village of the programme, a sending province first."""
        known = code in self._service.library.desmigratif
        return len(code) > LONGEST_LARGE, not known, code[:2] not in FIRST

    def area(self, code: str, db: Connection) -> Area | None:
        return self.areas.find(db, code) if code else None

    def _about_villages(
        self, query: VillageOf | HallVillage | ImportOf, asking: Asking
    ) -> tuple[Row, ...]:
        match query:
            case VillageOf():
                return self._village(query.code, asking)
            case HallVillage():
                return self._village(asking.hall, asking) if asking.hall else ()
            case ImportOf():
                return self._import(query.code, asking.db)
            case _:
                assert_never(query)

    def _village(self, code: str, asking: Asking) -> tuple[Village, ...]:
        """Read once a turn: a screen is shown before and after its step."""
        if code not in asking.villages:
            asking.villages[code] = self._village_at(code, asking.db)
        return asking.villages[code]

    def _village_at(self, code: str, db: Connection) -> tuple[Village, ...]:
        area = self.area(code, db)
        if area is None:
            return ()
        kept, today = self.villages, self._clock.today()
        facts = tuple(
            VillageFact(fact.field, fact.words, *_marked(fact.mark, self.name_of(fact.mark.by, db)))
            for fact in kept.facts(db, code)
        )
        contacts = self.contacts(code, db)
        events = tuple(
            VillageEvent(event.number, event.day, event.words)
            for event in kept.events(db, code, today)
        )
        return (Village(area, facts, contacts, events),)

    def contacts(self, code: str, db: Connection) -> tuple[VillageContact, ...]:
        """Each officer's name is read once: a file may have brought two hundred contacts."""
        kept = self.villages.contacts(db, code)
        names = {by: self.name_of(by, db) for by in {contact.mark.by for contact in kept}}
        return tuple(_contact(contact, names[contact.mark.by]) for contact in kept)

    def name_of(self, office: int, db: Connection) -> str:
        """The name of an officer, empty where they have gone."""
        found = self.offices.find(db, office) if office else None
        return found.name if found else ""

    def _import(self, code: str, db: Connection) -> tuple[Import, ...]:
        kept, contacts = self.villages.newest_import(db, code), self.villages.contacts(db, code)
        if kept is None:
            return ()
        return (
            Import(
                kept.stage, day(kept.made_at), self.name_of(kept.made_by, db),
                kept.added, kept.changed, kept.same, kept.faults, self.can_undo(kept, contacts),
                changes(kept), new_names(kept), kept.sent,
            ),
        )  # fmt: skip

    def can_undo(self, kept: villages.ImportKept, contacts: Iterable[villages.Contact]) -> bool:
        """Within a week, while every contact it wrote is still just as it was written."""
        if kept.stage != "applied" or kept.made_at <= self._clock.now() - villages.WEEK:
            return False
        now = {contact.number: contact for contact in contacts}
        return all(now.get(row.number) == row for row in kept.rows)

    def _about_offices(
        self, query: MyOffices | MyDesk | OfficesIn | OfficeOf | OfficesNamed, asking: Asking
    ) -> tuple[Row, ...]:
        db, now = asking.db, self._clock.now()
        match query:
            case MyOffices():
                return self._offices(self.held(asking), db)
            case MyDesk():
                return self._desk(asking)
            case OfficesIn():
                waiting = self.offices.waiting(db, query.code, now)
                return (
                    *self._offices(self.offices.inside(db, query.code, now), db),
                    *(self._waiting(one, db) for one in waiting),
                )
            case OfficeOf():
                found = self.offices.find(db, query.id)
                return self._offices((found,) if found and found.holds(now) else (), db)
            case OfficesNamed():
                guessers = asking.guessers
                if any(self.offices.guesses(db, who, now) >= guessers[who] for who in guessers):
                    return (Throttled(),)
                for who in guessers:
                    self.offices.guess(db, self._clock.new_id(), who, now)
                return self._offices(self.offices.named(db, query.words, now), db)
            case _:
                assert_never(query)

    def held(self, asking: Asking) -> tuple[offices.Kept, ...]:
        """What the person who asks holds now."""
        if asking.found is None:
            return ()
        if not asking.held:
            now = self._clock.now()
            asking.held.append(self.offices.held(asking.db, asking.found.id, now))
        return asking.held[0]

    def _desk(self, asking: Asking) -> tuple[Row, ...]:
        held, now = self.held(asking), self._clock.now()
        if not held:  # nearly everybody
            return ()
        areas = {office.area for office in held if len(office.area) in (5, 13)}
        own = {office.id for office in held}
        given = self.offices.given_lately(asking.db, [office.id for office in held], now)
        others = tuple(office for office in given if office.id not in own and office.holds(now))
        pages = tuple(page for area in sorted(areas) for page in self._village(area, asking))
        return (*pages, *self._offices(others, asking.db))

    def _offices(self, kept: Sequence[offices.Kept], db: Connection) -> tuple[Office, ...]:
        return tuple(self._office(office, db) for office in kept)

    def _office(self, kept: offices.Kept, db: Connection) -> Office:
        undo_until = kept.since + offices.UNDO
        return Office(
            kept.id, kept.role, self.area(kept.area, db), kept.name, day(kept.since),
            day(kept.until_at), kept.given_by,
            day(undo_until) if undo_until > self._clock.now() else None,
        )  # fmt: skip

    def _waiting(self, kept: offices.Waiting, db: Connection) -> Invitation:
        by, where = self.name_of(kept.made_by, db), self.area(kept.area, db)
        return Invitation(kept.id, kept.role, where, by, kept.made_by, day(kept.ends_at))

    def _invitation(self, invitation: int, db: Connection) -> tuple[Invitation, ...]:
        waiting = self.offices.invitation(db, invitation, self._clock.now())
        return (self._waiting(waiting, db),) if waiting else ()

    def may_hold(self, address: Address) -> bool:
        """Not at a kiosk, but in a rehearsal: an office belongs to a person's own phone."""
        return address.keeps >= DAY or self._service.rehearsal

    def invitation_behind(self, code: str, asking: Asking) -> int | Text:
        """The id of what a code opens, or why it opens nothing; wrong codes are counted."""
        if not self.may_hold(asking.address):
            return NOT_HERE
        db, now, who = asking.db, self._clock.now(), f"code:{asking.address}"
        if self.offices.guesses(db, who, now) >= CODES_AN_HOUR:
            return TOO_OFTEN
        if waiting := self.offices.opened(db, code, now):
            return waiting.id
        self.offices.guess(db, self._clock.new_id(), who, now)
        return USED

    def _deed(self, line: Line, db: Connection) -> Deed:
        where = self.area(line.area, db)
        return Deed(
            day(line.at), time_of_day(line.at), line.deed, line.name, line.by, where, line.detail
        )


def _contact(kept: villages.Contact, by: str) -> VillageContact:
    phone = as_dialled(kept.phone) if kept.phone else ""
    marks = _marked(kept.mark, by)
    return VillageContact(kept.number, kept.kind, kept.name, phone, kept.note, *marks)


def _marked(mark: Mark, by: str) -> tuple[date, date, str]:
    return day(mark.verified_at), day(mark.at), by
