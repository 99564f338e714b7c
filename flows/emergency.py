"""Emergency: the numbers in one message, whatever the question was, and back to that question."""

from dataclasses import dataclass

from flows import help
from flows.engine import Known, SideTrip
from flows.screen import Caution, Choice, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import t

IN_DANGER = t("Saya dalam bahaya")
FIRST = t(
    "Anda tidak sendirian. Cari tempat aman, atau orang yang Anda percaya. Lalu telepon. Ini bukan"
    " salah Anda."
)
AT_HOME = t("Di Indonesia")
ABROAD = t("Di luar negeri")
ABROAD_WHERE = t("Saya di luar negeri: pilih negara")
GO_ON = t("Untuk melanjutkan percakapan nanti, ketik: menu.")


@dataclass(frozen=True)
class Emergency(SideTrip, place="emergency"):
    """The way back leads exactly to what was interrupted, even where that was help."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Nomor darurat"),
            numbers(known, self._where(known)),
            (Choice("countries", ABROAD_WHERE, help.Countries(self.origin())),),
            back=self.then,
        )

    def _where(self, known: Known) -> str:
        """The country whose numbers were just in view, or that the person plans for."""
        if isinstance(self.then, help.Country):
            return self.then.code
        return known.person.case.destination


def numbers(known: Known, country: str = "") -> tuple[Part, ...]:
    """At home, abroad, and in one country; no choice has to be made."""
    home = help.urgent(known)
    abroad = tuple(c for c in known.library.contacts.values() if c.emergency and c.abroad)
    there = help.there(country, known)
    destination = known.library.destinations.get(country)
    lists = [
        help.calls(home, AT_HOME, known),
        help.calls(abroad, ABROAD, known),
    ]
    if destination and there:
        lists.append(help.calls(there, t("Di {country}", country=destination.name), known))
    return (Caution(FIRST), *lists, sources((*home, *abroad, *there), known))


@dataclass(frozen=True)
class AskEmergency(SideTrip, place="emergency.ask"):
    """Words that may have been a call for help: asked, not assumed."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Apakah Anda dalam bahaya?"),
            choices=(
                Choice("emergency", t("Ya, beri saya nomor darurat"), Emergency(self.then)),
                Choice("no-danger", t("Tidak, lanjutkan percakapan tadi"), self.then),
            ),
            back=self.then,
            sensitive=True,
        )


def emergency_screen(known: Known) -> Screen:
    """The numbers alone, for when the database does not answer: nothing leads on from here."""
    return Screen(t("Nomor darurat"), (*numbers(known), Paragraph(GO_ON)))
