"""Entries: words that open a place from outside, in commands, links and kiosk addresses.

An entry is a place, or a place and one argument: `help`, `documents.page:paspor`. The same word
works behind every door and never grows old. Telegram's `/start` links allow no dots and colons,
so there `documents.page:paspor` is written `documents-page_paspor`.
"""

from collections.abc import Callable

from flows.documents import page, questions
from flows.engine import Known, State
from flows.forget import Forget, Forgotten
from flows.help import Help
from flows.home import ChooseLanguage, Home, Welcome
from flows.person import Person

Opener = Callable[[str, State, Known], State]


def _aside(state: State) -> State:
    """Where a side trip returns to: from a side trip, to the question under it, never deeper."""
    match state:
        case Help(then=under) | Forget(then=under) | ChooseLanguage(then=State() as under):
            return under
        case _:
            return state


ENTRIES: dict[str, Opener] = {
    "home": lambda argument, here, known: Home(),
    "help": lambda argument, here, known: Help(_aside(here)),
    "language": lambda argument, here, known: _language(here),
    "forget": lambda argument, here, known: _forget(here, known),
    "documents": lambda argument, here, known: questions.entrance(known),
    "documents.page": lambda argument, here, known: _page(argument, known),
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


def _first_contact(state: State, here: State, known: Known) -> State:
    match state:
        case Help() | Forget() | Forgotten():
            return state
        case ChooseLanguage() | Home():
            return ChooseLanguage(here.then if isinstance(here, ChooseLanguage | Welcome) else None)
        case _ if not known.person.language:
            return ChooseLanguage(state)
        case _:
            return Welcome(state)


def _page(code: str, known: Known) -> State:
    """The page, with a list to go back to; whoever has not said they are of age is asked first."""
    opened = page.Page(questions.settled(known.person.case, known.library), code)
    return opened if known.person.adult else questions.AskAdult(opened)


def _forget(here: State, known: Known) -> State:
    return Forgotten() if known.person == Person() else Forget(_aside(here))


def _language(here: State) -> State:
    under = _aside(here)
    return under if isinstance(under, ChooseLanguage) else ChooseLanguage(under)


def from_start_link(payload: str) -> str:
    """`documents-page_paspor` as the entry `documents.page:paspor`."""
    name, separator, argument = payload.partition("_")
    return name.replace("-", ".") + (":" if separator else "") + argument
