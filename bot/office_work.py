"""What is done about offices: inviting, accepting, extending, taking back, giving back."""

from typing import assert_never

from bot.asking import Asking
from bot.notice_nudges import nudge
from bot.office_rows import NOT_HERE, USED
from bot.work import FULL, GONE, NOT_YOURS, Work, at_most, full_name
from flows import rights
from flows.areas import level_of
from flows.effects import (
    CancelInvitation,
    Code,
    EndOffice,
    ExtendOffice,
    Invite,
    OfficeEffect,
    Resign,
    TakeUp,
)
from flows.errors import Refused
from flows.officer.people import FITTING
from flows.rights import Role
from flows.text import t
from storage import offices

OWN = t("Undangan ini Anda buat sendiri. Kirim kepada orang yang Anda undang.")
ALREADY = t("Anda sudah memegang jabatan ini.")

WAITING = 20
"""Open invitations of one officer in one area."""


class OfficeWork(Work):
    def carry_out(self, effect: OfficeEffect, asking: Asking) -> Code | None:
        match effect:
            case Invite():
                return self._invite(effect, asking)
            case CancelInvitation():
                self._cancel(effect, asking)
            case TakeUp():
                self._take_up(effect, asking)
            case EndOffice() | ExtendOffice():
                self._change_office(effect, asking)
            case Resign():
                self._resign(effect, asking)
            case _:
                assert_never(effect)
        return None

    def _invite(self, effect: Invite, asking: Asking) -> Code:
        """Nobody gives more than they hold, nor a role that such an area does not have."""
        by = self.right(effect, effect.area, asking)
        held = self.held(asking)
        if not rights.may(held, effect.role, effect.area):
            raise Refused(NOT_YOURS)
        mine = {office.id for office in held}
        waiting = self.rows.offices.waiting(asking.db, effect.area, self.clock.now())
        if sum(invitation.made_by in mine for invitation in waiting) >= WAITING:
            raise Refused(at_most(FULL, WAITING))
        return Code(self.invite(asking, effect.role, effect.area, by))

    def invite(self, asking: Asking, role: Role, area: str, by: int) -> str:
        """The code, which is nowhere else but in the answer; the level of the area must fit."""
        if role not in FITTING[level_of(area) or "country"]:
            raise Refused(NOT_YOURS)
        code, now = self.clock.code(), self.clock.now()
        self.rows.offices.invite(asking.db, self.clock.new_id(), code, role, area, by, now)
        self.note(asking, by, area, "invited", role)
        return code

    def _cancel(self, effect: CancelInvitation, asking: Asking) -> None:
        by = self.right(effect, effect.area, asking)
        waiting = self.rows.offices.invitation(asking.db, effect.invitation, self.clock.now())
        if waiting is None or waiting.area != effect.area:
            raise Refused(GONE)
        mine = {office.id for office in self.held(asking)}
        if waiting.made_by not in mine and not rights.may(
            self.held(asking), waiting.role, waiting.area
        ):
            raise Refused(NOT_YOURS)
        if not self.rows.offices.use_up(asking.db, effect.invitation):
            raise Refused(GONE)  # taken up at this very moment
        self.note(asking, by, effect.area, "cancelled", waiting.role)

    def _take_up(self, effect: TakeUp, asking: Asking) -> None:
        db, now, found = asking.db, self.clock.now(), asking.found
        if found is None or not self.rows.about_offices.may_hold(asking.address):
            raise Refused(NOT_HERE)
        name, held = full_name(effect.name), self.held(asking)
        waiting = self.rows.offices.invitation(db, effect.invitation, now)
        giver = self._giver(waiting, asking) if waiting and waiting.made_by else None
        if waiting is None or (waiting.made_by and giver is None):
            raise Refused(USED)
        if waiting.made_by in {office.id for office in held}:
            raise Refused(OWN)
        if any((o.role, o.area) == (waiting.role, waiting.area) for o in held):
            raise Refused(ALREADY)
        if not self.rows.offices.use_up(db, waiting.id):
            raise Refused(USED)
        office = self.clock.new_id()
        until = giver.until_at if giver else None
        self.rows.offices.add(db, office, found.id, waiting, name, now, until)
        self.note(asking, office, waiting.area, "accepted", waiting.role)
        whom, outbox = (giver,) if giver else (), self.rows.outbox
        nudge(outbox, db, "taken", office, whom, now)

    def _giver(self, waiting: offices.Waiting, asking: Asking) -> offices.Kept | None:
        """Whoever made it, if they still may: an invitation is worth no more than they are now."""
        maker = self.rows.offices.find(asking.db, waiting.made_by, hold=True)
        if maker is None or not maker.holds(self.clock.now()):
            return None
        return maker if rights.may((maker,), waiting.role, waiting.area) else None

    def _change_office(self, effect: EndOffice | ExtendOffice, asking: Asking) -> None:
        db, now, held = asking.db, self.clock.now(), self.held(asking)
        by = self.right(effect, effect.area, asking)
        office = self.rows.offices.find(db, effect.office)
        if office is None or not office.holds(now) or office.area != effect.area:
            raise Refused(GONE)
        mine = {own.id for own in held}
        if office.id in mine or not (office.given_by in mine or rights.above(held, office)):
            raise Refused(NOT_YOURS)
        match effect:
            case ExtendOffice():
                self.rows.offices.extend(db, office.id, now)
                self.note(asking, by, office.area, "extended", office.role)
            case EndOffice():
                fresh = office.given_by in mine and office.since > now - offices.UNDO
                self._end(office, "undone" if fresh else "ended", asking, by)

    def _end(self, office: offices.Kept, deed: str, asking: Asking, by: int) -> None:
        """With an office that is undone goes all that it gave: as if it had never been."""
        now = self.clock.now()
        if not self.rows.offices.end(asking.db, office.id, now):
            raise Refused(GONE)  # ended at this very moment
        self.note(asking, by, office.area, deed, office.role)
        if deed == "undone":
            for given in self.rows.offices.given_lately(asking.db, [office.id], now):
                self._end(given, deed, asking, by)

    def _resign(self, effect: Resign, asking: Asking) -> None:
        own = next((o for o in self.held(asking) if o.id == effect.office), None)
        if own is None:
            raise Refused(GONE)
        self._end(own, "resigned", asking, by=own.id)

    def erased(self, asking: Asking) -> None:
        """Somebody erases their data, and their offices with it; only the number stays."""
        for office in self.held(asking):
            self.note(asking, office.id, office.area, "erased", office.role)
