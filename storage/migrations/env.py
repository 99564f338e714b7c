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


with _engine().begin() as connection:
    _run(connection)
