"""Rows a state may ask for before it is shown or hears words, and what comes back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class KeptAboutMe:
    """What is stored about this person: one `Kept`, or nothing for a stranger."""


@dataclass(frozen=True, slots=True)
class Named:
    """The code of the content item that bears exactly this name, or another that is its own."""

    kind: Literal["destination", "document"]
    words: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Codes of items whose names are like these words, the likeliest first: typos, or others."""

    kind: Literal["destination", "document"]
    words: str


Query = KeptAboutMe | Named | Alike


@dataclass(frozen=True, slots=True)
class Kept:
    """When a person was first seen, and when they are forgotten without a sign of life."""

    since: date
    forgotten_on: date


Row = Kept | str
