"""Entries: words that open a place from outside, in commands, links and kiosk addresses.

An entry is a place, or a place and one argument: `help`, `documents.page:paspor`. The same word
works behind every door and never grows old. Telegram's `/start` links allow no dots and colons,
so there `documents.page:paspor` is written `documents-page_paspor`.
"""

from collections.abc import Callable

from flows import help
from flows.abroad import Abroad
from flows.areas import level_of
from flows.contract import Contract
from flows.destinations import Country, Destinations
from flows.documents import page
from flows.emergency import AskEmergency, Emergency
from flows.engine import Known, State
from flows.forget import Forget, Forgotten
from flows.home import ChooseLanguage, Home, Service, Welcome
from flows.money import Charges, Money
from flows.notices.check import CheckNotice
from flows.notices.mine import Mine, Stop
from flows.notices.page import listing
from flows.notices.read import MoreOfNotice, ReadNotice
from flows.notices.report import SuspectNotice
from flows.offer import questions as offer
from flows.officer.home import OfficerHome
from flows.officer.invitation import EnterCode, Invited
from flows.person import Case, Person
from flows.plan.possible import Aim
from flows.plan.questions import AskAdult, entrance, settled
from flows.procedure import page as stage_page
from flows.topics import Page, Topic, menu_of
from flows.village.check import CheckOfficer
from flows.village.page import VillagePage, own

Opener = Callable[[str, State, Known], State]

LONGEST_NUMBER = 6
"""Digits in the number of a notice."""


def _interrupted(state: State) -> State:
    """Where an emergency returns to: exactly what it interrupted, but for another emergency."""
    return state.then if isinstance(state, Emergency | AskEmergency) else state


ENTRIES: dict[str, Opener] = {
    "home": lambda argument, here, known: Home(),
    "emergency": lambda argument, here, known: Emergency(_interrupted(here)),
    "emergency.ask": lambda argument, here, known: AskEmergency(_interrupted(here)),
    "help": lambda argument, here, known: help.Help(here.origin()),
    "help.countries": lambda argument, here, known: help.Countries(here.origin()),
    "help.country": lambda argument, here, known: help.Country(here.origin(), argument),
    "help.provinces": lambda argument, here, known: help.Provinces(here.origin()),
    "language": lambda argument, here, known: _language(here),
    "service": lambda argument, here, known: Service(),
    "forget": lambda argument, here, known: _forget(here, known),
    "procedure": lambda argument, here, known: entrance("procedure", known),
    "procedure.stage": lambda argument, here, known: _stage(argument, known),
    "documents": lambda argument, here, known: entrance("documents", known),
    "documents.page": lambda argument, here, known: _document(argument, known),
    "offer": lambda argument, here, known: offer.first(known.library),
    "destinations": lambda argument, here, known: Destinations(),
    "destinations.country": lambda argument, here, known: Country(argument),
    "money": lambda argument, here, known: Money(),
    "money.charges": lambda argument, here, known: Charges(Money()),
    "abroad": lambda argument, here, known: Abroad(),
    "contract": lambda argument, here, known: Contract(Abroad()),
    "village": lambda argument, here, known: _village(argument, known),
    "notices": lambda argument, here, known: listing(known, argument.replace("-", ".")),
    "notices.read": lambda argument, here, known: ReadNotice(_number(argument)),
    "notices.more": lambda argument, here, known: MoreOfNotice(_number(argument)),
    "notices.report": lambda argument, here, known: SuspectNotice(_number(argument)),
    "notices.check": lambda argument, here, known: CheckNotice(here.origin()),
    "notices.mine": lambda argument, here, known: Mine(known.person.village),
    "notices.stop": lambda argument, here, known: Stop(here.origin(), _number(argument)),
    "invitation.code": lambda argument, here, known: EnterCode(here.origin()),
    "officer": lambda argument, here, known: OfficerHome(),
    "officer.check": lambda argument, here, known: CheckOfficer(here.origin()),
    "topic": lambda argument, here, known: _topic(argument),
    "topic.page": lambda argument, here, known: _page(argument, known),
}
"""Every entry, and what it opens for somebody who stands at `here`."""


def open_entry(entry: str, here: State, known: Known) -> State | None:
    """The state behind an entry, or None for a word that is not one.

    Somebody new is asked for a language and told what this is first, then taken to the place.
    """
    name, _, argument = entry.partition(":")
    opener = ENTRIES.get(name)
    if opener is None:
        return None
    state = opener(argument, here, known)
    return state if known.person.welcomed else _first_contact(state, here, known)


def invited(invitation: int, here: State, known: Known) -> State:
    """What the code of an invitation opens; whoever is new is made welcome first."""
    state = Invited(invitation)
    return state if known.person.welcomed else _first_contact(state, here, known)


def brought(entry: str, person: Person) -> Person:
    """Who comes in by the link of a village is at home there, unless they chose one before."""
    village = village_of(entry)
    if person.village or level_of(village) != "village":
        return person
    return person.living_in(village)


def village_of(entry: str) -> str:
    """The code in the link of a village or of its notices, in which dots are dashes."""
    name, _, argument = entry.partition(":")
    return argument.replace("-", ".") if name in ("village", "notices") else ""


def _first_contact(state: State, here: State, known: Known) -> State:
    match state:
        case Forget() | Forgotten():
            return state
        case _ if state.place.startswith(("help", "emergency")):
            return state
        case ChooseLanguage() | Home():
            return ChooseLanguage(here.then if isinstance(here, ChooseLanguage | Welcome) else None)
        case _ if not known.person.language:
            return ChooseLanguage(state)
        case _:
            return Welcome(state)


def _village(argument: str, known: Known) -> State:
    """The village of a link; without one the reader's own."""
    return VillagePage(argument.replace("-", ".")) if argument else own(known)


def _number(argument: str) -> str:
    """The digits of a notice's number: no state keeps what else somebody wrote."""
    return "".join(filter(str.isdecimal, argument))[:LONGEST_NUMBER]


def _document(code: str, known: Known) -> State:
    return _of_age(page.Page(settled(known.person.case, "documents", known.library), code),
                   "documents", known)  # fmt: skip


def _stage(code: str, known: Known) -> State:
    """Of a stage that the person's own route does not have, as on the common way."""
    case = settled(known.person.case, "procedure", known.library)
    stage = known.library.stages.get(code)
    ours = stage is None or stage.needed(case.route)
    return _of_age(stage_page.Page(case if ours else Case(), code), "procedure", known)


def _of_age(opened: State, aim: Aim, known: Known) -> State:
    """The page; whoever has not said they are of age is asked first."""
    return opened if known.person.adult else AskAdult(aim, opened)


def _topic(menu: str) -> State:
    """A menu of pages; one that opens from outside leads back to where it stands."""
    under = Money() if menu in ("who-pays", "loan", "sending", "fraud") else Abroad()
    return Topic(under, menu)


def _page(code: str, known: Known) -> State:
    return Page(_topic(menu_of(code, known.library)), code)


def _forget(here: State, known: Known) -> State:
    return Forgotten() if known.person == Person() else Forget(here.origin())


def _language(here: State) -> State:
    under = here.origin()
    return under if isinstance(under, ChooseLanguage) else ChooseLanguage(under)


def from_start_link(payload: str) -> str:
    """`documents-page_paspor` as the entry `documents.page:paspor`."""
    name, separator, argument = payload.partition("_")
    return name.replace("-", ".") + (":" if separator else "") + argument
