"""What the answers mean: stop, ask first, or no sign told; why, what to do, whom to tell."""

from dataclasses import dataclass

from flows import emergency, help
from flows.engine import Known, State
from flows.items import Sign
from flows.library import look_up
from flows.offer import questions
from flows.offer.told import Told, Verdict
from flows.screen import Caution, Choice, Items, Paper, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t
from flows.topics import Topic

TITLES: dict[Verdict, Text] = {
    "stop": t("Berhenti dulu. Ada tanda bahaya."),
    "ask": t("Tanya dulu sebelum melangkah."),
    "nothing": t("Belum terlihat tanda bahaya dari jawaban Anda."),
}
MEANING: dict[Verdict, Text] = {
    "stop": t(
        "Jangan bayar, jangan serahkan surat asli, jangan berangkat. Ini tanda pada tawarannya,"
        " belum berarti seseorang bersalah. Yang memeriksa adalah petugas."
    ),
    "ask": t("Ada yang perlu dipastikan dulu. Jangan bayar dan jangan tanda tangan sebelum jelas."),
    "nothing": t(
        "Ini bukan jaminan. Kami hanya tahu yang Anda jawab. Tetap periksa izin, kontrak, dan visa"
        " sebelum membayar atau berangkat."
    ),
}
FIND_OUT = t(
    "Tanyakan dulu semua yang belum jelas ke Disnaker, BP3MI, atau KP2MI. Catat nama orang yang"
    " menawarkan, nama perusahaan, negara, dan pekerjaannya."
)
TO_DO = 5
"""Signs of which the list tells what to do: a longer one is not read; the rest have their pages."""


@dataclass(frozen=True)
class Result(State, place="offer.result"):
    told: Told

    def show(self, known: Known) -> Screen:
        verdict = self.told.verdict(known.library)
        return Screen(
            TITLES[verdict],
            (
                Caution(MEANING[verdict]),
                *_listed(self.told, known),
                *_sources(self.told, known),
            ),
            (*self._because(known), *self._further(known)),
            sensitive=True,
        )

    def _because(self, known: Known) -> tuple[Choice, ...]:
        signs = self.told.seen(known.library)
        why = OneSign(self, signs[0].code) if len(signs) == 1 else Reasons(self)
        return (
            *((Choice("reasons", t("Mengapa ini berbahaya?"), why),) if signs else ()),
            Choice("to-do", t("Apa yang saya lakukan sekarang?"), ToDo(self)),
        )

    def _further(self, known: Known) -> tuple[Choice, ...]:
        return (
            Choice("family", t("Pesan untuk keluarga"), ForFamily(self)),
            Choice("checks", t("Cara memeriksa tawaran"), Topic(self, "checks")),
            Choice("more", t("Ada tanda lain"), More(self)),
            Choice("help", help.HELP, help.Help(self)),
            Choice("again", t("Ulangi dari awal"), questions.first(known.library)),
        )


def _listed(told: Told, known: Known) -> tuple[Part, ...]:
    signs = tuple(sign.label for sign in told.seen(known.library))
    asked = questions.QUESTIONS.items()
    unsure = tuple(here.find_out for question, here in asked if question in told.unsure)
    return (
        *((Items(t("Tanda bahayanya"), signs),) if signs else ()),
        *((Items(t("Yang perlu dipastikan"), unsure),) if unsure else ()),
    )


def _sources(told: Told, known: Known) -> tuple[Part, ...]:
    signs = told.seen(known.library)
    return (sources(signs, known),) if signs else ()


@dataclass(frozen=True)
class Reasons(State, place="offer.reasons"):
    """One choice for each sign."""

    under: Result

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Mengapa ini berbahaya?"),
            choices=tuple(
                Choice(f"why:{sign.code}", sign.label, OneSign(self, sign.code))
                for sign in self.under.told.seen(known.library)
            ),
            back=self.under,
        )


@dataclass(frozen=True)
class OneSign(State, place="offer.sign"):
    """Why it is dangerous and what to do about it."""

    under: State
    code: str

    def show(self, known: Known) -> Screen:
        sign = look_up(known.library.signs, self.code)
        return Screen(
            sign.label,
            (Caution(sign.why), Paragraph(sign.todo), sources((sign,), known)),
            (Choice("help", help.HELP, help.Help(self)),),
            back=self.under,
        )


@dataclass(frozen=True)
class ToDo(State, place="offer.to-do"):
    """What to do about the gravest signs, and whom to call."""

    under: Result

    def show(self, known: Known) -> Screen:
        signs = self.under.told.seen(known.library)[:TO_DO]
        todo = tuple(dict.fromkeys(sign.todo for sign in signs)) or (FIND_OUT,)
        told = self.under.told.verdict(known.library) == "stop"
        whom = help.urgent(known) if told else help.to_ask(known)
        return Screen(
            t("Apa yang saya lakukan sekarang?"),
            (
                Items(t("Lakukan ini"), todo),
                help.calls(whom, help.CALL, known),
                sources((*signs, *whom), known),
            ),
            (
                Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self)),
                Choice("report", t("Cara memeriksa tawaran"), Topic(self, "checks")),
            ),
            back=self.under,
        )


@dataclass(frozen=True)
class ForFamily(State, place="offer.family"):
    """A text to forward or print: the whole message is for the family, in the person's voice."""

    under: Result

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Untuk keluarga saya"),
            (*_letter(self.under.told, known),),
            back=self.under,
            printable=True,
            sensitive=True,
        )

    def paper(self, known: Known) -> Paper:
        return Paper(t("Untuk keluarga saya"), _letter(self.under.told, known))


def _letter(told: Told, known: Known) -> tuple[Part, ...]:
    said: dict[Verdict, Text] = {
        "stop": t("Saya ditawari kerja ke luar negeri, dan ada tanda bahaya. Saya berhenti dulu."),
        "ask": t("Saya ditawari kerja ke luar negeri. Ada yang harus kita pastikan dulu."),
        "nothing": t("Saya ditawari kerja ke luar negeri. Tolong bantu saya memeriksanya."),
    }
    signs = told.seen(known.library)
    urgent = help.urgent(known)[:3]
    return (
        Paragraph(said[told.verdict(known.library)]),
        *_listed(told, known),
        Paragraph(
            t(
                "Tolong jangan beri uang atau surat asli kepada siapa pun dulu. Mari tanya bersama"
                " ke petugas desa, Disnaker, atau KP2MI."
            )
        ),
        help.calls(urgent, help.CALL, known),
        sources((*signs, *urgent), known),
    )


@dataclass(frozen=True)
class More(State, place="offer.more"):
    """Signs that were not told yet, because a question takes one answer."""

    under: Result

    def show(self, known: Known) -> Screen:
        told = self.under.told
        return Screen(
            t("Tanda lain yang Anda lihat"),
            choices=tuple(
                self._add(sign)
                for sign in known.library.signs.values()
                if sign.code not in told.signs
            ),
            back=self.under,
        )

    def _add(self, sign: Sign) -> Choice:
        with_it = Result(self.under.told.with_sign(sign.code))
        to = emergency.Emergency(with_it) if sign.emergency else with_it
        return Choice(f"{'emergency' if sign.emergency else 'sign'}:{sign.code}", sign.label, to)
