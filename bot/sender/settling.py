"""What an outcome makes of a delivery: done, given up with a reason, or to be tried again."""

from typing import assert_never

from bot.outcomes import Failed, Later, Outcome, Refused, Sent, Uncertain, Unreachable
from storage.outbox import Claimed, Done

AGAIN = (60, 5 * 60, 25 * 60)
"""Seconds after the first, second and third attempt that failed on its way."""

DELETABLE = 48 * 3600 - 60
"""Seconds for which Telegram lets a bot take its message away, less a minute on the way."""

GONE = "gone"
"""Telegram's refusal to touch a message that is not there any more."""


def settled(claimed: Claimed, outcome: Outcome, now: int) -> Done:
    """Of something new; `changed` is for what was sent before."""
    if claimed.task != "send":
        return _changed(claimed, outcome, now)
    match outcome:
        case Sent():
            return Done(claimed.id, "sent", "", message=outcome.message, sent_at=now)
        case Unreachable():
            return Done(claimed.id, "unreachable", "", outcome.reason)
        case Refused():
            return Done(claimed.id, "refused", "", outcome.reason)
        case Later():
            return given_back(claimed, now)
        case Failed():
            return _another_time(claimed, outcome.reason, now)
        case Uncertain() if claimed.reason == "uncertain":
            return Done(claimed.id, "refused", "", "uncertain")
        case Uncertain():
            return Done(claimed.id, "waiting", "send", "uncertain", due_at=now + AGAIN[0])
        case _:
            assert_never(outcome)


def given_back(claimed: Claimed, now: int) -> Done:
    """Nothing was tried. One that may have arrived before stays marked."""
    status = "waiting" if claimed.task == "send" else "sent"
    reason = claimed.reason if claimed.reason == "uncertain" else ""
    return Done(claimed.id, status, claimed.task, reason, due_at=now)


def _another_time(claimed: Claimed, reason: str, now: int) -> Done:
    if claimed.attempts > len(AGAIN):
        return Done(claimed.id, "refused", "", reason)
    marked = "uncertain" if claimed.reason == "uncertain" else reason
    due = now + AGAIN[max(claimed.attempts, 1) - 1]
    return Done(claimed.id, "waiting", "send", marked, due_at=due)


def _changed(claimed: Claimed, outcome: Outcome, now: int) -> Done:
    """A copy that was sent stays sent; to change it twice does no harm."""
    match outcome:
        case Sent():
            return Done(claimed.id, "sent", "edited")
        case Later():
            return given_back(claimed, now)
        case Unreachable() | Refused():
            return Done(claimed.id, "sent", "left", outcome.reason)
        case Failed() | Uncertain():
            return _changed_another_time(claimed, outcome, now)
        case _:
            assert_never(outcome)


def _changed_another_time(claimed: Claimed, outcome: Failed | Uncertain, now: int) -> Done:
    reason = outcome.reason if isinstance(outcome, Failed) else "network"
    if claimed.attempts > len(AGAIN):
        return Done(claimed.id, "sent", "left", reason)
    due = now + AGAIN[max(claimed.attempts, 1) - 1]
    return Done(claimed.id, "sent", claimed.task, reason, due_at=due)
