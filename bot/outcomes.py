"""How saying something through Telegram can end: a closed set that both libraries report in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It is on the person's phone, or was there already."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the network, a flood limit, a failing server. Try again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person has blocked the bot or is gone: never again without a message from them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this; `reason` is Telegram's, without anything of ours."""

    reason: str


Outcome = Sent | Later | Unreachable | Refused
