"""Money: who pays what, "I was asked to pay", the departure loan, insurance, sending, fraud."""

from dataclasses import dataclass

from flows import help
from flows.engine import Known, State
from flows.items import Charge, Payable
from flows.library import look_up
from flows.screen import Caution, Choice, Paragraph, Screen
from flows.sources import sources
from flows.text import Text, t
from flows.topics import MENUS, Topic

VERDICTS: dict[Payable, Text] = {
    "never": t("Jangan bayar. Ini tidak boleh diminta dari Anda."),
    "ask": t("Jangan bayar dulu. Tanya dulu."),
    "normal": t("Biaya ini wajar. Minta kuitansi."),
}


@dataclass(frozen=True)
class Money(State, place="money"):
    def show(self, known: Known) -> Screen:
        menus = ("who-pays", "loan", "insurance", "sending", "fraud")
        return Screen(
            t("Uang dan biaya"),
            choices=(
                Choice("charges", t("Saya diminta bayar"), Charges(self)),
                *(Choice(f"menu:{menu}", MENUS[menu].title, Topic(self, menu)) for menu in menus),
            ),
        )


@dataclass(frozen=True)
class Charges(State, place="money.charges"):
    """What is it for? `under` is the menu or page one came from."""

    under: State

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Anda diminta bayar apa?"),
            (Paragraph(t("Tekan yang paling cocok. Jangan bayar sebelum membaca jawabannya.")),),
            tuple(
                Choice(f"charge:{charge.code}", charge.label, OneCharge(self, charge.code))
                for charge in known.library.charges.values()
            ),
            back=self.under,
        )


@dataclass(frozen=True)
class OneCharge(State, place="money.charge"):
    under: State
    code: str

    def show(self, known: Known) -> Screen:
        charge, to_ask = look_up(known.library.charges, self.code), help.to_ask(known)
        return Screen(
            charge.label,
            (
                _verdict(charge),
                *(Paragraph(text) for text in charge.body),
                help.calls(to_ask, help.CALL, known),
                sources((charge, *to_ask), known),
            ),
            (
                Choice("who-pays", MENUS["who-pays"].title, Topic(self, "who-pays")),
                Choice("help", help.HELP, help.Help(self)),
            ),
            back=self.under,
        )


def _verdict(charge: Charge) -> Caution | Paragraph:
    said = VERDICTS[charge.verdict]
    return Paragraph(said) if charge.verdict == "normal" else Caution(said)
