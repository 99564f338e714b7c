"""Screens in words for each door and language, and the files that are read at start."""

import gc
import json
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import rtoml

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
from flows.walk import each_item
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
TODAY = date(2026, 9, 1)
EVERY = "all of them shown"
SHOWN, TOML, CONTENT = "six screens shown", "content as plain TOML", "content as our library"


@dataclass(frozen=True, slots=True)
class Shower:
    """Screens for a reader of one language."""

    known: Known
    catalogs: Catalogs
    kiosk: Kiosk
    states: tuple[State, ...] = STATES

    def show(self) -> list[Reply]:
        language = self.known.person.language
        shown = (engine.show(state, self.known, start) for state in self.states)
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
    languages = runner.service.languages
    known = {
        language.code: Known(
            PERSON.speaking(language.code), library, runner.service.languages, TODAY
        )
        for language in languages
    }
    return {code: Shower(knows, runner.catalogs, kiosk) for code, knows in known.items()}


def screens(folder: Path) -> None:
    readers = showers(folder / "render.db")
    gc.freeze()  # as bot/serving.py does
    contestants: dict[str, Callable[[], object]] = {SHOWN: readers[SOURCE].show}
    contestants |= {f"and for Telegram, {code}": it.telegram for code, it in readers.items()}
    contestants |= {f"and for the kiosk, {code}": it.page for code, it in readers.items()}
    compare(contestants, dict.fromkeys(contestants, SHOWN), ROUNDS, CALLS)


def one_of_each_place() -> tuple[State, ...]:
    """The state with the longest screen of each place, as the walk finds them."""
    known = Known(PERSON, load_library(), tuple(it.language for it in load_languages()), TODAY)
    longest: dict[str, tuple[int, State]] = {}
    for shown, _, _ in engine.explore(known, Home(), start, same=each_item):
        found = (len(repr(shown.screen.parts)), shown.state)
        longest[shown.state.place] = max(longest.get(shown.state.place, found), found,
                                         key=lambda each: each[0])  # fmt: skip
    return tuple(state for _, state in longest.values())


def every_place(folder: Path) -> None:
    """Any screen in any language: the longest of each place, for both doors."""
    states = one_of_each_place()
    readers = showers(folder / "every.db")
    readers = {code: replace(it, states=states) for code, it in readers.items()}
    gc.freeze()
    print(f"\nThe longest screen of each of {len(states)} places:")
    contestants: dict[str, Callable[[], object]] = {EVERY: readers[SOURCE].show}
    contestants |= {f"and for Telegram, {code}": it.telegram for code, it in readers.items()}
    contestants |= {f"and for the kiosk, {code}": it.page for code, it in readers.items()}
    compare(contestants, dict.fromkeys(contestants, EVERY), ROUNDS, 3)


def memory() -> None:
    """What the content holds while the program runs."""
    tracemalloc.start()
    library = load_library()
    print(
        f"\nContent in memory: {tracemalloc.get_traced_memory()[0] / 2**20:.1f} MiB,"
        f" {sum(len(getattr(library, f.removesuffix('.toml'))) for f in FILES.values())} items"
    )
    tracemalloc.stop()


def content() -> None:
    texts = [
        files("flows").joinpath("content", name).read_text(encoding="utf-8")
        for name in FILES.values()
    ]
    contestants: dict[str, Callable[[], object]] = {
        TOML: lambda: [rtoml.loads(text) for text in texts],
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
        every_place(Path(folder))
    content()
    memory()


if __name__ == "__main__":
    main()
