"""What do I bring tomorrow? One office, the documents made there, and what they ask for."""

from dataclasses import dataclass

from flows.documents import checklist, page
from flows.engine import Known, State
from flows.items import Document
from flows.library import look_up
from flows.person import Case
from flows.screen import Choice, Items, Paragraph, Screen
from flows.sources import sources
from flows.text import t

COPIES = t(
    "Bawa yang asli dan fotokopinya. Setelah diperiksa, minta yang asli kembali."
    " Jangan titipkan ke calo."
)


def still_to_get(case: Case, office: str, known: Known) -> tuple[Document, ...]:
    return tuple(
        document
        for document in known.library.needed(case)
        if document.office == office and document.code not in known.person.ready
    )


@dataclass(frozen=True)
class Offices(State, place="documents.offices"):
    """The offices where something on the list is still to be got."""

    case: Case

    def show(self, known: Known) -> Screen:
        waiting = tuple(
            office
            for office in known.library.offices.values()
            if still_to_get(self.case, office.code, known)
        )
        said = t("Besok mau ke mana?") if waiting else t("Semua dokumen di daftar sudah siap.")
        return Screen(
            t("Apa yang saya bawa besok?"),
            (Paragraph(said),),
            tuple(
                Choice(f"office:{office.code}", office.name, Bring(self.case, office.code))
                for office in waiting
            ),
            back=checklist.Checklist(self.case),
        )


@dataclass(frozen=True)
class Bring(State, place="documents.bring"):
    """The bag to pack for one office: everything its documents ask for, each thing once."""

    case: Case
    office: str

    def show(self, known: Known) -> Screen:
        office = look_up(known.library.offices, self.office)
        documents = still_to_get(self.case, self.office, known)
        things = tuple(dict.fromkeys(thing for d in documents for thing in d.things(self.case)))
        return Screen(
            office.name,
            (
                Paragraph(office.where),
                Items(t("Masukkan ke tas"), things),
                Paragraph(COPIES),
                sources((office, *documents), known),
            ),
            tuple(
                Choice(f"open:{d.code}", d.label, page.Page(self.case, d.code), ready=False)
                for d in documents
            ),
            back=Offices(self.case),
        )
