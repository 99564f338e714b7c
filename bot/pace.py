"""How fast one person may go: a burst at once, then a step every few seconds."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

BURST = 100
"""Messages at once; nobody who reads sends as many."""

SECONDS_EACH = 1.0
"""Seconds after which one more is allowed: Telegram itself wants no more into one chat."""

CALM = 10
"""Steps gained back after which somebody who was told to slow down may be told again."""

PEOPLE = 10_000
"""Those remembered at once; the one who was silent longest is forgotten first."""

Allowed = Literal["go", "warn", "wait"]


class Pace:
    """Steps left for each person, in memory: a restart is generous, and no one is ever written."""

    def __init__(self) -> None:
        self._people: OrderedDict[int, _Left] = OrderedDict()

    def take(self, who: int, now: float) -> Allowed:
        """`warn` at the first message that is too many, `wait` at those after it."""
        before = self._people.pop(who, _Left(BURST, now, warned=False))
        passed = max(0.0, now - before.since)  # clocks are set back, too
        steps = min(BURST, before.steps + passed / SECONDS_EACH)
        go = steps >= 1
        told = before.warned and steps < CALM
        self._people[who] = _Left(steps - 1 if go else steps, now, warned=told or not go)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        if go:
            return "go"
        return "wait" if before.warned else "warn"


@dataclass(frozen=True, slots=True)
class _Left:
    """Steps left since then, and whether they have been told to slow down."""

    steps: float
    since: float
    warned: bool
