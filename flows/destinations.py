"""Destinations: where one may go, for which work, on what terms; what is closed stands first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows import help, naming
from flows.dates import MONTHS_FRESH, is_old, no_date, said_when
from flows.engine import Known, State
from flows.items import Destination, Fact, Status, Subject
from flows.library import look_up
from flows.notices import receive
from flows.person import Work
from flows.plan import questions
from flows.queries import Query
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t
from flows.topics import Page


@dataclass(frozen=True, slots=True)
class Subjects:
    """What one page tells of a country."""

    title: Text
    subjects: tuple[Subject, ...]


GROUPS: dict[str, Subjects] = {
    "who": Subjects(t("Pekerjaan dan syarat"), ("work", "age", "study", "language")),
    "terms": Subjects(t("Kontrak, gaji, libur"), ("contract", "wage", "rest")),
    "cost": Subjects(t("Biaya ke sana"), ("cost",)),
    "danger": Subjects(t("Yang harus diwaspadai"), ("danger",)),
}
SUBJECTS: dict[Subject, Text] = {
    "work": t("Pekerjaan"),
    "age": t("Umur"),
    "study": t("Sekolah dan pengalaman"),
    "language": t("Bahasa dan ujian"),
    "contract": t("Kontrak"),
    "wage": t("Gaji"),
    "rest": t("Jam kerja dan libur"),
    "cost": t("Biaya"),
    "danger": t("Bahaya"),
}
STANDING: dict[Status, Text] = {
    "open": t("dibuka"),
    "closed": t("DITUTUP"),
    "unknown": t("belum ada data"),
    "never": t("TIDAK ADA jalur resmi"),
}
OLD = t(
    "Sebagian data ini sudah lebih dari setahun, atau tanggalnya tidak tercatat. Tanyakan yang"
    " terbaru ke BP3MI atau Disnaker sebelum memutuskan."
)
WHOSE: dict[Work, Callable[[Text], Text]] = {
    "": lambda fact: fact,
    "household": lambda fact: t("Di rumah orang: {fact}", fact=fact),
    "other": lambda fact: t("Kerja lain: {fact}", fact=fact),
}
NOT_LISTED = t(
    "Negara yang Anda cari tidak ada? Lihat yang lain, atau ketik namanya. Kalau tetap tidak ada,"
    " kami belum punya datanya: tanyakan ke BP3MI atau Disnaker."
)
BLANK = t("Belum ada data. Tanyakan ke BP3MI atau Disnaker.")


def group_of(subject: Subject) -> str:
    return next(group for group, told in GROUPS.items() if subject in told.subjects)


@dataclass(frozen=True)
class Destinations(State, place="destinations"):
    """All countries; before them those that nobody should go to."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return naming.countries(words)

    def show(self, known: Known) -> Screen:
        places = tuple(known.library.destinations.values())
        never = tuple(place for place in places if place.other == "never")
        closed = tuple(place for place in places if place.household == "closed")
        return Screen(
            t("Negara tujuan"),
            (
                *_names(t("Jangan berangkat, tidak ada jalur resmi"), never),
                *_names(t("Kerja di rumah orang sedang ditutup"), closed),
                Paragraph(NOT_LISTED),
                sources((*never, *closed) or places, known),
            ),
            tuple(
                Choice(f"country:{place.code}", place.name, Country(place.code)) for place in places
            ),
            hint=t("Atau ketik nama negaranya."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        return naming.country(words, self, known)


def _names(heading: Text, places: tuple[Destination, ...]) -> tuple[Part, ...]:
    return (Items(heading, tuple(place.name for place in places)),) if places else ()


@dataclass(frozen=True)
class Country(State, place="destinations.country"):
    """Whether one may go there at all, then the way to all that is known."""

    code: str

    def show(self, known: Known) -> Screen:
        place = look_up(known.library.destinations, self.code)
        advice = (look_up(known.library.advice, "never"),) if place.other == "never" else ()
        return Screen(
            place.name,
            (
                *_warnings(place, known),
                *_standing(place),
                *_routes(place, known),
                sources((place, *advice), known),
            ),
            (*self._told(place, known), *self._onward(place, known)),
            back=Destinations(),
        )

    def _told(self, place: Destination, known: Known) -> Iterable[Choice]:
        """What is blank is said too, but not of a country where nobody should go."""
        there = {fact.subject for fact in facts(self.code, known)}
        for group, told in GROUPS.items():
            asked = group != "danger" and place.other != "never"
            if asked or there & set(told.subjects):
                yield Choice(f"about:{group}", told.title, About(self.code, group))

    def _onward(self, place: Destination, known: Known) -> Iterable[Choice]:
        for status in sorted({place.household, place.other} & {"closed", "never"}):
            yield Choice("to-do", t("Sudah ditawari atau sudah di sana?"), Page(self, status))
        if "open" in (place.household, place.other):
            going = questions.going_to(self.code, known.person.case, "procedure", known).to
            to = going if known.person.adult else questions.AskAdult("procedure", going)
            yield Choice("procedure", t("Langkah resmi ke sana"), to)  # a look is not yet a plan
            if known.writable:
                notify = receive.by_country(self.code, known)
                yield Choice("notify", t("Kabari saya bila ada lowongan ke sini"), notify)
        yield Choice("numbers", t("Nomor penting di sana"), help.Country(self, self.code))


def _warnings(place: Destination, known: Known) -> Iterable[Part]:
    """Why it is closed; where no work is legal, that nobody should go."""
    if place.reason:
        yield Caution(place.reason)
    if place.other == "never":
        yield Paragraph(look_up(known.library.advice, "never").body[0])


def _standing(place: Destination) -> Iterable[Part]:
    lines = (
        t("Kerja di rumah orang: {standing}", standing=_said(place.household, place)),
        t("Kerja lain: {standing}", standing=place.other_standing or _said(place.other, place)),
    )
    yield Items(t("Dibuka atau ditutup?"), lines)
    if place.caution:
        yield Paragraph(place.caution)


def _said(status: Status, place: Destination) -> Text:
    """Open is never said without what there is to know about it."""
    with_note = status == "open" and place.caution
    return t("dibuka, baca dulu catatannya") if with_note else STANDING[status]


def _routes(place: Destination, known: Known) -> Iterable[Part]:
    routes = (look_up(known.library.routes, code) for code in place.routes)
    names = tuple(route.name for route in routes if route.placement)
    if names and place.other == "open":
        yield Items(t("Jalurnya"), names)


def facts(code: str, known: Known) -> tuple[Fact, ...]:
    return tuple(fact for fact in known.library.facts.values() if fact.destination == code)


@dataclass(frozen=True)
class About(State, place="destinations.about"):
    """Some of what is known about a country; each blank is said as one."""

    code: str
    group: str
    under: State | None = None
    """Where somebody came from who did not come by the country's own page."""

    def show(self, known: Known) -> Screen:
        place = look_up(known.library.destinations, self.code)
        told = look_up(GROUPS, self.group)
        there = tuple(f for f in facts(self.code, known) if f.subject in told.subjects)
        old = any(
            is_old(fact.as_of, MONTHS_FRESH, known.today) for fact in there if not fact.lasting
        )
        return Screen(
            t("{country}: {subject}", country=place.name, subject=told.title),
            (
                *((Caution(OLD),) if old else ()),
                *(_subject(subject, there) for subject in told.subjects),
                sources(there or (place,), known),
            ),
            (Choice("numbers", t("Nomor penting di sana"), help.Country(self, self.code)),),
            back=self.under or Country(self.code),
        )


def _subject(subject: Subject, there: tuple[Fact, ...]) -> Items:
    lines = tuple(_line(fact) for fact in there if fact.subject == subject)
    return Items(SUBJECTS[subject], lines or (BLANK,))


def _line(fact: Fact) -> Text:
    """For which work, and with its date, unless that is told already or it is a law."""
    said = WHOSE[fact.work](fact.text)
    if fact.lasting or (fact.as_of and fact.as_of[:4] in fact.text.msgid):
        return said
    when = said_when(fact.as_of) if fact.as_of else no_date()
    return t("{fact} ({when})", fact=said, when=when)
