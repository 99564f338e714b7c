"""The only file that asks the outside for time, ids and chance; tests put a fixed clock here."""

import secrets
import time
from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
"""The day people live in; Western Indonesian Time has no summer time."""

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody confuses on the telephone."""


class Clock:
    def now(self) -> int:
        """Whole seconds since 1970."""
        return int(time.time())

    def today(self) -> date:
        return day(self.now())

    def new_id(self) -> int:
        """63 random bits: an id that says nothing about its owner."""
        return secrets.randbits(63)

    def new_session(self) -> str:
        """256 random bits for a kiosk session's cookie."""
        return secrets.token_urlsafe(32)

    def reference(self) -> str:
        """A short number to say on the telephone when something went wrong."""
        return "".join(secrets.choice(READABLE) for _ in range(6))


def day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, WIB).date()
