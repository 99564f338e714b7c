"""The checklist: how far it is, its three phases, and the answers it came from."""

from dataclasses import dataclass

from flows import phases
from flows.documents import expiry, offices, page
from flows.engine import Known, State
from flows.items import Destination, Document, Phase
from flows.library import look_up
from flows.person import Case
from flows.plan import questions
from flows.queries import Query
from flows.screen import Caution, Choice, Paper, Paragraph, Part, Screen, Tick, Ticks
from flows.sources import sources
from flows.text import Text, t


def progress(case: Case, known: Known) -> Text:
    needed = known.library.needed(case)
    return t(
        "{ready} dari {total} dokumen siap.",
        ready=sum(document.code in known.person.ready for document in needed),
        total=len(needed),
    )


def of_phase(case: Case, phase: Phase, known: Known) -> tuple[Document, ...]:
    return tuple(d for d in known.library.needed(case) if d.phase == phase)


@dataclass(frozen=True)
class Checklist(State, place="documents.list"):
    """The whole list in view; an empty case is the eight documents everybody needs."""

    case: Case

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return page.asked(words)

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "eight")
        destination = known.library.destinations.get(self.case.destination)
        explained = () if destination else advice.body
        return Screen(
            _title(self.case, known),
            (
                *(Paragraph(text) for text in explained),
                Paragraph(progress(self.case, known)),
                *expiry.warnings(self.case, known),
                *_caution(destination),
                *_groups(self.case, known),
                sources((*((destination,) if destination else ()), advice), known),
            ),
            (*self._phases(known), *self._tools()),
            back=self._previous_question(),
            hint=t("Atau ketik nama dokumennya."),
            printable=True,
        )

    def paper(self, known: Known) -> Paper:
        """The list on paper: every document with who issues it, and the sources of all."""
        return Paper(
            _title(self.case, known),
            (
                Paragraph(progress(self.case, known)),
                *_route(self.case, known),
                *_on_paper(self.case, known),
                sources(known.library.needed(self.case), known),
            ),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        return page.heard(words, self.case, known)

    def _phases(self, known: Known) -> tuple[Choice, ...]:
        done = known.person.ready
        return tuple(
            Choice(
                f"phase:{phase}", phases.how_far(name, done, documents), OnePhase(self.case, phase)
            )
            for phase, name in phases.BEFORE
            if (documents := of_phase(self.case, phase, known))
        )

    def _tools(self) -> tuple[Choice, ...]:
        bring = Choice("offices", t("Apa yang saya bawa besok?"), offices.Offices(self.case))
        if self.case.destination:
            return bring, Choice("answers", t("Ubah jawaban"), Answers(self.case))
        refine = t("Jawab 5 pertanyaan, daftar jadi lebih pas")
        return bring, Choice("refine", refine, questions.AskDestination(self.case))

    def _previous_question(self) -> State:
        if self.case.destination:
            return questions.AskChildren(self.case)
        return questions.AskDestination(self.case)


def _title(case: Case, known: Known) -> Text:
    if not case.destination:
        return t("8 dokumen wajib")
    destination = look_up(known.library.destinations, case.destination)
    return t("Dokumen ke {destination}", destination=destination.name)


def _groups(case: Case, known: Known) -> tuple[Ticks, ...]:
    return tuple(
        Ticks(name, tuple(_tick(document, known) for document in documents))
        for phase, name in phases.BEFORE
        if (documents := of_phase(case, phase, known))
    )


def _tick(document: Document, known: Known) -> Tick:
    until = known.person.expires(document.code)
    remark = t("sampai {month}", month=until) if until else None
    entry = f"documents.page:{document.code}"
    return Tick(document.label, document.code in known.person.ready, remark, entry)


def _caution(destination: Destination | None) -> tuple[Part, ...]:
    return (Caution(destination.caution),) if destination and destination.caution else ()


def _route(case: Case, known: Known) -> tuple[Part, ...]:
    if not case.route:
        return ()
    destination = look_up(known.library.destinations, case.destination)
    route = look_up(known.library.routes, case.route)
    return (Paragraph(t("Jalur Anda: {route}.", route=route.name)), *_caution(destination))


def _on_paper(case: Case, known: Known) -> tuple[Ticks, ...]:
    return tuple(
        Ticks(name, tuple(_with_issuer(document, known) for document in documents))
        for phase, name in phases.BEFORE
        if (documents := of_phase(case, phase, known))
    )


def _with_issuer(document: Document, known: Known) -> Tick:
    return Tick(document.name, document.code in known.person.ready, document.issuer)


@dataclass(frozen=True)
class OnePhase(State, place="documents.phase"):
    """The documents of one phase, each opening its page."""

    case: Case
    phase: Phase

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return page.asked(words)

    def hear(self, words: str, known: Known) -> Choice | None:
        return page.heard(words, self.case, known)

    def show(self, known: Known) -> Screen:
        documents = of_phase(self.case, self.phase, known)
        ready = sum(document.code in known.person.ready for document in documents)
        return Screen(
            look_up(dict[str, Text](phases.BEFORE), self.phase),
            (
                Paragraph(t("{ready} dari {total} siap.", ready=ready, total=len(documents))),
                Paragraph(t("Tekan dokumen untuk melihat caranya atau menandainya siap.")),
            ),
            tuple(self._row(document, known) for document in documents),
            back=Checklist(self.case),
        )

    def _row(self, document: Document, known: Known) -> Choice:
        ready = document.code in known.person.ready
        to = page.Page(self.case, document.code)
        return Choice(f"open:{document.code}", document.label, to, ready=ready)


@dataclass(frozen=True)
class Answers(State, place="documents.answers"):
    """Every answer with a way to change it; ticks stay."""

    case: Case

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Jawaban saya"),
            (Paragraph(t("Tekan yang ingin diubah. Tanda siap tidak hilang.")),),
            tuple(Choice(f"change:{name}", label, to) for name, label, to in self._lines(known)),
            back=Checklist(self.case),
        )

    def _lines(self, known: Known) -> tuple[tuple[str, Text, State], ...]:
        case = self.case
        destination = look_up(known.library.destinations, case.destination).name
        route = look_up(known.library.routes, case.route).name
        works, marital, children = map(
            dict, (questions.WORKS, questions.MARITAL, questions.CHILDREN)
        )
        return (
            ("country", t("Negara: {answer}", answer=destination),
             questions.AskDestination(case, changing=True)),
            ("work", works[case.work], questions.AskWork(case, changing=True)),
            ("route", t("Jalur: {answer}", answer=route), questions.AskRoute(case, changing=True)),
            ("marital", marital[case.marital], questions.AskMarital(case, changing=True)),
            ("children", children[case.children], questions.AskChildren(case, changing=True)),
        )  # fmt: skip
