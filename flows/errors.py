"""Every error this project raises on purpose.

DesmigratifError
├── Gone            what a state shows is no longer there: the person is taken home
├── Refused         an effect may not happen: the turn changes nothing, the person is told why
├── Busy            the database was not free in time: the sender may repeat the message
├── WrongKey        the database holds rows that the given key cannot read
├── OldDatabase     the database has another version than the program
└── Faulty          faults found in something people wrote, all of them at once
    ├── BadSettings
    ├── BadContent
    └── BadCatalog
"""

from collections.abc import Iterable

from flows.text import Text


class DesmigratifError(Exception):
    """The root: catch this to catch everything raised on purpose."""


class Gone(DesmigratifError):
    """A state names content or rows that are no longer there."""


class Refused(DesmigratifError):
    """An effect that must not happen: a right gone, a code used, a number that is none."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.msgid)
        self.why = why


class Busy(DesmigratifError):
    """The database stayed locked for longer than one turn may wait."""


class WrongKey(DesmigratifError):
    """Stored rows and the key at hand do not belong together; the message names the remedy."""


class OldDatabase(DesmigratifError):
    """The database was made by another version; the message names the command that helps."""


class Faulty(DesmigratifError):
    """Faults in files or settings; each line names the place, the fault and the remedy."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class BadSettings(Faulty):
    """The environment or `.env` holds settings that cannot work."""


class BadContent(Faulty):
    """The official content breaks its own rules, for example an item without a source."""


class BadCatalog(Faulty):
    """A message catalog would show people something wrong."""
