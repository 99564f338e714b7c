"""The runner: repeats, old buttons, lost states, failures; nothing lost, nothing doubled."""

import json
import logging
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import Press, Words
from bot.runner import Runner
from bot.tokens import Token
from flows.documents.page import Page
from flows.errors import Busy
from flows.library import Library
from flows.person import Case
from tests.play import TAIWAN_AT_HOME, FixedClock, Visitor
from tests.small import small_library

HOSTILE = [
    "", " ", "0", "99", "-1", "٣", "1e3", "💥👨‍👩‍👧", "a" * 10_000, "\0", "nul\0nul", "\ud800",
    "ab\udfffcd",
    "{0.__class__}", "%(x)s", "{{7*7}}", "<b>", "@", "@@", "@nowhere", "/", "/start ", "/start _",
    "/start documents-page_", "/unknown", "@documents.page:tidak-ada",
    "\u202eabc", "'; DROP TABLE person",
]  # fmt: skip


def stored(visitor: Visitor, state: object) -> None:
    """Put something into the database in place of the present state."""
    token = visitor.runner.database.vault.encrypt(json.dumps(state))
    with visitor.runner.database.turn() as db:
        db.exec_driver_sql("UPDATE conversation SET state = ?", (token,))


def count(runner: Runner, table: str) -> int:
    with runner.database.look() as db:
        return int(db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def test_an_update_delivered_five_times_acts_once_and_is_answered_each_time(
    visitor: Visitor,
) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME, "Menjelang", "Paspor")
    token = visitor.token("Sudah siap")
    replies = [visitor.say(Press(token), update=77).reply for _ in range(5)]
    assert {(reply.place, reply.revision, reply.remark) for reply in replies} == {
        ("documents.phase", token.revision + 1, None)
    }
    visitor.remembers("paspor")
    assert visitor.runner.counts["repeated"] == 4


def test_update_ids_that_start_anew_are_not_taken_for_repeats(visitor: Visitor) -> None:
    visitor.type("/start", update=10**9).press("Bahasa Indonesia", update=5).is_at("welcome")


def test_an_old_button_shows_the_present_screen_and_says_so(visitor: Visitor) -> None:
    visitor.welcomed()
    old = visitor.token("Dokumen saya")
    visitor.walk("Bantuan", "Menu utama").say(Press(old)).is_at("home").says("sudah lama")


def test_a_button_pressed_twice_acts_once_and_says_nothing(visitor: Visitor) -> None:
    visitor.welcomed()
    token = visitor.token("Dokumen saya")
    visitor.say(Press(token)).is_at("plan.adult").say(Press(token)).is_at("plan.adult")
    assert visitor.reply.remark is None


@pytest.mark.parametrize("data", ["", "x", "9.home", "1.", "1.done:rahasia", "-5.home", "٣.home",
                                  "99999999999999999999.home", "1." + "x" * 60])  # fmt: skip
def test_an_invented_button_changes_nothing(visitor: Visitor, data: str) -> None:
    visitor.welcomed()
    before = visitor.person
    visitor.say(Press(Token.parse(data))).is_at("home")
    assert visitor.person == before


def test_somebody_elses_button_does_nothing_to_them(runner: Runner) -> None:
    siti, ani = Visitor(runner, "1").welcomed(), Visitor(runner, "2").welcomed()
    siti.walk(*TAIWAN_AT_HOME, "Menjelang", "Paspor")
    ani.say(Press(siti.token("Sudah siap"))).is_at("home")
    siti.remembers()
    ani.remembers()


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_there_is_a_screen_and_a_way_on(visitor: Visitor, words: str) -> None:
    visitor.type(words)
    assert visitor.screen.buttons
    visitor = Visitor(visitor.runner, "2").welcomed().walk("Dokumen saya", "Ya, sudah 18")
    visitor.type(words)
    assert visitor.screen.buttons or visitor.screen.navigation
    assert visitor.person.adult


def test_words_that_mean_nothing_are_kept_nowhere(visitor: Visitor) -> None:
    visitor.welcomed().type("nama saya siti rahayu").says("belum mengerti").is_at("home")


def test_a_photo_is_refused_kindly(visitor: Visitor) -> None:
    visitor.welcomed().send_photo().is_at("home").says("tidak menerima foto")


@pytest.mark.parametrize(
    "state", [{"place": "gone.with.the.wind", "with": {}}, None, [], 7, {"place": "home"},
              {"place": "documents.page", "with": {"case": {}, "code": "x", "new": 1}}]
)  # fmt: skip
def test_a_stored_state_nobody_knows_leads_home_and_loses_nothing(
    visitor: Visitor, state: object
) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME, "Menjelang", "Paspor", "Sudah siap")
    stored(visitor, state)
    visitor.press("Visa kerja").is_at("home").says("sudah tidak ada").remembers("paspor")
    visitor.press("Dokumen saya").is_at("documents.list")
    assert visitor.runner.counts["gone"] == 1


def test_content_that_disappears_while_read_leads_home(visitor: Visitor, library: Library) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME, "Dari rumah", "Ijazah").is_at("documents.page")
    fewer = {code: d for code, d in library.documents.items() if code != "ijazah"}
    visitor.reads(replace(library, documents=fewer))
    visitor.press("Cara mengurus").is_at("home").says("sudah tidak ada")
    visitor.press("Dokumen saya").is_at("documents.list").says_nothing_of("Ijazah")


def test_a_country_that_disappears_is_asked_again(visitor: Visitor) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME[:2]).type("jepang").press("Menu utama")
    visitor.reads(small_library())
    visitor.type("menu").is_at("home").press("Dokumen saya").is_at("plan.destination")


def test_a_failure_apologises_with_a_number_and_keeps_everything(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME, "Menjelang", "Paspor", "Sudah siap", "Paspor")
    token = visitor.token("Biaya")
    monkeypatch.setattr(Page, "_said", lambda self, document: 1 / len(""))
    with caplog.at_level(logging.ERROR):
        visitor.say(Press(token), update=5).is_at("home").says("Nomor kejadian: ABC234")
    visitor.remembers("paspor")
    assert visitor.say(Press(token), update=5).is_at("home").reply.remark is None
    line = caplog.messages[0]
    assert "reference=ABC234" in line and "place=documents.page" in line and "Error" in line
    assert "biaya" not in line.lower() and "telegram:1" not in line


def test_the_log_of_a_failure_names_no_word_of_the_person(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.welcomed()

    def fails(words: str, *rest: object) -> None:
        raise ValueError(f"cannot read {words}")

    monkeypatch.setattr("bot.stepping.understand", fails)
    with caplog.at_level(logging.DEBUG):
        visitor.type("nama suami saya bambang").says("Nomor kejadian")
    assert "bambang" not in caplog.text


def test_a_busy_database_changes_nothing_and_is_no_failure(visitor: Visitor, url: str) -> None:
    visitor.welcomed()
    token = visitor.token("Dokumen saya")
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        visitor.say(Press(token), update=9)
    other.execute("ROLLBACK")
    assert visitor.runner.counts["failed"] == 0
    visitor.say(Press(token), update=9).is_at("plan.adult")


def test_a_stranger_who_tells_nothing_is_not_kept(visitor: Visitor) -> None:
    visitor.type("halo").is_at("language").send_photo().is_at("language")
    assert count(visitor.runner, "person") == 0


def test_a_start_link_opens_its_page_after_first_contact(visitor: Visitor) -> None:
    visitor.type("/start documents-page_paspor").is_at("language")
    visitor.walk("Bahasa Indonesia", "Mulai").is_at("plan.adult").press("Ya, sudah 18")
    visitor.is_at("documents.page").says("Paspor")
    Visitor(visitor.runner).type("/start documents-page_visa").is_at("documents.page")


def test_an_entry_at_another_address_acts_on_what_was_shown_there(visitor: Visitor) -> None:
    visitor.welcomed().walk("Dokumen saya", "Ya, sudah 18", "Menu utama")
    shown = visitor.runner.look(visitor.address, "documents.page:paspor")
    assert shown.place == "documents.page"
    visitor.is_at("home").say(Press(Token(shown.revision, "done:paspor"), "documents.page:paspor"))
    visitor.is_at("documents.phase").remembers("paspor")


def test_after_a_year_without_a_sign_of_life_a_person_is_forgotten(
    visitor: Visitor, clock: FixedClock
) -> None:
    visitor.welcomed()
    clock.move(days=364)
    assert visitor.runner.sweep() == 0
    visitor.type("menu")
    clock.move(days=364)
    assert visitor.runner.sweep() == 0
    clock.move(days=3)
    assert visitor.runner.sweep() == 1
    assert count(visitor.runner, "person") == count(visitor.runner, "conversation") == 0


def test_a_visit_that_changes_nothing_is_a_sign_of_life(
    visitor: Visitor, clock: FixedClock
) -> None:
    visitor.welcomed()
    clock.move(days=300)
    visitor.type("apa saja")
    clock.move(days=300)
    visitor.runner.sweep()
    Visitor(visitor.runner).is_at("home")


def test_two_people_keep_their_own_lists(runner: Runner) -> None:
    siti, ani = Visitor(runner, "1").welcomed(), Visitor(runner, "2").welcomed("Basa Jawa")
    siti.walk(*TAIWAN_AT_HOME)
    ani.say(Words("/menu")).is_at("home")
    assert (siti.person.case.destination, ani.person.case) == ("taiwan", Case())


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.one_of(st.integers(0, 11), st.text(max_size=30), st.sampled_from(HOSTILE)),
                max_size=40), st.integers(0, 10**6))  # fmt: skip
def test_no_walk_however_random_ends_without_a_way_on(
    runner: Runner, acts: list[int | str], name: int
) -> None:
    visitor = Visitor(runner, f"walker-{name}")
    for act in acts:
        buttons = visitor.screen.buttons + visitor.screen.navigation
        if isinstance(act, int) and act < len(buttons):
            visitor.say(Press(Token.parse(buttons[act].token)))
        else:
            visitor.type(str(act))
        assert visitor.screen.buttons or visitor.screen.navigation
    assert runner.counts["failed"] == 0


@pytest.mark.parametrize(("typed", "heard"), [("halo\0", "halo"), ("a\ud800b", "ab"), (" x ", "x"),
                                              ("a" * 5_000, "a" * 1_000)])  # fmt: skip
def test_only_whole_letters_are_heard_and_not_too_many(typed: str, heard: str) -> None:
    assert Words.heard(typed) == Words(heard)


def test_a_plan_that_turns_out_closed_is_forgotten_again(visitor: Visitor) -> None:
    visitor.welcomed().walk("Dokumen saya", "Ya, sudah 18").type("arab saudi")
    visitor.press("Kerja di rumah orang").is_at("plan.no-list")
    assert visitor.person.case == Case()
    visitor.type("@documents.page:visa").press("Kembali").press("Kembali").says("8 dokumen wajib")


def test_somebody_under_age_reaches_no_list_by_an_entry_either(visitor: Visitor) -> None:
    visitor.welcomed().walk("Dokumen saya", "Belum").type("@documents.page:paspor")
    visitor.is_at("plan.adult")


@pytest.mark.parametrize("words", ["austria", "korea utara", "emirat arab", "taiwn"])
def test_a_name_that_only_nearly_fits_is_asked_about(visitor: Visitor, words: str) -> None:
    visitor.welcomed().walk("Dokumen saya", "Ya, sudah 18").type(words).is_at("which")


@pytest.mark.parametrize("words", ["jawa", "basa jawa", "jv"])
def test_a_language_can_be_typed(visitor: Visitor, words: str) -> None:
    visitor.type(words).is_at("welcome")
    assert visitor.reply.language == "jv"


def test_a_row_that_cannot_be_read_is_met_at_home_and_can_be_erased(visitor: Visitor) -> None:
    visitor.welcomed()
    with visitor.runner.database.turn() as db:
        db.exec_driver_sql("UPDATE person SET told = 'broken'")
    visitor.type("halo").says("sudah tidak ada")
    assert visitor.runner.counts["failed"] == 0


def test_the_bag_holds_only_what_fits_the_answers(visitor: Visitor) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME, "Dari rumah", "Surat status", "Cara mengurus")
    visitor.says("Buku nikah").says_nothing_of("Akta cerai")


def gone() -> None:
    """In the place of a database: a disk that has gone."""
    raise OSError("no such disk")


@pytest.mark.parametrize("fault", [Busy, OSError])
def test_a_call_for_help_needs_no_database(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def away() -> None:
        raise fault

    visitor.welcomed()
    monkeypatch.setattr(visitor.runner.database, "turn", away)
    visitor.type("tolong").is_at("emergency").says("110").says("+62 812-9007-0027")
    assert not visitor.reply.kept


def test_the_emergency_button_needs_no_database(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.welcomed().press("Bantuan")
    monkeypatch.setattr(visitor.runner.database, "turn", gone)
    visitor.press("Saya dalam bahaya").is_at("emergency").says("110")


def test_the_emergency_entry_can_be_looked_at_without_a_database(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor.runner.database, "look", gone)
    assert visitor.runner.look(visitor.address, "emergency").place == "emergency"
    with pytest.raises(OSError, match="no such disk"):
        visitor.runner.look(visitor.address, "help")


def test_a_fault_of_ours_still_gives_the_numbers(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.welcomed()
    monkeypatch.setattr(visitor.runner.stepping, "step", lambda said, here: 1 / 0)
    visitor.type("saya disekap").is_at("emergency").says("110")
    assert visitor.runner.counts["failed"] == 1


def test_a_broken_database_ends_nothing(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.welcomed()
    monkeypatch.setattr(visitor.runner.database, "turn", gone)
    visitor.type("halo", update=7).says("Tunggu sebentar").says("110")
    assert not visitor.reply.kept
