"""Parts of the sender: the budget, what Telegram's answers mean, who speaks in a rehearsal."""

import asyncio
import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from aiohttp import ClientTimeout
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from bot import opening, serving
from bot.budget import SECOND, Budget
from bot.outcomes import Failed, Later, Outcome, Refused, Sent, Uncertain, Unreachable
from bot.runner import Runner
from bot.sender.desk import awake
from bot.sender.loop import slots_for
from bot.sender.opening import advance, send_for_ever
from bot.sender.rehearsed import Rehearsed
from bot.sender.settling import AGAIN, settled
from bot.sender.speaker import Ready, TelegramSpeaker, judged
from bot.sender.speakers import Speakers
from bot.sender.transport import Flooded, NotSent, ServerFailed, Unclear
from bot.settings import Settings
from flows.errors import BadSettings
from storage.outbox import Claimed, Done
from storage.outbox_audience import COPY
from tests.bot.outgoing import accepted, crowd, now_stands, report, until, writer
from tests.conftest import KEY
from tests.fake_telegram import FakeTelegram
from tests.play import FixedClock

READY = Ready("<b>Kabar</b>", [])
NOW = 1_790_000_000
CLAIMED = Claimed(7, COPY, 1, 5, "telegram:3", "id", "send", 1, 0, 0)


async def taken(budget: Budget, count: int, slots: int = 4) -> list[float]:
    """When so many places were given to slots that say something in no time."""
    at: list[float] = []
    places = iter(range(count))

    async def slot() -> None:
        for _ in places:
            await budget.take()
            at.append(budget.now())

    async with asyncio.TaskGroup() as group:
        for _ in range(slots):
            group.create_task(slot())
    return at


@pytest.mark.parametrize(("rate", "count"), [(25, 60), (100, 230), (1000, 2300)])
async def test_never_more_than_the_rate_leaves_within_a_second(rate: int, count: int) -> None:
    at = await taken(Budget(rate), count, slots_for(rate))
    over = [last - first for first, last in zip(at, at[rate:], strict=False)]
    assert min(over) >= 1
    assert len(at) / (at[-1] - at[0]) <= rate * 1.1


async def test_what_leaves_is_spread_over_the_second() -> None:
    at = await taken(Budget(25), 26)
    assert sum(later - sooner > 0.02 for sooner, later in pairwise(at)) >= 20


async def test_a_reply_takes_its_place_from_what_we_say_first() -> None:
    budget = Budget(20)
    for _ in range(20):
        budget.reply()
    began = budget.now()
    (first,) = await taken(budget, 1)
    assert first - began >= SECOND - 0.01


async def test_a_pause_holds_for_everybody_and_is_never_shortened() -> None:
    budget = Budget(1000)
    budget.pause(0.3)
    budget.pause(0.1)
    began = budget.now()
    at = await taken(budget, 10)
    assert min(at) - began >= 0.29
    assert budget.paused() == 0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Flooded(7), Later(7)),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("blocked")),
        (Forbidden("Forbidden: user is deactivated"), Unreachable("deactivated")),
        (ChatMigrated(-1001), Refused("migrated")),
        (BadRequest("Chat not found"), Refused("not-found")),
        (BadRequest("Message is not modified: the same"), Sent()),
        (BadRequest("Message to edit not found"), Refused("gone")),
        (BadRequest("Message can't be deleted for everyone"), Refused("kept")),
        (BadRequest("Can't parse entities"), Refused("text")),
        (InvalidToken(), Later(30)),
        (NotSent("nobody there"), Failed("network")),
        (ServerFailed("status 502"), Failed("server")),
        (Unclear("no answer"), Uncertain()),
        (Conflict("another"), Refused("text")),
    ],
)
def test_each_answer_of_telegrams_has_its_meaning(error: Exception, outcome: Outcome) -> None:
    assert judged(error) == outcome  # type: ignore[arg-type]


def test_what_fails_is_tried_three_times_more_and_then_given_up() -> None:
    for attempts, seconds in enumerate(AGAIN, 1):
        done = settled(replace(CLAIMED, attempts=attempts), Failed("server"), NOW)
        assert done == Done(7, "waiting", "send", "server", due_at=NOW + seconds)
    last = settled(replace(CLAIMED, attempts=4), Failed("server"), NOW)
    assert last == Done(7, "refused", "", "server")


def test_what_may_have_arrived_is_tried_once_more_whatever_comes_between() -> None:
    first = settled(CLAIMED, Uncertain(), NOW)
    assert (first.status, first.reason) == ("waiting", "uncertain")
    doubtful = replace(CLAIMED, attempts=2, reason="uncertain")
    assert settled(doubtful, Failed("network"), NOW).reason == "uncertain"
    assert settled(doubtful, Later(9), NOW).reason == "uncertain"
    assert settled(doubtful, Uncertain(), NOW) == Done(7, "refused", "", "uncertain")


@pytest.mark.parametrize("outcome", [Failed("server"), Uncertain()])
def test_a_change_that_fails_is_tried_again_and_then_left(outcome: Outcome) -> None:
    change = replace(CLAIMED, task="recall", message=9, sent_at=NOW)
    again = settled(change, outcome, NOW)
    assert (again.status, again.task, again.due_at) == ("sent", "recall", NOW + 60)
    last = settled(replace(change, attempts=4), outcome, NOW)
    assert (last.status, last.task, last.due_at) == ("sent", "left", None)


@pytest.mark.parametrize(
    ("hour", "zones"),
    [(21, (0, 9)), (22, (0, 8, 9)), (23, (0, 7, 8, 9)), (11, (0, 7, 8)), (12, (0, 7)), (13, (0,))],
)
def test_telephones_are_quiet_from_eight_until_six_where_they_are(
    hour: int, zones: tuple[int, ...]
) -> None:
    midnight = 20_000 * 24 * 3600
    assert awake(midnight + hour * 3600) == zones


async def test_somebody_without_an_address_is_not_found_outside_a_rehearsal() -> None:
    kiosk = replace(CLAIMED, address=None)
    assert Speakers(None, None).reach(kiosk) is None
    rehearsed = Rehearsed()
    assert Speakers(None, rehearsed).reach(kiosk) == (rehearsed, "5.1")


async def test_in_a_rehearsal_a_fifth_is_in_trouble_and_always_the_same() -> None:
    outcomes = Counter([await Rehearsed().say(f"{person}.1", READY) for person in range(1000)])
    troubled = {outcome: n for outcome, n in outcomes.items() if not isinstance(outcome, Sent)}
    assert sum(troubled.values()) == 200
    assert set(map(type, troubled)) == {Unreachable, Refused, Failed}
    speaker = Rehearsed()
    assert isinstance(await speaker.say("20.1", READY), Failed)
    assert isinstance(await speaker.say("20.2", READY), Sent)
    assert await speaker.change("20.1", 1, READY) == await speaker.take_away("20.1", 1) == Sent()


def test_between_two_lines_of_a_rehearsal_everything_due_is_said(
    runner: Runner, clock: FixedClock
) -> None:
    by = writer(runner)
    crowd(runner, range(1, 101))
    notice = accepted(runner, by).id
    rehearsal(runner)
    assert advance(runner) >= 100
    told = report(runner, notice)
    assert (told.accepted, told.sent) == (100, 80)
    assert told.unreachable + told.refused + told.waiting == 20
    clock.move(seconds=60)
    advance(runner)
    assert now_stands(runner, notice).stage == "sent"
    assert report(runner, notice).waiting == 0


def rehearsal(runner: Runner) -> None:
    object.__setattr__(runner, "service", replace(runner.service, rehearsal=True))


async def test_a_rehearsal_without_a_token_says_nothing_to_anybody(runner: Runner) -> None:
    rehearsal(runner)
    by = writer(runner)
    crowd(runner, range(1, 21))
    notice = accepted(runner, by).id
    async with asyncio.TaskGroup() as group:
        work = group.create_task(send_for_ever(runner, Settings()))
        await until(lambda: report(runner, notice).sent == 16, "those without trouble")
        work.cancel()


async def test_the_sender_waits_for_telegram_and_refuses_a_token_that_is_none(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeTelegram(limits=False) as telegram:
        token = {"telegram_bot_token": telegram.token, "telegram_api_url": telegram.url}
        telegram.fail_next("getMe", 502)
        telegram.fail_next("getMe", 401)
        with pytest.raises(BadSettings, match="TELEGRAM_BOT_TOKEN"):
            await send_for_ever(runner, Settings(**token))  # type: ignore[arg-type]
        assert len(telegram.called("getMe")) == 2


def test_send_without_a_token_says_where_to_get_one() -> None:
    with pytest.raises(BadSettings, match="BotFather"):
        serving.send(Settings())


def test_the_rate_that_the_operator_sets_is_that_of_the_budget(url: str) -> None:
    runner = opening.open_runner(Settings(database_url=url, data_key=KEY, send_rate=40))
    runner.database.close()
    assert runner.budget.rate == 40


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_server_is_not_an_answer(status: int) -> None:
    async with FakeTelegram(limits=False) as telegram, speaking(telegram) as speaker:
        telegram.arrive(3, 3)
        telegram.fail_next("sendMessage", status)
        assert await speaker.say("3", READY) == Failed("server")
        assert await speaker.say("3", READY) == Sent(1)


async def test_a_flood_wait_tells_how_long(runner: Runner) -> None:
    async with FakeTelegram(limits=False) as telegram, speaking(telegram) as speaker:
        telegram.fail_next("sendMessage", 429, retry_after=7)
        assert await speaker.say("3", READY) == Later(7)


async def test_a_message_is_changed_and_taken_away() -> None:
    async with FakeTelegram(limits=False) as telegram, speaking(telegram) as speaker:
        telegram.arrive(3, 3)
        assert await speaker.say("3", READY) == Sent(1)
        assert await speaker.change("3", 1, Ready("<i>ditarik</i>", [])) == Sent(1)
        assert telegram.chat(3).last.text == "ditarik"
        assert await speaker.take_away("3", 1) == Sent()
        assert await speaker.take_away("3", 1) == Refused("gone")
        assert telegram.chat(3).messages == []


def speaking(telegram: FakeTelegram) -> TelegramSpeaker:
    return TelegramSpeaker(telegram.token, telegram.url, 2, ClientTimeout(sock_read=5))


def test_there_are_slots_for_calls_that_take_long() -> None:
    assert slots_for(1) == 2
    assert slots_for(25) == math.ceil(25 * 0.3)
    assert slots_for(1000) == 200
