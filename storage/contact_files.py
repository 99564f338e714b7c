"""Contacts of a village as a CSV file: every fault in it named at once, and written for Excel.

Nothing in a file is changed silently: what is not surely understood is a fault.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from itertools import islice, zip_longest

from flows.text import Text, Value, t
from flows.village.kept import Kind, VillageContact
from flows.words import fold
from storage import contact_faults as wrong
from storage.contact_cells import (
    COLUMNS,
    HIDDEN,
    KIND_OF,
    NUMBER,
    ROUNDED,
    WORDS,
    Column,
    bare,
    guarded,
    written_day,
)
from storage.contact_faults import MOST_ROWS, filled, several, shown
from storage.contact_rows import MOST_BYTES, Row, decoded, header_faults, records
from storage.phones import one_form

__all__ = ["COLUMNS", "MOST_BYTES", "ContactLine", "Faults", "read_contacts", "write_contacts"]

MOST_FAULTS = 8
MOST_LETTERS = 120
MOST_IN_NAME = 60


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact as a file has it; number 0 is a new one."""

    number: int
    kind: Kind
    name: str
    phone: str
    """In the one form of `storage/phones.py`; empty where there is none yet."""
    note: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a file: the first sentences, and how many more there are."""

    said: tuple[Text, ...]


def read_contacts(content: bytes, today: date) -> tuple[ContactLine, ...] | Faults:
    """Every contact in the file, or everything that is wrong with it."""
    reading = _Reading(today)
    lines = tuple(reading.lines(content))
    if not reading.faults:
        return lines
    others = len(reading.faults) - MOST_FAULTS
    rest = (t("... dan {count} kesalahan lain.", count=others),) if others > 0 else ()
    return Faults((*reading.faults[:MOST_FAULTS], *rest))


def write_contacts(contacts: Iterable[VillageContact]) -> str:
    """A file that `read_contacts` reads, and in which no cell is a formula.

    It begins with a byte order mark, without which Excel takes the letters for others: encode it
    as plain UTF-8.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    for contact in contacts:
        day = contact.verified_on.isoformat()
        words = (WORDS[contact.kind], contact.name, contact.phone, contact.note, day)
        writer.writerow((contact.number, *map(guarded, words)))
    return f"\ufeff{file.getvalue()}"


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    title: str
    value: str


class _Reading:
    """One file being read, with what is wrong so far and what its rows have said."""

    def __init__(self, today: date) -> None:
        self.faults: list[Text] = []
        self._today = today
        self._numbers: dict[int, int] = {}
        self._contacts: dict[ContactLine, tuple[int, int]] = {}

    def lines(self, content: bytes) -> Iterator[ContactLine]:
        rows = self._rows(decoded(content))
        columns = self._columns(rows[0]) if rows else []
        if columns and not rows[1:] and not self.faults:
            self.faults.append(wrong.NO_LINES)
        for row in rows[1:] if columns else ():
            if len(row.cells) == len(columns) and row.columns() == columns:
                self.faults.append(filled(wrong.REPEATED, row=row.number))
                continue
            yield self._line(self._cells(row, rows[0], columns), row.number)

    def _rows(self, text: str | Text) -> list[Row]:
        """The header and what stands below it; nothing where the file is of no use."""
        found = [text] if isinstance(text, Text) else [*islice(records(text), MOST_ROWS + 2)]
        if len(found) > MOST_ROWS + 1:
            found = [wrong.TOO_MANY]
        if not found:
            found = [wrong.EMPTY]
        self.faults.extend(fault for fault in found if isinstance(fault, Text))
        return [row for row in found if isinstance(row, Row)]

    def _columns(self, header: Row) -> list[Column | None]:
        """What each column holds; nothing where the header cannot be relied on."""
        columns = header.columns()
        unclear = [*header_faults(header, columns)]
        self.faults.extend(unclear)
        return [] if unclear else columns

    def _cells(self, row: Row, header: Row, columns: list[Column | None]) -> dict[Column, _Cell]:
        cells: dict[Column, _Cell] = {c: _Cell(row.number, c, "") for c in COLUMNS}
        outside: list[str] = []
        for column, title, cell in zip_longest(columns, header.cells, row.cells):
            if column:
                cells[column] = _Cell(row.number, shown(title), bare(cell or ""))
            elif cell and cell.strip():
                outside.append(cell)
        if outside:
            self.faults.append(filled(wrong.OUTSIDE, row=row.number, value=several(outside)))
        return cells

    def _line(self, cells: dict[Column, _Cell], row: int) -> ContactLine:
        before = len(self.faults)
        line = ContactLine(
            number=self._number(cells["nomor"]),
            kind=self._kind(cells["jenis"]),
            name=self._name(cells["nama"]),
            phone=self._phone(cells["telepon"]),
            note=self._words(cells["keterangan"], MOST_LETTERS),
            verified_on=self._day(cells["diperiksa"]),
        )
        if len(self.faults) == before:
            self._compare(line, row)
        return line

    def _compare(self, line: ContactLine, row: int) -> None:
        """Two that have a number each are two, even if they are alike."""
        same = replace(line, number=0, name=line.name.casefold(), verified_on=None)
        first, number = self._contacts.setdefault(same, (row, line.number))
        if first != row and not (number and line.number):
            self.faults.append(filled(wrong.ALIKE, row=row, first=first))

    def _number(self, cell: _Cell) -> int:
        if not NUMBER.fullmatch(cell.value):
            if cell.value:
                self._wrong(wrong.NO_NUMBER, cell)
            return 0
        first = self._numbers.setdefault(int(cell.value), cell.row)
        if first != cell.row:
            self._wrong(wrong.NUMBER_TAKEN, cell, first=first)
        return int(cell.value)

    def _kind(self, cell: _Cell) -> Kind:
        kind = KIND_OF.get(fold(cell.value))
        if kind is None:
            fault = wrong.NO_KIND if cell.value else wrong.KIND_MISSING
            self._wrong(fault, cell, known=", ".join(WORDS.values()))
        return kind or "other"

    def _name(self, cell: _Cell) -> str:
        if not cell.value:
            self._wrong(wrong.NAME_MISSING, cell)
        return self._words(cell, MOST_IN_NAME)

    def _words(self, cell: _Cell, most: int) -> str:
        if len(cell.value) > most:
            self._wrong(wrong.TOO_LONG, cell, most=most)
        if HIDDEN.search(cell.value):
            self._wrong(wrong.NOT_PLAIN, cell)
        return cell.value

    def _phone(self, cell: _Cell) -> str:
        form = one_form(cell.value) if cell.value else ""
        if form is None:
            self._wrong(
                wrong.ROUNDED_PHONE if ROUNDED.fullmatch(cell.value) else wrong.NO_PHONE, cell
            )
        return form or ""

    def _day(self, cell: _Cell) -> date | None:
        day = written_day(cell.value)
        if day is None and cell.value:
            self._wrong(wrong.NO_DAY, cell)
        if day and day > self._today:
            self._wrong(wrong.DAY_TO_COME, cell)
        return day

    def _wrong(self, fault: Text, cell: _Cell, **values: Value) -> None:
        where: dict[str, Value] = {"row": cell.row, "column": cell.title}
        self.faults.append(filled(fault, **where, value=shown(cell.value), **values))
