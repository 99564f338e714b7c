"""When something was so: dates as sources give them, `2022`, `2025-11` or `2025-11-15`."""

from datetime import date

from flows.text import Month, Text, t, verbatim

MONTHS_FRESH = 12
"""Facts older than this are said to be old: wages and rules change every year."""

MONTHS_REACHED = 24
"""Telephone numbers last seen longer ago than this are said to be old."""


def is_old(as_of: str, months: int, today: date) -> bool:
    """Whether it was so longer ago than that many months; a bare year counts from its January."""
    return not as_of or _month(as_of).later(months) < Month.of(today)


def said_when(as_of: str) -> Month | Text:
    """The date as it is told: the month, or only the year where no more is known."""
    return verbatim(as_of) if len(as_of) == len("2022") else _month(as_of)


def no_date() -> Text:
    return t("tanggalnya tidak tercatat")


def _month(as_of: str) -> Month:
    """A bare year is taken as its first month, so that nothing seems younger than it is."""
    return Month.parse(as_of[:7]) if len(as_of) > len("2022") else Month(int(as_of), 1)
