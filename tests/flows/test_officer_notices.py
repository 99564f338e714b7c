"""Notices at an officer's desk: written, checked, aimed, agreed to, stopped, accounted for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.runner import Runner
from bot.screens import Reply, render
from bot.telegram_markup import html
from flows import queries
from flows.effects import CorrectNotice, RecallNotice, StopNotice
from flows.engine import Known, Shown, State, Step, explore, show
from flows.home import start
from flows.library import Library
from flows.limits import LABEL, TELEGRAM_TEXT, TELEGRAM_TOKEN
from flows.notices import fields
from flows.notices.kept import (
    KINDS,
    REASONS,
    Audience,
    Kind,
    Notice,
    Report,
    Stage,
    Suspicion,
)
from flows.officer import notice_desk
from flows.officer.home import OfficerHome
from flows.officer.notice import DeskNotice
from flows.officer.notice_ask import DeskNoticeAsk
from flows.officer.notice_end import DeskNoticeRecall, DeskNoticeStop
from flows.officer.notice_review import DeskNoticeReview
from flows.officer.notices import STAGES, DeskNotices
from flows.offices import Office
from flows.queries import MyDesk, MyOffices, NoticeOf, NoticesIn, Row
from flows.rights import Role
from flows.screen import Items
from flows.stored import dump_state, load_state
from locales.catalogs import Catalogs
from tests.notices import SOURCE, put, subscribed, whole
from tests.officers import BESIDE, KURIPAN, WONOSOBO, officer
from tests.play import FixedClock, Visitor
from tests.small import known as known_as
from tests.small_notices import WHERE, fullest, notice
from tests.small_village import AREAS, NEXT_YEAR, TODAY
from tests.telegram_html import length, visible

NEWS = (
    "Penyuluhan kerja aman", "Selasa pukul 09.00 di balai desa, gratis", "5 desember",
    SOURCE["source"], SOURCE["verifier"],
)  # fmt: skip
P3MI = (
    "P3MI", "PT Contoh Maju", "SIP3MI 123/2024", "SIP2MI 456", "30 6 2027", "kemarin",
    "P3MI dengan perusahaan", "Malaysia", "Perkebunan", "Pemanen sawit", "FGV Holdings",
    "Pada perusahaan", "75", "Laki-laki dan perempuan", "18-40", "SD", "Menikah atau belum",
    "1.700 RM", "sebulan", "8", "6", "tempat tinggal", "Lanjut", "24", "Tidak ada biaya",
    "Sesuai daftar dokumen resmi", "Kantor Disnaker", "31 12 2026", "Ibu Rina, Disnaker",
    "0812 3456 7890", SOURCE["source"], SOURCE["verifier"],
)  # fmt: skip
"""What is typed at each question; a label typed is pressed."""


@pytest.fixture
def siti(runner: Runner) -> Visitor:
    return officer(runner, "1", "Siti Aminah")


@pytest.fixture
def budi(runner: Runner) -> Visitor:
    return officer(runner, "2", "Budi Santoso", "head")


@pytest.fixture
def rini(runner: Runner) -> Visitor:
    return officer(runner, "3", "Rini Wulandari", "coordinator", WONOSOBO)


def begun(visitor: Visitor, kind: str = "Kabar desa") -> Visitor:
    visitor.type("petugas").press("Pengumuman").press("Tulis pengumuman baru")
    return visitor.press(kind).is_at("officer.notice.ask")


def news(visitor: Visitor, *instead: str) -> Visitor:
    begun(visitor)
    for number, words in enumerate(NEWS):
        visitor.type(instead[number] if number < len(instead) else words)
    return visitor.is_at("officer.notice.review")


def many(runner: Runner, people: int, area: str = KURIPAN, topic: str = "news") -> None:
    with runner.database.turn() as db:
        subscribed(db, runner, range(1000, 1000 + people), area, topic)


# Writing


def test_village_news_is_asked_in_a_few_questions(siti: Visitor) -> None:
    begun(siti).says("Pertanyaan 1 dari 5").says("Misalnya: Penyuluhan kerja aman")
    for words in NEWS:
        siti.is_at("officer.notice.ask").type(words)
    siti.is_at("officer.notice.review").says("Yang wajib sudah lengkap").says("Untuk: Desa Kuripan")


def test_a_job_is_asked_field_by_field_until_all_that_is_required_is_there(siti: Visitor) -> None:
    begun(siti, "Lowongan lewat P3MI").says("Pertanyaan 1 dari")
    for words in P3MI:
        siti.is_at("officer.notice.ask").type(words)
    siti.is_at("officer.notice.review").says("Yang wajib sudah lengkap")
    siti.says("Pemanen sawit, Malaysia. Pemberi kerja: FGV Holdings. Dicari 75 orang.")
    siti.press("Lihat seperti warga").says("1.700 RM sebulan").says("0812-3456-7890")


def test_every_question_has_a_way_back_and_one_out(siti: Visitor) -> None:
    begun(siti).type(NEWS[0]).says("Tulis isinya").press("Kembali").says("Isi sekarang: Penyuluhan")
    siti.press("Biarkan, lanjut").says("Tulis isinya").press("Nanti saja")
    siti.is_at("officer.notices").says("Sudah disimpan").says("482-913, draf: Penyuluhan")
    siti.type("petugas").press("Lanjutkan pengumuman 482-913").says("belum diisi").says("Sumber")
    siti.press("Isi yang belum ada").says("Tulis isinya")


def test_what_is_no_answer_is_refused_with_the_reason_and_asked_again(siti: Visitor) -> None:
    begun(siti).type("x").says("Terlalu pendek").says("Apa kabarnya").type(NEWS[0])
    siti.type(NEWS[1]).type("kapan-kapan").says("Tanggal itu tidak kami kenali").type("5 desember")
    siti.says("Dari mana Anda tahu")


@pytest.mark.parametrize(
    ("field", "wrong", "why"),
    [
        ("sip2mi_no", "belum ada", "Nomor resmi selalu ada angkanya"),
        ("deadline", "1 1 2020", "sudah lewat"),
        ("quota", "banyak", "Tulis satu angka"),
        ("age", "15-40", "paling muda 18"),
        ("salary", "besar", "Tulis jumlah dan mata uangnya"),
        ("verify_url", "bit.ly/kerja", "bukan alamat situs yang lengkap"),
        ("position", "x" * 61, "Terlalu panjang"),
    ],
)
def test_each_field_says_what_is_wrong(library: Library, field: str, wrong: str, why: str) -> None:
    draft = notice("482913", stage="draft")
    at = desk(library, draft)
    choice = DeskNoticeAsk(KURIPAN, draft.id, field).hear(wrong, at)
    assert choice
    assert choice.remark
    assert not choice.effects
    assert why in choice.remark.msgid


def test_several_are_ticked_one_by_one_and_none_stands_alone(runner: Runner, siti: Visitor) -> None:
    siti = in_draft(runner, siti)
    siti.press("Ubah isinya").press("Gaji dan biaya").press("Ditanggung pemberi kerja")
    siti.press("asuransi").press("makan").says("makan ada").says("tempat tinggal ada")
    siti.press("tidak disebut").says("tidak disebut ada").says_nothing_of("makan ada")
    siti.press("makan").says("makan ada").says_nothing_of("tidak disebut ada").press("Lanjut")
    siti.is_at("officer.notice.review")


def test_one_answer_is_changed_by_itself(runner: Runner, siti: Visitor) -> None:
    siti = in_draft(runner, siti).says("Pekerjaannya: 7 dari 7")
    siti.press("Ubah isinya").press("Pekerjaannya").says("Pekerjaan: Pemanen sawit")
    siti.press("Pekerjaan").says("Isi sekarang: Pemanen sawit").says_nothing_of("Pertanyaan")
    siti.type("Penyadap karet").is_at("officer.notice.review").says("Penyadap karet, Malaysia")


def test_what_may_stay_empty_is_asked_only_when_wanted(runner: Runner, siti: Visitor) -> None:
    siti = in_draft(runner, siti).press("Tambah keterangan").says("alamat situs").press("Lewati")
    siti.says("Di kota atau daerah mana?").type("Sabah").says("Siapa agensi")
    siti.press("Nanti saja").press("482-913").press("Ubah isinya").press("Keterangan lain")
    siti.says("Kota atau daerah: Sabah").press("Kota").press("Hapus isi ini").says("Sudah dihapus")
    siti.press("Ubah isinya").press("Keterangan lain").says("Kota atau daerah: belum diisi")


# A closed country


@pytest.mark.parametrize("words", ["Kamboja", "kambodia", "phnom penh"])
def test_a_closed_country_is_refused_on_the_spot(runner: Runner, siti: Visitor, words: str) -> None:
    siti = in_draft(runner, siti).press("Ubah isinya").press("Pekerjaannya").press("Negara")
    siti.type(words).is_at("officer.notice.ask").says("Kamboja bukan negara penempatan resmi")
    siti.says("Sumber:").says_nothing_of("lanjut").press("Pilih negara lain").type("Taiwan")
    siti.is_at("officer.notice.review").says("Pemanen sawit, Taiwan")


def test_a_country_is_refused_for_the_work_for_which_it_is_closed(
    runner: Runner, siti: Visitor
) -> None:
    siti = in_draft(runner, siti).press("Ubah isinya").press("Pekerjaannya").press("Negara")
    siti.type("Arab Saudi").is_at("officer.notice.review").says("Arab Saudi")
    siti.press("Ubah isinya").press("Pekerjaannya").press("Bidang").press("Rumah tangga")
    siti.says("Arab Saudi ditutup untuk pekerjaan ini").says("Sumber:").press("Kembali")
    siti.press("Hotel dan restoran").is_at("officer.notice.review")
    siti.press("Ubah isinya").press("Pekerjaannya").press("Bekerja").press("Pada perseorangan")
    siti.says("ditutup untuk pekerjaan ini").press("Buang pengumuman ini").press("Ya, buang")
    siti.is_at("officer.notices").says("Belum ada pengumuman")


def test_a_country_that_is_nearly_named_is_asked_about(runner: Runner, siti: Visitor) -> None:
    siti = in_draft(runner, siti).press("Ubah isinya").press("Pekerjaannya").press("Negara")
    siti.type("Singapuraa").is_at("officer.notice.ask").press("Singapura")
    siti.is_at("officer.notice.review").says("Pemanen sawit, Singapura")


def test_every_answer_of_a_country_closed_since_leads_to_the_refusal(library: Library) -> None:
    draft = notice("482913", stage="draft", country="kamboja")
    at = desk(library, draft)
    here = show(DeskNoticeAsk(KURIPAN, draft.id, "gender"), at, start).screen
    assert not any(choice.effects for choice in here.choices if choice.id.startswith("gender"))
    sending = screen(DeskNoticeReview(KURIPAN, draft.id), at)
    assert "Lowongan ke Kamboja tidak boleh disebar" in sending


# For whom


def test_a_villages_notice_is_for_its_village(siti: Visitor) -> None:
    news(siti).press("Untuk siapa?").says("Sampai kepada warga desa Anda").press("Selesai")
    siti.is_at("officer.notice.review")


def test_a_wider_area_is_narrowed_to_villages_one_by_one(runner: Runner, rini: Visitor) -> None:
    news(rini).says("Untuk: Kabupaten Wonosobo").press("Untuk siapa?").press("Pilih satu desa")
    rini.press("Kec. Garung").press("Desa Kuripan").is_at("officer.notice.targets")
    rini.press("Hanya untuk Desa Kuripan").says("Untuk: Desa Kuripan").press("Pilih satu desa")
    rini.type("kuripan watumalang").press("Tambah Desa Kuripan")
    rini.says("Untuk: Desa Kuripan, Desa Kuripan").press("Jangan untuk Kuripan")
    rini.says("Untuk: Desa Kuripan").press("Untuk seluruh wilayah saya")
    rini.says("Untuk: Kabupaten Wonosobo").press("Selesai").is_at("officer.notice.review")


# Preview and sending


def test_the_preview_is_just_what_is_sent_and_in_other_languages(siti: Visitor) -> None:
    news(siti).press("Lihat seperti warga").says("begini warga membacanya").says(NEWS[1])
    siti.says("Kabar dari Desa Kuripan").says("Nomor 482-913").says("Berhenti menerima")
    assert siti.reply.screen.language == "id"
    siti.press("Basa Jawa")
    assert siti.reply.screen.language == "jv"
    siti.press("Kembali").is_at("officer.notice.review")


def test_nothing_incomplete_can_be_sent(siti: Visitor) -> None:
    begun(siti).type(NEWS[0]).press("Nanti saja").press("482-913").press("Kirim")
    siti.says("Wajib, tetapi belum diisi").says("Sumber").says("Dipastikan oleh")
    siti.says_nothing_of("Ya, kirim").says_nothing_of("Minta persetujuan")
    siti.press("Isi yang belum ada").says("Tulis isinya")


def test_a_last_day_that_is_over_cannot_be_sent(siti: Visitor, clock: FixedClock) -> None:
    news(siti)
    clock.move(days=20)
    siti.press("Kirim").says("Hari terakhirnya sudah lewat").says_nothing_of("Ya, kirim")


@pytest.mark.parametrize(
    ("people", "said"), [(0, "tidak ada"), (4, "kurang dari 5 orang"), (5, "5 orang"), (20, "20")]
)
def test_an_officer_alone_sends_to_a_few_whose_number_is_not_told(
    runner: Runner, siti: Visitor, people: int, said: str
) -> None:
    many(runner, people)
    news(siti).press("Kirim").says(f"Menerima di HP: {said}").says("tetap bisa membacanya")
    siti.says("jeda 10 menit").says("06.00 dan 20.00").says_nothing_of("Orang kedua")
    siti.press("Ya, kirim").is_at("officer.notice").says("Mulai dikirim pukul 12.10 WIB")


def test_who_is_left_out_is_said_with_the_reason(runner: Runner, siti: Visitor) -> None:
    many(runner, 7, topic="country:korea")
    news(siti).press("Kirim").says("Tidak, karena berlangganan hal lain: 7 orang")
    siti.says("Yang belum, tidak bisa kami hitung")


def test_more_than_twenty_people_take_a_second_person(
    runner: Runner, siti: Visitor, budi: Visitor, clock: FixedClock
) -> None:
    many(runner, 21)
    news(siti).press("Kirim").says("21 orang").says("kepala desa atau koordinator")
    siti.press("Minta persetujuan").says("Menunggu persetujuan").says_nothing_of("Setujui")
    clock.move(days=2)
    budi.type("petugas").press("Setujui pengumuman: 482-913").says(NEWS[1]).says("21 orang")
    budi.press("Setujui").says("Sudah disetujui").says("Disetujui Budi Santoso")
    siti.press("Lihat lagi").says("Mulai dikirim pukul 12.10 WIB").press("Hentikan")
    siti.says("Belum ada yang dikirim").press("Tidak jadi").press("Hentikan")
    siti.press("Ya, hentikan sekarang").says("Sudah dihentikan").says("Ubah isinya")


def test_any_doubt_takes_a_second_person_who_is_told_what_it_is(
    siti: Visitor, budi: Visitor, clock: FixedClock
) -> None:
    news(siti, NEWS[0], "Ikut pelatihan, bayar DP 2 juta dulu.").press("Kirim")
    siti.says("Isi menyebut uang yang dibayar pekerja").press("Minta persetujuan")
    clock.move(days=2)
    budi.type("petugas").press("Setujui pengumuman").says("Tolong diperiksa lagi")
    budi.press("Kembalikan: ada soal uang").says("Sudah dikembalikan").is_at("officer.notices")
    siti.type("petugas").press("Lanjutkan pengumuman 482-913").says("Kirim")


def test_nobody_is_offered_their_own_to_agree_to(
    runner: Runner, siti: Visitor, budi: Visitor, rini: Visitor
) -> None:
    many(runner, 21)
    news(budi).press("Kirim").says("Orang kedua perlu menyetujui dulu: koordinator.")
    budi.press("Minta persetujuan").says_nothing_of("Setujui").type("petugas")
    budi.says_nothing_of("Setujui pengumuman")
    siti.type("petugas").says_nothing_of("Setujui pengumuman")
    rini.type("petugas").says("Setujui pengumuman: 482-913")


def test_a_change_makes_it_a_draft_again(runner: Runner, siti: Visitor, budi: Visitor) -> None:
    many(runner, 21)
    news(siti).press("Kirim").press("Minta persetujuan").press("Ubah isinya")
    siti.says("jadi draf lagi").says_nothing_of("Minta persetujuan").press("Ubah isinya")
    siti.press("Kabarnya").press("Judul").type("Penyuluhan diundur").press("Kirim")
    budi.type("petugas").says_nothing_of("Setujui pengumuman")


def test_dropping_is_asked_once(siti: Visitor) -> None:
    news(siti).press("Buang").says("tidak bisa dikembalikan").press("Tidak jadi")
    siti.is_at("officer.notice.review").press("Buang").press("Ya, buang").says("Sudah dihapus")


def test_the_trail_names_the_deed_and_the_number(
    runner: Runner, siti: Visitor, rini: Visitor
) -> None:
    news(siti).press("Kirim").press("Ya, kirim").press("Hentikan").press("Ya, hentikan")
    rini.type("petugas").press("Catatan perubahan").says("mengirim pengumuman: 482-913")
    rini.says("menghentikan pengumuman: 482-913")


def test_a_neighbour_sees_nothing_of_it(runner: Runner, siti: Visitor) -> None:
    news(siti)
    dewi = officer(runner, "9", "Dewi Sartika", "officer", BESIDE)
    dewi.type("petugas").press("Pengumuman").says("Belum ada pengumuman")


# What became of it: rows of our own


def in_draft(runner: Runner, visitor: Visitor) -> Visitor:
    """A whole draft of this officer, looked at."""
    with runner.database.turn() as db:
        by = runner.rows.offices.inside(db, KURIPAN, runner.clock.now())[0].id
        put(db, runner, whole(runner, KURIPAN, by))
    return visitor.type("petugas").press("Lanjutkan pengumuman").is_at("officer.notice.review")


def office(role: Role, area: str = KURIPAN, number: int = 2, by: int = 0) -> Office:
    where = WHERE if area == KURIPAN else AREAS[area]
    return Office(number, role, where, "Budi Santoso", TODAY, NEXT_YEAR, given_by=by)


def desk(library: Library, kept: Notice, *rows: Row, offices: tuple[Office, ...] = ()) -> Known:
    """What somebody with these offices knows of one notice; without any, its writer."""
    held = offices or (office("officer", number=1),)
    answers: dict[queries.Query, tuple[Row, ...]] = {
        MyOffices(): held,
        NoticeOf(kept.area, kept.id): (kept, *rows),
        NoticesIn(kept.area): (kept,),
        MyDesk(): (kept,),
    }
    return replace(known_as(library=library), answers=answers)


def screen(state: State, at: Known) -> str:
    return text(show(state, at, start))


def text(shown: Shown) -> str:
    rendered = render(Reply(shown.screen, "id", 1, shown.state.place), Catalogs())
    blocks = rendered.page.blocks
    lines = [rendered.page.title]
    for block in blocks:
        lines += [block.text, *(line.text for line in block.lines)]
    return "\n".join([*lines, *(button.label for button in rendered.buttons)])


REPORT = Report(4812, sent=4600, unreachable=100, refused=12, waiting=0, cancelled=90, erased=10)


def test_the_lines_of_a_report_add_up(library: Library) -> None:
    kept = notice("482913")
    shown = show(DeskNotice(KURIPAN, kept.id), desk(library, kept, REPORT), start)
    assert "Dari 4.812 orang" in text(shown)
    items = next(p for p in shown.screen.parts if isinstance(p, Items) and p.heading.values)
    counts = [dict(line.values)["count"] for line in items.items]
    assert sum(int(str(count)) for count in counts) == REPORT.accepted
    assert len(counts) == 5  # nobody waits, so nothing is said of it


def test_copies_that_were_taken_back_are_counted(library: Library) -> None:
    kept = notice("482913", stage="recalled")
    report = replace(REPORT, deleted=4000, edited=500, changing=60, left=40)
    said = screen(DeskNotice(KURIPAN, kept.id), desk(library, kept, report))
    for line in ("Sudah ditarik", "dihapus: 4.000", "diganti tulisannya: 500",
                 "masih dikerjakan: 60", "tidak bisa diubah: 40", "Lihat lagi"):  # fmt: skip
        assert line in said


OFFERED: dict[Stage, set[str]] = {
    "waiting": {"preview", "change", "again"},
    "held": {"stop", "preview", "change", "again"},
    "sending": {"stop", "preview", "recall", "again"},
    "sent": {"preview", "correct", "recall"},
    "stopped": {"preview", "correct", "recall"},
    "recalled": {"preview"},
    "corrected": {"preview"},
    "closed": {"preview"},
}


@pytest.mark.parametrize("stage", [*OFFERED])
def test_each_stage_offers_what_can_still_be_done(library: Library, stage: Stage) -> None:
    kept = notice("482913", stage=stage)
    shown = show(DeskNotice(KURIPAN, kept.id), desk(library, kept, REPORT), start)
    assert {choice.id for choice in shown.screen.choices} == OFFERED[stage]
    assert {*OFFERED, "draft"} == {*STAGES}


def test_what_was_corrected_is_not_corrected_again(library: Library) -> None:
    kept = replace(notice("482913"), corrected_by="482914")
    said = screen(DeskNotice(KURIPAN, kept.id), desk(library, kept, REPORT))
    assert "Diganti nomor 482-914" in said
    assert "Perbaiki" not in said


@pytest.mark.parametrize(
    ("stage", "place", "effect"),
    [
        ("sending", DeskNoticeStop, StopNotice),
        ("sent", DeskNoticeRecall, RecallNotice),
        ("stopped", DeskNoticeRecall, RecallNotice),
    ],
)
def test_stopping_and_recalling_are_asked_once(
    library: Library, stage: Stage, place: Callable[[str, int], State], effect: type
) -> None:
    kept = notice("482913", stage=stage)
    at = desk(library, kept, REPORT)
    first, second = show(place(KURIPAN, kept.id), at, start).screen.choices
    assert first.effects == (effect(KURIPAN, kept.id),)
    assert (second.id, second.effects) == ("keep", ())
    late = desk(library, replace(kept, stage="recalled"), REPORT)
    assert "Sudah ditarik" in screen(place(KURIPAN, kept.id), late)


def test_a_correction_begins_as_a_copy_of_ones_own(library: Library) -> None:
    kept = notice("482913")
    shown = show(DeskNotice(KURIPAN, kept.id), desk(library, kept, REPORT), start)
    correct = next(choice for choice in shown.screen.choices if choice.id == "correct")
    assert correct.effects == (CorrectNotice(KURIPAN, kept.id),)
    assert correct.to == DeskNoticeReview(KURIPAN)


def test_reports_of_people_are_for_coordinators(library: Library) -> None:
    kept = notice("482913")
    rows = (REPORT, Suspicion(kept, "fee", 2), Suspicion(kept, "account", 1))
    above = desk(library, kept, *rows, offices=(office("coordinator", WONOSOBO, 3),))
    assert "Saya diminta membayar: 2" in screen(DeskNotice(KURIPAN, kept.id), above)
    for role in ("officer", "head"):
        beside = desk(library, kept, *rows, offices=(office(role),))
        assert "diminta" not in screen(DeskNotice(KURIPAN, kept.id), beside)
    waiting = replace(above, answers={**above.answers, MyDesk(): rows[1:]})
    assert "3 laporan tentang 482-913" in screen(OfficerHome(), waiting)


def test_the_second_person_stands_over_all_and_is_not_the_writers_own(library: Library) -> None:
    kept = notice("482913", stage="waiting")
    beyond = replace(kept, targets=(WHERE, AREAS[BESIDE]))
    for which, offices, may in (
        (kept, (office("head"),), True),
        (kept, (office("coordinator", WONOSOBO),), True),
        (beyond, (office("coordinator", WONOSOBO),), True),
        (beyond, (office("head"),), False),
        (kept, (office("officer"),), False),
        (kept, (office("head", by=1),), False),
        (kept, (office("head"), office("officer", number=1)), False),
        (replace(kept, stage="held"), (office("head"),), False),
        (replace(kept, targets=()), (office("head"),), False),
    ):
        at = desk(library, which, Audience(21, 0, 0), offices=offices)
        assert notice_desk.may_approve(which, at) == may, offices
        assert (
            "approve:" in str([c.id for c in show(OfficerHome(), at, start).screen.choices])
        ) == may


@pytest.mark.parametrize("country", ["kamboja", "qatar"])
def test_who_agrees_sees_that_a_country_has_been_closed(library: Library, country: str) -> None:
    kept = notice("482913", stage="waiting", country=country, formal="informal")
    said = screen(DeskNotice(KURIPAN, kept.id), desk(library, kept, offices=(office("head"),)))
    assert "tidak boleh disebar" in said


def test_somebody_elses_draft_is_not_there(library: Library) -> None:
    kept = notice("482913", stage="draft")
    at = desk(library, kept, offices=(office("head"),))
    assert "Buang" not in screen(DeskNoticeReview(KURIPAN, kept.id), at)
    assert show(DeskNoticeAsk(KURIPAN, kept.id, "title"), at, start).remark


def test_a_question_that_is_no_longer_asked_is_gone(library: Library) -> None:
    draft = notice("482913", stage="draft", cost="zero")
    at = desk(library, draft)
    for key in ("cost_items", "title", "hidden", ""):
        assert show(DeskNoticeAsk(KURIPAN, draft.id, key), at, start).remark, key


def test_every_required_field_has_a_question_that_leads_on(library: Library) -> None:
    """From an empty draft, the first wrong or right answer of each field is understood."""
    for kind in ("p3mi", "government", "news"):
        draft = replace(notice("482913", kind, "draft"), answers=())
        for field in fields.asked(draft.kind, {}):
            here = show(DeskNoticeAsk(KURIPAN, draft.id, field.key), desk(library, draft), start)
            assert here.remark is None, field.key
            assert here.screen.hint or len(here.screen.choices) > 1, field.key


def test_the_list_says_number_stage_and_what_it_is_about(library: Library) -> None:
    for stage in STAGES:
        kept = notice("482913", stage=stage, position="P" * 60)
        said = show(DeskNotices(KURIPAN), desk(library, kept), start).screen
        label = Catalogs().say(said.choices[1].label, "id")
        assert label.startswith("482-913, ")
        assert len(label) <= 48, label


# Every place, with as much as may be written


def walked(at: Known, first: State) -> list[Shown]:
    """Each screen about the notice that pressing leads to."""

    def key(step: Step) -> State | None:
        return step.state if step.state.place.startswith("officer.notice") else None

    return [*{shown.state: shown for shown, _, _ in explore(at, first, start, same=key)
              if shown.state.place.startswith("officer.notice")}.values()]  # fmt: skip


@pytest.mark.parametrize("stage", [*STAGES])
@pytest.mark.parametrize("kind", [*KINDS])
def test_the_fullest_notice_fits_at_every_place(library: Library, kind: Kind, stage: Stage) -> None:
    kept = replace(fullest(kind), stage=stage, targets=(WHERE, *AREAS.values()) * 3)
    head = office("coordinator", WONOSOBO, 1 if stage != "waiting" else 2)
    rows = (REPORT, *(Suspicion(kept, reason, 9999) for reason in REASONS), Audience(9, 9, 9))
    at = desk(library, kept, *rows, offices=(head,))
    for shown in walked(at, DeskNotices(KURIPAN)):
        ids = [choice.id for choice in shown.screen.pressable]
        assert len(ids) == len(set(ids)), (shown.state, ids)
        assert "home" in ids, shown.state
        rendered = render(Reply(shown.screen, "id", 10**6, shown.state.place), Catalogs())
        assert length(visible(html(rendered))) <= TELEGRAM_TEXT, shown.state
        for button in rendered.buttons:
            assert len(button.label) <= LABEL, (shown.state.place, button.label)
            assert len(button.token.encode()) <= TELEGRAM_TOKEN, button.token
        assert load_state(dump_state(shown.state)) == shown.state
