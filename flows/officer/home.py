"""The officer's home: what waits today, each line with its action, and the ways to work."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.areas import named
from flows.engine import Known, State
from flows.notices.kept import Notice, Suspicion
from flows.notices.message import grouped
from flows.officer import contacts, notice, notice_desk, notices, people, trail, village
from flows.officer.desk import brief
from flows.offices import ROLES, Office, said
from flows.queries import MyDesk, MyOffices, Query
from flows.rights import Role
from flows.screen import Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village.choose import Choose
from flows.village.kept import Village, is_old

TASKS = t("Tugas petugas")
PEOPLE = t("Petugas dan undangan")
ABOVE: dict[Role, Text] = {
    "worker": ROLES["head"],
    "relative": ROLES["head"],
    "officer": ROLES["head"],
    "head": ROLES["coordinator"],
    "coordinator": ROLES["admin"],
    "admin": ROLES["admin"],
}
"""Whom to ask for another year."""

SOON = 30
"""Days before the end of an office in which it is said."""


@dataclass(frozen=True)
class OfficerHome(State, place="officer"):
    """What waits stands first; whoever looks after several areas finds each of them."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (MyOffices(), MyDesk())

    def show(self, known: Known) -> Screen:
        waits = tuple(waiting(known))
        calm = Paragraph(t("Tidak ada yang menunggu hari ini."))
        return Screen(
            TASKS,
            (
                Items(t("Jabatan Anda"), tuple(said(office) for office in known.offices)),
                *_ending(known),
                *(() if waits else (calm,)),
            ),
            (*waits, *_ways(known)),
        )


def waiting(known: Known) -> Iterator[Choice]:
    """Notices first; then who took up an invitation, and what is old or still empty."""
    yield from _of_notices(known)
    for office in known.given(MyDesk(), Office):
        label = t("{name} menerima undangan Anda", name=brief(office.name))
        yield Choice(f"taken:{office.id}", label, people.DeskPerson(office.area, office.id))
    for kept in known.given(MyDesk(), Village):
        yield from _of_village(kept, known)


def _of_notices(known: Known) -> Iterator[Choice]:
    """To agree to, to finish, and what people reported."""
    for kept in known.given(MyDesk(), Notice):
        number, to = grouped(kept.number), notices.opened(kept)
        if notice_desk.may_approve(kept, known):
            label = t("Setujui pengumuman: {number}", number=number)
            yield Choice(f"approve:{kept.id}", label, to)
        elif kept.stage == "draft":
            label = t("Lanjutkan pengumuman {number}", number=number)
            yield Choice(f"draft:{kept.id}", label, to)
    reported: dict[Notice, int] = {}
    for one in known.given(MyDesk(), Suspicion):
        reported[one.notice] = reported.get(one.notice, 0) + one.count
    for kept, count in reported.items():
        label = t("{count} laporan tentang {number}", count=count, number=grouped(kept.number))
        yield Choice(f"reported:{kept.id}", label, notice.DeskNotice(kept.area, kept.id))


def tasks(known: Known) -> tuple[Choice, ...]:
    """The way to work from the main menu, which says how much waits; for officers alone."""
    if not known.offices:
        return ()
    count = sum(1 for _ in waiting(known))
    label = t("Tugas petugas: {count} menunggu", count=count) if count else TASKS
    return (Choice("officer", label, OfficerHome()),)


def _of_village(kept: Village, known: Known) -> Iterator[Choice]:
    code, name = kept.area.code, verbatim(kept.area.name)
    old = sum(is_old(contact.verified_on, known.today) for contact in kept.contacts)
    if old:
        label = t("Periksa {count} kontak: {area}", count=old, area=name)
        yield Choice(f"old:{code}", label, contacts.DeskContacts(code))
    page = village.DeskVillage(code)
    if any(is_old(fact.verified_on, known.today) for fact in kept.facts):
        yield Choice(f"old-page:{code}", t("Periksa halaman {area}", area=name), page)
    if kept.is_empty:
        yield Choice(f"empty:{code}", t("Isi halaman {area}", area=name), page)


def _ways(known: Known) -> Iterator[Choice]:
    """Each area once, whatever roles somebody holds there."""
    empty = {kept.area.code for kept in known.given(MyDesk(), Village) if kept.is_empty}
    for office in {office.area: office for office in known.offices}.values():
        yield from _at_work(office, known, empty)
    yield Choice("mine", t("Jabatan saya"), people.MyOffice())


def _at_work(office: Office, known: Known, empty: set[str]) -> Iterator[Choice]:
    code, here = office.area, office.where
    if here and here.level in ("village", "regency") and code not in empty:
        label = t("Halaman {area}", area=named(here))
        yield Choice(f"village:{code}", label, village.DeskVillage(code))
    if here is None or here.level != "village":
        below = Choose(village.DeskVillage(), inside=code, top=code, under=OfficerHome())
        yield Choice(f"below:{code}", t("Pilih desa"), below)
    several = here and len({own.area for own in known.offices}) > 1
    what = t("Pengumuman {area}", area=brief(here.name)) if here and several else notices.TITLE
    yield Choice(f"notices:{code}", what, notices.DeskNotices(code))
    who = t("Petugas {area}", area=verbatim(here.name)) if here and several else PEOPLE
    yield Choice(f"people:{code}", who, people.DeskPeople(code))
    if known.may("officer.trail", code):
        yield Choice(f"trail:{code}", t("Catatan perubahan"), trail.DeskTrail(code))


def _ending(known: Known) -> tuple[Part, ...]:
    near = (office for office in known.offices if (office.until - known.today).days <= SOON)
    return tuple(
        Paragraph(t("Jabatan Anda habis {day}. Minta diperpanjang kepada {who}.",
                    day=office.until, who=ABOVE[office.role]))
        for office in near
    )  # fmt: skip
