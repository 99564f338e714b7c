"""Days as people write them: `besok`, `5 12 2026`, `5 desember`, `2026-12-05`."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from flows.words import fold

MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
ENGLISH = {"may": "mei", "aug": "agu", "oct": "okt", "dec": "des"}
"""English months that begin otherwise."""

AHEAD = timedelta(days=366)
"""Nobody plans further ahead; a date beyond it is a slip of the finger."""

EARLIEST = date(1940, 1, 1)

NEAR = {
    "hari ini": 0, "besok": 1, "lusa": 2, "kemarin": -1,
    "today": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip


def coming_day(words: str, today: date, most: timedelta = AHEAD) -> date | None:
    """The next such day where no year is named; None for what is none, past, or too far off."""
    days = _days(words, today, (today.year, today.year + 1))
    return next((day for day in days if today <= day <= today + most), None)


def is_day(words: str, today: date) -> bool:
    """Whether it is a day at all, however far off."""
    return any(True for _ in _days(words, today, (today.year, today.year + 1)))


def past_day(words: str, today: date) -> date | None:
    """The last such day where no year is named; None for what is none or still to come."""
    days = _days(words, today, (today.year, today.year - 1))
    return next((day for day in days if EARLIEST <= day <= today), None)


def _days(words: str, today: date, years: tuple[int, int]) -> Iterable[date]:
    """The days that words may mean, in the order of the years."""
    said = fold(words)
    if (days := NEAR.get(said)) is not None:
        return (today + timedelta(days),)
    if found := re.fullmatch(r"(\d{4}) (\d{2}) (\d{2})", said):
        return _there((int(found[1]),), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2}) (\d{1,2}|[a-z]{3,9})(?: (\d{4}))?", said)
    if found is None:
        return ()
    month = int(found[2]) if found[2].isdecimal() else _month(found[2])
    return _there((int(found[3]),) if found[3] else years, month, int(found[1]))


def _month(word: str) -> int:
    begun = ENGLISH.get(word[:3], word[:3])
    return MONTHS.index(begun) + 1 if begun in MONTHS else 0


def _there(years: Iterable[int], month: int, day: int) -> Iterable[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:  # 31 February, a month that is none
            continue
