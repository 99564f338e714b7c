"""The last look before sending: as people will read it, who gets it, and what speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.effects import SubmitNotice
from flows.engine import Known
from flows.notices import fields, fit, message
from flows.notices.kept import ALONE, HOLD_MINUTES, Notice
from flows.officer import notice, notice_ask, notice_desk, notice_review
from flows.officer.desk import Desk
from flows.officer.notice_desk import OneNotice
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import t, verbatim

PREVIEW = t("Ini contoh: begini warga membacanya.")
NO_MORE = t("Tidak ada keterangan lain.")
QUIET = t("Pesan hanya dikirim antara pukul 06.00 dan 20.00 waktu setempat.")


@dataclass(frozen=True)
class DeskNoticePreview(OneNotice, place="officer.notice.preview"):
    """Just what is sent, in any language; only the first line and the ways are the desk's."""

    language: str = ""

    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        letter = message.letter(kept, known.library)
        language = self.language or known.person.language or "id"
        ways = tuple(way.label for way in letter.ways)
        return Screen(
            letter.screen.title,
            (Paragraph(PREVIEW), *letter.screen.parts, Items(t("Tombol di bawahnya"), ways)),
            tuple(
                Choice(f"language:{other.code}", verbatim(other.name),
                       replace(self, notice=kept.id, language=other.code))
                for other in known.languages if other.code != language
            ),
            back=_behind(kept, known),
            language=language,
        )  # fmt: skip


@dataclass(frozen=True)
class DeskNoticeMore(OneNotice, place="officer.notice.more"):
    """What people read a page further, for whoever is to agree to all of it."""

    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        return Screen(
            message.title(kept),
            message.more(kept, known.library) or (Paragraph(NO_MORE),),
            back=_behind(kept, known),
        )


@dataclass(frozen=True)
class DeskNoticeSend(OneNotice, place="officer.notice.send"):
    counts = True

    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        if kept.stage != "draft":
            return notice.standing(kept, self._query(), known)
        against = (*notice_desk.closed(dict(kept.answers), known), *_against(kept, known))
        review = notice_review.DeskNoticeReview(self.area, kept.id)
        return Screen(
            t("Kirim nomor {number}?", number=message.grouped(kept.number)),
            (
                Paragraph(notice_desk.for_whom(kept)),
                *notice_desk.reached(kept, self.audience(known)),
                *notice_desk.doubts(kept, known),
                *(against or self._onward(kept, known)),
            ),
            tuple(self._ways(kept, known, fit=not against)),
            back=review,
        )

    def _onward(self, kept: Notice, known: Known) -> tuple[Part, ...]:
        hold = t("Sebelum dikirim ada jeda {minutes} menit: masih bisa dihentikan.",
                 minutes=HOLD_MINUTES)  # fmt: skip
        if not notice_desk.needs_second(kept, self.audience(known), known):
            return (Paragraph(hold), Paragraph(QUIET))
        asked = t("Orang kedua perlu menyetujui dulu: {who}.", who=notice_desk.second(kept))
        why = t("Karena lebih dari {count} orang.", count=ALONE)
        if notice_desk.doubts(kept, known):
            why = t("Karena ada yang perlu diperiksa.")
        return (Paragraph(asked), Paragraph(why), Paragraph(hold), Paragraph(QUIET))

    def _ways(self, kept: Notice, known: Known, *, fit: bool) -> Iterator[Choice]:
        at = (self.area, kept.id)
        if fit:
            second = notice_desk.needs_second(kept, self.audience(known), known)
            label = t("Minta persetujuan") if second else t("Ya, kirim")
            submit = SubmitNotice(*at, kept.version)
            yield Choice("submit", label, notice.DeskNotice(*at), effects=(submit,))
        elif empty := fields.missing(kept):
            first = notice_ask.DeskNoticeAsk(*at, empty[0].key)
            yield Choice("go-on", t("Isi yang belum ada"), first)
        yield Choice("preview", t("Lihat seperti warga"), DeskNoticePreview(*at))
        yield Choice("change", t("Ubah isinya"), notice_review.DeskNoticePart(*at))


def _against(kept: Notice, known: Known) -> tuple[Part, ...]:
    """Why it cannot go out as it is; what is missing by name, a closed country stands above."""
    empty = tuple(field.label for field in fields.missing(kept))
    lacks = (Items(t("Wajib, tetapi belum diisi"), empty),) if empty else ()
    others = fit.against(kept, known.library, known.today)
    told = (Caution(why) for why in others if why not in (fit.INCOMPLETE, fit.CLOSED))
    return (*lacks, *told)


def _behind(kept: Notice, known: Known) -> Desk:
    if kept.stage == "draft" and notice_desk.is_own(kept, known):
        return notice_review.DeskNoticeReview(kept.area, kept.id)
    return notice.DeskNotice(kept.area, kept.id)
