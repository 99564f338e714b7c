"""Persons, their conversations, seen updates, and the proof of the key."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("known_as", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("address", sa.Text),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("forget_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_person_forget_at", "person", ["forget_at"])
    op.create_table(
        "conversation",
        sa.Column(
            "person_id",
            sa.BigInteger,
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "seen_update",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
    )
    op.create_index("ix_seen_update_seen_at", "seen_update", ["seen_at"])
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("key_check", "seen_update", "conversation", "person"):
        op.drop_table(table)
