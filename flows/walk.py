"""A walk short enough for the real library: each place once for each item of content.

The complete walk grows with every combination of ticks. What a screen looks like depends on the
item it shows and on the answers, not on the other ticks; so those are left out of account.
"""

from collections.abc import Hashable
from dataclasses import fields

from flows.engine import State, Step
from flows.person import Case

LEFT_OUT = ("then", "year")
"""Where a side trip came from, and which of eleven years: as good as any other."""


def each_item(step: Step) -> Hashable:
    """The `same` of `explore` by which two steps count as one."""
    state, person = step.state, step.person
    own = tuple(_coarse(getattr(state, f.name)) for f in fields(state) if f.name not in LEFT_OUT)
    return state.place, own, person.welcomed, person.adult


def _coarse(value: object) -> Hashable:
    """Marital status decides only which lines a list has, so answered or not is enough."""
    match value:
        case Case():
            answered = bool(value.marital)
            return value.destination, value.work, value.route, answered, value.children
        case State():
            return value.place
        case _:
            assert isinstance(value, Hashable)
            return value
