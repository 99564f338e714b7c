"""The last month of a document: asking for it, and warning before it passes."""

import re
from dataclasses import dataclass

from flows.documents import checklist, page
from flows.engine import Known, State
from flows.items import Document
from flows.library import look_up
from flows.person import Case
from flows.screen import Caution, Choice, Paragraph, Screen
from flows.text import Month, Text, t, verbatim
from flows.words import fold

YEARS = 11
"""Years on offer, from this one: a passport of ten years is the longest paper there is."""

MONTHS: tuple[Text, ...] = (
    t("Januari"), t("Februari"), t("Maret"), t("April"), t("Mei"), t("Juni"), t("Juli"),
    t("Agustus"), t("September"), t("Oktober"), t("November"), t("Desember"),
)  # fmt: skip


def warnings(case: Case, known: Known) -> tuple[Caution, ...]:
    """One for each needed document whose last month is near or past."""
    lines = (_warning(document, known) for document in known.library.needed(case))
    return tuple(Caution(line) for line in lines if line)


def _warning(document: Document, known: Known) -> Text | None:
    until, now = known.person.expires(document.code), Month.of(known.today)
    if until is None or now.later(document.warn_months) < until:
        return None
    if until < now:
        return t("{document} sudah habis berlaku: {month}. Urus yang baru.",
                 document=document.label, month=until)  # fmt: skip
    return t(
        "{document} habis berlaku {month}. Siapkan yang baru.", document=document.label, month=until
    )


@dataclass(frozen=True)
class AskYear(State, place="documents.expiry-year"):
    case: Case
    code: str
    under: State | None = None
    """Where the document's page was opened from, if not from the list."""

    def show(self, known: Known) -> Screen:
        document = look_up(known.library.documents, self.code)
        years = range(known.today.year, known.today.year + YEARS)
        return Screen(
            t("{document}: habis tahun berapa?", document=document.label),
            (Paragraph(t("Lihat tanggal berlaku yang tercetak di dokumen Anda.")),),
            tuple(
                Choice(f"year:{y}", verbatim(str(y)), AskMonth(self.case, self.code, y, self.under))
                for y in years
            ),
            back=page.Page(self.case, self.code, under=self.under),
            hint=t("Atau ketik bulan dan tahun, misalnya 3 2027."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        month = spoken_month(words)
        if month is None or not 0 <= month.year - known.today.year < YEARS:
            return None
        return _until(self, month, verbatim(str(month)), known)


@dataclass(frozen=True)
class AskMonth(State, place="documents.expiry-month"):
    case: Case
    code: str
    year: int
    under: State | None = None

    def show(self, known: Known) -> Screen:
        document = look_up(known.library.documents, self.code)
        return Screen(
            t("{document}: habis bulan apa di tahun {year}?",
              document=document.label, year=verbatim(str(self.year))),
            choices=tuple(
                _until(self, Month(self.year, number), name, known)
                for number, name in enumerate(MONTHS, start=1)
            ),
            back=AskYear(self.case, self.code, self.under),
        )  # fmt: skip


def _until(asked: AskYear | AskMonth, month: Month, label: Text, known: Known) -> Choice:
    """A paper that carries a month is at hand, so it is ready as well."""
    document = look_up(known.library.documents, asked.code)
    person = known.person.with_document(asked.code).until(asked.code, month)
    to = asked.under or checklist.OnePhase(asked.case, document.phase)
    return Choice(f"until:{month}", label, to, person)


def spoken_month(words: str) -> Month | None:
    """`3 2027`, `03/2027`, `2027-03` or `Maret 2027` as a month; None for anything else."""
    names = {fold(name.msgid): str(number) for number, name in enumerate(MONTHS, start=1)}
    parts = [names.get(part, part) for part in re.split(r"[\s/.,-]+", fold(words))]
    if len(parts) != 2:
        return None
    try:
        return Month.parse("-".join(sorted(parts, key=len, reverse=True)))
    except ValueError:
        return None
