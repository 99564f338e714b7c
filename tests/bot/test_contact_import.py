"""Contacts from a file: looked through first, saved whole, taken back, and never by surprise."""

import csv
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from time import process_time

import pytest

from bot.asking import Service
from bot.clock import day
from bot.messages import Press, SentFile
from bot.runner import Runner
from bot.tokens import Token
from flows.effects import ApplyImport, NoteExport, StageImport, UndoImport
from flows.engine import State
from flows.errors import Busy, Refused
from flows.library import Library
from flows.officer.files import DeskImport, DeskReview
from flows.stored import dump_state
from locales.catalogs import Catalogs
from storage.database import Database
from storage.villages import WEEK, Contact
from tests.officers import BESIDE, KURIPAN
from tests.play import NOON, FixedClock, Visitor
from tests.small import LANGUAGES

HEADER = "nomor;jenis;nama;telepon;keterangan;diperiksa"
SITI = ";petugas;Siti Aminah;0812-3456-7890;Balai desa, pagi;20-11-2026"
BUDI = ";kepala desa;Budi Santoso;(0286) 321345;;"
CHANGED = "Kontak desa berubah sejak berkas ini diperiksa"
TOO_LATE = "Tidak bisa dibatalkan lagi"
NO_FILES = "tidak menerima foto atau berkas"


def file(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *rows, "")).encode()


class Officer(Visitor):
    """Somebody who has taken up an invitation to a village."""

    def __init__(
        self, runner: Runner, number: str = "1", name: str = "Rini Wulandari", area: str = KURIPAN
    ) -> None:
        super().__init__(runner, number)
        self.area = area
        self.welcomed().type(f"undangan {runner.invite('officer', area)}")
        self.press("Ya, saya bertugas").type(name)

    def at_contacts(self) -> "Officer":
        self.type("petugas").is_at("officer")
        (page, *_) = [b for b in self.screen.buttons if b.token.endswith(f":{self.area}")]
        self.say(Press(Token.parse(page.token))).press_id("contacts")
        return self

    def sends(self, content: bytes, *, too_large: bool = False) -> "Officer":
        self.at_contacts().press("Ambil dari berkas").say(SentFile(content, too_large))
        return self

    def saves(self) -> "Officer":
        self.press("Ya, simpan semua").says("Kontak sudah disimpan")
        return self

    def undoes(self) -> "Officer":
        self.press("Batalkan, kembalikan yang lama")
        return self

    def changes(self, number: int, name: str) -> "Officer":
        self.at_contacts().press_id(f"contact:{number}").press("Ganti nama").type(name)
        return self

    def removes(self, number: int) -> "Officer":
        self.at_contacts().press_id(f"contact:{number}").walk("Hapus kontak", "Ya, hapus")
        return self

    def exports(self) -> str:
        self.at_contacts().press("Simpan sebagai berkas")
        assert self.screen.file
        return self.screen.file.content

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All that is kept, with who changed it and when."""
        with self.runner.database.look() as db:
            return self.runner.rows.villages.contacts(db, self.area)

    @property
    def names(self) -> dict[int, str]:
        return {contact.number: contact.name for contact in self.contacts}

    @property
    def deeds(self) -> list[tuple[str, str]]:
        """The trail of the village, the newest first."""
        with self.runner.database.look() as db:
            lines = self.runner.rows.trail.read(db, self.area, 0, 99)
        return [(line.deed, line.detail) for line in lines]

    def stands_at(self, state: State) -> "Officer":
        """Whatever way somebody may find there."""
        kept = self.runner.database.vault.encrypt(json.dumps(dump_state(state)))
        with self.runner.database.turn() as db:
            db.exec_driver_sql("UPDATE conversation SET state = ?", (kept,))
        return self

    def forces(self, effect: StageImport | ApplyImport | UndoImport | NoteExport) -> None:
        """An effect that no button of theirs has."""
        with self.runner.database.turn() as db:
            here = self.runner._here(db, self.address)
            self.runner._villages.carry_out(effect, here.asking, SentFile(file(SITI)))


@pytest.fixture
def rini(runner: Runner) -> Officer:
    return Officer(runner)


@pytest.fixture
def joko(runner: Runner, rini: Officer) -> Officer:
    """Another officer of the same village."""
    return Officer(runner, "2", "Joko Susilo")


@pytest.fixture
def anywhere(
    any_database: Database, library: Library, clock: FixedClock
) -> Iterator[tuple[Officer, Officer]]:
    """The two of them, on both databases."""
    runner = Runner(any_database, Service(library, LANGUAGES, "Desa Contoh"), Catalogs(), clock)
    yield Officer(runner), Officer(runner, "2", "Joko Susilo")


def test_a_file_is_looked_through_before_it_changes_anything(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI)).is_at("officer.import.review")
    rini.says("Kontak baru: 2").says("Yang baru\nSiti Aminah\nBudi Santoso")
    rini.says("Belum ada yang berubah").says("Berkas dari Rini Wulandari, 22 November 2026.")
    assert rini.contacts == ()
    assert ("imported", "2") not in rini.deeds


def test_what_was_looked_through_is_saved_whole(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI)).saves().says("Yang baru\nSiti Aminah")
    budi, siti = rini.contacts
    assert (budi.number, budi.kind, budi.name, budi.phone) == (
        2,
        "head",
        "Budi Santoso",
        "+62286321345",
    )
    assert (siti.number, siti.note, siti.mark.at) == (1, "Balai desa, pagi", NOON)
    assert budi.mark.by == siti.mark.by != 0
    assert rini.deeds[0] == ("imported", "2")


def test_saving_pressed_twice_saves_once(rini: Officer) -> None:
    rini.sends(file(SITI))
    save = Press(rini.token("Ya, simpan semua"))
    rini.say(save).say(save).says("Kontak sudah disimpan")
    assert [deed for deed, _ in rini.deeds].count("imported") == 1


def test_what_changes_is_named(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI, ";pos;Pos Kuripan;;;")).saves()
    rini.sends(
        file("1;petugas;Ani Lestari;0812-3456-7890;Balai desa, pagi;", "2;lainnya;Budi Santoso;;;",
             "3;pos;Pos Kuripan;;;21-11-2026")
    )  # fmt: skip
    rini.says("Kontak yang berubah: 3").says_nothing_of("Yang baru")
    rini.says("Yang berubah\nSiti Aminah menjadi Ani Lestari\n")
    rini.says("Budi Santoso: jenis, telepon berubah\nPos Kuripan: diperiksa berubah\n")
    rini.saves().says("Siti Aminah menjadi Ani Lestari")


def test_eight_are_named_and_the_others_counted(rini: Officer) -> None:
    nine = [f"{n};pos;Pos {n};;;" for n in range(1, 10)]
    rini.sends(file(*nine)).says("Pos 8\n... dan 1 lainnya").says_nothing_of("Pos 9").saves()
    rini.sends(file(*(row.replace("Pos", "Balai") for row in nine)))
    rini.says("Pos 8 menjadi Balai 8\n... dan 1 lainnya").says_nothing_of("Balai 9")


def test_a_file_in_another_order_than_the_page_is_saved(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI)).saves()
    rini.sends(file("1;petugas;Ani;;;", "2;kepala desa;Joko;;;")).saves()
    assert rini.names == {2: "Joko", 1: "Ani"}


def test_faults_are_said_in_words_and_nothing_changes(rini: Officer) -> None:
    before = rini.sends(file(BUDI)).saves().contacts
    rini.sends(file("1;kepala desa;Joko;;;", ";sekretaris;Ani;0812;;", ";pos;;;;31-02-2026"))
    rini.says("Berkas belum bisa dipakai").says("Tidak ada yang berubah")
    rini.says("Baris 3, kolom jenis: “sekretaris” bukan jenis kontak.")
    rini.says("Baris 3, kolom telepon: “0812” bukan nomor telepon.")
    rini.says("Baris 4, kolom nama masih kosong.").says("Baris 4, kolom diperiksa: “31-02-2026”")
    rini.says_nothing_of("Ya, simpan semua")
    with pytest.raises(Refused):
        rini.forces(ApplyImport(KURIPAN))
    assert rini.contacts == before


def test_a_file_that_was_too_large_to_be_fetched_is_not_read(rini: Officer) -> None:
    rini.sends(b"", too_large=True).says("Berkas ini lebih dari 1 MB.").says_nothing_of("kosong")
    assert rini.contacts == ()


def test_a_hundred_thousand_rows_are_refused_in_time(rini: Officer) -> None:
    started = process_time()
    rini.sends(b"jenis;nama;telepon\n" + b"pos;a;\n" * 100_000).says("lebih dari 500 kontak")
    assert process_time() - started < 2
    assert rini.contacts == ()


def test_more_contacts_than_a_village_may_have_are_refused_at_once(rini: Officer) -> None:
    rini.sends(file(*(f";pos;Pos {n};;;" for n in range(200)))).saves()
    rini.sends(file(BUDI)).says("Sudah penuh: paling banyak 200.")
    assert len(rini.contacts) == 200


def test_undone_everything_is_as_it_was(
    anywhere: tuple[Officer, Officer], clock: FixedClock
) -> None:
    rini, joko = anywhere
    before = joko.sends(file(SITI, BUDI, ";pos;Pos Kuripan;;;")).saves().contacts
    clock.move(days=2)
    rini.sends(file("1;petugas;Ani;;;", "2;kepala desa;Joko;0812-3456-7890;;", ";pos;Balai;;;"))
    rini.saves()
    assert rini.names == {1: "Ani", 2: "Joko", 3: "Pos Kuripan", 4: "Balai"}
    clock.move(seconds=WEEK - 1)
    rini.undoes().says("Sudah dibatalkan")
    assert rini.contacts == before
    assert rini.deeds[:2] == [("import-undone", ""), ("imported", "3")]


def test_a_file_is_undone_once(rini: Officer) -> None:
    rini.sends(file(SITI)).saves()
    undo = Press(rini.token("Batalkan"))
    rini.say(undo).say(undo).says("Sudah dibatalkan")
    with pytest.raises(Refused):
        rini.forces(UndoImport(KURIPAN))
    assert [deed for deed, _ in rini.deeds].count("import-undone") == 1


def test_whoever_left_the_screen_still_finds_what_to_undo(rini: Officer) -> None:
    rini.sends(file(SITI)).saves()
    rini.at_contacts().walk("Ambil dari berkas", "Lihat berkas terakhir")
    rini.undoes().says("Sudah dibatalkan")
    assert rini.contacts == ()


def test_nothing_is_undone_after_a_contact_was_changed_by_hand(
    rini: Officer, joko: Officer
) -> None:
    rini.sends(file(SITI, BUDI)).saves()
    undo = Press(rini.token("Batalkan"))
    after = joko.changes(1, "Ani Lestari").contacts
    rini.say(undo).says(TOO_LATE)
    with pytest.raises(Refused):
        rini.forces(UndoImport(KURIPAN))
    assert rini.contacts == after


def test_nothing_is_undone_after_a_contact_of_the_file_was_removed(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI)).saves().removes(1)
    with pytest.raises(Refused):
        rini.forces(UndoImport(KURIPAN))
    assert rini.names == {2: "Budi Santoso"}


@pytest.mark.parametrize("swept", [False, True])
def test_nothing_is_undone_after_seven_days(
    rini: Officer, clock: FixedClock, *, swept: bool
) -> None:
    rini.sends(file(SITI)).saves()
    undo = Press(rini.token("Batalkan"))
    clock.move(seconds=WEEK)
    if swept:
        rini.runner.sweep()
    rini.say(undo).says("Belum ada berkas" if swept else TOO_LATE)
    with pytest.raises(Refused):
        rini.forces(UndoImport(KURIPAN))
    assert rini.names == {1: "Siti Aminah"}


CHANGES_SINCE = {
    "changed": lambda joko: joko.changes(1, "Ani Lestari"),
    "removed": lambda joko: joko.removes(1),
    "confirmed": lambda joko: joko.at_contacts().press_id("contact:1").press("Masih benar"),
    "the new number taken": lambda joko: (
        joko.at_contacts().walk("Tambah kontak", "Pos layanan").type("Pos Kuripan")
    ),
}


@pytest.mark.parametrize("since", CHANGES_SINCE.values(), ids=CHANGES_SINCE)
def test_a_file_is_not_saved_over_what_changed_since_it_was_looked_through(
    anywhere: tuple[Officer, Officer], clock: FixedClock, since: object
) -> None:
    rini, joko = anywhere
    before = rini.sends(file(SITI)).saves().contacts
    clock.move(seconds=60)
    rini.sends(file("1;petugas;Siti Rahayu;;;", BUDI))
    since(joko)  # type: ignore[operator]
    after = rini.contacts
    rini.press("Ya, simpan semua").says(CHANGED).is_at("officer.import.review")
    assert rini.contacts == after != before
    assert [deed for deed, _ in rini.deeds].count("imported") == 1
    rini.sends(file("1;petugas;Siti Rahayu;;;", BUDI)).saves()


def test_what_the_file_does_not_touch_may_change_meanwhile(rini: Officer, joko: Officer) -> None:
    rini.sends(file(SITI, BUDI)).saves()
    rini.sends(file("1;petugas;Ani;;;", "2;kepala desa;Budi Santoso;(0286) 321345;;"))
    joko.changes(2, "Agus Salim")
    rini.saves()
    assert rini.names == {1: "Ani", 2: "Agus Salim"}


def test_nobody_saves_a_file_that_they_have_not_seen(rini: Officer, joko: Officer) -> None:
    rini.sends(file(SITI))
    joko.sends(file(BUDI))
    rini.press("Ya, simpan semua").says("Pilihan itu tidak ada di sini")
    rini.says("Berkas dari Joko Susilo").says("Budi Santoso")
    assert rini.contacts == ()
    rini.saves()
    assert rini.names == {1: "Budi Santoso"}


def test_nobody_undoes_a_file_that_they_have_not_seen(rini: Officer, joko: Officer) -> None:
    rini.sends(file(SITI)).saves()
    joko.sends(file(BUDI)).saves()
    rini.undoes().says("Pilihan itu tidak ada di sini").says("Berkas dari Joko Susilo")
    assert rini.names == {1: "Siti Aminah", 2: "Budi Santoso"}


def test_of_two_officers_who_save_the_same_file_together_one_does(
    anywhere: tuple[Officer, Officer],
) -> None:
    rini, joko = anywhere
    rini.sends(file(SITI, BUDI))
    joko.at_contacts().walk("Ambil dari berkas", "Lihat berkas terakhir")
    together(lambda who: who.press("Ya, simpan semua"), rini, joko)
    assert rini.names == {1: "Siti Aminah", 2: "Budi Santoso"}
    assert [deed for deed, _ in rini.deeds].count("imported") == 1


def test_of_two_files_sent_together_the_later_stays(anywhere: tuple[Officer, Officer]) -> None:
    rini, joko = anywhere
    for officer in anywhere:
        officer.at_contacts().press("Ambil dari berkas")
    together(lambda who: who.say(SentFile(file(SITI if who is rini else BUDI))), rini, joko)
    rini.at_contacts().walk("Ambil dari berkas", "Lihat berkas terakhir").saves()
    assert rini.names in ({1: "Siti Aminah"}, {1: "Budi Santoso"})


def together(deed: object, *officers: Officer) -> None:
    """All of them at the same moment, again while the database is busy, as Telegram does."""
    start = Barrier(len(officers))

    def one(officer: Officer) -> None:
        start.wait(timeout=30)
        for _ in range(50):
            try:
                return deed(officer)  # type: ignore[operator,no-any-return]
            except Busy:
                continue
        raise AssertionError("busy for ever")

    with ThreadPoolExecutor(len(officers)) as pool:
        list(pool.map(one, officers))


def test_the_same_file_a_second_time_changes_nothing(rini: Officer) -> None:
    rini.sends(file(SITI, BUDI)).saves()
    before = rini.contacts
    rini.sends(file(SITI, BUDI)).says("Kontak baru: 0").says("Tetap sama: 2")
    rini.says_nothing_of("Ya, simpan semua")
    assert rini.contacts == before


def test_a_line_without_a_number_is_not_the_contact_that_another_line_takes_over(
    rini: Officer,
) -> None:
    rini.sends(file(SITI)).saves()
    rini.sends(file("1;petugas;Ani Lestari;;;", SITI)).says("Kontak baru: 1").saves()
    assert rini.names == {1: "Ani Lestari", 2: "Siti Aminah"}


def test_only_an_officer_who_was_asked_for_a_file_is_listened_to(
    runner: Runner, rini: Officer
) -> None:
    Visitor(runner, "3").say(SentFile(file(SITI))).says(NO_FILES)
    Visitor(runner, "4").welcomed().say(SentFile(file(SITI))).is_at("home").says(NO_FILES)
    rini.at_contacts().say(SentFile(file(SITI))).says(NO_FILES)
    rini.sends(file(SITI)).say(SentFile(file(BUDI))).says(NO_FILES).says("Siti Aminah")
    assert rini.contacts == ()


def test_an_officer_whose_time_is_over_is_no_longer_listened_to(
    rini: Officer, clock: FixedClock
) -> None:
    rini.at_contacts().press("Ambil dari berkas")
    clock.move(days=364)
    rini.type("petugas").at_contacts().press("Ambil dari berkas")
    clock.move(days=1)
    rini.say(SentFile(file(SITI))).is_at("home").says("sudah tidak ada")
    with pytest.raises(Refused):
        rini.forces(StageImport(KURIPAN))


@pytest.mark.parametrize("state", [DeskImport(BESIDE), DeskReview(BESIDE), DeskImport("")])
def test_nobody_sends_a_file_to_another_village(rini: Officer, state: State) -> None:
    rini.stands_at(state).say(SentFile(file(SITI))).is_at("home").says("sudah tidak ada")
    with rini.runner.database.look() as db:
        assert rini.runner.rows.villages.newest_import(db, BESIDE) is None


@pytest.mark.parametrize("deed", [StageImport, ApplyImport, UndoImport, NoteExport])
def test_no_effect_reaches_another_village(runner: Runner, rini: Officer, deed: object) -> None:
    beside = Officer(runner, "2", "Joko Susilo", BESIDE).sends(file(BUDI))
    with pytest.raises(Refused, match="jabatan Anda sudah berakhir"):
        rini.forces(deed(BESIDE))  # type: ignore[operator]
    assert (beside.contacts, beside.deeds[0][0]) == ((), "accepted")
    beside.saves()


WRITTEN = (
    SITI,
    BUDI,
    ";pos;Pos Kuripan;129;Senin, Rabu;01-02-2024",
    ';lainnya;"=HYPERLINK(""http://x"")";+60 3-2116 4016;"pagi,=1+1; @x";',
    ";petugas;-Ani;;'petik;",
)


def test_what_was_exported_changes_nothing_when_it_comes_back(
    rini: Officer, clock: FixedClock
) -> None:
    rini.sends(file(*WRITTEN)).saves()
    clock.move(days=3)
    rini.sends(rini.exports().encode()).says("Tetap sama: 5").says("Kontak yang berubah: 0")
    rini.says_nothing_of("Ya, simpan semua")
    assert rini.deeds[0] == ("exported", "5")


def test_what_was_exported_comes_back_under_the_same_numbers(rini: Officer) -> None:
    rini.sends(file(*WRITTEN)).saves().removes(2)
    before, exported = rini.contacts, rini.exports()
    for contact in before:
        rini.removes(contact.number)
    assert rini.contacts == ()
    rini.sends(exported.encode()).says("Kontak baru: 4").saves()
    assert [plain(contact) for contact in rini.contacts] == [plain(contact) for contact in before]


def plain(contact: Contact) -> tuple[object, ...]:
    seen = day(contact.mark.verified_at)
    return contact.number, contact.kind, contact.name, contact.phone, contact.note, seen


@pytest.mark.parametrize("delimiter", [";", ","])
def test_no_cell_of_an_exported_file_is_a_formula(rini: Officer, delimiter: str) -> None:
    exported = rini.sends(file(*WRITTEN)).saves().exports().removeprefix("\ufeff")
    rows = list(csv.reader(StringIO(exported, newline=""), delimiter=delimiter))
    assert len(rows) == len(WRITTEN) + 1
    assert not [cell for row in rows for cell in row if cell.lstrip(' "').startswith(tuple("=+-@"))]
