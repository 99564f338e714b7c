"""Areas: all of Indonesia loaded, read into memory, and searched, each beside plain SQL."""

import csv
import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from functools import partial
from io import StringIO
from itertools import chain, repeat
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from storage.areas import load_areas, packaged, parent_of
from storage.atlas import Atlas
from storage.database import Database, connect, open_database
from storage.migrations import migrate
from tests.bench.measure import Round, report, side_by_side, timed
from tests.bench.processes import DATA_KEY

LOADS, READS, ROUNDS = 5, 8, 10
AIM = 0.010
"""Seconds that a search may take: it is part of somebody's turn."""

INSERT = "INSERT INTO area (code, parent, name) VALUES (?, ?, ?)"
ALL = "SELECT code, name FROM area"
BEGINNING = "SELECT code FROM area WHERE name LIKE ? LIMIT 6"

BARE, LOAD = "bare executemany, one transaction", "load_areas"
ROWS, READ = "the same rows, fetched", "Atlas.read"
SQL = "SQL: name LIKE 'kuripan%'"
PLAIN = ("kuripan", "kebak", "satar", "riang", "wonosobo", "sukamaju", "kenanga", "abrakadabra")

KINDS = {
    "exact": (
        "kuripan", "Kebakkramat", "satar mese", "riang kemie", "wonosobo", "Sukamaju", "kenanga",
        "kab. semarang", "kec. sindang", "batukliang utara",
    ),
    "with context": (
        "ds. kuripan wonosobo", "kuripan, watumalang", "kuripan kec garung kab wonosobo",
        "kenanga sindang indramayu", "lantan batukliang utara lombok tengah ntb",
        "uzuramba barat ende", "sukamaju cianjur", "wiyong susukan cirebon", "jlamprang leksono",
        "bumi nabung ilir lampung tengah",
    ),
    "typo": (
        "kurpian", "watumalng", "riang kemi", "kebakramat", "satar messe", "knenanga", "jlamprng",
        "ranggatlo", "rerwairere", "uzurambaa barat",
    ),
    "typo, with context": (
        "kurpian wonosobo", "kurpian wonosbo", "kuripan garug", "wiyong susukn", "waru kebakramat",
        "baru kebakkramat", "tajungsari tlogowungu", "lantn batukliang utara", "dobo meggo sikka",
        "cinhonje gumelar banyumas",
    ),
    "unfinished": (
        "kenan", "kurip", "watum", "riangk", "satarm", "kenan indramayu", "batukl", "jlampr",
        "ranggat", "bumi nabung il",
    ),
    "nothing": (
        "abrakadabra", "zzz", "tidak tahu", "xyzxyz", "qwertyuiop", "saya tidak mengerti",
        "http www", "???", "", "12345",
    ),
}  # fmt: skip
EVERY = "all of these"


def rows() -> list[tuple[str, str, str]]:
    lines = chain.from_iterable(list(csv.reader(StringIO(it)))[1:] for it in packaged().values())
    return sorted((line[0], parent_of(line[0]), line[-1]) for line in lines)


def bare(values: list[tuple[str, str, str]], file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA synchronous = FULL")
        db.executemany(INSERT, values)


def load(file: Path) -> None:
    with closing(open_database(f"sqlite:///{file}", DATA_KEY)) as database:
        load_areas(database)


def on_a_copy(empty: Path, job: Callable[[Path], None]) -> Round:
    file = empty.with_name("copy.db")
    shutil.copy(empty, file)
    return timed([partial(job, file)])


def loading(folder: Path) -> Path:
    """Leaves a file with all of Indonesia."""
    empty = folder / "empty.db"
    with closing(connect(f"sqlite:///{empty}", DATA_KEY)) as database:
        migrate(database.engine)
    contestants = {
        BARE: partial(on_a_copy, empty, partial(bare, rows())),
        LOAD: partial(on_a_copy, empty, load),
    }
    report(side_by_side(contestants, LOADS), {LOAD: BARE})
    return folder / "copy.db"


def reading(database: Database) -> Atlas:
    def round_of(job: Callable[[Connection], object]) -> Round:
        with database.look() as db:
            return timed(repeat(partial(job, db), 2))

    contestants = {
        ROWS: partial(round_of, lambda db: db.exec_driver_sql(ALL).all()),
        READ: partial(round_of, Atlas.read),
    }
    print()
    report(side_by_side(contestants, READS), {READ: ROWS})
    return in_memory(database)


def in_memory(database: Database) -> Atlas:
    tracemalloc.start()
    with database.look() as db:
        atlas = Atlas.read(db)
    now, most = (bytes_ / 2**20 for bytes_ in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(f"  in memory: {now:.1f} MiB, and {most:.0f} MiB for a moment while it is read")
    return atlas


def searching(atlas: Atlas, file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        contestants = {SQL: partial(timed, [partial(beginning, db, it) for it in PLAIN])}
        for kind, asked in {**KINDS, EVERY: tuple(chain(*KINDS.values()))}.items():
            contestants[kind] = partial(timed, [partial(atlas.search, words) for words in asked])
        results = side_by_side(contestants, ROUNDS)
    print()
    report(results, dict.fromkeys(contestants, SQL))
    typical = median(wall for played in results[EVERY] for wall in played.walls)
    print(f"  median {typical * 1e3:.1f} ms, the aim is at most {AIM * 1e3:.0f} ms")


def beginning(db: sqlite3.Connection, words: str) -> list[object]:
    return db.execute(BEGINNING, (f"{words}%",)).fetchall()


def main() -> None:
    with TemporaryDirectory() as folder:
        file = loading(Path(folder))
        with closing(open_database(f"sqlite:///{file}", DATA_KEY)) as database:
            searching(reading(database), file)


if __name__ == "__main__":
    main()
