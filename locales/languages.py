"""The languages people can choose, from `languages.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from flows.errors import BadCatalog
from flows.library import Language


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
        return tuple(_language(table) for table in tomllib.loads(text)["language"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadCatalog(
            [f"languages.toml: {error}: compare with the language above it"]
        ) from error


def _language(table: dict[str, object]) -> Catalogued:
    names = ("code", "name", "invitation", "reviewed")
    language = Language(*(table[name] for name in names))  # type: ignore[arg-type]
    complete = table["complete"]
    if complete not in ("nothing", "core", "all"):
        raise TypeError(f"complete = {complete!r}: expected nothing, core or all")
    return Catalogued(language, table["register"], complete)  # type: ignore[arg-type]
