"""What doors hand to the runner: who said what, as plain values."""

from dataclasses import dataclass

from bot.tokens import Token
from flows import limits
from storage.people import Address


@dataclass(frozen=True, slots=True)
class Press:
    """A button; `at` is the entry under which it was shown, where that was not the conversation."""

    token: Token
    at: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody typed, cut to what is looked at. Never stored, never logged."""

    words: str
    at: str = ""

    @classmethod
    def heard(cls, words: str, at: str = "") -> "Words":
        """No NUL, no half characters (both databases refuse them), not more than the limit."""
        whole = words.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
        return cls(whole[: limits.WORDS_HEARD].strip(), at)


@dataclass(frozen=True, slots=True)
class NoWords:
    """A photo, a document, a sticker: never downloaded."""


Said = Press | Words | NoWords


@dataclass(frozen=True, slots=True)
class Message:
    """Something said at a door. `update` is set where the door may deliver it again."""

    address: Address
    said: Said
    update: int | None = None
