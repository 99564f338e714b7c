"""Writing a notice: a new draft, one answer at a time, for whom it is, and throwing it away."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.asking import Asking
from bot.clock import DAY
from bot.notice_desk import NoticeDesk
from bot.work import FULL, GONE, NOT_YOURS, at_most, phone_of
from flows import rights
from flows.effects import AimNotice, BeginNotice, DropNotice, KeepAnswer, NoticeWritten
from flows.errors import Refused
from flows.library import Library
from flows.notices import fields, fit
from flows.notices.answers import Phone
from flows.notices.fields import HIDDEN
from flows.notices.kept import DRAFT_DAYS, UNSENT
from flows.notices.scan import signs
from flows.text import Text, t
from storage.contact_cells import HIDDEN as HIDDEN_SIGNS
from storage.notices import Kept

NO_ACCOUNT = t("Nomor rekening atau dompet digital tidak boleh ada di pengumuman. Hapus dulu.")
NUMBER = re.compile(r"\d(?:[ .-]?\d){5}")

DRAFTS = 10
"""Drafts of one officer at a time."""

TARGETS = 40
"""Areas of one notice; more of them are better named by what they lie in."""


class NoticeWriting(NoticeDesk):
    def carry_out(self, effect: NoticeWritten, asking: Asking, library: Library) -> None:
        by = self.right(effect, effect.area, asking)
        match effect:
            case BeginNotice():
                self._begin(effect, asking, by)
            case KeepAnswer() | AimNotice() | DropNotice():
                self._write(effect, asking, library)
            case _:
                assert_never(effect)

    def _begin(self, effect: BeginNotice, asking: Asking, by: int) -> None:
        if len(self.drafts(asking)) >= DRAFTS:
            raise Refused(at_most(FULL, DRAFTS))
        now = self.clock.now()
        targets = (effect.area,) if effect.area else ()
        self.add_numbered(asking.db, Kept(
            self.clock.new_id(), "", effect.kind, "draft", effect.area, by, 0, 1, (), (), targets,
            0, None, now, 0, 0, False, 0, "", now + DRAFT_DAYS * DAY,
        ))  # fmt: skip

    def _write(
        self, effect: KeepAnswer | AimNotice | DropNotice, asking: Asking, library: Library
    ) -> None:
        """By whoever wrote it, as long as nothing has left."""
        old = self.as_seen(effect.area, effect.notice, asking, UNSENT)
        if old.written_by not in {office.id for office in self.held(asking)}:
            raise Refused(NOT_YOURS)
        match effect:
            case KeepAnswer():
                self.save(old, self._answered(old, effect, asking, library), asking.db)
            case AimNotice():
                targets = self._aimed(old, effect.targets, asking)
                self.save(old, replace(self.drafted(old), targets=targets), asking.db)
            case DropNotice():
                self.notices.drop(asking.db, old.id)

    def _answered(self, old: Kept, effect: KeepAnswer, asking: Asking, library: Library) -> Kept:
        field = fields.field_of(old.kind, effect.field)
        if field is None:
            raise Refused(GONE)
        given, seen = dict(old.answers), " ".join(HIDDEN_SIGNS.sub("", effect.words).split())
        given[field.key] = self._read(field, seen, library) if seen else ""
        if HIDDEN_SIGNS.search(effect.words):
            given[HIDDEN] = field.key
        applies = [*(other.key for other in fields.asked(old.kind, given)), HIDDEN]
        answers = tuple((key, given[key]) for key in applies if given.get(key))
        if fields.closed(given, library):
            raise Refused(fit.CLOSED)
        closes = given.get("deadline", "")
        return replace(
            self.drafted(old), answers=answers,
            closes_on=date.fromisoformat(closes) if closes else None,
        )  # fmt: skip

    def _read(self, field: fields.Field, words: str, library: Library) -> str:
        if isinstance(field.answer, Phone):
            return phone_of(words)
        if "account" in signs(words, library) and NUMBER.search(words):
            raise Refused(NO_ACCOUNT)
        answer = fields.read(field, words, library, self.clock.today())
        if isinstance(answer, Text):
            raise Refused(answer)
        return answer

    def _aimed(self, old: Kept, targets: Sequence[str], asking: Asking) -> tuple[str, ...]:
        """Each once, each within what the writer holds, none inside another."""
        wanted = sorted(set(targets))
        outer = [code for code in wanted if not any(_inside(code, other) for other in wanted)]
        writer = self.rows.offices.find(asking.db, old.written_by)
        if not 0 < len(outer) <= TARGETS:
            raise Refused(at_most(FULL, TARGETS) if outer else fit.NOWHERE)
        for code in outer:
            speaks = writer is not None and rights.covers(writer.area, code)
            if not speaks or not rights.covers(old.area, code) or old.corrects:
                raise Refused(NOT_YOURS)
            if self.rows.area(code, asking.db) is None:
                raise Refused(GONE)
        return tuple(outer)


def _inside(code: str, other: str) -> bool:
    return code != other and rights.covers(other, code)
