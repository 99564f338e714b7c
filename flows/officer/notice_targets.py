"""For whom a notice is: the officer's own village; of a wider area all of it, or villages in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.areas import Area, level_of, named
from flows.effects import AimNotice
from flows.engine import Known
from flows.notices.kept import Notice
from flows.officer import notice_desk, notice_review
from flows.officer.desk import REMOVED, SAVED, brief
from flows.officer.notice_desk import OneNotice
from flows.queries import AreaOf, NoticeOf, Query
from flows.screen import Choice, Paragraph, Screen
from flows.text import Text, t
from flows.village.choose import Choose


@dataclass(frozen=True)
class DeskNoticeTargets(OneNotice, place="officer.notice.targets"):
    """Where `of` is set, the notice is of that area, and `area` is a village picked in it."""

    of: str | None = None

    @property
    def speaks(self) -> str:
        return self.area if self.of is None else self.of

    def within(self) -> str | None:
        return self.speaks

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (self._query(), AreaOf(self.area))

    def _query(self) -> NoticeOf:
        return NoticeOf(self.speaks, self.notice)

    def show(self, known: Known) -> Screen:
        kept = self.own(known)
        alone = t("Sampai kepada warga desa Anda. Untuk desa lain, hubungi koordinator.")
        wider = t("Untuk seluruh wilayah Anda, atau untuk desa yang Anda pilih satu per satu.")
        village = level_of(self.speaks) == "village"
        return Screen(
            t("Untuk siapa?"),
            (Paragraph(notice_desk.for_whom(kept)), Paragraph(alone if village else wider)),
            (
                *(() if village else self._ways(kept, known)),
                Choice("done", t("Selesai"), notice_review.DeskNoticeReview(self.speaks, kept.id)),
            ),
            back=notice_review.DeskNoticeReview(self.speaks, kept.id),
        )

    def _ways(self, kept: Notice, known: Known) -> Iterator[Choice]:
        here, codes = DeskNoticeTargets(self.speaks, kept.id), [area.code for area in kept.targets]
        narrowed = tuple(code for code in codes if code != self.speaks)
        for picked in known.given(AreaOf(self.area), Area):
            if self.of is not None and picked.code not in codes:
                aim = AimNotice(self.speaks, kept.id, (*narrowed, picked.code))
                label = _picked(picked, first=not narrowed)
                yield Choice(f"add:{picked.code}", label, here, None, (aim,), SAVED)
        pick = Choose(DeskNoticeTargets("", kept.id, self.speaks), self.speaks, top=self.speaks,
                      under=here)  # fmt: skip
        yield Choice("pick", t("Pilih satu desa"), pick)
        if self.speaks and codes != [self.speaks]:
            whole = AimNotice(self.speaks, kept.id, (self.speaks,))
            yield Choice("whole", t("Untuk seluruh wilayah saya"), here, None, (whole,), SAVED)
        if len(codes) > 1:
            yield from (self._without(area, kept, here) for area in kept.targets)

    def _without(self, area: Area, kept: Notice, here: "DeskNoticeTargets") -> Choice:
        rest = tuple(other.code for other in kept.targets if other != area)
        aim = AimNotice(self.speaks, kept.id, rest)
        label = t("Jangan untuk {area}", area=brief(area.name))
        return Choice(f"without:{area.code}", label, here, None, (aim,), REMOVED)


def _picked(area: Area, *, first: bool) -> Text:
    """The first village takes the place of the whole area; every other comes to it."""
    where = named(area)
    return t("Hanya untuk {area}", area=where) if first else t("Tambah {area}", area=where)
