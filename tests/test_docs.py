"""The documentation is true: commands, settings, places, links and the diagram exist and agree.

`python -m tests.test_docs` draws anew what is made from the code: the diagram in
docs/conversation.md, and the table of rights in docs/hak.md.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import telegram_commands
from bot.__main__ import COMMANDS
from bot.asking import Service
from bot.runner import Runner
from bot.settings import NAMES
from bot.web import COUNTED
from flows import entries, rights
from flows.diagram import diagram
from flows.effects import Resign
from flows.home import start
from flows.officer.trail import DEEDS
from flows.offices import ROLES
from flows.person import Person
from flows.rights import RANKS, Role
from locales.catalogs import Catalogs
from storage.database import open_database
from storage.models import SQLModel
from tests.conftest import KEY, prepare
from tests.play import FixedClock
from tests.role_walks import Met, walk
from tests.roles import Cast, X, cast_of, effects_in_x
from tests.small import LANGUAGES, known, small_library

ROOT = Path(__file__).parents[1]
CONVERSATION, RIGHTS = ROOT / "docs" / "conversation.md", ROOT / "docs" / "hak.md"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"),
                 *ROOT.glob("flows/content/*.md"))
    if ".venv" not in path.parts
)  # fmt: skip
MERMAID = re.compile(r"```mermaid\n.*?```\n", re.S)
TABLE = re.compile(r"(?:^\|.*\n)+", re.M)
TITLES = 2
"""Titles that are named of a place with many."""


def drawn() -> str:
    return f"```mermaid\n{diagram(known(Person()), start)}```\n"


def table_of_rights(runner: Runner) -> str:
    """Who may do what: the rows of flows/rights.py, each with words that people read there."""
    cast, say = cast_of(runner), runner.catalogs.say
    met = walk(cast, "admin")
    listed = {name: say(does, "id") for name, does in telegram_commands.COMMANDS.items()}
    lines = [
        _line("", "nama di program", *(ROLES[role].msgid.lower() for role in RANKS)),
        _line("---", "---", *(":-:" for _ in RANKS)),
        *_rows("Layar", rights.PLACES, _titles(met, runner.catalogs)),
        *_rows("Tindakan", rights.EFFECTS, _deeds(cast, met)),
        *_rows("Perintah di Telegram", rights.COMMANDS, listed),
        *_rows("Alamat web", rights.PAGES, {}),
    ]
    return "".join(lines)


def _rows(kind: str, table: Mapping[str, Role], said: Mapping[str, str]) -> Iterator[str]:
    """What everybody may in one line; then each of the others, the least right first."""
    common = sum(least == "worker" for least in table.values())
    yield _right(f"**{kind}**", f"{common} untuk semua orang", "worker")
    for name in sorted(table, key=lambda name: RANKS.index(table[name])):
        if table[name] != "worker":
            yield _right(said[name], f"`{name}`", table[name])


def _right(words: str, name: str, least: Role) -> str:
    return _line(words, name, *("✓" if rights.reaches(role, least) else "" for role in RANKS))


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _titles(met: tuple[Met, ...], catalogs: Catalogs) -> dict[str, str]:
    """Of each place the titles under which it is met."""
    titles: dict[str, dict[str, None]] = {}
    for shown in (one.shown for one in met):
        titles.setdefault(shown.state.place, {})[catalogs.say(shown.screen.title, "id")] = None
    return {
        place: " / ".join([*list(said)[:TITLES], *(["…"] if len(said) > TITLES else [])])
        for place, said in titles.items()
    }


def _deeds(cast: Cast, met: tuple[Met, ...]) -> dict[str, str]:
    """Of each effect what the trail says of it; of one that it does not note, where it is done."""
    said = {
        type(effect).__name__: cast.runner.catalogs.say(one.shown.screen.title, "id")
        for one in met
        for effect in one.step.effects
    }
    for effect in (*effects_in_x(cast), Resign(cast.offices["head"])):
        before = _newest(cast)
        assert cast.tries("head", effect) is None
        if (deed := _newest(cast)) != before:
            said[type(effect).__name__] = DEEDS[deed[1]].msgid
    return said


def _newest(cast: Cast) -> tuple[int, str]:
    """How much the trail of the village holds, and the last of it."""
    with cast.runner.database.look() as db:
        lines = cast.runner.rows.trail.read(db, X, 0, 100)
    return len(lines), lines[0].deed


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_diagram_is_the_code() -> None:
    assert MERMAID.findall(CONVERSATION.read_text(encoding="utf-8")) == [drawn()]


def test_the_table_of_rights_is_the_code(runner: Runner) -> None:
    assert TABLE.findall(RIGHTS.read_text(encoding="utf-8")) == [table_of_rights(runner)]


def first_column(table: str) -> set[str]:
    """The names in backquotes at the beginning of each row."""
    cells = re.findall(r"^\| (`[^|]*)\|", table, re.M)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_command_is_documented_and_no_other() -> None:
    assert first_column(text("bot/README.md").split("| setting (")[0]) == set(COMMANDS)


def test_every_setting_is_documented_and_no_other() -> None:
    assert first_column(text("bot/README.md").split("| setting (")[1]) == set(NAMES)


def test_every_table_is_documented() -> None:
    for table in SQLModel.metadata.tables:
        assert f"| `{table}` |" in text("storage/README.md")


def test_every_counter_is_documented() -> None:
    for name in COUNTED:
        assert f"`{name}`" in text("bot/README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_a_page_names_exists(page: Path) -> None:
    for command in re.findall(r"python -m bot (\w+)", page.read_text(encoding="utf-8")):
        assert command in {*COMMANDS, "COMMAND"}
    for command in re.findall(r"python -m locales (\w+)", page.read_text(encoding="utf-8")):
        assert command in {"new", "update", "check", "status"}


def test_the_example_of_an_entry_is_one() -> None:
    assert "documents.page" in entries.ENTRIES


def test_the_worked_example_of_a_screen_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code block of CONTRIBUTING.md, as a reader would type it, with its row in the table."""
    from flows.engine import State, show

    [code] = re.findall(r"```python\n(.*?)```", text("CONTRIBUTING.md"), re.S)
    names: dict[str, object] = {"__name__": "flows.hours"}
    monkeypatch.setitem(rights.PLACES, "hours", "worker")
    try:
        exec(compile(code, "CONTRIBUTING.md", "exec"), names)
        state = names["Hours"](start(known().person))  # type: ignore[operator]
        assert show(state, known(), start).screen.navigation
    finally:
        State.places.pop("hours", None)


def write(page: Path, found: re.Pattern[str], made: str) -> None:
    """Put what was made in place of the same of before, at the end of its page."""
    rest = found.sub("", page.read_text(encoding="utf-8")).rstrip()
    page.write_text(f"{rest}\n\n{made}", encoding="utf-8")


if __name__ == "__main__":
    write(CONVERSATION, MERMAID, drawn())
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rights.db"
        prepare(url)
        with closing(open_database(url, KEY)) as database:
            service = Service(small_library(), LANGUAGES)
            runner = Runner(database, service, Catalogs(), FixedClock())
            write(RIGHTS, TABLE, table_of_rights(runner))
