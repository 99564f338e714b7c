"""Rows a state may ask for before it is shown or hears words, and what comes back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class KeptAboutMe:
    """What is stored about this person: one `Kept`, or nothing for a stranger."""


@dataclass(frozen=True, slots=True)
class Named:
    """Codes of the content items these typed words name, the likeliest first; typos allowed."""

    kind: Literal["destination", "document"]
    words: str


Query = KeptAboutMe | Named


@dataclass(frozen=True, slots=True)
class Kept:
    """When a person was first seen, and when they are forgotten without a sign of life."""

    since: date
    forgotten_on: date


Row = Kept | str
