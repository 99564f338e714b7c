"""One person's flood: slowed, told so once, and never at the cost of others."""

from bot.pace import BURST, PEOPLE, SECONDS_EACH, Pace


def test_whoever_reads_is_never_slowed() -> None:
    pace = Pace()
    assert all(pace.take(1, now * 3.0) == "go" for now in range(400))


def test_a_flood_is_slowed_and_told_so_once() -> None:
    pace = Pace()
    said = [pace.take(1, 0.0) for _ in range(BURST + 20)]
    assert said == ["go"] * BURST + ["warn"] + ["wait"] * 19
    assert pace.take(1, SECONDS_EACH) == "go"


def test_two_hundred_in_a_minute_go_on_slowly() -> None:
    pace = Pace()
    said = [pace.take(1, number * 0.3) for number in range(200)]
    assert BURST + 55 <= said.count("go") <= BURST + 60
    assert said.count("warn") == 1


def test_a_clock_that_is_set_back_silences_nobody() -> None:
    pace = Pace()
    assert pace.take(1, 10_000.0) == "go"
    assert [pace.take(1, 6_400.0 + second) for second in range(20)] == ["go"] * 20


def test_others_are_not_slowed_and_memory_is_bounded() -> None:
    pace = Pace()
    for _ in range(BURST + 10):
        pace.take(1, 0.0)
    assert pace.take(2, 0.0) == "go"
    for who in range(PEOPLE + 10):
        pace.take(who, 1.0)
    assert len(pace._people) == PEOPLE
