"""Help from anywhere: whom to call at home, in each country and province; then back again."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows import emergency, naming
from flows.dates import MONTHS_REACHED, is_old, said_when
from flows.engine import Known, SideTrip
from flows.items import Contact
from flows.library import look_up
from flows.queries import Query
from flows.screen import Call, Calls, Caution, Choice, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t, verbatim

WAY = t(
    "Tekan tombol, atau ketik nomornya. Di mana saja Anda bisa mengetik: menu, kembali,"
    " bahasa, bantuan, hapus. Dalam bahaya, ketik: tolong."
)
HELP = t("Bantuan dan nomor penting")
OTHERS = t("Nomor lain")
CALL = t("Nomor yang bisa dihubungi")


@dataclass(frozen=True)
class Help(SideTrip, place="help"):
    """The first numbers, and the ways to all others."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Bantuan"),
            (Paragraph(WAY), *numbers(_first(known), CALL, known)),
            (
                Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self.then)),
                Choice("countries", t("Nomor di luar negeri"), Countries(self.then)),
                Choice("provinces", t("Kantor di provinsi saya"), Provinces(self.then)),
                Choice("others", OTHERS, Others(self.then)),
            ),
            back=self.then,
        )


@dataclass(frozen=True)
class Others(SideTrip, place="help.others"):
    """The lines that are not for an emergency: ministries, insurance, fraud, associations."""

    def show(self, known: Known) -> Screen:
        first = _first(known)
        others = tuple(c for c in known.library.contacts.values() if c not in first)
        parts = numbers(others, CALL, known) if others else ()
        return Screen(OTHERS, parts, back=Help(self.then))


@dataclass(frozen=True)
class Countries(SideTrip, place="help.countries"):
    """Which country's numbers; one that the person plans for stands first."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return naming.countries(words)

    def show(self, known: Known) -> Screen:
        planned = known.person.case.destination
        codes = sorted(known.library.destinations, key=lambda code: code != planned)
        return Screen(
            t("Nomor di negara mana?"),
            (*numbers(_abroad(known), t("Dari negara mana saja"), known),),
            tuple(self._choice(code, known) for code in codes),
            back=Help(self.then),
            hint=t("Atau ketik nama negaranya."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        return naming.country(words, self, known)

    def _choice(self, code: str, known: Known) -> Choice:
        place = look_up(known.library.destinations, code)
        return Choice(f"country:{code}", place.name, Country(self.then, code, listed=True))


@dataclass(frozen=True)
class Country(SideTrip, place="help.country"):
    """The mission and the lines of one country; what is missing is said, with whom to ask."""

    code: str
    listed: bool = False
    """Chosen from the list of countries, so the way back leads there."""

    def show(self, known: Known) -> Screen:
        place = look_up(known.library.destinations, self.code)
        lines = there(self.code, known)
        missing = t("Nomor di {country} belum kami temukan.", country=place.name)
        return Screen(
            t("Nomor di {country}", country=place.name),
            (
                *(() if lines else (Paragraph(missing),)),
                *((Caution(_if_changed(known)),) if any_old(lines, known) else ()),
                *numbers((*lines, *_abroad(known)), CALL, known),
            ),
            (Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self.then)),),
            back=Countries(self.then) if self.listed else self.then,
        )


@dataclass(frozen=True)
class Provinces(SideTrip, place="help.provinces"):
    """Where an office of the ministry or a one-roof service is known to stand."""

    def show(self, known: Known) -> Screen:
        bureaus = known.library.bureaus.values()
        provinces = dict.fromkeys(bureau.province for bureau in bureaus)
        return Screen(
            t("Kantor di provinsi mana?"),
            (
                Paragraph(
                    t(
                        "Provinsi Anda tidak ada di sini? Lihat yang lain. Atau telepon KP2MI"
                        " {number}, gratis, dan minta alamat BP3MI di provinsi Anda.",
                        number=number("kp2mi", known),
                    )
                ),
                sources(known.library.contacts.values(), known),
            ),
            tuple(
                Choice(f"province:{name}", verbatim(name), Province(self.then, name))
                for name in sorted(provinces)
            ),
            back=Help(self.then),
        )


@dataclass(frozen=True)
class Province(SideTrip, place="help.province"):
    name: str

    def show(self, known: Known) -> Screen:
        bureaus = tuple(b for b in known.library.bureaus.values() if b.province == self.name)
        ask = t(
            "Alamat bisa berubah. Telepon dulu KP2MI {number} sebelum berangkat ke sana.",
            number=number("kp2mi", known),
        )
        return Screen(
            t("Kantor di {province}", province=verbatim(self.name)),
            (Paragraph(ask), *numbers(bureaus, t("Yang kami ketahui"), known)),
            back=Provinces(self.then),
        )


def busy_screen(known: Known) -> Screen:
    """Shown while the database is away: it needs none."""
    wait = t("Layanan sedang penuh. Tunggu sebentar, lalu coba lagi. Data Anda aman.")
    contacts = known.library.contacts.values()
    return Screen(t("Sebentar, ya"), (Paragraph(wait), *numbers(contacts, CALL, known)))


def there(code: str, known: Known) -> tuple[Contact, ...]:
    """The lines in one country, the first to call first."""
    return tuple(c for c in known.library.missions.values() if c.destination == code)


def number(code: str, known: Known) -> Text:
    """The number of one contact, for use within a sentence, so that it stands in one file only."""
    return verbatim(look_up(known.library.contacts, code).number)


def _if_changed(known: Known) -> Text:
    return t(
        "Nomor yang tercatat sudah lama bisa jadi sudah ganti. Bila tidak tersambung, hubungi Kemlu"
        " {number}, 24 jam.",
        number=number("kemlu", known),
    )


def urgent(known: Known) -> tuple[Contact, ...]:
    """The lines at home for somebody who is in danger there."""
    return tuple(c for c in known.library.contacts.values() if c.emergency and not c.abroad)


def to_ask(known: Known) -> tuple[Contact, ...]:
    """Whom to ask about an offer or a bill."""
    return tuple(c for c in known.library.contacts.values() if c.code in ("kp2mi", "kp2mi-wa"))


def any_old(contacts: Iterable[Contact], known: Known) -> bool:
    return any(is_old(contact.as_of, MONTHS_REACHED, known.today) for contact in contacts)


def numbers(contacts: Iterable[Contact], heading: Text, known: Known) -> tuple[Part, ...]:
    """Whom to call, with one source line for all."""
    contacts = tuple(contacts)
    return (calls(contacts, heading, known), sources(contacts, known))


def calls(contacts: Iterable[Contact], heading: Text, known: Known) -> Calls:
    return Calls(heading, tuple(_call(contact, known) for contact in contacts))


def _call(contact: Contact, known: Known) -> Call:
    """Of what was last seen long ago, when that was."""
    if not contact.number or not is_old(contact.as_of, MONTHS_REACHED, known.today):
        return Call(contact.name, contact.number, contact.hours)
    note = t("{hours} (tercatat {when})", hours=contact.hours, when=said_when(contact.as_of))
    return Call(contact.name, contact.number, note)


def _first(known: Known) -> tuple[Contact, ...]:
    """The lines that fit on one small screen: for danger, and to ask the ministry."""
    asked = to_ask(known)
    return tuple(c for c in known.library.contacts.values() if c.emergency or c in asked)


def _abroad(known: Known) -> tuple[Contact, ...]:
    """The lines at home that are for people abroad."""
    return tuple(c for c in known.library.contacts.values() if c.abroad)
