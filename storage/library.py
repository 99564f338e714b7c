"""The content files as one immutable `Library`, or every fault in them at once."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from flows.errors import BadContent
from flows.library import (
    FILES,
    KINDS,
    Advice,
    Contact,
    Destination,
    Document,
    Item,
    Library,
    Office,
    Route,
    Source,
    context_of,
)
from flows.text import Text, tc

STALE_DAYS = 365
"""Content not compared with its source for longer than this is named by `check`."""


def load_library() -> Library:
    """Read the files of this package; raises `BadContent` with every fault and its remedy."""
    return build_library({name: _read(name) for name in ("sources.toml", *FILES.values())})


def build_library(texts: Mapping[str, str]) -> Library:
    """The library in these files (`{"documents.toml": "..."}`)."""
    faults: list[str] = []
    named: dict[str, set[str]] = {}
    items = {
        kind: _items(texts[file], kind, type_, file, faults, named)
        for kind, type_, file in (
            ("source", Source, "sources.toml"),
            *((kind, type_, FILES[kind]) for kind, type_ in KINDS.items()),
        )
    }
    library = Library(
        cast(dict[str, Source], items["source"]),
        cast(dict[str, Destination], items["destination"]),
        cast(dict[str, Route], items["route"]),
        cast(dict[str, Office], items["office"]),
        cast(dict[str, Document], items["document"]),
        cast(dict[str, Advice], items["advice"]),
        cast(dict[str, Contact], items["contact"]),
    )
    faults.extend(_broken_references(library, named))
    if faults:
        raise BadContent(faults)
    return library


def stale(library: Library, today: date) -> Iterator[str]:
    """A warning for each item that nobody has compared with its source for a year."""
    for kind, item in _all_items(library):
        days = (today - item.checked_on).days
        if days > STALE_DAYS:
            yield (
                f"{FILES[kind]}: {item.code!r} was last checked {days} days ago:"
                " compare it with its source and set checked_on"
            )


def _read(name: str) -> str:
    try:
        return files("flows").joinpath("content", name).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BadContent([f"{name}: {error}. Restore the file from the repository."]) from error


def _items(
    text: str, kind: str, type_: type[Any], file: str, faults: list[str], named: dict[str, set[str]]
) -> dict[str, Any]:
    """The whole items by code; `named` gets every code in the file, those of faulty items too."""
    tables = _tables(text, kind, file, faults)
    if tables is None:
        return {}
    named[kind] = {str(table.get("code")) for table in tables}
    faults.extend(_doubles(tables, file))
    items = [_item(table, kind, type_, file, faults) for table in tables]
    return {item.code: item for item in items if item is not None}


def _tables(text: str, kind: str, file: str, faults: list[str]) -> list[dict[str, Any]] | None:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
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
        yield f"{here}: field {name!r} is not known: see flows/library.py for the fields"


@cache
def _types(type_: type[Any]) -> dict[str, Any]:
    return get_type_hints(type_)


def _value(kind: Any, raw: Any, where: tuple[str, str, str]) -> Any:
    """One TOML value as the field's type; TypeError or ValueError say what was expected."""
    options = [option for option in get_args(kind) if option is not type(None)]
    match get_origin(kind):
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
    return tc(context, " ".join(raw.split()))


def _all_items(library: Library) -> Iterator[tuple[str, Item]]:
    groups: tuple[tuple[str, Mapping[str, Item]], ...] = (
        ("destination", library.destinations), ("route", library.routes),
        ("office", library.offices), ("document", library.documents),
        ("advice", library.advice), ("contact", library.contacts),
    )  # fmt: skip
    for kind, items in groups:
        for item in items.values():
            yield kind, item


def _broken_references(library: Library, named: Mapping[str, set[str]]) -> Iterator[str]:
    """Codes that no item bears; of a file that cannot be read at all nothing is said twice."""
    for kind, item in _all_items(library):
        here = f"{FILES[kind]}: item {item.code!r}"
        for wanted, codes in _references(item):
            for code in codes:
                if wanted in named and code not in named[wanted]:
                    yield f"{here}: {wanted} {code!r} is not in {wanted}s.toml: add it there"
    for place in library.destinations.values():
        if {place.household, place.other} & {"closed", "never"} and place.reason is None:
            here = f"destinations.toml: item {place.code!r}"
            yield f"{here}: it is closed, so it needs a reason"


def _references(item: Item) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "source", item.sources
    match item:
        case Document():
            yield "office", (item.office,)
            yield "route", (*item.routes, *item.not_routes)
            yield "destination", item.destinations
        case Destination():
            yield "route", item.routes
        case _:
            pass
