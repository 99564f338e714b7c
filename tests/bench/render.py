"""Screens in words for each door and language, and the files that are read at start."""


from bot.runner import Runner
from flows.engine import State
from locales.languages import load_languages
from tests.bench.walks import WORDS, Walker

SCREENS_ROUNDS, FILES_ROUNDS, CALLS = 12, 8, 40
SHOW = "six screens, shown by their states"
TOML, LIBRARY = "content files as plain TOML", "content files as our library"
LANGUAGES = tuple(known.language.code for known in load_languages())


def six_screens(runner: Runner) -> list[State]:
    """What somebody sees who walks from the checklist to a document, and to menu and help."""
    walker = Walker(runner, "1")
    walker.arrive()
    seen: dict[State, None] = {}
    for message in (*map(walker.presses, ()), *map(walker.says, WORDS)):
        walker.take(message)
    return list(seen)
