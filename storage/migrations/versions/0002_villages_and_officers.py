"""Areas, village pages, offices, invitations, imports, and a trail that is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_TRIGGERS = (
    "CREATE TRIGGER trail_no_{verb} BEFORE {verb} ON trail"
    " BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
)
SQLITE_NO_REPLACE = (
    "CREATE TRIGGER trail_no_replace BEFORE INSERT ON trail"
    " WHEN EXISTS (SELECT 1 FROM trail WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
)
"""REPLACE deletes without firing the trigger of a deletion."""

POSTGRESQL_FUNCTION = (
    "CREATE FUNCTION trail_is_only_added_to() RETURNS trigger AS"
    " $$ BEGIN RAISE EXCEPTION 'the trail is only added to'; END $$ LANGUAGE plpgsql"
)
POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON trail"
    " FOR EACH STATEMENT EXECUTE FUNCTION trail_is_only_added_to()"
)


def upgrade() -> None:
    _areas()
    _offices()
    _villages()
    _trail()


def downgrade() -> None:
    op.drop_table("trail")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION trail_is_only_added_to")
    for table in (
        "contact_import", "village_event", "village_contact", "village_fact",
        "guess", "invitation", "office", "loaded", "area",
    ):  # fmt: skip
        op.drop_table(table)


def _areas() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(13), primary_key=True),
        sa.Column("parent", sa.String(8), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
    )
    op.create_index("ix_area_parent", "area", ["parent"])
    op.create_table(
        "loaded",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def _offices() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "person_id",
            sa.BigInteger,
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("role", sa.String(11), nullable=False),
        sa.Column("area", sa.String(13), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("known_as", sa.LargeBinary(32), nullable=False),
        sa.Column("given_by", sa.BigInteger, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
    )
    for column in ("person_id", "area", "known_as"):
        op.create_index(f"ix_office_{column}", "office", [column])
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("code", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("role", sa.String(11), nullable=False),
        sa.Column("area", sa.String(13), nullable=False),
        sa.Column("made_by", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_invitation_area", "invitation", ["area"])
    op.create_index("ix_invitation_ends_at", "invitation", ["ends_at"])
    op.create_table(
        "guess",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("who", sa.LargeBinary(32), nullable=False),
        sa.Column("guessed_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_guess_who", "guess", ["who"])
    op.create_index("ix_guess_guessed_at", "guess", ["guessed_at"])


def _villages() -> None:
    op.create_table(
        "village_fact",
        sa.Column("area", sa.String(13), primary_key=True),
        sa.Column("field", sa.String(12), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        *_marks(),
    )
    op.create_table(
        "village_contact",
        sa.Column("area", sa.String(13), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        *_marks(),
    )
    op.create_table(
        "village_event",
        sa.Column("area", sa.String(13), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_village_event_day", "village_event", ["day"])
    op.create_table(
        "contact_import",
        sa.Column("area", sa.String(13), primary_key=True),
        sa.Column("made_by", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
    )
    op.create_index("ix_contact_import_made_at", "contact_import", ["made_at"])


def _marks() -> "tuple[sa.Column[int], ...]":
    names = ("verified_at", "changed_at", "changed_by")
    return tuple(sa.Column(name, sa.BigInteger, nullable=False) for name in names)


def _trail() -> None:
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "trail",
        sa.Column("id", key, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("area", sa.String(13), nullable=False),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("deed", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(40), nullable=False),
    )
    op.create_index("ix_trail_area", "trail", ["area"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(SQLITE_TRIGGERS.format(verb=verb))
    op.execute(SQLITE_NO_REPLACE)
