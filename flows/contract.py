"""The contract companion: what a work agreement should say, and what to ask where it does not."""

from dataclasses import dataclass

from flows.engine import Known, State
from flows.items import Clause
from flows.library import look_up
from flows.screen import Caution, Choice, Items, Paper, Paragraph, Screen
from flows.sources import sources
from flows.text import Text, t

BEFORE_SIGNING = t(
    "Jangan tanda tangan sebelum semua pertanyaan ini terjawab. Jangan tanda tangan kertas kosong."
    " Minta salinan kontrak, dan simpan satu di rumah."
)


def clauses(known: Known) -> tuple[Clause, ...]:
    """Those that concern the person's route; the common ones for whoever has none."""
    route = known.person.case.route
    return tuple(
        clause
        for clause in known.library.clauses.values()
        if route not in clause.not_routes and (not clause.routes or route in clause.routes)
    )


def missing(known: Known) -> tuple[Clause, ...]:
    return tuple(clause for clause in clauses(known) if clause.code not in known.person.clauses)


def _progress(known: Known) -> Text:
    every, left = clauses(known), missing(known)
    return t("{found} dari {total} sudah Anda temukan.",
             found=len(every) - len(left), total=len(every))  # fmt: skip


@dataclass(frozen=True)
class Contract(State, place="contract"):
    """Every clause with its mark; `under` is where one came from."""

    under: State

    def show(self, known: Known) -> Screen:
        how = t("Ambil kontrak Anda. Buka satu-satu, cari di kontrak, lalu tandai yang ada.")
        left = len(missing(known))
        return Screen(
            t("Periksa isi kontrak"),
            (
                Paragraph(how),
                Paragraph(_progress(known)),
                Caution(t("Semua ini menurut kontrak yang Anda pegang. Kami tidak melihatnya.")),
                sources(clauses(known), known),
            ),
            (
                Choice("ask", t("Pertanyaan sebelum tanda tangan ({count})", count=left),
                       ToAsk(self)),
                *(self._row(clause, known) for clause in clauses(known)),
            ),
            back=self.under,
        )  # fmt: skip

    def _row(self, clause: Clause, known: Known) -> Choice:
        found = clause.code in known.person.clauses
        return Choice(f"open:{clause.code}", clause.label, OneClause(self, clause.code),
                      ready=found, marked="clause")  # fmt: skip


@dataclass(frozen=True)
class OneClause(State, place="contract.clause"):
    under: Contract
    code: str

    def show(self, known: Known) -> Screen:
        clause = look_up(known.library.clauses, self.code)
        asked = t("Kalau tidak ada, tanyakan: {question}", question=clause.ask)
        return Screen(
            clause.label,
            (Paragraph(clause.meaning), Paragraph(asked), sources((clause,), known)),
            (self._mark(known),),
            back=self.under,
        )

    def _mark(self, known: Known) -> Choice:
        person, code = known.person, self.code
        if code in person.clauses:
            label = t("Ternyata tidak ada di kontrak")
            return Choice(f"lost:{code}", label, self.under, person.without_clause(code))
        label = t("Ada di kontrak saya")
        return Choice(f"found:{code}", label, self.under, person.with_clause(code))


@dataclass(frozen=True)
class ToAsk(State, place="contract.questions"):
    """What was not found, as questions to read aloud."""

    under: Contract

    def show(self, known: Known) -> Screen:
        left = missing(known)
        if not left:
            done = t("Semua bagian sudah Anda temukan. Baca sekali lagi bersama keluarga.")
            return Screen(t("Pertanyaan sebelum tanda tangan"), (Paragraph(done),),
                          back=self.under)  # fmt: skip
        return Screen(
            t("Pertanyaan sebelum tanda tangan"),
            (
                Caution(BEFORE_SIGNING),
                Items(t("Tanyakan"), tuple(clause.ask for clause in left)),
                sources(left, known),
            ),
            back=self.under,
            printable=True,
        )

    def paper(self, known: Known) -> Paper | None:
        screen = self.show(known)
        return Paper(screen.title, screen.parts) if screen.printable else None
