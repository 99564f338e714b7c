"""Whole notices of every kind, with everything that has to be in them, for tests and benches."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.clock import DAY, day
from bot.runner import Runner
from flows.home import Home
from flows.notices.kept import Kind, Stage
from flows.person import Person
from storage.notices import Kept
from storage.people import Address

SOURCE = {
    "source": "Surat Disnaker Wonosobo, 20 November 2026",
    "verifier": "Ibu Rina, Disnaker Wonosobo, lewat telepon 21 November",
}
JOB = {
    "issue_date": "2026-11-20",
    "scheme": "p2p",
    "country": "malaysia",
    "sector": "plantation",
    "position": "Pemanen sawit",
    "employer": "FGV Holdings",
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
    "facilities": "housing,transport,insurance",
    "contract": "24",
    "cost": "zero",
    "documents": "Sesuai daftar dokumen resmi",
    "channel": "disnaker",
    "deadline": "2026-12-31",
    "contact_name": "Ibu Rina, Disnaker Wonosobo",
    "contact_phone": "+62286321345",
}
WHOLE: dict[Kind, dict[str, str]] = {
    "p3mi": {
        "issuer": "p3mi",
        "p3mi_name": "PT Contoh Maju",
        "p3mi_licence": "SIP3MI 123/2024",
        "sip2mi_no": "SIP2MI 456/X/2026",
        "sip2mi_until": "2027-06-30",
        **JOB,
        **SOURCE,
    },
    "government": {
        "issuer": "kp2mi",
        "notice_no": "PENG.2062/04.04/PP.02.04/V/2026",
        **JOB,
        "scheme": "gtog",
        "country": "korea",
        "sector": "factory",
        "position": "Operator pabrik",
        **SOURCE,
    },
    "news": {
        "title": "Penyuluhan kerja aman",
        "words": "Selasa, 1 Desember, pukul 09.00 di balai desa. Gratis, untuk semua warga.",
        "deadline": "2026-12-01",
        **SOURCE,
    },
}
"""What an officer answers, in the one spelling in which it is kept."""

TOPICS: dict[Kind, tuple[str, ...]] = {
    "p3mi": ("jobs", "country:malaysia", "sector:plantation"),
    "government": ("jobs", "country:korea", "sector:factory"),
    "news": ("news",),
}


def whole(
    runner: Runner, area: str, by: int, stage: Stage = "draft", kind: Kind = "p3mi",
    answers: Mapping[str, str] | None = None,
) -> Kept:  # fmt: skip
    """A complete notice as it would be stored in this stage, for the people of its area."""
    now, number = runner.clock.now(), runner.clock.number()
    given = WHOLE[kind] if answers is None else answers
    closes = date.fromisoformat(given["deadline"]) if "deadline" in given else None
    draft = Kept(
        runner.clock.new_id(), number, kind, "draft", area, by, 0, 1, tuple(given.items()), (),
        (area,) if area else (), 0, closes, now, 0, 0, False, 0, "", now + 30 * DAY,
    )  # fmt: skip
    if stage == "draft":
        return draft
    ends = now + ((closes or day(now)) - day(now) + timedelta(365)).days * DAY
    return replace(draft, stage=stage, topics=TOPICS[kind], forget_at=ends,
                   go_at=now if stage in ("held", "sending") else 0,
                   planned=stage not in ("held", "sending", "waiting"))  # fmt: skip


def put(db: Connection, runner: Runner, kept: Kept) -> Kept:
    assert runner.rows.notices.add(db, kept)
    return kept


def subscribed(
    db: Connection, runner: Runner, chats: Iterable[int], area: str, topic: str = "jobs"
) -> list[int]:
    """People on Telegram who want to be told; returns their numbers in our store."""
    now, person = runner.clock.now(), Person().speaking("id").made_welcome().living_in(area)
    ids: list[int] = []
    for chat in chats:
        new_id = runner.clock.new_id()
        address = Address("telegram", str(chat), 365 * DAY, writable=True)
        runner._people.add(db, new_id, address, person, Home(), now)
        runner.rows.subscriptions.add(db, new_id, topic, area)
        ids.append(new_id)
    return ids
