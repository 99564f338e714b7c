"""Whether typed words are a call for help: certainly, perhaps, or not at all.

The words stand in `locales/languages.toml`; those of every language count in every language, for
whoever is afraid writes as they think. Words inside other words ("tolongan") are other words.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from flows.library import Language
from flows.words import fold

AROUND = frozenset(
    [
        *("saya", "aku", "kami", "kita", "pak", "bu", "mas", "mbak", "bang", "kak", "admin", "min"),
        *("ya", "dong", "cepat", "segera", "sekarang", "minta", "butuh", "perlu", "ada", "ini"),
        *("kula", "kulo", "dalem", "abdi", "kuring", "please", "me", "i", "now"),
    ]
)
"""Words beside a call that do not make it a polite question: "tolong saya, pak"."""

ALIKE = 0.76
"""How alike a word must be to be asked about: `tlong` yes, `tulis` no."""

JOINED = re.compile(r"\b(di) ([a-z])")
"""`di pukul` is how many write `dipukul`."""

STRETCHED = re.compile(r"(.)\1+")
"""`toloooong` is `tolong`."""


ENDINGS = ("lah", "in", "i", "kan", "nya", "ya")
"""What is spoken on at the end of a call: "tolonglah"."""

ORDINARY = frozenset(
    [
        "bahasa",
        "bahasanya",
        "bahan",
        "bahagia",
        "basa",
        "berbayar",
        "berdaya",
        "cilacap",
        "gawai",
        "tulang",
        "tulis",
        "tolak",
    ]
)
"""Words of every day that only look like a call with a typo; a test finds more."""

SHORTEST = 4
"""Letters of a word in which a typo is looked for."""

LOOKED_AT = 12
"""Words of a message in which a typo is looked for: a call stands at its beginning."""


def is_call(words: str, languages: tuple[Language, ...]) -> bool:
    """Whether the words certainly call for help; asked of every message, so it is quick."""
    said = _folded(words)
    if not said:
        return False
    calls, dangers, beside = _all(languages)
    joined = JOINED.sub(r"\1\2", said)
    if any(_holds(said, danger) or _holds(joined, danger) for danger in dangers):
        return True
    return _without(said, calls) <= beside


def may_be_call(words: str, languages: tuple[Language, ...]) -> bool:
    """Whether they hold a call, or one with a typo; asked only when nothing else was understood."""
    calls, _, _ = _all(languages)
    return any(_near(word, calls) for word in _folded(words).split()[:LOOKED_AT])


def _folded(words: str) -> str:
    """A command may name the bot it is meant for: `/darurat@DesaBot`."""
    if words.startswith("/"):
        words = words[1:].partition("@")[0]
    return STRETCHED.sub(r"\1", fold(words))


@lru_cache(maxsize=4)
def _all(
    languages: tuple[Language, ...],
) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """The calls of all languages, the longest first; the dangers; and what may stand beside."""
    calls = {_folded(word) for language in languages for word in language.calls}
    dangers = {_folded(word) for language in languages for word in language.dangers}
    ordered = tuple(sorted(calls, key=len, reverse=True))
    return ordered, tuple(dangers), frozenset({*AROUND, *calls})


def _holds(said: str, words: str) -> bool:
    return f" {words} " in f" {said} "


def _without(said: str, calls: Iterable[str]) -> set[str]:
    """The words that are left beside a call; all of them, and one more, where there is no call."""
    for call in calls:
        if _holds(said, call):
            return set(f" {said} ".replace(f" {call} ", " ").split())
    return {*said.split(), "no call"}


def _near(word: str, calls: tuple[str, ...]) -> bool:
    """A call within a longer sentence, or one with a typo; never one inside another word."""
    if word in ORDINARY or len(word) < SHORTEST:
        return word in calls
    if word in calls or any(word == call + ending for call in calls for ending in ENDINGS):
        return True
    if any(call in word for call in calls):
        return False
    begins_alike = [call for call in calls if call[0] == word[0]]
    return bool(get_close_matches(word, begins_alike, n=1, cutoff=ALIKE))
