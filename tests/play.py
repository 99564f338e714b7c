"""The test language: people who say, press and type, and what must be so afterwards.

A `Visitor` talks to the runner itself. Every step goes through the database, so that states and
persons are written as JSON and read back between any two steps.
"""

from datetime import UTC, date, datetime

from bot.clock import READABLE, Clock
from bot.messages import Message, NoWords, Press, Said, Words
from bot.runner import Runner
from bot.screens import Rendered, Reply, render
from bot.tokens import Token
from flows.library import Library
from flows.person import Person
from flows.text import Month
from flows.words import fold
from storage.people import Address

NOON = int(datetime(2026, 11, 22, 5, tzinfo=UTC).timestamp())
"""22 November 2026, 12.00 in Jakarta."""

YEAR = 365 * 24 * 3600


class FixedClock(Clock):
    """Time stands still until a test moves it; ids and references count up."""

    def __init__(self) -> None:
        self.seconds = NOON
        self._ids = self._codes = self._numbers = 0

    def now(self) -> int:
        return self.seconds

    def new_id(self) -> int:
        self._ids += 1
        return self._ids

    def new_session(self) -> str:
        return f"session-{self.new_id():036d}"

    def reference(self) -> str:
        return "ABC234"

    def number(self) -> str:
        self._numbers += 1
        return f"{482912 + self._numbers}"

    def code(self) -> str:
        first, last = divmod(self._codes, len(READABLE))
        self._codes += 1
        return f"AAAA-BBBB-{READABLE[first] * 4}-{READABLE[last] * 4}"

    def move(self, *, days: int = 0, seconds: int = 0) -> None:
        self.seconds += days * 24 * 3600 + seconds


class Visitor:
    """Somebody at no door in particular, who sees what the renderer makes of each reply."""

    def __init__(
        self, runner: Runner, name: str = "1", door: str = "telegram", keeps: int = YEAR
    ) -> None:
        self.runner = runner
        self.address = Address(door, name, keeps, writable=door == "telegram")
        self.reply: Reply = runner.look(self.address)

    @property
    def screen(self) -> Rendered:
        return render(self.reply, self.runner.catalogs)

    @property
    def place(self) -> str:
        return self.reply.place

    @property
    def person(self) -> Person:
        with self.runner.database.look() as db:
            found = self.runner._people.find(db, self.address, self.runner.clock.now())
        return found.person if found else Person()

    def reads(self, library: Library) -> "Visitor":
        """Another content from now on, as after a new release."""
        return self.with_service(library=library)

    def with_service(self, **changed: object) -> "Visitor":
        for name, value in changed.items():
            object.__setattr__(self.runner.service, name, value)
        return self

    def say(self, said: Said, update: int | None = None) -> "Visitor":
        self.reply = self.runner.turn(Message(self.address, said, update))
        return self

    def type(self, words: str, update: int | None = None) -> "Visitor":
        return self.say(Words.heard(words), update)

    def send_photo(self) -> "Visitor":
        return self.say(NoWords())

    def press(self, label: str, update: int | None = None) -> "Visitor":
        """Press the button that bears this label, or else the first that begins with it."""
        return self.say(Press(self.token(label)), update)

    def token(self, label: str) -> Token:
        buttons = self.screen.buttons + self.screen.navigation
        bears = [b for b in buttons if fold(b.label) == fold(label)]
        begins = [b for b in buttons if fold(b.label).startswith(fold(label))]
        if bears or begins:
            return Token.parse((bears or begins)[0].token)
        raise AssertionError(f"at {self.place} no button {label!r} in {[b.label for b in buttons]}")

    def walk(self, *labels: str) -> "Visitor":
        for label in labels:
            self.press(label)
        return self

    def welcomed(self, language: str = "Bahasa Indonesia") -> "Visitor":
        return self.press(language).press_id("start")

    def press_id(self, choice: str) -> "Visitor":
        """Press a button by its result, whatever the language of its label."""
        return self.say(Press(Token(self.reply.revision, choice)))

    def is_at(self, place: str) -> "Visitor":
        assert self.place == place, f"stands at {self.place}, not at {place}: {self.text}"
        return self

    @property
    def text(self) -> str:
        """All that is to be read on the screen, in one string."""
        screen = self.screen
        lines = [screen.remark, screen.page.title, screen.hint]
        for block in screen.page.blocks:
            lines.append(block.text)
            parts = ((line.text, line.call, line.word, line.remark) for line in block.lines)
            lines.extend(" ".join(filter(None, part)) for part in parts)
        lines.extend(f"{b.label} {b.word}" for b in screen.buttons + screen.navigation)
        return "\n".join(filter(None, lines))

    def says(self, words: str) -> "Visitor":
        assert words in self.text, f"at {self.place} nobody says {words!r}:\n{self.text}"
        return self

    def says_nothing_of(self, words: str) -> "Visitor":
        assert words not in self.text, f"at {self.place} somebody says {words!r}:\n{self.text}"
        return self

    def remembers(self, *ready: str) -> "Visitor":
        assert self.person.ready == set(ready)
        return self

    def until(self, code: str, month: Month | None) -> "Visitor":
        assert self.person.expires(code) == month
        return self


TAIWAN_AT_HOME = ("Dokumen saya", "Ya, sudah 18", "Taiwan", "Kerja di rumah orang",
                  "Lewat perusahaan P3MI", "Menikah", "Punya anak")  # fmt: skip
"""From the main menu to the list of a married mother who goes to a household in Taiwan."""


def on(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 5, tzinfo=UTC).timestamp())
