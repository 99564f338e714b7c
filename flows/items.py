"""What the files in `flows/content/` must hold: one class for each kind of item.

These types are the schema: `storage/library.py` reads the files by them and refuses what does not
fit, and the extractor in `locales/` finds the sentences to translate by them (every field of type
`Text`). A field without a default must be in the file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.person import Case, Children, Marital, Work
from flows.text import Text

Status = Literal["open", "closed", "unknown", "never"]
"""`unknown` is a blank that is said as one; `never` is no legal destination for any job."""

Phase = Literal["home", "register", "depart"]

StagePhase = Literal["home", "register", "depart", "abroad", "return"]
"""The law's three phases, before, during and after work; "before" in the three of the checklist."""

Subject = Literal["work", "age", "study", "language", "contract", "wage", "rest", "cost", "danger"]
"""What can be known about a destination, in the order it is told."""

Payable = Literal["never", "ask", "normal"]
"""Whether a worker may be asked to pay for something; `ask` where rules or jobs differ."""

Standing = Literal["known", "before", "candidate", "emas"]
"""How a village stands: Desmigratif from the year, by the year at the latest, only to become one,
or Desa Migran EMAS, which is another programme."""

Question = Literal["country", "visa", "who", "promise", "money", "papers", "steps", "freedom"]
"""The questions of the offer check, in the order they are asked."""


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
    other_standing: Text | None = None
    """How other work stands, where the bare status would say too much or too little."""
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
class Fact(Item):
    """One thing known about a destination, and when it was so."""

    destination: str
    subject: Subject
    work: Work = ""
    """The work it concerns; empty for all."""
    text: Text
    lasting: bool = False
    """A law: true until it is changed, so it is not told with a date and does not grow old."""
    as_of: str = ""
    """As precisely as the source says, `2022`, `2025-11`; empty where it gives no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Item):
    """One stage of the procedure, from the talk at home to the return."""

    number: int
    """1 to 23, as in our fact sheet; a route has its own stage where it goes another way."""
    phase: StagePhase
    label: Text
    what: Text
    where: Text
    bring: tuple[Text, ...] = ()
    get: Text | None = None
    time: Text
    cost: Text
    mistakes: Text
    documents: tuple[str, ...] = ()
    """Documents of the checklist that one gets here."""
    subjects: tuple[Subject, ...] = ()
    """What to read about one's destination here."""
    routes: tuple[str, ...] = ()
    not_routes: tuple[str, ...] = ()

    def needed(self, route: str) -> bool:
        """Whether somebody on this route goes through it; `""` is not decided yet: as by P3MI."""
        route = route or "p3mi"
        return route not in self.not_routes and (not self.routes or route in self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Item):
    """A page of official explanation; flows name it by its code."""

    title: Text
    number: str = ""
    """Its number in our fact sheet, where it has one (`B01`, `C01`)."""
    body: tuple[Text, ...]
    caution: Text | None = None
    heading: Text | None = None
    """What the `lines` are; both or neither."""
    lines: tuple[Text, ...] = ()
    contacts: tuple[str, ...] = ()
    """Whom to call about this, by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(Item):
    """Something that workers are asked to pay, and whether that is as it should be."""

    label: Text
    verdict: Payable
    body: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Item):
    """A warning sign in a job offer; it says something of the offer, never of a company."""

    number: str
    """Its number in our fact sheet, `R01` to `R21`."""
    question: Question
    strong: bool
    """Enough to stop by itself; others are a reason to ask first."""
    label: Text
    why: Text
    todo: Text
    status: Literal["", "closed", "never"] = ""
    """For signs of the country: which standing of a destination it stands for."""
    destinations: tuple[str, ...] = ()
    """Exactly the destinations of that standing, so that neither file says less than the other."""
    emergency: bool = False
    """Whoever says so is in danger now: numbers first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Item):
    """Something a work agreement should say, and what to ask where it does not."""

    label: Text
    meaning: Text
    ask: Text
    routes: tuple[str, ...] = ()
    not_routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    """A line of help: whom, how, when; `as_of` says when it was last seen in a source."""

    name: Text
    number: str = ""
    """Empty for an office that one goes to."""
    hours: Text
    """When and for what; of an office, where it is."""
    as_of: str
    destination: str = ""
    """The country where it helps; empty at home."""
    province: str = ""
    """The province where an office stands."""
    emergency: bool = False
    """Whom to call when life is in danger."""
    abroad: bool = False
    """A line at home for people who are in another country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Item):
    """What sources say of one village and the programme; no full list of villages was found."""

    area: str
    """The official code of the village, `33.07.10.2004`; the name is in the area data."""
    since: str = ""
    """The year that `standing` speaks of, `2017`; empty where no source gives it."""
    standing: Standing
    """`known`: Desmigratif of that year. `before`: it was one by the end of that year, the source
    does not say since when. `candidate`: in that year only proposed or prepared, and whether it
    became one we do not know. `emas`: Desa Migran EMAS, not Desmigratif."""

    @property
    def is_desmigratif(self) -> bool:
        """Whether a source says that it is one, not only that it was to be."""
        return self.standing in ("known", "before")
