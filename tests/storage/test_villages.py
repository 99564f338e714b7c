"""Village pages, the same on SQLite and PostgreSQL: facts, contacts, dates, files on their way."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from flows.text import Text, t
from flows.village.imports import Stage
from flows.village.kept import FIELDS, KINDS
from storage.database import Database
from storage.villages import WEEK, Contact, Event, Fact, ImportKept, Mark, Villages, as_applied
from tests.play import NOON
from tests.storage.test_people import at_once, rows

X, Y = "33.07.10.2004", "33.07.12.2007"
TODAY = date(2026, 11, 22)
MARK = Mark(5, NOON, NOON - 1)
HOURS = Fact("hours", "Senin sampai Jumat, 08.00", MARK)
BUDI = Contact(1, "head", "Wagiyem Surtinah", "+6281234567890", "Balai desa: pagi", MARK)
ANI = Contact(2, "officer", "Ponirah", "", "", MARK)
PERSONAL = ("Wagiyem", "Surtinah", "Ponirah", "81234567890", "1234-5678", "Balai desa",
            "sampai Jumat", "Penyuluhan", "Baris ketiga")  # fmt: skip

FAULTS = (
    t("Baris {row}, kolom {column}: “{value}” bukan nomor telepon.", row=3, column="telepon",
      value="Baris ketiga {kurung}"),
    Text("Berkas ini kosong.", "konteks"),
    t("{count} lagi: {first}", count=2, first=t("Baris {row}", row=9)),
)  # fmt: skip


@pytest.fixture
def villages(any_database: Database) -> Villages:
    return Villages()


def facts(database: Database, area: str = X) -> list[Fact]:
    with database.look() as db:
        return [*Villages().facts(db, area)]


def contacts(database: Database, area: str = X) -> list[Contact]:
    with database.look() as db:
        return [*Villages().contacts(db, area)]


def events(database: Database, area: str = X, today: date = TODAY) -> list[Event]:
    with database.look() as db:
        return [*Villages().events(db, area, today)]


def add(database: Database, *kept: Contact, area: str = X) -> None:
    with database.turn() as db:
        for contact in kept:
            assert Villages().add_contact(db, area, contact)


def test_a_village_that_wrote_nothing_has_nothing(any_database: Database) -> None:
    assert (facts(any_database), contacts(any_database), events(any_database)) == ([], [], [])
    with any_database.look() as db:
        assert Villages().newest_import(db, X) is None


def test_facts_are_read_in_the_order_of_the_page(
    any_database: Database, villages: Villages
) -> None:
    kept = [Fact(field, f"Isi {field}", replace(MARK, by=n)) for n, field in enumerate(FIELDS)]
    with any_database.turn() as db:
        for fact in reversed(kept):
            villages.keep_fact(db, X, fact)
    assert facts(any_database) == kept
    assert facts(any_database, Y) == []


def test_a_new_fact_takes_the_place_of_the_old(any_database: Database, villages: Villages) -> None:
    new = Fact("hours", "Libur", Mark(6, NOON + 1, NOON + 1))
    with any_database.turn() as db:
        villages.keep_fact(db, X, HOURS)
        villages.keep_fact(db, Y, HOURS)
        villages.keep_fact(db, X, new)
    assert (facts(any_database), facts(any_database, Y)) == ([new], [HOURS])


def test_a_fact_that_was_looked_at_is_seen_to_and_not_changed(
    any_database: Database, villages: Villages
) -> None:
    with any_database.turn() as db:
        villages.keep_fact(db, X, HOURS)
        assert villages.verify_fact(db, X, "hours", NOON + 9)
        assert not villages.verify_fact(db, X, "office", NOON + 9)
        assert not villages.verify_fact(db, Y, "hours", NOON + 9)
    assert facts(any_database) == [replace(HOURS, mark=replace(MARK, verified_at=NOON + 9))]


def test_a_fact_is_removed_once(any_database: Database, villages: Villages) -> None:
    with any_database.turn() as db:
        villages.keep_fact(db, X, HOURS)
        assert not villages.remove_fact(db, Y, "hours")
        assert villages.remove_fact(db, X, "hours")
        assert not villages.remove_fact(db, X, "hours")
    assert facts(any_database) == []


def test_contacts_are_read_by_kind_and_then_as_they_came(any_database: Database) -> None:
    kinds = [*reversed(KINDS), *KINDS]
    kept = [replace(ANI, number=number, kind=kind) for number, kind in enumerate(kinds, 1)]
    add(any_database, *reversed(kept))
    numbers = [contact.number for contact in contacts(any_database)]
    assert numbers == [4, 5, 3, 6, 2, 7, 1, 8]
    assert contacts(any_database, Y) == []


def test_a_contact_comes_back_as_it_was_written(any_database: Database) -> None:
    odd = replace(BUDI, number=3, kind="other", name="Ñ 村 'x' \"y\" %", note="😀" * 60)
    add(any_database, BUDI, ANI, odd)
    assert contacts(any_database) == [BUDI, ANI, odd]


def test_a_number_that_is_taken_is_not_given_again(
    any_database: Database, villages: Villages
) -> None:
    add(any_database, BUDI)
    add(any_database, BUDI, area=Y)
    with any_database.turn() as db:
        assert not villages.add_contact(db, X, replace(ANI, number=1))
    assert contacts(any_database) == [BUDI]


def test_of_officers_at_once_one_gets_the_number(
    any_database: Database, villages: Villages
) -> None:
    kept = at_once(
        any_database,
        lambda db, n: villages.add_contact(db, X, replace(ANI, name=f"Ponirah {n}")),
        times=8,
    )
    assert sorted(kept) == [False] * 7 + [True]
    assert rows(any_database, "village_contact") == 1


def test_a_contact_is_changed_where_it_is(any_database: Database, villages: Villages) -> None:
    add(any_database, BUDI, ANI)
    new = Contact(2, "post", "Pos", "+62286321345", "Pagi", Mark(6, NOON + 1, NOON + 1))
    with any_database.turn() as db:
        assert villages.change_contact(db, X, new)
        assert not villages.change_contact(db, X, replace(new, number=3))
        assert not villages.change_contact(db, Y, new)
    assert contacts(any_database) == [BUDI, new]


def test_a_contact_is_removed_once(any_database: Database, villages: Villages) -> None:
    add(any_database, BUDI, ANI)
    with any_database.turn() as db:
        assert not villages.remove_contact(db, Y, 1)
        assert villages.remove_contact(db, X, 1)
        assert not villages.remove_contact(db, X, 1)
    assert contacts(any_database) == [ANI]


def test_dates_are_read_in_their_order_until_they_are_over(
    any_database: Database, villages: Villages
) -> None:
    days = [TODAY + timedelta(n) for n in (40, 1, 0, -1, 1)]
    with any_database.turn() as db:
        for day in days:
            villages.add_event(db, X, day, "Penyuluhan")
        villages.add_event(db, Y, TODAY, "Rapat")
    assert [event.number for event in events(any_database)] == [3, 2, 5, 1]
    assert [event.number for event in events(any_database, today=days[1])] == [2, 5, 1]
    assert events(any_database, Y) == [Event(1, TODAY, "Rapat")]


def test_a_date_is_removed_once(any_database: Database, villages: Villages) -> None:
    with any_database.turn() as db:
        villages.add_event(db, X, TODAY, "Penyuluhan")
        assert not villages.remove_event(db, Y, 1)
        assert not villages.remove_event(db, X, 2)
        assert villages.remove_event(db, X, 1)
        assert not villages.remove_event(db, X, 1)
    assert events(any_database) == []


@pytest.mark.parametrize("stage", ["faulty", "ready", "applied", "undone"])
def test_a_file_comes_back_as_it_was_read(
    any_database: Database, villages: Villages, stage: Stage
) -> None:
    kept = ImportKept(stage, 5, NOON, (BUDI, ANI), 1, 1, 3, FAULTS, (replace(ANI, name="Dulu"),))
    with any_database.turn() as db:
        villages.keep_import(db, X, ImportKept("faulty", 4, NOON - 9))
        villages.keep_import(db, X, kept)
        assert villages.newest_import(db, X) == kept
        assert villages.newest_import(db, Y) is None
    assert rows(any_database, "contact_import") == 1


def test_a_file_is_applied_and_taken_back(any_database: Database, villages: Villages) -> None:
    add(any_database, BUDI, ANI)
    new = replace(ANI, name="Ponirah Baru"), replace(ANI, number=9)
    ready = ImportKept("ready", 5, NOON, new, added=1, changed=1, before=(ANI,))
    applied = as_applied(ready, NOON + 60)
    with any_database.turn() as db:
        villages.apply(db, X, applied)
    later = [replace(row, mark=replace(row.mark, at=NOON + 60)) for row in new]
    assert contacts(any_database) == [BUDI, *later]
    assert (applied.stage, applied.made_at, applied.before) == ("applied", NOON + 60, (ANI,))
    with any_database.turn() as db:
        villages.undo(db, X, applied)
    assert contacts(any_database) == [BUDI, ANI]


def test_what_has_had_its_time_is_erased_by_its_rule(
    any_database: Database, villages: Villages
) -> None:
    """Dates on the day after, files after a week; what is published stays until it is taken off."""
    add(any_database, BUDI)
    with any_database.turn() as db:
        villages.keep_fact(db, X, HOURS)
        villages.add_event(db, X, TODAY, "Penyuluhan")
        villages.keep_import(db, X, ImportKept("ready", 5, NOON))
        assert villages.forget_overdue(db, NOON, TODAY) == 0
        assert villages.forget_overdue(db, NOON, TODAY + timedelta(1)) == 1
        assert villages.forget_overdue(db, NOON + WEEK - 1, TODAY) == 0
        assert villages.forget_overdue(db, NOON + WEEK, TODAY) == 1
        assert villages.forget_overdue(db, NOON + 100 * WEEK, date(2036, 1, 1)) == 0
    assert (rows(any_database, "village_event"), rows(any_database, "contact_import")) == (0, 0)
    assert (facts(any_database), contacts(any_database)) == ([HOURS], [BUDI])


def write_everything(database: Database) -> None:
    villages, kept = Villages(), ImportKept("faulty", 5, NOON, (BUDI, ANI), faults=FAULTS)
    add(database, BUDI, ANI)
    with database.turn() as db:
        villages.keep_fact(db, X, HOURS)
        villages.add_event(db, X, TODAY, "Penyuluhan")
        villages.keep_import(db, X, kept)


def test_rows_hold_no_plain_text(any_database: Database) -> None:
    write_everything(any_database)
    with any_database.look() as db:
        names = [table.name for table in SQLModel.metadata.sorted_tables if table.name != "area"]
        raw = str([db.exec_driver_sql(f"SELECT * FROM {name}").all() for name in names])
    assert raw.count("gAAAA") >= 9
    assert [words for words in PERSONAL if words in raw] == []


def test_files_hold_no_plain_text(url: str, database: Database) -> None:
    write_everything(database)
    file = Path(url.removeprefix("sqlite:///"))
    wal = file.with_name(file.name + "-wal").read_bytes()
    written = file.read_bytes() + wal
    assert X.encode() in wal
    encodings = [e for words in PERSONAL for e in (words.encode(), words.encode("utf-16-le"))]
    assert [words for words in encodings if words in written] == []


def test_officers_who_write_the_same_fact_at_once_both_succeed(
    any_database: Database, villages: Villages
) -> None:
    at_once(
        any_database,
        lambda db, n: villages.keep_fact(db, X, replace(HOURS, words=f"Jam {n}")),
        times=8,
    )
    assert rows(any_database, "village_fact") == 1


def test_officers_who_add_dates_at_once_all_succeed(
    any_database: Database, villages: Villages
) -> None:
    at_once(any_database, lambda db, n: villages.add_event(db, X, TODAY, f"Rapat {n}"), times=8)
    assert len({event.number for event in events(any_database)}) == 8


def test_of_files_that_are_sent_at_once_one_is_the_newest(
    any_database: Database, villages: Villages
) -> None:
    at_once(
        any_database,
        lambda db, n: villages.keep_import(db, X, ImportKept("ready", n, NOON)),
        times=8,
    )
    assert rows(any_database, "contact_import") == 1
