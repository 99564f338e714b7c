"""Kinds of answers in a notice: what each accepts, and the one spelling in which it is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from flows.days import coming_day, is_day, past_day
from flows.text import Text, t, verbatim

LINE = 90
"""Characters of most answers: what stands on a line or two of a small phone."""

NO_DAY = t("Tanggal itu tidak kami kenali. Tulis seperti: 5 Desember 2026.")
NOT_AHEAD = t("Tanggal itu sudah lewat, atau lebih dari {most} hari lagi. Periksa lagi, ya.")
NOT_BEFORE = t("Tanggal itu belum tiba. Tulis hari pengumumannya keluar.")
NO_COUNT = t("Tulis satu angka, dari {least} sampai {most}. Misalnya: {example}.")
NO_SPAN = t("Tulis umur termuda dan tertua, paling muda 18. Misalnya: 18-40.")
NOT_LISTED = t("Pilih salah satu yang ada di layar.")
TOO_LONG = t("Terlalu panjang: paling banyak {most} huruf. Persingkat, lalu kirim lagi.")
TOO_SHORT = t("Terlalu pendek. Tulis dengan jelas, supaya orang tidak bertanya-tanya.")
NO_NUMBER = t("Nomor resmi selalu ada angkanya. Salin persis seperti di suratnya.")
NO_NAME = t("Tulis nama dan kantornya, supaya orang bisa bertanya. Misalnya: Ibu Rina, Disnaker.")
ITSELF = re.compile(r"\b(?:saya|aku|sendiri|kami)\b", re.IGNORECASE)

NO_LINK = t(
    "Itu bukan alamat situs yang lengkap. Salin dari awal, misalnya: https://contoh.go.id/lowongan"
)
NO_PAY = t("Tulis jumlah dan mata uangnya. Misalnya: 1.700 RM, atau NT$ 29.500.")
NO_COUNTRY = t("Negara itu tidak ada di daftar kami. Pilih dari layar, atau periksa ejaannya.")


@dataclass(frozen=True, slots=True)
class Words:
    """Free text on one line."""

    most: int = LINE
    suggestions: tuple[Text, ...] = ()
    """Answers that often fit, as buttons; kept in Indonesian like what is typed."""
    numbered: bool = False
    """An official number, which has at least one digit."""
    least: int = 2
    """Letters and digits that say anything at all."""
    named: bool = False
    """Somebody with a name and an office, so that others can ask: not only "saya"."""


@dataclass(frozen=True, slots=True)
class Pay:
    """An amount with its currency, as the notice says it."""


@dataclass(frozen=True, slots=True)
class Day:
    """`2026-12-05`. `ahead`: from today on, for so many days; otherwise up to today."""

    ahead: bool
    most: int = 366


@dataclass(frozen=True, slots=True)
class Count:
    least: int
    most: int
    example: int


@dataclass(frozen=True, slots=True)
class Span:
    """Ages `18-40`, or births `1985-06-03..2007-06-04`, as government notices have them."""


@dataclass(frozen=True, slots=True)
class OneOf:
    options: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Several:
    """Codes with commas, in the order of the options; at least one."""

    options: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Country:
    """The code of a destination."""


@dataclass(frozen=True, slots=True)
class Phone:
    """As it was typed here; the handler has the numbering plan, and keeps one form."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that begins with https."""


Answer = Words | Pay | Day | Count | Span | OneOf | Several | Country | Phone | Link


def read(answer: Answer, words: str, today: date) -> str | Text:
    """The one spelling of an answer, or why it is none; of a country its code is looked up before.

    Words that come out of it come in again unchanged.
    """
    match answer:
        case Words():
            return _words(answer, words)
        case Pay():
            return words if _has_amount(words) and len(words) <= LINE else NO_PAY
        case Day():
            return _day(answer, words, today)
        case Count():
            return _count(answer, words)
        case Span():
            return _span(words)
        case OneOf():
            return words if words in answer.options else NOT_LISTED
        case Several():
            return _several(answer, words)
        case Country():
            return words or NO_COUNTRY
        case Phone():
            return words if any(sign.isdigit() for sign in words) else TOO_SHORT
        case Link():
            return words if LINK.fullmatch(words) else NO_LINK
        case _:
            assert_never(answer)


LINK = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s@]{0,200})?", re.IGNORECASE)

DIGITS = re.compile(r"\d[\d.,]*")
DAYS = re.compile(r"(.+?)\s*(?:-|–|s\.?/?d\.?|sampai|hingga)\s*(.+)")


def _words(answer: Words, words: str) -> str | Text:
    if len(words) > answer.most:
        return Text(TOO_LONG.msgid, "", (("most", answer.most),))
    if answer.numbered and not any(sign.isdigit() for sign in words):
        return NO_NUMBER
    if answer.named and len(ITSELF.sub("", words).split()) < 2:
        return NO_NAME
    return words if sum(sign.isalnum() for sign in words) >= answer.least else TOO_SHORT


def _has_amount(words: str) -> bool:
    """Digits and, beside them, at least a letter or a sign of money."""
    rest = DIGITS.sub("", words)
    return bool(DIGITS.search(words)) and any(c.isalpha() or c in "$¥₩€£" for c in rest)


def _day(answer: Day, words: str, today: date) -> str | Text:
    coming = coming_day(words, today, timedelta(answer.most))
    past = past_day(words, today)
    if not is_day(words, today):
        return NO_DAY
    if answer.ahead:
        return coming.isoformat() if coming else Text(NOT_AHEAD.msgid, "", (("most", answer.most),))
    return past.isoformat() if past else NOT_BEFORE


def _count(answer: Count, words: str) -> str | Text:
    """`4.000` is four thousand, as Indonesians write it."""
    plain = words.replace(".", "").replace(" ", "")
    if plain.isascii() and plain.isdecimal() and answer.least <= int(plain[:9]) <= answer.most:
        return str(int(plain[:9]))
    values = (("least", answer.least), ("most", answer.most), ("example", answer.example))
    return Text(NO_COUNT.msgid, "", values)


def _several(answer: Several, words: str) -> str | Text:
    chosen = set(filter(None, words.split(",")))
    if not chosen or not chosen <= answer.options.keys():
        return NOT_LISTED
    return ",".join(code for code in answer.options if code in chosen)


def _span(words: str) -> str | Text:
    if births := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", words):
        return words if births[1] < births[2] else NO_SPAN
    ages = [int(age) for age in re.findall(r"\d+", words)[:3]]
    if len(ages) == 2 and 18 <= ages[0] <= ages[1] <= 65:
        return f"{ages[0]}-{ages[1]}"
    return _births(words)


def _births(words: str) -> str | Text:
    """`3 Juni 1985 sampai 4 Juni 2007`."""
    both = DAYS.fullmatch(words.strip().lower())
    days = [past_day(part, date.max) for part in both.groups()] if both else []
    if len(days) == 2 and days[0] and days[1] and days[0] < days[1]:
        return f"{days[0]}..{days[1]}"
    return NO_SPAN


def said(answer: Answer, value: str) -> Text:
    """An answer as people read it; of a country its name is looked up elsewhere."""
    match answer:
        case Day():
            return t("{day}", day=date.fromisoformat(value))
        case Count():
            return t("{count}", count=int(value))
        case Span():
            return _said_span(value)
        case OneOf():
            return answer.options.get(value, verbatim(value))
        case Several():
            return listed(tuple(answer.options[code] for code in value.split(",")
                                if code in answer.options))  # fmt: skip
        case Phone() | Words() | Pay() | Country() | Link():
            return verbatim(value)
        case _:
            assert_never(answer)


def _said_span(value: str) -> Text:
    if ".." in value:
        first, last = (date.fromisoformat(day) for day in value.split(".."))
        return t("lahir {first} sampai {last}", first=first, last=last)
    youngest, oldest = value.split("-")
    return t("{youngest} sampai {oldest} tahun", youngest=int(youngest), oldest=int(oldest))


def listed(items: tuple[Text, ...]) -> Text:
    """`makan, tempat tinggal, asuransi`."""
    if not items:
        return verbatim("-")
    first, *others = items
    for other in others:
        first = t("{items}, {item}", items=first, item=other)
    return first
