"""What every test may ask for: a fixed clock, a database of its own, a runner, people who talk.

The network is closed but for 127.0.0.1 (pytest-socket). What needs PostgreSQL or Chromium is
skipped with a reason where they are missing, and fails instead where NO_SKIPS is set.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.asking import Service
from bot.runner import Runner
from flows.library import Library
from locales.catalogs import Catalogs
from storage.areas import load_areas
from storage.database import Database, connect, open_database
from storage.library import load_library
from storage.migrations import migrate
from tests import small_areas
from tests.play import FixedClock, Visitor
from tests.postgresql import Cluster, server_programs
from tests.small import LANGUAGES

KEY = "sYbYmjzQB3kdHiX5f0uKXAAPqIv6PTdjvFDbzVf4sl8="


def missing(what: str, remedy: str) -> None:
    """Skip for want of a program, or fail where every program must be there."""
    said = f"{what} is not here. {remedy}"
    if os.environ.get("NO_SKIPS"):
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated SQLite file that each test copies."""
    file = tmp_path_factory.mktemp("prepared") / "prepared.db"
    prepare(f"sqlite:///{file}")
    return file


def prepare(url: str) -> None:
    """A migrated database with a few areas; all of Indonesia is loaded where it is the subject."""
    with closing(connect(url, KEY)) as database:
        migrate(database.engine)
        load_areas(database, small_areas.TEXTS)
    open_database(url, KEY).close()


@pytest.fixture
def url(prepared: Path, tmp_path: Path) -> str:
    file = tmp_path / "desmigratif.db"
    shutil.copy(prepared, file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, KEY)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def runner(database: Database, library: Library, clock: FixedClock) -> Runner:
    return Runner(database, Service(library, LANGUAGES, "Desa Contoh"), Catalogs(), clock)


@pytest.fixture
def visitor(runner: Runner) -> Visitor:
    return Visitor(runner)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own, on a free port."""
    programs = server_programs()
    if programs is None:
        missing("PostgreSQL", "Install Debian's package postgresql.")
        raise AssertionError
    with Cluster.started(programs) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases, each empty and migrated."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("url"))
    cluster: Cluster = request.getfixturevalue("cluster")
    fresh = cluster.new_database()
    prepare(fresh)
    return fresh


@pytest.fixture
def any_database(any_url: str) -> Iterator[Database]:
    opened = open_database(any_url, KEY)
    yield opened
    opened.close()
