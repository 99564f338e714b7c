"""A few notices of one village, in every stage that anybody may read, as rows."""

from dataclasses import replace

from flows.areas import Area
from flows.notices import fields
from flows.notices.answers import (
    Count,
    Country,
    Day,
    Link,
    OneOf,
    Pay,
    Phone,
    Several,
    Span,
    Words,
)
from flows.notices.fields import Field
from flows.notices.kept import (
    Audience,
    Kind,
    Notice,
    Report,
    Stage,
    Subscription,
    Suspicion,
)
from flows.queries import NoticeOf, Row
from tests.small import TODAY

WHERE = Area("33.07.10.2004", "Kuripan", ("Watumalang", "Kabupaten Wonosobo", "Jawa Tengah"))


def sample(field: Field) -> str:
    """An answer that is one, in its kept spelling."""
    match field.answer:
        case Words(numbered=True):
            return "PENG.2062/04.04/PP.02.04/V/2025"
        case Words():
            return f"Isi {field.key}"
        case Day(ahead):
            return "2026-11-30" if ahead else "2026-11-19"
        case Count():
            return str(field.answer.example)
        case OneOf(options):
            return next(iter(options))
        case Several(options):
            return ",".join(list(options)[:3])
        case Country():
            return "taiwan"
        case Span() | Pay() | Phone() | Link():
            others = {Span: "18-40", Pay: "NT$ 29.500", Phone: "0812-3456-7890"}
            return others.get(type(field.answer), "https://contoh.go.id/lowongan")


def longest(field: Field) -> str:
    """As much as an officer may write."""
    return "x" * field.answer.most if isinstance(field.answer, Words) else sample(field)


def notice(number: str, kind: Kind = "p3mi", stage: Stage = "sent", **given: str) -> Notice:
    """Every field of its kind filled in, unless told otherwise."""
    answers = {field.key: sample(field) for field in fields.asked(kind, given)} | given
    return Notice(
        int(number), number, kind, stage, WHERE.code, WHERE, 1, "Siti Aminah", "officer", (WHERE,),
        tuple(answers.items()), 1, TODAY, sent_on=TODAY,
    )  # fmt: skip


def fullest(kind: Kind) -> Notice:
    cost = {"cost": "listed"} if kind != "news" else {}
    answers = {field.key: longest(field) for field in fields.asked(kind, cost)}
    return notice("482900", kind, **answers | cost)


OPEN = (
    notice("482913", position="Pemanen sawit dan perawat kebun di ladang"),
    notice("482914", "government", age="1985-06-03..2007-06-04", cost="listed"),
    notice("482915", "news", title="Penyuluhan kerja aman ke luar negeri untuk warga semua"),
    replace(notice("482920"), corrects="482917"),
    notice("482921", country="qatar"),
)
PAST = (
    notice("482916", stage="recalled"),
    replace(notice("482917", stage="corrected"), corrected_by="482920"),
    notice("482918", stage="closed"),
    notice("482919", stage="stopped"),
    notice("482922", deadline="2026-11-21"),
)
NOTICES = (*OPEN, *PAST)
SUBSCRIPTIONS = tuple(
    Subscription(topic, WHERE) for topic in ("jobs", "news", "country:taiwan", "sector:health")
)

DRAFTS = (
    notice("482930", stage="draft", cost="listed"),
    replace(notice("482931", "government", "draft"), answers=(("country", "kamboja"),), targets=()),
    notice("482932", "news", "draft"),
)
OTHERS = replace(notice("482934", stage="waiting", verify_url="https://contoh.example"), writer=9)
"""One that the reader may agree to, with something to look at twice."""

DESK = (
    *DRAFTS,
    notice("482933", stage="waiting"),
    OTHERS,
    replace(notice("482935", stage="held"), goes_at="12.10"),
    notice("482936", stage="sending"),
    *NOTICES,
)
"""What officers of the village see besides."""

REPORTS: dict[str, Report] = {
    "482936": Report(100, 40, 3, 2, 55, 0, 0),
    "482916": Report(100, 90, 5, 2, 0, 0, 3, deleted=50, edited=30, left=4, changing=6),
    "482919": Report(100, 40, 3, 2, 0, 55, 0),
}
SUSPICIONS = (Suspicion(OPEN[0], "fee", 3), Suspicion(OPEN[0], "other", 1))


def desk(query: NoticeOf) -> tuple[Row, ...]:
    """One notice of the village with all that belongs to it; number 0 is the first draft."""
    found = [kept for kept in DESK if kept.area == query.area and query.id in (kept.id, 0)]
    if not found:
        return ()
    kept, suspicions = found[0], [s for s in SUSPICIONS if s.notice == found[0]]
    if kept.stage not in ("draft", "waiting", "held"):
        return (kept, REPORTS.get(kept.number, Report(100, 92, 5, 3, 0, 0, 0)), *suspicions)
    complete = not fields.missing(kept)
    return (kept, *((Audience(48, 12, 3),) if complete else ()))
