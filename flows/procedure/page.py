"""One stage: what to do and where, what to bring, who pays, what goes wrong; marking it done."""

from dataclasses import dataclass
from typing import Literal, assert_never

from flows import contract, destinations
from flows.documents import page as document_page
from flows.engine import Known, State
from flows.items import Stage
from flows.library import look_up
from flows.person import Case
from flows.plan import questions
from flows.procedure import path
from flows.screen import Choice, Items, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t

Section = Literal["short", "how", "cost", "mistakes"]

SECTIONS: tuple[tuple[Section, Text], ...] = (
    ("short", t("Ringkas")),
    ("how", t("Yang dibawa dan lamanya")),
    ("cost", t("Siapa yang bayar")),
    ("mistakes", t("Sering keliru")),
)

CONTRACT = "perjanjian-kerja"
"""The document whose clauses can be read one by one."""


@dataclass(frozen=True)
class Page(State, place="procedure.stage"):
    """Cut by meaning, so that no screen is a wall of text."""

    case: Case
    code: str
    section: Section = "short"

    def show(self, known: Known) -> Screen:
        stage = look_up(known.library.stages, self.code)
        return Screen(
            self._title(stage),
            (*self._said(stage), sources((stage,), known)),
            (self._mark(stage, known), *self._sections(), *self._more(stage, known)),
            back=self._back(stage),
        )

    def _title(self, stage: Stage) -> Text:
        if self.section == "short":
            return t("Langkah {number}: {stage}", number=stage.number, stage=stage.label)
        section = look_up(dict[str, Text](SECTIONS), self.section)
        return t("{stage}: {section}", stage=stage.label, section=section)

    def _said(self, stage: Stage) -> tuple[Part, ...]:
        match self.section:
            case "short":
                where = Paragraph(t("Di mana: {where}", where=stage.where))
                return (Paragraph(stage.what), where)
            case "how":
                return (
                    *((Items(t("Bawa"), stage.bring),) if stage.bring else ()),
                    *((Paragraph(t("Hasilnya: {get}", get=stage.get)),) if stage.get else ()),
                    Paragraph(t("Lamanya: {time}", time=stage.time)),
                )
            case "cost":
                return (Paragraph(stage.cost),)
            case "mistakes":
                return (Paragraph(stage.mistakes),)
            case _:
                assert_never(self.section)

    def _mark(self, stage: Stage, known: Known) -> Choice:
        """Done leads back to the way, where the next stage stands first."""
        to = path.Journey(self.case)
        if stage.code in known.person.stages:
            person = known.person.not_past(stage.code)
            return Choice(f"undone:{stage.code}", t("Ternyata belum selesai"), to, person)
        return Choice(f"done:{stage.code}", t("Sudah selesai"), to, known.person.past(stage.code))

    def _sections(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(f"section:{section}", name, Page(self.case, self.code, section))
            for section, name in SECTIONS
            if section != self.section
        )

    def _more(self, stage: Stage, known: Known) -> tuple[Choice, ...]:
        """What its agreement should say, what is known about the country here, and its papers."""
        clauses = (
            (Choice("contract", t("Periksa isi kontrak"), contract.Contract(self)),)
            if CONTRACT in stage.documents
            else ()
        )
        return (*clauses, *self._country(stage), *self._papers(stage, known))

    def _papers(self, stage: Stage, known: Known) -> tuple[Choice, ...]:
        """The documents one gets here, of those that this plan needs."""
        case = questions.settled(known.person.case, "documents", known.library)
        documents = (look_up(known.library.documents, code) for code in stage.documents)
        return tuple(
            Choice(f"paper:{d.code}", d.label, document_page.Page(case, d.code, under=self))
            for d in documents
            if d.needed(self.case)
        )

    def _country(self, stage: Stage) -> tuple[Choice, ...]:
        """What to read about the destination here: one choice for each of its pages."""
        groups = dict.fromkeys(destinations.group_of(subject) for subject in stage.subjects)
        return tuple(
            Choice(f"country:{group}", destinations.GROUPS[group].title,
                   destinations.About(self.case.destination, group, self))
            for group in groups
            if self.case.destination
        )  # fmt: skip

    def _back(self, stage: Stage) -> State:
        if self.section != "short":
            return Page(self.case, self.code)
        return path.OnePhase(self.case, stage.phase)
