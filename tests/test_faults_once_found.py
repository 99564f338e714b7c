"""Faults that were found once, each with the test that keeps it from coming back."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.opening import bring_up_to_date
from bot.settings import Settings, read_settings
from flows.errors import (
    BadCatalog,
    BadContent,
    BadSettings,
    DesmigratifError,
    Gone,
    OldDatabase,
    WrongKey,
)
from flows.stored import load_person, load_state
from flows.text import t
from locales.catalogs import Catalogs
from storage.database import Database, connect, open_database
from storage.library import build_library
from tests.conftest import KEY
from tests.locales.test_merge import (
    ASK,
    ASK_TWO,
    BRING,
    BRING_TWO,
    MADURESE,
    as_po,
    found,
    merged,
    program,
    translated,
    written_and_read,
)
from tests.play import NOON, Visitor
from tests.small import FILES
from tests.storage.test_database import WRONG_KEY, key_file, set_up
from tests.storage.test_people import at_once, people_of


def test_an_update_is_new_once(any_database: Database) -> None:
    people = people_of(any_database)
    with any_database.turn() as db:
        first = [people.first_time(db, 5, NOON) for _ in range(5)]
    assert first == [True, False, False, False, False]


def test_two_threads_with_the_same_update_act_once(any_database: Database) -> None:
    def act(db: Connection, number: int) -> bool:
        return people_of(any_database).first_time(db, 1, NOON)

    assert sorted(at_once(any_database, act)) == [False, True]


def test_asides_do_not_pile_up(visitor: Visitor) -> None:
    visitor.welcomed()
    for _ in range(150):
        visitor.type("bantuan").type("bahasa")
    visitor.type("menu").is_at("home")


def test_a_state_nested_too_deep_is_gone() -> None:
    raw: dict[str, object] = {"place": "home", "with": {}}
    for _ in range(5000):
        raw = {"place": "help", "with": {"then": raw}}
    with pytest.raises(Gone):
        load_state(raw)


def test_what_a_newer_release_knows_of_a_case_is_left_out() -> None:
    told = {"case": {"destination": "taiwan", "sector": "care"}}
    assert load_person(told).case.destination == "taiwan"


def test_rows_with_another_key_are_refused(any_url: str) -> None:
    with pytest.raises(WrongKey):
        open_database(any_url, WRONG_KEY)


def test_a_newer_database_is_refused_with_what_helps(database: Database, url: str) -> None:
    with database.turn() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(OldDatabase):
        bring_up_to_date(Settings(database_url=url, data_key=KEY))


@pytest.mark.parametrize("written", [b"", b"junk\n", b"\xc3\xa9"])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "new.db"
    key_file(file).touch(0o600)
    key_file(file).write_bytes(written)
    with pytest.raises(WrongKey):
        set_up(f"sqlite:///{file}")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DesmigratifError):
        set_up(f"sqlite:///{tmp_path}/nowhere/new.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "new.db").write_bytes(b"not a database" * 500)
    with pytest.raises(DesmigratifError):
        set_up(f"sqlite:///{tmp_path}/new.db", KEY)


@pytest.mark.parametrize("before", [f'"{KEY}"', f"{KEY};{WRONG_KEY}"])
def test_a_key_has_one_way_to_be_written(before: str) -> None:
    with pytest.raises(BadSettings):
        read_settings({"DATA_KEY": before})


def test_the_password_of_the_database_is_not_in_the_repr() -> None:
    found = read_settings(
        {"DATABASE_URL": "postgresql://desa:rahasia@127.0.0.1/d", "DATA_KEY": KEY}
    )
    assert "rahasia" not in repr(found)


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "TELEGRAM_API_URL"])
@pytest.mark.parametrize("value", ["http://[::1", "https://contoh .id", "https://contoh.id:abc"])
def test_an_address_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        read_settings({name: value})


@pytest.mark.parametrize("value", ["postgresql://d@127.0.0.1:abc/d"])
def test_a_database_address_that_is_none_is_named(value: str) -> None:
    with pytest.raises(BadSettings, match="DATABASE_URL"):
        read_settings({"DATABASE_URL": value, "DATA_KEY": KEY})


def test_both_names_of_postgresql_connect() -> None:
    assert not connect("postgres://d@127.0.0.1:1/d", KEY).is_sqlite


def test_a_host_of_spaces_is_not_every_address() -> None:
    assert read_settings({"HOST": "  "}).host == "127.0.0.1"


@pytest.mark.parametrize(
    "written",
    [
        FILES["offices.toml"].replace("[[office]]", "[office]"),
        'office = "desa"',
        FILES["offices.toml"] + FILES["offices.toml"],
        FILES["offices.toml"] + FILES["offices.toml"].replace("[[office]]", "[[offices]]"),
        "extra = 1\n" + FILES["offices.toml"],
    ],
    ids=["single brackets", "no table", "twice", "misspelt", "unknown word"],
)
def test_what_is_not_a_list_of_items_is_a_fault(written: str) -> None:
    with pytest.raises(BadContent, match=r"offices\.toml"):
        build_library({**FILES, "offices.toml": written})


@pytest.mark.parametrize("broken", ["Halo {name.nama}", "Halo {name[x]}"])
def test_a_translation_that_cannot_be_filled_gives_way(broken: str) -> None:
    catalogs = Catalogs({"su": {("", "Halo {name}"): broken}})
    assert catalogs.say(t("Halo {name}", name="Siti"), "su") == "Halo Siti"


@pytest.mark.parametrize(
    "header",
    [
        "Plural-Forms: nplurals=x; plural=y;",
        "POT-Creation-Date: yesterday",
        "Content-Type: text/plain; charset=nope",
        "Language: xx_YY_zz",
    ],
)
def test_a_broken_header_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    import locales.catalogs as catalogs

    file = tmp_path / "x.po"
    file.write_text(f'msgid ""\nmsgstr "{header}\\n"\n\nmsgid "a"\nmsgstr "b"\n')
    monkeypatch.setattr(catalogs, "catalog_file", lambda language: file)
    with pytest.raises(BadCatalog):
        catalogs.read_catalog("su")


def test_a_changed_sentence_that_is_written_is_read_and_written_alike() -> None:
    template = program(BRING_TWO, ASK_TWO)
    once = merged(template, translated(BRING, ASK))
    assert as_po(merged(template, written_and_read(once)), MADURESE) == as_po(once, MADURESE)


def test_a_sentence_that_changes_twice_keeps_what_was_translated() -> None:
    three = (BRING[0], "Semua sudah lewat aplikasi.")
    twice = merged(program(three), merged(program(BRING_TWO), translated(BRING)))
    assert found(twice, three).previous_id == [BRING[1]]
