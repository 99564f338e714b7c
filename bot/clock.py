"""The only file that asks the outside for time, ids and chance; tests put a fixed clock here."""

import secrets
import time
from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
"""The day people live in; Western Indonesian Time has no summer time."""

DAY = 24 * 3600

WAKES, SLEEPS = 6, 20
"""Hours of the day between which a telephone may ring."""

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

    def number(self) -> str:
        """Six digits for a notice: short enough to type, too many to guess one that is new."""
        return f"{secrets.randbelow(10**6):06d}"

    def code(self) -> str:
        """Nearly 80 random bits as 16 letters and digits, for an invitation."""
        letters = [secrets.choice(READABLE) for _ in range(16)]
        return "-".join("".join(letters[n : n + 4]) for n in range(0, 16, 4))


def day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, WIB).date()


def time_of_day(seconds: int) -> str:
    """`13.05`, as Indonesians write it."""
    return datetime.fromtimestamp(seconds, WIB).strftime("%H.%M")


def instant(day: date) -> int:
    """Noon of a day, for days that people write."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=WIB).timestamp())
