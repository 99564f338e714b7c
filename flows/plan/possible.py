"""What a plan allows: which routes there are, which answers fit together, what is open."""

from dataclasses import replace
from typing import Literal

from flows.items import Route, Status
from flows.library import Library, look_up
from flows.person import Case

Aim = Literal["documents", "procedure"]
"""What the person wants with the plan: the list of documents asks more than the procedure."""

EVERYWHERE = ("company", "crew", "reentry")
"""Routes of other work that are not tied to a country, in the order they are offered."""


def consistent(case: Case, library: Library) -> Case:
    """Without answers that another answer, or newer content, has made impossible."""
    if case.destination not in library.destinations:
        case = replace(case, destination="")
    if case.route not in {route.code for route in routes(case, library) if route.placement}:
        case = replace(case, route="")
    return case


def statuses(case: Case, library: Library) -> tuple[Status, Status]:
    destination = look_up(library.destinations, case.destination)
    return destination.household, destination.other


def status(case: Case, library: Library) -> Status:
    household, other = statuses(case, library)
    return household if case.work == "household" else other


def routes(case: Case, library: Library) -> tuple[Route, ...]:
    """The routes to choose from; of an apprenticeship it is then explained that it is none."""
    if case.work == "household":
        return tuple(route for route in library.routes.values() if route.household)
    destination = library.destinations.get(case.destination)
    named = (destination.routes if destination else ()) + EVERYWHERE
    return tuple(route for route in library.routes.values() if route.code in named)
