"""The trail: who did what in an area and when, the newest first; nobody can change it."""

from dataclasses import dataclass

from flows.areas import named
from flows.engine import Known
from flows.notices.message import grouped
from flows.officer import home
from flows.officer.desk import Desk
from flows.offices import ROLES, Deed
from flows.queries import DeedsIn, Query
from flows.screen import Choice, Items, Paragraph, Screen
from flows.text import Text, t, verbatim
from flows.village.kept import FIELDS, KINDS

SEEN = 12
"""Deeds on one page."""

DEEDS: dict[str, Text] = {
    "invited": t("mengundang"),
    "cancelled": t("membatalkan undangan"),
    "accepted": t("menerima undangan"),
    "undone": t("membatalkan jabatan yang baru diberikan"),
    "ended": t("mencabut jabatan"),
    "extended": t("memperpanjang jabatan"),
    "resigned": t("melepas jabatan"),
    "erased": t("menghapus datanya, jabatannya berakhir"),
    "fact": t("mengubah halaman"),
    "fact-seen": t("memeriksa halaman"),
    "fact-removed": t("menghapus dari halaman"),
    "contact-added": t("menambah kontak"),
    "contact": t("mengubah kontak"),
    "contact-seen": t("memeriksa kontak"),
    "contact-removed": t("menghapus kontak"),
    "event-added": t("menambah tanggal"),
    "event-removed": t("menghapus tanggal"),
    "imported": t("mengambil kontak dari berkas"),
    "import-undone": t("membatalkan berkas kontak"),
    "exported": t("menyimpan kontak sebagai berkas"),
    "notice-submitted": t("meminta persetujuan pengumuman"),
    "notice-accepted": t("mengirim pengumuman"),
    "notice-approved": t("menyetujui pengumuman"),
    "notice-returned": t("mengembalikan pengumuman"),
    "notice-stopped": t("menghentikan pengumuman"),
    "notice-recalled": t("menarik pengumuman"),
    "notice-corrected": t("memperbaiki pengumuman"),
}
"""Every deed that the trail knows; a test holds it against what the effects write."""


@dataclass(frozen=True)
class DeskTrail(Desk, place="officer.trail"):
    start: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (DeedsIn(self.area, self.start, SEEN + 1),)

    def show(self, known: Known) -> Screen:
        deeds = known.given(DeedsIn(self.area, self.start, SEEN + 1), Deed)
        older = DeskTrail(self.area, self.start + SEEN)
        newer = DeskTrail(self.area, self.start - SEEN) if self.start else home.OfficerHome()
        lines = tuple(_line(deed) for deed in deeds[:SEEN])
        none = Paragraph(t("Belum ada yang tercatat."))
        return Screen(
            t("Catatan perubahan"),
            (Items(t("Yang terbaru di atas"), lines) if lines else none,),
            (Choice(f"from:{older.start}", t("Yang lebih lama"), older),)
            if len(deeds) > SEEN else (),
            back=newer,
        )  # fmt: skip


def _line(deed: Deed) -> Text:
    who = verbatim(deed.by) if deed.by else _nobody(deed)
    return t("{day}, {time} WIB. {who} {deed}", day=deed.on, time=deed.at, who=who,
             deed=_what(deed))  # fmt: skip


def _nobody(deed: Deed) -> Text:
    """The operator's command, or somebody whose name went with their data."""
    if not deed.number:
        return t("Pengelola layanan")
    return t("Petugas terdahulu nomor {number}", number=verbatim(str(deed.number)[-4:]))


def _what(deed: Deed) -> Text:
    done, what = DEEDS.get(deed.deed, verbatim(deed.deed)), _detail(deed)
    where = named(deed.where) if deed.where else None
    match what, where:
        case None, None:
            return done
        case None, where:
            return t("{deed} ({where})", deed=done, where=where)
        case what, None:
            return t("{deed}: {what}", deed=done, what=what)
        case what, where:
            return t("{deed}: {what} ({where})", deed=done, what=what, where=where)


def _detail(deed: Deed) -> Text | None:
    """A role, a field, a kind of contact, a number of rows, or the number of a notice."""
    if not deed.detail:
        return None
    if deed.deed.startswith("notice-"):
        return verbatim(grouped(deed.detail))
    names: dict[str, Text] = {**KINDS} if deed.deed.startswith("contact") else {**ROLES, **FIELDS}
    return names.get(deed.detail) or verbatim(deed.detail)
