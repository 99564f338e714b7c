"""What stands behind a button: `17.open:paspor`, the revision of the conversation and a choice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    revision: int
    choice: str

    def __str__(self) -> str:
        return f"{self.revision}.{self.choice}"

    @classmethod
    def parse(cls, data: str) -> "Token":
        """Any string is somebody's token; an invented one has a revision that never was."""
        revision, _, choice = data.partition(".")
        if not (revision.isascii() and revision.isdecimal() and len(revision) < 19):
            return cls(-1, data)
        return cls(int(revision), choice)
