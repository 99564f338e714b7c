"""Every area by its name, in memory: found with typos, unfinished, and by what it lies in."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from sqlalchemy import Connection, func, select

from flows.areas import LEVELS, level_of
from storage.areas import AREA
from storage.asked_area import ROMAN, Question, Span

BEGINNING = 4
"""Letters of an unfinished name that are enough."""

UNFINISHED = 0.8
"""How like a name is that only begins so; more, the less is missing."""

OF_ANOTHER_KIND = 0.9
"""How much it counts that a regency was said and a district bears the name."""

STRAY, STRAY_NEARBY = 4, 3
"""One letter in so many may be wrong: anywhere, and within a place that is known."""

PLACES = 12
"""Places among the words, in each of which the other words are looked for."""

UNFINISHED_NAMES = 12

TITLED = re.compile(r".*\t((Kabupaten|Kota|Administrasi|Daerah|Khusus|Ibukota|Istimewa) )*")
"""The code of a regency or a province, and what its name begins with and people leave out."""

NUMBER = re.compile(rf"\b({'|'.join(ROMAN)})\b")
"""Camplong II is written Camplong 2 as well."""

OTHERS = bytes({*range(128)} - {*b"abcdefghijklmnopqrstuvwxyz0123456789\n"})
"""What does not count in a name."""

SIZES = {2: 10**8, 5: 10**6, 8: 10**4, 13: 1}
"""How many numbers lie in an area, by the length of its code."""

VILLAGES = SIZES[8]
"""The numbers of all but villages are whole multiples of it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An area whose name a span may be."""

    at: int
    span: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Found:
    """An area that is meant, perhaps."""

    number: int
    letters: float
    """How many of the question's letters say so, typos and the like deducted."""
    words: int
    """Which of its words say so, one bit each."""
    said: bool
    """Whether its level was named before it; a village's goes without saying."""
    name: str

    @property
    def rank(self) -> tuple[object, ...]:
        return -self.letters, not self.said, -len(self.name), -_length(self.number), self.number


class Atlas:
    """Every area by its name, in memory (about 6 MiB), for words that people type.

    An area is the number of its code, filled up with zeros: 33.07 is 3307000000. So the order of
    the numbers is the order of the codes, what lies in an area follows it, and what an area lies
    in is the same number rounded down. `at` is always a place in the list of numbers.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Of `33.07<tab>Kabupaten Wonosobo` and the like, in any order."""
        listed = sorted(lines)
        names = _plain(listed)
        self._numbers = array("q", (_number(line.partition("\t")[0]) for line in listed))
        self._names = _side_by_side(set(names))
        places = {name: place for place, name in enumerate(self._names)}
        self._named = array("I", map(places.__getitem__, names))
        self._bearers = array("I", sorted(range(len(names)), key=self._named.__getitem__))
        upper = (at for at, number in enumerate(self._numbers) if number % VILLAGES == 0)
        self._upper = _side_by_side({names[at] for at in upper})

    @classmethod
    def read(cls, db: Connection) -> "Atlas":
        """From one long text: a row of its own for each area takes three times as long."""
        line = AREA.c.code + "\t" + AREA.c.name
        return cls(
            (db.execute(select(func.aggregate_strings(line, "\n"))).scalar() or "").splitlines()
        )

    def search(self, words: str, within: str = "", most: int = 6) -> tuple[str, ...]:
        """Codes of the areas inside `within` that the words may mean, the likeliest first.

        The words may be a name with what it lies in, in any order, with typos or unfinished. What
        explains most of them comes first; then the level that was said ("kec. Garung"); then the
        lowest level.
        """
        return tuple(_code(it.number) for it in self._ranked(Question.heard(words), within)[:most])

    def _ranked(self, asked: Question, within: str) -> list[Found]:
        """Typos are looked for only where the words as they stand leave something unexplained."""
        found: dict[int, Found] = {}
        extent = self._extent(within)
        for look in (self._exact, self._nearby, self._anywhere):
            for hit in look(asked, extent):
                it = self._found(hit, asked)
                found[hit.at] = min(found.get(hit.at, it), it, key=lambda each: each.rank)
            if any(asked.is_explained(it.words, it.letters) for it in found.values()):
                break
        least = asked.least(max((it.letters for it in found.values()), default=0))
        return sorted((it for it in found.values() if it.letters >= least), key=lambda it: it.rank)

    def _exact(self, asked: Question, extent: range) -> Iterator[Hit]:
        for span in asked.spans:
            for at in self._bearing(span.name, extent):
                yield Hit(at, span, 1)

    def _nearby(self, asked: Question, extent: range) -> Iterator[Hit]:
        """Names that are like some of the words, in places that other words name."""
        for place in self._places(asked, extent):
            inside = self._overlap(place.at, extent)
            names = self._names_in(inside)
            for span in asked.apart(place.span):
                yield from self._alike(span, names, inside)

    def _places(self, asked: Question, extent: range) -> list[Hit]:
        everywhere = range(len(self._numbers))
        hits = (
            hit
            for span in asked.spans
            if asked.apart(span)
            for hit in self._alike(span, self._upper, everywhere)
            if self._overlap(hit.at, extent)
        )
        return nsmallest(PLACES, hits, key=lambda hit: -hit.likeness * hit.span.letters)

    def _anywhere(self, asked: Question, extent: range) -> Iterator[Hit]:
        """Names that are like all of the words together."""
        whole = [span for span in asked.spans if span.letters == asked.letters]
        whole.sort(key=lambda span: len(span.name))
        stray = STRAY if len(extent) == len(self._numbers) else STRAY_NEARBY
        for span in dict.fromkeys((*whole[:1], *whole[-1:])):  # "Baru", and "Kampung Baru"
            yield from self._alike(span, self._names_in(extent), extent, stray)

    def _alike(
        self, span: Span, names: list[str], extent: range, stray: int = STRAY_NEARBY
    ) -> Iterator[Hit]:
        for name in _near(span.name, names, stray):
            likeness = _likeness(span.name, name)
            for at in self._bearing(name, extent):
                yield Hit(at, span, likeness)

    def _found(self, hit: Hit, asked: Question) -> Found:
        number, span = self._numbers[hit.at], hit.span
        said = span.kind == _kind(number) != "village"
        letters, words = _worth(span, number, hit.likeness), span.words
        if span.letters < asked.letters:
            letters, words = self._context(number, asked.apart(span), letters, words)
        return Found(number, letters, words, said, span.name)

    def _context(
        self, number: int, rest: Sequence[Span], letters: float, words: int
    ) -> tuple[float, int]:
        """What the words beside a name say about where it lies: each word once, each place once."""
        said = [
            (_worth(span, above, likeness), above, span)
            for above, name in self._line(number)
            for span in rest
            if (likeness := _likeness(span.name, name))
        ]
        places = set[int]()
        for worth, above, span in sorted(said, key=lambda each: each[0], reverse=True):
            if above not in places and not words & span.words:
                letters, words = letters + worth, words | span.words
                places.add(above)
        return letters, words

    def _line(self, number: int) -> Iterator[tuple[int, str]]:
        """What an area lies in, the nearest first, with its name."""
        for above in _above(number):
            yield above, self._names[self._named[bisect_left(self._numbers, above)]]

    def _bearing(self, name: str, extent: range) -> Iterator[int]:
        """Where in this extent an area bears exactly this name."""
        place = bisect_left(self._names, name)
        if place == len(self._names) or self._names[place] != name:
            return
        first = bisect_left(self._bearers, place, key=self._named.__getitem__)
        end = bisect_left(self._bearers, place + 1, key=self._named.__getitem__)
        yield from (at for at in self._bearers[first:end] if at in extent)

    def _names_in(self, extent: range) -> list[str]:
        if len(extent) == len(self._numbers):
            return self._names
        return [self._names[one] for one in sorted(set(self._named[extent.start : extent.stop]))]

    def _extent(self, within: str) -> range:
        """Where what lies inside a code stands."""
        if not within:
            return range(len(self._numbers))
        return self._inside(_number(within)) if level_of(within) else range(0)

    def _inside(self, number: int) -> range:
        end = bisect_left(self._numbers, number + SIZES[_length(number)])
        return range(bisect_left(self._numbers, number + 1), end)

    def _overlap(self, at: int, extent: range) -> range:
        inside = self._inside(self._numbers[at])
        return range(max(inside.start, extent.start), min(inside.stop, extent.stop))


def _plain(lines: Sequence[str]) -> list[str]:
    """The names as `fold` would have them, without spaces; all at once takes half the time."""
    if not lines:
        return []
    named = (TITLED.sub("", it) if "\t" in it[:6] else it.partition("\t")[2] for it in lines)
    text = unicodedata.normalize("NFKD", "\n".join(named)).lower()
    text = NUMBER.sub(lambda found: ROMAN[found[0]], text)
    return text.encode("ascii", "ignore").translate(None, OTHERS).decode().split("\n")


def _side_by_side(names: set[str]) -> list[str]:
    """In order, and one after another in memory: passing through them takes a third of the time."""
    return "\n".join(sorted(names)).split("\n")


def _near(typed: str, names: list[str], stray: int) -> Iterator[str]:
    """Of these names, which are in order: those that begin so, or have a few letters wrong."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(typed) >= BEGINNING:
        begun = names[bisect_left(names, typed) : bisect_left(names, typed + "{")]
        yield from nsmallest(UNFINISHED_NAMES, begun, key=len)
    if few := len(typed) // stray:
        wrong = OSA.distance
        for name, _, _ in process.extract(typed, names, scorer=wrong, score_cutoff=few, limit=None):
            yield name


def _likeness(typed: str, name: str) -> float:
    if typed == name:
        return 1
    longer, few = max(len(typed), len(name)), len(typed) // STRAY_NEARBY
    if len(typed) >= BEGINNING and name.startswith(typed):
        return UNFINISHED + (1 - UNFINISHED) * len(typed) / longer
    if longer - min(len(typed), len(name)) > few:
        return 0
    from rapidfuzz.distance import OSA

    wrong = OSA.distance(typed, name, score_cutoff=few)
    return 1 - wrong / longer if wrong <= few else 0


def _worth(span: Span, number: int, likeness: float) -> float:
    fits = not span.kind or span.kind == _kind(number)
    return span.letters * likeness * (1 if fits else OF_ANOTHER_KIND)


def _kind(number: int) -> str:
    """The kind in `KINDS`; the second part of a city's code begins with 7."""
    level = LEVELS[_length(number)]
    if level != "regency":
        return level
    return "kota" if number // 10**7 % 10 == 7 else "kabupaten"


def _above(number: int) -> list[int]:
    """What an area lies in, the nearest first."""
    return [number - number % size for size in reversed(SIZES.values()) if number % size]


def _number(code: str) -> int:
    return int(code.replace(".", "").ljust(10, "0"))


def _code(number: int) -> str:
    digits = str(number)
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"[: _length(number)]


def _length(number: int) -> int:
    """Of its code, which tells the level."""
    return next(length for length, size in SIZES.items() if number % size == 0)
