"""Runs migrations on the engine it is given, or for the alembic command on DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection, Engine, create_engine
from sqlmodel import SQLModel

from storage import models as models


def _engine() -> Engine:
    given = context.config.attributes.get("engine")
    url = os.environ.get("DATABASE_URL", "sqlite:///desmigratif.db")
    return given or create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


def _with_references_held(connection: Connection) -> None:
    """SQLite changes a table by copying it; the copy must not erase the rows that refer to it."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        _run(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"a migration broke {len(broken)} references: it was not kept")
        connection.commit()
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


with _engine().connect() as connection:
    if connection.dialect.name == "sqlite":
        _with_references_held(connection)
    else:
        _run(connection)
        connection.commit()
