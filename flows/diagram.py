"""The conversation as a Mermaid diagram, drawn from the walk so that it cannot lie."""

from flows.engine import Home, Known, explore
from flows.walk import each_item

WAYS = ("home", "original", "translated")
"""Choices that are on nearly every screen; drawn, they would hide all others."""


def diagram(known: Known, home: Home) -> str:
    """One arrow for each kind of choice that leads from one place to another."""
    arrows = {
        (shown.state.place, step.state.place, choice.id.partition(":")[0])
        for shown, choice, step in explore(known, home(known.person), home, same=each_item)
        if choice.id not in WAYS
    }
    lines = [
        f"    {_name(here)} --> {_name(there)}: {kind}" for here, there, kind in sorted(arrows)
    ]
    return "\n".join(["stateDiagram-v2", *lines, ""])


def _name(place: str) -> str:
    """Mermaid reads dots and hyphens as signs of its own."""
    return place.removeprefix("documents.").replace(".", "_").replace("-", "_")
