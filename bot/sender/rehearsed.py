"""Invented outcomes for invented people, so that a report can be tried without anybody's phone."""

from itertools import count

from bot.outcomes import Failed, Outcome, Refused, Sent, Unreachable
from bot.sender.speaker import Ready

TROUBLED = 5
"""Of so many people one is in trouble, always the same."""

TROUBLES: tuple[Outcome, ...] = (
    Unreachable("blocked"),
    Unreachable("blocked"),
    Unreachable("deactivated"),
    Refused("not-found"),
    Failed("server"),
)
"""What it is that they are in, one after the other."""


class Rehearsed:
    """Speaks to nobody; `to` is the number of a person, and of the attempt: `482.1`."""

    def __init__(self) -> None:
        self._messages = count(1)

    async def say(self, to: str, ready: Ready) -> Outcome:
        person, _, attempt = to.partition(".")
        which, untroubled = divmod(int(person), TROUBLED)
        trouble = TROUBLES[which % len(TROUBLES)]
        if untroubled or (isinstance(trouble, Failed) and attempt != "1"):
            return Sent(next(self._messages))
        return trouble

    async def change(self, to: str, message: int, ready: Ready) -> Outcome:
        return Sent()

    async def take_away(self, to: str, message: int) -> Outcome:
        return Sent()
