"""What officers do to the page of their village: facts, contacts, dates, files of contacts."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import assert_never

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import day, instant
from bot.messages import SentFile
from bot.work import FULL, GONE, Work, any_name, at_most, cut, phone_of
from flows.effects import (
    AddContact,
    AddEvent,
    ApplyImport,
    ChangeContact,
    File,
    KeepFact,
    NoteExport,
    RemoveContact,
    RemoveEvent,
    StageImport,
    UndoImport,
    VerifyContact,
    VerifyFact,
    VillageEffect,
)
from flows.errors import Refused
from flows.text import t
from storage.contact_faults import TOO_BIG
from storage.contact_files import ContactLine, Faults, read_contacts, write_contacts
from storage.villages import Contact, Event, Fact, ImportKept, Mark, as_applied

CHANGED = t("Kontak desa berubah sejak berkas ini diperiksa. Kirim berkasnya sekali lagi.")

WORDS, LINE = 200, 120
"""Characters of a fact, and of a note or a date: what fits on a small screen."""

CONTACTS, EVENTS = 200, 20
"""Contacts and dates of one village."""


class VillageWork(Work):
    def carry_out(self, effect: VillageEffect, asking: Asking, file: SentFile) -> File | None:
        by = self.right(effect, effect.area, asking)
        match effect:
            case KeepFact() | VerifyFact():
                self._fact(effect, asking, by)
            case AddContact() | ChangeContact() | VerifyContact() | RemoveContact():
                self._contact(effect, asking, by)
            case AddEvent() | RemoveEvent():
                self._event(effect, asking, by)
            case StageImport():
                read = self._read(effect, asking, by, file)
                self.rows.villages.keep_import(asking.db, effect.area, read)
            case ApplyImport() | UndoImport():
                self._import(effect, asking, by)
            case NoteExport():
                return self._export(effect, asking, by)
            case _:
                assert_never(effect)
        return None

    def _mark(self, by: int) -> Mark:
        now = self.clock.now()
        return Mark(by, now, now)

    def _fact(self, effect: KeepFact | VerifyFact, asking: Asking, by: int) -> None:
        db, area, field, now = asking.db, effect.area, effect.field, self.clock.now()
        match effect:
            case KeepFact(words=""):
                deed, there = "fact-removed", self.rows.villages.remove_fact(db, area, field)
            case KeepFact():
                fact = Fact(field, cut(effect.words, WORDS), self._mark(by))
                self.rows.villages.keep_fact(db, area, fact)
                deed, there = "fact", True
            case VerifyFact():
                deed, there = "fact-seen", self.rows.villages.verify_fact(db, area, field, now)
        if not there:
            raise Refused(GONE)
        self.note(asking, by, area, deed, field)

    def _contact(
        self, effect: AddContact | ChangeContact | VerifyContact | RemoveContact,
        asking: Asking, by: int,
    ) -> None:  # fmt: skip
        db, area, kept = asking.db, effect.area, self.rows.villages
        match effect:
            case AddContact():
                self._add_contact(effect, asking, by)
                self.note(asking, by, area, "contact-added", effect.kind)
                return
            case RemoveContact():
                deed, there = "contact-removed", kept.remove_contact(db, area, effect.number)
            case ChangeContact():
                new = self._changed(effect, self._found(effect, asking), by)
                deed, there = "contact", kept.change_contact(db, area, new)
            case VerifyContact():
                old = self._found(effect, asking)
                seen = replace(old, mark=replace(old.mark, verified_at=self.clock.now()))
                deed, there = "contact-seen", kept.change_contact(db, area, seen)
        if not there:
            raise Refused(GONE)
        self.note(asking, by, area, deed)

    def _found(self, effect: ChangeContact | VerifyContact, asking: Asking) -> Contact:
        for contact in self.rows.villages.contacts(asking.db, effect.area, hold=True):
            if contact.number == effect.number:
                return contact
        raise Refused(GONE)

    def _add_contact(self, effect: AddContact, asking: Asking, by: int) -> None:
        if len(self.rows.villages.contacts(asking.db, effect.area)) >= CONTACTS:
            raise Refused(at_most(FULL, CONTACTS))
        name = any_name(effect.name)
        contact = Contact(effect.number, effect.kind, name, "", "", self._mark(by))
        if not self.rows.villages.add_contact(asking.db, effect.area, contact):
            raise Refused(GONE)

    def _changed(self, effect: ChangeContact, old: Contact, by: int) -> Contact:
        name = old.name if effect.name is None else any_name(effect.name)
        phone = old.phone if effect.phone is None else phone_of(effect.phone)
        note = old.note if effect.note is None else cut(effect.note, LINE)
        return replace(old, name=name, phone=phone, note=note, mark=self._mark(by))

    def _event(self, effect: AddEvent | RemoveEvent, asking: Asking, by: int) -> None:
        db, area = asking.db, effect.area
        match effect:
            case AddEvent():
                if len(self._events(asking, area)) >= EVENTS:
                    raise Refused(at_most(FULL, EVENTS))
                self.rows.villages.add_event(db, area, effect.day, cut(effect.words, LINE))
                self.note(asking, by, area, "event-added", effect.day.isoformat())
            case RemoveEvent():
                if not self.rows.villages.remove_event(db, area, effect.number):
                    raise Refused(GONE)
                self.note(asking, by, area, "event-removed")

    def _events(self, asking: Asking, area: str) -> tuple[Event, ...]:
        return self.rows.villages.events(asking.db, area, self.clock.today())

    def _read(self, effect: StageImport, asking: Asking, by: int, file: SentFile) -> ImportKept:
        now, today = self.clock.now(), self.clock.today()
        lines = Faults((TOO_BIG,)) if file.too_large else read_contacts(file.content, today)
        if isinstance(lines, Faults):
            return ImportKept("faulty", by, now, faults=lines.said)
        contacts = self.rows.villages.contacts(asking.db, effect.area)
        planned = _planned(lines, contacts, by, now)
        if len(contacts) + planned.added > CONTACTS:
            return ImportKept("faulty", by, now, faults=(at_most(FULL, CONTACTS),))
        return planned

    def _import(self, effect: ApplyImport | UndoImport, asking: Asking, by: int) -> None:
        db, area = asking.db, effect.area
        newest = self.rows.villages.newest_import(db, area, hold=True)
        if newest is None or newest.sent != effect.sent:
            raise Refused(GONE)
        contacts = self.rows.villages.contacts(db, area, hold=True)
        match effect:
            case ApplyImport():
                self._apply(newest, contacts, area, db)
                self.note(asking, by, area, "imported", str(newest.added + newest.changed))
            case UndoImport():
                self._undo(newest, contacts, area, db)
                self.note(asking, by, area, "import-undone")

    def _apply(
        self, newest: ImportKept, contacts: tuple[Contact, ...], area: str, db: Connection
    ) -> None:
        """Only what was looked through: contacts changed since then need another look."""
        if newest.stage != "ready":
            raise Refused(GONE)
        if len(contacts) + newest.added > CONTACTS:
            raise Refused(at_most(FULL, CONTACTS))
        applied = as_applied(newest, self.clock.now())
        there = _at_those_numbers(applied.rows, contacts)
        if there != newest.before or not self.rows.villages.apply(db, area, applied):
            raise Refused(CHANGED)
        self.rows.villages.keep_import(db, area, applied)

    def _undo(
        self, newest: ImportKept, contacts: tuple[Contact, ...], area: str, db: Connection
    ) -> None:
        if not self.rows.about_villages.can_undo(newest, contacts):
            raise Refused(GONE)
        self.rows.villages.undo(db, area, newest)
        undone = replace(newest, stage="undone", made_at=self.clock.now())
        self.rows.villages.keep_import(db, area, undone)

    def _export(self, effect: NoteExport, asking: Asking, by: int) -> File:
        contacts = self.rows.about_villages.contacts(effect.area, asking.db)
        self.note(asking, by, effect.area, "exported", str(len(contacts)))
        return File(f"kontak-{effect.area}.csv", write_contacts(contacts))


def _planned(
    lines: tuple[ContactLine, ...], contacts: tuple[Contact, ...], by: int, now: int
) -> ImportKept:
    """What a file would write."""
    old = {contact.number: contact for contact in contacts}
    numbered = tuple(_numbered(lines, contacts))
    rows = tuple(_row(line, number, old.get(number), by, now) for number, line in numbered)
    new = tuple(row for row in rows if old.get(row.number) != row)
    before = _at_those_numbers(new, contacts)
    changed, same = len(before), len(rows) - len(new)
    return ImportKept("ready", by, now, new, len(new) - changed, changed, same, (), before)


def _numbered(
    lines: tuple[ContactLine, ...], contacts: tuple[Contact, ...]
) -> Iterator[tuple[int, ContactLine]]:
    """A line without a number is the contact that says the same, or else a new one.

    So whoever sends a list of their own a second time has nobody in it twice.
    """
    named = {line.number for line in lines}
    alike = {_said(kept): kept.number for kept in contacts if kept.number not in named}
    free = count(max((*named, *(kept.number for kept in contacts))) + 1)
    for line in lines:
        yield line.number or alike.pop(_said(line), 0) or next(free), line


def _said(contact: Contact | ContactLine) -> tuple[str, ...]:
    return contact.kind, contact.name.casefold(), contact.phone, contact.note


def _at_those_numbers(
    rows: tuple[Contact, ...], contacts: tuple[Contact, ...]
) -> tuple[Contact, ...]:
    numbers = {row.number for row in rows}
    return tuple(contact for contact in contacts if contact.number in numbers)


def _row(line: ContactLine, number: int, old: Contact | None, by: int, now: int) -> Contact:
    """The contact of a line; one that says nothing new is the old one, mark and all."""
    seen = instant(line.verified_on) if line.verified_on else now
    if old and line.verified_on in (None, day(old.mark.verified_at)):
        seen = old.mark.verified_at
    row = Contact(number, line.kind, line.name, line.phone, line.note, Mark(by, now, seen))
    same = old is not None and replace(row, mark=old.mark) == old and seen == old.mark.verified_at
    return old if old and same else row
