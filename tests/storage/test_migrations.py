"""Migrations go up and down on both databases and lead to the very tables of the models."""

from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Table, inspect
from sqlmodel import SQLModel

import storage.migrations
from storage.database import VERSION, Database, connect, version
from storage.migrations import migrate
from storage.people import PERSON
from tests.conftest import KEY

ROOT = Path(__file__).parents[2]
TABLES = SQLModel.metadata.sorted_tables


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    with closing(connect(any_url, KEY)) as database:
        yield database.engine


@pytest.fixture
def config(engine: Engine) -> Config:
    return config_for(engine)


def config_for(engine: Engine | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    if engine is not None:
        config.attributes["engine"] = engine
    return config


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_migrations_go_up_down_and_up_again(engine: Engine, config: Config) -> None:
    command.downgrade(config, "base")
    assert (tables(engine), version(engine)) == (set(), "")
    migrate(engine)
    assert tables(engine) == {table.name for table in TABLES}
    assert version(engine) == VERSION


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    assert version(engine) == VERSION


def test_an_empty_database_has_no_version(tmp_path: Path) -> None:
    with closing(connect(f"sqlite:///{tmp_path}/empty.db", KEY)) as empty:
        assert version(empty.engine) == ""


def test_the_models_equal_the_migrations(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_alembic_check_finds_nothing_to_migrate(config: Config) -> None:
    command.check(config)


def test_the_alembic_command_finds_its_scripts_and_the_database(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    said = StringIO()
    command.current(Config(toml_file=ROOT / "pyproject.toml", stdout=said))
    assert said.getvalue() == f"{VERSION} (head)\n"


def test_the_version_of_the_program_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(config_for(None)).get_heads() == [VERSION]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_names_its_erase_rule(table: Table) -> None:
    assert len(str(table.info["erase"]).split()) > 1


def test_a_conversation_goes_with_its_person(any_database: Database) -> None:
    with any_database.look() as db:
        keys = inspect(db).get_foreign_keys("conversation")
    assert [(key["referred_table"], key["options"]) for key in keys] == [
        (PERSON.name, {"ondelete": "CASCADE"})
    ]
