"""The trail: who did what, where and when. Only ever added to; the database refuses the rest."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from storage.models import TrailRow, table
from storage.offices import OFFICE, inside

TRAIL = table(TrailRow)


@dataclass(frozen=True, slots=True)
class Line:
    at: int
    area: str
    by: int
    name: str
    """Of who did it; empty for the operator, and where their data was erased."""
    deed: str
    detail: str


class Trail:
    """The repository of deeds."""

    def note(
        self, db: Connection, now: int, by: int, area: str, deed: str, detail: str = ""
    ) -> None:
        db.execute(insert(TRAIL).values(at=now, by=by, area=area, deed=deed, detail=detail))

    def read(self, db: Connection, area: str, start: int, most: int) -> tuple[Line, ...]:
        """Deeds in an area and all below it, the newest first."""
        rows = db.execute(
            select(TRAIL, OFFICE.c.name)
            .join(OFFICE, OFFICE.c.id == TRAIL.c.by, isouter=True)
            .where(inside(TRAIL.c.area, area))
            .order_by(TRAIL.c.id.desc())
            .offset(start)
            .limit(most)
        )
        return tuple(
            Line(row.at, row.area, row.by, row.name or "", row.deed, row.detail) for row in rows
        )
