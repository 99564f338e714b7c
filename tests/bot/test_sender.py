"""The sender: who gets a notice, when, and what becomes of it afterwards."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.runner import Runner
from bot.sender import loop, planner
from flows.notices.kept import Report
from storage.outbox_audience import DELIVERY
from tests.bot.outgoing import (
    OFFICES,
    WRITER_CHAT,
    accepted,
    change,
    crowd,
    now_stands,
    report,
    sending,
    until,
    until_stage,
    writer,
)
from tests.fake_telegram import FakeTelegram
from tests.officers import BESIDE, KURIPAN
from tests.play import FixedClock

TIMIKA = "94.09.01.1001"
"""In the east, two hours before Jakarta."""


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks once a second looks more often here."""
    monkeypatch.setattr(planner, "SECOND", 0.05)
    monkeypatch.setattr(loop, "LOOK", 0.05)


def chats(telegram: FakeTelegram, what: str = "sent") -> list[int]:
    """To whom it happened, but for the writer."""
    deeds = (deed for deed in telegram.log if deed.what == what)
    return sorted(deed.chat for deed in deeds if deed.chat not in OFFICES)


async def until_changed(runner: Runner, notice: int) -> None:
    """Every copy has its task, and then none has one any more."""
    await until(lambda: now_stands(runner, notice).go_at == 0, "nothing left to do")
    await until(lambda: report(runner, notice).changing == 0, "nothing left to change")


async def sent(runner: Runner, telegram: FakeTelegram, people: int) -> int:
    """A notice that so many people have got."""
    telegram.arrive(1, people)
    telegram.person(WRITER_CHAT)
    crowd(runner, range(1, people + 1))
    notice = accepted(runner, writer(runner)).id
    async with sending(runner, telegram):
        await until_stage(runner, notice, "sent")
    return notice


async def test_everybody_in_the_audience_gets_it_once_and_nobody_else(runner: Runner) -> None:
    crowd(runner, range(201, 221), area=BESIDE)
    crowd(runner, range(221, 241), topic="news")
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 240)
        notice = await sent(runner, telegram, 200)
        assert chats(telegram) == list(range(1, 201))
        copy = telegram.chat(7).last
    assert report(runner, notice) == Report(200, 200, 0, 0, 0, 0, 0)
    assert 'PT <b>Maju & "Jaya"</i>' in copy.text  # as it was written, and not as a tag
    assert {data[0] for row in copy.buttons for _, data in row} == {"@"}


async def test_the_writer_hears_that_it_has_ended(runner: Runner) -> None:
    async with FakeTelegram(limits=False) as telegram:
        await sent(runner, telegram, 3)
        async with sending(runner, telegram):
            await until(lambda: bool(telegram.chat(WRITER_CHAT).messages), "a nudge")
        assert "selesai dikirim" in telegram.chat(WRITER_CHAT).last.text
        assert len(telegram.chat(WRITER_CHAT).messages) == 1


async def test_everybody_reads_it_in_their_language(runner: Runner) -> None:
    async with FakeTelegram(limits=False) as telegram:
        telegram.person(5)
        crowd(runner, [5], language="en")
        await sent(runner, telegram, 3)
        texts = {telegram.chat(chat).last.text.splitlines()[0] for chat in (1, 5)}
    assert len(texts) == 2


async def test_nothing_rings_at_night_where_the_reader_lives(
    runner: Runner, clock: FixedClock
) -> None:
    clock.seconds = int(datetime(2026, 11, 22, 22, 30, tzinfo=UTC).timestamp())  # 5.30 WIB
    by = writer(runner)
    crowd(runner, range(1, 11))
    crowd(runner, range(11, 21), area=TIMIKA)
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 20)
        telegram.person(WRITER_CHAT)
        notice = accepted(runner, by, targets=(KURIPAN, TIMIKA)).id
        async with sending(runner, telegram):
            await until(lambda: report(runner, notice).sent == 10, "the east")
            assert chats(telegram) == list(range(11, 21))
            clock.move(seconds=1800)
            await until_stage(runner, notice, "sent")
        assert chats(telegram) == list(range(1, 21))


async def test_at_eight_in_the_evening_nothing_more_rings(
    runner: Runner, clock: FixedClock
) -> None:
    clock.seconds = int(datetime(2026, 11, 22, 13, tzinfo=UTC).timestamp())  # 20.00 WIB
    by = writer(runner)
    crowd(runner, range(1, 11))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 10)
        notice = accepted(runner, by).id
        async with sending(runner, telegram):
            await until(lambda: now_stands(runner, notice).planned, "deliveries")
            await asyncio.sleep(0.5)
            assert telegram.log == []
            clock.move(seconds=10 * 3600 - 1)
            await asyncio.sleep(0.3)
            assert telegram.log == []
            clock.move(seconds=1)
            await until(lambda: report(runner, notice).sent == 10, "the morning")


@pytest.mark.parametrize("after", [1, 100, 200])
async def test_stopped_while_it_runs_nothing_more_leaves(runner: Runner, after: int) -> None:
    by = writer(runner)
    crowd(runner, range(1, 401))
    async with FakeTelegram(limits=False) as telegram:
        telegram.arrive(1, 400)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=100):
            await until(lambda: len(telegram.log) >= after, "some messages")
            stopped = runner.budget.now()
            change(runner, notice, stage="stopped", go_at=runner.clock.now())
            await until(lambda: report(runner, notice).waiting == 0, "the end")
            await until(lambda: now_stands(runner, notice).go_at == 0, "nothing left to do")
        assert max(deed.at for deed in telegram.log) < stopped + 2
        told = report(runner, notice)
        assert (told.sent, told.cancelled) == (len(telegram.log), 400 - len(telegram.log))
        assert 0 < told.sent < 400


async def test_what_is_recalled_is_deleted_while_it_is_young_and_edited_afterwards(
    runner: Runner, clock: FixedClock
) -> None:
    async with FakeTelegram(limits=False, now=lambda: clock.seconds) as telegram:
        notice = await sent(runner, telegram, 40)
        age(runner, telegram, range(1, 21))
        telegram.chat(21).by_id.clear()  # they have emptied their chat
        telegram.block(22)
        change(runner, notice, stage="recalled", go_at=clock.now())
        async with sending(runner, telegram):
            await until_changed(runner, notice)
        assert chats(telegram, "deleted") == list(range(23, 41))
        assert chats(telegram, "edited") == list(range(1, 21))
        assert "ditarik" in telegram.chat(3).last.text
    told = report(runner, notice)
    assert (told.sent, told.deleted, told.edited, told.left) == (40, 18, 20, 2)


def age(runner: Runner, telegram: FakeTelegram, old: range) -> None:
    """Their copies were sent three days ago."""
    then = runner.clock.now() - 3 * 24 * 3600
    for chat in old:
        message = telegram.chat(chat).last
        object.__setattr__(message, "date", then)
        with runner.database.turn() as db:
            which = DELIVERY.c.message == message.message_id
            db.execute(update(DELIVERY).where(which).values(sent_at=then))


async def test_recalled_while_it_runs_everybody_who_got_it_loses_it(
    runner: Runner, clock: FixedClock
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 201))
    async with FakeTelegram(limits=False, latency=0.1, now=lambda: clock.seconds) as telegram:
        telegram.arrive(1, 200)
        notice = accepted(runner, by).id
        async with sending(runner, telegram, rate=200):
            await until(lambda: len(telegram.log) >= 60, "some messages")
            change(runner, notice, stage="recalled", go_at=clock.now())
            await until_changed(runner, notice)
        told = report(runner, notice)
        assert chats(telegram, "deleted") == chats(telegram)
        assert (told.deleted, told.sent + told.cancelled) == (told.sent, 200)


async def test_a_correction_reaches_those_who_got_the_first_and_changes_it(
    runner: Runner, clock: FixedClock
) -> None:
    async with FakeTelegram(limits=False, now=lambda: clock.seconds) as telegram:
        first = await sent(runner, telegram, 20)
        telegram.arrive(21, 25)
        crowd(runner, range(21, 26))  # they came later
        again = accepted(runner, now_stands(runner, first).written_by, corrects=first)
        telegram.log.clear()
        async with sending(runner, telegram):
            await until_stage(runner, again.id, "sent")
            await until_changed(runner, first)
        assert now_stands(runner, first).stage == "corrected"
        assert chats(telegram) == chats(telegram, "edited") == list(range(1, 21))
        newer = f"{again.number[:3]}-{again.number[3:]}"
        assert newer in telegram.chat(3).messages[0].text
        assert report(runner, first).edited == report(runner, again.id).sent == 20


async def test_after_its_last_day_every_copy_says_that_it_is_closed(
    runner: Runner, clock: FixedClock
) -> None:
    async with FakeTelegram(limits=False, now=lambda: clock.seconds) as telegram:
        notice = await sent(runner, telegram, 20)
        closes = now_stands(runner, notice).closes_on
        assert closes
        clock.move(days=(closes - clock.today()).days)
        async with sending(runner, telegram):
            await asyncio.sleep(0.3)
            assert now_stands(runner, notice).stage == "sent"  # its last day is a day
            clock.move(days=1)
            await until_stage(runner, notice, "closed")
            await until_changed(runner, notice)
        assert chats(telegram, "edited") == list(range(1, 21))
        assert "sudah ditutup" in telegram.chat(3).last.text
    assert report(runner, notice).edited == 20
    assert clock.today() == closes + timedelta(1)
