"""Am I eligible? The five requirements of the law, and what to do for each "not yet"."""

from dataclasses import dataclass

from flows.documents import checklist, page
from flows.engine import Known, State
from flows.library import look_up
from flows.person import Case
from flows.plan import questions
from flows.procedure import path
from flows.screen import Choice, Paragraph, Screen, Tick, Ticks
from flows.sources import sources
from flows.text import Text, t

REQUIREMENTS: tuple[tuple[str, Text], ...] = (
    ("sertifikat", t("Punya kemampuan, dengan sertifikat")),
    ("sehat", t("Sehat badan dan jiwa")),
    ("bpjs", t("Terdaftar di BPJS")),
)
"""The document by which one shows each requirement of UU 18/2017 article 5 (b) to (d)."""


@dataclass(frozen=True)
class Eligibility(State, place="procedure.eligible"):
    """What is marked ready in the documents counts here; nothing is asked twice."""

    case: Case

    def show(self, known: Known) -> Screen:
        law = look_up(known.library.advice, "eligible")
        return Screen(
            law.title,
            (
                *(Paragraph(text) for text in law.body),
                Ticks(t("Lima syarat"), self._ticks(known)),
                sources((law,), known),
            ),
            self._missing(known),
            back=path.Journey(self.case),
        )

    def _ticks(self, known: Known) -> tuple[Tick, ...]:
        shown = (Tick(label, code in known.person.ready) for code, label in REQUIREMENTS)
        ready, total = self._papers(known)
        papers = t("Dokumen lengkap ({ready} dari {total})", ready=ready, total=total)
        return (
            Tick(t("Umur 18 tahun atau lebih"), known.person.adult),
            *shown,
            Tick(papers, ready == total),
        )

    def _papers(self, known: Known) -> tuple[int, int]:
        needed = known.library.needed(
            questions.settled(known.person.case, "documents", known.library)
        )
        return sum(d.code in known.person.ready for d in needed), len(needed)

    def _missing(self, known: Known) -> tuple[Choice, ...]:
        """How to get what is not there yet; the list itself for what is left."""
        case = questions.settled(known.person.case, "documents", known.library)
        papers = Choice("papers", t("Lihat daftar dokumen"), checklist.Checklist(case))
        return (
            *(
                Choice(f"how:{code}", t("Cara mendapat: {document}", document=document.label),
                       page.Page(case, code, "how", self))
                for code, _ in REQUIREMENTS
                if code not in known.person.ready
                if (document := known.library.documents.get(code))
            ),
            papers,
        )  # fmt: skip
