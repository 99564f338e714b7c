"""A file of contacts on its way in: what it would change, or what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.text import Text

Stage = Literal["faulty", "ready", "applied", "undone"]


@dataclass(frozen=True, slots=True)
class Import:
    """The newest file that somebody sent for an area."""

    stage: Stage
    on: date
    by: str
    """Name of the officer who sent it; empty where they have gone."""
    added: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[Text, ...] = ()
    """Each names row and column, says what is wrong and what was expected."""
    can_undo: bool = False
    """Applied less than seven days ago, and nobody has changed a contact since."""
    changes: tuple[Text, ...] = ()
    """What is another name, or another telephone number: a line for each contact that changes."""
    new: tuple[str, ...] = ()
    """Names of the contacts that are new."""
    sent: str = ""
    """Tells it from every other file, so that nobody applies one that they have not seen."""
