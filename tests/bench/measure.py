"""Contestants in turns, round after round, and the table of what they took.

A B A B: whatever else the machine does meets both alike, so the ratio of each round is better than
the ratio of two long runs.
"""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

HEADER = ("", "median", "p99", "per s", "CPU", "time ×", "", "CPU ×", "")

NOTHING = "-"
MANY = 300
"""Calls from which on the slowest hundredth, and calls a second, say something."""


@dataclass(frozen=True, slots=True)
class Round:
    """One contestant's part of a round: seconds of each call, and CPU seconds of them all."""

    walls: tuple[float, ...]
    cpu: float

    @property
    def wall(self) -> float:
        return median(self.walls)

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.walls)


Results = Mapping[str, list[Round]]


def side_by_side(contestants: Mapping[str, Callable[[], Round]], rounds: int) -> Results:
    """All contestants in every round, after one round that does not count."""
    results: dict[str, list[Round]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, play in contestants.items():
            gc.collect()
            played = play()
            if number:
                results[name].append(played)
    return results


def timed(calls: Iterable[Callable[[], object]]) -> Round:
    """A round of calls in this process."""
    walls: list[float] = []
    cpu = time.process_time()
    for call in calls:
        began = time.perf_counter()
        call()
        walls.append(time.perf_counter() - began)
    return Round(tuple(walls), time.process_time() - cpu)


def report(
    results: Results,
    against: Mapping[str, str],
    more: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Print the table; `against` names each contestant's baseline, `more` adds columns."""
    more = more or {}
    rows = [_row(name, results, against.get(name, name)) for name in results]
    extra = [[column.get(name, "") for column in more.values()] for name in results]
    table = [[*HEADER, *more], *([*row, *cells] for row, cells in zip(rows, extra, strict=True))]
    columns = [column for column in zip(*table, strict=True) if set(column[1:]) != {NOTHING}]
    widths = [max(map(len, column)) for column in columns]
    for line in zip(*columns, strict=True):
        print(_line(line, widths))


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    name, *others = (
        cell.rjust(width) if at else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((f"  {name}", *others)).rstrip()


def _row(name: str, results: Results, baseline: str) -> list[str]:
    mine, other = results[name], results[baseline]
    walls = [wall for played in mine for wall in played.walls]
    cpu = median(played.cpu_each for played in mine)
    return [
        name, _seconds(median(walls)), _tail(walls), _pace(walls), _seconds(cpu),
        *_ratio([(a.wall, b.wall) for a, b in zip(mine, other, strict=True)]),
        *_ratio([(a.cpu_each, b.cpu_each) for a, b in zip(mine, other, strict=True)]),
    ]  # fmt: skip


def _tail(walls: list[float]) -> str:
    return _seconds(quantiles(walls, n=100)[98]) if len(walls) >= MANY else NOTHING


def _pace(walls: list[float]) -> str:
    return f"{len(walls) / sum(walls):.3g}" if len(walls) >= MANY else NOTHING


def _ratio(pairs: list[tuple[float, float]]) -> tuple[str, str]:
    ratios = [mine / other for mine, other in pairs if other]
    if all(mine == other for mine, other in pairs):
        return "1", "baseline"
    return f"{median(ratios):.2f}", f"[{min(ratios):.2f} {max(ratios):.2f}]"


def _seconds(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"
