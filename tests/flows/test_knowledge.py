"""Destinations, money, trouble, coming home, the contract: what is said, and what is not known."""

from dataclasses import replace

import pytest

from flows.library import Library
from flows.money import VERDICTS
from flows.topics import MENUS, pages
from tests.play import TAIWAN_AT_HOME, Visitor


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed()


def test_closed_countries_stand_before_the_list(at_home: Visitor) -> None:
    at_home.press("Negara tujuan").says("Jangan berangkat").says("Kamboja").says("Qatar")


def test_a_closed_country_says_so_first(at_home: Visitor) -> None:
    at_home.press("Negara tujuan").type("saudi").is_at("destinations.country")
    at_home.says("ditutup sejak 2015").says("Kerja di rumah orang: DITUTUP")
    at_home.says("Kerja lain: dibuka, baca dulu catatannya")
    at_home.press("Sudah ditawari").says("Jangan bayar").says("0800-1000")


def test_a_country_that_is_never_legal_offers_no_journey(at_home: Visitor) -> None:
    at_home.type("@destinations.country:kamboja").says("TIDAK ADA jalur resmi")
    at_home.says("jangan berangkat").says_nothing_of("Langkah resmi").says_nothing_of("gaji, libur")
    at_home.says("Nomor penting di sana")


def test_facts_have_their_date_and_old_ones_warn(at_home: Visitor) -> None:
    at_home.type("@destinations.country:hongkong").press("Kontrak, gaji").says("HK$5.100")
    at_home.says("30 September 2025").says("lebih dari setahun")


def test_a_blank_is_said_as_one(at_home: Visitor) -> None:
    at_home.type("@destinations.country:yordania").press("Kontrak, gaji")
    at_home.says("Belum ada data. Tanyakan ke BP3MI")


def test_a_country_leads_into_its_journey(at_home: Visitor) -> None:
    at_home.type("@destinations.country:taiwan").press("Langkah resmi ke sana").is_at("plan.adult")
    at_home.press("Ya, sudah 18").is_at("plan.work").walk("Kerja lain", "Lewat perusahaan")
    at_home.is_at("procedure")


def test_a_near_name_is_asked_about(at_home: Visitor) -> None:
    at_home.press("Negara tujuan").type("austria").is_at("which").press("Kembali")
    at_home.is_at("destinations")


@pytest.mark.parametrize("verdict", ["never", "ask", "normal"])
def test_a_charge_gets_its_verdict(at_home: Visitor, library: Library, verdict: str) -> None:
    charge = next(c for c in library.charges.values() if c.verdict == verdict)
    at_home.walk("Uang dan biaya", "Saya diminta bayar")
    while charge.label.msgid not in at_home.text:
        at_home.press("Lihat yang lain")
    at_home.press(charge.label.msgid).is_at("money.charge").says("Sumber:")
    at_home.says(VERDICTS[charge.verdict].msgid)


def test_an_unpaid_wage_is_three_presses_from_home(at_home: Visitor) -> None:
    at_home.walk("Di luar negeri", "Ada masalah", "Gaji tidak dibayar").is_at("topic.page")
    at_home.says("Sumber:").press("Nomor di negara itu").is_at("help.countries")


def test_in_trouble_the_planned_countrys_numbers_come_at_once(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME, "Menu utama", "Di luar negeri", "Ada masalah", "Gaji")
    at_home.press("Nomor di negara itu").is_at("help.country").says("1955").press("Kembali")
    at_home.is_at("topic.page")


def test_pages_lead_on_to_the_next_of_their_menu(at_home: Visitor, library: Library) -> None:
    menu = pages(MENUS["insurance"], library)
    at_home.walk("Uang dan biaya", "BPJS", menu[0].title.msgid).press(menu[1].title.msgid)
    at_home.is_at("topic.page").press("Kembali").is_at("topic").press("Kembali").is_at("money")


def test_every_page_stands_in_a_menu(library: Library) -> None:
    standing = {page.code for menu in MENUS.values() for page in pages(menu, library)}
    assert standing == set(library.pages) - set(library.advice)


def test_what_is_not_in_the_contract_becomes_a_question(at_home: Visitor) -> None:
    at_home.walk("Di luar negeri", "Periksa isi kontrak").says("0 dari 14")
    at_home.press("Nama dan alamat majikan").press("Ada di kontrak saya").says("1 dari 14")
    at_home.says("ada").press("Pertanyaan sebelum").says("Tanyakan").says("Berapa gaji saya")
    at_home.says_nothing_of("Siapa nama lengkap majikan")
    assert at_home.person.clauses == {"majikan"}


def test_a_clause_can_be_taken_back(at_home: Visitor) -> None:
    at_home.walk("Di luar negeri", "Periksa isi kontrak", "Nama dan alamat", "Ada di kontrak")
    at_home.walk("Nama dan alamat", "Ternyata tidak ada").says("0 dari 14")


def test_a_complete_contract_has_no_questions_left(at_home: Visitor, library: Library) -> None:
    at_home.type("@contract")
    for clause in library.clauses.values():
        if not clause.routes:
            while clause.label.msgid not in at_home.text:
                at_home.press("Lihat yang lain")
            at_home.press(clause.label.msgid).press("Ada di kontrak saya")
    at_home.type("@contract").press("Pertanyaan sebelum").says("Semua bagian sudah Anda temukan")


def test_seafarers_have_clauses_of_their_own(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Ya, sudah 18", "Taiwan", "Kerja lain", "Awak kapal")
    at_home.type("@contract").says("0 dari 15").says("Nama kapal")


def test_entries_open_pages_and_menus(at_home: Visitor) -> None:
    at_home.type("@topic.page:bpjs-klaim").is_at("topic.page").press("Kembali").is_at("topic")
    at_home.type("/start topic-page_kur-berangkat").is_at("topic.page").says("KUR")
    at_home.type("@topic:rights").is_at("topic").type("@topic.page:no-such").is_at("home")
    at_home.type("@topic:no-such").is_at("home")


def test_a_fact_says_for_which_work_it_is(at_home: Visitor) -> None:
    at_home.type("@destinations.country:taiwan").press("Kontrak, gaji")
    at_home.says("Di rumah orang: ").says("Kerja lain: ")


def test_standing_says_what_a_bare_word_would_hide(at_home: Visitor) -> None:
    at_home.type("@destinations.country:uea").says("DITAHAN sejak Juni 2025")
    at_home.type("@destinations.country:italia").says("belum jelas")


def test_a_page_that_is_missing_is_left_out_of_its_menu(at_home: Visitor) -> None:
    library = at_home.runner.service.library
    left = {code: page for code, page in library.money.items() if code != "kur-syarat"}
    at_home.reads(replace(library, money=left))
    at_home.type("@topic.page:bpjs-klaim").is_at("topic.page")
    at_home.type("@topic:loan").is_at("topic").says_nothing_of("syarat")
