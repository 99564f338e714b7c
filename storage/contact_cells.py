"""What a file of contacts may say in each of its cells, and what never stands in one as it is."""

import re
from datetime import date
from typing import Literal, get_args

from flows.village.kept import KINDS, Kind
from flows.words import fold

Column = Literal["nomor", "jenis", "nama", "telepon", "keterangan", "diperiksa"]
COLUMNS: tuple[Column, ...] = get_args(Column)
REQUIRED: tuple[Column, ...] = ("jenis", "nama", "telepon")
SYNONYMS: dict[Column, tuple[str, ...]] = {
    "nomor": (),
    "jenis": ("jabatan",),
    "nama": ("nama lengkap",),
    "telepon": (
        "telp", "tlp", "hp", "wa", "hp wa", "whatsapp", "kontak", "no telepon", "no telp", "no hp",
        "no wa", "no hp wa", "nomor telepon", "nomor telp", "nomor hp", "nomor wa",
    ),
    "keterangan": ("catatan", "ket"),
    "diperiksa": ("tanggal diperiksa", "tgl diperiksa"),
}  # fmt: skip
"""A column "no" is not nomor: officers number their own lists, which must overwrite nobody."""

COLUMN_OF: dict[str, Column] = {
    title: column for column in COLUMNS for title in (column, *SYNONYMS[column])
}

WORDS: dict[Kind, str] = {
    "head": "kepala desa",
    "officer": "petugas",
    "post": "pos",
    "other": "lainnya",
}
"""Kinds as a file says them, whatever language its reader speaks."""

KIND_OF: dict[str, Kind] = {
    "kades": "head",
    "lurah": "head",
    "lain": "other",
    "lain lain": "other",
    **{fold(said): kind for kind in KINDS for said in (kind, WORDS[kind], KINDS[kind].msgid)},
}

SIGNS = "(?=[-=+@'＝＋－＠])"
"""Before what is a formula to some program at the front of a cell, unless a `'` stands there."""

FRONT = r"""(^|[,;])([\s"]*)"""
"""Where a cell begins, also for a program that takes other signs than ours to divide cells."""

UNGUARDED, GUARDED = re.compile(f"{FRONT}{SIGNS}"), re.compile(f"{FRONT}'{SIGNS}")

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]"
)
"""Control characters, marks that turn the reading around, and what is left of broken letters."""

BLANKS = " \u00a0"
NUMBER = re.compile(r"[1-9][0-9]{0,5}")
ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
YEAR_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAY_FIRST = re.compile(r"^([0-9]{2})([-/.])([0-9]{2})\2([0-9]{4})$")
"""Always two digits: Excel in English writes 1/2/2026 for the second of January."""


def guarded(value: str) -> str:
    """One line in which no program finds a formula."""
    return UNGUARDED.sub(r"\1\2'", one_line(value))


def bare(cell: str) -> str:
    """Without each `'` that `guarded` puts before a sign."""
    return GUARDED.sub(r"\1\2", cell.strip(BLANKS))


def one_line(value: str) -> str:
    return HIDDEN.sub(" ", value).strip(BLANKS)


def written_day(words: str) -> date | None:
    iso = DAY_FIRST.sub(r"\4-\3-\1", words)
    try:
        return date.fromisoformat(iso) if YEAR_FIRST.fullmatch(iso) else None
    except ValueError:
        return None
