"""One script through every door visits the same places."""

from pathlib import Path

import pytest

from bot.asking import Service
from bot.runner import Runner
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.database import open_database
from tests.bot import doors
from tests.conftest import KEY
from tests.play import FixedClock

EXPECTED = [
    "welcome", "home", "plan.adult", "plan.destination", "plan.no-list",
    "plan.destination", "plan.work", "plan.route", "help", "plan.route",
    "plan.marital", "plan.children", "documents.list", "documents.phase",
    "documents.page", "documents.page", "documents.phase", "documents.page",
    "documents.expiry-year", "documents.phase", "documents.phase", "documents.list",
    "documents.offices", "documents.bring", "documents.page", "documents.phase", "documents.list",
    "documents.answers", "plan.destination", "documents.list", "emergency", "documents.list",
    "emergency.ask", "documents.list", "home", "procedure", "procedure.stage", "procedure", "home",
    "offer", "offer", "offer", "offer.result", "home", "money", "money.charges", "home",
    "documents.list", "language", "documents.list", "help", "documents.list", "forget",
    "forgotten",
]  # fmt: skip


@pytest.fixture
def runner(url: str, library: object) -> Runner:
    languages = tuple(known.language for known in load_languages())
    database = open_database(url, KEY)
    service = Service(library, languages, "Desa Contoh")  # type: ignore[arg-type]
    return Runner(database, service, Catalogs(), FixedClock())


def test_the_terminal_visits_every_place_of_the_script(runner: Runner) -> None:
    places = doors.write_down_places(runner)
    said = doors.through_the_terminal(runner, doors.SCRIPT)
    assert places == EXPECTED
    assert "Hong Kong ==" in said


async def test_the_kiosk_visits_the_same_places(runner: Runner) -> None:
    places = doors.write_down_places(runner)
    await doors.through_the_kiosk(runner, doors.SCRIPT)
    assert places == EXPECTED


async def test_telegram_by_polling_visits_the_same_places(runner: Runner) -> None:
    places = doors.write_down_places(runner)
    telegram = await doors.through_polling(runner, doors.SCRIPT)
    assert places == ["language", *EXPECTED]
    assert len(telegram.answers) == sum(not line.startswith("> ") for line in doors.SCRIPT)


async def test_telegram_by_webhook_visits_the_same_places(runner: Runner) -> None:
    places = doors.write_down_places(runner)
    telegram = await doors.through_the_webhook(runner, doors.SCRIPT)
    assert places == ["language", *EXPECTED]
    assert not telegram.ignored_errors


def test_the_script_leaves_nothing_behind(runner: Runner, url: str) -> None:
    doors.through_the_terminal(runner, doors.SCRIPT)
    with runner.database.look() as db:
        for table in ("person", "conversation"):
            assert db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    assert Path(url.removeprefix("sqlite:///")).exists()
