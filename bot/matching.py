"""Which content items typed words name: exactly, by another name, or with a typo."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import assert_never

from flows.library import Library
from flows.queries import Alike, Named
from flows.text import Text
from flows.words import fold
from locales.catalogs import Catalogs

CLOSE = 0.78
"""How alike a word must be to be asked about: `taiwn` yes, `china` no."""

MOST = 4
"""Names that are asked about at once."""


def named(query: Named, library: Library, catalogs: Catalogs, language: str) -> tuple[str, ...]:
    """The code of the item that bears this very name, in either language, or another of its own."""
    code = dict(_names(query, library, catalogs, language)).get(fold(query.words))
    return (code,) if code else ()


def alike(query: Alike, library: Library, catalogs: Catalogs, language: str) -> tuple[str, ...]:
    """Codes of the items whose names these words hold or nearly are, the likeliest first."""
    words, names = fold(query.words), dict(_names(query, library, catalogs, language))
    held = [name for name in names if len(name) > 3 and f" {name} " in f" {words} "]
    close = get_close_matches(words, names, n=3, cutoff=CLOSE)
    longest_first = sorted(held, key=len, reverse=True)
    return tuple(dict.fromkeys(names[name] for name in (*longest_first, *close)))[:MOST]


def _names(
    query: Named | Alike, library: Library, catalogs: Catalogs, language: str
) -> Iterator[tuple[str, str]]:
    """Every folded word for every item, with the item's code."""
    for code, text in _said(query, library).items():
        yield _folded(code), code
        for reader in ("id", language):
            yield catalogs.folded(text, reader), code
    if query.kind == "destination":
        for place in library.destinations.values():
            yield from ((_folded(alias), place.code) for alias in place.aliases)


@lru_cache(maxsize=1024)
def _folded(content: str) -> str:
    """Words of the content, never of a person, so that they may be kept."""
    return fold(content)


def _said(query: Named | Alike, library: Library) -> dict[str, Text]:
    match query.kind:
        case "document":
            return {code: document.label for code, document in library.documents.items()}
        case "destination":
            return {code: place.name for code, place in library.destinations.items()}
        case _:
            assert_never(query.kind)
