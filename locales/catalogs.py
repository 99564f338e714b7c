"""A `Text` and a language become a string: translation first, then the values in it.

A message that is missing, empty or fuzzy shows the present Indonesian: for instructions about
money and safety that is the right way to fail. Only `.po` files are kept; each is read when its
language is first spoken.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from flows.errors import BadCatalog
from flows.text import Month, Text, Value
from flows.words import fold

SOURCE = "id"
"""The language of the msgids; it has no catalog."""

Messages = dict[tuple[str, str], str]


class Catalogs:
    """All translations. `say` never fails: what a language cannot say is said in Indonesian."""

    def __init__(self, languages: dict[str, Messages] | None = None) -> None:
        self._languages: dict[str, Messages] = {SOURCE: {}, **(languages or {})}
        self._said: dict[tuple[str, Text], str] = {}
        self._folded: dict[tuple[str, Text], str] = {}

    def read(self, languages: Iterable[str]) -> None:
        """Read these catalogs now, so that no turn has to wait for one."""
        for language in languages:
            self._messages(language)

    def say(self, text: Text, language: str) -> str:
        if text.values:
            return self._filled(text, language)
        said = self._said.get((language, text))
        if said is None:
            said = self._said[language, text] = self._template(text, language)
        return said

    def folded(self, text: Text, language: str) -> str:
        """What is said, ready to be compared with typed words; kept like `say`."""
        if text.values:
            return fold(self.say(text, language))
        folded = self._folded.get((language, text))
        if folded is None:
            folded = self._folded[language, text] = fold(self.say(text, language))
        return folded

    def _filled(self, text: Text, language: str) -> str:
        values = {name: self._value(value, language) for name, value in text.values}
        if not text.msgid:
            return values[""]
        try:
            return self._template(text, language).format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError, TypeError):  # `check` refuses it
            return text.msgid.format_map(values)

    def _template(self, text: Text, language: str) -> str:
        return self._messages(language).get((text.context, text.msgid), text.msgid)

    def _messages(self, language: str) -> Messages:
        if language not in self._languages:
            self._languages[language] = read_messages(language)
        return self._languages[language]

    def _value(self, value: Value, language: str) -> str:
        match value:
            case Text():
                return self.say(value, language)
            case Month():
                return _written(date(value.year, value.month, 1), "MMMM y", _rules(language))
            case date():
                return _written(value, "d MMMM y", _rules(language))
            case int():
                return (
                    format_decimal(value, locale=_rules(language))
                    if abs(value) > 999
                    else str(value)
                )
            case str():
                return value


@lru_cache(maxsize=256)
def _written(day: date, form: str, rules: str) -> str:
    return format_date(day, form, rules)


def _rules(language: str) -> str:
    """Dates and numbers follow Indonesian in every language of Indonesia, known to CLDR or not."""
    return "en" if language == "en" else "id"


def catalog_file(language: str) -> Traversable:
    return files("locales").joinpath(language, "LC_MESSAGES", "messages.po")


def read_catalog(language: str) -> Catalog:
    """The whole catalog with comments and flags; raises `BadCatalog` when it cannot be read."""
    file = catalog_file(language)
    try:
        return read_po(BytesIO(file.read_bytes()), abort_invalid=True)
    except (PoFileError, OSError, ValueError, LookupError) as error:
        there = file.is_file()
        remedy = "Mend it in a text editor" if there else f"Run: python -m locales new {language}"
        raise BadCatalog([f"locales/{language}: {error}. {remedy}"]) from error


def read_messages(language: str) -> Messages:
    """What is shown to people: everything translated that is not fuzzy."""
    try:
        catalog = read_catalog(language)
    except BadCatalog:
        return {}
    return {(m.context or "", str(m.id)): str(m.string) for m in shown(catalog)}


def shown(catalog: Catalog) -> Iterator[Message]:
    return (m for m in catalog if m.id and m.string and not m.fuzzy)
