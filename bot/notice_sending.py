"""Sending a notice: submitted, approved by a second person, stopped, recalled, corrected."""

from dataclasses import replace
from typing import assert_never

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import DAY
from bot.notice_desk import CHANGED, NoticeDesk
from bot.work import GONE, NOT_YOURS
from flows import rights
from flows.effects import (
    ApproveNotice,
    CorrectNotice,
    NoticeSent,
    RecallNotice,
    ReturnNotice,
    StopNotice,
    SubmitNotice,
)
from flows.errors import Refused
from flows.library import Library
from flows.notices import fit
from flows.notices.kept import ALONE, HOLD_MINUTES, RETURNED, Notice, Stage
from flows.notices.scan import scan
from flows.text import t
from storage import offices
from storage.notices import Kept

NOBODY = t(
    "Belum ada kepala desa atau koordinator di layanan ini yang bisa menyetujui. Undang dulu:"
    " Petugas dan undangan."
)
CORRECTED = t("Pengumuman yang lama sudah ditarik atau diperbaiki orang lain. Buang draf ini.")
OWN = t("Pengumuman Anda sendiri harus disetujui orang lain.")
TOO_NEW = t("Anda baru bisa menyetujui pengumuman mulai besok.")

YEAR = 365 * DAY
"""How long a notice is kept after its last day, so that its number can be asked for."""

REHEARSED_HOLD = 5
"""Seconds of the hold in a rehearsal, so that nobody waits to see what happens."""


class NoticeSending(NoticeDesk):
    def carry_out(self, effect: NoticeSent, asking: Asking, library: Library) -> None:
        by = self.right(effect, effect.area, asking)
        match effect:
            case SubmitNotice():
                self._submit(effect, asking, library, by)
            case ApproveNotice() | ReturnNotice():
                self._judge(effect, asking, library, by)
            case StopNotice() | RecallNotice():
                self._withdraw(effect, asking, by)
            case CorrectNotice():
                self._correct(effect, asking, by)
            case _:
                assert_never(effect)

    def _submit(self, effect: SubmitNotice, asking: Asking, library: Library, by: int) -> None:
        db = asking.db
        old = self.as_seen(effect.area, effect.notice, asking, {"draft"}, effect.version)
        if old.written_by not in {office.id for office in self.held(asking)}:
            raise Refused(NOT_YOURS)
        notice = self.rows.about_notices.notice(old, db)
        self._refuse_unfit(notice, library)
        if old.corrects and not corrects_still(self.notices.find(db, old.corrects)):
            raise Refused(CORRECTED)
        told = replace(old, topics=notice.topics)
        audience = self.rows.outbox.audience(
            db, notice.topics, old.targets, self.clock.now(), old.corrects
        )
        people = audience.people + self._lately_alone(old, db)
        if people <= ALONE and not scan(notice, library):
            self.save(old, replace(self._held(told), answers=_clean(told)), asking.db)
            self.note(asking, by, old.area, "notice-accepted", old.number)
            return
        self.put_before_second(db, old, replace(told, answers=_clean(told)))
        self.note(asking, by, old.area, "notice-submitted", old.number)

    def _refuse_unfit(self, notice: Notice, library: Library) -> None:
        for why in fit.against(notice, library, self.clock.today()):
            raise Refused(why)

    def _held(self, kept: Kept) -> Kept:
        """Ten minutes in which it can still be stopped."""
        assert kept.closes_on
        hold = REHEARSED_HOLD if self.rows.rehearsal else HOLD_MINUTES * 60
        last = self.clock.now() + (kept.closes_on - self.clock.today()).days * DAY
        go_at = self.clock.now() + hold
        return replace(kept, stage="held", go_at=go_at, forget_at=last + YEAR)

    def put_before_second(self, db: Connection, old: Kept, new: Kept) -> None:
        """Waiting for whoever may agree to it, each of whom is told; refused where nobody may."""
        approvers = self._approvers(new, db)
        if not approvers:
            raise Refused(NOBODY)
        self.save(old, replace(new, stage="waiting", approved_by=0, go_at=0), db)
        self.tell(db, "approve", old, approvers)

    def _lately_alone(self, kept: Kept, db: Connection) -> int:
        """Whom the same writer has reached within a day without a second person."""
        return self.notices.alone(db, kept.written_by, self.clock.now() - DAY)

    def _approvers(self, kept: Kept, db: Connection) -> tuple[offices.Kept, ...]:
        """Who may agree to it: those above every area it is for, and nobody of the writer's."""
        least, now = rights.EFFECTS["ApproveNotice"], self.clock.now()
        over = self.rows.offices.over(db, kept.targets[0], least, now)
        writer = self.rows.offices.find(db, kept.written_by)
        return tuple(o for o in over if writer and self._may_agree(o, kept, writer, db))

    def _may_agree(
        self, office: offices.Kept, kept: Kept, writer: offices.Kept, db: Connection
    ) -> bool:
        """Over all it is for, another person, and not appointed by the writer, however far back."""
        least = rights.EFFECTS["ApproveNotice"]
        return (
            all(rights.may((office,), least, target) for target in kept.targets)
            and office.person != writer.person
            and writer.person not in self._givers(office, db)
        )

    def _givers(self, office: offices.Kept, db: Connection) -> set[int]:
        """The persons by whose invitations an office came about, up to the operator's."""
        persons: set[int] = set()
        giver = self.rows.offices.find(db, office.given_by)
        while giver and giver.person not in persons:
            persons.add(giver.person)
            giver = self.rows.offices.find(db, giver.given_by)
        return persons

    def _judge(
        self, effect: ApproveNotice | ReturnNotice, asking: Asking, library: Library, by: int
    ) -> None:
        old = self.as_seen(effect.area, effect.notice, asking, {"waiting"}, effect.version)
        writer = self._approvable(old, asking)
        match effect:
            case ApproveNotice():
                self._refuse_unfit(self.rows.about_notices.notice(old, asking.db), library)
                self.save(old, replace(self._held(old), approved_by=by), asking.db)
                deed, told = "notice-approved", "approved"
            case ReturnNotice():
                answers = (*old.answers, (RETURNED, effect.why))
                back = replace(self.drafted(old), answers=answers, approved_by=by)
                self.save(old, back, asking.db)
                deed, told = "notice-returned", "returned"
        self.note(asking, by, old.area, deed, old.number)
        self.tell(asking.db, told, old, (writer,))

    def _approvable(self, old: Kept, asking: Asking) -> offices.Kept:
        """The writer, who still serves; refuses whoever may not agree to this notice.

        Somebody whom the writer appointed, or who was appointed within the last day, may be the
        writer on a second telephone.
        """
        now, own = self.clock.now(), self.held(asking)
        writer = self.rows.offices.find(asking.db, old.written_by)
        if writer is None or not writer.holds(now):
            raise Refused(GONE)
        if asking.found is None or writer.person == asking.found.id:
            raise Refused(OWN)
        able = [office for office in own if self._may_agree(office, old, writer, asking.db)]
        if not able:
            raise Refused(NOT_YOURS)
        if all(office.since > now - DAY for office in able) and not self.rows.rehearsal:
            raise Refused(TOO_NEW)
        return writer

    def _withdraw(self, effect: StopNotice | RecallNotice, asking: Asking, by: int) -> None:
        db, now = asking.db, self.clock.now()
        match effect:
            case StopNotice():
                old = self.as_seen(effect.area, effect.notice, asking, {"held", "sending"})
                still = old.stage == "held"
                new = self.drafted(old) if still else replace(old, stage="stopped", go_at=now)
                deed = "notice-stopped"
            case RecallNotice():
                stages: set[Stage] = {"sending", "sent", "stopped"}
                old = self.as_seen(effect.area, effect.notice, asking, stages)
                new, deed = replace(old, stage="recalled", go_at=now), "notice-recalled"
        self.save(old, new, asking.db)
        self.note(asking, by, old.area, deed, old.number)
        writer = self.rows.offices.find(db, old.written_by)
        if writer and asking.found and writer.person != asking.found.id:
            self.tell(db, "stopped", old, (writer,))

    def _correct(self, effect: CorrectNotice, asking: Asking, by: int) -> None:
        """The draft of a correction that one has already is taken up again."""
        old = self.as_seen(effect.area, effect.notice, asking, {"sent", "stopped"})
        now = self.clock.now()
        begun = next((d for d in self.drafts(asking) if d.corrects == old.id), None)
        if begun:
            self.save(begun, replace(begun, changed_at=now), asking.db)
            return
        if self.notices.correction_of(asking.db, old.id):
            raise Refused(CHANGED)
        self.add_numbered(asking.db, replace(
            self.drafted(old), id=self.clock.new_id(), version=1, written_by=by, corrects=old.id,
            reached=0, planned=False, accepted=0, report="",
        ))  # fmt: skip
        self.note(asking, by, old.area, "notice-corrected", old.number)


def corrects_still(first: Kept | None) -> bool:
    """Whether what a correction is about can be corrected: nobody was quicker or took it back."""
    return first is not None and first.stage in ("sent", "stopped")


def _clean(kept: Kept) -> tuple[tuple[str, str], ...]:
    """Without the objection that it had when it was a draft."""
    return tuple((key, value) for key, value in kept.answers if key != RETURNED)
