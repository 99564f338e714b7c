"""Choosing an area: down from the provinces by buttons, or by typing its name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from flows.areas import Area, Level, named, parent, short
from flows.engine import Known, State
from flows.person import Person
from flows.queries import AreaOf, AreasIn, AreasNamed, Query
from flows.screen import Choice, Paragraph, Screen
from flows.text import Text, t, verbatim

WHICH = t("Yang mana?")
HOMELY = ("village", "notices", "notices.add", "notices.country")
"""Places that one opens for where one lives."""

FIRST = ("35", "32", "33", "52", "18", "51", "73", "53", "36", "12")
"""The ten provinces from which most people go (KP2MI 2025), so that few have to leaf through."""


@dataclass(frozen=True)
class Choose(State, place="village.choose"):
    """Opens `then`, which still has no area, with the area that is chosen."""

    then: State
    inside: str = ""
    level: Level = "village"
    top: str = ""
    """Where the way down begins: the area of somebody's office."""
    under: State | None = None
    """What the way back leads to from the top."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        if words:
            return (AreasNamed(words, self.inside),)
        return (AreaOf(self.inside), AreasIn(self.inside))

    def show(self, known: Known) -> Screen:
        areas = sorted(known.given(AreasIn(self.inside), Area), key=lambda it: _first(it, known))
        inside = next(iter(known.given(AreaOf(self.inside), Area)), None)
        return Screen(
            named(inside) if inside else t("Desa mana?"),
            (Paragraph(_question(areas)),),
            tuple(self.choice(area, known) for area in areas),
            back=self._up(),
            hint=t("Atau ketik namanya, misalnya: Kuripan Watumalang."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        found = known.given(AreasNamed(words, self.inside), Area)
        match found:
            case ():
                return None
            case (area,):
                return self.choice(area, known)
            case _:
                return Choice("which", WHICH, Which(self, tuple(area.code for area in found)))

    def choice(self, area: Area, known: Known, label: Text | None = None) -> Choice:
        marked = label or _marked(area, known)
        if area.level == self.level:
            person = living_in(self.then, area.code, known.person)
            return Choice(f"area:{area.code}", marked, opened(self.then, area.code), person)
        return Choice(f"area:{area.code}", marked, replace(self, inside=area.code, page=0))

    def _up(self) -> State | None:
        if self.inside == self.top:
            return self.under
        return replace(self, inside=parent(self.inside), page=0)


@dataclass(frozen=True)
class Which(State, place="village.which"):
    """Several areas of one name, or none of just this name: asked, never guessed."""

    asking: Choose
    codes: tuple[str, ...]

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return self.asking.asks(words) if words else tuple(AreaOf(code) for code in self.codes)

    def show(self, known: Known) -> Screen:
        found = [area for code in self.codes for area in known.given(AreaOf(code), Area)]
        return Screen(
            WHICH,
            (Paragraph(t("Banyak desa bernama sama. Lihat kecamatan dan kabupatennya.")),),
            tuple(self.asking.choice(area, known, short(area)) for area in found),
            back=self.asking,
            hint=t("Tidak ada di sini? Ketik namanya lagi, dengan kecamatannya."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        return self.asking.hear(words, known)


def opened(then: State, code: str) -> State:
    """A state that lacks its area, with it; every state that is chosen for has this field."""
    return cast(State, replace(cast(Any, then), area=code))


def living_in(then: State, code: str, person: Person) -> Person | None:
    """The first village that somebody looks at is theirs; another only when they say so."""
    first = then.place in HOMELY and not person.village
    return person.living_in(code) if first else None


def _first(area: Area, known: Known) -> int:
    """The sending provinces and the villages of the programme first; the rest by their names."""
    if area.level == "village":
        return not _is_desmigratif(area, known)
    return FIRST.index(area.code) if area.code in FIRST else len(FIRST)


def _question(areas: Sequence[Area]) -> Text:
    match areas[0].level if areas else None:
        case "province":
            return t("Pilih provinsinya.")
        case "regency":
            return t("Pilih kabupaten atau kotanya.")
        case "district":
            return t("Pilih kecamatannya.")
        case _:
            return t("Pilih desa atau kelurahannya.")


def _marked(area: Area, known: Known) -> Text:
    """A village that is known to be in the programme says so."""
    if _is_desmigratif(area, known):
        return t("{village} (Desmigratif)", village=verbatim(area.name))
    return named(area)


def _is_desmigratif(area: Area, known: Known) -> bool:
    item = known.library.desmigratif.get(area.code)
    return item is not None and item.is_desmigratif
