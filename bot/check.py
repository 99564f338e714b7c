"""`check`: settings, content, catalogs and conversations; faults stop, warnings are listed."""

import sys
from collections.abc import Hashable, Iterator
from dataclasses import replace

from bot.clock import Clock
from bot.settings import Settings
from flows import engine
from flows.engine import Known
from flows.errors import Faulty
from flows.home import start
from flows.library import Library
from flows.person import Person
from flows.walk import each_item
from locales import check as catalogs
from locales.languages import load_languages
from storage.library import load_library, stale


def check(settings: Settings) -> int:
    """Print every fault and warning; 1 where there is a fault."""
    faults: list[str] = []
    warnings: list[str] = []
    for part in (_content, _catalogs):
        try:
            part(faults, warnings)
        except Faulty as error:
            faults.extend(error.faults)
    _tell("warning", warnings)
    _tell("fault", faults)
    if not faults:
        print("Everything is in order.")
    return 1 if faults else 0


def _content(faults: list[str], warnings: list[str]) -> None:
    library = load_library()
    warnings.extend(stale(library, Clock().today()))
    faults.extend(_dead_ends(library))


def _catalogs(faults: list[str], warnings: list[str]) -> None:
    faults.extend(catalogs.faults())


def _tell(kind: str, lines: list[str]) -> None:
    for line in lines:
        print(f"{kind}: {line}", file=sys.stderr)


def _dead_ends(library: Library) -> Iterator[str]:
    """Flows that name content which is not there: every choice is walked for each destination."""
    languages = tuple(known.language for known in load_languages())
    person = Person().speaking("id").made_welcome().of_age()
    known = Known(person, library, languages, Clock().today())
    met: set[Hashable] = set()
    for shown, choice, step in engine.explore(known, start(person), start, same=each_item):
        if each_item(step) in met:
            continue
        met.add(each_item(step))
        if engine.show(step.state, replace(known, person=step.person), start).remark:
            yield f"{shown.state.place}: {choice.id} leads to content that is not there: add it"
