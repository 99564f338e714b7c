"""What a step does outside the conversation: a closed set, one handler each behind the runner.

Every effect on a village carries its area. Rights and conditions are checked once more when it
runs; one that is refused changes nothing, and the person is told why.
"""

from dataclasses import dataclass
from datetime import date

from flows.notices.kept import Kind as NoticeKind
from flows.notices.kept import Objection, Reason
from flows.rights import Role
from flows.village.kept import Field, Kind


@dataclass(frozen=True)
class ForgetMe:
    """Erase everything that is kept about this person, in the same transaction."""


@dataclass(frozen=True)
class KeepFact:
    """Write one fact of the village page; empty words take it off the page."""

    area: str
    field: Field
    words: str


@dataclass(frozen=True)
class VerifyFact:
    """It was looked at today and is still so."""

    area: str
    field: Field


@dataclass(frozen=True)
class AddContact:
    """A new contact under a number that is free."""

    area: str
    number: int
    kind: Kind
    name: str


@dataclass(frozen=True)
class ChangeContact:
    """Change what is not None. A telephone number in any spelling; refused if it is none."""

    area: str
    number: int
    name: str | None = None
    phone: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class VerifyContact:
    area: str
    number: int


@dataclass(frozen=True)
class RemoveContact:
    area: str
    number: int


@dataclass(frozen=True)
class AddEvent:
    area: str
    day: date
    words: str


@dataclass(frozen=True)
class RemoveEvent:
    area: str
    number: int


@dataclass(frozen=True)
class StageImport:
    """Read the file just sent and keep what it would change; the contacts stay as they are."""

    area: str


@dataclass(frozen=True)
class ApplyImport:
    """Write the file that was seen; `sent` says which, as a colleague may have sent another."""

    area: str
    sent: str = ""


@dataclass(frozen=True)
class UndoImport:
    area: str
    sent: str = ""


@dataclass(frozen=True)
class NoteExport:
    """The contacts leave as a file: the trail says so."""

    area: str


@dataclass(frozen=True)
class Invite:
    """Make a one-time code for a role in an area; the screen that comes next shows it, once."""

    role: Role
    area: str


@dataclass(frozen=True)
class CancelInvitation:
    area: str
    invitation: int


@dataclass(frozen=True)
class TakeUp:
    """Accept an invitation under one's own name."""

    invitation: int
    name: str


@dataclass(frozen=True)
class EndOffice:
    """Take an office back; undone is one whose seven days are not over, as if never given."""

    area: str
    office: int


@dataclass(frozen=True)
class ExtendOffice:
    """Another year."""

    area: str
    office: int


@dataclass(frozen=True)
class Resign:
    """Give back one's own office."""

    office: int


@dataclass(frozen=True)
class Subscribe:
    """Receive notices on a topic about an area; refused where nobody can be written to later."""

    topic: str
    area: str


@dataclass(frozen=True)
class Unsubscribe:
    """Receive no more of a topic, whatever area it is about; of `""`, nothing at all.

    Whoever wants no vacancies any more wants none in a country or sector either.
    """

    topic: str = ""


@dataclass(frozen=True)
class ReportNotice:
    """Tell the coordinators that a published notice looks wrong; once for each person."""

    number: str
    reason: Reason


@dataclass(frozen=True)
class BeginNotice:
    """A new draft of one's own; the screen that comes next finds it as the newest."""

    area: str
    kind: NoticeKind


@dataclass(frozen=True)
class KeepAnswer:
    """Write one field of a notice; empty words leave it out. Any approval is void, and a notice
    that waited or was held is a draft again.
    """

    area: str
    notice: int
    field: str
    words: str


@dataclass(frozen=True)
class AimNotice:
    """Say for which areas a draft is: each within the writer's own."""

    area: str
    notice: int
    targets: tuple[str, ...]


@dataclass(frozen=True)
class DropNotice:
    """Throw a draft away."""

    area: str
    notice: int


@dataclass(frozen=True)
class SubmitNotice:
    """Finished: held for ten minutes and then sent, or put before a second person."""

    area: str
    notice: int
    version: int


@dataclass(frozen=True)
class ApproveNotice:
    """The second person agrees to just what they saw."""

    area: str
    notice: int
    version: int


@dataclass(frozen=True)
class ReturnNotice:
    """The second person does not agree, and says why: it is a draft again."""

    area: str
    notice: int
    version: int
    why: Objection = "ask"


@dataclass(frozen=True)
class StopNotice:
    """Nothing more of it leaves: during the hold it is a draft again, afterwards stopped."""

    area: str
    notice: int


@dataclass(frozen=True)
class RecallNotice:
    """Take back every copy that can be, and turn the others into a line that says so."""

    area: str
    notice: int


@dataclass(frozen=True)
class CorrectNotice:
    """A new draft with the same answers, for just those who got the first."""

    area: str
    notice: int


@dataclass(frozen=True)
class Code:
    """The code of an invitation, for one screen alone: the store keeps its hash."""

    code: str


@dataclass(frozen=True)
class File:
    """A file for the person, as text; a door sends it along with the screen."""

    name: str
    content: str


Made = Code | File
"""What an effect produces once; it reaches the screen that comes next and is not stored."""

VillageEffect = (
    KeepFact | VerifyFact
    | AddContact | ChangeContact | VerifyContact | RemoveContact
    | AddEvent | RemoveEvent
    | StageImport | ApplyImport | UndoImport | NoteExport
)  # fmt: skip
OfficeEffect = Invite | CancelInvitation | TakeUp | EndOffice | ExtendOffice | Resign
ReaderEffect = Subscribe | Unsubscribe | ReportNotice
NoticeWritten = BeginNotice | KeepAnswer | AimNotice | DropNotice
NoticeSent = SubmitNotice | ApproveNotice | ReturnNotice | StopNotice | RecallNotice | CorrectNotice
Effect = ForgetMe | VillageEffect | OfficeEffect | ReaderEffect | NoticeWritten | NoticeSent
