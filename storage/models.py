"""The tables. Rows never leave `storage/`; each table names the rule by which its rows are erased.

Instants are whole seconds since 1970 (UTC): both databases count and compare them alike.
"""

from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from storage.vault import Encrypted


def _erased(rule: str) -> dict[str, Any]:
    return {"info": {"erase": rule}}


class Row(SQLModel):
    """A table. Its validators are never used (rows are written in Core), so they are not built."""

    model_config = cast(Any, {"defer_build": True})


class PersonRow(Row, table=True):
    """Who we talk to. Found by the keyed hash of door and address; nothing here reads as a name."""

    __tablename__: ClassVar[Any] = "person"
    __table_args__ = _erased("by the person with /hapus; by itself at forget_at")

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    """Drawn at random, so that it says nothing about when somebody came."""
    known_as: bytes = Field(sa_column=Column(LargeBinary(32), unique=True, nullable=False))
    address: str | None = Field(default=None, sa_column=Column(Encrypted))
    """Where to write to; empty where nobody can be written to (kiosk, terminal)."""
    told: str = Field(sa_column=Column(Encrypted, nullable=False))
    """`flows.person.Person` as JSON."""
    since: int = Field(sa_column=Column(BigInteger, nullable=False))
    forget_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class ConversationRow(Row, table=True):
    """Where the person is, and how many turns led there: old buttons carry an older revision."""

    __tablename__: ClassVar[Any] = "conversation"
    __table_args__ = _erased("with its person")

    person_id: int = Field(
        sa_column=Column(
            BigInteger,
            ForeignKey("person.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        )
    )
    revision: int = Field(sa_column=Column(BigInteger, nullable=False))
    state: str = Field(sa_column=Column(Encrypted, nullable=False))
    """`flows.engine.State` as JSON."""


class SeenUpdateRow(Row, table=True):
    """Telegram's update ids, so that a repeated one acts once. A set: Telegram restarts ids."""

    __tablename__: ClassVar[Any] = "seen_update"
    __table_args__ = _erased("seven days after seen_at; holds nothing about a person")

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    seen_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    failed: bool = False


class KeyCheckRow(Row, table=True):
    """Known words under the key of this database: proves at start that the key is the right one."""

    __tablename__: ClassVar[Any] = "key_check"
    __table_args__ = _erased("never; holds nothing about a person")

    id: int = Field(default=1, primary_key=True)
    words: str = Field(sa_column=Column(Encrypted, nullable=False))


class AreaRow(Row, table=True):
    """Provinces, regencies, districts and villages, loaded by `migrate` from `area_data/`."""

    __tablename__: ClassVar[Any] = "area"
    __table_args__ = _erased("never; holds nothing about a person")

    code: str = Field(sa_column=Column(String(13), primary_key=True))
    parent: str = Field(sa_column=Column(String(8), nullable=False, index=True))
    name: str = Field(sa_column=Column(String(80), nullable=False))


class LoadedRow(Row, table=True):
    """Which data is loaded, by the hash of its content."""

    __tablename__: ClassVar[Any] = "loaded"
    __table_args__ = _erased("never; holds nothing about a person")

    name: str = Field(sa_column=Column(String(20), primary_key=True))
    digest: str = Field(sa_column=Column(String(64), nullable=False))


class OfficeRow(Row, table=True):
    """Somebody's role in an area. It is read at every use, so that its end acts at once."""

    __tablename__: ClassVar[Any] = "office"
    __table_args__ = _erased("with its person; a year after ended_at or until_at")

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_id: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    role: str = Field(sa_column=Column(String(11), nullable=False))
    area: str = Field(sa_column=Column(String(13), nullable=False, index=True))
    name: str = Field(sa_column=Column(Encrypted, nullable=False))
    known_as: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, index=True))
    """The keyed hash of the folded name, so that it can be asked for and not be read."""
    given_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office of who invited; 0 for the operator's command."""
    since: int = Field(sa_column=Column(BigInteger, nullable=False))
    until_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    ended_at: int | None = Field(default=None, sa_column=Column(BigInteger))


class InvitationRow(Row, table=True):
    """A one-time code for a role, kept as its keyed hash alone."""

    __tablename__: ClassVar[Any] = "invitation"
    __table_args__ = _erased("a day after it was made; holds nothing about who was invited")

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    code: bytes = Field(sa_column=Column(LargeBinary(32), unique=True, nullable=False))
    role: str = Field(sa_column=Column(String(11), nullable=False))
    area: str = Field(sa_column=Column(String(13), nullable=False, index=True))
    made_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office of who invites; 0 for the operator's command."""
    ends_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class GuessRow(Row, table=True):
    """A code or a name that somebody tried: too many within an hour, and nothing is answered."""

    __tablename__: ClassVar[Any] = "guess"
    __table_args__ = _erased("an hour after guessed_at")

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    who: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False, index=True))
    """The keyed hash of the door's address and of what is guessed at."""
    guessed_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class VillageFactRow(Row, table=True):
    """One fact of a village's page, as its officers wrote it."""

    __tablename__: ClassVar[Any] = "village_fact"
    __table_args__ = _erased("by an officer, who takes it off the page")

    area: str = Field(sa_column=Column(String(13), primary_key=True))
    field: str = Field(sa_column=Column(String(12), primary_key=True))
    words: str = Field(sa_column=Column(Encrypted, nullable=False))
    verified_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office of who changed it."""


class VillageContactRow(Row, table=True):
    """Whom people of a village can turn to: published by its officers, and by them taken off."""

    __tablename__: ClassVar[Any] = "village_contact"
    __table_args__ = _erased("by an officer, who takes it off the page")

    area: str = Field(sa_column=Column(String(13), primary_key=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    kind: str = Field(sa_column=Column(String(8), nullable=False))
    name: str = Field(sa_column=Column(Encrypted, nullable=False))
    phone: str = Field(sa_column=Column(Encrypted, nullable=False))
    """In the one form of E.164, `+6281234567890`; empty where there is none."""
    note: str = Field(sa_column=Column(Encrypted, nullable=False))
    verified_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed_by: int = Field(sa_column=Column(BigInteger, nullable=False))


class VillageEventRow(Row, table=True):
    """A date in a village's calendar."""

    __tablename__: ClassVar[Any] = "village_event"
    __table_args__ = _erased("the day after its day; before by an officer")

    area: str = Field(sa_column=Column(String(13), primary_key=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    day: str = Field(sa_column=Column(String(10), nullable=False, index=True))
    """`2026-11-22`, which both databases order as days."""
    words: str = Field(sa_column=Column(Encrypted, nullable=False))


class ContactImportRow(Row, table=True):
    """A file of contacts on its way in, and what was there before: the newest of each village."""

    __tablename__: ClassVar[Any] = "contact_import"
    __table_args__ = _erased("seven days after made_at")

    area: str = Field(sa_column=Column(String(13), primary_key=True))
    made_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    stage: str = Field(sa_column=Column(String(8), nullable=False))
    rows: str = Field(sa_column=Column(Encrypted, nullable=False))
    """What to write or what is wrong, and what was there before it was written, as JSON."""


class TrailRow(Row, table=True):
    """Who did what: only ever added to (a trigger refuses the rest), with no name and no value."""

    __tablename__: ClassVar[Any] = "trail"
    __table_args__ = _erased("never; holds nothing about a person but the number of an office")

    id: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        )
    )
    at: int = Field(sa_column=Column(BigInteger, nullable=False))
    area: str = Field(sa_column=Column(String(13), nullable=False, index=True))
    by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office of who did it; 0 for the operator's command."""
    deed: str = Field(sa_column=Column(String(20), nullable=False))
    detail: str = Field(sa_column=Column(String(40), nullable=False))
    """A role, a field's name, a number of rows: never what somebody wrote."""


def insertion(dialect: Dialect, into: Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion that can say what happens where a row is there; each database has its own."""
    insert_into = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    return insert_into(into)


def table(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements written in Core."""
    return cast(Table, model.__dict__["__table__"])
