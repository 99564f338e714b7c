"""The notices of an area as its officers see them, and the beginning of a new one."""

from dataclasses import dataclass

from flows.effects import BeginNotice
from flows.engine import Known
from flows.notices import fields
from flows.notices.kept import KINDS, Kind, Notice, Stage
from flows.notices.message import grouped
from flows.officer import home, notice, notice_ask, notice_review
from flows.officer.desk import Desk
from flows.queries import NoticesIn, Query
from flows.screen import Choice, Items, Paragraph, Screen
from flows.text import Text, t, verbatim

TITLE = t("Pengumuman dan lowongan")
STAGES: dict[Stage, Text] = {
    "draft": t("draf"),
    "waiting": t("menunggu"),
    "held": t("segera dikirim"),
    "sending": t("sedang dikirim"),
    "sent": t("terkirim"),
    "stopped": t("dihentikan"),
    "recalled": t("ditarik"),
    "corrected": t("diperbaiki"),
    "closed": t("ditutup"),
}
WHAT_SEEN = 16
"""Letters of what a notice is about on its button."""

ABOUT: dict[Kind, Text] = {
    "government": t(
        "Lowongan pemerintah (G to G): Anda perlu nomor pengumuman, syarat, gaji, dan tanggal"
        " tutup."
    ),
    "p3mi": t(
        "Lowongan lewat P3MI: Anda perlu izin P3MI (SIP3MI) dan izin rekrutnya (SIP2MI), syarat,"
        " gaji, dan tanggal tutup."
    ),
    "news": t("Kabar desa: penyuluhan, pelatihan, atau kegiatan. Cukup beberapa baris."),
}
"""What each kind is for and what one should have at hand."""


@dataclass(frozen=True)
class DeskNotices(Desk, place="officer.notices"):
    """Every notice of the area and of what lies in it, the newest change first."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (NoticesIn(self.area),)

    def show(self, known: Known) -> Screen:
        kept = known.given(NoticesIn(self.area), Notice)
        some = t("Pilih satu untuk melihat atau melanjutkannya.")
        none = t("Belum ada pengumuman. Yang Anda tulis di sini sampai ke HP warga yang mau.")
        return Screen(
            TITLE,
            (Paragraph(some if kept else none),),
            (
                Choice("new", t("Tulis pengumuman baru"), DeskNoticeKind(self.area)),
                *(_choice(one) for one in kept),
            ),
            back=home.OfficerHome(),
        )


@dataclass(frozen=True)
class DeskNoticeKind(Desk, place="officer.notice.kind"):
    def show(self, known: Known) -> Screen:
        return Screen(
            t("Pengumuman apa?"),
            (
                Items(t("Siapkan dulu suratnya"), tuple(ABOUT.values())),
                Paragraph(
                    t("Sebarkan hanya yang sudah Anda pastikan sendiri ke Disnaker atau BP3MI.")
                ),
            ),
            tuple(self._choice(kind) for kind in KINDS),
            back=DeskNotices(self.area),
        )

    def _choice(self, kind: Kind) -> Choice:
        first = fields.asked(kind, {})[0].key
        begin = BeginNotice(self.area, kind)
        to = notice_ask.DeskNoticeAsk(self.area, 0, first)
        return Choice(f"kind:{kind}", KINDS[kind], to, effects=(begin,))


def opened(kept: Notice) -> Desk:
    """Where work on a notice goes on: a draft is written, anything else is looked at."""
    if kept.stage == "draft":
        return notice_review.DeskNoticeReview(kept.area, kept.id)
    return notice.DeskNotice(kept.area, kept.id)


def _choice(kept: Notice) -> Choice:
    number, stage = grouped(kept.number), STAGES[kept.stage]
    what = kept.answer("title" if kept.kind == "news" else "position")
    label = t("{number}, {stage}", number=number, stage=stage)
    if what:
        label = t("{number}, {stage}: {what}", number=number, stage=stage, what=_cut(what))
    return Choice(f"notice:{kept.id}", label, opened(kept))


def _cut(what: str) -> Text:
    return verbatim(what if len(what) <= WHAT_SEEN else f"{what[: WHAT_SEEN - 1].rstrip()}…")
