"""Who speaks to whom: python-telegram-bot to people on Telegram, and in a rehearsal nobody."""

from bot.sender.speaker import Speaker
from storage.outbox import Claimed


class Speakers:
    def __init__(self, telegram: Speaker | None, rehearsed: Speaker | None) -> None:
        """Without `rehearsed`, whoever is not on Telegram is not found."""
        self._telegram, self._rehearsed = telegram, rehearsed

    def reach(self, claimed: Claimed) -> tuple[Speaker, str] | None:
        """Whoever reaches this person, and the name by which they do."""
        door, _, name = (claimed.address or "").partition(":")
        if door == "telegram" and self._telegram:
            return self._telegram, name
        if self._rehearsed:
            return self._rehearsed, f"{claimed.person}.{claimed.attempts}"
        return None
