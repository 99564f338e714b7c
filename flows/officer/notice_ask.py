"""Writing a notice: one question at a time, with an example; the draft is kept at every answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flows import naming
from flows.effects import KeepAnswer
from flows.engine import Known
from flows.errors import Gone
from flows.notices import fields
from flows.notices.answers import NO_COUNTRY, Country, OneOf, Several, Words
from flows.notices.fields import Field
from flows.notices.kept import Notice
from flows.officer import notice_desk, notice_end, notice_review, notices
from flows.officer.desk import REMOVED, Desk
from flows.officer.notice_desk import OneNotice
from flows.queries import Alike, Named, Query
from flows.screen import Choice, Paragraph, Part, Screen, SourceLine
from flows.text import Text, t

ARTICLE_30 = "uu-18-2017-30"
"""The source of what must cost a worker nothing."""

LATER = t("Nanti saja")
LATER_ON = t("Sudah disimpan. Draf ini disimpan 30 hari.")
NOTHING = "none"
"""The option of a list that stands alone."""


@dataclass(frozen=True)
class DeskNoticeAsk(OneNotice, place="officer.notice.ask"):
    writes = True

    field: str = ""
    single: bool = False
    """Asked by itself, to change it, and not on the way through all questions."""
    among: tuple[str, ...] = ()
    """Countries that a typed name may have meant; empty for all of them."""
    refused: str = ""
    """An answer that was not kept, because the country is closed for such work."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (*super().asks(), *(naming.countries(words) if self.field == "country" else ()))

    def show(self, known: Known) -> Screen:
        kept = self.own(known)
        field, here = self._field(kept), replace(self, notice=kept.id)
        if self.refused:
            return here.shut(kept, known)
        chosen = isinstance(field.answer, OneOf | Several)
        return Screen(
            field.question,
            (
                *here.progress(kept),
                *_now(field, kept, known),
                *(_why(field, known) if chosen else ()),
            ),
            (*here.answers(field, kept, known), *here.ways(field, kept)),
            back=here.before(kept),
            hint=None if chosen else field.hint,
            aside=(Choice("later", LATER, notices.DeskNotices(self.area), remark=LATER_ON),),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        kept = self.own(known)
        field, here = self._field(kept), replace(self, notice=kept.id)
        if isinstance(field.answer, OneOf | Several):
            return None
        if isinstance(field.answer, Country):
            return here.named(words, field, kept, known)
        read = fields.read(field, " ".join(words.split()), known.library, known.today)
        if isinstance(read, Text):
            return Choice("wrong", field.question, here, remark=read)
        return here.kept("answer", field.question, words, kept, known)

    def named(self, words: str, field: Field, kept: Notice, known: Known) -> Choice | None:
        """The country that is typed; one that nearly fits is asked about, never taken."""
        for code in known.given(Named("destination", words), str):
            return self.kept(f"country:{code}", field.question, code, kept, known)
        alike = known.given(Alike("destination", words), str)
        if not alike:
            return Choice("wrong", field.question, self, remark=NO_COUNTRY)
        return Choice("alike", naming.WHICH, replace(self, among=alike))

    def kept(
        self, choice: str, label: Text, value: str, kept: Notice, known: Known,
        to: Desk | None = None,
    ) -> Choice:  # fmt: skip
        """An answer and what comes after it; refused where nobody may go for such work."""
        given = dict(kept.answers) | {self.field: value}
        if fields.closed(given, known.library):
            return Choice(choice, label, replace(self, refused=value, among=(), page=0))
        keep = KeepAnswer(self.area, kept.id, self.field, value)
        return Choice(choice, label, to or self.after(kept, value), effects=(keep,))

    def answers(self, field: Field, kept: Notice, known: Known) -> Iterator[Choice]:
        match field.answer:
            case OneOf(options):
                for code, label in options.items():
                    yield self.kept(f"{field.key}:{code}", label, code, kept, known)
            case Several(options):
                yield from self._ticks(field, options, kept, known)
            case Country():
                for code in self.among or known.library.destinations:
                    if place := known.library.destinations.get(code):
                        yield self.kept(f"country:{code}", place.name, code, kept, known)
            case Words(suggestions=suggestions):
                for number, words in enumerate(suggestions, 1):
                    yield self.kept(f"suggested:{number}", words, words.msgid, kept, known)
            case _:
                pass

    def _ticks(
        self, field: Field, options: Mapping[str, Text], kept: Notice, known: Known
    ) -> Iterator[Choice]:
        chosen = set(filter(None, kept.answer(field.key).split(",")))
        for code, label in options.items():
            ticked = code in chosen
            others = chosen - {code} if ticked else _with(code, chosen)
            value = ",".join(other for other in options if other in others)
            choice = f"{code}:{'no' if ticked else 'yes'}"
            tick = self.kept(choice, label, value, kept, known, to=self)
            yield replace(tick, ready=ticked, marked="clause")

    def ways(self, field: Field, kept: Notice) -> Iterator[Choice]:
        """On without an answer, or with the one that is there."""
        value = kept.answer(field.key)
        if value:
            on = t("Lanjut") if isinstance(field.answer, Several) else t("Biarkan, lanjut")
            yield Choice("keep", on, self.after(kept, value))
        if not field.required and not value:
            yield Choice("skip", t("Lewati"), self.after(kept, value))
        if not field.required and value:
            none = KeepAnswer(self.area, kept.id, field.key, "")
            yield Choice("none", t("Hapus isi ini"), self.after(kept, ""), None, (none,), REMOVED)

    def after(self, kept: Notice, value: str) -> Desk:
        """The next question that is still open; those that may stay empty only once asked for."""
        review = notice_review.DeskNoticeReview(self.area, kept.id)
        if self.single:
            return review
        given = dict(kept.answers) | {self.field: value}
        asked = fields.asked(kept.kind, given)
        here = _place(self.field, asked)
        later = (field for field in asked[here + 1 :] if not given.get(field.key))
        following = next((f for f in later if f.required or not asked[here].required), None)
        return self._at(following.key) if following else review

    def before(self, kept: Notice) -> Desk:
        if self.refused or self.among:
            return self._at(self.field)
        if self.single:
            part = self._field(kept).part
            return notice_review.DeskNoticePart(self.area, kept.id, part)
        asked = fields.asked(kept.kind, dict(kept.answers))
        here = _place(self.field, asked)
        return self._at(asked[here - 1].key) if here else notices.DeskNotices(self.area)

    def progress(self, kept: Notice) -> tuple[Part, ...]:
        if self.single:
            return ()
        asked, field = fields.asked(kept.kind, dict(kept.answers)), self._field(kept)
        alike = [other.key for other in asked if other.required == field.required]
        here, count = alike.index(field.key) + 1, len(alike)
        said = t("Pertanyaan {number} dari {count}", number=here, count=count)
        more = t("Tambahan {number} dari {count}, boleh dilewati", number=here, count=count)
        return (Paragraph(said if field.required else more),)

    def shut(self, kept: Notice, known: Known) -> Screen:
        """No way on from here but another answer, or none."""
        given = dict(kept.answers) | {self.field: self.refused}
        told = notice_desk.closed(given, known)
        if not told:  # opened since
            return self._at(self.field).show(known)
        other = replace(self._at("country"), single=self.single)
        return Screen(
            t("Tidak bisa disebar"),
            told,
            (
                Choice("other", t("Pilih negara lain"), other),
                Choice("drop", t("Buang pengumuman ini"),
                       notice_end.DeskNoticeDrop(self.area, kept.id)),
            ),
            back=self._at(self.field),
        )  # fmt: skip

    def _at(self, key: str) -> "DeskNoticeAsk":
        return DeskNoticeAsk(self.area, self.notice, key, self.single)

    def _field(self, kept: Notice) -> Field:
        asked = fields.asked(kept.kind, dict(kept.answers))
        return asked[_place(self.field, asked)]


def _place(key: str, asked: tuple[Field, ...]) -> int:
    """Where a question stands; gone where an answer has made it needless."""
    for number, field in enumerate(asked):
        if field.key == key:
            return number
    raise Gone(f"{key!r} is not asked of such a notice")


def _with(code: str, chosen: set[str]) -> set[str]:
    return {code} if code == NOTHING else chosen - {NOTHING} | {code}


def _now(field: Field, kept: Notice, known: Known) -> tuple[Part, ...]:
    value = kept.answer(field.key)
    if not value or isinstance(field.answer, Several):  # its ticks show it
        return ()
    said = fields.said(field, value, known.library)
    return (Paragraph(t("Isi sekarang: {words}", words=said)),)


def _why(field: Field, known: Known) -> tuple[Part, ...]:
    """What to think of; what is said of the law, with the law."""
    law = known.library.sources.get(ARTICLE_30) if field.key == "cost" else None
    return (Paragraph(field.hint), *((SourceLine((law,), law.read_on),) if law else ()))
