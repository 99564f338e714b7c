"""The path of a journey as a drawing: where each stop stands, and the line between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.screens import Block, Line

COLUMNS = 5
"""Stops in a row, so that each is large enough for a thumb on the narrowest phone."""

STEP = 72
ROW = 84
RADIUS = 25
MARGIN = 36
TOP = 56
PICTURE = 24
"""Lengths in units of which 360 fill the narrowest phone; a flag has room above the first row."""


@dataclass(frozen=True, slots=True)
class Placed:
    line: Line
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Flag:
    """The sign above the stop where the person is; `anchor` keeps its words inside the drawing."""

    x: int
    y: int
    sign: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """The picture above the first stop of a leg; x and y are of its upper left corner."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    radius: int
    line: str
    walked: str
    stops: tuple[Placed, ...]
    landmarks: tuple[Landmark, ...]
    legs: tuple[tuple[str, str], ...]
    """The picture and the name of each leg, to tell what the pictures mean."""
    here: Flag | None


def drawn(path: Block) -> Drawing:
    """Rows that run to and fro, as one walks a hillside: no stop is far from the one before it."""
    stops = tuple(_placed(index, line) for index, line in enumerate(path.lines))
    rows = -(-len(stops) // COLUMNS)
    done = next((n for n, stop in enumerate(stops) if not stop.line.ready), len(stops))
    here = next((stop for stop in stops if stop.line.here), None)
    return Drawing(
        width=2 * MARGIN + (COLUMNS - 1) * STEP,
        height=TOP + (rows - 1) * ROW + MARGIN,
        radius=RADIUS,
        line=_through(stops),
        walked=_through(stops[: done + 1]) if done else "",
        stops=stops,
        landmarks=tuple(_landmarks(stops)),
        legs=tuple(dict.fromkeys((line.picture, line.leg) for line in path.lines)),
        here=_flag(here) if here else None,
    )


def _placed(index: int, line: Line) -> Placed:
    row, column = divmod(index, COLUMNS)
    if row % 2:
        column = COLUMNS - 1 - column
    return Placed(line, MARGIN + column * STEP, TOP + row * ROW)


def _through(stops: tuple[Placed, ...]) -> str:
    """Straight along a row, a bend at its end."""
    points = [f"{stop.x} {stop.y}" for stop in stops]
    return "M" + " L".join(points) if points else ""


def _landmarks(stops: tuple[Placed, ...]) -> Iterator[Landmark]:
    """Where a leg begins; not where the flag stands already."""
    for before, stop in zip((None, *stops), stops, strict=False):
        begins = before is None or before.line.picture != stop.line.picture
        if begins and not stop.line.here:
            corner = stop.y - RADIUS - PICTURE - 2
            yield Landmark(stop.line.picture, stop.x - PICTURE // 2, corner)


def _flag(stop: Placed) -> Flag:
    top = stop.y - RADIUS
    sign = f"M{stop.x} {top} l-7 -10 h14 z"
    side = stop.x - MARGIN
    anchor = "start" if side < STEP else "end" if side > (COLUMNS - 2) * STEP else "middle"
    x = {"start": stop.x - RADIUS, "middle": stop.x, "end": stop.x + RADIUS}[anchor]
    return Flag(x, top - 14, sign, anchor)
