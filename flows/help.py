"""Help from anywhere: whom to call and how to find one's way, then back to the same question."""

from dataclasses import dataclass

from flows.engine import Known, State
from flows.library import Contact
from flows.screen import Items, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t, verbatim

WAY = t(
    "Tekan tombol, atau ketik nomornya. Di mana saja Anda bisa mengetik: menu, kembali,"
    " bahasa, bantuan, hapus."
)


@dataclass(frozen=True)
class Help(State, place="help"):
    """A side trip: `then` is the question the person came from."""

    then: State

    def show(self, known: Known) -> Screen:
        return Screen(t("Bantuan"), (Paragraph(WAY), *numbers(known)), back=self.then)


def busy_screen(known: Known) -> Screen:
    """Shown while the database is away: it needs none."""
    wait = t("Layanan sedang penuh. Tunggu sebentar, lalu coba lagi. Data Anda aman.")
    return Screen(t("Sebentar, ya"), (Paragraph(wait), *numbers(known)))


def numbers(known: Known) -> tuple[Part, ...]:
    """Whom to call, with one source line for all."""
    contacts = tuple(known.library.contacts.values())
    heading = t("Nomor yang bisa dihubungi")
    return (Items(heading, tuple(_line(contact) for contact in contacts)), sources(contacts, known))


def _line(contact: Contact) -> Text:
    return t(
        "{name}: {number}. {hours}",
        name=contact.name,
        number=verbatim(contact.number),
        hours=contact.hours,
    )
