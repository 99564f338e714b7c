"""Screens in words for each door and language, and the files that are read at start."""

import gc
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import telegram_markup
from bot.kiosk import Kiosk
from bot.screens import Rendered, Reply, render
from flows import engine
from flows.documents.checklist import Checklist, OnePhase
from flows.documents.page import Page
from flows.engine import Known, State
from flows.help import Help
from flows.home import Home, start
from flows.library import FILES
from flows.person import Case, Person
from locales.catalogs import SOURCE, Catalogs, read_messages
from locales.languages import load_languages
from storage.library import load_library
from tests.bench.measure import Round, report, side_by_side, timed
from tests.bench.walks import new_runner

ROUNDS, CALLS = 12, 30
FILE_ROUNDS, FILE_CALLS = 8, 3
CASE = Case("taiwan", "household", "p3mi", "married", "yes")
PERSON = Person("id", True, True, CASE, frozenset({"kk", "ktp"}))
STATES: tuple[State, ...] = (
    Home(), Help(Home()), Checklist(CASE), OnePhase(CASE, "depart"),
    Page(CASE, "paspor"), Page(CASE, "paspor", "how"),
)  # fmt: skip
SHOWN, TOML, CONTENT = "six screens shown", "content as plain TOML", "content as our library"


@dataclass(frozen=True, slots=True)
class Shower:
    """Six screens for a reader of one language."""

    known: Known
    catalogs: Catalogs
    kiosk: Kiosk

    def show(self) -> list[Reply]:
        language = self.known.person.language
        shown = (engine.show(state, self.known, start) for state in STATES)
        return [Reply(it.screen, language, 17, it.state.place) for it in shown]

    def render(self) -> list[Rendered]:
        return [render(reply, self.catalogs) for reply in self.show()]

    def telegram(self) -> None:
        for screen in self.render():
            telegram_markup.html(screen)
            telegram_markup.keyboard(screen)

    def page(self) -> None:
        """The door's own way to a page, without the request around it."""
        for screen in self.render():
            self.kiosk._page("screen.html", screen, token="f" * 64, at="", idle=300)


def showers(file: Path) -> dict[str, Shower]:
    runner = new_runner(file)
    kiosk, library = Kiosk(runner), load_library()
    known = {
        language.code: Known(
            PERSON.speaking(language.code), library, runner.languages, date(2026, 9, 1)
        )
        for language in runner.languages
    }
    return {code: Shower(knows, runner.catalogs, kiosk) for code, knows in known.items()}


def screens(folder: Path) -> None:
    readers = showers(folder / "render.db")
    gc.freeze()  # as bot/serving.py does
    contestants: dict[str, Callable[[], object]] = {SHOWN: readers[SOURCE].show}
    contestants |= {f"and for Telegram, {code}": it.telegram for code, it in readers.items()}
    contestants |= {f"and for the kiosk, {code}": it.page for code, it in readers.items()}
    compare(contestants, dict.fromkeys(contestants, SHOWN), ROUNDS, CALLS)


def content() -> None:
    texts = [
        files("flows").joinpath("content", name).read_text(encoding="utf-8")
        for name in ("sources.toml", *FILES.values())
    ]
    contestants: dict[str, Callable[[], object]] = {
        TOML: lambda: [tomllib.loads(text) for text in texts],
        CONTENT: load_library,
    }
    against = {CONTENT: TOML}
    for code in (it.language.code for it in load_languages() if it.language.code != SOURCE):
        messages = json.dumps([[*key, said] for key, said in read_messages(code).items()])
        contestants[f"catalog {code} as JSON"] = partial(json.loads, messages)
        contestants[f"catalog {code} as we read it"] = partial(read_messages, code)
        against[f"catalog {code} as we read it"] = f"catalog {code} as JSON"
    compare(contestants, against, FILE_ROUNDS, FILE_CALLS)


def compare(
    contestants: dict[str, Callable[[], object]], against: dict[str, str], rounds: int, calls: int
) -> None:
    def plays(call: Callable[[], object]) -> Callable[[], Round]:
        return lambda: timed(repeat(call, calls))

    report(side_by_side({name: plays(it) for name, it in contestants.items()}, rounds), against)


def main() -> None:
    with TemporaryDirectory() as folder:
        screens(Path(folder))
    content()


if __name__ == "__main__":
    main()
