"""The phases of going, by their names; before work in three parts, then during and after."""

from flows.items import Item, Phase, StagePhase
from flows.text import Text, t

BEFORE: tuple[tuple[Phase, Text], ...] = (
    ("home", t("Dari rumah dan desa")),
    ("register", t("Mendaftar, tes, dan latihan")),
    ("depart", t("Menjelang berangkat")),
)
"""The phases of the list of documents."""

ALL: tuple[tuple[StagePhase, Text], ...] = (
    *BEFORE,
    ("abroad", t("Selama di luar negeri")),
    ("return", t("Pulang")),
)
"""The phases of the procedure."""


def how_far(name: Text, done: frozenset[str], items: tuple[Item, ...]) -> Text:
    """The name of a phase with how much of it is marked."""
    ready = sum(item.code in done for item in items)
    return t("{phase} ({ready} dari {total})", phase=name, ready=ready, total=len(items))
