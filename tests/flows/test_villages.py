"""Villages: chosen by buttons or by name, a page that is never empty, contacts kept by officers."""

import pytest

from bot.runner import Runner
from tests.officers import BESIDE, KURIPAN, WONOSOBO, officer
from tests.play import FixedClock, Visitor


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed()


def test_a_village_is_found_down_from_its_province(at_home: Visitor) -> None:
    at_home.press("Desa saya").walk("Jawa Tengah", "Kabupaten Wonosobo", "Kec. Garung")
    at_home.press("Desa Kuripan").is_at("village").says("Kec. Garung, Kabupaten Wonosobo")
    assert at_home.person.village == BESIDE


@pytest.mark.parametrize(
    "words", ["kuripan watumalang", "ds. kuripan kec watumalang", "Kuripan, Watumalng, Wonosobo"]
)
def test_a_village_is_found_by_its_name(at_home: Visitor, words: str) -> None:
    at_home.press("Desa saya").type(words).is_at("village").says("Kec. Watumalang")
    assert at_home.person.village == KURIPAN


def test_of_two_kuripans_it_is_asked_which(at_home: Visitor) -> None:
    at_home.press("Desa saya").type("kuripan wonosobo").is_at("village.which")
    at_home.says("Kuripan, Watumalang, Wonosobo").says("Kuripan, Garung, Wonosobo")
    assert not at_home.person.village
    at_home.press("Kuripan, Garung").is_at("village")
    assert at_home.person.village == BESIDE


def test_a_name_that_is_none_is_said(at_home: Visitor) -> None:
    at_home.press("Desa saya").type("abrakadabra").is_at("village.choose").says("belum mengerti")


def test_a_known_village_of_the_programme_is_marked_with_its_source(at_home: Visitor) -> None:
    at_home.press("Desa saya").walk("Jawa Tengah", "Kabupaten Wonosobo")
    at_home.press("Lihat yang lain").press("Kec. Watumalang")
    at_home.press("Kuripan (Desmigratif)").says("Desa Desmigratif sejak 2016").says("Sumber:")


def test_a_village_that_wrote_nothing_shows_who_is_next_above(at_home: Visitor) -> None:
    at_home.press("Desa saya").type("kuripan garung").says("Petugas desa belum mengisi")
    at_home.says("KP2MI").says("Jawa Tengah").says("Sumber:")


def test_the_contacts_of_the_regency_stand_in_for_those_of_the_village(
    runner: Runner, at_home: Visitor
) -> None:
    rini = officer(runner, "9", "Rini Wulandari", "coordinator", WONOSOBO)
    rini.press("Isi halaman Kabupaten Wonosobo").press("Kontak").press("Tambah kontak")
    rini.press("Kontak lain").type("Disnaker Wonosobo").type("(0286) 321345")
    at_home.press("Desa saya").type("kuripan garung").says("Disnaker Wonosobo").says("(0286) 321")


@pytest.mark.parametrize("code", ["33-07-10-2004", "33.07.10.2004"])
def test_the_link_of_a_village_brings_somebody_in_with_it(runner: Runner, code: str) -> None:
    visitor = Visitor(runner).type(f"/start village_{code}").is_at("language").welcomed()
    visitor.is_at("village").says("Desa Kuripan, Kec. Watumalang")
    assert visitor.person.village == KURIPAN


def test_a_link_takes_nobody_out_of_their_own_village(at_home: Visitor) -> None:
    at_home.press("Desa saya").type("kuripan garung")
    at_home.type("/start village_33-07-10-2004").is_at("village").says("Watumalang")
    assert at_home.person.village == BESIDE
    at_home.press("Ini desa saya")
    assert at_home.person.village == KURIPAN


@pytest.mark.parametrize("code", ["99.99.99.9999", "33.07.10.20041", "apa", "33.07.10.2004.1", "'"])
def test_the_link_of_no_village_leads_nowhere(at_home: Visitor, code: str) -> None:
    at_home.type(f"@village:{code}")
    assert at_home.place in ("home", "village.choose")
    assert not at_home.person.village


def test_a_village_that_left_the_official_list_is_chosen_anew(at_home: Visitor) -> None:
    at_home.press("Desa saya").type("kuripan garung")
    with at_home.runner.database.turn() as db:
        db.exec_driver_sql(f"DELETE FROM area WHERE code = '{BESIDE}'")
    at_home.type("desa").is_at("village").says("berubah di daftar resmi").press("Pilih desa lain")
    at_home.is_at("village.choose")


def test_the_hall_of_a_village_shows_its_page_first(runner: Runner) -> None:
    object.__setattr__(runner.service, "hall", KURIPAN)
    kiosk = Visitor(runner, "session", "kiosk", keeps=300)
    kiosk.says("Selamat datang di Desa Kuripan").says("Kec. Watumalang").welcomed()
    kiosk.press("Desa saya").is_at("village").says("Desa Kuripan")
    Visitor(runner, "2").says_nothing_of("Kuripan")


def test_the_page_of_a_village_can_be_printed_with_its_link(runner: Runner) -> None:
    runner.stepping.bot = "DesmigratifBot"
    visitor = Visitor(runner).welcomed()
    paper = runner.paper(visitor.address, f"village:{KURIPAN}")
    assert "https://t.me/DesmigratifBot?start=village_33-07-10-2004" in str(paper)


def test_what_nobody_confirmed_for_half_a_year_says_so(runner: Runner, clock: FixedClock) -> None:
    siti = officer(runner, "1", "Siti Aminah")
    siti.press("Isi halaman").press("Jam buka").type("Senin sampai Jumat, 08.00-15.00")
    siti.press("Kontak").press("Tambah kontak").press("Kepala desa").type("Budi Santoso")
    siti.type("0812 3456 7890")
    visitor = Visitor(runner, "2").welcomed().press("Desa saya").type("kuripan watumalang")
    visitor.says("0812-3456-7890").says("diperiksa 22 November 2026")
    visitor.says_nothing_of("bisa jadi")
    clock.move(days=220)
    visitor.type("desa").says("terakhir diperiksa 22 November 2026, bisa jadi sudah berubah")
    siti.type("menu").press("Tugas petugas: 2 menunggu").press("Periksa 1 kontak: Kuripan")
    siti.press("Budi Santoso").press("Masih benar hari ini").says("Sudah disimpan")
    siti.type("petugas").press("Periksa halaman Kuripan").press("Jam buka")
    siti.press("Masih benar hari ini")
    siti.type("petugas").says("Tidak ada yang menunggu")
    visitor.type("desa").says_nothing_of("bisa jadi")


PHONES = ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "62812-3456-7890",
          "(0812) 3456 7890", "0812.3456.7890", "+6281234567890", "0812 345 67890",
          "006281234567890", "WA 0812 3456 7890"]  # fmt: skip


@pytest.mark.parametrize("spelling", PHONES)
def test_a_number_is_kept_in_one_form_however_it_is_written(runner: Runner, spelling: str) -> None:
    siti = officer(runner, "1", "Siti Aminah").press("Isi halaman").press("Kontak")
    siti.press("Tambah kontak").press("Kepala desa").type("Budi Santoso").type(spelling)
    siti.is_at("officer.contact.change").says("0812-3456-7890")


@pytest.mark.parametrize("wrong", ["12", "08123", "nanti saja ya", "3307101234567890", "0812/0813"])
def test_a_wrong_number_is_refused_with_an_example(runner: Runner, wrong: str) -> None:
    siti = officer(runner, "1", "Siti Aminah").press("Isi halaman").press("Kontak")
    siti.press("Tambah kontak").press("Kepala desa").type("Budi Santoso").type(wrong)
    siti.is_at("officer.contact.change").says("Contoh: 0812-3456-7890")


def test_every_part_of_a_contact_can_be_changed_and_taken_off(runner: Runner) -> None:
    siti = officer(runner, "1", "Siti Aminah").press("Isi halaman").press("Kontak")
    siti.press("Tambah kontak").press("Kepala desa").type("Budi Santoso").press("Nanti saja")
    siti.press("Ganti nama").type("Budi Hartono").says("Budi Hartono")
    siti.press("Ganti keterangan").type("Di kantor tiap pagi").says("Di kantor tiap pagi")
    siti.press("Ganti keterangan").press("Hapus isi ini").says_nothing_of("tiap pagi")
    siti.press("Hapus kontak ini").press("Tidak jadi").press("Hapus kontak ini")
    siti.press("Ya, hapus kontak ini").is_at("officer.contacts").says_nothing_of("Budi")


def test_the_calendar_knows_days_to_come(runner: Runner, clock: FixedClock) -> None:
    siti = officer(runner, "1", "Siti Aminah").press("Isi halaman").press("Kalender")
    siti.press("Tambah tanggal").type("31 2").says("sudah lewat").type("5 desember")
    siti.says("5 Desember 2026").type("Penyuluhan di balai desa").says("Penyuluhan")
    visitor = Visitor(runner, "2").welcomed().press("Desa saya").type("kuripan watumalang")
    visitor.press("Kalender desa").says("5 Desember 2026: Penyuluhan di balai desa")
    siti.press("5 Desember").press("Hapus tanggal ini").says_nothing_of("Penyuluhan")
    siti.press("Tambah tanggal").type("1/12").type("Kumpul keluarga")
    clock.move(days=10)
    visitor.type("desa").says_nothing_of("Kalender desa")


def test_two_officers_at_one_contact_do_not_lose_each_other(runner: Runner) -> None:
    siti, budi = officer(runner, "1", "Siti Aminah"), officer(runner, "2", "Budi Santoso", "head")
    for each in (siti, budi):
        each.press("Isi halaman").press("Kontak").press("Tambah kontak").press("Pos layanan")
    siti.type("Pos Dusun Satu")
    budi.type("Pos Dusun Dua")
    budi.press("Nanti saja").press("Kembali").says("Pos Dusun Satu").says("Pos Dusun Dua")
    siti.press("Nanti saja").press("Hapus kontak ini").press("Ya, hapus")
    budi.press("Pos Dusun Dua").says("Pos Dusun Dua")


def test_names_reveal_an_officer_only_when_they_are_whole(runner: Runner) -> None:
    officer(runner, "1", "Siti Aminah")
    visitor = Visitor(runner, "2").welcomed().type("cek petugas").is_at("officer.check")
    visitor.type("Bu SITI  aminah").is_at("officer.checked").says("Petugas desa, Desa Kuripan")
    visitor.says("berlaku sampai 22 November 2027")
    wrong = [visitor.type("cek petugas").type(n).text for n in ("Siti", "Aminah", "Budi", "S A")]
    assert len(set(wrong)) == 1
    visitor.is_at("officer.unknown").says_nothing_of("Kuripan")


def test_names_are_not_fished_for(runner: Runner, clock: FixedClock) -> None:
    officer(runner, "1", "Siti Aminah")
    visitor = Visitor(runner, "2").welcomed()
    for n in range(10):
        visitor.type("cek petugas").type(f"Nama ke {n}").is_at("officer.unknown")
    visitor.type("cek petugas").type("Siti Aminah").is_at("officer.wait").says("sesudah satu jam")
    clock.move(seconds=3600)
    visitor.type("cek petugas").type("Siti Aminah").is_at("officer.checked")
