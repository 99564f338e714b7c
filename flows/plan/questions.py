"""The questions that make a plan, and where each answer leads."""

from dataclasses import dataclass, replace

from flows import naming
from flows.documents import checklist
from flows.engine import Known, State
from flows.items import Destination, Route
from flows.library import Library, look_up
from flows.person import Case, Children, Marital, Work
from flows.plan import no_list
from flows.plan.possible import Aim, consistent, routes, status, statuses
from flows.procedure import path
from flows.queries import Query
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


def entrance(aim: Aim, known: Known) -> State:
    """Where "my documents" or "my journey" leads: the first open question, or straight there."""
    if not known.person.adult:
        return AskAdult(aim)
    to = onward(known.person.case, aim, known.library)
    begun = aim == "procedure" and known.person.stages and isinstance(to, AskDestination)
    return without_plan(aim) if begun else to


def onward(case: Case, aim: Aim, library: Library) -> State:
    """The next open question, the reason why there is no such way, or what was aimed at."""
    case = consistent(case, library)
    match case:
        case Case(destination=""):
            return AskDestination(case, aim)
        case _ if "never" in statuses(case, library):
            return no_list.NoList(case, aim)
        case Case(work=""):
            return AskWork(case, aim)
        case _ if status(case, library) != "open":
            return no_list.NoList(case, aim)
        case Case(route=""):
            return AskRoute(case, aim)
        case _ if aim == "procedure":
            return path.Journey(case)
        case Case(marital=""):
            return AskMarital(case)
        case Case(children=""):
            return AskChildren(case)
        case _:
            return checklist.Checklist(case)


WITHOUT_PLAN: dict[Aim, Text] = {
    "documents": t("Belum tahu: 8 dokumen wajib"),
    "procedure": t("Belum tahu: lihat langkah umum"),
}


def without_plan(aim: Aim) -> State:
    """What there is for whoever does not know the country yet."""
    return path.Journey(Case()) if aim == "procedure" else checklist.Checklist(Case())


def answers(case: Case, aim: Aim) -> State:
    """Where one goes back to who came to change an answer."""
    return path.Journey(case) if aim == "procedure" else checklist.Answers(case)


def answer(choice_id: str, label: Text, case: Case, aim: Aim, known: Known) -> Choice:
    """A choice that answers a question; a plan that leads nowhere is not remembered."""
    to = onward(case, aim, known.library)
    kept = consistent(case, known.library)
    if isinstance(to, no_list.NoList):  # nor is the half of it that was answered before
        kept = settled(known.person.case, "procedure", known.library)
    return Choice(choice_id, label, to, known.person.in_case(kept))


def settled(case: Case, aim: Aim, library: Library) -> Case:
    """A case with nothing left to ask: this one if it is, else that of whoever does not know."""
    return case if isinstance(onward(case, aim, library), type(without_plan(aim))) else Case()


@dataclass(frozen=True)
class AskAdult(State, place="plan.adult"):
    aim: Aim = "documents"
    then: State | None = None
    """The page that somebody opened from outside before saying their age."""

    def show(self, known: Known) -> Screen:
        adult = known.person.of_age()
        onwards = self.then or onward(known.person.case, self.aim, known.library)
        return Screen(
            t("Sudah berumur 18 tahun?"),
            (
                Paragraph(MINIMUM_AGE),
                _minimum_age(known),
            ),
            (
                Choice("adult:yes", t("Ya, sudah 18 tahun"), onwards, adult),
                Choice("adult:no", t("Belum"), no_list.UnderAge(self.aim, self.then)),
            ),
        )


def _minimum_age(known: Known) -> SourceLine:
    """The first source of the advice is the article that sets the age."""
    advice = look_up(known.library.advice, "under-18")
    return SourceLine(known.library.source_of(advice)[:1], advice.checked_on)


@dataclass(frozen=True)
class AskDestination(State, place="plan.destination"):
    case: Case
    aim: Aim = "documents"
    changing: bool = False
    """Reached from what the plan led to, so the way back is there."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return naming.countries(words)

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Mau bekerja di negara mana?"),
            choices=(
                Choice("country:unknown", WITHOUT_PLAN[self.aim], without_plan(self.aim)),
                *(self._choice(place, known) for place in known.library.destinations.values()),
                Choice("country:other", t("Negara lain"), no_list.OtherCountry(self.aim)),
            ),
            back=answers(self.case, self.aim) if self.changing else None,
            hint=t("Atau ketik nama negaranya."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        return naming.country(words, self, known)

    def _choice(self, destination: Destination, known: Known) -> Choice:
        return going_to(destination.code, self.case, self.aim, known)


def going_to(code: str, case: Case, aim: Aim, known: Known) -> Choice:
    destination = look_up(known.library.destinations, code)
    case = replace(case, destination=code)
    return answer(f"country:{code}", destination.name, case, aim, known)


@dataclass(frozen=True)
class AskWhich(State, place="plan.which"):
    """As release 0.1 stored `naming.Which`."""

    case: Case
    codes: tuple[str, ...]

    def show(self, known: Known) -> Screen:
        return naming.Which(AskDestination(self.case), self.codes).show(known)


@dataclass(frozen=True)
class AskWork(State, place="plan.work"):
    case: Case
    aim: Aim = "documents"
    changing: bool = False

    def show(self, known: Known) -> Screen:
        destination = look_up(known.library.destinations, self.case.destination)
        return Screen(
            t("{destination}: kerja apa?", destination=destination.name),
            _caution(destination, known),
            tuple(
                answer(f"work:{work}", label, replace(self.case, work=work), self.aim, known)
                for work, label in WORKS
            ),
            back=_back(self.changing, self.case, self.aim, AskDestination(self.case, self.aim)),
        )


def _caution(destination: Destination, known: Known) -> tuple[Part, ...]:
    if destination.caution is None:
        return ()
    return (Caution(destination.caution), sources((destination,), known))


def _back(changing: bool, case: Case, aim: Aim, previous: State) -> State:
    return answers(case, aim) if changing else previous


@dataclass(frozen=True)
class AskRoute(State, place="plan.route"):
    case: Case
    aim: Aim = "documents"
    changing: bool = False

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Lewat jalur apa?"),
            (Paragraph(t("Belum tahu jalurnya? Tanyakan ke Disnaker atau BP3MI, bukan ke calo.")),),
            tuple(self._choice(route, known) for route in routes(self.case, known.library)),
            back=_back(self.changing, self.case, self.aim, AskWork(self.case, self.aim)),
        )

    def _choice(self, route: Route, known: Known) -> Choice:
        if not route.placement:
            to = no_list.Apprenticeship(self.case, self.aim)
            return Choice(f"route:{route.code}", route.name, to)
        case = replace(self.case, route=route.code)
        return answer(f"route:{route.code}", route.name, case, self.aim, known)


@dataclass(frozen=True)
class AskMarital(State, place="plan.marital"):
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
            tuple(self._choice(marital, label, known) for marital, label in MARITAL),
            back=_back(self.changing, self.case, "documents", AskRoute(self.case)),
        )

    def _choice(self, marital: Marital, label: Text, known: Known) -> Choice:
        case = replace(self.case, marital=marital)
        return answer(f"marital:{marital}", label, case, "documents", known)


@dataclass(frozen=True)
class AskChildren(State, place="plan.children"):
    case: Case
    changing: bool = False

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Punya anak?"),
            choices=tuple(self._choice(children, label, known) for children, label in CHILDREN),
            back=_back(self.changing, self.case, "documents", AskMarital(self.case)),
        )

    def _choice(self, children: Children, label: Text, known: Known) -> Choice:
        case = replace(self.case, children=children)
        return answer(f"children:{children}", label, case, "documents", known)
