"""What the content files may not say: names nobody bears, contradictions, and too certain words."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, cast

from flows.areas import level_of
from flows.items import (
    Advice,
    Clause,
    Contact,
    Destination,
    Document,
    Fact,
    Item,
    Sign,
    Stage,
)
from flows.library import FILES, Library
from flows.text import Text

UNVERIFIED = "umum"
"""The source of what everybody knows and nobody has compared: it must be worded with care."""

CAREFUL = re.compile(r"\b(biasanya|sekitar|tanya(?:kan|lah)?|belum|mungkin|saran)\b", re.IGNORECASE)
"""The words of care that `flows/content/README.md` asks for; one of them is enough."""

DATED = re.compile(r"20\d\d(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?")
"""A date as precisely as its source gives it."""

YEAR = re.compile(r"20\d\d")
"""What people are told of a village is a year, even where the source has the day."""


def all_items(library: Library) -> Iterator[tuple[str, Item]]:
    for kind, file in FILES.items():
        items: Mapping[str, Item] = getattr(library, file.removesuffix(".toml"))
        if kind != "source":
            yield from ((kind, item) for item in items.values())


def broken_references(library: Library, named: Mapping[str, set[str]]) -> Iterator[str]:
    """Codes that no item bears; of a file that cannot be read at all nothing is said twice."""
    for kind, item in all_items(library):
        here = f"{FILES[kind]}: item {item.code!r}"
        for wanted, codes in _references(item):
            for code in codes:
                if wanted in named and code not in named[wanted]:
                    yield f"{here}: {wanted} {code!r} is not in {FILES[wanted]}: add it there"


def _references(item: Item) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "source", item.sources
    match item:
        case Document():
            yield "office", (item.office,)
            yield "route", (*item.routes, *item.not_routes)
            yield "destination", item.destinations
        case Stage():
            yield "route", (*item.routes, *item.not_routes)
            yield "document", item.documents
        case Clause():
            yield "route", (*item.routes, *item.not_routes)
        case Destination():
            yield "route", item.routes
        case Fact():
            yield "destination", (item.destination,)
        case Sign():
            yield "destination", item.destinations
        case Contact():
            yield "destination", (item.destination,) if item.destination else ()
        case Advice():
            yield "contact", item.contacts
        case _:
            pass


def contradictions(library: Library) -> Iterator[str]:
    """What the files may not say of each other."""
    for place in library.destinations.values():
        if {place.household, place.other} & {"closed", "never"} and place.reason is None:
            yield f"destinations.toml: item {place.code!r}: it is closed, so it needs a reason"
    for sign in library.signs.values():
        yield from _of_countries(sign, library)
    yield from _too_certain(library)
    yield from _undated(library)
    yield from _villages(library)
    for wanted, abroad in (("at home", False), ("abroad", True)):
        there = [c.abroad for c in library.contacts.values() if c.emergency]
        if library.contacts and abroad not in there:
            yield f"contacts.toml: nobody to call in an emergency {wanted}: set emergency = true"
    pages = Counter(item.code for _, item in all_items(library) if isinstance(item, Advice))
    for code in (code for code, times in pages.items() if times > 1):
        yield f"item {code!r} stands in two files of pages: entries name pages, so rename one"
    for kind, item in all_items(library):
        if isinstance(item, Advice) and (item.heading is None) != (not item.lines):
            yield f"{FILES[kind]}: item {item.code!r}: write both heading and lines, or neither"


def _too_certain(library: Library) -> Iterator[str]:
    """Items that rest on common knowledge and say so nowhere in their text."""
    for kind, item in all_items(library):
        if UNVERIFIED not in item.sources:
            continue
        if not CAREFUL.search(" ".join(text.msgid for text in _texts(item))):
            yield (
                f"{FILES[kind]}: item {item.code!r} rests on {UNVERIFIED!r}:"
                " word it with care (biasanya, sekitar, tanyakan, belum)"
            )


def _undated(library: Library) -> Iterator[str]:
    """Facts and lines of help whose date nobody could compare with today."""
    for kind, item in all_items(library):
        as_of = item.as_of if isinstance(item, Fact | Contact) else "2026"
        if as_of and not DATED.fullmatch(as_of):
            here = f"{FILES[kind]}: item {item.code!r}"
            yield f"{here}: as_of {as_of!r}: write 2026, 2026-11 or 2026-11-22"


def _villages(library: Library) -> Iterator[str]:
    """Villages that no area code tells apart, and years that cannot be said."""
    areas = Counter(village.area for village in library.villages.values())
    for village in library.villages.values():
        here = f"villages.toml: item {village.code!r}"
        if level_of(village.area) != "village":
            yield f"{here}: area {village.area!r} is no code of a village: write 33.07.10.2004"
        if areas[village.area] > 1:
            yield f"{here}: area {village.area!r} stands in two items: keep one with all sources"
        if village.since and not YEAR.fullmatch(village.since):
            yield f"{here}: since {village.since!r}: write a year, 2017"
        if village.is_desmigratif and not village.since:
            yield f"{here}: it is {village.standing!r}, so it needs the year: write since"


def _texts(item: Item) -> Iterator[Text]:
    for field in fields(item):
        value = getattr(item, field.name)
        found = cast(tuple[Any, ...], value if isinstance(value, tuple) else (value,))
        yield from (text for text in found if isinstance(text, Text))


def _of_countries(sign: Sign, library: Library) -> Iterator[str]:
    """A sign of the country names just the destinations that stand so in their own file."""
    standing = {
        place.code
        for place in library.destinations.values()
        if sign.status and sign.status in (place.household, place.other)
    }
    if wrong := standing ^ set(sign.destinations):
        yield (
            f"signs.toml: item {sign.code!r}: its destinations and those that are {sign.status!r}"
            f" in destinations.toml differ in {', '.join(sorted(wrong))}: correct the wrong file"
        )
