"""The eight questions about an offer; each answer is a warning sign, none, or "I do not know"."""

from dataclasses import dataclass, replace

from flows import emergency
from flows.engine import Known, State
from flows.errors import Gone
from flows.items import Question, Sign
from flows.library import Library
from flows.offer import result
from flows.offer.told import NOTHING_YET, Told
from flows.screen import Caution, Choice, Paragraph, Part, Screen
from flows.text import Text, t

UNSURE = t("Belum tahu")
STOP_NOW = t(
    "Sudah ada tanda bahaya. Jangan bayar, jangan serahkan surat asli, dan jangan berangkat dulu."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the answer that is no warning sign, and what to find out by whoever is unsure."""

    title: Text
    fine: Text
    find_out: Text
    unsure: Text = UNSURE
    doubt: str = "unsure"
    """The choice of whoever is unsure; with `emergency` before it, the numbers come first."""


QUESTIONS: dict[Question, Asked] = {
    "country": Asked(
        t("Ditawari kerja di negara mana?"),
        t("Negara lain, dan jelas"),
        t("Negara mana tepatnya, dan apakah dibuka untuk pekerjaan itu"),
    ),
    "visa": Asked(
        t("Berangkat dengan visa apa?"),
        t("Visa kerja, diurus sebelum berangkat"),
        t("Visa apa yang dipakai: harus visa kerja"),
    ),
    "who": Asked(
        t("Siapa yang menawarkan?"),
        t("Petugas P3MI dengan surat tugas, atau KP2MI"),
        t("Siapa yang menempatkan, dan apa izinnya"),
    ),
    "promise": Asked(
        t("Apa yang dijanjikan?"),
        t("Gaji biasa, ada syarat dan ada tes"),
        t("Berapa gajinya di kontrak, dan apa syaratnya"),
    ),
    "money": Asked(
        t("Bagaimana soal uang?"),
        t("Tidak diminta uang, tidak diberi utang"),
        t("Siapa yang membayar, dan berapa, secara tertulis"),
        t("Diminta bayar dengan kuitansi, atau belum tahu"),
    ),
    "papers": Asked(
        t("Bagaimana surat-surat Anda?"),
        t("Saya pegang sendiri, datanya benar"),
        t("Di mana surat-surat yang asli, dan apakah datanya benar"),
    ),
    "steps": Asked(
        t("Lewat Disnaker dan desa?"),
        t("Ya, Disnaker dan desa tahu"),
        t("Apakah sudah terdaftar di Disnaker, dan desa tahu"),
    ),
    "freedom": Asked(
        t("Apakah Anda bebas sekarang?"),
        t("Ya, saya bebas pulang dan menelepon"),
        t("Apakah boleh pulang dan menelepon kapan saja"),
        t("Tidak yakin, atau saya diawasi"),
        "emergency:unsure",
    ),
}
"""In the order they are asked."""


def asked(library: Library) -> tuple[Question, ...]:
    """The questions that there are signs for."""
    there = {sign.question for sign in library.signs.values()}
    return tuple(question for question in QUESTIONS if question in there)


def first(library: Library) -> State:
    return _after(None, NOTHING_YET, library)


def _after(question: Question | None, told: Told, library: Library) -> State:
    """The next question, or the result after the last."""
    order = asked(library)
    place = order.index(question) + 1 if question in order else 0
    return Ask(order[place], told) if place < len(order) else result.Result(told)


@dataclass(frozen=True)
class Ask(State, place="offer"):
    question: Question
    told: Told = NOTHING_YET

    def show(self, known: Known) -> Screen:
        if self.question not in asked(known.library):
            raise Gone(self.question)
        here = QUESTIONS[self.question]
        signs = tuple(s for s in known.library.signs.values() if s.question == self.question)
        stop, now = self.told.verdict(known.library) == "stop", result.Result(self.told)
        return Screen(
            here.title,
            (*((Caution(STOP_NOW),) if stop else ()), *self._introduced(known)),
            (
                *(self._sign(sign, known) for sign in signs),
                self._choice("fine", here.fine, self.told, known),
                self._choice(here.doubt, here.unsure, self._unsure(), known),
                *((Choice("result", t("Lihat hasilnya sekarang"), now),) if stop else ()),
            ),
            back=self._previous(known),
            sensitive=True,
        )

    def _introduced(self, known: Known) -> tuple[Part, ...]:
        order = asked(known.library)
        number, total = order.index(self.question) + 1, len(order)
        counted = t("Pertanyaan {number} dari {total}.", number=number, total=total)
        if number > 1:
            return (Paragraph(counted),)
        promise = t("Kami tidak bertanya nama Anda atau nama perusahaan. Tekan yang paling cocok.")
        return (Paragraph(promise), Paragraph(counted))

    def _sign(self, sign: Sign, known: Known) -> Choice:
        told = self.told.with_sign(sign.code)
        kind = "emergency" if sign.emergency else "sign"
        return self._choice(f"{kind}:{sign.code}", sign.label, told, known)

    def _choice(self, choice_id: str, label: Text, told: Told, known: Known) -> Choice:
        """The next question; by way of the numbers where the answer itself is an emergency."""
        to = _after(self.question, told, known.library)
        now = choice_id.startswith("emergency")
        return Choice(choice_id, label, emergency.Emergency(to) if now else to)

    def _unsure(self) -> Told:
        return replace(self.told, unsure=(*self.told.unsure, self.question))

    def _previous(self, known: Known) -> State | None:
        """One question back, without what was answered there."""
        order = asked(known.library)
        place = order.index(self.question)
        if not place:
            return None
        before = order[place - 1]
        return Ask(before, self.told.without(before, known.library))
