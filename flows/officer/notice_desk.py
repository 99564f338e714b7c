"""What the places about one notice share: its row, whose it is, and what all of them say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from flows import rights
from flows.areas import named
from flows.engine import Known
from flows.errors import Gone
from flows.notices import fields, message
from flows.notices.answers import listed
from flows.notices.kept import ALONE, FEW, UNSENT, Audience, Notice
from flows.notices.message import grouped
from flows.notices.scan import SIGNS, scan
from flows.officer.desk import Desk
from flows.queries import AudienceOf, NoticeOf, Query
from flows.screen import Caution, Items, Paragraph, Part
from flows.sources import sources
from flows.text import Text, t, verbatim

AREAS_NAMED = 4
"""Areas that a line names; the others it counts."""

ONLY_SUBSCRIBED = t("Hanya yang berlangganan yang menerima. Yang belum, tidak bisa kami hitung.")
IN_THE_LIST = t("Siapa saja tetap bisa membacanya di daftar lowongan dan kabar.")


@dataclass(frozen=True)
class OneNotice(Desk):
    """A place about one notice; gone with it. Number 0 is one's own newest draft."""

    notice: int = 0

    counts: ClassVar[bool] = False
    """Whether it says how many people would get it, which takes a while to count."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        if not self.counts:
            return (self._query(),)
        return (self._query(), AudienceOf(self.area, self.notice))

    def _query(self) -> NoticeOf:
        return NoticeOf(self.area, self.notice)

    def found(self, known: Known) -> Notice:
        for kept in known.given(self._query(), Notice):
            return kept
        raise Gone(f"no notice {self.notice} in {self.area!r}")

    def own(self, known: Known) -> Notice:
        """The notice, as long as the reader may still change it."""
        kept = self.found(known)
        if kept.stage not in UNSENT or not is_own(kept, known):
            raise Gone(f"notice {kept.id} is not the reader's to change")
        return kept

    def audience(self, known: Known) -> Audience | None:
        """None while something is missing, or once it was sent."""
        return audience(self._query(), known)


def audience(asked: NoticeOf, known: Known) -> Audience | None:
    return next(iter(known.given(AudienceOf(asked.area, asked.id), Audience)), None)


def is_own(kept: Notice, known: Known) -> bool:
    return kept.writer in {office.id for office in known.offices}


def may_approve(kept: Notice, known: Known) -> bool:
    """Whether the reader is the second person: over all it is for, and neither who wrote it nor
    somebody whom the writer appointed.
    """
    if kept.stage != "waiting" or is_own(kept, known):
        return False
    least = rights.EFFECTS["ApproveNotice"]
    return bool(kept.targets) and any(
        office.given_by != kept.writer
        and all(rights.may((office,), least, area.code) for area in kept.targets)
        for office in known.offices
    )


def title(kept: Notice) -> Text:
    return t("Pengumuman {number}", number=grouped(kept.number))


def headline(kept: Notice, known: Known) -> Text:
    if kept.kind == "news":
        return verbatim(kept.answer("title") or "-")
    return message.headline(kept, known.library)


def for_whom(kept: Notice) -> Text:
    """The areas by name; of many the first ones and how many more."""
    if not kept.targets:
        return t("Untuk: belum dipilih")
    names = tuple(named(area) for area in kept.targets[:AREAS_NAMED])
    others = len(kept.targets) - len(names)
    if others:
        return t("Untuk: {areas}, dan {count} lagi", areas=listed(names), count=others)
    return t("Untuk: {areas}", areas=listed(names))


def counted(people: int) -> Text:
    """Small numbers are not told: who wants what is nobody's to find out."""
    if not people:
        return t("tidak ada")
    if people < FEW:
        return t("kurang dari {count} orang", count=FEW)
    return t("{count} orang", count=people)


def reached(kept: Notice, audience: Audience | None) -> tuple[Part, ...]:
    """How many would get it, and who of the same areas would not, and why."""
    if audience is None:
        return (Paragraph(t("Jumlah penerima terlihat sesudah semua yang wajib diisi.")),)
    lines = [t("Menerima di HP: {count}", count=counted(audience.people))]
    if audience.others:
        others = counted(audience.others)
        lines.append(t("Tidak, karena berlangganan hal lain: {count}", count=others))
    if audience.unreachable:
        gone = counted(audience.unreachable)
        lines.append(t("Tidak, karena memblokir layanan ini: {count}", count=gone))
    only = t("Perbaikan ini hanya untuk yang sudah menerima nomor {number}.",
             number=grouped(kept.corrects))  # fmt: skip
    said = (Paragraph(only if kept.corrects else ONLY_SUBSCRIBED), Paragraph(IN_THE_LIST))
    return (Items(t("Siapa yang menerima"), tuple(lines)), *said)


def doubts(kept: Notice, known: Known) -> tuple[Part, ...]:
    """What the scan found, and in which field."""
    lines = tuple(
        t("{field} {why}", field=_labelled(kept, found.field), why=SIGNS[found.sign])
        for found in scan(kept, known.library)
    )
    return (Items(t("Tolong diperiksa lagi"), lines),) if lines else ()


def _labelled(kept: Notice, key: str) -> Text | str:
    field = fields.field_of(kept.kind, key)
    return field.label if field else key


def needs_second(kept: Notice, audience: Audience | None, known: Known) -> bool:
    many = audience is not None and audience.people > ALONE
    return many or bool(scan(kept, known.library))


def second(kept: Notice) -> Text:
    """Who can agree to what somebody of this role wrote."""
    match kept.writer_role:
        case "officer":
            return t("kepala desa atau koordinator")
        case "head":
            return t("koordinator")
        case _:
            return t("koordinator lain atau pengelola")


def closed(given: Mapping[str, str], known: Known) -> tuple[Part, ...]:
    """Why nobody may go there for such work, and who says so; nothing where it is open."""
    place = fields.closed(given, known.library)
    if place is None:
        return ()
    never = t("Lowongan ke {country} tidak boleh disebar, pekerjaan apa pun.", country=place.name)
    shut = t("{country} ditutup untuk pekerjaan ini, jadi tidak boleh disebar.", country=place.name)
    shut = never if place.other == "never" else shut
    reason = (Paragraph(place.reason),) if place.reason else ()
    return (Caution(shut), *reason, sources((place,), known))
