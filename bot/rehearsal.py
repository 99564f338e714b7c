"""Desa Contoh: a village of invented people on a throw-away database, to try everything in."""

import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from bot import rehearsed_notices
from bot.clock import DAY
from bot.opening import bring_up_to_date
from bot.runner import Runner
from bot.settings import Settings
from flows.effects import ApproveNotice
from flows.errors import Refused
from flows.home import Home
from flows.person import Person
from flows.rights import Role
from flows.village.kept import Field, Kind
from storage.areas import packaged
from storage.offices import Waiting
from storage.people import Address, People
from storage.villages import Contact, Fact, Mark

VILLAGE, DISTRICT, REGENCY, PROVINCE = "99.99.99.2001", "99.99.99", "99.99", "99"
"""Codes that Kepmendagri does not give to anybody."""

AREAS = {
    "provinces.csv": f"{PROVINCE},Provinsi Contoh\n",
    "regencies.csv": f"{REGENCY},{PROVINCE},Kabupaten Contoh\n",
    "districts.csv": f"{DISTRICT},{REGENCY},Contoh\n",
    "villages.csv": f"{VILLAGE},{DISTRICT},Contoh\n{DISTRICT}.2002,{DISTRICT},Contoh Sebelah\n",
}
SEATS: dict[Role, str] = {
    "officer": VILLAGE,
    "head": VILLAGE,
    "coordinator": REGENCY,
}
"""Where somebody sits who plays with a role; a worker sits nowhere."""

NAMES: dict[Role, str] = {
    "officer": "Siti Contoh",
    "head": "Budi Contoh",
    "coordinator": "Rini Contoh",
}
FACTS: dict[Field, str] = {
    "office": "Jalan Contoh 1, di samping lapangan",
    "hours": "Senin sampai Jumat, 08.00-15.00",
    "post": "Balai desa, tiap Selasa pagi",
    "business": "Kelompok keripik, tiap Kamis sore",
    "parenting": "Rumah belajar, Senin dan Rabu sore",
}
CONTACTS: tuple[tuple[Kind, str, str], ...] = (
    ("head", "Budi Contoh", "Di kantor desa, Senin sampai Kamis"),
    ("officer", "Siti Contoh", "Pos layanan, tiap Selasa pagi"),
    ("post", "Pos layanan Desa Contoh", "Balai desa"),
)
"""Without numbers: any that we invent may be somebody's."""

PLAYED: tuple[tuple[Role, str], ...] = (("officer", "petugas"), ("head", "kepala desa"))
"""Whom somebody may become who looks at the kiosk of Desa Contoh."""

LONG_AGO = 240 * DAY
"""How long one contact has not been confirmed, so that something waits."""


@contextmanager
def throw_away(settings: Settings) -> Generator[Settings, None, None]:
    """The same settings on a database that is gone afterwards, in the hall of Desa Contoh."""
    with TemporaryDirectory(prefix="desa-contoh-") as folder:
        url = f"sqlite:///{Path(folder, 'desa-contoh.db')}"
        ours = replace(settings, database_url=url, data_key="", area="")
        bring_up_to_date(ours, {name: packaged()[name] + AREAS[name] for name in AREAS})
        yield replace(ours, area=VILLAGE)


def fill(runner: Runner, player: Address | None = None, role: Role = "worker") -> None:
    """The page of the village, its officers, a contact that is due, and who plays which role."""
    with runner.database.turn() as db:
        seated: dict[Role, Address] = {other: Address("rehearsal", other, DAY) for other in SEATS}
        if player:
            seated[role] = player
        for holder, address in seated.items():
            seat(runner, db, holder, address)
        writer = _page(runner, db)
        people, clock = People(runner.database.vault, runner.database.engine.dialect), runner.clock
        rehearsed_notices.people_who_want_it(runner.rows, people, clock, db, VILLAGE)
        rehearsed_notices.notices(runner.rows, clock, db, VILLAGE, writer)


def seat(runner: Runner, db: Connection, role: Role, address: Address) -> int:
    """Somebody who is welcome already and, unless they are a worker, holds an office."""
    now, person = runner.clock.now(), Person().speaking("id").made_welcome()
    people = People(runner.database.vault, runner.database.engine.dialect)
    new_id, office = runner.clock.new_id(), runner.clock.new_id()
    people.add(db, new_id, address, person.living_in(VILLAGE), Home(), now)
    if role in SEATS:
        given = Waiting(0, role, SEATS[role], 0, now)
        runner.rows.offices.add(db, office, new_id, given, NAMES[role], now)
    return office


def _page(runner: Runner, db: Connection) -> int:
    """Written by the village's officer, whose office it returns."""
    now, officer = runner.clock.now(), runner.rows.offices.named(db, NAMES["officer"], 0)
    mark = Mark(officer[0].id if officer else 0, now, now)
    for field, words in FACTS.items():
        runner.rows.villages.keep_fact(db, VILLAGE, Fact(field, words, mark))
    for number, (kind, name, note) in enumerate(CONTACTS, 1):
        seen = now - LONG_AGO if number == len(CONTACTS) else now
        contact = Contact(number, kind, name, "", note, replace(mark, verified_at=seen))
        runner.rows.villages.add_contact(db, VILLAGE, contact)
    return mark.by


def open_for_all(runner: Runner) -> None:
    """Fill the village, and tell whoever started this how to become its officer and its head.

    Two, because nobody approves their own notice: the second browser is the head's.
    """
    fill(runner)
    print("Desa Contoh: semua orang di sini rekaan.", file=sys.stderr)
    for role, who in PLAYED:
        code = runner.invite(role, VILLAGE)
        print(f"Jadi {who}: ketik undangan {code}", file=sys.stderr, flush=True)


def meanwhile(runner: Runner, played: Role) -> None:
    """What the others do while somebody plays alone: the head agrees, and messages go out."""
    from bot.sender.opening import advance  # nothing else of a terminal needs the sender

    if played != "head":
        _approve(runner)
    advance(runner)


def _approve(runner: Runner) -> None:
    with runner.database.turn() as db:
        asking = runner.asking(db, Address("rehearsal", "head", DAY))
        for kept in runner.rows.notices.waiting(db, [VILLAGE]):
            agree = ApproveNotice(kept.area, kept.id, kept.version)
            with suppress(Refused):  # not theirs to agree to
                runner.sending.carry_out(agree, asking, runner.service.library)
