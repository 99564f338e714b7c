"""Subscriptions, notices, the outbox with its shared pause, and reports of suspicious notices."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("person", sa.Column("unreachable_at", sa.BigInteger))
    _subscriptions()
    _notices()
    _deliveries()
    _suspicions()


def downgrade() -> None:
    for table in ("suspicion", "pause", "delivery", "notice_target", "notice", "subscription"):
        op.drop_table(table)
    with op.batch_alter_table("person") as person:
        person.drop_column("unreachable_at")


def _person(**more: Any) -> "sa.Column[int]":
    goes = sa.ForeignKey("person.id", ondelete="CASCADE")
    return sa.Column("person_id", sa.BigInteger, goes, autoincrement=False, **more)


def _subscriptions() -> None:
    op.create_table(
        "subscription",
        _person(primary_key=True),
        sa.Column("topic", sa.String(40), primary_key=True),
        sa.Column("area", sa.String(13), primary_key=True),
    )
    op.create_index(
        "ix_subscription_area_topic", "subscription", ["area", "topic", "person_id"],
        postgresql_ops={"area": "varchar_pattern_ops"},
    )  # fmt: skip


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.String(6), nullable=False, unique=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("stage", sa.String(9), nullable=False),
        sa.Column("area", sa.String(13), nullable=False),
        sa.Column("written_by", sa.BigInteger, nullable=False),
        sa.Column("approved_by", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("topics", sa.String(120), nullable=False),
        sa.Column("corrects", sa.BigInteger, nullable=False),
        sa.Column("closes_on", sa.String(10), nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("go_at", sa.BigInteger, nullable=False),
        sa.Column("reached", sa.BigInteger, nullable=False),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("report", sa.String(200), nullable=False),
        sa.Column("forget_at", sa.BigInteger, nullable=False),
    )
    for column in ("stage", "area", "corrects", "go_at", "forget_at"):
        op.create_index(f"ix_notice_{column}", "notice", [column])
    op.create_table(
        "notice_target",
        _notice(primary_key=True),
        sa.Column("area", sa.String(13), primary_key=True),
    )
    op.create_index("ix_notice_target_area", "notice_target", ["area"])


def _notice(**more: Any) -> "sa.Column[int]":
    goes = sa.ForeignKey("notice.id", ondelete="CASCADE")
    return sa.Column("notice_id", sa.BigInteger, goes, autoincrement=False, **more)


def _deliveries() -> None:
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "delivery",
        sa.Column("id", key, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("about", sa.BigInteger, nullable=False),
        _person(nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(11), nullable=False),
        sa.Column("task", sa.String(7), nullable=False),
        sa.Column("zone", sa.SmallInteger, nullable=False),
        sa.Column("rank", sa.SmallInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("claim", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.UniqueConstraint("person_id", "about", "kind", name="uq_delivery"),
    )
    waits = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_delivery_due", "delivery", ["zone", "rank", "due_at"],
        sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip
    claimed = sa.text("claim <> 0")
    op.create_index(
        "ix_delivery_claim", "delivery", ["claim"],
        sqlite_where=claimed, postgresql_where=claimed,
    )  # fmt: skip
    copies = sa.text("kind = 'notice'")
    op.create_index(
        "ix_delivery_about", "delivery", ["about", "status", "task", "person_id"],
        sqlite_where=copies, postgresql_where=copies,
    )  # fmt: skip
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("until_at", sa.Float(53), nullable=False),
    )


def _suspicions() -> None:
    op.create_table(
        "suspicion",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        _notice(nullable=False),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("notice_id", "person_id", name="uq_suspicion"),
    )
    for column in ("notice_id", "person_id"):
        op.create_index(f"ix_suspicion_{column}", "suspicion", [column])
