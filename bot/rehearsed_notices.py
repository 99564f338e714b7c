"""What is told in Desa Contoh: who wants to be told, a notice that is out, one to be approved.

Countries and rules are real, so that what is refused here is refused everywhere; companies, offices
and numbers are invented, the telephone number is one that nobody can have: it begins with zeros.
"""

from datetime import timedelta

from sqlalchemy import Connection

from bot.clock import DAY, Clock
from bot.rows import Rows
from flows.home import Home
from flows.notices.kept import JOBS, NEWS, Stage, country_topic, sector_topic
from flows.person import Person
from storage.notices import Kept
from storage.people import Address, People

PEOPLE = 48
"""Enough that a second person has to approve, few enough to be sent in a moment."""

WANTED = (JOBS, country_topic("malaysia"), country_topic("taiwan"), sector_topic("health"), NEWS)
"""What one after the other of them wants to be told of."""

OPEN = {
    "issuer": "p3mi",
    "p3mi_name": "PT Contoh Maju",
    "p3mi_licence": "CONTOH-SIP3MI-1",
    "sip2mi_no": "CONTOH-SIP2MI-1",
    "scheme": "p2p",
    "country": "malaysia",
    "sector": "plantation",
    "position": "Pemanen sawit",
    "employer": "Kebun Contoh",
    "formal": "formal",
    "quota": "75",
    "gender": "all",
    "age": "18-40",
    "study": "sd",
    "marital": "any",
    "salary": "1.700 RM",
    "period": "month",
    "hours": "8",
    "days": "6",
    "facilities": "housing,transport,insurance,flight-out",
    "contract": "24",
    "cost": "zero",
    "documents": "Sesuai daftar dokumen resmi",
    "channel": "disnaker",
    "contact_name": "Ibu Contoh, Disnaker Contoh",
    "contact_phone": "+62286000000",
    "source": "Surat Disnaker Contoh",
    "verifier": "Ibu Contoh, Disnaker Contoh, lewat telepon",
}
WAITING = {
    **OPEN,
    "sip2mi_no": "CONTOH-SIP2MI-2",
    "country": "taiwan",
    "sector": "factory",
    "position": "Operator mesin",
    "employer": "Pabrik Contoh",
    "quota": "16",
    "study": "sma",
    "salary": "NT$ 29.500",
    "contract": "36",
}


def people_who_want_it(rows: Rows, people: People, clock: Clock, db: Connection, area: str) -> None:
    person = Person().speaking("id").made_welcome().living_in(area)
    for number in range(PEOPLE):
        new_id, address = clock.new_id(), Address("rehearsal", f"warga-{number}", DAY)
        people.add(db, new_id, address, person, Home(), clock.now())
        rows.subscriptions.add(db, new_id, WANTED[number % len(WANTED)], area)


def notices(rows: Rows, clock: Clock, db: Connection, area: str, writer: int) -> None:
    """One in the list, and one that waits for a second person."""
    for stage, answers in STAGED:
        kept = _kept(clock, area, writer, stage, answers)
        rows.notices.add(db, kept)


STAGED: tuple[tuple[Stage, dict[str, str]], ...] = (("sent", OPEN), ("waiting", WAITING))


def _kept(clock: Clock, area: str, writer: int, stage: Stage, answers: dict[str, str]) -> Kept:
    now, today = clock.now(), clock.today()
    closes = today + timedelta(30)
    days = {"issue_date": today, "sip2mi_until": closes + timedelta(180), "deadline": closes}
    given = answers | {key: day.isoformat() for key, day in days.items()}
    topics = (JOBS, country_topic(given["country"]), sector_topic(given["sector"]))
    return Kept(
        clock.new_id(), clock.number(), "p3mi", stage, area, writer, 0, 1, tuple(given.items()),
        topics, (area,), 0, closes, now, 0, 0, stage == "sent", 0, "", now + 60 * DAY,
    )  # fmt: skip
