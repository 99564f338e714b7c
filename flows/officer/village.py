"""The page of a village as its officer keeps it: one fact at a time, and the link to pass on."""

from dataclasses import dataclass

from flows.areas import named
from flows.effects import KeepFact, VerifyFact
from flows.engine import Known
from flows.officer import calendar, contacts, home
from flows.officer.desk import REMOVED, SAVED, Desk
from flows.queries import Query, VillageOf
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t
from flows.village.kept import FIELDS, PILLARS, Field, Village, VillageContact, VillageFact, is_old
from flows.village.page import OFFICE, VillagePage, link, village_at

EMPTY = t("belum diisi")
PUBLIC = t("Semua orang bisa membaca halaman ini.")
ASKED: dict[Field, Text] = {
    "office": t("Tulis alamat kantor desa. Misalnya: Jl. Raya Kuripan 12, sebelah puskesmas."),
    "hours": t("Tulis hari dan jam buka. Misalnya: Senin sampai Jumat, 08.00-15.00."),
    "post": t("Tulis tempat dan waktu pos layanan. Misalnya: balai desa, tiap Selasa pagi."),
    "migration": t("Tulis apa yang ada di desa. Misalnya: penyuluhan tiap Senin pertama."),
    "business": t("Tulis usaha dan pelatihan yang ada. Misalnya: kelompok keripik, tiap Kamis."),
    "parenting": t("Tulis kegiatan untuk anak. Misalnya: rumah belajar, Senin dan Rabu sore."),
    "cooperative": t("Tulis koperasi atau BUM Desa. Misalnya: simpan pinjam di balai desa."),
}


@dataclass(frozen=True)
class DeskVillage(Desk, place="officer.village"):
    """All that is on the page, with who changed it and when it was last seen to."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        kept = village_at(self.area, known)
        people, dates = len(kept.contacts), len(kept.events)
        is_village = kept.area.level == "village"
        return Screen(
            t("Halaman {area}", area=named(kept.area)),
            (_written(kept, OFFICE, known), Paragraph(PUBLIC)),
            (
                *(_fact(self.area, field) for field in OFFICE),
                Choice("pillars", t("Kegiatan desa"), DeskPillars(self.area)),
                Choice("contacts", t("Kontak ({count})", count=people),
                       contacts.DeskContacts(self.area)),
                Choice("calendar", t("Kalender ({count})", count=dates),
                       calendar.DeskCalendar(self.area)),
                *((Choice("link", t("Tautan desa"), DeskLink(self.area)),) if is_village else ()),
                Choice("seen", t("Lihat seperti warga"), VillagePage(self.area, self)),
            ),
            back=home.OfficerHome(),
        )  # fmt: skip


@dataclass(frozen=True)
class DeskPillars(Desk, place="officer.pillars"):
    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Kegiatan desa"),
            (_written(village_at(self.area, known), PILLARS, known),),
            tuple(_fact(self.area, field) for field in PILLARS),
            back=DeskVillage(self.area),
        )


@dataclass(frozen=True)
class DeskFact(Desk, place="officer.fact"):
    """One fact: what is typed here takes its place."""

    writes = True

    field: Field = "office"

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        fact = village_at(self.area, known).fact(self.field)
        return Screen(
            FIELDS[self.field],
            _now(fact, known),
            self._kept(fact),
            back=self._back(),
            hint=ASKED[self.field],
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        keep = KeepFact(self.area, self.field, words)
        return Choice("keep", FIELDS[self.field], self._back(), effects=(keep,), remark=SAVED)

    def _kept(self, fact: VillageFact | None) -> tuple[Choice, ...]:
        if fact is None:
            return ()
        same, none = VerifyFact(self.area, self.field), KeepFact(self.area, self.field, "")
        back = self._back()
        return (
            Choice("same", t("Masih benar hari ini"), back, effects=(same,), remark=SAVED),
            Choice("remove", t("Hapus dari halaman"), back, effects=(none,), remark=REMOVED),
        )

    def _back(self) -> Desk:
        return DeskPillars(self.area) if self.field in PILLARS else DeskVillage(self.area)


@dataclass(frozen=True)
class DeskLink(Desk, place="officer.link"):
    """The address with which people come in with their village chosen."""

    def show(self, known: Known) -> Screen:
        how = t(
            "Kirim tautan ini ke grup warga. Siapa yang membukanya langsung terhubung ke desa ini."
        )
        none = t("Tautan muncul setelah layanan ini tersambung ke Telegram. Tanyakan pengelola.")
        paper = t("Di layar balai desa, halaman desa bisa dicetak lengkap dengan kode QR.")
        parts: tuple[Part, ...] = link(self.area, known)
        return Screen(
            t("Tautan desa"),
            (Paragraph(how), *parts, Paragraph(paper)) if parts else (Caution(none),),
            back=DeskVillage(self.area),
        )


def _fact(area: str, field: Field) -> Choice:
    return Choice(f"fact:{field}", FIELDS[field], DeskFact(area, field))


def _written(kept: Village, fields: tuple[Field, ...], known: Known) -> Items:
    return Items(t("Isi sekarang"), tuple(_line(kept.fact(f), f, known) for f in fields))


def _line(fact: VillageFact | None, field: Field, known: Known) -> Text:
    if fact is None:
        return t("{field}: {words}", field=FIELDS[field], words=EMPTY)
    return t("{field}: {words} ({seen})", field=FIELDS[field], words=fact.words,
             seen=seen(fact, known))  # fmt: skip


def seen(kept: VillageFact | VillageContact, known: Known) -> Text:
    """Who changed it, and when it was last seen to; what is older than half a year says so."""
    if is_old(kept.verified_on, known.today):
        return t("lama tidak diperiksa, terakhir {day}", day=kept.verified_on)
    return t("diperiksa {day}, diisi {name}", day=kept.verified_on, name=_by(kept))


def _by(kept: VillageFact | VillageContact) -> Text | str:
    return kept.changed_by or t("petugas terdahulu")


def _now(fact: VillageFact | None, known: Known) -> tuple[Part, ...]:
    if fact is None:
        return (Paragraph(t("Belum diisi.")),)
    return (Items(t("Isi sekarang"), (t("{words} ({seen})", words=fact.words,
                                        seen=seen(fact, known)),)),)  # fmt: skip
