"""Contacts as a file: looked through before anything changes, taken back within a week."""

from dataclasses import dataclass

from flows.effects import ApplyImport, File, NoteExport, StageImport, UndoImport
from flows.engine import Known
from flows.officer import contacts
from flows.officer.desk import Desk
from flows.queries import ImportOf, Query
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village.imports import Import

MOST_NAMED = 8
"""Contacts that a screen names; the others it counts."""


@dataclass(frozen=True)
class DeskImport(Desk, place="officer.import"):
    """Waits for a file; nothing changes before somebody has seen what it would change."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (ImportOf(self.area),)

    def show(self, known: Known) -> Screen:
        last = Choice("last", t("Lihat berkas terakhir"), DeskReview(self.area))
        return Screen(
            t("Ambil kontak dari berkas"),
            (
                Paragraph(
                    t(
                        "Kirim berkas CSV ke sini. Kami periksa dulu, lalu Anda lihat apa yang akan"
                        " berubah. Kontak yang tidak ada di berkas tetap ada."
                    )
                ),
                Items(
                    t("Kolomnya"),
                    (
                        t("nomor: kosongkan untuk kontak baru"),
                        t("jenis: kepala desa, petugas, pos, atau lainnya"),
                        t("nama, telepon, keterangan"),
                        t("diperiksa: tanggal kapan terakhir dipastikan benar"),
                    ),
                ),
            ),
            (
                Choice("example", t("Minta contoh berkas"), DeskExport(self.area),
                       effects=(NoteExport(self.area),)),
                *((last,) if known.given(ImportOf(self.area), Import) else ()),
            ),
            back=contacts.DeskContacts(self.area),
            hint=t("Kirim berkasnya sekarang."),
            takes_file=True,
        )  # fmt: skip

    def hear_file(self, known: Known) -> Choice | None:
        review = DeskReview(self.area)
        return Choice("file", t("Berkas"), review, effects=(StageImport(self.area),))


@dataclass(frozen=True)
class DeskReview(Desk, place="officer.import.review"):
    """What the newest file would change, what is wrong with it, or that it is done."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (ImportOf(self.area),)

    def show(self, known: Known) -> Screen:
        newest = next(iter(known.given(ImportOf(self.area), Import)), None)
        back = contacts.DeskContacts(self.area)
        if newest is None:
            return Screen(t("Belum ada berkas"), choices=(self._send(),), back=back)
        match newest.stage:
            case "faulty":
                return self._faulty(newest)
            case "ready":
                return self._ready(newest)
            case "applied":
                return self._applied(newest)
            case "undone":
                told = Paragraph(t("Kontak sudah kembali seperti sebelum berkas itu."))
                return Screen(t("Sudah dibatalkan"), (told,), (self._send(),), back)

    def _faulty(self, newest: Import) -> Screen:
        return Screen(
            t("Berkas belum bisa dipakai"),
            (
                Items(t("Yang perlu diperbaiki"), newest.faults),
                Paragraph(t("Tidak ada yang berubah. Perbaiki, lalu kirim lagi.")),
            ),
            (self._send(),),
            back=contacts.DeskContacts(self.area),
        )

    def _ready(self, newest: Import) -> Screen:
        apply = ApplyImport(self.area, newest.sent)
        choices = (Choice(f"apply:{newest.sent}", t("Ya, simpan semua"), self, effects=(apply,)),)
        empty = not (newest.added or newest.changed)
        return Screen(
            t("Berkas sudah diperiksa"),
            (*_looked_through(newest), Paragraph(t("Belum ada yang berubah."))),
            (*(() if empty else choices), self._send()),
            back=contacts.DeskContacts(self.area),
        )

    def _applied(self, newest: Import) -> Screen:
        undo = Choice(f"undo:{newest.sent}", t("Batalkan, kembalikan yang lama"), self,
                      effects=(UndoImport(self.area, newest.sent),))  # fmt: skip
        late = t("Tidak bisa dibatalkan lagi: sudah ada yang diubah, atau sudah lewat tujuh hari.")
        told: tuple[Part, ...] = () if newest.can_undo else (Paragraph(late),)
        return Screen(
            t("Kontak sudah disimpan"),
            (*_looked_through(newest), *told),
            (undo,) if newest.can_undo else (),
            back=contacts.DeskContacts(self.area),
        )

    def _send(self) -> Choice:
        return Choice("send", t("Kirim berkas lain"), DeskImport(self.area))


@dataclass(frozen=True)
class DeskExport(Desk, place="officer.export"):
    """The file comes with this screen, once; it can be asked for again."""

    def show(self, known: Known) -> Screen:
        file = known.made if isinstance(known.made, File) else None
        sent = t("Berkas kontak dikirim bersama pesan ini. Isinya sama dengan halaman desa.")
        again = t("Berkasnya sudah dikirim tadi. Minta lagi bila perlu.")
        keep = t("Berisi nama dan nomor orang. Jangan dibagikan untuk hal lain.")
        return Screen(
            t("Kontak sebagai berkas"),
            (Paragraph(sent if file else again), Caution(keep)),
            (export(self.area),),
            back=contacts.DeskContacts(self.area),
            file=file,
        )


def export(area: str) -> Choice:
    note = NoteExport(area)
    return Choice("export", t("Simpan sebagai berkas"), DeskExport(area), effects=(note,))


def _looked_through(newest: Import) -> tuple[Part, ...]:
    """How many contacts a file is about and which: a count alone would hide a mistake."""
    by = newest.by or t("petugas terdahulu")
    return (
        Paragraph(t("Berkas dari {name}, {day}.", name=by, day=newest.on)),
        _counts(newest),
        *_named(t("Yang berubah"), newest.changes),
        *_named(t("Yang baru"), tuple(map(verbatim, newest.new))),
    )


def _named(heading: Text, lines: tuple[Text, ...]) -> tuple[Items, ...]:
    others = len(lines) - MOST_NAMED
    rest = (t("... dan {count} lainnya", count=others),) if others > 0 else ()
    return (Items(heading, (*lines[:MOST_NAMED], *rest)),) if lines else ()


def _counts(newest: Import) -> Items:
    return Items(
        t("Isi berkas"),
        (
            t("Kontak baru: {count}", count=newest.added),
            t("Kontak yang berubah: {count}", count=newest.changed),
            t("Tetap sama: {count}", count=newest.same),
        ),
    )
