"""Putting the parts together: settings in, a runner out."""

from collections.abc import Mapping

from bot.asking import Service
from bot.runner import Runner
from bot.settings import Settings
from flows.errors import BadSettings
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.areas import Areas, load_areas
from storage.database import (
    VERSION,
    Database,
    connect,
    open_database,
    refuse_other_version,
    version,
)
from storage.library import load_library


def open_runner(settings: Settings, *, rehearsal: bool = False) -> Runner:
    """Everything behind the doors; raises what is wrong with content, key or database."""
    languages = tuple(known.language for known in load_languages())
    service = Service(load_library(), languages, settings.operator, settings.area, rehearsal)
    database = open_database(settings.database_url, settings.data_key)
    try:
        _refuse_unknown_hall(database, settings.area)
    except BaseException:
        database.close()
        raise
    return Runner(database, service, Catalogs(), rate=settings.send_rate)


def _refuse_unknown_hall(database: Database, area: str) -> None:
    if not area:
        return
    with database.look() as db:
        if Areas(database.engine.dialect).find(db, area) is None:
            raise BadSettings([f"AREA: no village has the code {area}: look it up in Kepmendagri"])


def bring_up_to_date(settings: Settings, areas: Mapping[str, str] | None = None) -> None:
    """Create or migrate the database, load its areas, prove its key; nothing where all is well.

    `areas` are other CSV texts than the packaged ones.
    """
    database = connect(settings.database_url, settings.data_key)
    try:
        refuse_other_version(database, only_newer=True)
        if version(database.engine) != VERSION:
            from storage.migrations import migrate

            migrate(database.engine)
        load_areas(database, areas)
    finally:
        database.close()
    open_database(settings.database_url, settings.data_key).close()
