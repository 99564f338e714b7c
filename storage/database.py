"""Opening a database, and the one transaction of a turn, on SQLite or PostgreSQL.

Everything here is synchronous. A turn on SQLite is faster than a thread hop, so it runs on the
event loop itself; on PostgreSQL the same function runs in a worker thread. `perform` decides;
nobody else notices.
"""

import asyncio
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import insert, select

from flows.errors import BadSettings, Busy, OldDatabase, WrongKey
from storage.models import KeyCheckRow
from storage.vault import VAULTS, Vault, make_key_file, read_key_file

VERSION = "0003"
"""The newest migration; a test compares it with the files."""

PATIENCE = 0.25
"""Seconds a turn waits for the database; on SQLite the whole event loop waits with it."""

KEY_CHECK = "desmigratif"

HOW_TO_MAKE_A_KEY = (
    'Make one, and keep a copy apart from the backups: python -c "from cryptography.fernet import'
    ' Fernet; print(Fernet.generate_key().decode())"'
)

P = ParamSpec("P")
R = TypeVar("R")


class Database:
    """An open database with its keys. Make one with `open_database`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault
        self.is_sqlite = engine.dialect.name == "sqlite"
        VAULTS[engine.dialect] = vault

    @contextmanager
    def turn(self) -> Generator[Connection, None, None]:
        """One writing transaction; raises `Busy` when the database was not free in time."""
        with _busy_as_busy(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def look(self) -> Generator[Connection, None, None]:
        """One reading transaction, which waits for no writer."""
        with _busy_as_busy(), self.engine.connect() as connection:
            yield connection.execution_options(reading=True)

    async def perform(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a job that uses this database, wherever this database is best used from."""
        if self.is_sqlite:
            return job(*args, **kwargs)
        return await asyncio.to_thread(job, *args, **kwargs)

    def leave_no_trace(self) -> bool:
        """After erasing on SQLite: empty the write-ahead log. False if a reader was in the way."""
        if not self.is_sqlite:
            return True
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _busy_as_busy() -> Generator[None, None, None]:
    """A lock not had in time, or two first messages of one person at once: both may be repeated."""
    try:
        yield
    except PoolTimeoutError as error:
        raise Busy("every connection is in use") from error
    except OperationalError as error:
        if not _passes(error):
            raise
        raise Busy(type(error.orig).__name__) from error
    except DatabaseError as error:
        if "file is not a database" not in str(error.orig):
            raise
        remedy = "name another file, or put back a copy of the database"
        raise BadSettings([f"DATABASE_URL: the file is not a SQLite database: {remedy}"]) from error


PASSING = re.compile(r"08|57P0|55P03|40P01|40001")
"""PostgreSQL's codes for a connection that is gone, a lock not had, and a turn to be repeated."""


def _passes(error: OperationalError) -> bool:
    """Whether the same turn may succeed later; a missing table or a full disk never will."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # SQLite, or no connection to PostgreSQL at all
        return "locked" in str(error.orig) or not hasattr(error.orig, "sqlite_errorcode")
    return bool(PASSING.match(state))


def open_database(url: str, data_key: str = "") -> Database:
    """Open and prove the key; raises `OldDatabase` or `WrongKey`, each with its remedy."""
    database = connect(url, data_key)
    try:
        refuse_other_version(database)
        _prove_key(database)
    except BaseException:
        database.close()
        raise
    return database


def connect(url: str, data_key: str = "") -> Database:
    """Connect without looking at the version: for `migrate`, which changes it."""
    engine = _engine(make_url(url.replace("postgres://", "postgresql://", 1)))
    try:
        return Database(engine, _vault(engine, data_key))
    except BaseException:
        engine.dispose()
        raise


def version(engine: Engine) -> str:
    """The migration the database stands at; empty for an empty database."""
    with _busy_as_busy(), engine.connect() as connection:
        connection.execution_options(reading=True)
        if not inspect(connection).has_table("alembic_version"):
            return ""
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found or "")


def refuse_other_version(database: Database, *, only_newer: bool = False) -> None:
    """Raise `OldDatabase`, with the command that helps, unless the versions agree."""
    found = version(database.engine)
    if found > VERSION:
        raise OldDatabase(
            f"The database is at version {found}, made by a newer program than this one"
            f" ({VERSION}). Update the program; an older one cannot read it."
        )
    if found != VERSION and not only_newer:
        raise OldDatabase(
            f"The database is at version {found or 'none'}, the program at {VERSION}."
            " Run: python -m bot migrate"
        )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        wait = f"-c lock_timeout={int(PATIENCE * 20_000)}"
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"options": wait, "connect_timeout": 5},
            pool_pre_ping=True,
            pool_size=16,
            pool_timeout=5,
            hide_parameters=True,
        )
    folder = Path(url.database or "").parent
    if not folder.is_dir():
        raise BadSettings([f"DATABASE_URL: the folder {folder} is not there: make it first"])
    engine = create_engine(
        url, connect_args={"timeout": PATIENCE, "check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # so that our BEGIN is the only one
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a power cut loses no answered message
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    """IMMEDIATE: a deferred transaction that turns to writing fails at once, without waiting."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _vault(engine: Engine, data_key: str) -> Vault:
    if data_key:
        return Vault([key.strip() for key in data_key.split(",")])
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path:
        raise WrongKey(f"DATA_KEY is required with this database. {HOW_TO_MAKE_A_KEY}")
    file = Path(f"{path}.key")
    key = read_key_file(file)
    if key is None and _has_rows(engine):
        raise WrongKey(
            f"{path} holds encrypted rows, but its key {file} is missing."
            " Put the key file back, or set DATA_KEY to the key it held."
        )
    return Vault([key or make_key_file(file)])


def _has_rows(engine: Engine) -> bool:
    if not Path(engine.url.database or "").exists():
        return False
    with _busy_as_busy(), engine.connect() as connection:
        if not inspect(connection).has_table("key_check"):
            return False
        return bool(connection.exec_driver_sql("SELECT count(*) FROM key_check").scalar())


def _prove_key(database: Database) -> None:
    with database.turn() as connection:
        found = connection.execute(select(KeyCheckRow.words)).scalar()
        if found is None:
            connection.execute(insert(KeyCheckRow).values(id=1, words=KEY_CHECK))
