"""Choosing to be told: of every vacancy, of a country, of a sector, of the village."""

from dataclasses import dataclass

from flows import destinations, naming
from flows.areas import Area, named
from flows.effects import Subscribe
from flows.engine import Known, State
from flows.errors import Gone
from flows.items import Destination
from flows.library import look_up
from flows.notices import mine
from flows.notices.kept import JOBS, NEWS, SECTORS, country_topic, sector_topic
from flows.queries import AreaOf, Named, Query
from flows.screen import Caution, Choice, Paragraph, Part, Screen
from flows.text import Text, t
from flows.village.choose import Choose

RECEIVE = t("Kabari saya bila ada yang baru")
SHARED = t(
    "Pesannya bisa muncul di layar HP, juga saat terkunci. Kalau HP ini dipakai bersama, orang lain"
    " bisa membacanya."
)


@dataclass(frozen=True)
class Add(State, place="notices.add"):
    """What about? Said before anything is kept: when it comes, how it ends, what we keep."""

    area: str = ""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (AreaOf(self.area),)

    def show(self, known: Known) -> Screen:
        if not known.writable:
            return mine.Mine(self.area).show(known)
        return Screen(
            t("Mau dikabari tentang apa?"),
            _terms(self.area, known),
            (
                _receive("jobs", t("Semua lowongan"), JOBS, self.area, known),
                Choice("countries", t("Lowongan ke negara tertentu"), ByCountry(self.area)),
                Choice("sectors", t("Lowongan di bidang tertentu"), BySector(self.area)),
                _receive("news", t("Kabar desa"), NEWS, self.area, known),
            ),
            back=mine.Mine(self.area),
            sensitive=True,
        )


@dataclass(frozen=True)
class ByCountry(State, place="notices.country"):
    """Vacancies in one country; nobody is told of one where no work is legal."""

    area: str = ""
    code: str = ""
    """The country whose page one came from: then there is only to agree."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        if not words:
            return (AreaOf(self.area),)
        return () if self.code else naming.countries(words)

    def hear(self, words: str, known: Known) -> Choice | None:
        if self.code:
            return None
        return naming.country(words, self, known) or _never(words, known)

    def show(self, known: Known) -> Screen:
        if not known.writable:
            return mine.Mine(self.area).show(known)
        return self._agree(known) if self.code else self._list(known)

    def _list(self, known: Known) -> Screen:
        places = known.library.destinations.values()
        return Screen(
            t("Lowongan ke negara mana?"),
            (Paragraph(t("Negara tanpa jalur resmi tidak ada di daftar ini.")),),
            tuple(
                _receive(f"country:{place.code}", _standing(place), country_topic(place.code),
                         self.area, known)
                for place in places if place.other != "never"
            ),
            back=Add(self.area),
            hint=t("Atau ketik nama negaranya."),
        )  # fmt: skip

    def _agree(self, known: Known) -> Screen:
        place = look_up(known.library.destinations, self.code)
        topic, yes = country_topic(self.code), t("Ya, kabari saya")
        return Screen(
            t("Mau dikabari lowongan ke {country}?", country=place.name),
            _terms(self.area, known),
            (_receive(f"country:{self.code}", yes, topic, self.area, known),),
            back=destinations.Country(self.code),
            sensitive=True,
        )


def by_country(code: str, known: Known) -> State:
    """The way from a country's page; first it is asked which village one is from."""
    area = known.person.village
    under = destinations.Country(code)
    return ByCountry(area, code) if area else Choose(ByCountry(code=code), under=under)


def _standing(place: Destination) -> Text:
    if place.other == "closed":
        return t("{country} (ditutup)", country=place.name)
    if place.household == "closed":
        return t("{country} (rumah tangga ditutup)", country=place.name)
    return place.name


def _never(words: str, known: Known) -> Choice | None:
    """Whoever hopes for work where none is legal is shown why not."""
    for code in known.rows(Named("destination", words)):
        place = look_up(known.library.destinations, str(code))
        return Choice(f"never:{code}", place.name, destinations.Country(str(code)))
    return None


@dataclass(frozen=True)
class BySector(State, place="notices.sector"):
    area: str = ""

    def show(self, known: Known) -> Screen:
        if not known.writable:
            return mine.Mine(self.area).show(known)
        return Screen(
            t("Lowongan di bidang apa?"),
            choices=tuple(
                _receive(f"sector:{code}", label, sector_topic(code), self.area, known)
                for code, label in SECTORS.items()
            ),
            back=Add(self.area),
        )


def _terms(area: str, known: Known) -> tuple[Part, ...]:
    for found in known.given(AreaOf(area), Area):
        terms = t(
            "Kami kirim pesan bila petugas punya yang baru untuk warga {area}, antara pukul 06.00"
            " dan 20.00. Gratis, dan bisa dihentikan kapan saja: ketik berhenti. Yang dicatat:"
            " pilihan ini, desanya, dan alamat percakapan ini, supaya pesan bisa sampai. Bukan"
            " nama, bukan nomor HP.",
            area=named(found),
        )
        return (Paragraph(terms), Caution(SHARED))
    raise Gone(f"no area {area!r}")


def _receive(choice_id: str, label: Text, topic: str, area: str, known: Known) -> Choice:
    remark = t(
        "Baik, kami kabari Anda: {topic}. Pesan datang antara pukul 06.00 dan 20.00. Mau berhenti?"
        " Ketik kapan saja: berhenti.",
        topic=mine.said(topic, known.library),
    )
    return Choice(
        choice_id, label, mine.Mine(area), effects=(Subscribe(topic, area),), remark=remark
    )
