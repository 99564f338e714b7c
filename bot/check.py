"""`check`: settings, content, catalogs and conversations; faults stop, warnings are listed."""

import re
import sys
from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import cast

from bot.clock import Clock
from bot.settings import Settings
from flows import engine
from flows.engine import Known, Shown, State
from flows.errors import Faulty
from flows.home import start
from flows.library import KINDS, Library
from flows.person import Person
from flows.screen import SourceLine
from flows.text import Text
from flows.topics import MENUS
from flows.walk import each_item, only_typed
from locales import check as catalogs
from locales.languages import load_languages
from storage.library import due, load_library, stale

STATEMENT = re.compile(rf"(?:{'|'.join(KINDS)})\.(?!.*\b(?:name|label|title|province)$)")
"""Contexts of whole statements of the content; names and labels state nothing by themselves."""


def check(settings: Settings, *, links: bool = False) -> int:
    """Print every fault and warning; 1 where there is a fault."""
    faults: list[str] = []
    warnings: list[str] = []
    for part in (_content, _catalogs, *((_links,) if links else ())):
        try:
            part(faults, warnings)
        except Faulty as error:
            faults.extend(error.faults)
    _tell("warning", list(dict.fromkeys(warnings)))
    _tell("fault", list(dict.fromkeys(faults)))
    if not faults:
        print("Everything is in order.")
    return 1 if faults else 0


def _content(faults: list[str], warnings: list[str]) -> None:
    library, today = load_library(), Clock().today()
    warnings.extend((*stale(library, today), *due(library, today)))
    faults.extend(dict.fromkeys(_walked(library)))


def _catalogs(faults: list[str], warnings: list[str]) -> None:
    faults.extend(catalogs.faults())


def _links(faults: list[str], warnings: list[str]) -> None:
    from bot.links import unanswered

    warnings.extend(unanswered(load_library().sources.values()))


def _tell(kind: str, lines: list[str]) -> None:
    for line in lines:
        print(f"{kind}: {line}", file=sys.stderr)


def _walked(library: Library) -> Iterator[str]:
    """Flows that name content which is not there, and screens that state without a source."""
    languages = tuple(known.language for known in load_languages())
    person = Person().speaking("id").made_welcome().of_age()
    known = Known(person, library, languages, Clock().today())
    met: set[Hashable] = set()
    for state in only_typed(library):
        yield from _unsourced(engine.show(state, known, start))
    yield from _missing_pages(library)
    for shown, choice, step in engine.explore(known, start(person), start, same=each_item):
        if each_item(step) in met:
            continue
        met.add(each_item(step))
        there = engine.show(step.state, replace(known, person=step.person), start)
        if there.remark:
            yield f"{shown.state.place}: {choice.id} leads to content that is not there: add it"
        yield from _unsourced(there)


def _missing_pages(library: Library) -> Iterator[str]:
    """Menus leave out what is not there, so that people find their way; here it is a fault."""
    for name, menu in MENUS.items():
        for code in menu.codes:
            if code not in library.pages:
                yield f"menu {name!r} leads to content that is not there: {code!r}: add it"


def _unsourced(shown: Shown) -> Iterator[str]:
    """Statements of the content on a screen that does not say where they were read, and when."""
    if any(isinstance(part, SourceLine) for part in shown.screen.parts):
        return
    for text in texts((shown.screen.title, shown.screen.parts)):
        if STATEMENT.match(text.context):
            yield f"{shown.state.place}: {text.context} is said without its source: add the line"


def texts(value: object) -> Iterator[Text]:
    """Every `Text` in a screen, also those inside others; not those of where choices lead."""
    match value:
        case Text():
            yield value
            for _, inner in value.values:
                yield from texts(inner)
        case tuple():
            for item in cast(tuple[object, ...], value):
                yield from texts(item)
        case State() | Person():
            return
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from texts(getattr(value, field.name))
        case _:
            return
