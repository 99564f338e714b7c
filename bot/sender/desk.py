"""All that slots need of the database: outcomes go in and work comes out, in one transaction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.clock import SLEEPS, WAKES
from bot.runner import Runner
from bot.sender.letters import Letters, Unsaid
from bot.sender.speaker import Ready
from storage.outbox import Claimed, Done

LEASE = 60
"""Seconds after which what somebody claimed and did not record is anybody's again."""

ANY_TIME = 0
"""The zone of what makes no sound."""
ZONES = (7, 8, 9)

HOUR = 3600
LONGEST_PAUSE = 3600.0
"""Seconds of a pause that are believed: a clock that was set back would make it a day."""


@dataclass(frozen=True, slots=True)
class Work:
    """A delivery, and what it says."""

    claimed: Claimed
    ready: Ready


@dataclass(frozen=True, slots=True)
class Handed:
    """What the database answers: work, and the seconds that are left of a pause."""

    work: tuple[Work, ...]
    pause: float


class Desk:
    """One sender's: everything that it claims bears its number."""

    def __init__(self, runner: Runner) -> None:
        self._runner, self._letters = runner, Letters(runner)
        self._outbox = runner.rows.outbox
        self.clock = runner.clock
        self._claim = runner.clock.new_id()

    async def hand(self, done: Sequence[Done], most: int, pause: float = 0) -> Handed:
        """Record outcomes, and take at most so much new work; a new pause is for all senders."""
        return await self._runner.database.perform(self._hand, tuple(done), most, pause)

    async def leave(self, done: Sequence[Done]) -> None:
        """Record the last outcomes, and give everything else back."""
        await self._runner.database.perform(self._leave, tuple(done))

    def _hand(self, done: Sequence[Done], most: int, pause: float) -> Handed:
        now = self.clock.now()
        with self._runner.database.turn() as db:
            if pause:
                self._outbox.pause(db, now + math.ceil(pause))
            if done:
                self._outbox.record(db, self._claim, done)
            paused = min(max(0.0, self._outbox.paused_until(db) - now), LONGEST_PAUSE)
            return Handed(self._take(db, now, most) if most and not paused else (), paused)

    def _take(self, db: Connection, now: int, most: int) -> tuple[Work, ...]:
        zones = (ANY_TIME, *ZONES) if self._runner.service.rehearsal else awake(now)
        claimed = self._outbox.claim(db, self._claim, zones, now, now + LEASE, most)
        letters = self._letters.all(db, claimed)
        both = list(zip(claimed, letters, strict=True))
        unsaid = [_unsaid(it, why) for it, why in both if not isinstance(why, Ready)]
        if unsaid:
            self._outbox.record(db, self._claim, unsaid)
        return tuple(Work(it, ready) for it, ready in both if isinstance(ready, Ready))

    def _leave(self, done: Sequence[Done]) -> None:
        with self._runner.database.turn() as db:
            if done:
                self._outbox.record(db, self._claim, done)
            self._outbox.release(db, self._claim, self.clock.now())


def awake(now: int) -> tuple[int, ...]:
    """Zones in which it is day, and the one that never sleeps."""
    return (ANY_TIME, *(z for z in ZONES if WAKES <= (now // HOUR + z) % 24 < SLEEPS))


def _unsaid(claimed: Claimed, why: Unsaid) -> Done:
    """Its notice was stopped a moment ago; or nothing of it could be put into words."""
    if claimed.task != "send":
        return Done(claimed.id, "sent", "left", "text")
    if why == "over":
        return Done(claimed.id, "cancelled", "")
    return Done(claimed.id, "refused", "", "text")
