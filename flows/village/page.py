"""The page of a village: where its office is, whom to turn to, what goes on there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows import help
from flows.areas import Area, named, parent, placed
from flows.engine import Known, State
from flows.errors import Gone
from flows.items import Contact, Programme
from flows.notices import page as notices
from flows.queries import NoticeCount, Query, VillageOf
from flows.screen import (
    Call,
    Calls,
    Choice,
    Items,
    Link,
    Paper,
    Paragraph,
    Part,
    Screen,
)
from flows.sources import sources
from flows.text import Text, t, verbatim
from flows.village import check
from flows.village.choose import Choose
from flows.village.kept import (
    FIELDS,
    KINDS,
    PILLARS,
    Field,
    Village,
    VillageContact,
    VillageFact,
    is_old,
)
from flows.words import fold

VILLAGE = t("Desa saya")
FIRST_CONTACTS = 4
"""Contacts on the page itself; a longer list has a page of its own."""

CONTACTS_SEEN = 10
"""Contacts on one page of that list."""

OFFICE: tuple[Field, ...] = ("office", "hours", "post")


@dataclass(frozen=True)
class VillagePage(State, place="village"):
    """Never empty: where the village has written nothing, whoever is next above it."""

    area: str = ""
    under: State | None = None
    """What the way back leads to; None for home."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        if words:
            return ()
        regency = VillageOf(regency_of(self.area))
        return (VillageOf(self.area), regency, NoticeCount(self.area))

    def show(self, known: Known) -> Screen:
        if self.area == known.person.village and not known.rows(VillageOf(self.area)):
            return self._renamed()
        village = village_at(self.area, known)
        return Screen(
            named(village.area),
            (Paragraph(placed(village.area)), *_programme(self.area, known),
             *_written(village, known), *_above(self.area, known)),
            (self._notices(known), *self._more(village, known), *self._ways(village, known)),
            back=self.under,
            printable=True,
        )  # fmt: skip

    def paper(self, known: Known) -> Paper:
        village = village_at(self.area, known)
        contacts = Calls(t("Siapa yang bisa dihubungi"), _calls(village.contacts, known.today))
        return Paper(
            t("Pusat layanan migrasi {village}", village=named(village.area)),
            (
                Paragraph(placed(village.area)),
                *facts(village, (*OFFICE, *PILLARS), known.today),
                *((contacts,) if village.contacts else ()),
                *_above(self.area, known),
                *link(self.area, known),
            ),
        )

    def _renamed(self) -> Screen:
        """One's own village under a code that the official list no longer has."""
        said = t("Kode desa Anda berubah di daftar resmi. Pilih lagi desa Anda.")
        choose = Choice("other", t("Pilih desa lain"), Choose(VillagePage(), under=self.under))
        return Screen(VILLAGE, (Paragraph(said),), (choose,), back=self.under)

    def _notices(self, known: Known) -> Choice:
        count = notices.count(self.area, known)
        label = t("Lowongan dan kabar ({count})", count=count) if count else notices.NOTICES
        return Choice("notices", label, notices.Notices(self.area))

    def _more(self, village: Village, known: Known) -> tuple[Choice, ...]:
        count = len(village.contacts)
        everybody = Choice(
            "contacts",
            t("Semua kontak ({count})", count=count),
            VillageContacts(self.area, under=self.under),
        )
        written = any(village.fact(field) for field in PILLARS)
        pillars = Choice("activities", t("Kegiatan desa"), Activities(self.area, under=self.under))
        dates = Choice("calendar", t("Kalender desa"), Calendar(self.area, under=self.under))
        return (
            *((everybody,) if count > FIRST_CONTACTS else ()),
            *((pillars,) if written else ()),
            *((dates,) if village.events else ()),
        )

    def _ways(self, village: Village, known: Known) -> tuple[Choice, ...]:
        person = known.person.living_in(self.area)
        mine = Choice("mine", t("Ini desa saya"), self, person, remark=_moved(village.area, known))
        return (
            Choice("check", t("Cek petugas: asli atau bukan?"), check.CheckOfficer(self)),
            *((mine,) if _could_be_home(village, known) else ()),
            Choice("other", t("Pilih desa lain"), Choose(VillagePage(), under=self)),
        )


@dataclass(frozen=True)
class VillageContacts(State, place="village.contacts"):
    """Everybody whom the village names, some at a time."""

    area: str
    start: int = 0
    under: State | None = None

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        village = village_at(self.area, known)
        end = self.start + CONTACTS_SEEN
        seen = village.contacts[self.start : end]
        onward = Choice(
            f"from:{end}", t("Kontak berikutnya"), VillageContacts(self.area, end, self.under)
        )
        back = (
            VillageContacts(self.area, self.start - CONTACTS_SEEN, self.under)
            if self.start
            else None
        )
        return Screen(
            t("Kontak {village}", village=named(village.area)),
            (Calls(t("Siapa yang bisa dihubungi"), _calls(seen, known.today)),),
            (onward,) if end < len(village.contacts) else (),
            back=back or VillagePage(self.area, self.under),
        )


@dataclass(frozen=True)
class Activities(State, place="village.activities"):
    """What the village does in the four pillars of the programme."""

    area: str
    under: State | None = None

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        village = village_at(self.area, known)
        return Screen(
            t("Kegiatan {village}", village=named(village.area)),
            facts(village, PILLARS, known.today),
            back=VillagePage(self.area, self.under),
        )


@dataclass(frozen=True)
class Calendar(State, place="village.calendar"):
    """The dates that are still to come."""

    area: str
    under: State | None = None

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        village = village_at(self.area, known)
        dates = tuple(
            t("{day}: {words}", day=event.day, words=event.words) for event in village.events
        )
        nothing = Paragraph(t("Belum ada tanggal yang dicatat."))
        return Screen(
            t("Kalender {village}", village=named(village.area)),
            (Items(t("Yang akan datang"), dates) if dates else nothing,),
            back=VillagePage(self.area, self.under),
        )


def own(known: Known) -> State:
    """The reader's own village, or first which that is."""
    code = known.person.village or known.hall
    return VillagePage(code) if code else Choose(VillagePage())


def village_at(code: str, known: Known) -> Village:
    """What is kept about an area; raises `Gone` for a code that is none."""
    for village in known.given(VillageOf(code), Village):
        return village
    raise Gone(f"no area {code!r}")


def facts(village: Village, fields: Sequence[Field], today: date) -> tuple[Part, ...]:
    """The facts that are written, each with the day on which somebody last saw to it."""
    written = [fact for fact in map(village.fact, fields) if fact]
    return tuple(Items(FIELDS[fact.field], (_dated(fact, today),)) for fact in written)


def front(village: Village, known: Known) -> tuple[Part, ...]:
    """The village in short, for the first page of the kiosk in its own hall."""
    contacts = Calls(t("Siapa yang bisa dihubungi"), _calls(village.contacts[:3], known.today))
    return (
        Paragraph(placed(village.area)),
        *facts(village, ("hours", "post"), known.today),
        *((contacts,) if village.contacts else ()),
    )


def link(area: str, known: Known) -> tuple[Part, ...]:
    """The address that opens the bot with this village chosen; nothing without a bot."""
    if not known.bot:
        return ()
    payload = f"village_{area.replace('.', '-')}"
    address = f"https://t.me/{known.bot}?start={payload}"
    return (Link(address, t("Buka layanan ini di Telegram, untuk desa ini")),)


def _moved(area: Area, known: Known) -> Text:
    """Where somebody is at home now; who can be written to is told that we could."""
    if known.writable:
        return t(
            "Desa Anda sekarang: {area}. Mau dikabari bila ada lowongan? Tekan: Lowongan dan"
            " kabar.",
            area=named(area),
        )
    return t("Desa Anda sekarang: {area}.", area=named(area))


def _could_be_home(village: Village, known: Known) -> bool:
    return village.area.level == "village" and known.person.village != village.area.code


def regency_of(code: str) -> str:
    """The regency in which a village lies; of any other area, itself."""
    return parent(parent(code)) if code.count(".") == 3 else code


def _written(village: Village, known: Known) -> tuple[Part, ...]:
    if village.is_empty:
        nobody = t("Petugas desa belum mengisi halaman ini. Anda bisa bertanya ke sini:")
        return (Paragraph(nobody),)
    calls = _calls(village.contacts[:FIRST_CONTACTS], known.today)
    people = (Calls(t("Siapa yang bisa dihubungi"), calls),) if calls else ()
    return (*facts(village, OFFICE, known.today), *people)


def _above(code: str, known: Known) -> tuple[Part, ...]:
    """The regency's own contacts, the ministry's office in the province, and the ministry."""
    village, regency = village_at(code, known), village_at(regency_of(code), known)
    calls = _calls(regency.contacts[:2], known.today) if regency != village else ()
    people = (Calls(named(regency.area), calls),) if calls else ()
    office = facts(regency, ("office", "hours"), known.today) if regency != village else ()
    above = (Paragraph(t("Kantor di {area}", area=named(regency.area))), *office) if office else ()
    if any(contact.phone for contact in village.contacts):
        return people
    offices = (*help.to_ask(known), *_bureaus(village, known))
    return (*above, *people, *help.numbers(offices, t("Kantor pemerintah"), known))


def _bureaus(village: Village, known: Known) -> tuple[Contact, ...]:
    province = fold((village.area.above or (village.area.name,))[-1])
    return tuple(b for b in known.library.bureaus.values() if fold(b.province) == province)


def _programme(code: str, known: Known) -> tuple[Part, ...]:
    """Since when the village is known to be in the programme, with who says so."""
    item = known.library.desmigratif.get(code)
    if item is None:
        return ()
    return (Paragraph(_standing(item)), sources((item,), known))


def _standing(item: Programme) -> Text:
    year = verbatim(item.since)
    match item.standing:
        case "known":
            return t("Desa Desmigratif sejak {year}.", year=year)
        case "before":
            return t("Desa Desmigratif, tercatat paling lambat {year}.", year=year)
        case "candidate":
            return t("Disebut sebagai calon desa Desmigratif pada {year}.", year=year)
        case "emas":
            return t("Desa Migran EMAS sejak {year}.", year=year)


def _calls(contacts: Sequence[VillageContact], today: date) -> tuple[Call, ...]:
    return tuple(
        Call(
            t("{name} ({kind})", name=verbatim(contact.name), kind=KINDS[contact.kind]),
            contact.phone,
            _note(contact, today),
        )
        for contact in contacts
    )


def _note(contact: VillageContact, today: date) -> Text:
    seen = _seen(contact.verified_on, today)
    note = contact.note or ("" if contact.phone else t("belum ada nomor telepon"))
    return t("{words} ({seen})", words=note, seen=seen) if note else seen


def _dated(fact: VillageFact, today: date) -> Text:
    return t("{words} ({seen})", words=fact.words, seen=_seen(fact.verified_on, today))


def _seen(day: date, today: date) -> Text:
    """When somebody last saw to it; what is older than half a year may have changed."""
    if is_old(day, today):
        return t("terakhir diperiksa {day}, bisa jadi sudah berubah", day=day)
    return t("diperiksa {day}", day=day)
