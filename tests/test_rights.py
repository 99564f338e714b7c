"""The table of rights is complete and true: nobody sees, does or gives more than they hold."""

from collections.abc import Collection
from dataclasses import replace
from typing import get_args

import pytest
from aiohttp import web
from sqlmodel import SQLModel

from bot.messages import Press, SentFile, Words
from bot.runner import Runner
from bot.screens import Reply
from bot.settings import Settings
from bot.telegram_commands import COMMANDS
from bot.telegram_updates import webhook
from bot.tokens import Token
from bot.web import application
from bot.work import GONE, NOT_YOURS
from flows import engine, rights
from flows.destinations import Country
from flows.effects import (
    CancelInvitation,
    Effect,
    EndOffice,
    ExtendOffice,
    Invite,
    Resign,
)
from flows.engine import State
from flows.officer.calendar import DeskEvent
from flows.officer.people import DeskInvitation, DeskPerson, DeskPersonEnd, DeskResign
from flows.rights import RANKS, Role
from flows.text import Text
from tests import roles
from tests.role_walks import HEARD, walk
from tests.roles import COUNTRY, FILE, PROVINCE, REGENCY, Cast, X, Y, effects_in_x

EVERYBODY = ("worker", "ex-officer", "neighbour", "officer", "head", "coordinator", "admin")
HELD: dict[str, Role] = {
    "neighbour": "officer",
    "officer": "officer",
    "head": "head",
    "coordinator": "coordinator",
    "admin": "admin",
}
"""What each of them holds; whoever is not here holds nothing."""

WITHOUT = ("worker", "ex-officer", "neighbour")
"""Who has no right in X."""

OFFICERS_PLACES = {place for place, least in rights.PLACES.items() if least != "worker"}
NOBODYS = 999
"""The number of no contact, office or invitation."""

PASSING = ("person", "conversation", "seen_update")
"""Tables that change with every message."""


@pytest.fixture
def cast(runner: Runner) -> Cast:
    return roles.cast_of(runner)


def agree(name: str, table: Collection[str], things: Collection[str]) -> None:
    missing, superfluous = sorted({*things} - {*table}), sorted({*table} - {*things})
    assert not missing, f"say in {name} of flows/rights.py who may: {missing}"
    assert not superfluous, f"take out of {name} in flows/rights.py what is nowhere: {superfluous}"


def kept(runner: Runner) -> dict[str, list[str]]:
    """Every row of every table that only an effect may change."""
    names = [table.name for table in SQLModel.metadata.sorted_tables if table.name not in PASSING]
    with runner.database.look() as db:
        return {n: sorted(map(str, db.exec_driver_sql(f"SELECT * FROM {n}"))) for n in names}


def test_every_place_has_its_row_and_every_row_its_place() -> None:
    agree("PLACES", rights.PLACES, State.places)


def test_every_effect_has_its_row_and_every_row_its_effect() -> None:
    agree("EFFECTS", rights.EFFECTS, [effect.__name__ for effect in get_args(Effect)])


def test_every_command_has_its_row_and_every_row_its_command() -> None:
    agree("COMMANDS", rights.COMMANDS, COMMANDS)


async def test_every_page_has_its_row_and_every_row_its_page(runner: Runner) -> None:
    settings = Settings(
        telegram_bot_token="1:a", webhook_url="https://desa.example", webhook_secret="s" * 43
    )
    app = application(runner, 1024)
    async with webhook(runner, settings, app):
        pages = {_page(route) for route in app.router.routes() if route.method != "HEAD"}
    agree("PAGES", rights.PAGES, pages)


def _page(route: web.AbstractRoute) -> str:
    assert route.resource
    return f"{route.method} {route.resource.canonical}"


def test_whoever_stands_higher_may_do_more() -> None:
    for table in (rights.PLACES, rights.EFFECTS, rights.COMMANDS, rights.PAGES):
        for least in table.values():
            reached = [rights.reaches(role, least) for role in RANKS]
            assert reached == sorted(reached)
            assert least != "relative", "relatives hold no office yet: they are met as workers"


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_meets_just_the_places_they_have_a_right_to(cast: Cast, name: str) -> None:
    met = {met.shown.state.place for met in walk(cast, name)} & OFFICERS_PLACES
    held = HELD.get(name, "worker")
    assert met == {place for place in OFFICERS_PLACES if rights.reaches(held, rights.PLACES[place])}


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_button_is_dead(cast: Cast, name: str) -> None:
    """What it leads to is there, and what it does is not refused."""
    for met in walk(cast, name):
        here = (met.shown.state, met.choice)
        if not met.step.effects:
            assert met.there.remark is None, here
            continue
        after = cast.after(name, met.step)
        if isinstance(after, Text):  # words may be no name and no number
            assert met.choice == HEARD and after not in (NOT_YOURS, GONE), (here, after)
        elif not any(isinstance(effect, Resign) for effect in met.step.effects):
            assert after.remark is None, here


def test_whoever_holds_two_offices_in_one_village_is_offered_nothing_twice(cast: Cast) -> None:
    """As somebody who was an officer there and then became its head."""
    cast.also("head", "officer", X)
    for met in walk(cast, "head"):
        ids = [choice.id for choice in met.shown.screen.pressable]
        assert len(ids) == len(set(ids)), (met.shown.state, ids)


def test_whoever_is_taken_home_finds_the_way_to_work_there(cast: Cast) -> None:
    officer = cast.people["officer"].type("menu")
    home = officer.reply.screen
    assert cast.stand("officer", Country("atlantis")).reply.screen == home


def nowhere(name: str) -> State:
    """A place that is not there any more, or never was, for somebody who could be there."""
    return DeskEvent(Y, NOBODYS) if name in HELD else Country("atlantis")


def seen(reply: Reply) -> Reply:
    """What of a reply does not depend on how much was said before."""
    assert reply.remark == engine.GONE
    return replace(reply, revision=0)


def places_in_x(cast: Cast) -> dict[State, str]:
    """Every place of officers that is about X or the regency, and every office to give back."""
    met = [met.shown.state for name in ("officer", "coordinator") for met in walk(cast, name)]
    return {state: state.place for state in met
            if state.place in OFFICERS_PLACES and state.within() in (X, REGENCY)}  # fmt: skip


def of_others(cast: Cast) -> tuple[State, ...]:
    """Places in one's own area Y, about what belongs to X."""
    office, invitation = cast.offices["officer"], cast.invitations["officer"]
    return (
        DeskPerson(Y, office), DeskPersonEnd(Y, office), DeskInvitation(Y, invitation),
        DeskResign(office),
    )  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT)
def test_a_place_without_the_right_looks_like_one_that_is_gone(cast: Cast, name: str) -> None:
    nothing, places = seen(cast.stand(name, nowhere(name)).reply), places_in_x(cast)
    anywhere = {place for place in OFFICERS_PLACES if State.places[place]().within() is None}
    assert {*places.values()} | anywhere == OFFICERS_PLACES
    own = () if name == "neighbour" else (State.places[place]() for place in sorted(anywhere))
    for state in (*places, *of_others(cast), *own):
        assert seen(cast.stand(name, state).reply) == nothing, state


@pytest.mark.parametrize("name", WITHOUT)
def test_whatever_is_said_at_a_place_without_the_right_does_nothing(cast: Cast, name: str) -> None:
    one_each = {place: state for state, place in places_in_x(cast).items()}
    nothing = seen(cast.stand(name, nowhere(name)).type("Siti Aminah").reply)
    before = kept(cast.runner)
    for state in (*one_each.values(), *of_others(cast)):
        for said in (Words("Siti Aminah"), Words("1"), SentFile(FILE), None):
            somebody = cast.stand(name, state)
            somebody.say(said or Press(Token(somebody.reply.revision, "remove")))
            assert seen(somebody.reply) == nothing, (state, said)
    assert kept(cast.runner) == before


def test_whoever_has_the_right_can_do_it_all(cast: Cast) -> None:
    effects = effects_in_x(cast)
    free = {name for name, least in rights.EFFECTS.items() if least == "worker"}
    assert {type(effect).__name__ for effect in effects} | free | {"Resign"} == {*rights.EFFECTS}
    assert cast.could("head", *effects)
    assert cast.could("head", Resign(cast.offices["head"]))


@pytest.mark.parametrize("name", WITHOUT)
def test_an_effect_without_the_right_is_refused_and_nothing_has_changed(
    cast: Cast, name: str
) -> None:
    before = kept(cast.runner)
    for effect in effects_in_x(cast):
        elsewhere = replace(effect, area="33.07.10.9999")
        assert cast.tries(name, effect) == cast.tries(name, elsewhere) == NOT_YOURS, effect
    assert kept(cast.runner) == before


def test_what_belongs_to_others_is_refused_like_what_is_not_there(cast: Cast) -> None:
    before, office, invitation = kept(cast.runner), cast.offices, cast.invitations
    for name, effect, nobodys in (
        ("neighbour", CancelInvitation(Y, invitation["officer"]), CancelInvitation(Y, NOBODYS)),
        ("neighbour", EndOffice(Y, office["officer"]), EndOffice(Y, NOBODYS)),
        ("neighbour", ExtendOffice(Y, office["officer"]), ExtendOffice(Y, NOBODYS)),
        ("neighbour", Resign(office["officer"]), Resign(NOBODYS)),
        ("head", EndOffice(X, office["neighbour"]), EndOffice(X, NOBODYS)),
        ("worker", Resign(office["officer"]), Resign(NOBODYS)),
        ("ex-officer", Resign(office["ex-officer"]), Resign(NOBODYS)),
    ):
        said = cast.tries(name, effect)
        assert said == cast.tries(name, nobodys), effect
        assert said in (NOT_YOURS, GONE), effect
    assert kept(cast.runner) == before


def test_who_stands_above_or_beside_in_the_same_area_is_refused_too(cast: Cast) -> None:
    """And one's own office, also where one holds a higher one besides."""
    lower, office, invitation = cast.also("head", "officer", X), cast.offices, cast.invitations
    before = kept(cast.runner)
    for name, effect in (
        ("officer", EndOffice(X, office["head"])),
        ("officer", EndOffice(X, office["officer"])),
        ("helper", EndOffice(X, office["officer"])),
        ("officer", ExtendOffice(X, office["helper"])),
        ("officer", CancelInvitation(X, invitation["head"])),
        ("head", EndOffice(REGENCY, office["coordinator"])),
        ("head", ExtendOffice(X, office["head"])),
        ("head", ExtendOffice(X, lower)),
        ("head", EndOffice(X, lower)),
        ("head", CancelInvitation(REGENCY, invitation["coordinator"])),
        ("coordinator", EndOffice(COUNTRY, office["admin"])),
    ):
        assert cast.tries(name, effect) == NOT_YOURS, (name, effect)
    assert kept(cast.runner) == before


IN_X: set[tuple[Role, str]] = {("officer", X), ("head", X)}
IN_REGENCY: set[tuple[Role, str]] = {
    *IN_X, ("officer", Y), ("head", Y), ("coordinator", REGENCY)
}  # fmt: skip
IN_PROVINCE: set[tuple[Role, str]] = {*IN_REGENCY, ("admin", PROVINCE)}
GRANTS: dict[str, set[tuple[Role, str]]] = {
    "worker": set(),
    "ex-officer": set(),
    "neighbour": {("officer", Y)},
    "officer": {("officer", X)},
    "head": IN_X,
    "coordinator": IN_REGENCY,
    "governor": IN_PROVINCE,
    "admin": {*IN_PROVINCE, ("coordinator", roles.OTHER_REGENCY), ("admin", COUNTRY)},
}
"""All that each of them can give; every other pair of role and area is refused."""


@pytest.mark.parametrize("name", GRANTS)
def test_nobody_gives_more_than_they_hold(cast: Cast, name: str) -> None:
    areas = (X, Y, REGENCY, roles.OTHER_REGENCY, PROVINCE, COUNTRY)
    given = {(r, a) for r in RANKS for a in areas if cast.could(name, Invite(r, a))}
    assert given == GRANTS[name]
