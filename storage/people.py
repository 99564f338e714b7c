"""Persons and their conversations: found, saved, forgotten.

Every message passes here. So the four statements of a turn are written in SQLAlchemy's Core but
compiled once (`Prepared`), and what they read and write is sealed by the vault at hand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    ClauseElement,
    Connection,
    CursorResult,
    Dialect,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.compiler import SQLCompiler

from flows.engine import State
from flows.errors import Busy, Gone, WrongKey
from flows.person import Person
from flows.stored import dump_person, dump_state, load_person, load_state
from storage.models import ConversationRow, OfficeRow, PersonRow, SeenUpdateRow, insertion, table
from storage.vault import Vault

PERSON, CONVERSATION, SEEN = table(PersonRow), table(ConversationRow), table(SeenUpdateRow)
OFFICE = table(OfficeRow)


@dataclass(frozen=True, slots=True)
class Address:
    """How a door knows somebody: `Address("telegram", "123")`, `Address("kiosk", SESSION)`."""

    door: str
    name: str
    keeps: int
    """Seconds without a sign of life after which everything about them is erased."""
    writable: bool = False
    """Whether we can write to them later, so that their address is worth keeping."""

    def __str__(self) -> str:
        return f"{self.door}:{self.name}"


@dataclass(frozen=True, slots=True)
class Found:
    """A person as stored. `state` is None where what was stored can no longer be opened."""

    id: int
    person: Person
    state: State | None
    revision: int
    since: int
    forget_at: int
    serves: bool = False
    """Whether they hold an office that nobody ended, so that nobody else is asked for theirs."""
    unreachable: bool = False
    """Whether Telegram said that they block us; they write again, so it is no longer so."""


class Prepared:
    """A Core statement as the text its database runs; executing it so costs a quarter.

    Values go in and come out as the driver has them: no column type looks at them.
    """

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect))
        self._sql = str(compiled)
        self._order = compiled.positiontup  # None where the driver binds by name

    def run(self, db: Connection, values: Mapping[str, object]) -> CursorResult[Any]:
        if self._order is None:
            return db.exec_driver_sql(self._sql, dict(values))
        return db.exec_driver_sql(self._sql, tuple(values[name] for name in self._order))


class People:
    """The repository of persons; every method belongs to the transaction it is given."""

    def __init__(self, vault: Vault, dialect: Dialect) -> None:
        self._vault = vault
        remember = insertion(dialect, SEEN).on_conflict_do_nothing().returning(SEEN.c.update_id)
        self._remember = Prepared(remember, dialect)
        self._find, self._find_and_hold = Prepared(FIND, dialect), Prepared(FIND_AND_HOLD, dialect)
        self._go_on_to, self._tell = Prepared(GO_ON, dialect), Prepared(TELL, dialect)

    def first_time(self, db: Connection, update_id: int, now: int) -> bool:
        """Remember an update; False if it was remembered before, however long ago in the set."""
        row = {"update_id": update_id, "seen_at": now, "failed": False}
        return self._remember.run(db, row).first() is not None

    def mark_failed(self, db: Connection, update_id: int, now: int) -> None:
        self.first_time(db, update_id, now)
        db.execute(update(SEEN).where(SEEN.c.update_id == update_id).values(failed=True))

    def find(
        self, db: Connection, address: Address, now: int, *, hold: bool = True
    ) -> Found | None:
        """The person behind an address, held until the turn ends (SQLite holds everything).

        Somebody whose time has come is not found, whether or not they are erased already.
        """
        find, names = self._find_and_hold if hold else self._find, self._vault.hashes(str(address))
        rows = (find.run(db, {"name": name, "now": now}).first() for name in names)
        row = next((row for row in rows if row is not None), None)
        if row is None:
            return None
        person, state = self._opened(row.told, row.state)
        serves, unreachable = bool(row.serves), row.unreachable_at is not None
        return Found(
            row.id, person, state, row.revision, row.since, row.forget_at, serves, unreachable
        )

    def _opened(self, told: str, stood: str) -> tuple[Person, State | None]:
        """What was stored; a row that cannot be read is still somebody's, who may erase it."""
        try:
            person = load_person(json.loads(self._vault.decrypt(told)))
        except (WrongKey, ValueError, TypeError, KeyError, AttributeError):
            return Person(), None
        try:
            return person, load_state(json.loads(self._vault.decrypt(stood)))
        except (Gone, WrongKey, ValueError):
            return person, None

    def add(
        self, db: Connection, new_id: int, address: Address, person: Person, state: State, now: int
    ) -> int:
        """Remember somebody new; returns the revision."""
        names = self._vault.hashes(str(address))
        gone = delete(PERSON).where(PERSON.c.forget_at <= now)  # never somebody just added
        db.execute(gone.where(PERSON.c.known_as.in_(names)))
        row = {
            "id": new_id,
            "known_as": names[0],
            "address": str(address) if address.writable else None,
            "told": _json(dump_person(person)),
            "since": now,
            "forget_at": _forget_at(address, now),
        }
        try:
            db.execute(insert(PERSON), row)
        except IntegrityError as error:
            raise Busy("two first messages of one person at once") from error
        talk = {"person_id": new_id, "revision": 1, "state": _json(dump_state(state))}
        db.execute(insert(CONVERSATION), talk)
        return 1

    def save(
        self, db: Connection, found: Found, address: Address, person: Person, state: State, now: int
    ) -> int:
        """Keep the step; returns its revision, raises `Busy` if somebody else was faster.

        A step that leads nowhere keeps the revision, so that the buttons on view still hold.
        """
        revision = found.revision + (state != found.state)
        if revision != found.revision:
            self._go_on(db, found, revision, state)
        forget_at = _forget_at(address, now)
        if person != found.person or forget_at != found.forget_at:
            told = self._vault.encrypt(_json(dump_person(person)))
            self._tell.run(db, {"who": found.id, "told_now": told, "until": forget_at})
        return revision

    def _go_on(self, db: Connection, found: Found, revision: int, state: State) -> None:
        stands = self._vault.encrypt(_json(dump_state(state)))
        talk = {"who": found.id, "was": found.revision, "is": revision, "stands": stands}
        if self._go_on_to.run(db, talk).rowcount != 1:
            raise Busy("the conversation moved on meanwhile")

    def forget(self, db: Connection, person_id: int) -> None:
        db.execute(delete(PERSON).where(PERSON.c.id == person_id))

    def forget_overdue(self, db: Connection, now: int, most: int = 500) -> int:
        """Erase those whose time has come, at most so many at once; returns how many."""
        overdue = select(PERSON.c.id).where(PERSON.c.forget_at <= now).limit(most)
        aged = select(SEEN.c.update_id).where(SEEN.c.seen_at <= now - SEEN_SECONDS).limit(most)
        db.execute(delete(SEEN).where(SEEN.c.update_id.in_(aged)))
        return db.execute(delete(PERSON).where(PERSON.c.id.in_(overdue))).rowcount


SEEN_SECONDS = 7 * 24 * 3600
"""How long an update id is remembered; Telegram repeats an update for one day."""

DAY = 24 * 3600

SERVES = exists().where(OFFICE.c.person_id == PERSON.c.id, OFFICE.c.ended_at.is_(None))
FIND = (
    select(
        PERSON.c.id, PERSON.c.told, PERSON.c.since, PERSON.c.forget_at, PERSON.c.unreachable_at,
        CONVERSATION.c.revision, CONVERSATION.c.state, SERVES.label("serves"),
    )
    .join(CONVERSATION, CONVERSATION.c.person_id == PERSON.c.id)
    .where(PERSON.c.known_as == bindparam("name"))
    .where(PERSON.c.forget_at > bindparam("now"))
)  # fmt: skip
FIND_AND_HOLD = FIND.with_for_update(key_share=True)
"""Rows may refer to somebody who is held: two who tell each other something wait for nobody."""

GO_ON = (
    update(CONVERSATION)
    .where(CONVERSATION.c.person_id == bindparam("who"))
    .where(CONVERSATION.c.revision == bindparam("was"))
    .values(revision=bindparam("is"), state=bindparam("stands"))
)
TELL = (
    update(PERSON)
    .where(PERSON.c.id == bindparam("who"))
    .values(told=bindparam("told_now"), forget_at=bindparam("until"))
)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _forget_at(address: Address, now: int) -> int:
    """Long times are rounded up to a day, so that not every message rewrites the row."""
    end = now + address.keeps
    return end if address.keeps < DAY else -(-end // DAY) * DAY
