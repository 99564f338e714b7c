"""Putting a sender together, for a process of its own, beside the doors, or for a rehearsal."""

import asyncio
import logging

from bot.budget import Budget
from bot.outcomes import Sent
from bot.runner import Runner
from bot.sender.desk import Desk
from bot.sender.loop import Sender, slots_for
from bot.sender.planner import Planner
from bot.sender.rehearsed import Rehearsed
from bot.sender.speaker import TelegramSpeaker
from bot.sender.speakers import Speakers
from bot.settings import Settings

log = logging.getLogger(__name__)

LONGEST = 30
"""Seconds between two attempts to be known by Telegram."""

REHEARSED_RATE = 1_000


async def send_for_ever(runner: Runner, settings: Settings) -> None:
    """Until cancelled. In a rehearsal without a token nothing leaves this machine."""
    rehearsed = Rehearsed() if runner.service.rehearsal else None
    if not settings.telegram_bot_token:
        await _sender(runner, Speakers(None, rehearsed), runner.budget).for_ever()
        return
    slots = slots_for(runner.budget.rate)
    token, url = settings.telegram_bot_token, settings.telegram_api_url
    async with TelegramSpeaker(token, url, slots) as telegram:
        await _known(telegram)
        await _sender(runner, Speakers(telegram, rehearsed), runner.budget).for_ever()


async def _known(telegram: TelegramSpeaker) -> None:
    """Wait until Telegram is there and knows us."""
    pause = 1
    while not isinstance(outcome := await telegram.introduce(), Sent):
        log.warning("Telegram is not there (%s): again in %d s", type(outcome).__name__, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST)


def advance(runner: Runner) -> int:
    """In a rehearsal, between two lines of a terminal: all that is due now, to nobody's phone."""
    rehearsed = Rehearsed()

    async def once() -> int:
        speakers = Speakers(None, rehearsed)
        planner, budget = Planner(runner, patient=False), Budget(REHEARSED_RATE)
        return await Sender(Desk(runner), planner, speakers, budget).once()

    return asyncio.run(once())


def _sender(runner: Runner, speakers: Speakers, budget: Budget) -> Sender:
    return Sender(Desk(runner), Planner(runner), speakers, budget)
