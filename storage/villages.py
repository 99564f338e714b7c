"""What officers keep about their village: facts, contacts, dates, and files on their way in."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, delete, func, select, update

from flows.text import Text, t
from flows.village.imports import Stage
from flows.village.kept import FIELDS, KINDS, Field, Kind
from storage.models import (
    ContactImportRow,
    VillageContactRow,
    VillageEventRow,
    VillageFactRow,
    insertion,
    table,
)

FACT, CONTACT = table(VillageFactRow), table(VillageContactRow)
EVENT, IMPORT = table(VillageEventRow), table(ContactImportRow)

TITLES = {"kind": "jenis", "phone": "telepon", "note": "keterangan"}
"""Parts of a contact, as the columns of a file call them."""

WEEK = 7 * 24 * 3600
"""How long a file of contacts can be undone, and is kept."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Who changed a row last, by the number of their office, and when; when it was seen to."""

    by: int
    at: int
    verified_at: int


@dataclass(frozen=True, slots=True)
class Fact:
    field: Field
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Contact:
    number: int
    kind: Kind
    name: str
    phone: str
    """In the one form of E.164; empty where there is none."""
    note: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Event:
    number: int
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class ImportKept:
    """A file as it was read: what it would write, or what is wrong with it."""

    stage: Stage
    made_by: int
    made_at: int
    rows: tuple[Contact, ...] = ()
    """Each with the number it gets; a new one has a free number already."""
    added: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[Text, ...] = ()
    before: tuple[Contact, ...] = ()
    """The contacts of those numbers as they were before it was applied."""

    @property
    def sent(self) -> str:
        """Which file this is, so that nobody saves one that they have not seen."""
        return f"{self.made_by}-{self.made_at}"


class Villages:
    """The repository of village pages."""

    def facts(self, db: Connection, area: str) -> tuple[Fact, ...]:
        """In the order in which a page is read."""
        found = db.execute(select(FACT).where(FACT.c.area == area))
        rows = {row.field: Fact(row.field, row.words, _mark(row)) for row in found}
        return tuple(rows[field] for field in FIELDS if field in rows)

    def contacts(self, db: Connection, area: str, *, hold: bool = False) -> tuple[Contact, ...]:
        """The head first, then officers, posts, others; within a kind as they were added."""
        found = select(CONTACT).where(CONTACT.c.area == area)
        rows = db.execute(found.with_for_update() if hold else found)
        kinds = list(KINDS)
        return tuple(
            sorted(map(_contact, rows), key=lambda row: (kinds.index(row.kind), row.number))
        )

    def events(self, db: Connection, area: str, today: date) -> tuple[Event, ...]:
        """Those still to come, the next first."""
        rows = db.execute(
            select(EVENT)
            .where(EVENT.c.area == area, EVENT.c.day >= today.isoformat())
            .order_by(EVENT.c.day, EVENT.c.number)
        )
        return tuple(Event(row.number, date.fromisoformat(row.day), row.words) for row in rows)

    def keep_fact(self, db: Connection, area: str, fact: Fact) -> None:
        row = {"words": fact.words} | _marks(fact.mark)
        write = insertion(db.dialect, FACT).values(area=area, field=fact.field, **row)
        db.execute(write.on_conflict_do_update(index_elements=["area", "field"], set_=row))

    def verify_fact(self, db: Connection, area: str, field: Field, now: int) -> bool:
        """Whether there is such a fact."""
        found = update(FACT).where(FACT.c.area == area, FACT.c.field == field)
        return db.execute(found.values(verified_at=now)).rowcount == 1

    def remove_fact(self, db: Connection, area: str, field: Field) -> bool:
        gone = delete(FACT).where(FACT.c.area == area, FACT.c.field == field)
        return db.execute(gone).rowcount == 1

    def add_contact(self, db: Connection, area: str, contact: Contact) -> bool:
        """False where the number is taken: two officers at once."""
        return self._add_contacts(db, area, (contact,))

    def _add_contacts(self, db: Connection, area: str, contacts: Iterable[Contact]) -> bool:
        """Whether every number was free. Rows are asked back: PostgreSQL does not count them."""
        rows = [{"area": area} | _row(contact) for contact in contacts]
        write = insertion(db.dialect, CONTACT).on_conflict_do_nothing().returning(CONTACT.c.number)
        return not rows or len(db.execute(write, rows).all()) == len(rows)

    def change_contact(self, db: Connection, area: str, contact: Contact) -> bool:
        """Whether there is a contact of that number, which is now as given."""
        found = update(CONTACT).where(CONTACT.c.area == area, CONTACT.c.number == contact.number)
        return db.execute(found.values(**_row(contact))).rowcount == 1

    def remove_contact(self, db: Connection, area: str, number: int) -> bool:
        gone = delete(CONTACT).where(CONTACT.c.area == area, CONTACT.c.number == number)
        return db.execute(gone).rowcount == 1

    def add_event(self, db: Connection, area: str, day: date, words: str) -> None:
        """Under the next number; of two officers at once the second gets the one after it."""
        newest = select(func.max(EVENT.c.number)).where(EVENT.c.area == area)
        row = {"area": area, "day": day.isoformat(), "words": words}
        write = insertion(db.dialect, EVENT).on_conflict_do_nothing().returning(EVENT.c.number)
        number = (db.execute(newest).scalar() or 0) + 1
        while db.execute(write, row | {"number": number}).first() is None:
            number += 1

    def remove_event(self, db: Connection, area: str, number: int) -> bool:
        gone = delete(EVENT).where(EVENT.c.area == area, EVENT.c.number == number)
        return db.execute(gone).rowcount == 1

    def newest_import(self, db: Connection, area: str, *, hold: bool = False) -> ImportKept | None:
        """Held, if asked, until the turn ends: what is applied is what was looked at."""
        found = select(IMPORT).where(IMPORT.c.area == area)
        row = db.execute(found.with_for_update() if hold else found).first()
        return _import(json.loads(row.rows), row.stage, row.made_by, row.made_at) if row else None

    def keep_import(self, db: Connection, area: str, kept: ImportKept) -> None:
        """The newest file of a village takes the place of the one before it."""
        row = {
            "made_by": kept.made_by,
            "made_at": kept.made_at,
            "stage": kept.stage,
            "rows": json.dumps(asdict(kept), ensure_ascii=False),
        }
        write = insertion(db.dialect, IMPORT).values(area=area, **row)
        db.execute(write.on_conflict_do_update(index_elements=["area"], set_=row))

    def apply(self, db: Connection, area: str, kept: ImportKept) -> bool:
        """Write a file over the contacts of the same numbers; False if a new number is taken."""
        return self._replace(db, area, kept.before, kept.rows)

    def undo(self, db: Connection, area: str, kept: ImportKept) -> bool:
        """Put back what stood at those numbers before; what was new goes again."""
        return self._replace(db, area, kept.rows, kept.before)

    def _replace(
        self, db: Connection, area: str, old: Iterable[Contact], new: Iterable[Contact]
    ) -> bool:
        numbers = [contact.number for contact in old]
        db.execute(delete(CONTACT).where(CONTACT.c.area == area, CONTACT.c.number.in_(numbers)))
        return self._add_contacts(db, area, new)

    def forget_overdue(self, db: Connection, now: int, today: date) -> int:
        """Dates that are over and files older than a week; how many they were."""
        over = delete(EVENT).where(EVENT.c.day < today.isoformat())
        old = delete(IMPORT).where(IMPORT.c.made_at <= now - WEEK)
        return db.execute(over).rowcount + db.execute(old).rowcount


def as_applied(kept: ImportKept, now: int) -> ImportKept:
    """A file that is written now, by whoever sent it."""
    rows = tuple(replace(row, mark=replace(row.mark, at=now)) for row in kept.rows)
    return replace(kept, stage="applied", rows=rows, made_at=now)


def new_names(kept: ImportKept) -> tuple[str, ...]:
    old = {contact.number for contact in kept.before}
    return tuple(row.name for row in kept.rows if row.number not in old)


def changes(kept: ImportKept) -> tuple[Text, ...]:
    """What becomes of the contacts that were there: above all, who takes whose place."""
    old = {contact.number: contact for contact in kept.before}
    return tuple(_change(old[row.number], row) for row in kept.rows if row.number in old)


def _change(old: Contact, new: Contact) -> Text:
    if old.name != new.name:
        return t("{old} menjadi {new}", old=old.name, new=new.name)
    columns = [title for part, title in TITLES.items() if getattr(old, part) != getattr(new, part)]
    if old.mark.verified_at != new.mark.verified_at:
        columns.append("diperiksa")
    return t("{name}: {column} berubah", name=new.name, column=", ".join(columns))


def _mark(row: Any) -> Mark:
    return Mark(row.changed_by, row.changed_at, row.verified_at)


def _marks(mark: Mark) -> dict[str, int]:
    return {"changed_by": mark.by, "changed_at": mark.at, "verified_at": mark.verified_at}


def _contact(row: Any) -> Contact:
    return Contact(row.number, row.kind, row.name, row.phone, row.note, _mark(row))


def _row(contact: Contact) -> dict[str, Any]:
    plain = {name: getattr(contact, name) for name in ("number", "kind", "name", "phone", "note")}
    return plain | _marks(contact.mark)


def _import(stored: dict[str, Any], stage: Stage, by: int, at: int) -> ImportKept:
    return ImportKept(
        stage, by, at,
        _contacts(stored["rows"]),
        stored["added"], stored["changed"], stored["same"],
        tuple(_text(fault) for fault in stored["faults"]),
        _contacts(stored["before"]),
    )  # fmt: skip


def _contacts(stored: list[dict[str, Any]]) -> tuple[Contact, ...]:
    return tuple(_stored_contact(row) for row in stored)


def _stored_contact(row: dict[str, Any]) -> Contact:
    mark = Mark(**row.pop("mark"))
    return Contact(mark=mark, **row)


def _text(stored: dict[str, Any]) -> Text:
    """A fault as it was said: its sentence, and values that are words or numbers."""
    values = tuple(
        (name, _text(cast(dict[str, Any], value)) if isinstance(value, dict) else value)
        for name, value in stored["values"]
    )
    return Text(stored["msgid"], stored["context"], values)
