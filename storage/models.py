"""The tables. Rows never leave `storage/`; each table names the rule by which its rows are erased.

Instants are whole seconds since 1970 (UTC): both databases count and compare them alike.
"""

from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table
from sqlmodel import Field, SQLModel

from storage.vault import Encrypted


def _erased(rule: str) -> dict[str, Any]:
    return {"info": {"erase": rule}}


class PersonRow(SQLModel, table=True):
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


class ConversationRow(SQLModel, table=True):
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


class SeenUpdateRow(SQLModel, table=True):
    """Telegram's update ids, so that a repeated one acts once. A set: Telegram restarts ids."""

    __tablename__: ClassVar[Any] = "seen_update"
    __table_args__ = _erased("seven days after seen_at; holds nothing about a person")

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    seen_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    failed: bool = False


class KeyCheckRow(SQLModel, table=True):
    """Known words under the key of this database: proves at start that the key is the right one."""

    __tablename__: ClassVar[Any] = "key_check"
    __table_args__ = _erased("never; holds nothing about a person")

    id: int = Field(default=1, primary_key=True)
    words: str = Field(sa_column=Column(Encrypted, nullable=False))


def table(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements written in Core."""
    return cast(Table, model.__dict__["__table__"])
