"""The checklist conversation, step by step, as people have it."""

from datetime import date

import pytest

from flows.text import Month
from tests.play import TAIWAN_AT_HOME, FixedClock, Visitor, on


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed().is_at("home")


@pytest.fixture
def with_list(at_home: Visitor) -> Visitor:
    return at_home.walk(*TAIWAN_AT_HOME).is_at("documents.list")


def test_first_contact_asks_the_language_and_says_what_this_is(visitor: Visitor) -> None:
    visitor.is_at("language").says("Mangga dipunpilih basanipun.").press("Bahasa Indonesia")
    visitor.is_at("welcome").says("Gratis").says("bukan agen").says("Desa Contoh").says("12 bulan")
    visitor.press("Mulai").is_at("home")


def test_without_an_operator_it_says_that_it_is_not_the_government(visitor: Visitor) -> None:
    visitor.with_service(operator="")
    visitor.press("Bahasa Indonesia").says("bukan situs resmi pemerintah")


def test_three_taps_from_home_lead_to_the_eight_documents(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Ya, sudah 18", "Belum tahu")
    at_home.is_at("documents.list").says("0 dari 8 dokumen siap.").says("Sumber: UU 18/2017")


def test_under_18_there_is_help_and_no_list(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Belum").is_at("plan.under-age")
    at_home.says("129").says_nothing_of("dokumen siap")
    assert not at_home.person.adult
    at_home.press("Bantuan").is_at("help").press("Kembali").is_at("plan.under-age")


def test_the_answers_lead_to_a_list_grouped_by_phase(with_list: Visitor) -> None:
    with_list.says("Dokumen ke Taiwan").says("Dari rumah dan desa").says("Surat pengasuh anak")
    with_list.says("Paspor belum").says_nothing_of("Buku Pelaut")


def test_a_mark_is_a_word_and_stays(with_list: Visitor) -> None:
    with_list.walk("Menjelang", "Paspor", "Sudah siap").is_at("documents.phase")
    with_list.says("Paspor siap").remembers("paspor")
    with_list.walk("Paspor", "Ternyata belum").remembers()


def test_changing_an_answer_keeps_the_marks(with_list: Visitor) -> None:
    with_list.walk("Menjelang", "Paspor", "Sudah siap", "Kembali", "Ubah jawaban")
    with_list.is_at("documents.answers").walk("Negara: Taiwan", "Malaysia")
    with_list.is_at("documents.list").says("Dokumen ke Malaysia").remembers("paspor")


def test_an_answer_that_no_longer_fits_is_asked_again(with_list: Visitor) -> None:
    with_list.walk("Ubah jawaban", "Kerja di rumah orang", "Kerja lain").is_at("documents.list")
    with_list.walk("Ubah jawaban", "Jalur: Lewat perusahaan", "Awak kapal").says("Buku Pelaut")
    with_list.walk("Ubah jawaban", "Kerja lain", "Kerja di rumah orang").is_at("plan.route")


def test_back_returns_to_the_previous_answer_all_the_way(with_list: Visitor) -> None:
    expected = ["children", "marital", "route", "work", "destination"]
    for place in expected:
        with_list.press("Kembali").is_at(f"plan.{place}")
    with_list.press("Menu utama").is_at("home")


def test_a_closed_job_gets_the_reason_and_no_list(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Ya, sudah 18").type("saudi").press("Kerja di rumah orang")
    at_home.is_at("plan.no-list").says("ditutup sejak 2015").says("Kepmenaker 260/2015")
    at_home.says_nothing_of("dokumen siap").says("Sumber:").press("Apa yang harus")
    at_home.says("Jangan bayar").says("0800-1000").press("Kembali").says("ditutup sejak 2015")
    assert at_home.person.case.work == "", "a plan without a list is not remembered"


def test_a_destination_that_is_never_legal_is_said_as_such(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Ya, sudah 18").type("kamboja").is_at("plan.no-list")
    at_home.says("bukan negara penempatan resmi").says("Sumber:")
    assert at_home.person.case.destination == ""


def test_a_blank_is_said(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Ya, sudah 18").type("yordania").press("Kerja lain")
    at_home.is_at("plan.no-list").says("belum ada data resmi").says("BP3MI")
    at_home.press("Lihat 8 dokumen").is_at("documents.list")


def test_another_country_is_a_blank_too(at_home: Visitor) -> None:
    at_home.walk(
        "Dokumen saya",
        "Ya, sudah 18",
        "Lihat yang lain",
        "Lihat yang lain",
        "Lihat yang lain",
        "Negara lain",
    )
    at_home.is_at("plan.other-country").says("Kami tidak mau menebak")


def test_an_apprenticeship_is_explained_as_no_placement(at_home: Visitor) -> None:
    at_home.walk("Dokumen saya", "Ya, sudah 18", "Jepang", "Kerja lain", "Magang")
    at_home.is_at("plan.apprenticeship").says("bukan pekerja migran")
    at_home.press("Kembali").is_at("plan.route")


def test_a_page_says_everything_about_a_document(with_list: Visitor) -> None:
    with_list.type("paspor").is_at("documents.page").says("Dari mana:").says("Sumber:")
    with_list.press("Cara mengurus").says("Bawa").says("Lamanya:").says("Sering keliru:")
    with_list.press("Biaya").says("Rp0").press("Masa berlaku").says("Aturan:").says("pasal 13")
    with_list.press("Kembali").press("Kembali").is_at("documents.phase")


def test_what_to_bring_tomorrow_names_each_thing_once(with_list: Visitor) -> None:
    with_list.walk("Apa yang saya bawa", "Kantor desa").is_at("documents.bring")
    with_list.says("Masukkan ke tas").says("Meterai Rp10.000")
    assert with_list.text.count("KTP asli dan fotokopi") == 1


def test_an_office_disappears_when_nothing_is_left_to_get_there(with_list: Visitor) -> None:
    with_list.walk("Dari rumah", "Rekening", "Sudah siap", "Kembali", "Apa yang saya bawa")
    with_list.says_nothing_of("Bank\n")


def test_a_passport_warns_before_its_last_month(with_list: Visitor, clock: FixedClock) -> None:
    with_list.type("paspor").walk("Catat kapan", "2028", "Januari").is_at("documents.phase")
    with_list.until("paspor", Month(2028, 1)).press("Menu utama").says_nothing_of("habis berlaku")
    clock.seconds = on(date(2027, 7, 1))
    with_list.press("Dokumen saya").says("Paspor habis berlaku Januari 2028")
    clock.seconds = on(date(2028, 2, 1))
    with_list.press("Menu utama").says("sudah habis berlaku")


@pytest.mark.parametrize("words", ["5 2027", "05/2027", "2027-05", "Mei 2027", "mei 2027"])
def test_a_month_can_be_typed(with_list: Visitor, words: str) -> None:
    with_list.type("paspor").press("Catat kapan").type(words).until("paspor", Month(2027, 5))


@pytest.mark.parametrize("words", ["13 2027", "5 1999", "0 2027", "5 9999", "2027 2027", "besok"])
def test_a_month_that_cannot_be_is_asked_again(with_list: Visitor, words: str) -> None:
    with_list.type("paspor").press("Catat kapan").type(words).is_at("documents.expiry-year")
    with_list.says("belum mengerti").until("paspor", None)


def test_a_month_can_be_taken_back(with_list: Visitor) -> None:
    with_list.type("paspor").walk("Catat kapan", "2027", "Mei", "Paspor", "Hapus catatan Mei 2027")
    with_list.until("paspor", None).remembers("paspor")


def test_somebody_who_comes_back_goes_straight_to_the_list(
    with_list: Visitor, clock: FixedClock
) -> None:
    with_list.walk("Menjelang", "Paspor", "Sudah siap")
    clock.move(days=120)
    again = Visitor(with_list.runner).type("/start").is_at("home").says("1 dari 19 dokumen siap.")
    again.press("Dokumen saya").is_at("documents.list").remembers("paspor")


def test_help_returns_to_the_same_question(with_list: Visitor) -> None:
    with_list.press("Kembali").is_at("plan.children").type("bantuan").is_at("help")
    with_list.says("0800-1000").type("hapus").is_at("forget").press("Tidak jadi")
    with_list.is_at("plan.children")


def test_the_language_can_be_changed_anywhere(with_list: Visitor) -> None:
    with_list.type("bahasa").is_at("language").press("Basa Jawa").is_at("documents.list")
    assert with_list.reply.language == "jv"
    with_list.press("Teks Indonesia").says("Dokumen ke Taiwan").press("Basa Jawa")
    with_list.is_at("documents.list")
