"""The rows that states ask for: what is kept about a person, and which content words name."""

from typing import assert_never

from bot.clock import day
from bot.matching import alike, named
from flows.library import Library
from flows.queries import Alike, Kept, KeptAboutMe, Named, Query, Row
from locales.catalogs import Catalogs
from storage.people import Found


def rows(
    query: Query, found: Found | None, library: Library, catalogs: Catalogs, language: str
) -> tuple[Row, ...]:
    match query:
        case KeptAboutMe():
            return (Kept(day(found.since), day(found.forget_at)),) if found else ()
        case Named():
            return named(query, library, catalogs, language)
        case Alike():
            return alike(query, library, catalogs, language)
        case _:
            assert_never(query)
