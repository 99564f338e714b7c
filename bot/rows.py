"""The rows that states ask for: who answers which query; content and areas are answered here."""

from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import Connection

from bot.asking import Asking, Service
from bot.clock import Clock, day, time_of_day
from bot.matching import alike, named
from bot.notice_rows import NoticeRows
from bot.office_rows import OfficeRows
from bot.village_rows import VillageRows
from flows.areas import Area
from flows.offices import Deed
from flows.queries import (
    Alike,
    AreaOf,
    AreasIn,
    AreasNamed,
    AudienceOf,
    DeedsIn,
    HallVillage,
    ImportOf,
    InvitationOf,
    Kept,
    KeptAboutMe,
    MyDesk,
    MyOffices,
    MySubscriptions,
    Named,
    NoticeCount,
    NoticeNumbered,
    NoticeOf,
    NoticesFor,
    NoticesIn,
    OfficeOf,
    OfficesIn,
    OfficesNamed,
    Query,
    Row,
    VillageOf,
)
from flows.village.choose import FIRST
from locales.catalogs import Catalogs
from storage.areas import Areas
from storage.database import Database
from storage.notices import Notices
from storage.offices import Offices
from storage.outbox import Outbox
from storage.subscriptions import Subscriptions
from storage.trail import Line, Trail
from storage.villages import Villages

if TYPE_CHECKING:
    from storage.atlas import Atlas

NAMES_FOUND = 21
"""Areas of one name that are offered; a kelurahan of the commonest name is not found so."""

LONGEST_LARGE = len("33.07")


class Rows:
    """Answers every query; the words of a person go in and are kept nowhere."""

    def __init__(
        self, database: Database, service: Service, catalogs: Catalogs, clock: Clock
    ) -> None:
        vault, dialect = database.vault, database.engine.dialect
        self.areas, self.trail, self.villages = Areas(dialect), Trail(), Villages()
        self.offices, self.outbox = Offices(vault, dialect), Outbox(vault, dialect)
        self.notices, self.subscriptions = Notices(), Subscriptions()
        self._database, self._service = database, service
        self._catalogs, self._clock = catalogs, clock
        self.about_villages = VillageRows(self, clock)
        self.about_offices = OfficeRows(self, service, clock)
        self.about_notices = NoticeRows(self, clock)

    @property
    def rehearsal(self) -> bool:
        """Whether everybody is invented."""
        return self._service.rehearsal

    @cached_property
    def atlas(self) -> "Atlas":
        """Names of all areas, read when somebody first types one or when the doors are open."""
        from storage.atlas import Atlas  # most starts need none

        with self._database.look() as db:
            return Atlas.read(db)

    def read_atlas(self) -> None:
        """Before somebody needs it: nobody should wait for eighty thousand names."""
        assert self.atlas

    def answer(self, query: Query, asking: Asking) -> tuple[Row, ...]:
        match query:
            case KeptAboutMe() | Named() | Alike():
                return self._about_content(query, asking)
            case AreaOf() | AreasIn() | AreasNamed():
                return self._about_areas(query, asking.db)
            case VillageOf() | HallVillage() | ImportOf():
                return self.about_villages.answer(query, asking)
            case MyOffices() | MyDesk() | OfficesIn() | OfficeOf() | OfficesNamed():
                return self.about_offices.answer(query, asking)
            case InvitationOf():
                return self.about_offices.invitation(query.id, asking.db)
            case NoticesFor() | NoticeCount() | NoticeNumbered() | NoticeOf() | NoticesIn():
                return self.about_notices.answer(query, asking)
            case AudienceOf() | MySubscriptions():
                return self.about_notices.answer(query, asking)
            case DeedsIn():
                lines = self.trail.read(asking.db, query.code, query.start, query.most)
                return tuple(self._deed(line, asking.db) for line in lines)
            case _:
                assert_never(query)

    def _about_content(self, query: KeptAboutMe | Named | Alike, asking: Asking) -> tuple[Row, ...]:
        match query:
            case KeptAboutMe():
                found = asking.found
                return (Kept(day(found.since), day(found.forget_at)),) if found else ()
            case Named():
                return named(query, self._service.library, self._catalogs, asking.language)
            case Alike():
                return alike(query, self._service.library, self._catalogs, asking.language)
            case _:
                assert_never(query)

    def _about_areas(self, query: AreaOf | AreasIn | AreasNamed, db: Connection) -> tuple[Row, ...]:
        match query:
            case AreaOf():
                area = self.area(query.code, db)
                return (area,) if area else ()
            case AreasIn():
                return self.areas.inside(db, query.code)
            case AreasNamed():
                found = self.atlas.search(query.words, query.code, NAMES_FOUND)
                codes = sorted(found, key=self._likelier)
                return tuple(area for code in codes if (area := self.area(code, db)))
            case _:
                assert_never(query)

    def _likelier(self, code: str) -> tuple[bool, bool, bool]:
        """Of equal names the larger area, a village of the programme, a sending province first."""
        known = code in self._service.library.desmigratif
        return len(code) > LONGEST_LARGE, not known, code[:2] not in FIRST

    def area(self, code: str, db: Connection) -> Area | None:
        return self.areas.find(db, code) if code else None

    def name_of(self, office: int, db: Connection) -> str:
        """The name of an officer, empty where they have gone."""
        found = self.offices.find(db, office) if office else None
        return found.name if found else ""

    def _deed(self, line: Line, db: Connection) -> Deed:
        where = self.area(line.area, db)
        return Deed(
            day(line.at), time_of_day(line.at), line.deed, line.name, line.by, where, line.detail
        )
