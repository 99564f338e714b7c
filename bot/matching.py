"""Which content items typed words name: exactly, by another name, or with a typo."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from flows.library import Library
from flows.queries import Named
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
) -> Iterable[tuple[str, str]]:
    said = {
        item.code: (item.label if query.kind == "document" else item.name)
        for item in _items(query, library).values()
    }  # fmt: skip
    for code, text in said.items():
        for reader in ("id", language):
            yield fold(catalogs.say(text, reader)), code
        yield fold(code), code
    if query.kind == "destination":
        for place in library.destinations.values():
            yield from ((fold(alias), place.code) for alias in place.aliases)


def _items(query: Named, library: Library) -> Mapping[str, object]:
    return library.documents if query.kind == "document" else library.destinations
