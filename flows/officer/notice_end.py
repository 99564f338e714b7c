"""Dropping, stopping and recalling a notice: each is asked once before it is done."""

from dataclasses import dataclass

from flows.effects import DropNotice, RecallNotice, StopNotice
from flows.engine import Known
from flows.notices.message import grouped
from flows.officer import notice, notice_desk, notice_review, notices
from flows.officer.desk import REMOVED, Desk
from flows.officer.notice_desk import OneNotice
from flows.screen import Caution, Choice, Screen
from flows.text import t

KEEP = t("Tidak jadi")


@dataclass(frozen=True)
class DeskNoticeDrop(OneNotice, place="officer.notice.drop"):
    def show(self, known: Known) -> Screen:
        kept = self.own(known)
        back = notice_review.DeskNoticeReview(self.area, kept.id)
        drop = DropNotice(self.area, kept.id)
        gone = notices.DeskNotices(self.area)
        return Screen(
            t("Buang nomor {number}?", number=grouped(kept.number)),
            (Caution(t("Semua isinya hilang dan tidak bisa dikembalikan.")),),
            (
                Choice("drop", t("Ya, buang"), gone, effects=(drop,), remark=REMOVED),
                Choice("keep", KEEP, back),
            ),
            back=back,
        )


@dataclass(frozen=True)
class DeskNoticeStop(OneNotice, place="officer.notice.stop"):
    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        if kept.stage not in ("held", "sending"):
            return notice.standing(kept, self._query(), known)
        held = t("Belum ada yang dikirim. Pengumuman ini jadi draf lagi.")
        sending = t(
            "Yang belum dikirim tidak jadi dikirim. Yang sudah sampai tetap ada di HP warga,"
            " kecuali Anda tarik sesudahnya."
        )
        stop, back = StopNotice(self.area, kept.id), notice.DeskNotice(self.area, kept.id)
        others_draft = kept.stage == "held" and not notice_desk.is_own(kept, known)
        to: Desk = notices.DeskNotices(self.area) if others_draft else back
        return Screen(
            t("Hentikan nomor {number}?", number=grouped(kept.number)),
            (Caution(held if kept.stage == "held" else sending),),
            (
                Choice("stop", t("Ya, hentikan sekarang"), to, effects=(stop,),
                       remark=t("Sudah dihentikan.")),
                Choice("keep", KEEP, back),
            ),
            back=back,
        )  # fmt: skip


@dataclass(frozen=True)
class DeskNoticeRecall(OneNotice, place="officer.notice.recall"):
    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        if kept.stage not in ("sending", "sent", "stopped"):
            return notice.standing(kept, self._query(), known)
        back = notice.DeskNotice(self.area, kept.id)
        recall = RecallNotice(self.area, kept.id)
        return Screen(
            t("Tarik nomor {number}?", number=grouped(kept.number)),
            (
                Caution(
                    t(
                        "Pesan yang belum 48 jam dihapus dari HP warga. Yang lebih lama diganti"
                        " dengan tulisan bahwa pengumuman ini ditarik. Yang sudah difoto atau"
                        " diteruskan tidak bisa ditarik."
                    )
                ),
            ),
            (
                Choice("recall", t("Ya, tarik sekarang"), back, effects=(recall,),
                       remark=t("Sedang ditarik. Lihat lagi sebentar lagi.")),
                Choice("keep", KEEP, back),
            ),
            back=back,
        )  # fmt: skip
