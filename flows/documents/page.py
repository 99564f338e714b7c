"""One document: what it is, how to get it, what it costs, which rules hold."""

from dataclasses import dataclass
from typing import Literal, assert_never

from flows.documents import checklist, expiry
from flows.engine import Known, State
from flows.items import Document
from flows.library import look_up
from flows.person import Case
from flows.queries import Alike, Named, Query
from flows.screen import Choice, Items, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t

Section = Literal["short", "how", "cost", "rules"]

SECTIONS: tuple[tuple[Section, Text], ...] = (
    ("short", t("Ringkas")),
    ("how", t("Cara mengurus")),
    ("cost", t("Biaya dan siapa yang bayar")),
    ("rules", t("Masa berlaku dan aturan")),
)


def asked(words: str) -> tuple[Query, ...]:
    """A document with a typo is opened all the same: its page says which it is."""
    return (Named("document", words), Alike("document", words)) if words else ()


def heard(words: str, case: Case, known: Known) -> Choice | None:
    """The page of the document that typed words name."""
    for code in (*known.rows(Named("document", words)), *known.rows(Alike("document", words))):
        if document := known.library.documents.get(str(code)):
            return Choice("heard", document.label, Page(case, document.code))
    return None


@dataclass(frozen=True)
class Page(State, place="documents.page"):
    """Cut by meaning, so that no screen is a wall of text."""

    case: Case
    code: str
    section: Section = "short"
    under: State | None = None
    """Where somebody came from who did not come by the list."""

    def show(self, known: Known) -> Screen:
        document = look_up(known.library.documents, self.code)
        return Screen(
            self._title(document),
            (*self._said(document), sources((document,), known)),
            (self._mark(document, known), *self._sections(), *self._month(document, known)),
            back=self._back(document),
        )

    def _title(self, document: Document) -> Text:
        if self.section == "short":
            return document.name
        section = look_up(dict[str, Text](SECTIONS), self.section)
        return t("{document}: {section}", document=document.label, section=section)

    def _said(self, document: Document) -> tuple[Part, ...]:
        match self.section:
            case "short":
                return (
                    Paragraph(document.what),
                    Paragraph(t("Dari mana: {issuer}", issuer=document.issuer)),
                )
            case "how":
                return (
                    Items(t("Bawa"), document.things(self.case)),
                    Paragraph(t("Lamanya: {time}", time=document.time)),
                    Paragraph(t("Sering keliru: {mistakes}", mistakes=document.mistakes)),
                )
            case "cost":
                return (Paragraph(document.cost),)
            case "rules":
                return (
                    Paragraph(t("Masa berlaku: {validity}", validity=document.validity)),
                    Paragraph(t("Aturan: {law}", law=document.law)),
                )
            case _:
                assert_never(self.section)

    def _mark(self, document: Document, known: Known) -> Choice:
        to, code = self._list(document), document.code
        if code in known.person.ready:
            person = known.person.without_document(code)
            return Choice(f"undone:{code}", t("Ternyata belum siap"), to, person)
        return Choice(f"done:{code}", t("Sudah siap"), to, known.person.with_document(code))

    def _sections(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(f"section:{section}", name, Page(self.case, self.code, section, self.under))
            for section, name in SECTIONS
            if section != self.section
        )

    def _month(self, document: Document, known: Known) -> tuple[Choice, ...]:
        if not document.warn_months:
            return ()
        ask = Choice(
            "until",
            t("Catat kapan habis berlakunya"),
            expiry.AskYear(self.case, self.code, under=self.under),
        )
        until = known.person.expires(self.code)
        if until is None:
            return (ask,)
        forget = known.person.until(self.code, None)
        clear = t("Hapus catatan {month}", month=until)
        return (ask, Choice("until:none", clear, self, forget))

    def _list(self, document: Document) -> State:
        return self.under or checklist.OnePhase(self.case, document.phase)

    def _back(self, document: Document) -> State:
        if self.section != "short":
            return Page(self.case, self.code, under=self.under)
        return self._list(document)
