"""The areas of Indonesia: loaded from `area_data/`, and found by their code."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from importlib.resources import files
from io import StringIO
from itertools import chain, islice
from time import sleep
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, delete, or_, select, update

from flows.areas import LEVELS, Area, level_of
from flows.errors import BadContent, Busy, OldDatabase
from flows.words import fold
from storage.database import Database
from storage.models import AreaRow, LoadedRow, insertion, table
from storage.people import Prepared

AREA, LOADED = table(AreaRow), table(LoadedRow)

FILES = {
    "provinces.csv": ["code", "name"],
    "regencies.csv": ["code", "province_code", "name"],
    "districts.csv": ["code", "regency_code", "name"],
    "villages.csv": ["code", "district_code", "name"],
}
"""The files, the highest level first, and the line that each begins with."""

LEVEL_IN = dict(zip(FILES, LEVELS.items(), strict=True))

DIGEST = "22c6eeeba88394adc9638c3a3113ba52205fc6262899b9ad1be3b92cdfd85a7b"
"""Of the packaged files, so that a start need not read 3 MB to know them; a test compares it."""

BATCH = 4000
"""Rows in one transaction: about 50 ms of the lock that turns are waiting for."""

PAUSE = 0.03
"""Seconds between two of them on SQLite, where who waits tries again every 25 ms at first."""

ATTEMPTS = 40
"""Each waits for the lock as long as a turn would; on SQLite, ten seconds in all."""

MOST_FAULTS = 20
LONGEST_NAME = 80

Row = dict[str, str]


def load_areas(database: Database, texts: Mapping[str, str] | None = None) -> bool:
    """Bring table `area` to these files, or the packaged ones; returns whether it wrote anything.

    Killed at any point, it is completed by the next call. Two at once with the same files do not
    disturb each other; with different ones, the first to start gives up.
    """
    digest = DIGEST if texts is None else digest_of(texts)
    with database.look() as db:
        if _loaded(db) == digest:
            return False
    _Loader(database, digest).bring_to(_checked(packaged() if texts is None else texts))
    return True


def packaged() -> dict[str, str]:
    """The text of each file in `area_data/`."""
    folder = files("storage").joinpath("area_data")
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in FILES}


def digest_of(texts: Mapping[str, str]) -> str:
    return sha256("\0".join(texts[name] for name in FILES).encode()).hexdigest()


def _checked(texts: Mapping[str, str]) -> dict[str, Row]:
    """The rows by code; raises `BadContent` with the first faults, the highest level first."""
    rows: dict[str, Row] = {}
    faults = chain.from_iterable(_read(name, texts[name], rows) for name in FILES)
    if found := list(islice(faults, MOST_FAULTS)):
        raise BadContent(found)
    return rows


def _read(name: str, text: str, rows: dict[str, Row]) -> Iterator[str]:
    """Add the rows of one file; yields its faults."""
    lines = csv.reader(StringIO(text, newline=""))
    if next(lines, None) != FILES[name]:
        yield f"{name}: the first line is not {','.join(FILES[name])!r}: write it so"
        return
    for line in lines:
        if fault := _fault(name, line, rows):
            yield f"{name}: line {lines.line_num}: {fault}"
        else:
            rows[line[0]] = {"code": line[0], "parent": parent_of(line[0]), "name": line[-1]}


def _fault(name: str, line: list[str], above: Mapping[str, Row]) -> str:
    if len(line) != len(FILES[name]):
        return f"write {', '.join(FILES[name])}, and nothing else"
    code, *named, called = line
    length, level = LEVEL_IN[name]
    parent = parent_of(code)
    if level_of(code) != level:
        return f"{code!r} is no code of a {level}: write it like {'33.07.10.2004'[:length]}"
    if named and named[0] != parent:
        return f"{code!r} lies in {parent!r}, not in {named[0]!r}: correct one of them"
    if parent and parent not in above:
        return f"{code!r} lies in {parent!r}, which is not there: add it, or take this out"
    if code in above:
        return f"{code!r} stands here twice: take one out"
    if not called.strip() or not called.isprintable() or len(called) > LONGEST_NAME:
        return f"{code!r}: write a name of at most {LONGEST_NAME} characters, on one line"
    return ""


def parent_of(code: str) -> str:
    """`33.07` of `33.07.10`; nothing of a province."""
    return code.rpartition(".")[0]


def _loaded(db: Connection, *, hold: bool = False) -> str | None:
    found = select(LOADED.c.digest).where(LOADED.c.name == AREA.name)
    return db.execute(found.with_for_update() if hold else found).scalar()


class _Loader:
    """One loader at work. Half of the digest is kept while half of the work is done."""

    def __init__(self, database: Database, digest: str) -> None:
        self._database = database
        self._begun, self._done = digest[:32], digest

    def bring_to(self, rows: Mapping[str, Row]) -> None:
        """Write what differs, in the order of the codes; then take out what is no more."""
        self._patiently(self._begin)
        with self._database.look() as db:
            present = {row["code"]: dict(row) for row in db.execute(select(AREA)).mappings()}
        new = [row for code, row in sorted(rows.items()) if present.get(code) != row]
        gone = [{"gone": code} for code in sorted(present.keys() - rows.keys())]
        self._write(self._upsert(AREA), new)
        self._write(delete(AREA).where(AREA.c.code == bindparam("gone")), gone)
        mark = update(LOADED).where(LOADED.c.name == AREA.name).values(digest=bindparam("done"))
        self._write(mark, [{"done": self._done}])

    def _begin(self, db: Connection) -> None:
        db.execute(self._upsert(LOADED), {"name": AREA.name, "digest": self._begun})

    def _write(self, statement: Any, rows: Sequence[Row]) -> None:
        for first in range(0, len(rows), BATCH):
            if first and self._database.is_sqlite:
                sleep(PAUSE)
            self._patiently(partial(self._batch, statement, rows[first : first + BATCH]))

    def _batch(self, statement: Any, rows: Sequence[Row], db: Connection) -> None:
        if _loaded(db, hold=True) not in (self._begun, self._done):
            raise OldDatabase(
                "Another program has begun to load other areas into this database."
                " Stop the older of the two, then run: python -m bot migrate"
            )
        db.execute(statement, rows)

    def _patiently(self, job: Callable[[Connection], None]) -> None:
        """In a turn of its own; again where the database was busy."""
        for left in reversed(range(ATTEMPTS)):
            try:
                with self._database.turn() as db:
                    job(db)
                return
            except Busy:
                if not left:
                    raise

    def _upsert(self, into: Table) -> Any:
        new = insertion(self._database.engine.dialect, into)
        columns = {column.name: new.excluded[column.name] for column in into.c}
        return new.on_conflict_do_update(index_elements=[*into.primary_key], set_=columns)


class Areas:
    """The repository of areas; every method is one statement of the transaction it is given."""

    def __init__(self, dialect: Dialect) -> None:
        self._find, self._inside = Prepared(FIND, dialect), Prepared(INSIDE, dialect)

    def find(self, db: Connection, code: str) -> Area | None:
        """The area of a code, with what it lies in."""
        names = self._named(db, self._find, code)
        name = names.pop(code, None)
        return None if name is None else Area(code, name, _from_nearest(names))

    def inside(self, db: Connection, code: str) -> tuple[Area, ...]:
        """What lies one level below, by name; of `""` the provinces."""
        names = self._named(db, self._inside, code)
        above = _from_nearest({one: name for one, name in names.items() if len(one) <= len(code)})
        below = (Area(one, name, above) for one, name in names.items() if len(one) > len(code))
        return tuple(sorted(below, key=lambda area: (fold(area.name), area.code)))

    def _named(self, db: Connection, wanted: Prepared, code: str) -> dict[str, str]:
        if code and level_of(code) is None:
            return {}
        line = {level: code[:length] for length, level in LEVELS.items()}
        return {row.code: row.name for row in wanted.run(db, {**line, "code": code})}


def _from_nearest(names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[code] for code in sorted(names, key=len, reverse=True))


LINE = AREA.c.code.in_([bindparam(level) for level in LEVELS.values()])
FIND = select(AREA.c.code, AREA.c.name).where(LINE)
INSIDE = select(AREA.c.code, AREA.c.name).where(or_(AREA.c.parent == bindparam("code"), LINE))
