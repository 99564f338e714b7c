"""What was stored opens: samples of every release, renamed places, and junk that only ends home."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows import stored
from flows.documents.checklist import Checklist
from flows.documents.page import Page
from flows.engine import State
from flows.errors import Gone
from flows.forget import Forget
from flows.help import Help
from flows.home import ChooseLanguage, Home
from flows.person import Case, Person
from flows.stored import dump_person, dump_state, load_person, load_state
from flows.text import Month

Json = dict[str, Any]


def release(file: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in file.stem.split("."))


FILES = sorted((Path(__file__).parent / "stored").glob("*.json"), key=release)
"""One file for each release, the oldest first: states and persons as it stored them."""

RICH = Help(ChooseLanguage(Page(Case("taiwan", "other"), "paspor", "cost", page=2, original=True)))

JUNK = [
    None, [], 1, 1.5, True, "home", {}, {"place": 3}, {"place": None}, {"place": []},
    {"place": "home"}, {"with": {}}, {"place": "home", "with": None}, {"place": "home", "with": 1},
    {"place": "home", "with": [1]}, {"place": "", "with": {}},
]  # fmt: skip

UNFIT = [
    {"place": "documents.mars", "with": {}},
    {"place": "home", "with": {"colour": "red"}},
    {"place": "help", "with": {}},
    {"place": "help", "with": {"then": None}},
    {"place": "help", "with": {"then": "home"}},
    {"place": "help", "with": {"then": {"place": "documents.mars", "with": {}}}},
    {"place": "documents.list", "with": {}},
    {"place": "documents.list", "with": {"case": "taiwan"}},
]


def samples(kind: str, files: list[Path]) -> list[Any]:
    """Each sample with a name for the test of it."""
    return [
        pytest.param(raw, id=f"{file.stem}-{raw.get('place', number)}")
        for file in files
        for number, raw in enumerate(json.loads(file.read_text(encoding="utf-8"))[kind])
    ]


@pytest.mark.parametrize("raw", samples("states", FILES))
def test_every_state_of_every_release_opens(raw: Json) -> None:
    assert isinstance(load_state(raw), State)


@pytest.mark.parametrize("raw", samples("persons", FILES))
def test_every_person_of_every_release_opens_with_what_they_told(raw: Json) -> None:
    person = load_person(raw)
    assert person.language == raw["language"]
    assert sorted(person.ready) == raw.get("ready", [])
    assert person.case.destination == raw.get("case", {}).get("destination", "")


@pytest.mark.parametrize("raw", samples("states", FILES[-1:]))
def test_a_state_of_the_newest_release_is_stored_as_it_was(raw: Json) -> None:
    assert dump_state(load_state(raw)) == raw


@pytest.mark.parametrize("raw", samples("persons", FILES[-1:]))
def test_a_person_of_the_newest_release_is_stored_as_they_were(raw: Json) -> None:
    assert dump_person(load_person(raw)) == raw


def test_every_place_has_a_sample_in_the_newest_file() -> None:
    newest = json.loads(FILES[-1].read_text(encoding="utf-8"))
    ours = {name for name, kind in State.places.items() if kind.__module__.startswith("flows")}
    assert {raw["place"] for raw in newest["states"]} == ours


@pytest.mark.parametrize("state", [RICH, Forget(RICH), Home(), ChooseLanguage()])
def test_a_state_in_a_state_survives_as_json(state: State) -> None:
    assert load_state(json.loads(json.dumps(dump_state(state)))) == state


def test_what_is_as_usual_is_not_written() -> None:
    assert dump_state(Checklist(Case())) == {"place": "documents.list", "with": {"case": {}}}
    assert dump_person(Person()) == {}


def test_months_and_ticks_survive_as_json() -> None:
    person = Person().with_document("paspor").with_document("ktp").until("paspor", Month(2031, 3))
    written = json.dumps(dump_person(person))
    assert written == '{"ready": ["ktp", "paspor"], "expiry": [["paspor", "2031-03"]]}'
    assert load_person(json.loads(written)) == person


def test_a_renamed_place_opens_under_its_new_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stored.RENAMED, "papers", "documents.papers")
    monkeypatch.setitem(stored.RENAMED, "documents.papers", "documents.list")
    for place in ("papers", "documents.papers", "documents.list"):
        assert load_state({"place": place, "with": {"case": {}}}) == Checklist(Case())


def test_a_renamed_place_inside_another_state_opens_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stored.RENAMED, "menu", "home")
    assert load_state({"place": "help", "with": {"then": {"place": "menu", "with": {}}}}) == Help(
        Home()
    )


def test_every_rename_leads_to_a_place_and_takes_no_present_name() -> None:
    assert set(stored.RENAMED.values()) <= State.places.keys() | stored.RENAMED.keys()
    assert not stored.RENAMED.keys() & State.places.keys()


@pytest.mark.parametrize("raw", [*JUNK, *UNFIT], ids=str)
def test_what_does_not_fit_is_gone(raw: object) -> None:
    with pytest.raises(Gone):
        load_state(raw)


def test_what_a_newer_release_knows_of_a_person_is_left_out() -> None:
    told = {"language": "jv", "shoes": "43", "ready": ["ktp"]}
    assert load_person(told) == Person().speaking("jv").with_document("ktp")
