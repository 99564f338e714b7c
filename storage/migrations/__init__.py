"""How the database came to its present tables; a migration that shipped is never edited."""

from pathlib import Path

from sqlalchemy import Engine


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version. Alembic is imported here: most starts need none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
