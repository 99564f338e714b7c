"""The official content as a whole: its kinds, the files they stand in, and the items by code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TypeVar

from flows.errors import Gone
from flows.items import (
    Advice,
    Charge,
    Clause,
    Contact,
    Destination,
    Document,
    Fact,
    Item,
    Office,
    Programme,
    Route,
    Sign,
    Source,
    Stage,
)
from flows.person import Case

TOPICS = ("advice", "check", "money", "trouble", "rights", "homecoming")
"""The kinds of pages of explanation, each with a file and a menu of its own (but for `advice`)."""

KINDS: dict[str, type[Source | Item]] = {
    "source": Source,
    "destination": Destination,
    "fact": Fact,
    "route": Route,
    "office": Office,
    "document": Document,
    "stage": Stage,
    "sign": Sign,
    "charge": Charge,
    "clause": Clause,
    "contact": Contact,
    "mission": Contact,
    "bureau": Contact,
    "village": Programme,
    **dict.fromkeys(TOPICS, Advice),
}
"""The word before each item in its file, `[[document]]`."""

FILES = {kind: f"{kind}s.toml" for kind in KINDS} | {
    kind: f"{kind}.toml" for kind in ("advice", "money", "trouble", "rights", "homecoming")
}
"""Where the items of each kind stand; the file's name is also their name in `Library`."""


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
    calls: tuple[str, ...] = ()
    """Words that are a call for help when they stand alone: "help me"."""
    dangers: tuple[str, ...] = ()
    """Words that are one wherever they stand: "locked up"."""


@dataclass(frozen=True)
class Library:
    """All official content, read once at start. Every look-up of an absent code raises `Gone`."""

    sources: Mapping[str, Source]
    destinations: Mapping[str, Destination]
    facts: Mapping[str, Fact]
    routes: Mapping[str, Route]
    offices: Mapping[str, Office]
    documents: Mapping[str, Document]
    stages: Mapping[str, Stage]
    signs: Mapping[str, Sign]
    charges: Mapping[str, Charge]
    clauses: Mapping[str, Clause]
    contacts: Mapping[str, Contact]
    """Lines within Indonesia that need no choice made, the first to call first."""
    missions: Mapping[str, Contact]
    """Missions and lines in the countries of destination."""
    bureaus: Mapping[str, Contact]
    """Offices in the provinces."""
    villages: Mapping[str, Programme]
    """What is known of villages and the programme; `desmigratif` has them by area."""
    advice: Mapping[str, Advice]
    checks: Mapping[str, Advice]
    money: Mapping[str, Advice]
    trouble: Mapping[str, Advice]
    rights: Mapping[str, Advice]
    homecoming: Mapping[str, Advice]
    _lists: dict[Case, tuple[Document, ...]] = field(
        default_factory=dict[Case, tuple[Document, ...]], init=False, repr=False, compare=False
    )
    """Each case's list, made when first asked for: one screen asks for it ten times."""

    @cached_property
    def pages(self) -> Mapping[str, Advice]:
        """The pages of all topics by code; no two have the same."""
        topics: tuple[Mapping[str, Advice], ...] = (
            self.advice, self.checks, self.money, self.trouble, self.rights, self.homecoming,
        )  # fmt: skip
        return {code: page for topic in topics for code, page in topic.items()}

    @cached_property
    def desmigratif(self) -> Mapping[str, Programme]:
        """What is known of a village by the code of its area, candidates and EMAS among them."""
        return {village.area: village for village in self.villages.values()}

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
