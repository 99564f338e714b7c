"""The fields of a notice: what an officer is asked, in which order, and what has to be there.

They are those that real notices have (`facts/job-notices.md` section 3), in the order of reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.items import Destination, Status
from flows.library import Library
from flows.notices import answers
from flows.notices.answers import (
    NO_COUNTRY,
    Answer,
    Count,
    Country,
    Day,
    Link,
    OneOf,
    Pay,
    Phone,
    Several,
    Span,
    Words,
)
from flows.notices.kept import SECTORS, Kind, Notice
from flows.notices.questions import QUESTIONS
from flows.text import Text, t, tc, verbatim

Part = Literal["what", "who", "pay", "apply", "source", "more"]

PARTS: dict[Part, Text] = {
    "what": t("Pekerjaannya"),
    "who": t("Siapa yang bisa"),
    "pay": t("Gaji dan biaya"),
    "apply": t("Cara mendaftar"),
    "source": t("Dari mana kabar ini"),
    "more": t("Keterangan lain"),
}

HIDDEN = "hidden"
"""The key under which a notice says that signs which nobody sees were taken out of its words."""

ISSUERS = {
    "kp2mi": t("KP2MI"),
    "bp3mi": t("BP3MI"),
    "disnaker-province": t("Disnaker provinsi"),
    "disnaker": t("Disnaker kabupaten"),
    "p3mi": t("P3MI"),
    "village": t("Kantor desa"),
}
BY_P3MI = {
    "p2p": t("P3MI dengan perusahaan (P to P)"),
    "spsk": t("Satu kanal ke rumah tangga (SPSK)"),
    "ukps": t("Untuk perusahaan sendiri (UKPS)"),
}
BY_STATE = {
    "gtog": t("Antarpemerintah (G to G)"),
    "gtop": t("Pemerintah dengan perusahaan (G to P)"),
    "sp2t": t("Langsung oleh pemerintah ke Taiwan (SP2T)"),
}
"""Ways of placement, by who places."""

CHANNELS = {
    "siskop2mi": t("Akun SISKOP2MI"),
    "disnaker": t("Kantor Disnaker"),
    "bp3mi": t("Kantor BP3MI"),
    "fair": t("Bursa kerja"),
}
STUDY = {
    "none": t("Tidak disyaratkan"),
    "sd": t("SD"),
    "smp": t("SMP"),
    "sma": t("SMA atau SMK"),
    "d3": t("D3"),
    "d4": t("D4"),
    "s1": t("S1"),
}
WHO = {
    "all": t("Laki-laki dan perempuan"),
    "women": t("Perempuan"),
    "men": t("Laki-laki"),
}
MARITAL = {
    "any": t("Menikah atau belum"),
    "single": t("Belum menikah"),
    "married": t("Sudah menikah"),
}
PERIODS = {
    "month": t("sebulan"),
    "day": t("sehari"),
    "hour": t("sejam"),
}
FACILITIES = {
    "housing": t("tempat tinggal"),
    "meals": t("makan"),
    "transport": t("antar jemput kerja"),
    "insurance": t("asuransi dan berobat"),
    "flight-out": t("tiket berangkat"),
    "flight-home": t("tiket pulang"),
    "none": tc("facilities", "tidak disebut"),
}
COST = {
    "zero": t("Tidak ada biaya"),
    "personal": t("Hanya biaya pribadi (paspor, SKCK, tes)"),
    "listed": t("Ada biaya yang disebut"),
}
CONTRACT = {
    "formal": t("Pada perusahaan"),
    "informal": t("Pada perseorangan"),
}
JOB: tuple[Kind, ...] = ("government", "p3mi")
AGENCY: tuple[Kind, ...] = ("p3mi",)
EVERY: tuple[Kind, ...] = ("government", "p3mi", "news")
OPEN_DAYS = 80
"""A notice is open for no longer, so that each of its copies, known for 90 days, can be closed."""

LAST_DAY, LICENSED = Day(ahead=True, most=OPEN_DAYS), Day(ahead=True, most=5 * 366)

DOCUMENTS = t("Sesuai daftar dokumen resmi")


@dataclass(frozen=True, slots=True)
class Field:
    """One question to the officer, and one line of the notice."""

    name: str
    """The key, with the kind after a dot where two kinds say it in other words."""
    label: Text
    answer: Answer
    part: Part
    kinds: tuple[Kind, ...] = JOB
    required: bool = True

    @property
    def key(self) -> str:
        return self.name.partition(".")[0]

    @property
    def question(self) -> Text:
        return QUESTIONS[self.name][0]

    @property
    def hint(self) -> Text:
        """An example, and where one finds it."""
        return QUESTIONS[self.name][1]


def _optional(
    name: str, label: Text, answer: Answer, part: Part, kinds: tuple[Kind, ...] = JOB
) -> Field:
    return Field(name, label, answer, part, kinds, required=False)


ALL = (
    Field("title", t("Judul"), Words(60, least=8), "what", ("news",)),
    Field("words", t("Isi"), Words(400, least=20), "what", ("news",)),
    Field("issuer", t("Dikeluarkan oleh"), OneOf(ISSUERS), "source"),
    Field("notice_no", t("Nomor surat resmi"), Words(numbered=True), "source", ("government",)),
    Field("p3mi_name", t("P3MI"), Words(), "source", AGENCY),
    Field("p3mi_licence", t("Izin P3MI (SIP3MI)"), Words(numbered=True), "source", AGENCY),
    Field("sip2mi_no", t("Izin rekrut (SIP2MI)"), Words(numbered=True), "source", AGENCY),
    Field("sip2mi_until", t("SIP2MI berlaku sampai"), LICENSED, "source", AGENCY),
    Field("issue_date", t("Tanggal pengumuman"), Day(ahead=False), "source"),
    Field("scheme.p3mi", t("Jalur"), OneOf(BY_P3MI), "what", AGENCY),
    Field("scheme", t("Jalur"), OneOf(BY_STATE), "what", ("government",)),
    Field("country", t("Negara"), Country(), "what"),
    Field("sector", t("Bidang"), OneOf(SECTORS), "what"),
    Field("position", t("Pekerjaan"), Words(60), "what"),
    Field(
        "employer",
        t("Pemberi kerja"),
        Words(suggestions=(t("Keluarga (nama tidak disebar)"),)),
        "what",
    ),
    Field("formal", t("Bekerja"), OneOf(CONTRACT), "what"),
    Field("quota", t("Jumlah yang dicari"), Count(1, 50_000, 75), "what"),
    Field("gender", t("Dicari"), OneOf(WHO), "who"),
    Field("age", t("Umur"), Span(), "who"),
    Field("study", t("Sekolah paling rendah"), OneOf(STUDY), "who"),
    Field("marital", t("Status"), OneOf(MARITAL), "who"),
    Field("salary", t("Gaji"), Pay(), "pay"),
    Field("period", t("Gaji dihitung"), OneOf(PERIODS), "pay"),
    Field("hours", t("Jam kerja sehari"), Count(1, 16, 8), "pay"),
    Field("days", t("Hari kerja seminggu"), Count(1, 7, 6), "pay"),
    Field("facilities", t("Ditanggung pemberi kerja"), Several(FACILITIES), "pay"),
    Field("contract", t("Kontrak (bulan)"), Count(1, 60, 24), "pay"),
    Field("cost", t("Biaya untuk pekerja"), OneOf(COST), "pay"),
    Field("cost_items", t("Rincian biaya"), Words(160), "pay"),
    Field("documents", t("Dokumen"), Words(160, (DOCUMENTS,)), "apply"),
    Field("channel", t("Mendaftar lewat"), OneOf(CHANNELS), "apply"),
    Field("deadline", t("Paling lambat"), LAST_DAY, "apply"),
    Field("contact_name", t("Bertanya kepada"), Words(60), "apply"),
    Field("contact_phone", t("Telepon"), Phone(), "apply"),
    Field("deadline.news", t("Berlaku sampai"), LAST_DAY, "apply", ("news",)),
    Field("source", t("Sumber"), Words(120, least=8), "source", EVERY),
    Field("verifier", t("Dipastikan oleh"), Words(120, named=True), "source", EVERY),
    _optional("verify_url", t("Alamat situs"), Link(), "source", EVERY),
    _optional("city", t("Kota atau daerah"), Words(60), "more"),
    _optional("agency_abroad", t("Agensi di sana"), Words(), "more", AGENCY),
    _optional("p3mi_branch", t("Cabang P3MI"), Words(), "more", AGENCY),
    _optional("job_order_no", t("Nomor job order"), Words(numbered=True), "more", AGENCY),
    _optional("experience", t("Pengalaman (tahun)"), Count(0, 20, 2), "more"),
    _optional("certificate", t("Sertifikat"), Words(), "more"),
    _optional("language_test", t("Bahasa"), Words(), "more"),
    _optional("body", t("Tinggi dan berat"), Words(), "more"),
    _optional("health", t("Kesehatan"), Words(), "more"),
    _optional("overtime", t("Lembur"), Words(), "more"),
    _optional("extension", t("Perpanjangan"), Words(), "more"),
    _optional("open_from", t("Pendaftaran dibuka"), Words(40), "more"),
    _optional("selection", t("Seleksi"), Words(120), "more"),
)
"""Every field, in the order of asking; those that may stay empty come last."""


def asked(kind: Kind, given: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of such a notice, in the order of asking."""
    skip = () if given.get("cost") in ("personal", "listed") else ("cost_items",)
    return tuple(field for field in ALL if kind in field.kinds and field.key not in skip)


def field_of(kind: Kind, key: str) -> Field | None:
    return next((field for field in ALL if field.key == key and kind in field.kinds), None)


def missing(notice: Notice) -> tuple[Field, ...]:
    """What has to be there and is not: without source, verifier and last day nothing goes out."""
    given = dict(notice.answers)
    fields = asked(notice.kind, given)
    return tuple(field for field in fields if field.required and not given.get(field.key))


def read(field: Field, words: str, library: Library, today: date) -> str | Text:
    """The one spelling of an answer, or why it is none."""
    if isinstance(field.answer, Country) and words not in library.destinations:
        return NO_COUNTRY
    return answers.read(field.answer, words, today)


def said(field: Field, value: str, library: Library) -> Text:
    """An answer as people read it."""
    if isinstance(field.answer, Country):
        place = library.destinations.get(value)
        return place.name if place else verbatim(value)
    return answers.said(field.answer, value)


def closed(given: Mapping[str, str], library: Library) -> Destination | None:
    """The country, where nobody may go there for this kind of work.

    Who works for a family, or for one person in any sector, counts as working in a home
    (Kepmenaker 260/2015 speaks of employers who are persons).
    """
    place = library.destinations.get(given.get("country", ""))
    if place is None:
        return None
    return place if standing(place, given) in ("closed", "never") else None


def standing(place: Destination, given: Mapping[str, str]) -> Status:
    """How the country stands for just this kind of work."""
    if place.other == "never":
        return "never"
    return place.household if is_at_home(given) else place.other


def is_at_home(given: Mapping[str, str]) -> bool:
    """Whether the work is in a home, or for one person."""
    return given.get("sector") == "household" or given.get("formal") == "informal"
