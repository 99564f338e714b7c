"""Full stored turns through `Runner.turn`, beside a bare transaction of the same statements."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import PoolProxiedConnection

from bot.runner import Runner
from storage.database import connect
from tests.bench.measure import report, side_by_side, timed
from tests.bench.processes import DATA_KEY
from tests.bench.walks import PRESSES, UPDATES, WORDS, Walker, new_runner

ROUNDS, TURNS = 12, 320
FLOOR, PRESSED, TYPED = "bare transaction", "buttons pressed", "words typed"

REMEMBER = "INSERT INTO seen_update VALUES (?, ?, 0) ON CONFLICT DO NOTHING"
FIND = """
    SELECT person.id, told, since, forget_at, revision, state
    FROM person JOIN conversation ON person_id = person.id
    WHERE known_as IN (?) AND forget_at > 0
"""
GO_ON = "UPDATE conversation SET revision = ?, state = ? WHERE person_id = ? AND revision = ?"


@dataclass(frozen=True, slots=True)
class Floor:
    """What no stored turn can do without: three statements and a commit, on rows as they are."""

    pooled: PoolProxiedConnection
    """Held, because it closes the connection behind it when nobody does."""
    known_as: bytes

    def turn(self) -> None:
        run = driver(self.pooled).execute
        run("BEGIN IMMEDIATE")
        run(REMEMBER, (next(UPDATES), 1_790_000_000))
        person, _, _, _, revision, state = run(FIND, (self.known_as,)).fetchone()
        run(GO_ON, (revision + 1, state[::-1], person, revision))
        run("COMMIT")

    def turns(self) -> Iterator[Callable[[], None]]:
        return (self.turn for _ in range(TURNS))


def driver(pooled: PoolProxiedConnection) -> sqlite3.Connection:
    connection = pooled.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def floor_beside(runner: Runner, walker: Walker, copy: Path) -> Floor:
    """The floor on a copy of the runner's database, opened with the very same pragmas."""
    with sqlite3.connect(copy) as target, runner.database.engine.connect() as source:
        assert isinstance(source.connection, PoolProxiedConnection)
        driver(source.connection).backup(target)
    pooled = connect(f"sqlite:///{copy}", DATA_KEY).engine.raw_connection()
    return Floor(pooled, runner.database.vault.hashes(str(walker.address))[0])


def arrived(runner: Runner, name: str) -> Walker:
    walker = Walker(runner, name)
    walker.arrive()
    return walker


def main() -> None:
    with TemporaryDirectory() as folder:
        runner = new_runner(Path(folder, "turn.db"))
        presser, typist = arrived(runner, "1"), arrived(runner, "2")
        floor = floor_beside(runner, presser, Path(folder, "floor.db"))
        gc.freeze()  # as bot/serving.py does
        contestants = {
            FLOOR: lambda: timed(floor.turns()),
            PRESSED: lambda: timed(presser.walk(TURNS // len(PRESSES))),
            TYPED: lambda: timed(typist.talk(TURNS // len(WORDS))),
        }
        results = side_by_side(contestants, ROUNDS)
        assert not runner.counts["failed"] + runner.counts["stale"]
        report(results, {PRESSED: FLOOR, TYPED: FLOOR})


if __name__ == "__main__":
    main()
