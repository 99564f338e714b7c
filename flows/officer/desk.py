"""What the places of an officer have in common: an area, in which one needs the right."""

from dataclasses import dataclass

from flows.engine import State
from flows.text import Text, t, verbatim

SAVED = t("Sudah disimpan.")
REMOVED = t("Sudah dihapus.")
NAME_SEEN = 24
"""Letters of a name on a button: what is longer is cut, the page behind it says it whole."""


def brief(name: str) -> Text:
    return verbatim(name if len(name) <= NAME_SEEN else f"{name[: NAME_SEEN - 1].rstrip()}…")


@dataclass(frozen=True)
class Desk(State):
    """A place of work in one area; whoever has no office there finds nothing."""

    area: str = ""

    def within(self) -> str | None:
        return self.area
