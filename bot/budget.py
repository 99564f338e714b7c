"""How many messages a second may leave, and until when none: shared by all that one process says.

Replies go first: one takes its place at once, and what we say first waits so much longer.
"""

import asyncio
import time
from collections import deque

from aiolimiter import AsyncLimiter

RATE = 25
"""Messages a second, unless the operator says otherwise: Telegram gives a bot about thirty."""

SECOND, LONG_SECOND = 1.008, 1.04
"""Seconds in which not more than the rate leaves, because they may come closer on the way: the long
one above what Telegram gives for nothing, where it counts exactly and a wait costs hundreds.
"""

FREE = 30
"""Messages a second that Telegram takes of every bot."""

COLD = 0.06
"""Seconds that the first message after a rest is longer on its way: it needs a connection."""

BURST = 0.02
"""Share of the rate that may leave at once, so that a timer's millisecond slows nobody down."""

TICK = 0.004
"""Seconds between two looks at the limiter, at least: below a millisecond its own timer spins."""


class Budget:
    """One for each process. A pause is Telegram's own wish, so it holds for everybody in it."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        burst = max(2.0, rate * BURST)
        self._limiter = AsyncLimiter(burst, burst / rate)
        self._left: deque[float] = deque(maxlen=rate)
        self._second = SECOND if rate <= FREE else LONG_SECOND
        self._tick = max(TICK, 0.25 / rate)
        self._queue = asyncio.Lock()
        self._paused_until = 0.0

    async def take(self) -> None:
        """Wait for a place among what we say first: after replies, and after a pause."""
        async with self._queue:
            while True:
                while wait := self.paused():  # noqa: ASYNC110  (it waits for time alone)
                    await asyncio.sleep(wait)
                await self._its_place()
                if not self.paused():
                    break
            rested = not self._left or self.now() - self._left[-1] > self._second
            self._left.append(self.now() + (COLD if rested else 0))

    async def _its_place(self) -> None:
        while not self._limiter.has_capacity():  # noqa: ASYNC110
            await asyncio.sleep(self._tick)
        await self._limiter.acquire()
        while (wait := self._too_soon()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(max(wait, TICK))

    def reply(self) -> None:
        """Somebody is answered now, whoever else waits."""
        self._left.append(self.now())

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long; a pause that lasts longer already is not shortened."""
        self._paused_until = max(self._paused_until, self.now() + seconds)

    def paused(self) -> float:
        """Seconds that are left of a pause."""
        return max(0.0, self._paused_until - self.now())

    def _too_soon(self) -> float:
        """Seconds until one more is not one too many within any second."""
        if len(self._left) < self.rate:
            return 0.0
        return self._left[0] + self._second - self.now()

    @staticmethod
    def now() -> float:
        """By the clock that nobody sets; the loop's own stands still while it is at work."""
        return time.monotonic()
