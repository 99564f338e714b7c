"""Putting the parts together: settings in, a runner out."""

from bot.runner import Runner
from bot.settings import Settings
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.database import VERSION, connect, open_database, refuse_other_version, version
from storage.library import load_library


def open_runner(settings: Settings) -> Runner:
    """Everything behind the doors; raises what is wrong with content, key or database."""
    languages = tuple(known.language for known in load_languages())
    return Runner(
        open_database(settings.database_url, settings.data_key),
        load_library(),
        languages,
        Catalogs(),
        settings.operator,
    )


def bring_up_to_date(settings: Settings) -> None:
    """Create or migrate the database and prove its key; does nothing where all is well."""
    database = connect(settings.database_url, settings.data_key)
    try:
        refuse_other_version(database, only_newer=True)
        if version(database.engine) != VERSION:
            from storage.migrations import migrate

            migrate(database.engine)
    finally:
        database.close()
    open_database(settings.database_url, settings.data_key).close()
