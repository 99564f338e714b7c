"""The content files as one immutable `Library`, or every fault in them at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

import rtoml

from flows.dates import MONTHS_FRESH, MONTHS_REACHED, is_old
from flows.errors import BadContent
from flows.items import Contact, Fact, Item
from flows.library import FILES, KINDS, Library, context_of
from flows.text import Text
from storage.rules import all_items, broken_references, contradictions

STALE_DAYS = 365
"""Content not compared with its source for longer than this is named by `check`."""


def load_library() -> Library:
    """Read the files of this package; raises `BadContent` with every fault and its remedy."""
    return build_library({name: _read(name) for name in FILES.values()})


def build_library(texts: Mapping[str, str]) -> Library:
    """The library in these files (`{"documents.toml": "..."}`)."""
    faults: list[str] = []
    named: dict[str, set[str]] = {}
    items = {
        FILES[kind].removesuffix(".toml"): _items(texts[FILES[kind]], kind, type_, faults, named)
        for kind, type_ in KINDS.items()
    }
    library = Library(**cast(dict[str, Any], items))
    faults.extend(broken_references(library, named))
    faults.extend(contradictions(library))
    if faults:
        raise BadContent(faults)
    return library


def stale(library: Library, today: date) -> Iterator[str]:
    """A warning for each item that nobody has compared with its source for a year."""
    for kind, item in all_items(library):
        days = (today - item.checked_on).days
        if days > STALE_DAYS:
            yield (
                f"{FILES[kind]}: {item.code!r} was last checked {days} days ago:"
                " compare it with its source and set checked_on"
            )


def due(library: Library, today: date) -> Iterator[str]:
    """A warning for each fact and number that was last so, or last seen, too long ago."""
    for kind, item in all_items(library):
        match item:
            case Fact(as_of=as_of, lasting=False) if is_old(as_of, MONTHS_FRESH, today):
                yield _due(kind, item, as_of)
            case Contact(as_of=as_of) if is_old(as_of, MONTHS_REACHED, today):
                yield _due(kind, item, as_of)
            case _:
                pass


def _due(kind: str, item: Item, as_of: str) -> str:
    when = f"is of {as_of}" if as_of else "has no date"
    return f"{FILES[kind]}: {item.code!r} {when}, and people are told so: look for newer"


def _read(name: str) -> str:
    try:
        return files("flows").joinpath("content", name).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BadContent([f"{name}: {error}. Restore the file from the repository."]) from error


def _items(
    text: str, kind: str, type_: type[Any], faults: list[str], named: dict[str, set[str]]
) -> dict[str, Any]:
    """The whole items by code; `named` gets every code in the file, those of faulty items too."""
    file = FILES[kind]
    tables = _tables(text, kind, file, faults)
    if tables is None:
        return {}
    named[kind] = {str(table.get("code")) for table in tables}
    faults.extend(_doubles(tables, file))
    items = [_item(table, kind, type_, file, faults) for table in tables]
    return {item.code: item for item in items if item is not None}


def _tables(text: str, kind: str, file: str, faults: list[str]) -> list[dict[str, Any]] | None:
    try:
        content: dict[str, Any] = rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        faults.append(f"{file}: not valid TOML: {error}")
        return None
    for word in content.keys() - {kind}:
        faults.append(f"{file}: {word!r} is not known here: begin each item with [[{kind}]]")
    tables: Any = content.get(kind)
    if isinstance(tables, list) and all(isinstance(t, dict) for t in cast(list[Any], tables)):
        return cast(list[dict[str, Any]], tables)
    faults.append(f"{file}: no [[{kind}]] in it: begin each item with two square brackets")
    return None


def _doubles(tables: list[dict[str, Any]], file: str) -> Iterator[str]:
    counted = Counter(str(table.get("code")) for table in tables)
    for code, times in counted.items():
        if times > 1:
            yield f"{file}: item {code!r} stands there {times} times: give each a code of its own"


def _item(
    table: dict[str, Any], kind: str, type_: type[Any], file: str, faults: list[str]
) -> Any | None:
    code = table.get("code", "?")
    here = f"{file}: item {code!r}"
    wrong = [*_missing(table, type_, here), *_unknown(table, type_, here)]
    values: dict[str, Any] = {}
    for name, raw in table.items():
        try:
            values[name] = _value(_types(type_).get(name), raw, (kind, str(code), name))
        except (TypeError, ValueError) as error:
            wrong.append(f"{here}: field {name!r}: {error}")
    faults.extend(wrong)
    return None if wrong else type_(**values)


def _missing(table: dict[str, Any], type_: type[Any], here: str) -> Iterator[str]:
    for field in fields(type_):
        if field.default is MISSING and table.get(field.name) in (None, []):
            yield f"{here}: field {field.name!r} is missing or empty: write it"


def _unknown(table: dict[str, Any], type_: type[Any], here: str) -> Iterator[str]:
    for name in table.keys() - _types(type_).keys():
        yield f"{here}: field {name!r} is not known: see flows/items.py for the fields"


@cache
def _types(type_: type[Any]) -> dict[str, Any]:
    return get_type_hints(type_)


def _value(kind: Any, raw: Any, where: tuple[str, str, str]) -> Any:
    """One TOML value as the field's type; TypeError or ValueError say what was expected."""
    origin, options = _shape(kind)
    match origin:
        case origin if origin is tuple:
            return _tuple(options[0], raw, where)
        case origin if origin is Literal:
            if raw not in options:
                raise ValueError(f"{raw!r} is none of {', '.join(map(repr, options))}")
            return raw
        case None:
            return _plain(kind, raw, context_of(*where, many=False))
        case _:
            return _value(options[0], raw, where)


@cache
def _shape(kind: Any) -> tuple[Any, list[Any]]:
    """What a type is made of; looked up once, because six thousand values are read at start."""
    return get_origin(kind), [option for option in get_args(kind) if option is not type(None)]


def _tuple(kind: Any, raw: Any, where: tuple[str, str, str]) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TypeError("write a list, in square brackets")
    if kind is Text:
        context = context_of(*where, many=True)
        return tuple(_plain(Text, item, context) for item in cast(list[Any], raw))
    return tuple(_value(kind, item, where) for item in cast(list[Any], raw))


def _plain(kind: Any, raw: Any, context: str) -> Any:
    if kind is Text:
        return _text(raw, context)
    if kind is not None and (type(raw) is not kind or raw == ""):
        raise TypeError(f"expected {kind.__name__}, found {raw!r}")
    return raw


def _text(raw: Any, context: str) -> Text:
    if not isinstance(raw, str) or not raw.strip():
        raise TypeError("write a sentence in quotation marks")
    if "{" in raw or "}" in raw or "<" in raw:
        raise ValueError("a sentence holds no {, } or <: write it in plain words")
    return Text(" ".join(raw.split()), context)
