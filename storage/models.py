"""The tables. Rows never leave `storage/`; each table names the rule by which its rows are erased.

Instants are whole seconds since 1970 (UTC): both databases count and compare them alike.
"""

from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from storage.vault import Encrypted


def _erased(rule: str) -> dict[str, Any]:
    return {"info": {"erase": rule}}


def _person(**more: Any) -> Column[Any]:
    """A reference to a person, with whom the row goes."""
    goes = ForeignKey("person.id", ondelete="CASCADE")
    return Column(BigInteger, goes, nullable=False, autoincrement=False, **more)


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
    unreachable_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    """When Telegram said that they block us or are gone; empty again once they write."""


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


class SubscriptionRow(Row, table=True):
    """What somebody chose to receive. In the clear, so that it can be asked who wants a notice."""

    __tablename__: ClassVar[Any] = "subscription"
    __table_args__ = (
        Index(
            "ix_subscription_area_topic", "area", "topic", "person_id",
            postgresql_ops={"area": "varchar_pattern_ops"},
        ),
        _erased("by the person, who wants no more; with its person"),
    )  # fmt: skip

    person_id: int = Field(sa_column=_person(primary_key=True))
    topic: str = Field(sa_column=Column(String(40), primary_key=True))
    area: str = Field(sa_column=Column(String(13), primary_key=True))


class NoticeRow(Row, table=True):
    """A job notice or village news, from its first answer to long after its last day."""

    __tablename__: ClassVar[Any] = "notice"
    __table_args__ = _erased("at forget_at: a draft 30 days after its change, others in a year")

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: str = Field(sa_column=Column(String(6), unique=True, nullable=False))
    kind: str = Field(sa_column=Column(String(10), nullable=False))
    stage: str = Field(sa_column=Column(String(9), nullable=False, index=True))
    area: str = Field(sa_column=Column(String(13), nullable=False, index=True))
    written_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office that wrote it; when that ends, what it was sending stops."""
    approved_by: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The office that approved it; 0 where nobody did."""
    version: int = Field(sa_column=Column(Integer, nullable=False))
    answers: str = Field(sa_column=Column(Encrypted, nullable=False))
    """Its fields as JSON."""
    topics: str = Field(sa_column=Column(String(120), nullable=False))
    """With a space after each, as they were when it was submitted; empty before."""
    corrects: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    """The notice that this one corrects; 0 where it corrects none."""
    closes_on: str = Field(sa_column=Column(String(10), nullable=False))
    """`2026-11-22`; empty in a draft that does not say it yet."""
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    go_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    """When the sender has to look at it: after its hold, and until nothing is left to do; 0 when
    there is nothing.
    """
    reached: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The last person for whom a delivery was made, in the order of their numbers."""
    planned: bool = Field(sa_column=Column(Boolean, nullable=False))
    """Whether a delivery was made for everybody."""
    accepted: int = Field(sa_column=Column(Integer, nullable=False))
    """How many deliveries were made."""
    report: str = Field(sa_column=Column(String(200), nullable=False))
    """What became of them as JSON, once their rows are erased."""
    forget_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class NoticeTargetRow(Row, table=True):
    """An area for whose people a notice is."""

    __tablename__: ClassVar[Any] = "notice_target"
    __table_args__ = _erased("with its notice")

    notice_id: int = Field(
        sa_column=Column(
            BigInteger,
            ForeignKey("notice.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        )
    )
    area: str = Field(sa_column=Column(String(13), primary_key=True, index=True))


class DeliveryRow(Row, table=True):
    """One message that we send first, to one person: a notice, or a nudge to an officer."""

    __tablename__: ClassVar[Any] = "delivery"
    __table_args__ = (
        UniqueConstraint("person_id", "about", "kind", name="uq_delivery"),
        Index(
            "ix_delivery_due", "zone", "rank", "due_at",
            sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_delivery_claim", "claim",
            sqlite_where=text("claim <> 0"), postgresql_where=text("claim <> 0"),
        ),
        Index(
            "ix_delivery_about", "about", "status", "task", "person_id",
            sqlite_where=text("kind = 'notice'"), postgresql_where=text("kind = 'notice'"),
        ),
        _erased("with its person; 90 days after made_at"),
    )  # fmt: skip

    id: int = Field(
        sa_column=Column(
            BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
        )
    )
    kind: str = Field(sa_column=Column(String(10), nullable=False))
    about: int = Field(sa_column=Column(BigInteger, nullable=False))
    """The notice; of a nudge the notice or office that it is about."""
    person_id: int = Field(sa_column=_person())
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    status: str = Field(sa_column=Column(String(11), nullable=False))
    """waiting, sent, unreachable, refused, cancelled."""
    task: str = Field(sa_column=Column(String(7), nullable=False))
    """What is to be done at due_at: send, recall, close, correct; afterwards how that ended:
    deleted, edited, left; empty where nothing is.
    """
    zone: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """Hours before Greenwich, for the quiet hours; 0 for what makes no sound."""
    rank: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """0 goes before 1, whatever waits."""
    due_at: int | None = Field(default=None, sa_column=Column(BigInteger))
    """When to do it; of a claimed one when its lease ends; empty when there is nothing to do."""
    claim: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Of whoever works on it now; 0 for nobody."""
    attempts: int = Field(sa_column=Column(Integer, nullable=False))
    message: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Telegram's number of the message; 0 before it was sent."""
    sent_at: int = Field(sa_column=Column(BigInteger, nullable=False))
    reason: str = Field(sa_column=Column(String(20), nullable=False))
    """Why it failed: blocked, deactivated, not-found, migrated, text, server, network, uncertain;
    empty where it did not.
    """


class PauseRow(Row, table=True):
    """Until when nobody may send, because Telegram asked for it: one row for all processes."""

    __tablename__: ClassVar[Any] = "pause"
    __table_args__ = _erased("never; holds nothing about a person")

    id: int = Field(default=1, primary_key=True)
    until_at: float = Field(sa_column=Column(Float(53), nullable=False))


class SuspicionRow(Row, table=True):
    """Somebody reported a notice; who it was goes when they do."""

    __tablename__: ClassVar[Any] = "suspicion"
    __table_args__ = (
        UniqueConstraint("notice_id", "person_id", name="uq_suspicion"),
        _erased("with its notice; who it was with the person"),
    )

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    notice_id: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    person_id: int | None = Field(
        sa_column=Column(
            BigInteger, ForeignKey("person.id", ondelete="SET NULL"), nullable=True, index=True
        )
    )
    reason: str = Field(sa_column=Column(String(10), nullable=False))
    at: int = Field(sa_column=Column(BigInteger, nullable=False))


def insertion(dialect: Dialect, into: Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion that can say what happens where a row is there; each database has its own."""
    insert_into = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    return insert_into(into)


def table(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements written in Core."""
    return cast(Table, model.__dict__["__table__"])
