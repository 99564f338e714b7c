"""A file of contacts as rows, whatever program wrote it, and what its first row must name."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from flows.text import Text
from flows.words import fold
from storage import contact_faults as wrong
from storage.contact_cells import COLUMN_OF, COLUMNS, REQUIRED, Column
from storage.contact_faults import filled, several

MOST_BYTES = 1024 * 1024

BEGINNINGS: dict[bytes, Text] = {
    b"PK\x03\x04": wrong.SPREADSHEET,
    b"PK\x05\x06": wrong.SPREADSHEET,
    b"\xd0\xcf\x11\xe0": wrong.SPREADSHEET,
    b"%PDF": wrong.PDF,
    b"\xff\xd8\xff": wrong.PICTURE,
    b"\x89PNG": wrong.PICTURE,
    b"GIF8": wrong.PICTURE,
    b"RIFF": wrong.PICTURE,
    b"<": wrong.WEB_PAGE,
}
"""How files of other kinds begin, whatever their name says."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, numbered as a spreadsheet does."""

    number: int
    cells: list[str]

    def columns(self) -> list[Column | None]:
        return [COLUMN_OF.get(fold(cell)) for cell in self.cells]


def decoded(content: bytes) -> str | Text:
    beginning = content[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, kind in BEGINNINGS.items():
        if beginning.startswith(first):
            return kind
    if len(content) > MOST_BYTES:
        return wrong.TOO_BIG
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return wrong.UNREADABLE
    return wrong.UNREADABLE if "\0" in text else text


def records(text: str) -> Iterator[Row | Text]:
    """Every row that is not empty; a fault comes last, where no more can be read."""
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(map(str.strip, cells)):
                yield Row(number, cells)
    except csv.Error:
        yield filled(wrong.BROKEN, row=number + 1)


def header_faults(header: Row, columns: list[Column | None]) -> Iterator[Text]:
    if not any(columns):
        yield wrong.NO_HEADER
        return
    titled = [*zip(columns, header.cells, strict=True)]
    unknown = [title for column, title in titled if not column and title.strip()]
    if unknown:
        yield filled(wrong.UNKNOWN, titles=several(unknown), known=", ".join(COLUMNS))
    for column in COLUMNS:
        titles = [title for known, title in titled if known == column]
        if len(titles) > 1:
            yield filled(wrong.DOUBLED, column=column, titles=several(titles))
        if not titles and column in REQUIRED:
            yield filled(wrong.MISSING, column=column)
