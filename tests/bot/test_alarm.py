"""Calls for help: heard in every language, not seen inside other words, asked about in doubt."""

import pytest

from bot.alarm import is_call, may_be_call
from locales.languages import load_languages

LANGUAGES = tuple(catalogued.language for catalogued in load_languages())


@pytest.mark.parametrize(
    "words",
    [
        "tolong", "TOLONG!!!", "tolooooong", "tolong saya, pak", "darurat", "/darurat", "SOS",
        "saya dipukul majikan", "teman saya disekap di Kamboja", "aku mau bunuh diri",
        "tulung", "nyuwun tulung", "kulo digebugi", "tulungan abdi", "cilaka",
        "saya di pukul majikan", "di sekap", "tlg", "pls help", "majikan mukul saya", "disikso",
        "abdi sieun", "aku wedi", "saya mau mati", "help me", "Emergency!", "tolong tolong tolong",
        "they locked me up, I am locked up",
    ],
)  # fmt: skip
def test_a_call_for_help_is_heard(words: str) -> None:
    assert is_call(words, LANGUAGES)


@pytest.mark.parametrize(
    "words",
    [
        "tlong",
        "tolng saya",
        "drurat",
        "tolong jelaskan paspor",
        "emergensi",
        "tolonglah",
        "surat darurat",
    ],
)
def test_what_may_be_a_call_is_asked_about(words: str) -> None:
    assert may_be_call(words, LANGUAGES)
    assert not is_call(words, LANGUAGES)


@pytest.mark.parametrize(
    "words",
    ["tolongan", "pertolongan pertama", "paspor", "kolong", "Taiwan", "", "👍", "menolong orang",
     "help", "menu", "penyekapan", "kereta", "bahasa korea", "Cilacap", "tulang", "gawai"],
)  # fmt: skip
def test_other_words_are_other_words(words: str) -> None:
    assert not is_call(words, LANGUAGES)
    assert not may_be_call(words, LANGUAGES)


def test_every_language_has_words_of_its_own() -> None:
    for language in LANGUAGES:
        assert all(is_call(word, LANGUAGES) for word in language.calls)
        assert all(is_call(f"xx {word} yy", LANGUAGES) for word in language.dangers)
