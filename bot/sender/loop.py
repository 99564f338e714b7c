"""The sender: slots that say one thing each, and a clerk that writes down how it ended.

A slot takes the next thing only when the outcome of the last is on disk, so whatever kills this
process doubles at most one message for each slot. Outcomes are written in groups: a commit for each
message would be slower than Telegram.
"""

import asyncio
import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.budget import Budget
from bot.outcomes import Later, Outcome, Refused, Sent, Uncertain
from bot.sender.desk import Desk, Handed, Work
from bot.sender.planner import Planner
from bot.sender.settling import DELETABLE, GONE, given_back, settled
from bot.sender.speaker import Ready
from bot.sender.speakers import Speakers
from storage.outbox import Claimed, Done

log = logging.getLogger(__name__)

GROUP = 0.03
"""Seconds between two commits, so that one serves several slots."""

LOOK = 1.0
"""Seconds between two looks at an outbox in which nothing is due."""

FRESH = 2.0
"""Seconds from claiming something to saying it; older, and it is given back unsaid: it may have
been stopped, or somebody else may have it.
"""

AHEAD = 0.25
"""Seconds of work that wait in front of the slots."""

LATENCY = 0.3
"""Seconds that a call to Telegram takes from far away, for which there have to be slots."""

MOST_SLOTS = 200
PATIENCE = 8.0
"""Seconds that what is under way has to end when we are told to stop."""

SLOWEST = 5.0
"""Seconds between two attempts to reach a database that is away."""


def slots_for(rate: int) -> int:
    return min(MOST_SLOTS, max(2, math.ceil(rate * LATENCY)))


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work
    fresh_until: float


class Sender:
    """One for each process; `for_ever` until cancelled, or `once` until nothing is due."""

    def __init__(self, desk: Desk, planner: Planner, speakers: Speakers, budget: Budget) -> None:
        self._desk, self._planner, self._speakers = desk, planner, speakers
        self._budget = budget
        self.slots = slots_for(budget.rate)
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._unsaid = 0
        """Claimed, and still in the queue or waiting for a place."""
        self._ours: set[int] = set()
        """Deliveries that wait in the queue or are under way, none of them twice."""
        self._under_way: dict[int, Claimed] = {}
        """Perhaps said, and not on disk."""
        self._done: list[tuple[Done, asyncio.Future[None]]] = []
        self._news, self._still = asyncio.Event(), asyncio.Event()
        self._still.set()
        self._pen = asyncio.Lock()
        self._flood = 0.0
        """Seconds that Telegram asked for, and that other processes have not heard of yet."""
        self._ending = False

    async def for_ever(self) -> None:
        """Until cancelled; then what is under way ends, and everything else is given back."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._planner.for_ever())
            group.create_task(self._keep_books())
            for _ in range(self.slots):
                group.create_task(self._speak())
            try:
                await asyncio.Event().wait()
            finally:
                await self._wind_up()

    async def once(self) -> int:
        """Plan and say all that is due now, one after the other; returns how many they were."""
        count, before = 0, -1
        while count > before:  # what was said may be what a notice waited for
            before = count
            await self._planner.step()
            count += await self._say_all()
        return count

    async def _say_all(self) -> int:
        count, done = 0, list[Done]()
        while (handed := await self._desk.hand(done, self._ahead)).work:
            done = [await self._say(work) for work in handed.work]
            count += len(done)
        return count

    @property
    def _ahead(self) -> int:
        return max(1, int(self._budget.rate * AHEAD))

    async def _speak(self) -> None:
        """One slot."""
        while True:
            job = await self._jobs.get()
            await self._budget.take()
            self._unsaid -= 1
            if self._ending:
                continue
            await self._on_disk(await self._result(job))

    async def _result(self, job: _Job) -> Done:
        claimed = job.work.claimed
        if self._budget.now() > job.fresh_until:
            return given_back(claimed, self._desk.clock.now())
        self._under_way[claimed.id] = claimed
        self._still.clear()
        return await self._say(job.work)

    async def _on_disk(self, done: Done) -> None:
        """Hand an outcome in, and wait until nothing can undo it."""
        written = asyncio.get_running_loop().create_future()
        self._done.append((done, written))
        self._news.set()
        await written

    async def _say(self, work: Work) -> Done:
        claimed = work.claimed
        try:
            outcome, deleted = await self._outcome(claimed, work.ready)
        except Exception as error:  # a fault of ours: nobody knows how far it came
            log.error("a message failed: error=%s", type(error).__name__)
            outcome, deleted = Uncertain(), False
        if isinstance(outcome, Later):
            self._budget.pause(outcome.seconds)
            self._flood = max(self._flood, outcome.seconds)
        if outcome == Refused("text"):
            log.error("Telegram refused a letter: kind=%s task=%s", claimed.kind, claimed.task)
        if deleted:
            return Done(claimed.id, "sent", "deleted")
        return settled(claimed, outcome, self._desk.clock.now())

    async def _outcome(self, claimed: Claimed, ready: Ready) -> tuple[Outcome, bool]:
        """How it ended, and whether the message is gone from the person's phone."""
        reached = self._speakers.reach(claimed)
        if reached is None:
            return Refused("not-found"), False
        speaker, to = reached
        if claimed.task == "send":
            return await speaker.say(to, ready), False
        if claimed.task == "recall" and self._deletable(claimed):
            outcome = await speaker.take_away(to, claimed.message)
            if isinstance(outcome, Sent) or _gone_before(claimed, outcome):
                return Sent(), True
            if not isinstance(outcome, Refused):
                return outcome, False
            await self._budget.take()
        return await speaker.change(to, claimed.message, ready), False

    def _deletable(self, claimed: Claimed) -> bool:
        return self._desk.clock.now() - claimed.sent_at < DELETABLE

    async def _keep_books(self) -> None:
        """The clerk: outcomes in, new work out, and no more often than is good for a disk."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._news.wait()
            self._news.clear()
            async with self._pen:
                await self._exchange()
            await asyncio.sleep(GROUP)

    async def _exchange(self) -> None:
        written = tuple(self._done)
        flood, self._flood = self._flood, 0.0
        most = 0 if self._ending or self._budget.paused() else self._ahead - self._unsaid
        handed = await self._insist([done for done, _ in written], most, flood)
        self._settle(written)
        if handed.pause:
            self._budget.pause(handed.pause)
        fresh_until = self._budget.now() + FRESH
        for work in handed.work:
            if work.claimed.id in self._ours:  # its lease ended while we slept
                continue
            self._ours.add(work.claimed.id)
            self._unsaid += 1
            self._jobs.put_nowait(_Job(work, fresh_until))

    async def _insist(self, done: Sequence[Done], most: int, flood: float) -> Handed:
        """Until the database takes it: an outcome that is not written down is not over."""
        pause = GROUP
        while True:
            try:
                return await self._desk.hand(done, max(0, most), flood)
            except Exception as error:
                log.warning("the outbox waits: error=%s", type(error).__name__)
            pause = min(2 * pause, SLOWEST)
            await asyncio.sleep(pause)

    def _settle(self, written: Sequence[tuple[Done, asyncio.Future[None]]]) -> None:
        """Only what is on disk is forgotten here, and its slot goes on."""
        del self._done[: len(written)]
        for done, future in written:
            self._under_way.pop(done.id, None)
            self._ours.discard(done.id)
            if not future.done():
                future.set_result(None)
        if not self._under_way:
            self._still.set()

    async def _wind_up(self) -> None:
        """Nothing new; what is under way ends in time, or may have arrived."""
        self._ending = True
        self._news.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._still.wait()
                await self._pen.acquire()  # and never lets go: the clerk writes no more
        await self._leave()

    async def _leave(self) -> None:
        """The last line of the books."""
        now, done = self._desk.clock.now(), [done for done, _ in self._done]
        ended = {it.id for it in done}
        cut = [it for it in self._under_way.values() if it.id not in ended]
        try:
            await self._desk.leave([*done, *(settled(it, Uncertain(), now) for it in cut)])
        except Exception as error:  # the leases end by themselves
            log.warning("the outbox was left as it was: error=%s", type(error).__name__)


def _gone_before(claimed: Claimed, outcome: Outcome) -> bool:
    """A message that is not there is one that an attempt cut off in the middle took away."""
    return claimed.attempts > 1 and outcome == Refused(GONE)
