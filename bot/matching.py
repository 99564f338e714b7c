"""Which content items typed words name: exactly, by another name, or with a typo."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import assert_never

from flows.library import Library
from flows.queries import Named
from flows.text import Text
from flows.words import fold
from locales.catalogs import Catalogs

CLOSE = 0.78
"""How alike a word must be to count as a typo of a name: `taiwn` yes, `china` no."""


def named(query: Named, library: Library, catalogs: Catalogs, language: str) -> tuple[str, ...]:
    """Codes of the items meant, the likeliest first."""
    words = fold(query.words)
    names = dict(_names(query, library, catalogs, language))
    if words in names:
        return (names[words],)
    close = get_close_matches(words, names, n=3, cutoff=CLOSE)
    within = [name for name in names if len(name) > 3 and f" {name} " in f" {words} "]
    return tuple(dict.fromkeys(names[name] for name in (*within, *close)))


def _names(
    query: Named, library: Library, catalogs: Catalogs, language: str
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


def _said(query: Named, library: Library) -> dict[str, Text]:
    match query.kind:
        case "document":
            return {code: document.label for code, document in library.documents.items()}
        case "destination":
            return {code: place.name for code, place in library.destinations.items()}
        case _:
            assert_never(query.kind)
