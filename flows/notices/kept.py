"""Notices as states see them: what stands in one, for whom it is, and what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.areas import Area
from flows.text import Text, t

Kind = Literal["government", "p3mi", "news"]

KINDS: dict[Kind, Text] = {
    "government": t("Lowongan pemerintah (G to G)"),
    "p3mi": t("Lowongan lewat P3MI"),
    "news": t("Kabar desa"),
}

Stage = Literal[
    "draft", "waiting", "held", "sending", "sent", "stopped", "recalled", "corrected", "closed"
]
"""A draft waits for approval, is held for ten minutes, is sending, and was sent; or was stopped on
the way, recalled or corrected afterwards, or has closed because its last day is over.
"""

PUBLISHED: frozenset[Stage] = frozenset(
    {"sending", "sent", "stopped", "recalled", "corrected", "closed"}
)
"""Stages in which anybody may ask for a notice by its number."""

UNSENT: frozenset[Stage] = frozenset({"draft", "waiting", "held"})
"""Stages in which its writer may still change it."""

OPEN: frozenset[Stage] = frozenset({"sending", "sent"})
"""Stages in which it stands in the list of notices."""

SECTORS: dict[str, Text] = {
    "household": t("Rumah tangga"),
    "plantation": t("Perkebunan"),
    "factory": t("Pabrik"),
    "building": t("Bangunan"),
    "fishing": t("Perikanan"),
    "health": t("Perawat dan kesehatan"),
    "hotel": t("Hotel dan restoran"),
    "farming": t("Pertanian"),
    "transport": t("Angkutan"),
    "other": t("Lainnya"),
}
"""Kinds of work, as notices name them."""

JOBS, NEWS = "jobs", "news"
"""Topics: every job notice, and what goes on in the village; `country:malaysia` and
`sector:health` are the others.
"""

DRAFT_DAYS = 30
"""How long a draft is kept after it was last changed."""

HOLD_MINUTES = 10
"""How long an accepted notice can still be stopped before the first message leaves."""

ALONE = 20
"""People whom an officer may reach without a second person's approval."""

FEW = 5
"""Smaller numbers are not told before sending: who wants what is nobody's to find out."""


def country_topic(code: str) -> str:
    return f"country:{code}"


def sector_topic(sector: str) -> str:
    return f"sector:{sector}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything about one notice; readers are shown it only once it is `PUBLISHED`."""

    id: int
    number: str
    """Six digits, as anybody may ask for it: `482913`."""
    kind: Kind
    stage: Stage
    area: str
    """The area of the office that speaks: a village, or a regency."""
    where: Area | None
    writer: int
    """The number of the office that wrote it."""
    writer_name: str
    """Empty where they have gone."""
    writer_role: str
    """Empty where they have gone."""
    targets: tuple[Area, ...]
    """For the people of these areas; what lies in them is meant, too."""
    answers: tuple[tuple[str, str], ...]
    """By the key of the field, in its one spelling (`flows/notices/fields.py`), in their order."""
    version: int
    """Counts changes, so that nobody approves or sends what they have not seen."""
    changed_on: date
    sent_on: date | None = None
    goes_at: str = ""
    """`13.05 WIB`, in the time of its area: when it goes; empty where nothing is held."""
    approver: str = ""
    corrects: str = ""
    """Number of the notice that this one corrects."""
    mended: tuple[str, ...] = ()
    """Keys of the fields in which it differs from that one."""
    corrected_by: str = ""
    """Number of the newer one that holds instead."""

    def answer(self, field: str) -> str:
        return dict(self.answers).get(field, "")

    @property
    def closes_on(self) -> date | None:
        """The last day on which one can apply; of news, on which it matters."""
        closes = self.answer("deadline")
        return date.fromisoformat(closes) if closes else None

    @property
    def topics(self) -> tuple[str, ...]:
        """Whoever receives one of these receives it."""
        if self.kind == "news":
            return (NEWS,)
        country, sector = self.answer("country"), self.answer("sector")
        return (JOBS, country_topic(country), sector_topic(sector))


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody chose to receive, about which area."""

    topic: str
    area: Area


@dataclass(frozen=True, slots=True)
class Audience:
    """Who would get a notice, and who of the same areas would not, in numbers alone."""

    people: int
    others: int
    """Subscribed there to something else."""
    unreachable: int
    """Would get it, but have blocked the bot."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a notice that was sent, in people; the numbers add up to `accepted`."""

    accepted: int
    sent: int
    unreachable: int
    refused: int
    waiting: int
    cancelled: int
    """Not sent, because it was stopped, or because they wanted no more before it came."""
    erased: int
    """Have erased their data since."""
    deleted: int = 0
    """Of those sent: copies taken away again."""
    edited: int = 0
    """Of those sent: copies that now say they hold no longer."""
    left: int = 0
    """Of those sent: copies that should have been changed and could not be."""
    changing: int = 0
    """Of those sent: copies still to be changed."""


Reason = Literal["fee", "account", "office", "different", "forced", "passport", "other"]

REASONS: dict[Reason, Text] = {
    "fee": t("Saya diminta membayar"),
    "account": t("Diminta transfer ke rekening pribadi"),
    "office": t("Kantor atau petugasnya tidak ada"),
    "different": t("Pekerjaannya ternyata lain"),
    "forced": t("Diminta berbohong"),
    "passport": t("Paspor atau KTP ditahan"),
    "other": t("Hal lain"),
}
"""Why somebody reports a notice."""


Objection = Literal["source", "money", "licence", "ask"]

OBJECTIONS: dict[Objection, Text] = {
    "source": t("sumbernya belum jelas"),
    "money": t("ada soal uang"),
    "licence": t("izinnya belum jelas"),
    "ask": t("tanyakan langsung kepada saya"),
}
"""Why the second person gives a notice back."""

RETURNED = "returned"
"""The key under which a notice keeps the objection, until its writer changes anything."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """How often a notice was reported for one reason; nobody is named."""

    notice: Notice
    reason: Reason
    count: int
