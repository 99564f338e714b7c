"""The walk: every choice of every screen, so that what holds here holds for everybody.

The small library is walked completely (every combination of answers and ticks). The real one is
walked once for each item and place; each screen is then rendered in each language for each door.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from random import Random

import pytest

from bot import telegram_markup
from bot.check import STATEMENT, texts
from bot.screens import Rendered, Reply, render
from flows import entries, limits
from flows.engine import Known, Shown, State, Step, explore, show
from flows.home import ChooseLanguage, Home, start
from flows.person import Person
from flows.procedure.eligibility import REQUIREMENTS
from flows.screen import SourceLine
from flows.stored import dump_person, dump_state, load_person, load_state
from flows.walk import each_item, only_typed
from locales.catalogs import Catalogs
from locales.extract import extract_all
from locales.languages import load_languages
from storage.library import load_library
from tests import small_village
from tests.small import known, small_library
from tests.telegram_html import length, visible

LANGUAGES = tuple(catalogued.language for catalogued in load_languages())
PROVEN = {code for code, _ in REQUIREMENTS}
FIRST_CONTACT = {"language", "welcome"}
MONEY_OR_LAW = re.compile(r"Rp\d|\bUU \d|\bpasal \d|undang-undang|\b\d+ tahun\b", re.IGNORECASE)
SAYS_WHERE_IT_LOOKED = {
    "welcome", "about", "notices.read", "notices.more",
    *(place for place in State.places if place.startswith("officer.notice")),
}  # fmt: skip
"""Screens that speak of years because of what we keep, not of what the law says; and those of a
notice, which names its own source.
"""


def everything(step: Step) -> Hashable:
    """Each state with each set of answers and of the ticks it shows; of months, only whether."""
    person = step.person
    papers = (person.ready, bool(person.expiry))
    shown: Hashable = {
        "plan": person.case,
        "documents": (papers, person.case),
        "procedure": (person.stages, person.ready & PROVEN, person.case),
        "contract": person.clauses,
        "home": (papers, person.stages, person.case),
    }.get(step.state.place.partition(".")[0], person.case.destination)
    known_as = (person.welcomed, person.adult, person.language)
    return step.state.place, _own(step.state), shown, known_as


def _own(state: State) -> Hashable:
    """What a state itself says; of a state within it (where a side trip came from) the place."""
    return tuple(
        value.place if isinstance(value, State) else value
        for name, value in vars(state).items()
        if name != "year"
    )


@cache
def small_walk() -> tuple[tuple[Shown, Step], ...]:
    return _walked(known(Person()), ChooseLanguage(), everything)


@cache
def real_walk() -> tuple[tuple[Shown, Step], ...]:
    library = load_library()
    return _walked(known(Person(), library), ChooseLanguage(), each_item)


def _walked(at: Known, first: State, same: object) -> tuple[tuple[Shown, Step], ...]:
    """All that can be pressed, and what only typing a name leads to."""
    adult = replace(at, person=at.person.speaking("id").made_welcome().of_age())
    typed = only_typed(at.library)
    steps = chain(
        explore(at, first, start, same=same),  # type: ignore[arg-type]
        *(explore(adult, one, start, same=_only(one.place)) for one in typed),
        *(
            explore(small_village.told_to(adult, **more), one, start, same=_at_work(same))
            for one, more in small_village.TYPED
        ),
    )
    return tuple((shown, step) for shown, _, step in steps)


def _at_work(same: object) -> Callable[[Step], Hashable]:
    """The places of a village and its officers; what they lead to beside is walked without them."""

    def key(step: Step) -> Hashable:
        ours = step.state.place.split(".")[0] in small_village.PLACES
        return (step.state.place, _own(step.state)) if ours else None

    return key


def _only(place: str) -> Callable[[Step], bool]:
    """The steps out of one place, and none after them."""
    return lambda step: step.state.place == place


def screens(walk: tuple[tuple[Shown, Step], ...]) -> Iterator[Shown]:
    """Each screen of a walk once."""
    met: set[int] = set()
    for shown, _ in walk:
        if id(shown) not in met:
            met.add(id(shown))
            yield shown


def stops(walk: tuple[tuple[Shown, Step], ...], same: object = everything) -> list[Step]:
    """Each step of a walk once."""
    return list({same(step): step for _, step in walk}.values())  # type: ignore[operator]


def rendered(shown: Shown, language: str, catalogs: Catalogs) -> Rendered:
    return render(Reply(shown.screen, language, 10**6, shown.state.place), catalogs)


@pytest.mark.parametrize("walk", [small_walk, real_walk])
def test_every_place_is_reached(walk: object) -> None:
    assert {shown.state.place for shown, _ in walk()} == set(State.places)  # type: ignore[operator]


@pytest.mark.parametrize("walk", [small_walk, real_walk])
def test_every_screen_says_something_and_leads_on(walk: object) -> None:
    for shown in screens(walk()):  # type: ignore[operator]
        place, screen = shown.state.place, shown.screen
        assert screen.title.msgid or screen.title.values, place
        assert screen.pressable, place
        assert len(screen.choices) <= limits.CHOICES, place
        ids = [choice.id for choice in screen.pressable]
        assert len(ids) == len(set(ids)), (place, ids)


@pytest.mark.parametrize("walk", [small_walk, real_walk])
def test_every_screen_has_a_way_home(walk: object) -> None:
    for shown in screens(walk()):  # type: ignore[operator]
        ways = {choice.id for choice in shown.screen.navigation}
        if shown.state.place in {"home", *FIRST_CONTACT}:
            continue
        assert "home" in ways, shown.state.place


@pytest.mark.parametrize("walk", [small_walk, real_walk])
def test_home_is_at_most_five_presses_away(walk: object) -> None:
    leads: dict[str, set[str]] = defaultdict(set)
    for shown, step in walk():  # type: ignore[operator]
        leads[shown.state.place].add(step.state.place)
    near, presses = {"home"}, 0
    while near != leads.keys() | {"home"}:
        near |= {place for place, onward in leads.items() if onward & near}
        presses += 1
        assert presses <= 5, leads.keys() - near


def test_every_state_and_person_survives_being_stored() -> None:
    for step in (*stops(small_walk()), *stops(real_walk(), each_item)):
        assert load_state(dump_state(step.state)) == step.state
        assert load_person(dump_person(step.person)) == step.person


def test_from_every_place_help_and_language_lead_back_to_it() -> None:
    for step in stops(small_walk()):
        if not step.person.welcomed:
            continue
        at = known(step.person)
        for entry in ("help", "language", "forget"):
            aside = entries.open_entry(entry, step.state, at)
            assert aside is not None
            back = [
                c.to for c in show(aside, at, start).screen.navigation if c.id in ("back", "home")
            ]
            origin = step.state.then if hasattr(step.state, "then") else step.state
            assert step.state in back or origin in back, (entry, step.state.place)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_nothing_is_over_a_doors_limit(language: object) -> None:
    catalogs, code = Catalogs(), language.code  # type: ignore[attr-defined]
    for shown in screens(real_walk()):
        screen = rendered(shown, code, catalogs)
        text = visible(telegram_markup.html(screen))
        assert 0 < length(text) <= limits.TELEGRAM_TEXT, shown.state.place
        for button in screen.buttons + screen.navigation:
            assert 0 < len(button.label) <= limits.LABEL, (shown.state.place, button.label)
            assert len(button.token.encode()) <= limits.TELEGRAM_TOKEN, button.token


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_prose_is_short_enough_to_be_read(language: object) -> None:
    catalogs, code = Catalogs(), language.code  # type: ignore[attr-defined]
    spare = 1.3 if code != "id" else 1
    for shown in screens(real_walk()):
        blocks = rendered(shown, code, catalogs).page.blocks
        prose = sum(len(block.text) for block in blocks if block.kind in ("paragraph", "caution"))
        assert prose <= limits.PROSE * spare, (shown.state.place, prose, shown.state)


def test_no_sentence_is_outside_the_catalogs() -> None:
    there = {(m.context or "", str(m.id)) for m in extract_all() if m.id}
    for shown in screens(real_walk()):
        for text in texts(shown.screen):
            if text.msgid:
                assert (text.context, text.msgid) in there, (shown.state.place, text)


def test_no_answer_about_law_or_money_is_without_source_and_date() -> None:
    catalogs = Catalogs()
    for shown in screens(real_walk()):
        if shown.state.place in SAYS_WHERE_IT_LOOKED:
            continue
        said = [block.text for block in rendered(shown, "id", catalogs).page.blocks]
        sourced = any(isinstance(part, SourceLine) for part in shown.screen.parts)
        official = any(STATEMENT.match(text.context) for text in texts(shown.screen.parts))
        if official or any(MONEY_OR_LAW.search(line) for line in said):
            assert sourced, (shown.state.place, said)


@pytest.mark.parametrize("language", [x for x in LANGUAGES if x.code != "id"], ids=lambda x: x.code)
def test_the_indonesian_of_every_official_screen_can_be_seen(language: object) -> None:
    code = language.code  # type: ignore[attr-defined]
    person = Person().speaking(code).made_welcome().of_age()
    at = Known(person, load_library(), LANGUAGES, known().today)
    for shown in screens(real_walk()):
        if shown.state.original:
            continue
        here = show(shown.state, at, start)
        if not here.screen.official:
            continue
        original = next(c for c in here.screen.navigation if c.id == "original")
        there = show(original.to, at, start)
        assert there.screen.original, shown.state.place
        assert show(there.screen.navigation[-1].to, at, start).state == here.state


def test_content_that_disappears_takes_people_home() -> None:
    """Every state of the walk, on a day when all content it names is gone."""
    at = known()
    empty = {name: {} for name in ("documents", "destinations", "routes", "offices")}
    poor = replace(at.library, **empty)
    for step in stops(small_walk()):
        if not step.person.welcomed:
            continue
        here = show(step.state, known(step.person, poor), start)
        assert here.screen.pressable
        assert show(start(step.person), known(step.person, poor), start).remark is None


def test_the_small_library_is_the_whole_flow() -> None:
    assert len(small_library().documents) == 3
    assert {shown.state.place for shown, _ in small_walk()} >= {"plan.no-list", "help"}


def test_what_can_be_printed_has_a_page_and_nothing_else_has() -> None:
    for step in stops(small_walk()):
        at = small_village.told_to(known(step.person))
        here = show(step.state, at, start)
        assert here.screen.printable == (here.state.paper(at) is not None), step.state.place


def depth(state: State) -> int:
    inner = [depth(value) for value in vars(state).values() if isinstance(value, State)]
    return 1 + max(inner, default=0)


def test_walking_in_circles_does_not_nest_states() -> None:
    """Help within emergency within help, and pages within pages, for a thousand presses."""
    chance, at = Random(7), known()
    state: State = Home()
    words = ["help", "emergency", "language", "emergency.ask", "help.country:taiwan", "forget"]
    for _ in range(4000):
        shown = show(state, at, start)
        if chance.random() < 0.3:
            state = entries.open_entry(chance.choice(words), shown.state, at) or state
        else:
            step = chance.choice(shown.screen.pressable)
            state = Home() if step.effects else step.to
        assert depth(state) <= 7, state


@pytest.mark.parametrize("phone", ["0812-3456-7890", ""])
def test_the_fullest_village_fits_into_a_message(phone: str) -> None:
    """All that officers may write, at its longest; nobody can silence their village's page."""
    full, catalogs = small_village.Fullest(phone), Catalogs()
    person = Person().speaking("id").made_welcome()
    at = small_village.told_to(known(person, load_library()), answers=full)
    for state, _ in small_village.TYPED[:2]:
        for shown, _, _ in explore(at, state, start, same=_at_work(everything)):
            if shown.state.place.startswith(("village", "officer.village", "officer.calendar")):
                text = telegram_markup.html(rendered(shown, "id", catalogs))
                assert length(text) <= limits.TELEGRAM_TEXT, shown.state
