"""The official content as values: what the files in `flows/content/` must hold.

The types below are the schema: `storage/library.py` reads the files by them and refuses what
does not fit, and the extractor in `locales/` finds the sentences to translate by them (every
field of type `Text`). A field without a default must be in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Literal, TypeVar

from flows.errors import Gone
from flows.person import Case, Children, Marital
from flows.text import Text

Status = Literal["open", "closed", "unknown", "never"]
"""`unknown` is a blank that is said as one; `never` is no legal destination for any job."""

Phase = Literal["home", "register", "depart"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was read. `title` is shown to people, so it names law and article."""

    code: str
    title: str
    publisher: str
    dated: str
    """When the source itself appeared, as precisely as known: `2017`, `2025-11`, `2025-11-15`."""
    read_on: date
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every item of official content has: a name for us, its sources, and when we looked."""

    code: str
    sources: tuple[str, ...]
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Item):
    """A country, and whether the law lets people go there for household or other work."""

    name: Text
    aliases: tuple[str, ...] = ()
    """Other words people type for it, in any language."""
    household: Status
    other: Status
    routes: tuple[str, ...] = ()
    """Codes of the routes our sources name for other work; empty where none was found."""
    reason: Text | None = None
    """Why it is closed or no legal destination; required where a status says so."""
    caution: Text | None = None
    """What to know although it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Item):
    """A way to go (P3MI, G to G ...); `placement` is false for what the law does not call PMI."""

    name: Text
    explanation: Text
    household: bool = False
    """Whether household work is possible on this route."""
    placement: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Item):
    """Where documents are made; its documents answer "what do I bring tomorrow?"."""

    name: Text
    where: Text
    """How to find it and what to ask for there, in one or two sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Item):
    """One document of the checklist, and who needs it (an empty condition means everybody)."""

    number: str
    """Its number in our fact sheet, `D01` to `D23`, which is also the order of the list."""
    phase: Phase
    article13: bool = False
    """One of the eight documents of UU 18/2017 article 13."""
    label: Text
    """A few words for lists and buttons."""
    name: Text
    what: Text
    issuer: Text
    office: str
    bring: tuple[Text, ...]
    bring_married: tuple[Text, ...] = ()
    bring_divorced: tuple[Text, ...] = ()
    bring_widowed: tuple[Text, ...] = ()
    time: Text
    cost: Text
    validity: Text
    mistakes: Text
    law: Text
    routes: tuple[str, ...] = ()
    not_routes: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    children: Children = ""
    warn_months: int = 0
    """Months before its last month in which the list warns; 0 for a document that never expires."""

    def things(self, case: Case) -> tuple[Text, ...]:
        """What to bring, by marital status; all of it while that is not answered."""
        by_status: dict[Marital, tuple[Text, ...]] = {
            "married": self.bring_married,
            "divorced": self.bring_divorced,
            "widowed": self.bring_widowed,
        }
        more = (lines for status, lines in by_status.items() if case.marital in ("", status))
        return (*self.bring, *(line for lines in more for line in lines))

    def needed(self, case: Case) -> bool:
        """Whether somebody in this case needs it; a question not answered yet leaves it out."""
        return (
            case.route not in self.not_routes
            and (not self.routes or case.route in self.routes)
            and (not self.destinations or case.destination in self.destinations)
            and (not self.children or case.children == self.children)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Item):
    """A page of official explanation; flows name it by its code."""

    title: Text
    body: tuple[Text, ...]
    caution: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    """A line of help: whom, how, when; `as_of` says when the number was last seen in a source."""

    name: Text
    number: str
    hours: Text
    as_of: str


KINDS: dict[str, type[Item]] = {
    "destination": Destination,
    "route": Route,
    "office": Office,
    "document": Document,
    "advice": Advice,
    "contact": Contact,
}
"""The word before each item in its file, `[[document]]`; the files bear the plural names."""

FILES = {
    "destination": "destinations.toml",
    "route": "routes.toml",
    "office": "offices.toml",
    "document": "documents.toml",
    "advice": "advice.toml",
    "contact": "contacts.toml",
}


def context_of(kind: str, code: str, field: str, *, many: bool) -> str:
    """The translators' context of a sentence; lines of lists recur, so they share theirs."""
    return f"{kind}.{field}" if many else f"{kind}.{code}.{field}"


@dataclass(frozen=True, slots=True)
class Language:
    """A language people can choose; `invitation` asks them to, in that language."""

    code: str
    name: str
    invitation: str
    reviewed: bool


@dataclass(frozen=True)
class Library:
    """All official content, read once at start. Every look-up of an absent code raises `Gone`."""

    sources: Mapping[str, Source]
    destinations: Mapping[str, Destination]
    routes: Mapping[str, Route]
    offices: Mapping[str, Office]
    documents: Mapping[str, Document]
    advice: Mapping[str, Advice]
    contacts: Mapping[str, Contact]
    _lists: dict[Case, tuple[Document, ...]] = field(
        default_factory=dict[Case, tuple[Document, ...]], init=False, repr=False, compare=False
    )
    """Each case's list, made when first asked for: one screen asks for it ten times."""

    def source_of(self, item: Item) -> tuple[Source, ...]:
        return tuple(look_up(self.sources, code) for code in item.sources)

    def needed(self, case: Case) -> tuple[Document, ...]:
        """The documents of a case in the order of the list; the eight of article 13 for no case."""
        if case not in self._lists:
            documents = self.documents.values()
            wanted = (d.needed(case) if case.destination else d.article13 for d in documents)
            self._lists[case] = tuple(compress(documents, wanted))
        return self._lists[case]


Kind = TypeVar("Kind")


def look_up(items: Mapping[str, Kind], code: str) -> Kind:
    """The item with this code; content dies, so a stored code may be `Gone`."""
    try:
        return items[code]
    except KeyError:
        raise Gone(code) from None
