"""The rows about villages: their pages, the hall one stands in, files on their way in."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import Clock, day
from flows.queries import HallVillage, ImportOf, Row, VillageOf
from flows.village.imports import Import
from flows.village.kept import Village, VillageContact, VillageEvent, VillageFact
from storage import villages
from storage.phones import as_dialled
from storage.villages import Mark, changes, new_names

if TYPE_CHECKING:
    from bot.rows import Rows


class VillageRows:
    """Answers the queries about villages."""

    def __init__(self, rows: "Rows", clock: Clock) -> None:
        self._rows, self._clock = rows, clock

    def answer(self, query: VillageOf | HallVillage | ImportOf, asking: Asking) -> tuple[Row, ...]:
        match query:
            case VillageOf():
                return self.village(query.code, asking)
            case HallVillage():
                return self.village(asking.hall, asking) if asking.hall else ()
            case ImportOf():
                return self._import(query.code, asking.db)
            case _:
                assert_never(query)

    def village(self, code: str, asking: Asking) -> tuple[Village, ...]:
        """Read once a turn: a screen is shown before and after its step."""
        if code not in asking.villages:
            asking.villages[code] = self._village_at(code, asking.db)
        return asking.villages[code]

    def _village_at(self, code: str, db: Connection) -> tuple[Village, ...]:
        area = self._rows.area(code, db)
        if area is None:
            return ()
        kept, today = self._rows.villages, self._clock.today()
        facts = tuple(
            VillageFact(
                fact.field, fact.words, *_marked(fact.mark, self._rows.name_of(fact.mark.by, db))
            )
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
        kept = self._rows.villages.contacts(db, code)
        names = {by: self._rows.name_of(by, db) for by in {contact.mark.by for contact in kept}}
        return tuple(_contact(contact, names[contact.mark.by]) for contact in kept)

    def _import(self, code: str, db: Connection) -> tuple[Import, ...]:
        kept, contacts = (
            self._rows.villages.newest_import(db, code),
            self._rows.villages.contacts(db, code),
        )
        if kept is None:
            return ()
        return (
            Import(
                kept.stage, day(kept.made_at), self._rows.name_of(kept.made_by, db),
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


def _contact(kept: villages.Contact, by: str) -> VillageContact:
    phone = as_dialled(kept.phone) if kept.phone else ""
    marks = _marked(kept.mark, by)
    return VillageContact(kept.number, kept.kind, kept.name, phone, kept.note, *marks)


def _marked(mark: Mark, by: str) -> tuple[date, date, str]:
    return day(mark.verified_at), day(mark.at), by
