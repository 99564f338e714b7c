"""Telling officers that something waits for them."""

from collections.abc import Iterable

from sqlalchemy import Connection

from flows.areas import zone_of
from flows.notices.message import Nudge
from storage.offices import Kept
from storage.outbox import Outbox


def nudge(
    outbox: Outbox, db: Connection, kind: Nudge, about: int, whom: Iterable[Kept], now: int
) -> None:
    """One message to each holder, whatever offices they hold; never the same one again."""
    people = {office.person: zone_of(office.area) for office in whom}
    outbox.nudge(db, kind, about, tuple(people.items()), now)
