"""Signs of fraud in the words of a notice: each asks for a second look, none is a verdict.

What somebody is to earn is not judged: honest wages abroad look as good as false ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from flows.items import Destination
from flows.library import Library
from flows.notices import fields, fraud
from flows.notices.answers import Link, Pay, Words
from flows.notices.kept import Notice
from flows.text import Text, t
from flows.words import fold

Sign = Literal[
    "fee", "account", "visa", "country", "link", "letters", "hidden", "papers", "age", "job", "rest"
]  # fmt: skip

SIGNS: dict[Sign, Text] = {
    "fee": t("menyebut uang yang dibayar pekerja, atau potong gaji"),
    "account": t("menyebut rekening atau dompet digital"),
    "visa": t("menyebut visa yang bukan visa kerja"),
    "country": t("menyebut negara yang ditutup"),
    "link": t("berisi tautan yang bukan situs pemerintah"),
    "letters": t("berisi huruf asing yang mirip huruf biasa"),
    "hidden": t("berisi tanda tersembunyi, sudah kami buang"),
    "papers": t("menyebut data atau dokumen yang diakali, ditahan, atau dilewati"),
    "age": t("menyebut umur di bawah 18"),
    "job": t("seperti lowongan: tulis sebagai lowongan, supaya izinnya tercatat"),
    "rest": t("tidak menyisakan waktu istirahat yang cukup"),
}
"""What each sign says of the words in which it was found."""


EARNED = {"salary": "gaji ", "overtime": "lembur "}
"""Fields about what somebody gets, and the word without which that cannot be told."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A sign, and the key of the field in which it stands."""

    sign: Sign
    field: str


def scan(notice: Notice, library: Library) -> tuple[Warned, ...]:
    """All that a second person should look at, in the order of the fields."""
    return tuple(dict.fromkeys(_found(notice, library)))


def _found(notice: Notice, library: Library) -> Iterator[Warned]:
    given = dict(notice.answers)
    at_home = fields.is_at_home(given)
    for key, value in notice.answers:
        field = fields.field_of(notice.kind, key)
        match field.answer if field else None:
            case Words() | Pay():
                words = f"{EARNED.get(key, '')}{value}"
                yield from (Warned(sign, key) for sign in signs(words, library, at_home=at_home))
            case Link() if not GOVERNMENT.fullmatch(value):
                yield Warned("link", key)
            case _:
                pass
    listed = fraud.FOR_PLACEMENT.search(_plain(given.get("cost_items", "")))
    if given.get("cost") == "listed" or listed:
        yield Warned("fee", "cost")
    if notice.kind == "news":
        yield from (Warned("job", key) for key in ("title", "words") if _offers_work(given, key))
    yield from _without_rest(given)
    if fields.HIDDEN in given:
        yield Warned("hidden", given[fields.HIDDEN])


OFFER = re.compile(r"\b(?:lowongan|loker|dicari|dibutuhkan|direkrut|rekrut\w*)\b")
PERHAPS = re.compile(
    r"\b(?:gaji\w*|upah|majikan|tkw|tki|(?:langsung|siap|cepat|segera|bisa) berangkat"
    r"|(?:kerja|bekerja) (?:di|ke) luar negeri)\b"
)
TAUGHT = re.compile(r"\b(?:penyuluhan|sosialisasi|pelatihan|cara|aman|resmi|tips|bahaya)\b")
"""News about work abroad that is no offer."""

LONGEST_DAY, LONGEST_WEEK = 12, 6
"""Hours and days of work beyond which somebody should ask about rest."""


def _offers_work(given: Mapping[str, str], key: str) -> bool:
    """Whether news is a vacancy in disguise, which has no licence to show."""
    plain = _plain(given.get(key, ""))
    return bool(OFFER.search(plain) or (PERHAPS.search(plain) and not TAUGHT.search(plain)))


def _without_rest(given: Mapping[str, str]) -> Iterator[Warned]:
    if int(given.get("hours", 0)) > LONGEST_DAY:
        yield Warned("rest", "hours")
    if int(given.get("days", 0)) > LONGEST_WEEK:
        yield Warned("rest", "days")


def signs(words: str, library: Library, *, at_home: bool = False) -> tuple[Sign, ...]:
    """The signs in words that somebody wrote freely; `at_home` where the work is in a home."""
    plain = _plain(words)
    sentences = tuple(filter(None, fraud.SENTENCE.split(plain)))
    told: dict[Sign, bool] = {
        "fee": any(map(fraud.asks_money, sentences)),
        "account": any(map(fraud.names_account, sentences)),
        "visa": any(fraud.states(fraud.VISA, sentence) for sentence in sentences),
        "country": _names_closed(plain, library, at_home),
        "link": _has_link(words),
        "letters": any(map(_is_disguised, words)),
        "papers": any(map(fraud.bends_papers, sentences)),
        "age": any(map(fraud.names_minors, sentences)),
    }
    return tuple(sign for sign, there in told.items() if there)


HOME = re.compile(
    r"rumah tangga|\bart\b|\bprt\b|pembantu|asisten rumah|maid\b|\bnanny\b|baby ?sitter|pengasuh"
    r"|majikan|tukang kebun|(?:kebun|sopir|supir|koki|pada|untuk|di) keluarga|\btkw\b"
    r"|\bjaga (?:orang tua|anak|lansia)|(?:bersih|kerja|di) rumah\b(?! sakit| makan)"
)
NO_COUNTRY = re.compile(
    r"\b(?:jl|jln|jalan|gang|gg|blok|dusun|bunga|pohon|bahasa|masakan|restoran|pijat) $"
)
"""Before the name of a country: it is a street, a flower, a language."""


def _names_closed(plain: str, library: Library, at_home: bool) -> bool:
    """One where nobody may go; for work in a home also one that is closed for it."""
    at_home = at_home or bool(HOME.search(plain))
    folded = fold(plain)
    return any(
        _names(folded, place)
        for place in library.destinations.values()
        if place.other == "never" or (at_home and place.household in ("closed", "never"))
    )


def _names(folded: str, place: Destination) -> bool:
    found = _spelled(place).finditer(folded)
    return any(not NO_COUNTRY.search(folded[: name.start()]) for name in found)


@cache
def _spelled(place: Destination) -> re.Pattern[str]:
    """Its name and all that people type for it; made once, as every field is looked through."""
    spellings = (place.name.msgid, *place.aliases)
    return re.compile(rf"\b(?:{'|'.join(re.escape(fold(name)) for name in spellings)})\b")


GOVERNMENT = re.compile(r"https://(?:[a-z0-9-]+\.)+go\.id(?:/[^\s@]*)?", re.IGNORECASE)
GOVERNMENT_NAME = re.compile(r"(?:[a-z0-9-]+\.)+go\.id(?:/[^\s@]*)?")
ADDRESS = re.compile(
    r"(?<![@\w.-])(?:[a-z][a-z0-9+.-]*://[^\s,;]+|www\.[^\s,;]+"
    r"|(?:[a-z0-9-]+\.)+(?:com|net|org|xyz|top|site|click|vip|club|ly|gl|biz|cc|tk)\b[^\s,;]*"
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,6}/[^\s,;]*"
    r"|(?:[a-z0-9-]+\.){2,}(?:id|co|info|me|io|online|link|shop)\b[^\s,;]*)",
    re.IGNORECASE,
)
"""An address with or without its beginning, but for those of letters (`nama@situs`)."""


def _has_link(words: str) -> bool:
    found = (address[0].rstrip(".)!?") for address in ADDRESS.finditer(words))
    return any(
        not (GOVERNMENT.fullmatch(link) or GOVERNMENT_NAME.fullmatch(link.casefold()))
        for link in found
    )


DISGUISES = ("CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL", "ARMENIAN", "CHEROKEE", "COPTIC")


def _is_disguised(sign: str) -> bool:
    """A letter that only looks like one of ours."""
    return (
        not sign.isascii() and sign.isalnum() and unicodedata.name(sign, "").startswith(DISGUISES)
    )


FIGURES = str.maketrans("013457", "oieast")
"""Figures that stand for letters within a word: `tr4nsfer`."""

LONG_WORD = re.compile(r"[^\W_]*[a-z][^\W_]*")
SPREAD = re.compile(r"\b(?:\w[ .]){3,}\w\b|\b\w\.\w\b\.?")


def _plain(words: str) -> str:
    """Lower case, letters that are spread out or written as figures put back."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    plain = SPREAD.sub(lambda found: re.sub("[ .]", "", found[0]), plain)
    return LONG_WORD.sub(lambda found: _lettered(found[0]), plain)


def _lettered(word: str) -> str:
    mixed = sum(sign.isalpha() for sign in word) >= 4 and word[0].isalpha()
    return word.translate(FIGURES) if mixed else word
