"""Emergency words: the numbers in one message, from anywhere, and back to the same question."""

from dataclasses import replace

import pytest

from bot.alarm import is_call, may_be_call
from bot.messages import Press, Words
from flows.words import fold
from locales.extract import extract_all
from locales.languages import load_languages
from tests.play import TAIWAN_AT_HOME, Visitor


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed()


@pytest.mark.parametrize("words", ["tolong", "TOLONG SAYA", "/darurat", "saya dipukul", "tulung"])
def test_a_call_interrupts_and_returns_to_the_same_question(at_home: Visitor, words: str) -> None:
    at_home.walk(*TAIWAN_AT_HOME[:3]).is_at("plan.work").type(words).is_at("emergency")
    at_home.says("110").says("0800-1000").says("+62 812-9007-0027").says("Sumber:")
    at_home.type("kembali").is_at("plan.work").says("Taiwan: kerja apa?")


def test_a_stranger_gets_the_numbers_before_any_welcome(visitor: Visitor) -> None:
    visitor.type("tolong").is_at("emergency").says("110").press("Menu utama").is_at("language")


def test_numbers_of_the_planned_country_are_there(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME).type("tolong").says("1955").says("KDEI Taipei")


def test_a_near_miss_asks_first(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME).type("tlong").is_at("emergency.ask")
    at_home.press("Tidak").is_at("documents.list").type("drurat").press("Ya, beri").says("110")


@pytest.mark.parametrize("words", ["tolongan", "pertolongan", "kolong"])
def test_words_that_hold_a_call_do_not_interrupt(at_home: Visitor, words: str) -> None:
    at_home.walk(*TAIWAN_AT_HOME).type(words).is_at("documents.list")


def test_a_call_within_another_call_does_not_nest(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME[:3]).type("tolong").type("tolong").type("bantuan").type("tolong")
    at_home.press("Kembali").is_at("help").press("Kembali").is_at("plan.work")


def test_a_document_whose_name_holds_such_a_word_opens(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME).type("tolong paspor").is_at("documents.page").says("Paspor")


def test_other_countries_are_two_presses_away(at_home: Visitor) -> None:
    at_home.type("tolong").press("Saya di luar negeri").type("malaysia").is_at("help.country")
    at_home.says("KBRI Kuala Lumpur").says("+60 17-668 8032")


def test_help_leads_to_offices_of_a_province(at_home: Visitor) -> None:
    at_home.press("Bantuan").press("Kantor di provinsi").press("Jawa Tengah").says("Cilacap")
    at_home.press("Kembali").is_at("help.provinces")


def test_a_missing_number_is_said_with_whom_to_call(at_home: Visitor) -> None:
    at_home.type("@help.country:brunei").says("belum kami temukan").says("+62 812-9007-0027")


def test_an_old_number_says_so(at_home: Visitor) -> None:
    at_home.type("@help.country:turki").says("tercatat 2016").says("bisa jadi sudah ganti")


def test_the_country_in_view_comes_with_the_emergency(at_home: Visitor) -> None:
    at_home.type("@help.country:malaysia").type("tolong").says("KBRI Kuala Lumpur")


def test_an_emergency_within_help_does_not_pile_up(at_home: Visitor) -> None:
    at_home.walk(*TAIWAN_AT_HOME[:3])
    for _ in range(30):
        at_home.type("bantuan").press("Saya dalam bahaya").press("Saya di luar negeri")
    at_home.press("Kembali").is_at("help").press("Kembali").is_at("plan.work")


def test_a_call_at_a_place_that_has_gone_is_answered(at_home: Visitor) -> None:
    at_home.type("@destinations.country:jepang")
    library = at_home.runner.service.library
    left = {code: place for code, place in library.destinations.items() if code != "jepang"}
    at_home.reads(replace(library, destinations=left))
    at_home.type("tolong").is_at("emergency").says("110").says("sudah tidak ada")


def test_an_old_emergency_button_still_helps(at_home: Visitor) -> None:
    old = at_home.press("Bantuan").token("Saya dalam bahaya")
    at_home.type("menu").press("Uang dan biaya").say(Press(old)).is_at("emergency").says("110")
    at_home.press("Kembali").is_at("money")


@pytest.mark.parametrize(
    "words", ["@emergency", "@emergency:x", "/start emergency", "/darurat@Bot"]
)
def test_every_way_to_call_is_known_as_one(at_home: Visitor, words: str) -> None:
    assert at_home.runner.calls_for_help(Words.heard(words))
    at_home.type(words).is_at("emergency")


def test_no_ordinary_word_of_ours_is_taken_for_a_call() -> None:
    """What people read here they will type: none of it may look like a call with a typo."""
    languages = tuple(catalogued.language for catalogued in load_languages())
    said = {
        word for message in extract_all() if message.id for word in fold(str(message.id)).split()
    }
    calls = {word for language in languages for call in (*language.calls, *language.dangers)
             for word in fold(call).split()}  # fmt: skip
    heard = {w for w in said - calls if is_call(w, languages) or may_be_call(w, languages)}
    assert heard <= ALLOWED


ALLOWED = {"bahayanya", "celaka"}
"""Words of ours that mean the call itself."""
