"""All that somebody of a role can press or type, from the main menu on, with the rows they have."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache

from flows import rights
from flows.areas import level_of
from flows.engine import Known, Shown, State, Step, explore, show, take
from flows.home import start
from flows.screen import Choice
from tests.roles import Cast, X, Y

TYPED = ("Siti Aminah", "5 Desember")
"""What is typed at every place of an officer that hears words: a name, or a day."""

HEARD = "(heard)"
"""Stands for the choice where words or a file were heard and no button was pressed."""


@dataclass(frozen=True)
class Met:
    """A choice that somebody met: on which screen, where it leads, and what is seen there."""

    shown: Shown
    choice: str
    step: Step
    there: Shown


def walk(cast: Cast, name: str) -> tuple[Met, ...]:
    """All that somebody can press or type at the places of a village and of its officers."""
    with cast.runner.database.look() as db:
        known = cast.known(db, name)
        seen = cache(lambda state: show(state, known, start))
        return tuple(
            Met(shown, choice, step, seen(step.state)) for shown, choice, step in _walked(known)
        )


def _walked(known: Known) -> Iterator[tuple[Shown, str, Step]]:
    """From home by pressing, and from wherever words or a file lead by pressing again."""
    walked: set[State] = set()
    waiting = [start(known.person)]
    while waiting:
        first = waiting.pop()
        for shown, choice, step in explore(known, first, start, same=_new_to(walked)):
            yield shown, choice.id, step
            if shown.state not in walked:
                walked.add(shown.state)
                heard = [take(choice, known) for choice in _heard(shown, known)]
                yield from ((shown, HEARD, step) for step in heard)
                waiting.extend(step.state for step in heard if step.state not in walked)


def _new_to(walked: set[State]) -> Callable[[Step], Hashable]:
    """Each state near the villages once; what lies beside counts as one."""

    def same(step: Step) -> Hashable:
        return None if step.state in walked or not _is_near(step.state) else step.state

    return same


def _is_near(state: State) -> bool:
    area = str(getattr(state, "area", ""))
    near = level_of(area) != "village" or area in (X, Y)
    return near and state.place.partition(".")[0] in ("home", "officer", "village")


def _heard(shown: Shown, known: Known) -> Iterator[Choice]:
    """What an officer's place makes of words, and of a file."""
    state, screen = shown.state, shown.screen
    if rights.PLACES[state.place] == "worker":
        return
    words = (state.hear(words, known) for words in TYPED if screen.hint)
    file = state.hear_file(known) if screen.takes_file else None
    yield from (choice for choice in (*words, file) if choice)
