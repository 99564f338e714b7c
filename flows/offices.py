"""Offices and invitations as states see them: who holds which role where, and until when."""

from dataclasses import dataclass
from datetime import date

from flows.areas import Area, placed
from flows.rights import Role
from flows.text import Text, t

ROLES: dict[Role, Text] = {
    "worker": t("Pekerja"),
    "relative": t("Keluarga"),
    "officer": t("Petugas desa"),
    "head": t("Kepala desa"),
    "coordinator": t("Koordinator"),
    "admin": t("Pengelola"),
}


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's role in an area, as long as it lasts."""

    id: int
    role: Role
    where: Area | None
    """None for the whole country."""
    name: str
    """As the holder wrote it when accepting the invitation."""
    since: date
    until: date
    given_by: int = 0
    """The office of who invited; 0 for the operator's command."""
    undo_until: date | None = None
    """Until then the inviter can take it back as if it had never been; None when that is over."""

    @property
    def area(self) -> str:
        return self.where.code if self.where else ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that was not taken up yet. Its code is nowhere but with whoever was shown it."""

    id: int
    role: Role
    where: Area | None
    by: str
    """Name of the inviter; empty for the operator."""
    made_by: int
    ends: date

    @property
    def area(self) -> str:
        return self.where.code if self.where else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the trail: who did what, where and when. It holds no name and no value."""

    on: date
    at: str
    """Clock time in Western Indonesian Time, `13.05`."""
    deed: str
    by: str
    """Name of who did it; empty where they have erased their data."""
    number: int
    """The office's own number, which stays when the name is gone."""
    where: Area | None
    detail: str = ""


def said(office: Office) -> Text:
    """Role, area and end: what anybody may know of an office."""
    role, until = ROLES[office.role], office.until
    if office.where is None:
        return t("{role}, berlaku sampai {day}", role=role, day=until)
    area = placed(office.where)
    return t("{role}, {area}, berlaku sampai {day}", role=role, area=area, day=until)
