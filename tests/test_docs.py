"""The documentation is true: commands, settings, places, links and the diagram exist and agree.

`python -m tests.test_docs` draws the diagram in docs/conversation.md anew.
"""

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import NAMES
from bot.web import COUNTED
from flows import entries
from flows.diagram import diagram
from flows.home import start
from flows.person import Person
from storage.models import SQLModel
from tests.small import known

ROOT = Path(__file__).parents[1]
CONVERSATION = ROOT / "docs" / "conversation.md"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"),
                 *ROOT.glob("flows/content/*.md"))
    if ".venv" not in path.parts
)  # fmt: skip
MERMAID = re.compile(r"```mermaid\n.*?```\n", re.S)


def drawn() -> str:
    return f"```mermaid\n{diagram(known(Person()), start)}```\n"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_diagram_is_the_code() -> None:
    assert MERMAID.findall(CONVERSATION.read_text(encoding="utf-8")) == [drawn()]


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


def test_the_worked_example_of_a_screen_runs() -> None:
    """The code block of CONTRIBUTING.md, as a reader would type it."""
    from flows.engine import State, show

    [code] = re.findall(r"```python\n(.*?)```", text("CONTRIBUTING.md"), re.S)
    names: dict[str, object] = {"__name__": "flows.hours"}
    try:
        exec(compile(code, "CONTRIBUTING.md", "exec"), names)
        state = names["Hours"](start(known().person))  # type: ignore[operator]
        assert show(state, known(), start).screen.navigation
    finally:
        State.places.pop("hours", None)


if __name__ == "__main__":
    page = CONVERSATION.read_text(encoding="utf-8")
    CONVERSATION.write_text(MERMAID.sub("", page).rstrip() + "\n\n" + drawn(), encoding="utf-8")
