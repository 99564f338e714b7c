"""Whether a notice may go out as it stands: the same rule for whoever writes, agrees and sends."""

from collections.abc import Iterator
from datetime import date

from flows.library import Library
from flows.notices import fields
from flows.notices.kept import Notice
from flows.text import Text, t

INCOMPLETE = t("Belum bisa dikirim: masih ada yang wajib diisi.")
NOWHERE = t("Pilih dulu untuk wilayah mana pengumuman ini.")
CLOSED = t("Negara itu sedang ditutup untuk pekerjaan ini. Lowongannya tidak boleh disebar.")
OVER = t("Hari terakhirnya sudah lewat. Ubah dulu, lalu kirim lagi.")
NO_LICENCE = t("SIP2MI-nya sudah tidak berlaku. Minta yang baru kepada P3MI, lalu ubah.")


def against(notice: Notice, library: Library, today: date) -> Iterator[Text]:
    """Everything that keeps it from going out; nothing where it may."""
    if fields.missing(notice):
        yield INCOMPLETE
    if not notice.targets:
        yield NOWHERE
    if fields.closed(dict(notice.answers), library):
        yield CLOSED
    if notice.closes_on and notice.closes_on < today:
        yield OVER
    licence = notice.answer("sip2mi_until")
    if licence and date.fromisoformat(licence) < today:
        yield NO_LICENCE
