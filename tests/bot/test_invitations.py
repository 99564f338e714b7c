"""Invitations: once, for a day, by whoever may, told to the inviter, taken back at once."""

import threading

import pytest

from bot.asking import Service
from bot.messages import Message, Words
from bot.runner import Runner
from flows.errors import Busy
from flows.library import Library
from locales.catalogs import Catalogs
from storage.database import open_database
from tests.conftest import KEY
from tests.officers import KURIPAN, WONOSOBO, code_of, invited, officer, takes_up
from tests.play import FixedClock, Visitor
from tests.small import LANGUAGES

USED = "sudah dipakai, dibatalkan, atau lewat 24 jam"


def test_a_link_makes_somebody_new_an_officer(runner: Runner) -> None:
    code = runner.invite("officer", KURIPAN)
    visitor = Visitor(runner).type(f"/start invite_{code}").is_at("language").welcomed()
    visitor.is_at("invitation").says("Desa Kuripan, Kec. Watumalang, Kabupaten Wonosobo")
    visitor.press("Ya, saya bertugas").type("Siti Aminah").is_at("officer").says(
        "Selamat bertugas"
    ).says("Isi halaman Kuripan")


@pytest.mark.parametrize("spelling", ["undangan {}", "UNDANGAN {}", "{}", "kode {}", "invite {}"])
@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", "–")])
def test_a_code_is_understood_however_it_is_typed(
    runner: Runner, spelling: str, change: object
) -> None:
    code = change(runner.invite("officer", KURIPAN))  # type: ignore[operator]
    Visitor(runner).welcomed().type(spelling.format(code)).is_at("invitation")


@pytest.mark.parametrize("between", [" ", ""])
def test_a_code_needs_no_dashes_after_its_word(runner: Runner, between: str) -> None:
    code = runner.invite("officer", KURIPAN).replace("-", between)
    Visitor(runner).welcomed().type(f"Undangan: {code}.").is_at("invitation")


@pytest.mark.parametrize("words", ["kula wedi kula wedi", "saya kena tipu agen"])
def test_four_words_of_four_letters_are_no_code(runner: Runner, words: str) -> None:
    visitor = Visitor(runner).welcomed().type(words)
    assert "dibatalkan" not in visitor.text


def test_the_code_of_an_invitation_is_shown_once(runner: Runner) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    invited(siti)
    code = code_of(siti)
    shown_again = runner.look(siti.address)
    assert code not in str(shown_again.screen)
    siti.type("bantuan").press("Kembali").says("Kode hanya tampil satu kali")


def test_no_code_is_anywhere_in_the_store(runner: Runner, url: str) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    code = invited(siti)
    Visitor(runner, "2").welcomed().type(f"undangan {code}").is_at("invitation")
    with runner.database.look() as db:
        dump = "\n".join(db.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    with open(url.removeprefix("sqlite:///"), "rb") as file:  # noqa: PTH123
        raw = file.read()
    for form in (code, code.replace("-", ""), code.lower()):
        assert form not in dump and form.encode() not in raw


def test_an_invitation_works_once(runner: Runner) -> None:
    code = runner.invite("officer", KURIPAN)
    takes_up(Visitor(runner, "1").welcomed(), code, "Siti Aminah").is_at("officer")
    Visitor(runner, "2").welcomed().type(f"undangan {code}").is_at("home").says(USED)


def test_who_opened_it_too_late_is_told(runner: Runner) -> None:
    code = runner.invite("officer", KURIPAN)
    slow = Visitor(runner, "2").welcomed().type(f"undangan {code}").is_at("invitation")
    takes_up(Visitor(runner, "1").welcomed(), code, "Siti Aminah")
    slow.press("Ya, saya bertugas").is_at("home")
    assert not _offices(runner, "2")


def test_an_invitation_ends_after_a_day(runner: Runner, clock: FixedClock) -> None:
    code = runner.invite("officer", KURIPAN)
    clock.move(seconds=24 * 3600)
    Visitor(runner).welcomed().type(f"undangan {code}").says(USED)


def test_nobody_takes_up_their_own_invitation(runner: Runner) -> None:
    head = officer(runner, "1", "Budi Santoso", "head")
    code = invited(head)
    head.type(f"undangan {code}").is_at("invitation").press("Ya, saya bertugas").type(
        "Budi Santoso"
    ).says("Anda buat sendiri")


def test_an_invitation_that_was_taken_back_is_void(runner: Runner) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    code = invited(siti)
    siti.press("Petugas dan undangan").press("Undangan menunggu").press("Batalkan undangan ini")
    siti.says("Undangan sudah dibatalkan")
    Visitor(runner, "2").welcomed().type(f"undangan {code}").says(USED)


def test_an_invitation_is_worth_no_more_than_its_maker(runner: Runner) -> None:
    head = officer(runner, "1", "Budi Santoso", "head")
    siti = officer(runner, "2", "Siti Aminah")
    code = invited(siti)
    head.type("petugas").press("Petugas dan undangan").press("Siti Aminah").press("Cabut")
    head.press("Ya, cabut sekarang").says("sudah dicabut")
    takes_up(Visitor(runner, "3").welcomed(), code, "Wati Rahayu").says(USED)


def test_the_inviter_is_told_and_can_undo_for_seven_days(runner: Runner, clock: FixedClock) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    wati = takes_up(Visitor(runner, "2").welcomed(), invited(siti), "Wati Rahayu")
    siti.type("menu").says("Tugas petugas: ")
    siti.press("Tugas petugas").press("Wati Rahayu menerima undangan Anda")
    clock.move(days=6)
    siti.press("Bukan orang yang saya undang").press("Ya, cabut sekarang")
    wati.press("Jabatan saya").is_at("home").says_nothing_of("Tugas petugas")


def test_after_seven_days_it_is_an_office_like_any_other(runner: Runner, clock: FixedClock) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    takes_up(Visitor(runner, "2").welcomed(), invited(siti), "Wati Rahayu")
    clock.move(days=8)
    siti.type("petugas").says_nothing_of("menerima undangan")
    siti.press("Petugas dan undangan").press("Wati Rahayu").says("Cabut jabatan ini")


def test_wrong_codes_are_throttled_and_then_no_code_is_answered(
    runner: Runner, clock: FixedClock
) -> None:
    code, guesser = runner.invite("officer", KURIPAN), Visitor(runner).welcomed()
    for _ in range(5):
        guesser.type("undangan AAAA-BBBB-CCCC-2222").says(USED)
    guesser.type("undangan AAAA-BBBB-CCCC-2222").says("terlalu banyak kode yang salah")
    guesser.type(f"undangan {code}").is_at("home").says("terlalu banyak kode yang salah")
    clock.move(seconds=3600)
    guesser.type(f"undangan {code}").is_at("invitation")


@pytest.mark.parametrize("name", ["ya", "123", "Siti 2", "..", "x" * 81])
def test_a_name_that_is_none_is_refused(runner: Runner, name: str) -> None:
    visitor = Visitor(runner).welcomed().type(f"undangan {runner.invite('officer', KURIPAN)}")
    visitor.press("Ya, saya bertugas").type(name).is_at("invitation.name")
    assert not _offices(runner, "1")


def test_a_kiosk_takes_up_nothing(runner: Runner) -> None:
    kiosk = Visitor(runner, "session", "kiosk", keeps=300).welcomed()
    kiosk.type(f"undangan {runner.invite('officer', KURIPAN)}").says(
        "hanya bisa diterima di Telegram"
    )


def test_an_end_acts_at_the_next_message_in_every_process(
    runner: Runner, url: str, library: Library, clock: FixedClock
) -> None:
    other = Runner(open_database(url, KEY), Service(library, LANGUAGES), Catalogs(), clock)
    head, siti = officer(runner, "1", "Budi Santoso", "head"), officer(runner, "2", "Siti Aminah")
    siti.press("Isi halaman").press("Jam buka")
    head.type("petugas").press("Petugas dan undangan").press("Siti Aminah").press("Cabut")
    head.press("Ya, cabut sekarang")
    siti.runner = other
    siti.type("Senin, 08.00").is_at("home").says("sudah tidak ada")
    assert not _facts(runner)
    other.database.close()


def test_of_a_hundred_at_once_one_succeeds(url: str, library: Library, runner: Runner) -> None:
    code = runner.invite("officer", KURIPAN)
    opened = [Visitor(runner, str(n)).welcomed().type(f"undangan {code}") for n in range(100)]
    people = [visitor.press("Ya, saya bertugas") for visitor in opened]
    runners = [
        Runner(open_database(url, KEY), Service(library, LANGUAGES), Catalogs(), runner.clock)
        for _ in range(4)
    ]
    threads = [threading.Thread(target=_all_say, args=(runners[n], people[n::4])) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(_offices(runner, str(n))) for n in range(100)) == 1
    for each in runners:
        each.database.close()


def _all_say(runner: Runner, people: list[Visitor]) -> None:
    """Again, as Telegram does, where the database was busy."""
    for person in people:
        while True:
            try:
                runner.turn(Message(person.address, Words.heard("Siti Aminah")))
                break
            except Busy:
                continue


def test_somebody_resigns(runner: Runner) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    siti.press("Jabatan saya").press("Lepaskan: Petugas desa").press("Ya, lepaskan jabatan")
    siti.is_at("home").says_nothing_of("Tugas petugas")
    coordinator = officer(runner, "2", "Rini Wulandari", "coordinator", WONOSOBO)
    coordinator.press("Catatan perubahan").says("Siti Aminah melepas jabatan: Petugas desa")


def test_erasing_ones_data_ends_ones_offices_and_leaves_a_number(runner: Runner) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    siti.type("hapus").says("Jabatan Anda, yang ikut berakhir").press("Ya, hapus semuanya")
    coordinator = officer(runner, "2", "Rini Wulandari", "coordinator", WONOSOBO)
    coordinator.press("Catatan perubahan").says("menghapus datanya").says("Petugas terdahulu nomor")
    coordinator.says_nothing_of("Siti Aminah")


def test_an_office_lasts_a_year_unless_it_is_extended(runner: Runner, clock: FixedClock) -> None:
    head, siti = officer(runner, "1", "Budi Santoso", "head"), officer(runner, "2", "Siti Aminah")
    clock.move(days=340)
    siti.type("petugas").says("Jabatan Anda habis 22 November 2027")
    head.type("petugas").press("Petugas dan undangan").press("Siti Aminah")
    head.press("Perpanjang satu tahun").says("Diperpanjang satu tahun")
    clock.move(days=30)
    siti.type("petugas").is_at("officer").says_nothing_of("Jabatan Anda habis")
    head.type("petugas").is_at("home").says_nothing_of("Tugas petugas")


def _offices(runner: Runner, number: str) -> list[object]:
    visitor = Visitor(runner, number)
    with runner.database.look() as db:
        found = runner._people.find(db, visitor.address, runner.clock.now())
        return list(runner.rows.offices.held(db, found.id, runner.clock.now())) if found else []


def _facts(runner: Runner) -> tuple[object, ...]:
    with runner.database.look() as db:
        return runner.rows.villages.facts(db, KURIPAN)
