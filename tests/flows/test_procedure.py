"""The journey: stages by route, marks that stay, and being met where one left."""

from itertools import pairwise

import pytest

from flows import phases
from flows.library import Library
from flows.person import Case
from flows.procedure import path
from flows.procedure.eligibility import REQUIREMENTS
from flows.procedure.page import CONTRACT
from tests.play import FixedClock, Visitor

TO_TAIWAN = ("Cara berangkat resmi", "Ya, sudah 18", "Taiwan", "Kerja di rumah orang",
             "Lewat perusahaan P3MI")  # fmt: skip

ROUTES = ("p3mi", "gtog", "company", "individual", "crew", "ssw", "reentry")


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed()


@pytest.fixture
def on_the_way(at_home: Visitor) -> Visitor:
    return at_home.walk(*TO_TAIWAN).is_at("procedure")


def test_the_way_has_23_stages_and_begins_at_home(on_the_way: Visitor) -> None:
    on_the_way.says("Sudah 0 dari 23 langkah").says("Anda di sini")
    on_the_way.press("Langkah 1").is_at("procedure.stage").says("Di mana:").says("Sumber:")


def test_a_stage_says_what_to_bring_who_pays_and_what_goes_wrong(on_the_way: Visitor) -> None:
    on_the_way.press("Langkah 1").press("Yang dibawa").says("Lamanya:")
    on_the_way.press("Siapa yang bayar").says("Sumber:").press("Sering keliru").says("sponsor")
    on_the_way.press("Kembali").is_at("procedure.stage").press("Kembali").is_at("procedure.phase")


def test_done_leads_to_the_next_stage_and_can_be_taken_back(on_the_way: Visitor) -> None:
    on_the_way.walk("Langkah 1", "Sudah selesai").says("Sudah 1 dari 23").press("Dari rumah")
    on_the_way.says("selesai").press("Langkah 1: Bicara").press("Ternyata belum").says(
        "Sudah 0 dari 23"
    )
    assert on_the_way.person.stages == frozenset()


def test_whoever_comes_back_after_months_is_met_where_they_left(
    on_the_way: Visitor, clock: FixedClock
) -> None:
    on_the_way.walk("Langkah 1", "Sudah selesai", "Langkah 2", "Sudah selesai", "Menu utama")
    clock.move(days=200)
    on_the_way.type("/start").is_at("home").says("Sudah 2 dari 23 langkah")
    on_the_way.press("Lanjutkan langkah saya").says("Cari lowongan").press("Langkah 3")
    on_the_way.is_at("procedure.stage")


def test_another_route_keeps_what_both_have_in_common(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Ya, sudah 18").type("korea").walk("Kerja lain", "G to G")
    at_home.says("Langkah resmi ke Korea Selatan").walk("Langkah 1", "Sudah selesai")
    at_home.press("Ubah negara").type("taiwan").is_at("plan.route").press("Lewat perusahaan P3MI")
    at_home.says("Sudah 1 dari 23")


def test_whoever_does_not_know_the_country_sees_the_common_way(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Ya, sudah 18", "Belum tahu").says("Langkah kerja resmi")
    at_home.walk("Langkah 1", "Sudah selesai", "Menu utama", "Lanjutkan")
    at_home.says("Sudah 1 dari 23")


def test_under_18_there_is_protection_and_no_journey(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Belum").is_at("plan.under-age").says("129")
    at_home.press("Kembali").press("Ya, sudah 18").says("Belum tahu: lihat langkah umum")


def test_under_18_no_entry_leads_past_the_question(at_home: Visitor) -> None:
    at_home.type("@procedure.stage:paspor").is_at("plan.adult").press("Belum")
    at_home.press("Kembali").press("Ya, sudah 18").is_at("procedure.stage")


def test_looking_at_a_country_is_not_yet_a_plan(on_the_way: Visitor) -> None:
    on_the_way.type("@destinations.country:malaysia").press("Langkah resmi ke sana")
    assert on_the_way.person.case.destination == "taiwan"


def test_nothing_is_kept_of_somebody_under_age_who_looked(at_home: Visitor) -> None:
    at_home.type("@destinations.country:taiwan").walk("Langkah resmi ke sana", "Belum")
    assert at_home.person.case == Case()


def test_a_stage_of_another_route_opens_on_the_common_way(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Ya, sudah 18").type("korea").walk("Kerja lain", "G to G")
    at_home.type("@procedure.stage:cek-p3mi").is_at("procedure.stage").press("Sudah selesai")
    at_home.says("Langkah kerja resmi")


def test_a_month_noted_from_a_stage_leads_back_to_it(on_the_way: Visitor) -> None:
    on_the_way.walk("Menjelang", "Langkah 13", "Paspor", "Catat kapan").type("3 2031")
    on_the_way.is_at("procedure.stage").remembers("paspor")


def test_a_closed_plan_has_no_journey(at_home: Visitor) -> None:
    at_home.walk("Cara berangkat", "Ya, sudah 18").type("saudi").press("Kerja di rumah orang")
    at_home.is_at("plan.no-list").says("ditutup sejak 2015")
    at_home.press("Pilih negara lain").is_at("plan.destination").press("Belum tahu")
    at_home.is_at("procedure")


def test_papers_of_a_stage_open_and_lead_back_to_it(on_the_way: Visitor) -> None:
    on_the_way.walk("Dari rumah", "Langkah 5", "Kartu pencari kerja").is_at("documents.page")
    on_the_way.press("Sudah siap").is_at("procedure.stage").remembers("ak1")


def test_the_country_is_told_where_it_matters(on_the_way: Visitor) -> None:
    on_the_way.walk("Menjelang", "Langkah 14", "Kontrak, gaji").is_at("destinations.about")
    on_the_way.says("NT$").press("Kembali").is_at("procedure.stage")
    on_the_way.press("Periksa isi kontrak").is_at("contract").press("Kembali")
    on_the_way.is_at("procedure.stage")


def test_eligibility_counts_what_is_marked_ready(on_the_way: Visitor) -> None:
    on_the_way.press("Apakah saya").says("Umur 18 tahun atau lebih siap").says("Cara mendapat: ")
    on_the_way.press("Cara mendapat: Surat").is_at("documents.page").press("Sudah siap")
    on_the_way.is_at("procedure.eligible").says("Sehat badan dan jiwa siap")
    on_the_way.says_nothing_of("Cara mendapat: Surat")


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_goes_forward_and_fits_on_its_screens(library: Library, route: str) -> None:
    stages = path.stages(Case("taiwan", "other", route), library)
    assert all(before.number < after.number for before, after in pairwise(stages))
    order = [phase for phase, _ in phases.ALL]
    assert all(order.index(a.phase) <= order.index(b.phase) for a, b in pairwise(stages))
    for phase in order:
        assert sum(stage.phase == phase for stage in stages) <= 7
    assert any(CONTRACT in stage.documents for stage in stages)


def test_the_way_by_p3mi_is_complete(library: Library) -> None:
    numbers = [stage.number for stage in path.stages(Case("taiwan", "household", "p3mi"), library)]
    assert numbers == list(range(1, 24))


def test_g_to_g_has_an_exam_and_no_company(library: Library) -> None:
    codes = {stage.code for stage in path.stages(Case("korea", "other", "gtog"), library)}
    assert {"ujian-gtog", "opp-gtog"} <= codes and not codes & {"cek-p3mi", "seleksi"}


def test_every_requirement_is_shown_by_a_document(library: Library) -> None:
    assert all(code in library.documents for code, _ in REQUIREMENTS)
