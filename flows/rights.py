"""Who may do what: one table, read at every use.

A row names the least role that may; every role above it in `RANKS` may too, inside the area of
the office that somebody holds. Somebody without an office is a worker, who needs none.
"""

from collections.abc import Iterable
from typing import Literal, Protocol

Role = Literal["worker", "relative", "officer", "head", "coordinator", "admin"]

RANKS: tuple[Role, ...] = ("worker", "relative", "officer", "head", "coordinator", "admin")
"""From the least to the most; each may also do what those before it may."""

EVERYWHERE = ""
"""The area of an office for the whole country: every code begins with it."""


class Held(Protocol):
    """What counts of an office: a role in an area."""

    @property
    def role(self) -> Role: ...
    @property
    def area(self) -> str: ...


def reaches(role: Role, least: Role) -> bool:
    return RANKS.index(role) >= RANKS.index(least)


def highest(roles: Iterable[Role]) -> Role:
    """Of no role at all, a worker's."""
    return RANKS[max(map(RANKS.index, roles), default=0)]


def covers(held: str, area: str) -> bool:
    """Whether an area, by its official code, is the held one or lies in it."""
    return held == EVERYWHERE or area == held or area.startswith(f"{held}.")


def may(offices: Iterable[Held], least: Role, area: str | None) -> bool:
    """Whether any of these offices is enough in this area; None asks for a role anywhere."""
    if least in ("worker", "relative"):
        return True
    return any(
        reaches(office.role, least) and (area is None or covers(office.area, area))
        for office in offices
    )


def above(offices: Iterable[Held], other: Held) -> bool:
    """Whether any of these offices stands higher than the other, by role or by a wider area."""
    return any(
        covers(office.area, other.area)
        and reaches(office.role, other.role)
        and (office.role, office.area) != (other.role, other.area)
        for office in offices
    )


PLACES: dict[str, Role] = {
    "about": "worker",
    "abroad": "worker",
    "contract": "worker",
    "contract.clause": "worker",
    "contract.questions": "worker",
    "destinations": "worker",
    "destinations.about": "worker",
    "destinations.country": "worker",
    "documents.answers": "worker",
    "documents.bring": "worker",
    "documents.expiry-month": "worker",
    "documents.expiry-year": "worker",
    "documents.list": "worker",
    "documents.offices": "worker",
    "documents.page": "worker",
    "documents.phase": "worker",
    "emergency": "worker",
    "emergency.ask": "worker",
    "forget": "worker",
    "forgotten": "worker",
    "help": "worker",
    "help.countries": "worker",
    "help.country": "worker",
    "help.others": "worker",
    "help.province": "worker",
    "help.provinces": "worker",
    "home": "worker",
    "invitation": "worker",
    "invitation.code": "worker",
    "invitation.name": "worker",
    "language": "worker",
    "money": "worker",
    "money.charge": "worker",
    "money.charges": "worker",
    "notices": "worker",
    "notices.add": "worker",
    "notices.check": "worker",
    "notices.country": "worker",
    "notices.mine": "worker",
    "notices.more": "worker",
    "notices.read": "worker",
    "notices.report": "worker",
    "notices.sector": "worker",
    "notices.stop": "worker",
    "notices.unknown": "worker",
    "offer": "worker",
    "offer.family": "worker",
    "offer.more": "worker",
    "offer.reasons": "worker",
    "offer.result": "worker",
    "offer.sign": "worker",
    "offer.to-do": "worker",
    "officer.check": "worker",
    "officer.checked": "worker",
    "officer.unknown": "worker",
    "officer.wait": "worker",
    "plan.adult": "worker",
    "plan.apprenticeship": "worker",
    "plan.children": "worker",
    "plan.destination": "worker",
    "plan.marital": "worker",
    "plan.no-list": "worker",
    "plan.other-country": "worker",
    "plan.route": "worker",
    "plan.under-age": "worker",
    "plan.which": "worker",
    "plan.work": "worker",
    "procedure": "worker",
    "procedure.eligible": "worker",
    "procedure.phase": "worker",
    "procedure.stage": "worker",
    "service": "worker",
    "topic": "worker",
    "topic.page": "worker",
    "village": "worker",
    "village.activities": "worker",
    "village.calendar": "worker",
    "village.choose": "worker",
    "village.contacts": "worker",
    "village.which": "worker",
    "welcome": "worker",
    "which": "worker",
    "officer": "officer",
    "officer.calendar": "officer",
    "officer.contact": "officer",
    "officer.contact.change": "officer",
    "officer.contact.kind": "officer",
    "officer.contact.name": "officer",
    "officer.contact.remove": "officer",
    "officer.contacts": "officer",
    "officer.event": "officer",
    "officer.event.day": "officer",
    "officer.event.words": "officer",
    "officer.export": "officer",
    "officer.fact": "officer",
    "officer.import": "officer",
    "officer.import.review": "officer",
    "officer.invitation": "officer",
    "officer.invite": "officer",
    "officer.invited": "officer",
    "officer.link": "officer",
    "officer.mine": "officer",
    "officer.notice": "officer",
    "officer.notice.ask": "officer",
    "officer.notice.drop": "officer",
    "officer.notice.kind": "officer",
    "officer.notice.more": "head",
    "officer.notice.part": "officer",
    "officer.notice.preview": "officer",
    "officer.notice.recall": "officer",
    "officer.notice.review": "officer",
    "officer.notice.send": "officer",
    "officer.notice.stop": "officer",
    "officer.notice.targets": "officer",
    "officer.notices": "officer",
    "officer.people": "officer",
    "officer.person": "officer",
    "officer.person.end": "officer",
    "officer.pillars": "officer",
    "officer.resign": "officer",
    "officer.village": "officer",
    "officer.trail": "coordinator",
}
"""Every state, by its place. One without a row is refused when the program starts."""

EFFECTS: dict[str, Role] = {
    "ForgetMe": "worker",
    "TakeUp": "worker",
    "Subscribe": "worker",
    "Unsubscribe": "worker",
    "ReportNotice": "worker",
    "KeepFact": "officer",
    "VerifyFact": "officer",
    "AddContact": "officer",
    "ChangeContact": "officer",
    "VerifyContact": "officer",
    "RemoveContact": "officer",
    "AddEvent": "officer",
    "RemoveEvent": "officer",
    "StageImport": "officer",
    "ApplyImport": "officer",
    "UndoImport": "officer",
    "NoteExport": "officer",
    "BeginNotice": "officer",
    "KeepAnswer": "officer",
    "AimNotice": "officer",
    "DropNotice": "officer",
    "SubmitNotice": "officer",
    "ApproveNotice": "head",
    "ReturnNotice": "head",
    "StopNotice": "officer",
    "RecallNotice": "officer",
    "CorrectNotice": "officer",
    "Invite": "officer",
    "CancelInvitation": "officer",
    "EndOffice": "officer",
    "ExtendOffice": "head",
    "Resign": "officer",
}
"""Every effect, by its class; `bot/office_work.py` and `bot/notice_sending.py` add what depends on
the office or the notice it is about.
"""

COMMANDS: dict[str, Role] = {
    "menu": "worker",
    "darurat": "worker",
    "bantuan": "worker",
    "desa": "worker",
    "lowongan": "worker",
    "berhenti": "worker",
    "cekpetugas": "worker",
    "bahasa": "worker",
    "hapus": "worker",
    "petugas": "officer",
}
"""Telegram's commands. Anybody may type one; whoever may not use it is not understood."""

PAGES: dict[str, Role] = {
    "GET /": "worker",
    "POST /": "worker",
    "POST /selesai": "worker",
    "GET /cetak": "worker",
    "GET /{entry}": "worker",
    "GET /style.css": "worker",
    "GET /print.js": "worker",
    "GET /icon.svg": "worker",
    "GET /healthz": "worker",
    "GET /readyz": "worker",
    "GET /metrics": "worker",
    "POST /telegram": "worker",
}
"""Every address of the web application. What a page shows is decided by its place."""
