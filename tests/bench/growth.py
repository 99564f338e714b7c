"""A turn among a thousand persons beside a turn of the same people among a million."""

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Round, report, side_by_side, timed
from tests.bench.walks import PRESSES, Walker, new_runner

ROUNDS, PRESSING, A_ROUND = 10, 400, 40
SIZES = {"1,000 persons": 1_000, "1,000,000 persons": 1_000_000}
SMALL, LARGE = SIZES

NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1) "
SOME_ROW = """
    SELECT address, told, since, forget_at, state
    FROM person JOIN conversation ON person_id = id LIMIT 1
"""
PERSONS = """
    INSERT INTO person (id, known_as, address, told, since, forget_at)
    SELECT n * ?2 + abs(random()) % ?2, randomblob(32), ?3, ?4, ?5, ?6 + n % 365 * 86400
    FROM number
"""
CONVERSATIONS = """
    INSERT INTO conversation (person_id, revision, state)
    SELECT id, 17, ? FROM person WHERE id NOT IN (SELECT person_id FROM conversation)
"""
SEEN = "INSERT INTO seen_update SELECT -n, ?2 + n % 604800, 0 FROM number"


def fill(file: Path, persons: int) -> None:
    """Strangers around those who press, in rows of the same shape; each has written once lately.

    One encrypted value serves them all: nobody reads it.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
            db.execute(f"PRAGMA {pragma}")
        more = persons - db.execute("SELECT count(*) FROM person").fetchone()[0]
        *row, since, forget_at, state = db.execute(SOME_ROW).fetchone()
        db.execute("BEGIN")
        db.execute(NUMBERS + PERSONS, (more, 2**63 // (more + 2), *row, since, forget_at))
        db.execute(CONVERSATIONS, (state,))
        db.execute(NUMBERS + SEEN, (more, since))
        db.execute("COMMIT")


class Crowd:
    """The people who press, in one of the databases; forty of them in each round."""

    def __init__(self, file: Path) -> None:
        self._runner = new_runner(file)
        self._people = [Walker(self._runner, str(number)) for number in range(PRESSING)]
        self._next = cycle(self._people)

    def arrive(self) -> None:
        """For the first time, and all of it in the file itself when they have."""
        for walker in self._people:
            walker.arrive()
        self._runner.database.close()

    def look(self) -> None:
        for walker in self._people:
            walker.look()

    def round(self) -> Round:
        return timed(self.turns())

    def turns(self) -> Iterator[Callable[[], None]]:
        """A press by each in turn, as when many people write at once."""
        walkers = list(islice(self._next, A_ROUND))
        for wanted in PRESSES:
            for walker in walkers:
                yield partial(walker.take, walker.presses(wanted))


def crowds(folder: Path) -> dict[str, Crowd]:
    """The same people, once arrived, in a database of each size."""
    first = folder / "first.db"
    Crowd(first).arrive()
    return {name: _crowd(first, folder / f"{size}.db", size) for name, size in SIZES.items()}


def _crowd(first: Path, file: Path, size: int) -> Crowd:
    shutil.copy(first, file)
    fill(file, size)
    crowd = Crowd(file)
    crowd.look()
    return crowd


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        contestants = {size: crowd.round for size, crowd in crowds(folder).items()}
        gc.freeze()  # as bot/serving.py does
        results = side_by_side(contestants, ROUNDS)
        bytes_ = {size: (folder / f"{SIZES[size]}.db").stat().st_size for size in SIZES}
        files = {size: f"{number / 1024**2:.0f} MiB" for size, number in bytes_.items()}
        report(results, {LARGE: SMALL}, {"file": files})


if __name__ == "__main__":
    main()
