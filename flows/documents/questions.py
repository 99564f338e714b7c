"""The questions that decide which documents are needed, and where each answer leads."""

from dataclasses import dataclass, replace

from flows.documents import checklist, no_list
from flows.engine import Known, State
from flows.library import Destination, Library, Route, Status, look_up
from flows.person import Case, Children, Marital, Work
from flows.queries import Alike, Named, Query
from flows.screen import Caution, Choice, Paragraph, Part, Screen, SourceLine
from flows.sources import sources
from flows.text import Text, t

WORKS: tuple[tuple[Work, Text], ...] = (
    ("household", t("Kerja di rumah orang")),
    ("other", t("Kerja lain: pabrik, rumah sakit, kebun, kapal")),
)
MARITAL: tuple[tuple[Marital, Text], ...] = (
    ("single", t("Belum menikah")),
    ("married", t("Menikah")),
    ("divorced", t("Cerai hidup")),
    ("widowed", t("Suami atau istri sudah meninggal")),
)
CHILDREN: tuple[tuple[Children, Text], ...] = (
    ("yes", t("Punya anak")),
    ("no", t("Tidak punya anak")),
)
MINIMUM_AGE = t(
    "Menurut undang-undang, Anda baru boleh bekerja di luar negeri setelah berumur 18 tahun."
)
WHICH = t("Maksud Anda yang mana?")
EVERYWHERE = ("company", "crew", "reentry")
"""Routes of other work that are not tied to a country, in the order they are offered."""


def entrance(known: Known) -> State:
    """Where "my documents" leads: the first open question, or straight to the list."""
    return onward(known.person.case, known.library) if known.person.adult else AskAdult()


def onward(case: Case, library: Library) -> State:
    """The next open question, the reason why there is no list, or the list."""
    case = consistent(case, library)
    match case:
        case Case(destination=""):
            return AskDestination(case)
        case _ if "never" in statuses(case, library):
            return no_list.NoList(case)
        case Case(work=""):
            return AskWork(case)
        case _ if status(case, library) != "open":
            return no_list.NoList(case)
        case Case(route=""):
            return AskRoute(case)
        case Case(marital=""):
            return AskMarital(case)
        case Case(children=""):
            return AskChildren(case)
        case _:
            return checklist.Checklist(case)


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
    """The routes to choose from; an apprenticeship is offered so that it can be explained."""
    if case.work == "household":
        return tuple(route for route in library.routes.values() if route.household)
    destination = library.destinations.get(case.destination)
    named = (destination.routes if destination else ()) + EVERYWHERE
    return tuple(r for r in library.routes.values() if r.code in named or not r.placement)


def answer(choice_id: str, label: Text, case: Case, known: Known) -> Choice:
    """A choice that answers a question; a plan that has no list is not remembered."""
    to = onward(case, known.library)
    kept = consistent(case, known.library)
    if isinstance(to, no_list.NoList):  # nor is the half of it that was answered before
        kept = settled(known.person.case, known.library)
    return Choice(choice_id, label, to, known.person.in_case(kept))


def settled(case: Case, library: Library) -> Case:
    """A case that leads to a list: this one if it does, else that of the eight documents."""
    return case if isinstance(onward(case, library), checklist.Checklist) else Case()


@dataclass(frozen=True)
class AskAdult(State, place="documents.adult"):
    then: State | None = None
    """The page that somebody opened from outside before saying their age."""

    def show(self, known: Known) -> Screen:
        adult = known.person.of_age()
        documents = self.then or onward(known.person.case, known.library)
        return Screen(
            t("Sudah berumur 18 tahun?"),
            (
                Paragraph(MINIMUM_AGE),
                _minimum_age(known),
            ),
            (
                Choice("adult:yes", t("Ya, sudah 18 tahun"), documents, adult),
                Choice("adult:no", t("Belum"), no_list.UnderAge()),
            ),
        )


def _minimum_age(known: Known) -> SourceLine:
    """The first source of the advice is the article that sets the age."""
    advice = look_up(known.library.advice, "under-18")
    return SourceLine(known.library.source_of(advice)[:1], advice.checked_on)


@dataclass(frozen=True)
class AskDestination(State, place="documents.destination"):
    case: Case
    changing: bool = False
    """Reached from the list of answers, so the way back is there."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (Named("destination", words), Alike("destination", words)) if words else ()

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Mau bekerja di negara mana?"),
            choices=(
                Choice("country:unknown", t("Belum tahu: 8 dokumen wajib"),
                       checklist.Checklist(Case())),
                *(self._choice(place, known) for place in known.library.destinations.values()),
                Choice("country:other", t("Negara lain"), no_list.OtherCountry()),
            ),
            back=checklist.Answers(self.case) if self.changing else None,
            hint=t("Atau ketik nama negaranya."),
        )  # fmt: skip

    def hear(self, words: str, known: Known) -> Choice | None:
        for code in known.rows(Named("destination", words)):
            return going_to(str(code), self.case, known)
        alike = tuple(str(code) for code in known.rows(Alike("destination", words)))
        return Choice("alike", WHICH, AskWhich(self.case, alike)) if alike else None

    def _choice(self, destination: Destination, known: Known) -> Choice:
        return going_to(destination.code, self.case, known)


def going_to(code: str, case: Case, known: Known) -> Choice:
    destination = look_up(known.library.destinations, code)
    case = replace(case, destination=code)
    return answer(f"country:{code}", destination.name, case, known)


@dataclass(frozen=True)
class AskWhich(State, place="documents.which"):
    """A name that only nearly fits is never taken for a country: Austria is not Australia."""

    case: Case
    codes: tuple[str, ...]

    def show(self, known: Known) -> Screen:
        return Screen(
            WHICH,
            (Paragraph(t("Kalau tidak ada di sini, kembali dan pilih: Negara lain.")),),
            tuple(going_to(code, self.case, known) for code in self.codes),
            back=AskDestination(self.case),
        )


@dataclass(frozen=True)
class AskWork(State, place="documents.work"):
    case: Case
    changing: bool = False

    def show(self, known: Known) -> Screen:
        destination = look_up(known.library.destinations, self.case.destination)
        return Screen(
            t("{destination}: kerja apa?", destination=destination.name),
            _caution(destination, known),
            tuple(
                answer(f"work:{work}", label, replace(self.case, work=work), known)
                for work, label in WORKS
            ),
            back=_back(self.changing, self.case, AskDestination(self.case)),
        )


def _caution(destination: Destination, known: Known) -> tuple[Part, ...]:
    if destination.caution is None:
        return ()
    return (Caution(destination.caution), sources((destination,), known))


def _back(changing: bool, case: Case, previous: State) -> State:
    return checklist.Answers(case) if changing else previous


@dataclass(frozen=True)
class AskRoute(State, place="documents.route"):
    case: Case
    changing: bool = False

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Lewat jalur apa?"),
            (Paragraph(t("Belum tahu jalurnya? Tanyakan ke Disnaker atau BP3MI, bukan ke calo.")),),
            tuple(self._choice(route, known) for route in routes(self.case, known.library)),
            back=_back(self.changing, self.case, AskWork(self.case)),
        )

    def _choice(self, route: Route, known: Known) -> Choice:
        if not route.placement:
            return Choice(f"route:{route.code}", route.name, no_list.Apprenticeship(self.case))
        case = replace(self.case, route=route.code)
        return answer(f"route:{route.code}", route.name, case, known)


@dataclass(frozen=True)
class AskMarital(State, place="documents.marital"):
    case: Case
    changing: bool = False

    def show(self, known: Known) -> Screen:
        route = look_up(known.library.routes, self.case.route)
        return Screen(
            t("Apa status perkawinan Anda?"),
            (
                Paragraph(t("Jalur Anda: {route}.", route=route.name)),
                Paragraph(route.explanation),
                sources((route,), known),
            ),
            tuple(
                answer(f"marital:{marital}", label, replace(self.case, marital=marital), known)
                for marital, label in MARITAL
            ),
            back=_back(self.changing, self.case, AskRoute(self.case)),
        )


@dataclass(frozen=True)
class AskChildren(State, place="documents.children"):
    case: Case
    changing: bool = False

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Punya anak?"),
            choices=tuple(
                answer(f"children:{children}", label, replace(self.case, children=children), known)
                for children, label in CHILDREN
            ),
            back=_back(self.changing, self.case, AskMarital(self.case)),
        )
