"""What tests of the sender share: a crowd that wants a notice, and a sender that runs meanwhile."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from aiohttp import ClientTimeout
from sqlalchemy import insert, select

from bot.budget import Budget
from bot.clock import DAY
from bot.runner import Runner
from bot.sender.desk import Desk
from bot.sender.loop import Sender, slots_for
from bot.sender.planner import Planner
from bot.sender.speaker import TelegramSpeaker
from bot.sender.speakers import Speakers
from flows.home import Home
from flows.notices.kept import Report
from flows.person import Person
from flows.rights import Role
from flows.stored import dump_person
from storage.models import PersonRow, SubscriptionRow, table
from storage.notices import Kept
from storage.offices import Waiting
from storage.outbox_audience import COPY, DELIVERY
from storage.people import Address
from tests.fake_telegram import FakeTelegram
from tests.notices import WHOLE, put, whole
from tests.officers import KURIPAN

PERSON, SUBSCRIPTION = table(PersonRow), table(SubscriptionRow)
PATIENCE = 60.0

HOSTILE = {"employer": 'PT <b>Maju & "Jaya"</i>', "position": "Pemanen </b> <script>&amp;"}
"""Answers that would break a text in which they are not escaped."""

WRITER_CHAT, APPROVER_CHAT = 900_001, 900_002
OFFICES = {WRITER_CHAT, APPROVER_CHAT}


def crowd(
    runner: Runner, chats: Iterable[int], area: str = KURIPAN, topic: str = "jobs",
    language: str = "id",
) -> dict[int, int]:  # fmt: skip
    """People on Telegram who want a notice, written at once; their numbers in our store, by chat.

    Without conversations: nobody of them is going to say anything.
    """
    now, vault = runner.clock.now(), runner.database.vault
    told = json.dumps(dump_person(Person().speaking(language).made_welcome()))
    ids = {chat: runner.clock.new_id() for chat in chats}
    people = [
        {"id": ids[chat], "known_as": vault.hashes(f"telegram:{chat}")[0],
         "address": f"telegram:{chat}", "told": told, "since": now, "forget_at": now + 365 * DAY}
        for chat in ids
    ]  # fmt: skip
    wishes = [{"person_id": person, "topic": topic, "area": area} for person in ids.values()]
    with runner.database.turn() as db:
        db.execute(insert(PERSON), people)
        db.execute(insert(SUBSCRIPTION), wishes)
    return ids


def writer(
    runner: Runner, area: str = KURIPAN, chat: int = WRITER_CHAT, role: Role = "officer"
) -> int:
    """The office of somebody who writes notices, or who agrees to them."""
    now = runner.clock.now()
    person, office = runner.clock.new_id(), runner.clock.new_id()
    address = Address("telegram", str(chat), 365 * DAY, writable=True)
    with runner.database.turn() as db:
        someone = Person().speaking("id").made_welcome()
        runner._people.add(db, person, address, someone, Home(), now)
        given = Waiting(0, role, area, 0, now)
        runner.rows.offices.add(db, office, person, given, "Siti Aminah", now)
    return office


def accepted(runner: Runner, by: int, area: str = KURIPAN, **changed: object) -> Kept:
    """A notice that somebody else agreed to, and whose hold is over."""
    today = runner.clock.today()
    days = {"issue_date": -2, "deadline": 30, "sip2mi_until": 200}
    dated = {field: (today + timedelta(days=n)).isoformat() for field, n in days.items()}
    answers = WHOLE["p3mi"] | HOSTILE | dated
    with runner.database.look() as db:
        heads = runner.rows.offices.over(db, "33.07", "coordinator", runner.clock.now())
    agreed = heads[0].id if heads else writer(runner, "33.07", APPROVER_CHAT, "coordinator")
    with runner.database.turn() as db:
        kept = whole(runner, area, by, "held", answers=answers)
        kept = replace(kept, approved_by=agreed, **changed)  # type: ignore[arg-type]
        return put(db, runner, kept)


def change(runner: Runner, notice: int, **changed: object) -> Kept:
    """What an officer's press does to it."""
    with runner.database.turn() as db:
        old = runner.rows.notices.find(db, notice, hold=True)
        assert old
        new = replace(old, **changed)  # type: ignore[arg-type]
        assert runner.rows.notices.save(db, old, new)
        return new


def now_stands(runner: Runner, notice: int) -> Kept:
    with runner.database.look() as db:
        kept = runner.rows.notices.find(db, notice)
    assert kept
    return kept


def report(runner: Runner, notice: int) -> Report:
    """Whose numbers always add up."""
    with runner.database.look() as db:
        kept = runner.rows.notices.find(db, notice)
        assert kept
        told = runner.rows.outbox.report(db, kept)
    ends = (told.sent, told.unreachable, told.refused, told.waiting, told.cancelled, told.erased)
    assert sum(ends) == told.accepted, told
    assert min(ends) >= 0, told
    return told


def reasons(runner: Runner, notice: int) -> dict[str, int]:
    """How many deliveries ended for which reason."""
    found: dict[str, int] = {}
    with runner.database.look() as db:
        copies = (DELIVERY.c.about == notice) & (DELIVERY.c.kind == COPY)
        for reason in db.execute(select(DELIVERY.c.reason).where(copies)).scalars():
            found[reason] = found.get(reason, 0) + 1
    return found


@asynccontextmanager
async def sending(
    runner: Runner, telegram: FakeTelegram, rate: int = 1000, patience: float = 20
) -> AsyncIterator[Sender]:
    """A sender at work in this process, until the end of the block; then told to stop."""
    wait = ClientTimeout(sock_connect=5, sock_read=patience)
    token, url = telegram.token, telegram.url
    async with TelegramSpeaker(token, url, slots_for(rate), wait) as speaker:
        speakers = Speakers(speaker, None)
        planner = Planner(runner, patient=False)
        sender = Sender(Desk(runner), planner, speakers, Budget(rate))
        async with asyncio.TaskGroup() as group:
            work = group.create_task(sender.for_ever())
            try:
                yield sender
            finally:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work


async def until(holds: Callable[[], bool], what: str = "") -> None:
    """Wait for something that will happen; a test that waits in vain says for what."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"in vain: {what or holds}") from None


async def until_stage(runner: Runner, notice: int, stage: str) -> None:
    await until(lambda: now_stands(runner, notice).stage == stage, f"a notice that is {stage}")
