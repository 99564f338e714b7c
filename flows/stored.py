"""States and persons to JSON and back, and what has been renamed since they were stored.

A conversation lasts for months, a program for weeks: what an older release stored must open.
The rules: a place name is never reused; a field is only added, with a default; a rename is one
line in `RENAMED`. Samples of every release stand in `tests/flows/stored/` and must all open.
"""

from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from flows.engine import State
from flows.errors import Gone
from flows.person import Person
from flows.text import Month

Json = dict[str, Any]

RENAMED: dict[str, str] = {
    "documents.adult": "plan.adult",
    "documents.destination": "plan.destination",
    "documents.which": "plan.which",
    "documents.work": "plan.work",
    "documents.route": "plan.route",
    "documents.marital": "plan.marital",
    "documents.children": "plan.children",
    "documents.no-list": "plan.no-list",
    "documents.under-age": "plan.under-age",
    "documents.other-country": "plan.other-country",
    "documents.apprenticeship": "plan.apprenticeship",
}
"""Old place name to present place name, oldest first; nothing is ever taken out."""


def dump_state(state: State) -> Json:
    return {"place": state.place, "with": _plain_fields(state)}


def load_state(stored: object) -> State:
    """The state, or `Gone` where no place of that name, or not with these fields, exists."""
    try:
        raw = cast(Json, stored)
        kind = State.places[_present_name(raw["place"])]
        if raw["with"].keys() - _types(kind).keys():
            raise Gone("a stored state has a field that the program does not know")
        return _built(kind, raw["with"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Gone("a stored state does not fit the program") from error


def dump_person(person: Person) -> Json:
    return _plain_fields(person)


def load_person(stored: Json) -> Person:
    """What the person told us; fields this release does not know are left out."""
    return _built(Person, stored)


def _present_name(place: str) -> str:
    while place in RENAMED:
        place = RENAMED[place]
    return place


def _plain_fields(value: Any) -> Json:
    """Only what differs from the default, so that stored rows stay short."""
    kept = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
    return {name: _plain(item) for name, item, default in kept if item != default}


def _plain(value: Any) -> Any:
    match value:
        case State():
            return dump_state(value)
        case Month():
            return str(value)
        case frozenset():
            return sorted(cast(frozenset[str], value))
        case tuple():
            return [_plain(item) for item in cast(tuple[Any, ...], value)]
        case _ if is_dataclass(value):
            return _plain_fields(value)
        case _:
            return value


def _built(kind: type[Any], stored: Json) -> Any:
    types = _types(kind)
    return kind(**{name: _value(types[name], raw) for name, raw in stored.items() if name in types})


def _value(kind: Any, raw: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        kind = next(option for option in get_args(kind) if option is not type(None))
        return None if raw is None else _value(kind, raw)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), raw)
    if get_origin(kind) is frozenset:
        return frozenset(raw)
    if kind is Month:
        return Month.parse(raw)
    if not is_dataclass(kind):
        return raw
    built = cast(type[Any], kind)
    return load_state(raw) if issubclass(built, State) else _built(built, raw)


def _tuple(kinds: tuple[Any, ...], raw: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_value(kinds[0], item) for item in raw)
    return tuple(_value(kind, item) for kind, item in zip(kinds, raw, strict=True))


@cache
def _types(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}
