"""What people see of notices: found, checked by number, received, ended, reported."""

from dataclasses import replace

import pytest

from bot import telegram_markup
from bot.runner import Runner
from bot.screens import Reply, render
from flows import limits
from flows.engine import show
from flows.entries import ENTRIES
from flows.home import start
from flows.notices.kept import Kind, Stage
from flows.notices.read import MoreOfNotice, ReadNotice
from flows.queries import NoticeNumbered
from locales.catalogs import Catalogs
from storage.library import load_library
from storage.notices import Kept
from tests import small_notices
from tests.notices import WHOLE, put, whole
from tests.officers import BESIDE, KURIPAN, WONOSOBO, officer
from tests.play import FixedClock, Visitor
from tests.small import known
from tests.telegram_html import length

GROUPED = slice(0, 3), slice(3, 6)


def sent(
    runner: Runner, stage: Stage = "sent", kind: Kind = "p3mi", area: str = KURIPAN,
    **answers: str,
) -> Kept:  # fmt: skip
    """A notice of an officer who has come and gone before the test."""
    given = {**WHOLE[kind], **answers}
    with runner.database.turn() as db:
        return put(db, runner, whole(runner, area, 1, stage, kind, given))


def grouped(notice: Kept) -> str:
    return f"{notice.number[:3]}-{notice.number[3:]}"


@pytest.fixture
def ana(runner: Runner) -> Visitor:
    """At home in Kuripan, on Telegram."""
    visitor = Visitor(runner, "2").welcomed().press("Desa saya").type("kuripan watumalang")
    return visitor.is_at("village")


@pytest.fixture
def at_the_hall(runner: Runner) -> Visitor:
    object.__setattr__(runner.service, "hall", KURIPAN)
    runner.stepping.bot = "DesmigratifBot"
    return Visitor(runner, "session", "kiosk", keeps=300).welcomed()


def test_the_village_page_says_how_many_are_open(runner: Runner, ana: Visitor) -> None:
    ana.says("Lowongan dan kabar").says_nothing_of("Lowongan dan kabar (")
    sent(runner)
    sent(runner, kind="news")
    ana.type("desa").says("Lowongan dan kabar (2)").press("Lowongan dan kabar")
    ana.is_at("notices").says("Malaysia: Pemanen sawit, sampai 31 Des")
    ana.says("Penyuluhan kerja aman, sampai 1 Des")


def test_where_none_is_open_it_is_said_with_where_official_ones_stand(ana: Visitor) -> None:
    ana.type("lowongan").is_at("notices").says("Belum ada lowongan atau kabar")
    ana.says("siskop2mi.bp2mi.go.id").says("Sumber:").press("Kembali").is_at("village")


def test_without_a_village_it_is_asked_first(runner: Runner) -> None:
    sent(runner)
    visitor = Visitor(runner, "2").welcomed().type("/lowongan").is_at("village.choose")
    visitor.type("kuripan watumalang").is_at("notices").says("Pemanen sawit")


@pytest.mark.parametrize("target", [KURIPAN, WONOSOBO])
def test_a_notice_is_seen_by_those_it_is_for_and_nobody_else(runner: Runner, target: str) -> None:
    sent(runner, area=target)
    here = Visitor(runner, "2").welcomed().type(f"@notices:{KURIPAN.replace('.', '-')}")
    here.says("Pemanen sawit")
    beside = Visitor(runner, "3").welcomed().type(f"@notices:{BESIDE.replace('.', '-')}")
    if target == KURIPAN:
        beside.says_nothing_of("Pemanen sawit")
    else:
        beside.says("Pemanen sawit")


def test_what_is_not_published_is_nowhere(runner: Runner, ana: Visitor) -> None:
    hidden: tuple[Stage, ...] = ("draft", "waiting", "held")
    for stage in hidden:
        notice = sent(runner, stage)
        ana.type("lowongan").says_nothing_of("Pemanen sawit")
        ana.type("cek pengumuman").type(notice.number).is_at("notices.unknown")
        ana.type(f"@notices.read:{notice.number}").says("tidak ada di daftar kami")


def test_a_notice_says_who_says_so_and_who_made_sure(runner: Runner, ana: Visitor) -> None:
    notice = sent(runner)
    ana.type("lowongan").press("Malaysia: Pemanen sawit").is_at("notices.read")
    ana.says("Kabar dari Desa Kuripan").says(grouped(notice)).says("Surat Disnaker Wonosobo")
    ana.says("Ibu Rina, Disnaker Wonosobo, lewat telepon").says("22 November 2026")
    ana.press("Selengkapnya").is_at("notices.more").says("SIP2MI berlaku sampai")
    ana.press("Kembali").is_at("notices.read").press("Kembali").is_at("notices")


def test_from_a_notice_one_comes_to_the_documents_for_that_country(ana: Visitor) -> None:
    sent(ana.runner)
    ana.type("lowongan").press("Malaysia").press("Dokumen untuk ke Malaysia").is_at("plan.adult")
    ana.press("Ya, sudah 18").is_at("plan.work").says("Malaysia: kerja apa?")
    assert not ana.person.case.destination


def test_whoever_sent_it_can_be_asked_and_the_way_back_stays_short(ana: Visitor) -> None:
    sent(ana.runner)
    ana.type("lowongan").press("Malaysia")
    for _ in range(3):
        ana.press("Tanya pengirimnya").is_at("village").press("Lowongan dan kabar")
        ana.press("Malaysia").is_at("notices.read")
    ana.press("Tanya pengirimnya").press("Kembali").is_at("notices.read")


def test_a_last_day_that_is_over_says_so_at_once(ana: Visitor, clock: FixedClock) -> None:
    notice = sent(ana.runner)
    clock.move(days=40)
    ana.type("lowongan").says("Belum ada")
    ana.type(f"@notices.read:{notice.number}").says("sudah ditutup").says("31 Desember 2026")


@pytest.mark.parametrize(
    ("stage", "words"), [("recalled", "Jangan dipakai lagi"), ("stopped", "dihentikan petugas"),
                         ("closed", "sudah ditutup")],
)  # fmt: skip
def test_what_does_not_hold_says_so_first(ana: Visitor, stage: Stage, words: str) -> None:
    notice = sent(ana.runner, stage)
    ana.type(f"@notices.read:{notice.number}").says(words).says(grouped(notice))
    assert words in ana.screen.page.blocks[0].text
    assert not ana.screen.printable


def test_a_recalled_notice_shows_nothing_that_could_be_used(ana: Visitor) -> None:
    notice = sent(ana.runner, "recalled")
    for entry in ("read", "more"):
        ana.type(f"@notices.{entry}:{notice.number}").says_nothing_of("Pemanen sawit")
        ana.says("Bantuan dan nomor penting").says_nothing_of("Selengkapnya")


def test_a_corrected_notice_leads_to_the_one_that_holds(runner: Runner, ana: Visitor) -> None:
    first = sent(runner, "corrected")
    with runner.database.turn() as db:
        newer = whole(runner, KURIPAN, 1, "sent", "p3mi", {**WHOLE["p3mi"], "salary": "1.800 RM"})
        put(db, runner, replace(newer, corrects=first.id))
    ana.type(f"@notices.read:{first.number}").says_nothing_of("1.700").press("Lihat yang berlaku")
    ana.is_at("notices.read").says("1.800 RM").says(f"perbaikan dari nomor {grouped(first)}")


def test_a_country_that_closed_afterwards_is_said(ana: Visitor) -> None:
    notice = sent(ana.runner, country="qatar", sector="household", formal="informal")
    ana.type(f"@notices.read:{notice.number}").says("Qatar sekarang ditutup").says("Sumber:")
    ana.says_nothing_of("Dokumen untuk ke")


@pytest.mark.parametrize("spelling", ["{0}{1}", "{0}-{1}", "{0} {1}", "Nomor {0}-{1} itu benar?"])
def test_a_number_is_found_however_it_is_written(ana: Visitor, spelling: str) -> None:
    number = sent(ana.runner).number
    typed = spelling.format(*(number[part] for part in GROUPED))
    ana.type("cek pengumuman").is_at("notices.check").type(typed).is_at("notices.read")
    ana.says("bandingkan isinya")


def test_a_number_that_is_none_says_what_to_do(ana: Visitor) -> None:
    ana.type("cek pengumuman").type("111222").is_at("notices.unknown").says("Bisa jadi palsu")
    ana.says("Jangan bayar").says("0800-1000").press("Cek tawaran kerja").is_at("offer")


@pytest.mark.parametrize("place", ["lowongan", "cek pengumuman"])
def test_the_number_after_a_wrong_one_can_be_typed_at_once(ana: Visitor, place: str) -> None:
    notice = sent(ana.runner)
    ana.type(place).type("111222").is_at("notices.unknown").type(notice.number)
    ana.is_at("notices.read")


def test_words_without_a_number_are_not_taken_for_one(ana: Visitor) -> None:
    ana.type("cek pengumuman").type("yang dari pak lurah").is_at("notices.check")
    ana.says("belum mengerti")


def test_people_choose_what_they_are_told_of_and_are_told_how_it_ends(ana: Visitor) -> None:
    ana.type("lowongan").press("Kabari saya bila ada yang baru").is_at("notices.add")
    ana.says("pukul 06.00 dan 20.00").says("Bukan nama, bukan nomor HP").says(
        "HP ini dipakai bersama"
    )
    ana.press("Semua lowongan").is_at("notices.mine").says("semua lowongan, Desa Kuripan")
    ana.says("Ketik kapan saja: berhenti").type("lowongan").press("Yang saya terima")
    ana.press("Tambah").press("Kabar desa").says("kabar desa, Desa Kuripan")
    ana.press("Berhenti: semua lowongan").says("Sudah berhenti").says("kabar desa, Desa Kuripan")
    ana.says_nothing_of("semua lowongan, Desa")


def test_a_country_is_chosen_by_name_but_none_where_no_work_is_legal(ana: Visitor) -> None:
    ana.type("lowongan").press("Kabari saya").press("Lowongan ke negara tertentu")
    ana.is_at("notices.country").says_nothing_of("Kamboja").type("kamboja")
    ana.is_at("destinations.country").says("TIDAK ADA jalur resmi")
    ana.type("@notices.mine").press("Tambah").press("Lowongan ke negara tertentu")
    ana.press("Lihat yang lain").says("Arab Saudi (rumah tangga ditutup)").type("jepang")
    ana.is_at("notices.mine").says("lowongan ke Jepang, Desa Kuripan")


def test_a_sector_is_chosen(ana: Visitor) -> None:
    ana.type("@notices.mine").press("Tambah").press("Lowongan di bidang tertentu")
    ana.is_at("notices.sector").press("Perikanan").says("lowongan bidang Perikanan, Desa Kuripan")


def test_a_country_offers_to_tell_and_asks_before_it_does(ana: Visitor) -> None:
    ana.type("@destinations.country:jepang").press("Kabari saya bila ada lowongan ke sini")
    ana.is_at("notices.country").says("Mau dikabari lowongan ke Jepang?").says("berhenti")
    ana.type("taiwan").is_at("notices.country").says("belum mengerti")
    ana.press("Ya, kabari saya").says("lowongan ke Jepang, Desa Kuripan")
    ana.type("@destinations.country:kamboja").says_nothing_of("Kabari saya")


def test_a_country_asks_a_stranger_for_the_village_first(runner: Runner) -> None:
    visitor = Visitor(runner, "2").welcomed().type("@destinations.country:jepang")
    visitor.press("Kabari saya bila ada").is_at("village.choose").type("kuripan garung")
    visitor.is_at("notices.country").press("Ya, kabari saya").says("Jepang, Desa Kuripan")


def test_whoever_moves_is_offered_to_be_told(runner: Runner, ana: Visitor) -> None:
    ana.type(f"@village:{BESIDE.replace('.', '-')}").press("Ini desa saya")
    ana.says("Mau dikabari bila ada lowongan?")


def test_the_button_of_a_message_ends_just_what_brought_it(ana: Visitor) -> None:
    notice = sent(ana.runner)
    ana.type("@notices.mine").press("Tambah").press("Lowongan di bidang tertentu")
    ana.press("Perkebunan").press("Tambah").press("Kabar desa")
    ana.type("menu").type(f"@notices.stop:{notice.number}").is_at("notices.stop")
    ana.says("Berhenti: lowongan bidang Perkebunan").says("Berhenti semuanya")
    ana.says_nothing_of("Berhenti: kabar desa").press("Berhenti: lowongan").is_at("home")
    ana.type("@notices.mine").says("kabar desa, Desa Kuripan").says_nothing_of("Perkebunan")


@pytest.mark.parametrize("word", ["berhenti", "/berhenti", "stop", "Berhenti!"])
def test_one_word_ends_everything(ana: Visitor, word: str) -> None:
    for topic in ("Semua lowongan", "Kabar desa"):
        ana.type("@notices.mine").press("Tambah").press(topic)
    ana.type(word).is_at("notices.stop").press("Tidak jadi").is_at("notices.mine")
    ana.type(word).press("Berhenti semuanya").says("Kami tidak mengirim lowongan atau kabar lagi")
    ana.says("Anda tidak menerima")


def test_who_receives_nothing_is_told_so(ana: Visitor) -> None:
    ana.type("berhenti").is_at("notices.stop").says("Anda tidak menerima")


def test_a_screen_of_the_hall_shows_notices_and_the_way_to_be_told(at_the_hall: Visitor) -> None:
    sent(at_the_hall.runner)
    at_the_hall.type("lowongan").is_at("notices").says("Pemanen sawit")
    at_the_hall.says("https://t.me/DesmigratifBot?start=notices_33-07-10-2004")
    at_the_hall.says_nothing_of("Kabari saya")
    for entry in ("notices.mine", "notices.stop"):
        at_the_hall.type(f"@{entry}").says("Ketik di Telegram: berhenti")


def test_a_hall_without_telegram_promises_none(runner: Runner) -> None:
    visitor = Visitor(runner, "session", "kiosk", keeps=300).welcomed()
    visitor.type(f"@notices:{KURIPAN.replace('.', '-')}").is_at("notices")
    visitor.says_nothing_of("Telegram")


def test_a_notice_is_printed_with_its_link(at_the_hall: Visitor) -> None:
    notice, runner = sent(at_the_hall.runner), at_the_hall.runner
    paper = str(runner.paper(at_the_hall.address, f"notices.read:{notice.number}"))
    assert "Pemanen sawit" in paper
    assert f"https://t.me/DesmigratifBot?start=notices-read_{notice.number}" in paper


def test_a_report_says_what_to_do_now(ana: Visitor) -> None:
    notice = sent(ana.runner)
    ana.type(f"@notices.report:{notice.number}").is_at("notices.report").says(grouped(notice))
    ana.press("Saya diminta membayar").says("laporan Anda sampai").says("Jangan bayar")
    ana.press("Saya diminta bayar").is_at("money.charges").press("Kembali")
    ana.is_at("notices.report").press("Saya dalam bahaya").is_at("emergency")


def test_who_is_forced_sees_the_emergency_numbers_with_the_thanks(ana: Visitor) -> None:
    notice = sent(ana.runner)
    ana.type(f"@notices.report:{notice.number}").press("Diminta berbohong").says("110")


def test_a_second_report_of_one_person_is_not_counted(runner: Runner, ana: Visitor) -> None:
    notice = sent(runner)
    for reason in ("Hal lain", "Saya diminta membayar"):
        ana.type(f"@notices.report:{notice.number}").press(reason)
    ana.says("sudah kami terima")
    with runner.database.look() as db:
        assert runner.rows.notices.suspicions(db, notice.id) == (("other", 1),)


def test_a_report_reaches_the_coordinator(runner: Runner, ana: Visitor) -> None:
    officer(runner, "9", "Rini Wulandari", "coordinator", WONOSOBO)
    notice = sent(runner)
    ana.type(f"@notices.report:{notice.number}").press("Hal lain")
    with runner.database.look() as db:
        assert runner.rows.notices.suspected(db, (WONOSOBO,), 0)


@pytest.mark.parametrize("entry", ["notices.mine", "notices.stop", "notices.report:482913"])
def test_a_stranger_is_made_welcome_first(runner: Runner, entry: str) -> None:
    stranger = Visitor(runner, "2").type(f"@{entry}").is_at("language")
    stranger.welcomed().is_at(entry.partition(":")[0])


def test_whoever_comes_by_the_link_of_a_village_is_at_home_there(runner: Runner) -> None:
    stranger = Visitor(runner, "2").type("/start notices_33-07-10-2004").welcomed()
    stranger.is_at("notices")
    assert stranger.person.village == KURIPAN


def test_no_state_keeps_what_was_written_instead_of_a_number() -> None:
    at = known()
    for name in ("notices.read", "notices.more", "notices.report", "notices.stop"):
        state = ENTRIES[name]("dari pak lurah 48-29-13 dan 9", start(at.person), at)
        assert vars(state)["number"] == "482913"


@pytest.mark.parametrize("kind", ["government", "p3mi", "news"])
def test_the_fullest_notice_fits_into_a_message(kind: Kind) -> None:
    notice, catalogs = small_notices.fullest(kind), Catalogs()
    at = replace(known(library=load_library()), answers={NoticeNumbered(notice.number): (notice,)})
    for state in (ReadNotice(notice.number), MoreOfNotice(notice.number)):
        for language in ("id", "jv", "su", "en"):
            screen = show(state, at, start).screen
            text = telegram_markup.html(
                render(Reply(screen, language, 10**6, state.place), catalogs)
            )
            assert length(text) <= limits.TELEGRAM_TEXT, state
