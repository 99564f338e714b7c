"""The drawn path and the numbers to dial."""

import pytest

from bot.dialling import dialled
from bot.drawing import COLUMNS, RADIUS, drawn
from bot.screens import Block, Line


def path(done: int, total: int = 23) -> Block:
    stops = (
        Line(f"Langkah {n}", ready=n <= done, number=n, picture="home" if n < 7 else "depart",
             here=n == done + 1)
        for n in range(1, total + 1)
    )  # fmt: skip
    return Block("path", "Anda di sini", tuple(stops))


def test_stops_stand_in_rows_that_run_to_and_fro() -> None:
    way = drawn(path(0))
    assert [stop.line.number for stop in way.stops] == list(range(1, 24))
    assert way.stops[COLUMNS - 1].x == way.stops[COLUMNS].x
    assert way.stops[COLUMNS - 1].y < way.stops[COLUMNS].y


def test_no_stop_lies_on_another_and_all_lie_inside() -> None:
    way = drawn(path(7))
    places = {(stop.x, stop.y) for stop in way.stops}
    assert len(places) == 23
    for x, y in places:
        assert RADIUS <= x <= way.width - RADIUS
        assert RADIUS <= y <= way.height - RADIUS


@pytest.mark.parametrize("done", range(23))
def test_the_flag_stands_above_where_one_is(done: int) -> None:
    way = drawn(path(done))
    assert way.here
    here = way.stops[done]
    assert here.y - 2 * RADIUS - 20 < way.here.y < here.y - RADIUS
    assert way.walked.count("L") == done


def test_at_the_end_there_is_no_flag() -> None:
    way = drawn(path(23))
    assert way.here is None
    assert way.walked == way.line


def test_a_picture_marks_where_a_leg_begins_but_not_under_the_flag() -> None:
    assert [mark.name for mark in drawn(path(2)).landmarks] == ["home", "depart"]
    assert [mark.name for mark in drawn(path(0)).landmarks] == ["depart"]


@pytest.mark.parametrize(
    ("call", "numbers"),
    [
        ("110", ["110"]),
        ("+62 812-9007-0027", ["+6281290070027"]),
        ("129 atau 021-129, WhatsApp 08111-129-129", ["129", "021129", "08111129129"]),
        ("(021) 27808211", ["02127808211"]),
        ("peduliwni.kemlu.go.id", []),
        ("Tombol Darurat", []),
    ],
)
def test_numbers_can_be_dialled(call: str, numbers: list[str]) -> None:
    pieces = list(dialled(call))
    assert "".join(piece.text for piece in pieces) == call
    assert [piece.digits for piece in pieces if piece.digits] == numbers
