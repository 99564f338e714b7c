"""Rows a state may ask for before it is shown or hears words, and what comes back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.areas import Area
from flows.notices.kept import Audience, Notice, Report, Subscription, Suspicion
from flows.offices import Deed, Invitation, Office
from flows.village.imports import Import
from flows.village.kept import Village


@dataclass(frozen=True)
class KeptAboutMe:
    """What is stored about this person: one `Kept`, or nothing for a stranger."""


@dataclass(frozen=True)
class Named:
    """The code of the content item that bears exactly this name, or another that is its own."""

    kind: Literal["destination", "document"]
    words: str


@dataclass(frozen=True)
class Alike:
    """Codes of items whose names are like these words, the likeliest first: typos, or others."""

    kind: Literal["destination", "document"]
    words: str


@dataclass(frozen=True)
class AreaOf:
    """The `Area` of one code, with what it lies in; nothing for a code that does not exist."""

    code: str


@dataclass(frozen=True)
class AreasIn:
    """The `Area`s one level below, by name; of `""` the provinces."""

    code: str


@dataclass(frozen=True)
class AreasNamed:
    """`Area`s that typed words may mean, the likeliest first; only those within `code`."""

    words: str
    code: str = ""


@dataclass(frozen=True)
class VillageOf:
    """What officers keep about an area: one `Village`; nothing for a code that does not exist."""

    code: str


@dataclass(frozen=True)
class HallVillage:
    """The `Village` of the hall that the person stands in; nothing anywhere else."""


@dataclass(frozen=True)
class MyOffices:
    """The `Office`s that the person holds now."""


@dataclass(frozen=True)
class MyDesk:
    """What may wait for an officer: the `Village`s of their offices for a single area, the
    `Office`s that somebody took up by their invitation and that they can still undo, the `Notice`s
    that they may approve or that are their own drafts, and `Suspicion`s for a coordinator.
    """


@dataclass(frozen=True)
class OfficesIn:
    """Every `Office` that is held in an area and below it, and its open `Invitation`s."""

    code: str


@dataclass(frozen=True)
class OfficeOf:
    """One `Office` by its id; nothing where it has ended."""

    id: int


@dataclass(frozen=True)
class OfficesNamed:
    """The `Office`s held by whoever bears exactly this name; or `Throttled`."""

    words: str


@dataclass(frozen=True)
class InvitationOf:
    """One open `Invitation`; nothing where it was used, has ended, or never was."""

    id: int


@dataclass(frozen=True)
class ImportOf:
    """The newest `Import` of an area's contacts."""

    code: str


@dataclass(frozen=True)
class DeedsIn:
    """The trail of an area and of all that lies in it, the newest first: `Deed`s."""

    code: str
    start: int
    most: int


@dataclass(frozen=True)
class NoticesFor:
    """The `Notice`s open to the people of an area today, the one that closes first first."""

    code: str


@dataclass(frozen=True)
class NoticeCount:
    """How many notices are open to the people of an area today: one `Count`."""

    code: str


@dataclass(frozen=True)
class NoticeNumbered:
    """The `Notice` with this number, whatever else is written around its digits, once it is
    published; nothing for a number that is none.
    """

    words: str


@dataclass(frozen=True)
class NoticeOf:
    """The `Notice` of an area's office by its id, in any stage, with its `Suspicion`s and, once it
    is published, its `Report`; id 0 is one's own newest draft there.
    """

    area: str
    id: int = 0


@dataclass(frozen=True)
class AudienceOf:
    """The `Audience` of a notice that is not sent; nothing for a draft that lacks something."""

    area: str
    id: int = 0


@dataclass(frozen=True)
class NoticesIn:
    """The `Notice`s of an area and all that lies in it, in any stage, the newest first; drafts only
    one's own.
    """

    code: str


@dataclass(frozen=True)
class MySubscriptions:
    """What the person receives: `Subscription`s."""


Query = (
    KeptAboutMe | Named | Alike
    | AreaOf | AreasIn | AreasNamed
    | VillageOf | HallVillage
    | MyOffices | MyDesk | OfficesIn | OfficeOf | OfficesNamed | InvitationOf
    | ImportOf | DeedsIn
    | NoticesFor | NoticeCount | NoticeNumbered | NoticeOf | AudienceOf | NoticesIn
    | MySubscriptions
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """When a person was first seen, and when they are forgotten without a sign of life."""

    since: date
    forgotten_on: date


@dataclass(frozen=True)
class Throttled:
    """Asked too often: no answer until later."""


@dataclass(frozen=True)
class Count:
    of: int


Row = (
    Kept | Throttled | str | Area | Village | Office | Invitation | Import | Deed
    | Notice | Count | Audience | Report | Subscription | Suspicion
)  # fmt: skip
