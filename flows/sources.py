"""The line under an official statement: where it comes from, and when somebody last compared it."""

from collections.abc import Iterable

from flows.engine import Known
from flows.errors import Gone
from flows.items import Item
from flows.screen import SourceLine


def sources(items: Iterable[Item], known: Known) -> SourceLine:
    """The sources of several items without repetition, and the oldest day of comparison."""
    items = tuple(items)
    if not items:
        raise Gone("nothing to name the sources of")
    named = dict.fromkeys(s for item in items for s in known.library.source_of(item))
    return SourceLine(tuple(named), min(item.checked_on for item in items))
