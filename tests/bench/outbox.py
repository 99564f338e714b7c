"""The outbox: a notice planned for 100,000 people, and claims among a million that wait, each on
SQLite and, where it is installed, on PostgreSQL.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Connection

from storage.database import Database, connect, open_database
from storage.migrations import migrate
from storage.notices import Kept, Notices
from storage.outbox import BATCH, Done, Outbox
from tests.bench.measure import Round, report, side_by_side, timed
from tests.bench.processes import DATA_KEY
from tests.play import NOON, YEAR
from tests.postgresql import Cluster, server_programs

PEOPLE, WANT = 200_000, 100_000
PLANS, CLAIMS, A_ROUND, SOME = 5, 10, 20, 10
AIM, LOCK = 3.0, 0.250
"""Seconds for a notice to 100,000 people, and for any transaction on the way."""

BARE, PLANNED = "the bare rows, one statement", f"planned, {BATCH:,} at once"
FEW, MANY = "claim and record 10 of 10,000", "claim and record 10 of 1,000,000"

JOB = Kept(
    id=5, number="482913", kind="p3mi", stage="sending", area="33.07", written_by=1, approved_by=0,
    version=1, answers=(), topics=("jobs", "country:taiwan", "sector:factory"), targets=("33.07",),
    corrects=0, closes_on=None, changed_at=NOON, go_at=NOON, reached=0, planned=False, accepted=0,
    report="", forget_at=NOON + YEAR,
)  # fmt: skip

NUMBERS = """
    WITH RECURSIVE number(n) AS
    (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM number WHERE n < {most})
"""
PERSONS = """
    INSERT INTO person (id, known_as, address, told, since, forget_at) {numbers}
    SELECT n * {step}, {hash}, '{address}', '{told}', {now}, {now} + {year} FROM number
"""
SUBSCRIPTIONS = """
    INSERT INTO subscription (person_id, topic, area)
    SELECT id, '{topic}', CASE WHEN id / {step} <= {want} THEN '33.07.' ELSE '33.08.' END
        || (10 + id / {step} * 7 / 60 - id / {step} * 7 / 60 / 15 * 15) || '.2001'
    FROM person WHERE id / {step} / {each} * {each} = id / {step}
"""
DELIVERIES = """
    INSERT INTO delivery (kind, about, person_id, made_at, status, task, zone, rank, due_at, claim,
        attempts, message, sent_at, reason)
    SELECT 'notice', {about}, id, {now}, 'waiting', 'send', 7, 1, {now}, 0, 0, 0, 0, ''
    FROM (SELECT id FROM person ORDER BY id LIMIT {most}) AS people
"""
HASH = {"sqlite": "randomblob(32)", "postgresql": "sha256(n::text::bytea)"}
STEP = 2**63 // (PEOPLE + 1)
TOPICS = {"jobs": 1, "country:taiwan": 2, "sector:factory": 3, "news": 4}
"""By topic: whose subscription it is, of so many each."""


@dataclass(slots=True)
class Office:
    """One database full of people, and what is done there."""

    database: Database
    outbox: Outbox
    longest: float = 0
    claims: Iterator[int] = field(default_factory=lambda: count(1))

    def fill(self, db: Connection) -> None:
        encrypt = self.database.vault.encrypt
        told = {"address": encrypt("telegram:7001234567"), "told": encrypt('{"language":"jv"}')}
        plain = {"step": STEP, "now": NOON, "year": YEAR, "hash": HASH[db.dialect.name]}
        db.exec_driver_sql(PERSONS.format(numbers=NUMBERS.format(most=PEOPLE), **told, **plain))
        for topic, each in TOPICS.items():
            values = {"topic": topic, "each": each, "want": WANT, "step": STEP}
            db.exec_driver_sql(SUBSCRIPTIONS.format(**values))
        assert Notices().add(db, JOB)

    def analyze(self) -> None:
        """As PostgreSQL does by itself from time to time."""
        if not self.database.is_sqlite:
            with self.database.engine.connect() as db:
                db.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")

    def empty(self) -> None:
        with self.database.turn() as db:
            db.exec_driver_sql("DELETE FROM delivery")
            old = Notices().find(db, JOB.id)
            assert old
            Notices().save(db, old, replace(old, reached=0, planned=False, accepted=0))
        self.analyze()

    def bare(self) -> Round:
        self.empty()
        return timed([partial(self.insert, JOB.id, WANT)])

    def insert(self, about: int, most: int) -> None:
        with self.database.turn() as db:
            db.exec_driver_sql(DELIVERIES.format(about=about, now=NOON, most=most))

    def plans(self) -> Round:
        self.empty()
        return timed([self.plan])

    def plan(self) -> None:
        finished = False
        while not finished:
            began = perf_counter()
            with self.database.turn() as db:
                finished = self.outbox.plan(db, JOB, NOON, BATCH).finished
            self.longest = max(self.longest, perf_counter() - began)
        with self.database.look() as db:
            now = Notices().find(db, JOB.id)
        assert now and now.accepted == WANT, now

    def claiming(self) -> Round:
        return timed([self.claim] * A_ROUND)

    def claim(self) -> None:
        """As the sender does: outcomes go in and work comes out."""
        number = next(self.claims)
        with self.database.turn() as db:
            mine = self.outbox.claim(db, number, (0, 7, 8, 9), NOON, NOON + 60, SOME)
        assert len(mine) == SOME
        with self.database.turn() as db:
            done = [Done(it.id, "sent", "", message=1, sent_at=NOON) for it in mine]
            assert self.outbox.record(db, number, done) == SOME


@contextmanager
def office(url: str) -> Iterator[Office]:
    with closing(connect(url, DATA_KEY)) as database:
        migrate(database.engine)
    with closing(open_database(url, DATA_KEY)) as database:
        made = Office(database, Outbox(database.vault, database.engine.dialect))
        with database.turn() as db:
            made.fill(db)
        made.analyze()
        yield made


def planning(at: Office) -> None:
    contestants = {BARE: at.bare, PLANNED: at.plans}
    results = side_by_side(contestants, PLANS)
    report(results, {PLANNED: BARE})
    print(f"  longest transaction {at.longest * 1e3:.0f} ms; the aims are {AIM:.0f} s in all")
    print(f"  and at most {LOCK * 1e3:.0f} ms; load {os.getloadavg()[0]:.1f}\n")


def claiming(at: Office) -> None:
    """One after the other: the same database with few, and then with many."""
    at.empty()
    at.insert(JOB.id, 10_000)
    results = side_by_side({FEW: at.claiming}, CLAIMS)
    for about in range(10, 15):
        at.insert(about, PEOPLE)
    at.analyze()
    report({**results, **side_by_side({MANY: at.claiming}, CLAIMS)}, {MANY: FEW})
    with at.database.look() as db:
        began = perf_counter()
        waiting = at.outbox.counts(db)["waiting"]
    print(f"  {waiting:,} counted in {(perf_counter() - began) * 1e3:.0f} ms\n")


def measured(name: str, url: str) -> None:
    print(f"  {name}")
    with office(url) as at:
        planning(at)
        claiming(at)


def main() -> None:
    with TemporaryDirectory() as folder:
        measured("SQLite, synchronous = FULL", f"sqlite:///{Path(folder) / 'outbox.db'}")
    programs = server_programs()
    if programs is None:
        print("  PostgreSQL is not here")
        return
    with Cluster.started(programs) as cluster:
        measured("PostgreSQL", cluster.new_database())


if __name__ == "__main__":
    main()
