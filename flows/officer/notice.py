"""One notice as it stands: approved or not, held, on its way, and what became of every copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from flows import rights
from flows.effects import ApproveNotice, CorrectNotice, ReturnNotice
from flows.engine import Known
from flows.notices import message
from flows.notices.kept import KINDS, OBJECTIONS, REASONS, Notice, Report, Suspicion
from flows.officer import notice_desk, notice_end, notice_review, notice_send, notices
from flows.officer.notice_desk import OneNotice
from flows.offices import ROLES
from flows.queries import NoticeOf
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim

AGAIN = t("Lihat lagi")
APPROVED = t("Sudah disetujui. Penulisnya kami beri tahu.")
GIVEN_BACK = t("Sudah dikembalikan. Penulisnya kami beri tahu.")
COPIED = t(
    "Ini salinannya. Perbaiki yang salah, lalu kirim. Yang lama berlaku sampai yang ini dikirim."
)


@dataclass(frozen=True)
class DeskNotice(OneNotice, place="officer.notice"):
    counts = True

    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        if kept.stage == "draft":
            return notice_review.DeskNoticeReview(self.area, self.notice).show(known)
        return standing(kept, self._query(), known)


def standing(kept: Notice, asked: NoticeOf, known: Known) -> Screen:
    """How a notice stands that is no draft, with the rows that were asked for."""
    return Screen(
        notice_desk.title(kept),
        (
            *_headline(kept, known),
            Items(KINDS[kept.kind], tuple(_about(kept))),
            *_now(kept, asked, known),
            *_reported(kept, asked, known),
        ),
        (*_ways(kept, known), *_again(kept, asked, known)),
        back=notices.DeskNotices(kept.area),
    )


def _headline(kept: Notice, known: Known) -> tuple[Part, ...]:
    """Whoever is to agree reads the whole below."""
    if notice_desk.may_approve(kept, known):
        return ()
    return (Paragraph(notice_desk.headline(kept, known)),)


def _about(kept: Notice) -> Iterator[Text]:
    yield notice_desk.for_whom(kept)
    roles: dict[str, Text] = {**ROLES}
    role = roles.get(kept.writer_role)
    if kept.writer_name and role:
        yield t("Ditulis {name}, {role}", name=verbatim(kept.writer_name), role=role)
    if kept.approver:
        yield t("Disetujui {name}", name=verbatim(kept.approver))
    if kept.corrects:
        yield t("Memperbaiki nomor {number}", number=message.grouped(kept.corrects))
    if kept.corrected_by:
        yield t("Diganti nomor {number}", number=message.grouped(kept.corrected_by))
    if kept.closes_on:
        yield t("Berlaku sampai {day}", day=kept.closes_on)


def _now(kept: Notice, asked: NoticeOf, known: Known) -> tuple[Part, ...]:
    match kept.stage:
        case "draft":
            return (Paragraph(t("Masih draf.")),)
        case "waiting":
            return _waiting(kept, asked, known)
        case "held":
            goes = t("Mulai dikirim pukul {time}. Sampai saat itu masih bisa dihentikan.",
                     time=kept.goes_at)  # fmt: skip
            return (Paragraph(goes), Paragraph(notice_send.QUIET))
        case "sending":
            return _report(t("Sedang dikirim."), asked, known)
        case "sent":
            return _report(t("Sudah dikirim."), asked, known)
        case "stopped":
            return _report(t("Pengiriman dihentikan."), asked, known)
        case "recalled":
            return _report(t("Sudah ditarik."), asked, known)
        case "corrected":
            return _report(t("Sudah diganti dengan yang baru."), asked, known)
        case "closed":
            return _report(t("Sudah ditutup, karena hari terakhirnya lewat."), asked, known)
        case _:
            assert_never(kept.stage)


def _waiting(kept: Notice, asked: NoticeOf, known: Known) -> tuple[Part, ...]:
    """Whoever may agree sees what people will see, for how many, and what to look at twice."""
    if not notice_desk.may_approve(kept, known):
        return (Paragraph(t("Menunggu persetujuan {who}.", who=notice_desk.second(kept))),)
    audience = notice_desk.audience(asked, known)
    return (
        Caution(
            t("Setujui hanya kalau Anda juga yakin ini benar. Sepuluh menit kemudian dikirim.")
        ),
        *message.body(kept, known.library),
        *notice_desk.reached(kept, audience),
        *notice_desk.doubts(kept, known),
        *notice_desk.closed(dict(kept.answers), known),
    )


def _report(stands: Text, asked: NoticeOf, known: Known) -> tuple[Part, ...]:
    report = next(iter(known.given(asked, Report)), None)
    return (Paragraph(stands), *(_counts(report) if report else ()))


def _counts(report: Report) -> Iterator[Items]:
    """Lines that add up; what is none is not said."""
    people = (
        (report.sent, t("sampai: {count}", count=report.sent)),
        (report.waiting, t("menunggu giliran: {count}", count=report.waiting)),
        (report.unreachable, t("memblokir atau sudah pergi: {count}", count=report.unreachable)),
        (report.refused, t("gagal dikirim: {count}", count=report.refused)),
        (report.cancelled, t("tidak jadi dikirim: {count}", count=report.cancelled)),
        (report.erased, t("datanya sudah dihapus: {count}", count=report.erased)),
    )
    copies = (
        (report.deleted, t("dihapus: {count}", count=report.deleted)),
        (report.edited, t("diganti tulisannya: {count}", count=report.edited)),
        (report.changing, t("masih dikerjakan: {count}", count=report.changing)),
        (report.left, t("tidak bisa diubah: {count}", count=report.left)),
    )
    heading = t("Dari {count} orang", count=report.accepted)
    yield Items(heading, _some(people) or (t("belum ada yang dikirim"),))
    if _some(copies):
        yield Items(t("Pesan yang sudah sampai"), _some(copies))


def _some(lines: tuple[tuple[int, Text], ...]) -> tuple[Text, ...]:
    return tuple(line for count, line in lines if count)


def _reported(kept: Notice, asked: NoticeOf, known: Known) -> tuple[Part, ...]:
    """What people reported, for those who look after officers."""
    if not rights.may(known.offices, "coordinator", kept.area):
        return ()
    lines = tuple(
        t("{reason}: {count}", reason=REASONS[one.reason], count=one.count)
        for one in known.given(asked, Suspicion)
    )
    return (Items(t("Dilaporkan warga"), lines),) if lines else ()


def _ways(kept: Notice, known: Known) -> Iterator[Choice]:
    at = (kept.area, kept.id)
    if notice_desk.may_approve(kept, known):
        yield from _judged(kept)
    if kept.stage in ("held", "sending"):
        yield Choice("stop", t("Hentikan"), notice_end.DeskNoticeStop(*at))
    yield Choice("preview", t("Lihat seperti warga"), notice_send.DeskNoticePreview(*at))
    if kept.stage in ("waiting", "held") and notice_desk.is_own(kept, known):
        yield Choice("change", t("Ubah isinya"), notice_review.DeskNoticeReview(*at))
    if kept.stage in ("sent", "stopped") and not kept.corrected_by:
        newest = notice_review.DeskNoticeReview(kept.area)
        correct = CorrectNotice(*at)
        yield Choice("correct", t("Perbaiki"), newest, None, (correct,), COPIED)
    if kept.stage in ("sending", "sent", "stopped"):
        yield Choice("recall", t("Tarik kembali"), notice_end.DeskNoticeRecall(*at))


def _judged(kept: Notice) -> Iterator[Choice]:
    """By what was seen: another version is refused."""
    at = (kept.area, kept.id)
    agree = ApproveNotice(*at, kept.version)
    yield Choice("approve", t("Setujui"), DeskNotice(*at), None, (agree,), APPROVED)
    if kept.kind != "news":
        yield Choice("more", t("Baca selengkapnya"), notice_send.DeskNoticeMore(*at))
    for why, said in OBJECTIONS.items():
        give_back = ReturnNotice(*at, kept.version, why)
        label = t("Kembalikan: {why}", why=said)
        yield Choice(f"return:{why}", label, notices.DeskNotices(kept.area), None,
                     (give_back,), GIVEN_BACK)  # fmt: skip


def _again(kept: Notice, asked: NoticeOf, known: Known) -> tuple[Choice, ...]:
    """The same once more, while something is still happening."""
    moves = kept.stage in ("waiting", "held", "sending")
    changing = any(report.changing or report.waiting for report in known.given(asked, Report))
    if not (moves or changing):
        return ()
    return (Choice("again", AGAIN, DeskNotice(kept.area, kept.id)),)
