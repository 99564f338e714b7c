"""What a person sees in one place: a title, typed parts, and the choices that lead on."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from flows.effects import Effect, File
from flows.items import Source, StagePhase
from flows.person import Person
from flows.text import Text

if TYPE_CHECKING:
    from flows.engine import State


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: one idea."""

    text: Text


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short lines under a heading."""

    heading: Text
    items: tuple[Text, ...]


Marked = Literal["paper", "step", "clause", "contact"]
"""What a mark is on: a paper is ready, a step done, a clause there, a contact confirmed."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a checklist; doors show `ready` as a word as well as a sign."""

    label: Text
    ready: bool
    remark: Text | None = None
    entry: str = ""
    """What opens its page, for doors where a line itself can be pressed."""
    marked: Marked = "paper"


@dataclass(frozen=True, slots=True)
class Ticks:
    """A group of checklist lines."""

    heading: Text
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Whom one can call or write to; the number stands out, because it is what people look for."""

    name: Text
    number: str
    """Empty for an office that one goes to."""
    note: Text


@dataclass(frozen=True, slots=True)
class Calls:
    """Lines of help under a heading, the first to call first."""

    heading: Text
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """One point of a path."""

    number: int
    label: Text
    done: bool
    here: bool
    """Where the person is: doors show "you are here"."""
    entry: str


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a path with a name, and a picture for doors that draw."""

    picture: StagePhase
    name: Text
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way with stops; the kiosk draws it, other doors set signs."""

    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """Text that must not be overlooked."""

    text: Text


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where an official statement comes from, and when somebody last compared it."""

    sources: tuple[Source, ...]
    checked_on: date


@dataclass(frozen=True, slots=True)
class Link:
    """An address to pass on; on paper it is drawn as a QR code as well."""

    address: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to print: a screen's attachment, made only when somebody wants it."""

    title: Text
    parts: tuple["Part", ...]


Part = Paragraph | Items | Calls | Ticks | Path | Link | Caution | SourceLine


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` names the result ("done:paspor"), never a change ("toggle:paspor")."""

    id: str
    label: Text
    to: "State"
    person: Person | None = None
    """The person as remembered afterwards; None leaves the person as it is."""
    effects: tuple[Effect, ...] = ()
    remark: Text | None = None
    """What is said first on the screen that comes next: that something was saved, for example."""
    ready: bool | None = None
    """For a line of a checklist: doors show it as a sign and a word; None for other choices."""
    marked: Marked = "paper"


@dataclass(frozen=True, slots=True)
class Screen:
    """One place as shown. States fill everything but `navigation`, which the engine adds."""

    title: Text
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    back: "State | None" = None
    hint: Text | None = None
    """What may be typed here; None where only choices and the common words are understood."""
    sensitive: bool = False
    """About law, money, consent or emergency, without saying so by a source or a caution."""
    printable: bool = False
    """Its state also makes a `Paper`; doors without a printer do not mention it."""
    takes_file: bool = False
    """A file that is sent here is read; anywhere else none is even fetched."""
    file: File | None = None
    """Sent along with the screen."""
    aside: tuple[Choice, ...] = ()
    """Choices about the service itself, which stand in the row of navigation."""
    navigation: tuple[Choice, ...] = ()
    original: bool = False
    """Shown in Indonesian whatever the reader's language."""
    language: str = ""
    """In which its parts are shown, where that is not the reader's: a preview for others."""

    @property
    def official(self) -> bool:
        """Whether a reader of a draft translation must be able to see the Indonesian."""
        return self.sensitive or any(isinstance(p, SourceLine | Caution) for p in self.parts)

    @property
    def pressable(self) -> tuple[Choice, ...]:
        return self.choices + self.navigation
