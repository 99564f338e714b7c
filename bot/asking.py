"""Who asks for rows or effects, from where, in which transaction; and what the service is about."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from flows.library import Language, Library
from flows.person import Person
from flows.village.kept import Village
from storage import offices
from storage.people import Address, Found

NAMES_AN_HOUR = 10
"""Names of officers that one address may try: enough for a village, too few to fish."""

NAMES_AT_KIOSKS = 300
"""Names tried in an hour at all kiosks together: whoever begins a new session is a new guesser."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, from where, in which transaction."""

    db: Connection
    address: Address
    found: Found | None
    person: Person
    hall: str = ""
    writable: bool = False
    """Whether we can write to whoever asks later."""
    held: list[tuple[offices.Kept, ...]] = field(default_factory=list[tuple[offices.Kept, ...]])
    """What was found once, until an effect may have changed it: home asks three times."""
    villages: dict[str, tuple[Village, ...]] = field(default_factory=dict[str, tuple[Village, ...]])

    def forget(self) -> None:
        """What an effect may have changed is read anew."""
        self.held.clear()
        self.villages.clear()

    @property
    def language(self) -> str:
        return self.person.language or "id"

    @property
    def guessers(self) -> dict[str, int]:
        """By whom names that are tried are counted, and how many are answered in an hour."""
        own = {f"name:{self.address}": NAMES_AN_HOUR}
        return own | ({"name:kiosk": NAMES_AT_KIOSKS} if self.address.door == "kiosk" else {})


@dataclass(frozen=True)
class Service:
    """What every screen of this bot may be about, whoever looks at it."""

    library: Library
    languages: tuple[Language, ...]
    operator: str = ""
    hall: str = ""
    """Code of the village in whose hall the kiosk stands."""
    rehearsal: bool = False
    """Everybody is invented, so that even a kiosk may be an officer's."""
