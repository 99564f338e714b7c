"""What has to happen to notices by themselves: begin, reach everybody, end, stop, and be changed.

Every second, in batches that nobody has to wait for. Whatever is cut off goes on at the next look:
a notice is due for as long as anything is left of it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar, assert_never

from sqlalchemy import Connection

from bot.notice_nudges import nudge
from bot.notice_sending import corrects_still
from bot.runner import Runner
from flows.notices import fit
from flows.notices.kept import ALONE
from flows.notices.message import Nudge
from storage import offices
from storage.notices import Kept
from storage.outbox import Task
from storage.outbox_audience import Planned

log = logging.getLogger(__name__)

SECOND = 1.0
BATCH = 1_000
"""Deliveries in one transaction, so that a turn waits for milliseconds."""

LONGEST = 10.0
"""Seconds between two counts of those who still wait."""

TASKS: dict[str, Task] = {"recalled": "recall", "corrected": "correct", "closed": "close"}
"""By stage: what happens then to the copies that people have."""


P = ParamSpec("P")
R = TypeVar("R")


class _Changed(Exception):
    """Somebody else was quicker: everything is read again at the next look."""


class Planner:
    def __init__(self, runner: Runner, *, patient: bool = True) -> None:
        """A patient one does not count again before everybody can have been reached."""
        self._patient = patient
        self._runner, self._clock = runner, runner.clock
        self._not_over: dict[int, float] = {}
        rows = runner.rows
        self._notices, self._outbox, self._offices = rows.notices, rows.outbox, rows.offices

    async def for_ever(self) -> None:
        while True:
            try:
                await self.step()
            except Exception as error:  # busy, or gone: whatever is left waits for the next look
                log.warning("notices wait: error=%s", type(error).__name__)
            await asyncio.sleep(SECOND)

    async def step(self) -> None:
        """Everything that is due now, one notice after the other."""
        for kept in await self._turn(self._closing):
            await self._one(self._turn(self._close, kept))
        for kept in await self._turn(self._due):
            await self._one(self._advance(kept))

    async def _one(self, deed: Awaitable[None]) -> None:
        """A notice that fails holds up no other."""
        try:
            await deed
        except _Changed:
            return
        except Exception as error:
            log.warning("a notice waits: error=%s", type(error).__name__)

    async def _advance(self, kept: Kept) -> None:
        match kept.stage:
            case "held":
                if begun := await self._turn(self._begin, kept):
                    await self._send(begun)
            case "sending":
                await self._send(kept)
            case "stopped" | "recalled" | "corrected" | "closed":
                await self._end(kept)
            case "draft" | "waiting" | "sent":
                return
            case _:
                assert_never(kept.stage)

    def _closing(self, db: Connection) -> tuple[Kept, ...]:
        return self._notices.closing(db, self._clock.today())

    def _due(self, db: Connection) -> tuple[Kept, ...]:
        return self._notices.due(db, self._clock.now())

    def _close(self, db: Connection, kept: Kept) -> None:
        self._save(db, kept, replace(kept, stage="closed", go_at=self._clock.now()))

    def _begin(self, db: Connection, kept: Kept) -> Kept | None:
        """The hold is over: it goes, unless something has changed since it was agreed to."""
        first = self._notices.find(db, kept.corrects) if kept.corrects else None
        if not self._is_vouched_for(db, kept):
            self._give_back(db, kept, "stopped", self._over(db, kept))
        elif self._is_unfit(db, kept) or (kept.corrects and not corrects_still(first)):
            self._give_back(db, kept, "returned", self._writer(db, kept))
        elif self._needs_second(db, kept):
            new = replace(kept, version=kept.version + 1)
            self._runner.sending.put_before_second(db, kept, new)
        else:
            return self._go(db, kept, first)
        return None

    def _go(self, db: Connection, kept: Kept, first: Kept | None) -> Kept:
        """What it corrects holds no more from this moment on."""
        now = self._clock.now()
        begun = replace(kept, stage="sending", go_at=now, changed_at=now)
        self._save(db, kept, begun)
        if first:
            self._save(db, first, replace(first, stage="corrected", go_at=now))
        return begun

    def _give_back(
        self, db: Connection, kept: Kept, kind: Nudge, whom: tuple[offices.Kept, ...]
    ) -> None:
        """A draft again, which nobody has seen."""
        self._tell(db, kind, kept, whom)
        self._save(db, kept, self._runner.sending.drafted(kept))

    def _is_unfit(self, db: Connection, kept: Kept) -> bool:
        """Whether its last day, its licence or a country has closed while it waited."""
        notice = self._runner.rows.about_notices.notice(kept, db)
        library, today = self._runner.service.library, self._clock.today()
        return any(True for _ in fit.against(notice, library, today))

    def _needs_second(self, db: Connection, kept: Kept) -> bool:
        """Whether whoever agreed has gone, or more people want it by now than one may reach."""
        now = self._clock.now()
        if kept.approved_by:
            office = self._offices.find(db, kept.approved_by)
            return office is None or not office.holds(now)
        audience = self._outbox.audience(db, kept.topics, kept.targets, now, kept.corrects)
        return audience.people > ALONE

    async def _send(self, kept: Kept) -> None:
        """A batch after the other; before each of them the writer's right is looked at again."""
        while not kept.planned:
            if not await self._turn(self._vouched_or_stopped, kept):
                return
            planned = await self._turn(self._plan, kept)
            kept = replace(kept, reached=planned.reached, planned=planned.finished)
        if await self._turn(self._vouched_or_stopped, kept) and self._may_be_over(kept):
            await self._turn(self._finish, kept)

    def _may_be_over(self, kept: Kept) -> bool:
        """Counting takes long where many wait; as many as waited cannot be gone sooner."""
        due = self._not_over.get(kept.id, 0)
        return not self._patient or self._runner.budget.now() >= due

    def _plan(self, db: Connection, kept: Kept) -> Planned:
        return self._outbox.plan(db, kept, self._clock.now(), BATCH)

    def _vouched_or_stopped(self, db: Connection, kept: Kept) -> bool:
        now = self._notices.find(db, kept.id)
        if now is None or now.stage != "sending":
            return False
        if self._is_vouched_for(db, kept):
            return True
        self._stop(db, now)
        return False

    def _is_vouched_for(self, db: Connection, kept: Kept) -> bool:
        office = self._offices.find(db, kept.written_by)
        return office is not None and office.holds(self._clock.now())

    def _stop(self, db: Connection, kept: Kept) -> None:
        """Whoever wrote it no longer serves: those above the area hear that it was stopped."""
        now = self._clock.now()
        self._tell(db, "stopped", kept, self._over(db, kept))
        self._runner.rows.trail.note(db, now, 0, kept.area, "notice-stopped", kept.number)
        self._save(db, kept, replace(kept, stage="stopped", go_at=now))

    def _over(self, db: Connection, kept: Kept) -> tuple[offices.Kept, ...]:
        return self._offices.over(db, kept.area, "head", self._clock.now())

    def _writer(self, db: Connection, kept: Kept) -> tuple[offices.Kept, ...]:
        writer = self._offices.find(db, kept.written_by)
        return (writer,) if writer else ()

    def _finish(self, db: Connection, kept: Kept) -> None:
        """Nobody waits any more: the writer hears that there is a report."""
        if waiting := self._outbox.waiting(db, kept.id):
            pause = min(waiting / self._runner.budget.rate, LONGEST)
            self._not_over[kept.id] = self._runner.budget.now() + pause
            return
        self._not_over.pop(kept.id, None)
        old = self._notices.find(db, kept.id)
        if old and old.stage == "sending":
            self._tell(db, "ended", old, self._writer(db, kept))
            self._save(db, old, replace(old, stage="sent", go_at=0))

    async def _end(self, kept: Kept) -> None:
        """Nobody gets it any more, and whoever has it learns what became of it."""
        while await self._turn(self._cancel, kept):
            continue
        task = TASKS.get(kept.stage)
        while task and await self._turn(self._again, kept, task):
            continue
        await self._turn(self._rest, kept)

    def _cancel(self, db: Connection, kept: Kept) -> int:
        return self._outbox.cancel(db, kept.id, BATCH, self._clock.now())

    def _again(self, db: Connection, kept: Kept, task: Task) -> int:
        return self._outbox.again(db, kept.id, task, self._clock.now(), BATCH)

    def _rest(self, db: Connection, kept: Kept) -> None:
        """What is on its way is looked at again until it has ended, and then changed, too."""
        if self._outbox.waiting(db, kept.id):
            return
        task = TASKS.get(kept.stage)
        if task and self._again(db, kept, task):
            return
        self._save(db, kept, replace(kept, go_at=0))

    def _tell(
        self, db: Connection, kind: Nudge, kept: Kept, whom: tuple[offices.Kept, ...]
    ) -> None:
        nudge(self._outbox, db, kind, kept.id, whom, self._clock.now())

    def _save(self, db: Connection, old: Kept, new: Kept) -> None:
        if not self._notices.save(db, old, new):
            raise _Changed

    async def _turn(
        self, job: Callable[Concatenate[Connection, P], R], *args: P.args, **named: P.kwargs
    ) -> R:
        """A job in a transaction of its own, wherever this database is best used from."""

        def turn() -> R:
            with self._runner.database.turn() as db:
                return job(db, *args, **named)

        result = await self._runner.database.perform(turn)
        await asyncio.sleep(0)  # people's turns go in between
        return result
