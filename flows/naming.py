"""Hearing the name of a country: a certain one is taken, one that is nearly right asked about."""

from dataclasses import dataclass

from flows.engine import Known, State
from flows.queries import Alike, Named, Query
from flows.screen import Choice, Paragraph, Screen
from flows.text import t

WHICH = t("Maksud Anda yang mana?")


def countries(words: str) -> tuple[Query, ...]:
    return (Named("destination", words), Alike("destination", words)) if words else ()


def country(words: str, asking: State, known: Known) -> Choice | None:
    """The choice `country:CODE` of the asking screen that the words name, or the question which."""
    for code in known.rows(Named("destination", words)):
        return next(iter(_choices(asking, (str(code),), known)), None)
    alike = tuple(str(code) for code in known.rows(Alike("destination", words)))
    return Choice("alike", WHICH, Which(asking, alike)) if alike else None


def _choices(asking: State, codes: tuple[str, ...], known: Known) -> tuple[Choice, ...]:
    ids = {f"country:{code}" for code in codes}
    return tuple(choice for choice in asking.show(known).choices if choice.id in ids)


@dataclass(frozen=True)
class Which(State, place="which"):
    """The countries that may be meant, of those on the screen that asked.

    A name that only nearly fits is never taken for a country: Austria is not Australia.
    """

    asking: State
    codes: tuple[str, ...]

    def show(self, known: Known) -> Screen:
        hint = t("Tidak ada di sini? Kembali, lalu lihat daftarnya.")
        choices = _choices(self.asking, self.codes, known)
        return Screen(WHICH, (Paragraph(hint),), choices, back=self.asking)
