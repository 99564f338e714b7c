"""Text to be translated at the door: an Indonesian sentence and the values in it.

Nothing is translated in `flows/`. A `Text` travels to the door, which knows the reader's
language. Values are filled in after translation, so a translator may move them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, the finest date we ask people for."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, written: str) -> "Month":
        """Read `2027-03`; raises ValueError for anything else."""
        year, month = written.split("-")
        date(int(year), int(month), 1)
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def later(self, months: int) -> "Month":
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, month + 1)


@dataclass(frozen=True, slots=True)
class Text:
    """An Indonesian sentence (`msgid`) for catalogs to translate; `context` tells equals apart."""

    msgid: str
    context: str = ""
    values: tuple[tuple[str, "Value"], ...] = ()


Value = str | int | date | Month | Text


def t(msgid: str, /, **values: Value) -> Text:
    """A sentence as people read it; `{name}` in it is filled from `values`."""
    return Text(msgid, "", tuple(values.items()))


def tc(context: str, msgid: str, /, **values: Value) -> Text:
    """Like `t`, for a sentence that needs its place to be translated well."""
    return Text(msgid, context, tuple(values.items()))


def verbatim(words: str) -> Text:
    """Words that are the same in every language: a language's own name, a number, a year."""
    return Text("", "", (("", words),))
