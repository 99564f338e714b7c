"""The engine: states, the step from one to the next, and the walk that visits them all.

A state is a frozen dataclass of plain values that can show itself. Its screen lists choices, and
each choice carries the state it leads to. So the engine only looks up, never decides; and whoever
walks all choices (`explore`) has seen all that can happen. Nothing here reads, writes or waits.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil
from typing import ClassVar, Self, TypeVar

from flows import limits, rights
from flows.effects import Effect, Made
from flows.errors import Gone
from flows.library import Language, Library
from flows.offices import Office
from flows.person import Person
from flows.queries import MyOffices, Query, Row
from flows.screen import Choice, Paper, Screen
from flows.text import Text, t, verbatim

BACK = t("Kembali")
HOME = t("Menu utama")
ORIGINAL = t("Teks Indonesia")
MORE = t("Lihat yang lain")

GONE = t("Bagian yang tadi Anda buka sudah tidak ada. Anda kembali ke menu utama.")
NOT_HERE = t("Pilihan itu tidak ada di sini. Silakan pilih yang ada di layar.")

R = TypeVar("R")


@dataclass(frozen=True)
class Known:
    """Everything a state may look at."""

    person: Person
    library: Library
    languages: tuple[Language, ...]
    today: date
    operator: str = ""
    bot: str = ""
    """The bot's user name on Telegram, for links; empty where there is no Telegram."""
    hall: str = ""
    """Code of the village in whose hall the person stands, at its kiosk."""
    writable: bool = False
    """Whether we can write to the person later, as into a Telegram chat."""
    made: Made | None = None
    """What the effects of this very step produced."""
    answers: Mapping[Query, tuple[Row, ...]] = field(default_factory=dict[Query, tuple[Row, ...]])

    def rows(self, query: Query) -> tuple[Row, ...]:
        return self.answers.get(query, ())

    def given(self, query: Query, kind: type[R]) -> tuple[R, ...]:
        """The rows of one kind; a query that was not asked has none."""
        return tuple(row for row in self.rows(query) if isinstance(row, kind))

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices that the person holds now, for states that asked for `MyOffices`."""
        return self.given(MyOffices(), Office)

    def may(self, place: str, area: str | None = None) -> bool:
        """Whether the person may be at a place, in that area or, for None, in any of theirs."""
        return rights.may(self.offices, rights.PLACES[place], area)


@dataclass(frozen=True)
class State(ABC):
    """A place in a conversation. Its class names the place, once and for ever."""

    place: ClassVar[str]
    places: ClassVar[dict[str, type["State"]]] = {}

    writes: ClassVar[bool] = False
    """Whether what is typed here is published as it stands."""

    page: int = field(default=0, kw_only=True)
    """Which part of a long list is in view."""
    original: bool = field(default=False, kw_only=True)
    """Seen in Indonesian instead of the reader's language."""

    def __init_subclass__(cls, *, place: str = "") -> None:
        if not place:  # a kind of states, not one
            return
        if place in State.places:
            raise TypeError(f"two states claim the place {place!r}: choose another name")
        if place not in rights.PLACES:
            raise TypeError(f"nobody knows who may be at {place!r}: add its row to flows/rights.py")
        cls.place = place
        State.places[place] = cls

    @abstractmethod
    def show(self, known: Known) -> Screen:
        """The screen; raises `Gone` when the content it names is no longer there."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        """Rows to look up: before `hear(words)`, or with no words before `show`."""
        return ()

    def hear(self, words: str, known: Known) -> Choice | None:
        """What typed words mean here. Doors have tried labels, numbers and common words before."""
        return None

    def hear_file(self, known: Known) -> Choice | None:
        """What a file means here; its content is with the effects, never with the state."""
        return None

    def within(self) -> str | None:
        """The area in which one needs the right to be here; None where any area will do."""
        return None

    def paper(self, known: Known) -> Paper | None:
        """What a printer makes of this state; None where the screen is not `printable`."""
        return None

    def origin(self) -> "State":
        """What a side trip returns to in the end; of any other state, itself."""
        return self

    def seen(self, *, page: int = 0, original: bool = False) -> Self:
        """The same state, looked at in another way."""
        return replace(self, page=page, original=original)


@dataclass(frozen=True)
class SideTrip(State):
    """A state that leads back to `then`, the question the person came from."""

    then: State

    def origin(self) -> State:
        return self.then.origin()


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to the next: who the person is then, and what else has to happen."""

    state: State
    person: Person
    effects: tuple[Effect, ...] = ()
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A state and the screen it gave; another state than asked for if that one was `Gone`."""

    state: State
    screen: Screen
    remark: Text | None = None


Home = Callable[[Person], State]
"""Where a person starts and always finds back to; it depends on what they have seen so far."""


def show(state: State, known: Known, home: Home) -> Shown:
    """The screen; of a place that the person has no right to, what is shown of one that is gone."""
    try:
        if not known.may(state.place, state.within()):
            raise Gone
        return Shown(state, _dressed(state, state.show(known), known, home))
    except Gone:
        start = home(known.person)
        return Shown(start, _dressed(start, start.show(known), known, home), GONE)


def press(here: Shown, choice_id: str, known: Known) -> Step:
    """The step behind a button; an id that is not on the screen changes nothing and says so."""
    choice = next((c for c in here.screen.pressable if c.id == choice_id), None)
    if here.remark or choice is None:
        return Step(here.state, known.person, remark=here.remark or NOT_HERE)
    return take(choice, known)


def take(choice: Choice, known: Known) -> Step:
    return Step(choice.to, choice.person or known.person, choice.effects, choice.remark)


def explore(
    known: Known, start: State, home: Home, same: Callable[[Step], Hashable] = lambda step: step
) -> Iterator[tuple[Shown, Choice, Step]]:
    """Every step a person can take from `start`; steps with an equal `same` are followed once."""
    waiting = deque([Step(start, known.person)])
    met: set[Hashable] = {same(waiting[0])}
    while waiting:
        here = waiting.popleft()
        now = replace(known, person=here.person)
        shown = show(here.state, now, home)
        for choice in shown.screen.pressable:
            step = take(choice, now)
            yield shown, choice, step
            if (key := same(step)) not in met:
                met.add(key)
                waiting.append(step)


def _dressed(state: State, screen: Screen, known: Known, home: Home) -> Screen:
    """The page of the list in view, and the row of navigation."""
    pages = _pages(screen.choices)
    page = min(state.page, len(pages) - 1)
    choices = pages[page]
    if page + 1 < len(pages):
        more = Choice(f"page:{page + 2}", MORE, state.seen(page=page + 1, original=state.original))
        choices = (*choices, more)
    back = state.seen(page=page - 1, original=state.original) if page else screen.back
    way_back = _way_back(back, state, home(known.person))
    navigation = (*way_back, *screen.aside, *_other_language(state, screen, known))
    return replace(screen, choices=choices, navigation=navigation, original=state.original)


def _pages(choices: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], ...]:
    if len(choices) <= limits.CHOICES:
        return (choices,)
    size = limits.CHOICES - 1  # one place on every page but the last is for "more"
    return tuple(choices[n * size : (n + 1) * size] for n in range(ceil(len(choices) / size)))


def _way_back(back: State | None, state: State, home: State) -> Iterator[Choice]:
    if back is not None and back != home:
        yield Choice("back", BACK, back)
    if state.place != home.place:
        yield Choice("home", HOME, home)


def _other_language(state: State, screen: Screen, known: Known) -> Iterator[Choice]:
    own = next((lang for lang in known.languages if lang.code == known.person.language), None)
    if state.original and own:
        yield Choice("translated", verbatim(own.name), state.seen(page=state.page))
    elif own and own.code != "id" and screen.official:
        yield Choice("original", ORIGINAL, state.seen(page=state.page, original=True))
