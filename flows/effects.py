"""What a step does outside the conversation: a closed set, one handler each behind the runner.

Every effect on a village carries its area. Rights and conditions are checked once more when it
runs; one that is refused changes nothing, and the person is told why.
"""

from dataclasses import dataclass
from datetime import date

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
Effect = ForgetMe | VillageEffect | OfficeEffect
