"""A notice before it is sent: what is filled in, what is missing, and changing any of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.engine import Known
from flows.notices import fields, message
from flows.notices.fields import PARTS, Field, Part
from flows.notices.kept import OBJECTIONS, RETURNED, UNSENT, Notice
from flows.officer import (
    notice,
    notice_ask,
    notice_desk,
    notice_end,
    notice_send,
    notice_targets,
    notices,
)
from flows.officer.notice_desk import OneNotice
from flows.screen import Caution, Choice, Items, Paragraph, Screen
from flows.screen import Part as Shown
from flows.text import Text, t, verbatim

COMPLETE = t("Yang wajib sudah lengkap.")
NEWS: dict[Part, Text] = {"what": t("Kabarnya"), "apply": t("Waktunya")}
"""Parts of village news that are named otherwise than those of a job."""

AGAIN_A_DRAFT = t("Kalau ada yang diubah, pengumuman ini jadi draf lagi dan belum dikirim.")


@dataclass(frozen=True)
class DeskNoticeReview(OneNotice, place="officer.notice.review"):
    """One's own notice; whatever can no longer be changed is shown as it stands."""

    def show(self, known: Known) -> Screen:
        kept = self.found(known)
        if kept.stage not in UNSENT or not notice_desk.is_own(kept, known):
            return notice.standing(kept, self._query(), known)
        empty = fields.missing(kept)
        return Screen(
            notice_desk.title(kept),
            (
                Paragraph(notice_desk.headline(kept, known)),
                *((Caution(AGAIN_A_DRAFT),) if kept.stage != "draft" else ()),
                *_returned(kept),
                *notice_desk.closed(dict(kept.answers), known),
                Items(t("Sudah diisi"), tuple(_filled(kept))),
                *_open(empty),
                Paragraph(notice_desk.for_whom(kept)),
            ),
            tuple(self._ways(kept, empty)),
            back=notices.DeskNotices(self.area),
        )

    def _ways(self, kept: Notice, empty: tuple[Field, ...]) -> Iterator[Choice]:
        at = (self.area, kept.id)
        if empty:
            first = notice_ask.DeskNoticeAsk(*at, empty[0].key)
            yield Choice("go-on", t("Isi yang belum ada"), first)
        yield Choice("preview", t("Lihat seperti warga"), notice_send.DeskNoticePreview(*at))
        if kept.stage == "draft":
            yield Choice("send", t("Kirim"), notice_send.DeskNoticeSend(*at))
        yield Choice("change", t("Ubah isinya"), DeskNoticePart(*at))
        if more := _unasked(kept):
            to = notice_ask.DeskNoticeAsk(*at, more.key)
            yield Choice("more", t("Tambah keterangan (tidak wajib)"), to)
        yield Choice("targets", t("Untuk siapa?"), notice_targets.DeskNoticeTargets(*at))
        yield Choice("drop", t("Buang pengumuman ini"), notice_end.DeskNoticeDrop(*at))


@dataclass(frozen=True)
class DeskNoticePart(OneNotice, place="officer.notice.part"):
    """The parts of a notice, or the answers of one of them, each to be changed."""

    part: Part | None = None

    def show(self, known: Known) -> Screen:
        kept = self.own(known)
        return self._of_all(kept) if self.part is None else self._of_one(self.part, kept, known)

    def _of_all(self, kept: Notice) -> Screen:
        return Screen(
            t("Ubah bagian mana?"),
            (Items(t("Sudah diisi"), tuple(_filled(kept))),),
            tuple(
                Choice(f"part:{part}", _named(part, kept),
                       DeskNoticePart(self.area, kept.id, part))
                for part in _parts(kept)
            ),
            back=DeskNoticeReview(self.area, kept.id),
        )  # fmt: skip

    def _of_one(self, part: Part, kept: Notice, known: Known) -> Screen:
        asked = tuple(field for field in _asked(kept) if field.part == part)
        return Screen(
            _named(part, kept),
            (Items(t("Isi sekarang"), tuple(_line(field, kept, known) for field in asked)),),
            tuple(self._change(field, kept) for field in asked),
            back=DeskNoticePart(self.area, kept.id),
        )

    def _change(self, field: Field, kept: Notice) -> Choice:
        to = notice_ask.DeskNoticeAsk(self.area, kept.id, field.key, single=True)
        return Choice(f"field:{field.key}", field.label, to)


def _returned(kept: Notice) -> tuple[Shown, ...]:
    """Who gave it back and why, until something is changed."""
    objections: dict[str, Text] = {**OBJECTIONS}
    why = objections.get(kept.answer(RETURNED))
    if why is None:
        return ()
    return (Caution(t("Dikembalikan {name}: {why}.", name=verbatim(kept.approver), why=why)),)


def _asked(kept: Notice) -> tuple[Field, ...]:
    return fields.asked(kept.kind, dict(kept.answers))


def _parts(kept: Notice) -> tuple[Part, ...]:
    used = {field.part for field in _asked(kept)}
    return tuple(part for part in PARTS if part in used)


def _named(part: Part, kept: Notice) -> Text:
    return NEWS.get(part, PARTS[part]) if kept.kind == "news" else PARTS[part]


def _filled(kept: Notice) -> Iterator[Text]:
    """How much of each part is there."""
    for part in _parts(kept):
        asked = [field for field in _asked(kept) if field.part == part and field.required]
        there, named = sum(bool(kept.answer(field.key)) for field in asked), _named(part, kept)
        if asked:
            yield t("{part}: {there} dari {count}", part=named, there=there, count=len(asked))


def _open(empty: tuple[Field, ...]) -> tuple[Shown, ...]:
    """What is missing by name."""
    if not empty:
        return (Paragraph(COMPLETE),)
    return (Items(t("Wajib, tetapi belum diisi"), tuple(field.label for field in empty)),)


def _unasked(kept: Notice) -> Field | None:
    empty = (f for f in _asked(kept) if not f.required and not kept.answer(f.key))
    return next(empty, None)


def _line(field: Field, kept: Notice, known: Known) -> Text:
    value = kept.answer(field.key)
    if not value:
        return t("{field}: belum diisi", field=field.label)
    return message.line(field, value, known.library)
