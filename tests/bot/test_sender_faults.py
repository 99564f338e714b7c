"""What goes wrong while a notice is sent: each trouble ends in its own class, nobody is lost."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import func, select

from bot.runner import Runner
from bot.sender import loop, planner
from storage.outbox_audience import DELIVERY
from storage.people import People
from tests.bot.outgoing import (
    OFFICES,
    WRITER_CHAT,
    accepted,
    crowd,
    now_stands,
    reasons,
    report,
    sending,
    until,
    until_stage,
    writer,
)
from tests.fake_telegram import FakeTelegram
from tests.officers import BESIDE
from tests.play import FixedClock

AGAIN = (60, 5 * 60, 25 * 60)
"""Seconds after which something that failed is tried again."""


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "SECOND", 0.05)
    monkeypatch.setattr(loop, "LOOK", 0.05)


def copies(telegram: FakeTelegram) -> Counter[int]:
    sent = (deed.chat for deed in telegram.log if deed.what == "sent")
    return Counter(chat for chat in sent if chat not in OFFICES)


def tries(telegram: FakeTelegram) -> Counter[int]:
    """How often somebody was called, whatever came of it."""
    return Counter(params["chat_id"] for params in telegram.called("sendMessage"))


def tried_again(runner: Runner, notice: int) -> int:
    """How many still wait, once everything that is due has been tried; -1 before."""
    mine = (DELIVERY.c.about == notice) & (DELIVERY.c.status == "waiting")
    due = mine & (DELIVERY.c.due_at <= runner.clock.now() + 59)  # a claimed one: for its lease
    with runner.database.look() as db:
        if db.execute(select(func.count()).where(due | (mine & (DELIVERY.c.claim != 0)))).scalar():
            return -1
        return db.execute(select(func.count()).where(mine)).scalar_one()


async def test_each_trouble_ends_in_its_own_class(runner: Runner, clock: FixedClock) -> None:
    by = writer(runner)
    crowd(runner, range(1, 101))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 100)
        for chat in range(1, 21):
            telegram.chat(chat).blocked = True
        for chat, kind, times in (
            *((chat, "deactivated", -1) for chat in (21, 22)),
            *((chat, "migrated", -1) for chat in (23, 24)),
            *((chat, "not-found", -1) for chat in (25, 26)),
            *((chat, "failing", -1) for chat in (27, 28)),
            *((chat, "failing", 2) for chat in (29, 30)),
            *((chat, "garbage", -1) for chat in (31, 32)),
            *((chat, "garbage", 1) for chat in (33, 34)),
            *((chat, "lost", -1) for chat in (35, 36)),
            *((chat, "lost", 1) for chat in (37, 38)),
            *((chat, "silent", -1) for chat in (39, 40)),
            *((chat, "silent", 1) for chat in (41, 42)),
        ):
            telegram.trouble(chat, kind, times)  # type: ignore[arg-type]
        notice = accepted(runner, by).id
        async with sending(runner, telegram, patience=0.5):
            pending = {"server": 4, "uncertain": 12}
            await until(lambda: pending.items() <= reasons(runner, notice).items(), "first tries")
            for seconds, waiting in zip(AGAIN, (4, 2, 0), strict=True):
                clock.move(seconds=seconds)
                await until(lambda w=waiting: tried_again(runner, notice) == w, f"{waiting} left")
            await until_stage(runner, notice, "sent")
        assert reasons(runner, notice) == {
            "": 66, "blocked": 20, "deactivated": 2, "migrated": 2, "not-found": 2, "server": 2,
            "uncertain": 6,
        }  # fmt: skip
        told = report(runner, notice)
        assert (told.sent, told.unreachable, told.refused) == (66, 22, 12)
        assert {copies(telegram)[chat] for chat in range(31, 39)} == {2}
        assert {copies(telegram)[chat] for chat in (29, 30, 41, 42)} == {1}
        assert {tries(telegram)[chat] for chat in range(1, 27)} == {1}
        assert {tries(telegram)[chat] for chat in (27, 28)} == {4}
        assert max(copies(telegram).values()) == 2


async def test_whoever_blocks_us_is_never_tried_again(runner: Runner) -> None:
    by = writer(runner)
    crowd(runner, range(1, 11))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 10)
        telegram.chat(4).blocked = True
        async with sending(runner, telegram):
            for _ in range(3):
                await until_stage(runner, accepted(runner, by).id, "sent")
        assert tries(telegram)[4] == 1
        assert {tries(telegram)[chat] for chat in range(1, 11) if chat != 4} == {3}


async def test_a_flood_wait_is_kept_by_all_slots_and_costs_nobody_an_attempt(
    runner: Runner, clock: FixedClock
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 151))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 150)
        telegram.floods.every = 60
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=200):
            while now_stands(runner, notice).stage != "sent":
                clock.move(seconds=1)
                await asyncio.sleep(1)
        assert telegram.floods.waits >= 2
        assert telegram.floods.ignored == 0
        assert copies(telegram) == dict.fromkeys(range(1, 151), 1)
    with runner.database.look() as db:
        assert db.execute(select(func.max(DELIVERY.c.attempts))).scalar() == 1


async def test_telegram_away_for_a_while_loses_nobody(runner: Runner, clock: FixedClock) -> None:
    by = writer(runner)
    crowd(runner, range(1, 21))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 20)
        telegram.person(WRITER_CHAT)
        notice = accepted(runner, by).id
        url, telegram.url = telegram.url, "http://127.0.0.1:9"  # nobody listens there
        async with sending(runner, telegram):
            await until(lambda: reasons(runner, notice) == {"network": 20}, "failures")
        telegram.url = url
        clock.move(seconds=60)
        async with sending(runner, telegram):
            await until_stage(runner, notice, "sent")
        assert copies(telegram) == dict.fromkeys(range(1, 21), 1)


async def test_whoever_stops_or_is_erased_while_queued_gets_nothing_more(runner: Runner) -> None:
    by = writer(runner)
    ids = crowd(runner, range(1, 101))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 100)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=50):
            await until(lambda: len(telegram.log) >= 5, "some messages")
            with runner.database.turn() as db:
                runner.rows.subscriptions.remove(db, ids[99], "")
                runner.rows.outbox.cancel_unwanted(db, ids[99])
                People(runner.database.vault, runner.database.engine.dialect).forget(db, ids[100])
            telegram.block(98)
            await until_stage(runner, notice, "sent")
        assert {tries(telegram)[chat] for chat in (99, 100)} == {0}
        told = report(runner, notice)
    assert (told.sent, told.unreachable, told.cancelled, told.erased) == (97, 1, 1, 1)


async def test_when_the_writers_office_ends_nothing_more_leaves(
    runner: Runner, clock: FixedClock
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 301))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 300)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=100):
            await until(lambda: len(telegram.log) >= 20, "some messages")
            ended = runner.budget.now()
            with runner.database.turn() as db:
                assert runner.rows.offices.end(db, by, clock.now())
            await until_stage(runner, notice, "stopped")
            await until(lambda: report(runner, notice).waiting == 0, "the end")
        assert max(deed.at for deed in telegram.log) < ended + 2
        told = report(runner, notice)
        assert (told.sent, told.cancelled) == (len(telegram.log), 300 - len(telegram.log))


async def test_a_writer_whose_office_ends_during_the_hold_sends_nothing(
    runner: Runner, clock: FixedClock
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 11))
    async with FakeTelegram(limits=False) as telegram:
        notice = accepted(runner, by, go_at=clock.now() + 600).id
        with runner.database.turn() as db:
            runner.rows.offices.end(db, by, clock.now())
        clock.move(seconds=600)
        async with sending(runner, telegram):
            await until_stage(runner, notice, "draft")
        assert not tries(telegram).keys() & set(range(1, 11))


async def test_a_notice_of_one_village_that_fails_holds_up_no_other(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 6))
    crowd(runner, range(6, 11), area=BESIDE)
    bad = accepted(runner, by).id
    plan = runner.rows.outbox.plan

    def failing(db: object, notice: object, now: int, most: int) -> object:
        if notice.id == bad:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return plan(db, notice, now, most)  # type: ignore[arg-type]

    monkeypatch.setattr(runner.rows.outbox, "plan", failing)
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 10)
        good = accepted(runner, by, targets=(BESIDE,)).id
        async with sending(runner, telegram):
            await until_stage(runner, good, "sent")
        assert sorted(copies(telegram)) == [6, 7, 8, 9, 10]


@pytest.mark.timeout(60)
async def test_a_database_locked_for_ten_seconds_only_makes_it_slower(
    runner: Runner, url: str
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 201))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 200)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=200):
            await until(lambda: len(telegram.log) >= 20, "some messages")
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
                other.execute("BEGIN IMMEDIATE")
                await asyncio.sleep(10)
                before = len(telegram.log)
                other.rollback()
            await until_stage(runner, notice, "sent")
        assert before < 200  # outcomes that cannot be written down hold up their slots
        assert copies(telegram) == dict.fromkeys(range(1, 201), 1)
        assert report(runner, notice).sent == 200


async def test_a_sender_told_to_stop_gives_back_what_it_has_not_said(runner: Runner) -> None:
    by = writer(runner)
    crowd(runner, range(1, 101))
    async with FakeTelegram(limits=False, latency=0.2) as telegram:
        telegram.arrive(1, 100)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=100):
            await until(lambda: len(telegram.log) >= 10, "some messages")
        assert report(runner, notice).sent == len(telegram.log)
        with runner.database.look() as db:
            assert db.execute(select(func.count()).where(DELIVERY.c.claim != 0)).scalar() == 0
            assert db.execute(select(func.max(DELIVERY.c.attempts))).scalar() == 1
        telegram.latency = 0
        async with sending(runner, telegram):
            await until_stage(runner, notice, "sent")
        assert copies(telegram) == dict.fromkeys(range(1, 101), 1)


async def test_a_call_that_does_not_end_when_we_are_told_to_stop_may_have_arrived(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "PATIENCE", 0.3)
    by = writer(runner)
    crowd(runner, range(1, 4))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 3)
        telegram.trouble(2, "silent")
        notice = accepted(runner, by).id
        async with sending(runner, telegram):
            await until(lambda: report(runner, notice).sent == 2, "the others")
            await until(lambda: tries(telegram)[2] == 1, "a call")
    assert reasons(runner, notice) == {"": 2, "uncertain": 1}
    assert report(runner, notice).waiting == 1


async def test_a_token_that_telegram_no_longer_takes_loses_nobody(runner: Runner) -> None:
    by = writer(runner)
    crowd(runner, range(1, 4))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 3)
        notice = accepted(runner, by).id
        telegram.fail_next("sendMessage", 401, times=3)
        async with sending(runner, telegram) as sender:
            await until(lambda: sender._budget.paused() > 20, "a pause")
    assert report(runner, notice).waiting == 3
    assert reasons(runner, notice) == {"": 3}
