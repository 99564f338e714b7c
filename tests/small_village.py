"""A small village with its officers, as rows: what states are told where no database is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatch

from bot.village_work import CONTACTS, LINE, WORDS
from bot.village_work import EVENTS as MOST_EVENTS
from bot.work import NAME
from flows import queries
from flows.areas import Area, parent
from flows.destinations import Country
from flows.effects import Code
from flows.engine import Known, State
from flows.notices.check import Unknown as UnknownNotice
from flows.notices.mine import Mine, Stop
from flows.notices.page import Notices
from flows.notices.read import ReadNotice
from flows.notices.receive import ByCountry
from flows.officer.calendar import DeskEventWords
from flows.officer.contacts import DeskContactChange
from flows.officer.files import DeskExport, DeskReview
from flows.officer.home import OfficerHome
from flows.officer.invitation import Invited
from flows.officer.people import DeskInvited
from flows.officer.trail import DeskTrail
from flows.offices import Deed, Invitation, Office
from flows.queries import Query, Row
from flows.text import t
from flows.village.check import Checked, CheckOfficer, Unknown, Wait
from flows.village.choose import Choose, Which
from flows.village.imports import Import
from flows.village.kept import FIELDS, KINDS, Village, VillageContact, VillageEvent, VillageFact
from flows.village.page import VillagePage
from tests import small_notices

TODAY = date(2026, 11, 22)
LONG_AGO = TODAY - timedelta(300)
NEXT_YEAR = date(2027, 11, 22)

ABOVE = ("Watumalang", "Kabupaten Wonosobo", "Jawa Tengah")
HERE = Area("33.07.10.2004", "Kuripan", ABOVE)
BESIDE = Area("33.07.12.2007", "Kuripan", ("Garung", *ABOVE[1:]))
AREAS = {
    area.code: area
    for area in (
        Area("33", "Jawa Tengah"),
        Area("33.07", "Kabupaten Wonosobo", ABOVE[2:]),
        Area("33.07.10", "Watumalang", ABOVE[1:]),
        Area("33.07.12", "Garung", ABOVE[1:]),
        HERE,
        BESIDE,
    )
}
FACTS = tuple(
    VillageFact(field, f"Isi {field}", TODAY if n % 2 else LONG_AGO, TODAY, "Siti Aminah" * (n % 2))
    for n, field in enumerate(FIELDS)
)
PEOPLE = tuple(
    VillageContact(n, kind, f"Warga Nomor {n}", "0812-3456-7890" * (n % 2), "Balai desa" * (n % 3),
                   TODAY if n % 2 else LONG_AGO, TODAY, "Siti Aminah")
    for n, kind in enumerate([*KINDS, *KINDS, *KINDS], 1)
)  # fmt: skip
EVENTS = (VillageEvent(1, date(2026, 12, 5), "Penyuluhan di balai desa, pukul 09.00"),)
OFFICES = (
    Office(1, "officer", HERE, "Siti Aminah", TODAY, TODAY + timedelta(20)),
    Office(2, "head", BESIDE, "Budi Santoso", TODAY, NEXT_YEAR, given_by=1, undo_until=NEXT_YEAR),
    Office(3, "coordinator", AREAS["33.07"], "Rini Wulandari", TODAY, NEXT_YEAR),
    Office(4, "admin", None, "Agus Pengelola", TODAY, NEXT_YEAR),
)
INVITATIONS = (
    Invitation(5, "officer", HERE, "Siti Aminah", 1, TODAY),
    Invitation(6, "admin", None, "", 0, TODAY),
)
DEEDS = tuple(
    Deed(TODAY, "13.05", deed, "Siti Aminah" * (n % 2), n, HERE if n % 3 else None, detail)
    for n, (deed, detail) in enumerate(
        [("invited", "officer"), ("fact", "hours"), ("contact-added", "head"), ("imported", "12"),
         ("exported", ""), ("fact", ""), ("erased", "head")] * 2
    )
)  # fmt: skip
IMPORTS = (
    Import(
        "faulty",
        TODAY,
        "Siti Aminah",
        faults=(t("Ini foto atau gambar. Kirim daftar kontaknya sebagai berkas CSV."),),
    ),
    Import("ready", TODAY, "Siti Aminah", added=2, changed=1, same=3),
    Import("applied", TODAY, "", added=2, can_undo=True),
    Import("undone", TODAY, ""),
)


@singledispatch
def told(query: Query) -> tuple[Row, ...]:
    return ()


@told.register
def _(query: queries.AreaOf) -> tuple[Row, ...]:
    return (AREAS[query.code],) if query.code in AREAS else ()


@told.register
def _(query: queries.AreasIn) -> tuple[Row, ...]:
    return tuple(area for area in AREAS.values() if parent(area.code) == query.code)


@told.register
def _(query: queries.VillageOf) -> tuple[Row, ...]:
    if query.code not in AREAS:
        return ()
    if query.code == BESIDE.code:
        return (Village(BESIDE),)
    return (Village(AREAS[query.code], FACTS, PEOPLE, EVENTS),)


@told.register
def _(query: queries.MyOffices) -> tuple[Row, ...]:
    return (OFFICES[0], *OFFICES[2:])


@told.register
def _(query: queries.MyDesk) -> tuple[Row, ...]:
    pages = (*told(queries.VillageOf(HERE.code)), *told(queries.VillageOf(BESIDE.code)))
    return (*pages, OFFICES[1], small_notices.OTHERS, *small_notices.DRAFTS,
            *small_notices.SUSPICIONS)  # fmt: skip


@told.register
def _(query: queries.OfficesIn) -> tuple[Row, ...]:
    return (*OFFICES, *INVITATIONS)


@told.register
def _(query: queries.OfficeOf) -> tuple[Row, ...]:
    return tuple(office for office in OFFICES if office.id == query.id)


@told.register
def _(query: queries.InvitationOf) -> tuple[Row, ...]:
    return tuple(invitation for invitation in INVITATIONS if invitation.id == query.id)


@told.register
def _(query: queries.DeedsIn) -> tuple[Row, ...]:
    return DEEDS[query.start : query.start + query.most]


@told.register
def _(query: queries.NoticesFor) -> tuple[Row, ...]:
    return small_notices.OPEN if query.code == HERE.code else ()


@told.register
def _(query: queries.NoticeCount) -> tuple[Row, ...]:
    return (queries.Count(len(small_notices.OPEN) if query.code == HERE.code else 0),)


@told.register
def _(query: queries.NoticeNumbered) -> tuple[Row, ...]:
    return tuple(one for one in small_notices.NOTICES if one.number == query.words)


@told.register
def _(query: queries.MySubscriptions) -> tuple[Row, ...]:
    return small_notices.SUBSCRIPTIONS


@told.register
def _(query: queries.NoticeOf) -> tuple[Row, ...]:
    return small_notices.desk(query)


@told.register
def _(query: queries.NoticesIn) -> tuple[Row, ...]:
    return small_notices.DESK if query.code == HERE.code else ()


class Answers(Mapping[Query, tuple[Row, ...]]):
    """Answers every query, and `ImportOf` with the file it was given."""

    def __init__(self, file: Import = IMPORTS[1]) -> None:
        self._file = file

    def __getitem__(self, query: Query) -> tuple[Row, ...]:
        return (self._file,) if isinstance(query, queries.ImportOf) else told(query)

    def __iter__(self) -> Iterator[Query]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Fullest(Answers):
    """Every village with as much as its officers may write (limits of `bot/village_work.py`)."""

    def __init__(self, phone: str) -> None:
        super().__init__()
        old = (LONG_AGO, TODAY, "N" * NAME)
        self._facts = tuple(VillageFact(field, "x" * WORDS, *old) for field in FIELDS)
        self._contacts = tuple(
            VillageContact(n, "other", "N" * NAME, phone, "y" * LINE, *old)
            for n in range(1, CONTACTS + 1)
        )
        days = (TODAY + timedelta(n) for n in range(MOST_EVENTS))
        self._events = tuple(VillageEvent(n, day, "z" * LINE) for n, day in enumerate(days))

    def __getitem__(self, query: Query) -> tuple[Row, ...]:
        if isinstance(query, queries.VillageOf) and query.code in AREAS:
            return (Village(AREAS[query.code], self._facts, self._contacts, self._events),)
        return super().__getitem__(query)


CODE = Code("ABCD-EFGH-JKLM-NPQR")

TYPED: tuple[tuple[State, dict[str, object]], ...] = (
    (OfficerHome(), {}),
    (VillagePage(HERE.code), {"bot": "DesmigratifBot"}),
    (VillagePage(BESIDE.code), {}),
    (Choose(VillagePage()), {}),
    (Which(Choose(VillagePage()), (HERE.code, BESIDE.code)), {}),
    (CheckOfficer(OfficerHome()), {}),
    (Checked(OfficerHome(), (1, 2, 4)), {}),
    (Unknown(OfficerHome()), {}),
    (Wait(OfficerHome()), {}),
    (Invited(5), {}),
    (Invited(6), {}),
    (DeskContactChange(HERE.code, 1, "phone"), {}),
    (DeskEventWords(HERE.code, "2026-12-05"), {}),
    (DeskInvited(HERE.code, "officer"), {"made": CODE, "bot": "DesmigratifBot"}),
    (DeskTrail(""), {}),
    (DeskExport(HERE.code), {}),
    *((DeskReview(HERE.code), {"answers": Answers(file)}) for file in IMPORTS),
    (Notices(HERE.code), {"bot": "DesmigratifBot"}),
    (Notices(HERE.code), {"writable": True}),
    (Notices(BESIDE.code), {}),
    *((ReadNotice(one.number), {"bot": "DesmigratifBot"}) for one in small_notices.PAST),
    (UnknownNotice(OfficerHome()), {}),
    (Mine(), {"bot": "DesmigratifBot"}),
    (ByCountry(HERE.code, "taiwan"), {"writable": True}),
    (Country("taiwan"), {"writable": True}),
    (Stop(OfficerHome()), {"writable": True}),
    (Stop(OfficerHome(), small_notices.OPEN[0].number), {"writable": True}),
)
"""Where one comes by typing, by a link or by a file; the rest is found by pressing."""

PLACES = ("officer", "village", "invitation", "notices")


def told_to(known: Known, **more: object) -> Known:
    """The same person, who is an officer of everything."""
    return replace(known, **({"answers": Answers(), "today": TODAY} | more))
