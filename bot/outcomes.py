"""How saying something through Telegram can end: a closed set that both libraries report in."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sent:
    """It is on the person's phone, or was there already."""

    message: int = 0
    """Telegram's number of a new message, where somebody asked for it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the network, a flood limit, a failing server. Try again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive, through nobody's fault that we know of: worth another attempt."""

    reason: Literal["server", "network"]


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It was on its way and nothing came back: it may be on the person's phone, or not."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person has blocked the bot or is gone: never again without a message from them."""

    reason: Literal["blocked", "deactivated"] = "blocked"


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this; `reason` is Telegram's, without anything of ours."""

    reason: str


Outcome = Sent | Later | Failed | Uncertain | Unreachable | Refused
