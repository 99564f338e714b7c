"""A walk short enough for the real library: each place once for each item of content.

The complete walk grows with every combination of ticks. What a screen looks like depends on the
item it shows and on the answers, not on the other ticks; so those are left out of account.
"""

from collections.abc import Hashable
from dataclasses import fields

from flows.destinations import Destinations
from flows.emergency import AskEmergency
from flows.engine import State, Step
from flows.home import Home
from flows.library import Library
from flows.naming import Which
from flows.offer.told import Told
from flows.person import Case
from flows.plan.questions import AskWhich

LEFT_OUT = ("then", "under", "asking", "year")
"""Where a side trip or a page came from, and which of eleven years: as good as any other."""


def only_typed(library: Library) -> tuple[State, ...]:
    """States that no button leads to, only words: nearly right names, and what may be a call."""
    codes = tuple(library.destinations)[:3]
    return AskWhich(Case(), codes), Which(Destinations(), codes), AskEmergency(Home())


def each_item(step: Step) -> Hashable:
    """The `same` of `explore` by which two steps count as one."""
    state, person = step.state, step.person
    here = state.place.partition(".")[0]
    own = tuple(_coarse(getattr(state, f.name), here) for f in fields(state)
                if f.name not in LEFT_OUT)  # fmt: skip
    return state.place, own, person.welcomed, person.adult


def _coarse(value: object, here: str) -> Hashable:
    """Of a case what the screens of this part look at; of what was told of an offer, the last."""
    match value:
        case Case() if here == "procedure":
            return value.route, bool(value.destination)
        case Case():  # marital status decides only which lines a list has, so answered or not
            answered = bool(value.marital)
            return value.destination, value.work, value.route, answered, value.children
        case Told():
            return value.signs[-1:], len(value.signs) > 1, bool(value.unsure)
        case State():
            return value.place
        case _:
            assert isinstance(value, Hashable)
            return value
