"""`check`: settings, content, catalogs and conversations; faults stop, warnings are listed."""

import sys
from collections.abc import Iterator

from bot.clock import Clock
from bot.settings import Settings
from flows import engine
from flows.engine import Known, State
from flows.errors import Faulty
from flows.home import start
from flows.library import Library
from flows.person import Case, Person
from locales import check as catalogs
from locales.languages import load_languages
from storage.library import load_library, stale


def check(settings: Settings) -> int:
    """Print every fault and warning; 1 where there is a fault."""
    faults: list[str] = list(catalogs.faults())
    warnings: list[str] = []
    try:
        library = load_library()
        warnings.extend(stale(library, Clock().today()))
        faults.extend(_dead_ends(library))
    except Faulty as error:
        faults.extend(error.faults)
    _tell("warning", warnings)
    _tell("fault", faults)
    if not faults:
        print("Everything is in order.")
    return 1 if faults else 0


def _tell(kind: str, lines: list[str]) -> None:
    for line in lines:
        print(f"{kind}: {line}", file=sys.stderr)


def _dead_ends(library: Library) -> Iterator[str]:
    """Flows that name content which is not there: every choice is walked for each destination."""
    languages = tuple(known.language for known in load_languages())
    person = Person().speaking("id").made_welcome().of_age()
    known = Known(person, library, languages, Clock().today())
    seen: set[str] = set()
    for shown, choice, step in engine.explore(known, start(person), start, same=_place_and_content):
        if engine.show(step.state, known, start).remark:
            line = f"{shown.state.place}: {choice.id} leads to content that is not there"
            if line not in seen:
                seen.add(line)
                yield line


def _place_and_content(step: engine.Step) -> object:
    """Each place once for each item of content, whatever else the person has said."""
    state: State = step.state
    case: Case | None = getattr(state, "case", None)
    return (state.place, state.page, getattr(state, "code", ""), getattr(state, "office", ""),
            case.destination if case else "", case.route if case else "")  # fmt: skip
