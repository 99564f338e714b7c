"""Opening a database: its key, its version, its locks, and what is left after erasing."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import insert

from bot.opening import bring_up_to_date
from bot.settings import Settings
from flows.errors import Busy, OldDatabase, WrongKey
from flows.home import Home
from flows.person import Person
from storage.database import PATIENCE, VERSION, Database, connect, open_database, version
from storage.models import KeyCheckRow
from storage.people import PERSON, Address, People
from storage.vault import Vault, make_key_file, new_key, read_key_file
from tests.conftest import KEY
from tests.play import NOON, YEAR
from tests.postgresql import Cluster

WRONG_KEY = "d3Jvbmcta2V5LXdyb25nLWtleS13cm9uZy1rZXktd3I="
SITI = Address("telegram", "7001234567", YEAR, writable=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a new database will be."""
    return tmp_path / "new.db"


@pytest.fixture
def file_url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def other(database: Database) -> Iterator[sqlite3.Connection]:
    """Another program that has the same SQLite file open and does not wait."""
    path = str(database.engine.url.database)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        yield connection


@pytest.fixture
def on_postgresql(cluster: Cluster) -> Iterator[Database]:
    fresh = cluster.new_database()
    set_up(fresh, KEY)
    with closing(open_database(fresh, KEY)) as opened:
        yield opened


def key_file(file: Path) -> Path:
    return Path(f"{file}.key")


def wal_of(database: Database) -> Path:
    return Path(f"{database.engine.url.database}-wal")


def set_up(url: str, data_key: str = "") -> None:
    bring_up_to_date(Settings(database_url=url, data_key=data_key))


def add_siti(database: Database, number: int = 1) -> None:
    with database.turn() as db:
        people = People(database.vault, database.engine.dialect)
        people.add(db, number, SITI, Person().speaking("jv"), Home(), NOON)


def persons(db: Connection) -> int:
    return len(db.execute(select(PERSON.c.id)).all())


def test_a_key_is_made_beside_an_empty_database(file: Path, file_url: str) -> None:
    set_up(file_url)
    assert key_file(file).stat().st_mode & 0o777 == 0o600
    assert key_file(file).read_text().strip() == read_key_file(key_file(file))


def test_the_key_beside_the_database_is_used_from_then_on(file: Path, file_url: str) -> None:
    set_up(file_url)
    key = key_file(file).read_text()
    set_up(file_url)
    open_database(file_url).close()
    open_database(file_url, key.strip()).close()
    assert key_file(file).read_text() == key


def test_of_two_that_make_the_key_both_get_the_first(file: Path) -> None:
    assert make_key_file(file) == make_key_file(file)


def test_a_database_file_without_rows_gets_a_key(file: Path, file_url: str) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE elsewhere (id INTEGER)")
    set_up(file_url)
    assert key_file(file).exists()


def test_with_a_key_in_the_settings_no_file_is_made(file: Path, file_url: str) -> None:
    set_up(file_url, KEY)
    assert not key_file(file).exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_key_that_others_may_read_is_refused(file: Path, file_url: str, mode: int) -> None:
    set_up(file_url)
    key_file(file).chmod(mode)
    with pytest.raises(WrongKey, match=f"chmod 600 {key_file(file)}"):
        open_database(file_url)


def test_rows_without_their_key_are_refused_with_the_remedy(file: Path, file_url: str) -> None:
    set_up(file_url)
    key_file(file).unlink()
    with pytest.raises(WrongKey, match="Put the key file back, or set DATA_KEY"):
        open_database(file_url)
    assert not key_file(file).exists()


def test_rows_with_another_key_are_refused_with_the_remedy(url: str) -> None:
    with pytest.raises(WrongKey, match="Use the key they were written with") as error:
        open_database(url, WRONG_KEY)
    assert WRONG_KEY not in str(error.value)
    open_database(url, KEY).close()


def test_postgresql_without_a_key_is_refused_with_the_remedy() -> None:
    with pytest.raises(WrongKey, match="DATA_KEY is required") as error:
        connect("postgresql://desa:rahasia@127.0.0.1/desmigratif")
    assert "Fernet.generate_key()" in str(error.value)
    assert "rahasia" not in str(error.value)


def test_every_key_is_another() -> None:
    assert new_key() != new_key()


def test_a_token_is_bound_to_its_value_and_its_key() -> None:
    ours, others = Vault([KEY]), Vault([WRONG_KEY])
    assert ours.token("session-1") == Vault([KEY, WRONG_KEY]).token("session-1")
    tokens = {ours.token("session-1"), ours.token("session-2"), others.token("session-1")}
    assert len(tokens) == 3


def test_a_name_is_hashed_under_every_key_the_first_one_first() -> None:
    (old,), both = Vault([KEY]).hashes("telegram:1"), Vault([WRONG_KEY, KEY]).hashes("telegram:1")
    assert both[1] == old
    assert both[0] == Vault([WRONG_KEY]).hashes("telegram:1")[0]


def test_another_version_is_refused_with_the_command_that_helps(
    database: Database, url: str
) -> None:
    with database.turn() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(OldDatabase, match=f"at version 0000, the program at {VERSION}") as error:
        open_database(url, KEY)
    assert "python -m bot migrate" in str(error.value)


def test_an_empty_database_is_refused_with_the_command_that_helps(file_url: str) -> None:
    with pytest.raises(OldDatabase, match=r"at version none.*python -m bot migrate"):
        open_database(file_url, KEY)


def test_bringing_up_to_date_twice_changes_nothing(any_url: str) -> None:
    set_up(any_url, KEY)
    opened = open_database(any_url, KEY)
    assert version(opened.engine) == VERSION
    with opened.look() as db:
        assert len(db.execute(select(KeyCheckRow.words)).all()) == 1
    opened.close()


def test_a_server_that_is_not_there_is_busy() -> None:
    with pytest.raises(Busy):
        open_database("postgresql://nobody@127.0.0.1:1/nothing", KEY)


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("secure_delete", 1), ("synchronous", 2)],
)
def test_every_connection_to_sqlite_is_prepared(
    database: Database, pragma: str, expected: object
) -> None:
    with database.look() as one, database.look() as two:
        found = [db.exec_driver_sql(f"PRAGMA {pragma}").scalar() for db in (one, two)]
    assert found == [expected, expected]


def test_a_turn_on_sqlite_holds_the_lock_from_its_beginning(
    database: Database, other: sqlite3.Connection
) -> None:
    with database.turn() as db:
        assert persons(db) == 0
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")


def test_a_look_on_sqlite_holds_no_lock(database: Database, other: sqlite3.Connection) -> None:
    with database.look() as db:
        assert persons(db) == 0
        other.execute("BEGIN IMMEDIATE")


def test_a_locked_database_is_busy_soon_and_nothing_has_changed(
    database: Database, other: sqlite3.Connection
) -> None:
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    with pytest.raises(Busy):
        add_siti(database)
    waited = time.monotonic() - start
    other.execute("ROLLBACK")
    assert PATIENCE / 2 < waited < PATIENCE * 6
    with database.look() as db:
        assert persons(db) == 0


def test_after_a_busy_time_the_turn_can_be_taken(
    database: Database, other: sqlite3.Connection
) -> None:
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        add_siti(database)
    other.execute("COMMIT")
    add_siti(database)
    with database.look() as db:
        assert persons(db) == 1


def test_a_look_reads_while_another_connection_holds_the_lock(
    database: Database, other: sqlite3.Connection
) -> None:
    add_siti(database)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM person")
    with database.look() as db:
        assert persons(db) == 1


def test_a_look_sees_what_is_committed_while_a_turn_is_open(any_database: Database) -> None:
    with any_database.turn() as writer:
        writer.execute(insert(KeyCheckRow).values(id=2, words="more"))
        with any_database.look() as reader:
            assert len(reader.execute(select(KeyCheckRow.id)).all()) == 1


def test_a_fault_of_ours_is_not_taken_for_a_busy_database(any_database: Database) -> None:
    with pytest.raises(IntegrityError), any_database.turn() as db:
        db.execute(insert(KeyCheckRow).values(id=1, words="again"))
    with pytest.raises((OperationalError, ProgrammingError)), any_database.turn() as db:
        db.execute(text("SELECT * FROM no_such_table"))


def test_on_postgresql_nobody_waits_for_a_lock_for_ever(on_postgresql: Database) -> None:
    with on_postgresql.look() as db:
        assert db.execute(text("SHOW lock_timeout")).scalar() == "5s"


def test_a_row_that_is_locked_too_long_is_busy(on_postgresql: Database) -> None:
    with on_postgresql.turn() as holder:
        holder.execute(text("UPDATE key_check SET id = id"))
        with pytest.raises(Busy, match="LockNotAvailable"), on_postgresql.turn() as db:
            db.execute(text("SET LOCAL lock_timeout = '50ms'"))
            db.execute(text("UPDATE key_check SET id = id"))


def test_erasing_leaves_no_trace_in_the_files(database: Database) -> None:
    add_siti(database)
    with database.turn() as db:
        known_as = bytes(db.execute(select(PERSON.c.known_as)).scalar_one())
        db.execute(PERSON.delete())
    assert database.leave_no_trace()
    assert wal_of(database).stat().st_size == 0
    assert known_as not in Path(str(database.engine.url.database)).read_bytes()


def test_before_that_the_log_holds_what_was_erased(database: Database) -> None:
    add_siti(database)
    with database.turn() as db:
        known_as = bytes(db.execute(select(PERSON.c.known_as)).scalar_one())
        db.execute(PERSON.delete())
    assert known_as in wal_of(database).read_bytes()


def test_a_reader_in_the_way_is_said(database: Database, other: sqlite3.Connection) -> None:
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM person").fetchone()
    add_siti(database)
    assert not database.leave_no_trace()
    other.execute("ROLLBACK")
    assert database.leave_no_trace()


def test_on_either_database_erasing_ends_well(any_database: Database) -> None:
    assert any_database.leave_no_trace()


async def test_a_job_runs_where_its_database_is_best_used_from(any_database: Database) -> None:
    job: Callable[[], int] = threading.get_ident
    here = await any_database.perform(job) == threading.get_ident()
    assert here == any_database.is_sqlite
