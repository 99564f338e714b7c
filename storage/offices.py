"""Offices and invitations: who holds which role where, read at every use; and who guesses."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.engine import Dialect

from flows.rights import RANKS, Role, reaches
from flows.words import fold
from storage.models import GuessRow, InvitationRow, OfficeRow, table
from storage.people import Prepared
from storage.vault import Vault

OFFICE, INVITATION, GUESS = table(OfficeRow), table(InvitationRow), table(GuessRow)

DAY = 24 * 3600
TERM = 365 * DAY
"""How long an office lasts, unless it is extended."""

UNDO = 7 * DAY
"""How long the inviter can take an office back as if it had never been."""

INVITATION_LASTS = DAY
REMEMBERED = 365 * DAY
"""How long an ended office is kept, so that the trail can say who it was."""

GUESSES_LAST = 3600

TITLES = {"pak", "bapak", "bu", "ibu", "mas", "mbak", "bang", "kang", "haji", "hajah", "h", "hj"}
"""What people say before a name, and what no name consists of alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An office as stored; instants in seconds."""

    id: int
    person: int
    role: Role
    area: str
    name: str
    given_by: int
    since: int
    until_at: int
    ended_at: int | None

    def holds(self, now: int) -> bool:
        return self.ended_at is None and self.until_at > now


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that nobody took up."""

    id: int
    role: Role
    area: str
    made_by: int
    ends_at: int


class Offices:
    """The repository of offices, invitations and guesses."""

    def __init__(self, vault: Vault, dialect: Dialect) -> None:
        self._vault = vault
        self._held = Prepared(HELD, dialect)

    def held(self, db: Connection, person: int, now: int) -> tuple[Kept, ...]:
        """What somebody holds now; asked wherever a right is needed, so its statement is ready."""
        rows = self._held.run(db, {"person": person, "now": now})
        return tuple(
            Kept(row.id, row.person_id, row.role, row.area, self._vault.decrypt(row.name),
                 row.given_by, row.since, row.until_at, row.ended_at)
            for row in rows
        )  # fmt: skip

    def find(self, db: Connection, office: int, *, hold: bool = False) -> Kept | None:
        """Held, if asked, until the turn ends, so that nobody ends it meanwhile."""
        found = select(OFFICE).where(OFFICE.c.id == office)
        row = db.execute(found.with_for_update(read=True) if hold else found).first()
        return _kept(row) if row else None

    def inside(self, db: Connection, area: str, now: int) -> tuple[Kept, ...]:
        """All that are held now in an area and below it, the highest area first."""
        rows = db.execute(
            select(OFFICE)
            .where(inside(OFFICE.c.area, area), OFFICE.c.ended_at.is_(None))
            .where(OFFICE.c.until_at > now)
            .order_by(OFFICE.c.area, OFFICE.c.since, OFFICE.c.id)
        )
        return tuple(_kept(row) for row in rows)

    def over(self, db: Connection, area: str, least: Role, now: int) -> tuple[Kept, ...]:
        """Whoever has at least this role in an area or in what it lies in."""
        around = [area[:length] for length in (0, 2, 5, 8, 13) if length <= len(area)]
        roles = [role for role in RANKS if reaches(role, least)]
        rows = db.execute(
            select(OFFICE)
            .where(OFFICE.c.area.in_(around), OFFICE.c.role.in_(roles))
            .where(OFFICE.c.ended_at.is_(None), OFFICE.c.until_at > now)
            .order_by(OFFICE.c.since, OFFICE.c.id)
        )
        return tuple(_kept(row) for row in rows)

    def given_lately(self, db: Connection, by: list[int], now: int) -> tuple[Kept, ...]:
        """What somebody's invitations gave and they can still undo."""
        rows = db.execute(
            select(OFFICE)
            .where(OFFICE.c.given_by.in_(by), OFFICE.c.ended_at.is_(None))
            .where(OFFICE.c.since > now - UNDO)
            .order_by(OFFICE.c.since)
        )
        return tuple(_kept(row) for row in rows)

    def named(self, db: Connection, name: str, now: int) -> tuple[Kept, ...]:
        """What is held by whoever bears exactly this name, titles before it left out."""
        said = plain_name(name)
        if not said:
            return ()
        rows = db.execute(
            select(OFFICE)
            .where(OFFICE.c.known_as.in_(self._vault.hashes(f"name:{said}")))
            .where(OFFICE.c.ended_at.is_(None), OFFICE.c.until_at > now)
            .order_by(OFFICE.c.area)
        )
        return tuple(_kept(row) for row in rows)

    def add(
        self, db: Connection, new_id: int, person: int, invitation: Waiting, name: str, now: int,
        at_most: int | None = None,
    ) -> None:  # fmt: skip
        """For a year, but not longer than `at_most`, the end of the office that gave it."""
        until = now + TERM
        row = {
            "id": new_id,
            "person_id": person,
            "role": invitation.role,
            "area": invitation.area,
            "name": name,
            "known_as": self._vault.hashes(f"name:{plain_name(name)}")[0],
            "given_by": invitation.made_by,
            "since": now,
            "until_at": until if at_most is None else min(until, at_most),
        }
        db.execute(insert(OFFICE), row)

    def end(self, db: Connection, office: int, now: int) -> bool:
        """Whether it was still held."""
        ended = update(OFFICE).where(OFFICE.c.id == office, OFFICE.c.ended_at.is_(None))
        return db.execute(ended.values(ended_at=now)).rowcount == 1

    def extend(self, db: Connection, office: int, now: int) -> None:
        db.execute(update(OFFICE).where(OFFICE.c.id == office).values(until_at=now + TERM))

    def invite(
        self, db: Connection, new_id: int, code: str, role: Role, area: str, by: int, now: int
    ) -> None:
        row = {
            "id": new_id,
            "code": self._vault.hashes(f"invitation:{plain_code(code)}")[0],
            "role": role,
            "area": area,
            "made_by": by,
            "ends_at": now + INVITATION_LASTS,
        }
        db.execute(insert(INVITATION), row)

    def opened(self, db: Connection, code: str, now: int) -> Waiting | None:
        """The invitation behind a code, which works once and for a day."""
        hashes = self._vault.hashes(f"invitation:{plain_code(code)}")
        waits = select(INVITATION).where(INVITATION.c.code.in_(hashes))
        row = db.execute(waits.where(INVITATION.c.ends_at > now)).first()
        return _waiting(row) if row else None

    def invitation(self, db: Connection, invitation: int, now: int) -> Waiting | None:
        waits = select(INVITATION).where(INVITATION.c.id == invitation)
        row = db.execute(waits.where(INVITATION.c.ends_at > now)).first()
        return _waiting(row) if row else None

    def waiting(self, db: Connection, area: str, now: int) -> tuple[Waiting, ...]:
        rows = db.execute(
            select(INVITATION)
            .where(inside(INVITATION.c.area, area), INVITATION.c.ends_at > now)
            .order_by(INVITATION.c.ends_at)
        )
        return tuple(_waiting(row) for row in rows)

    def use_up(self, db: Connection, invitation: int) -> bool:
        """Take the invitation away; of any number at once exactly one learns that it was there."""
        gone = delete(INVITATION).where(INVITATION.c.id == invitation)
        return db.execute(gone).rowcount == 1

    def guesses(self, db: Connection, who: str, now: int) -> int:
        """How many guesses were made by somebody within the hour."""
        lately = (GUESS.c.who == self._guesser(who)) & (GUESS.c.guessed_at > now - GUESSES_LAST)
        return db.execute(select(func.count()).where(lately)).scalar_one()

    def guess(self, db: Connection, new_id: int, who: str, now: int) -> None:
        row = {"id": new_id, "who": self._guesser(who), "guessed_at": now}
        db.execute(insert(GUESS), row)

    def _guesser(self, who: str) -> bytes:
        return self._vault.hashes(f"guess:{who}")[0]

    def forget_overdue(self, db: Connection, now: int) -> int:
        """Ended invitations and guesses at once, ended offices after a year; how many they were."""
        ended = or_(OFFICE.c.ended_at <= now - REMEMBERED, OFFICE.c.until_at <= now - REMEMBERED)
        overdue = (
            delete(GUESS).where(GUESS.c.guessed_at <= now - GUESSES_LAST),
            delete(INVITATION).where(INVITATION.c.ends_at <= now),
            delete(OFFICE).where(ended),
        )
        return sum(db.execute(statement).rowcount for statement in overdue)


HELD = (
    select(OFFICE)
    .where(OFFICE.c.person_id == bindparam("person"), OFFICE.c.ended_at.is_(None))
    .where(OFFICE.c.until_at > bindparam("now"))
    .order_by(OFFICE.c.since, OFFICE.c.id)
)


def inside(column: ColumnElement[str], area: str) -> ColumnElement[bool]:
    """Whether a column's code is an area or lies in it; digits and dots only, so LIKE is safe."""
    return true() if not area else or_(column == area, column.like(f"{area}.%"))


def plain_name(name: str) -> str:
    """`Bu Siti  AMINAH` and `siti aminah` are one; of titles alone nothing is left."""
    return " ".join(word for word in fold(name).split() if word not in TITLES)


def plain_code(code: str) -> str:
    """As it was made, however it was typed: small letters, spaces and dashes do not count."""
    return "".join(fold(code).split()).upper()


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        row.id, row.person_id, row.role, row.area, row.name,
        row.given_by, row.since, row.until_at, row.ended_at,
    )  # fmt: skip


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, row.role, row.area, row.made_by, row.ends_at)
