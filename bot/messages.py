"""What doors hand to the runner: who said what, as plain values."""

from dataclasses import dataclass

from bot.tokens import Token
from flows import limits
from storage.contact_files import MOST_BYTES
from storage.people import Address

FILE_READ = MOST_BYTES + 1
"""Bytes after which every door stops reading a file, whatever size it is said to have."""


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


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that the screen asked for; fetched only then."""

    content: bytes = b""
    """At most `FILE_READ` bytes: one more than is accepted tells what is too large."""
    too_large: bool = False
    """It was said to be larger than that, and so not even fetched."""


Said = Press | Words | NoWords | SentFile


@dataclass(frozen=True, slots=True)
class Message:
    """Something said at a door. `update` is set where the door may deliver it again."""

    address: Address
    said: Said
    update: int | None = None
