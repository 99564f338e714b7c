"""The contacts of a village: added, confirmed, changed one part at a time, taken off."""

from dataclasses import dataclass
from itertools import count
from typing import Literal

from flows.effects import AddContact, ChangeContact, RemoveContact, VerifyContact
from flows.engine import Known
from flows.errors import Gone
from flows.officer import files, village
from flows.officer.desk import REMOVED, SAVED, Desk, brief
from flows.queries import Query, VillageOf
from flows.screen import Call, Calls, Caution, Choice, Paragraph, Screen
from flows.text import Text, t, verbatim
from flows.village.kept import KINDS, Kind, VillageContact, is_old
from flows.village.page import village_at

ContactPart = Literal["name", "phone", "note"]

TITLES: dict[ContactPart, Text] = {
    "name": t("Nama kontak"),
    "phone": t("Nomor telepon"),
    "note": t("Keterangan"),
}
PARTS: dict[ContactPart, Text] = {
    "name": t("Ganti nama"),
    "phone": t("Ganti nomor telepon"),
    "note": t("Ganti keterangan"),
}
ASKED: dict[ContactPart, Text] = {
    "name": t("Tulis nama lengkapnya. Misalnya: Siti Aminah."),
    "phone": t("Tulis nomor teleponnya. Misalnya: 0812-3456-7890."),
    "note": t("Tulis jam atau tempatnya. Misalnya: balai desa, Senin sampai Jumat pagi."),
}


@dataclass(frozen=True)
class DeskContacts(Desk, place="officer.contacts"):
    """Every contact, those to be confirmed first."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        kept = village_at(self.area, known).contacts
        due = tuple(contact for contact in kept if is_old(contact.verified_on, known.today))
        say = t("Pilih kontak untuk memeriksa atau mengubahnya.")
        none = t("Belum ada kontak. Tambahkan kepala desa dan petugas dulu.")
        return Screen(
            t("Kontak desa"),
            (Paragraph(say if kept else none),),
            (
                *(self._choice(contact, known) for contact in due),
                Choice("add", t("Tambah kontak"), DeskContactKind(self.area)),
                Choice("import", t("Ambil dari berkas"), files.DeskImport(self.area)),
                *((files.export(self.area),) if kept else ()),
                *(self._choice(contact, known) for contact in kept if contact not in due),
            ),
            back=village.DeskVillage(self.area),
        )

    def _choice(self, contact: VillageContact, known: Known) -> Choice:
        fresh = not is_old(contact.verified_on, known.today)
        to = DeskContact(self.area, contact.number)
        return Choice(f"contact:{contact.number}", brief(contact.name), to,
                      ready=fresh, marked="contact")  # fmt: skip


@dataclass(frozen=True)
class OneContact(Desk):
    """A place about one contact; gone with it."""

    number: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def contact(self, known: Known) -> VillageContact:
        contact = village_at(self.area, known).contact(self.number)
        if contact is None:
            raise Gone(f"no contact {self.number} in {self.area!r}")
        return contact


@dataclass(frozen=True)
class DeskContact(OneContact, place="officer.contact"):
    def show(self, known: Known) -> Screen:
        contact = self.contact(known)
        same = VerifyContact(self.area, self.number)
        return Screen(
            verbatim(contact.name),
            (
                Calls(KINDS[contact.kind], (_call(contact),)),
                Paragraph(village.seen(contact, known)),
            ),
            (
                Choice("same", t("Masih benar hari ini"), DeskContacts(self.area),
                       effects=(same,), remark=SAVED),
                *(Choice(f"change:{part}", PARTS[part], self._change(part)) for part in PARTS),
                Choice("remove", t("Hapus kontak ini"), DeskContactRemove(self.area, self.number)),
            ),
            back=DeskContacts(self.area),
        )  # fmt: skip

    def _change(self, part: ContactPart) -> Desk:
        return DeskContactChange(self.area, self.number, part)


@dataclass(frozen=True)
class DeskContactChange(OneContact, place="officer.contact.change"):
    writes = True
    part: ContactPart = "phone"

    def show(self, known: Known) -> Screen:
        contact = self.contact(known)
        back = DeskContact(self.area, self.number)
        none = ChangeContact(self.area, self.number, **{self.part: ""})
        empty = Choice("none", t("Hapus isi ini"), back, effects=(none,), remark=REMOVED)
        later = Choice("later", t("Nanti saja"), back)
        full = getattr(contact, self.part)
        return Screen(
            TITLES[self.part],
            (Calls(KINDS[contact.kind], (_call(contact),)),),
            (later, empty) if full and self.part != "name" else (later,),
            back=back,
            hint=ASKED[self.part],
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        change = ChangeContact(self.area, self.number, **{self.part: words})
        new = self.part == "phone" and not self.contact(known).note
        to = DeskContactChange(self.area, self.number, "note") if new else None
        back = to or DeskContact(self.area, self.number)
        return Choice("keep", TITLES[self.part], back, effects=(change,), remark=SAVED)


@dataclass(frozen=True)
class DeskContactRemove(OneContact, place="officer.contact.remove"):
    def show(self, known: Known) -> Screen:
        contact, gone = self.contact(known), RemoveContact(self.area, self.number)
        back = DeskContact(self.area, self.number)
        return Screen(
            t("Hapus kontak ini?"),
            (
                Calls(KINDS[contact.kind], (_call(contact),)),
                Caution(t("Warga tidak akan melihat kontak ini lagi.")),
            ),
            (
                Choice("remove", t("Ya, hapus kontak ini"), DeskContacts(self.area),
                       effects=(gone,), remark=REMOVED),
                Choice("keep", t("Tidak jadi"), back),
            ),
            back=back,
        )  # fmt: skip


@dataclass(frozen=True)
class DeskContactKind(Desk, place="officer.contact.kind"):
    def show(self, known: Known) -> Screen:
        return Screen(
            t("Kontak siapa?"),
            (Paragraph(t("Minta izin orangnya dulu: nama dan nomornya akan bisa dibaca umum.")),),
            tuple(
                Choice(f"kind:{kind}", label, DeskContactName(self.area, kind))
                for kind, label in KINDS.items()
            ),
            back=DeskContacts(self.area),
        )


@dataclass(frozen=True)
class DeskContactName(Desk, place="officer.contact.name"):
    """The name makes the contact; number and note are asked for next, and may wait."""

    kind: Kind = "officer"

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),) if words else ()

    def show(self, known: Known) -> Screen:
        return Screen(KINDS[self.kind], back=DeskContactKind(self.area), hint=ASKED["name"])

    def hear(self, words: str, known: Known) -> Choice | None:
        taken = {contact.number for contact in village_at(self.area, known).contacts}
        number = next(number for number in count(1) if number not in taken)
        add = AddContact(self.area, number, self.kind, words)
        to = DeskContactChange(self.area, number, "phone")
        return Choice("add", KINDS[self.kind], to, effects=(add,), remark=SAVED)


def _call(contact: VillageContact) -> Call:
    none = t("belum ada nomor telepon")
    note = verbatim(contact.note) if contact.note or contact.phone else none
    return Call(verbatim(contact.name), contact.phone, note)
