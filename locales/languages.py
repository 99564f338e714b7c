"""The languages people can choose, from `languages.toml`."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, cast

import rtoml

from flows.errors import BadCatalog
from flows.library import Language
from flows.words import fold


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A language with what its translators must know."""

    language: Language
    register: str
    complete: Literal["nothing", "core", "all"]


def load_languages() -> tuple[Catalogued, ...]:
    """Raises `BadCatalog` when the file does not say everything about every language."""
    text = files("locales").joinpath("languages.toml").read_text(encoding="utf-8")
    try:
        return tuple(_language(table) for table in rtoml.loads(text)["language"])
    except (rtoml.TomlParsingError, KeyError, TypeError) as error:
        raise BadCatalog(
            [f"languages.toml: {error}: compare with the language above it"]
        ) from error


def _language(table: dict[str, object]) -> Catalogued:
    names = ("code", "name", "invitation", "reviewed")
    calls, dangers = (_words(table, name) for name in ("calls", "dangers"))
    language = Language(*(table[name] for name in names), calls, dangers)  # type: ignore[arg-type]
    complete = table["complete"]
    if complete not in ("nothing", "core", "all"):
        raise TypeError(f"complete = {complete!r}: expected nothing, core or all")
    return Catalogued(language, table["register"], complete)  # type: ignore[arg-type]


def _words(table: dict[str, object], name: str) -> tuple[str, ...]:
    """The words by which people of this language call for help; at least one."""
    words = table[name]
    if not isinstance(words, list):
        raise TypeError(f"{name} of {table['code']!r}: write a list of words in square brackets")
    found = tuple(word for word in cast(list[object], words) if isinstance(word, str))
    if not found or len(found) != len(cast(list[object], words)) or not all(map(fold, found)):
        raise TypeError(f"{name} of {table['code']!r}: write one word or more, each with letters")
    return found
