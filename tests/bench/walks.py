"""What the people of the benchmarks do: arrive once, then go round and round."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from bot.messages import Message, Press, Words
from bot.opening import bring_up_to_date, open_runner
from bot.runner import Runner
from bot.screens import Reply
from bot.settings import Settings
from bot.tokens import Token
from storage.people import Address
from tests.bench.processes import DATA_KEY

ARRIVAL = (
    "language:id", "start", "documents", "adult:yes", "country:taiwan", "work:household",
    "route:", "marital:married", "children:yes",
)  # fmt: skip
"""From the first screen to a checklist of one's own; the start of a choice's id is enough."""

PRESSES = (
    "phase:depart", "open:paspor", "section:how", "back", "done:paspor", "open:paspor",
    "undone:paspor", "back",
)  # fmt: skip
"""From the checklist to a document, ready, not ready after all, and back to the checklist."""

WORDS = ("menu", "dokumen saya", "paspor", "bantuan")
"""Typed: a common word, a label, a document's name, and help; then round again."""

UPDATES = count(1)


def choose(offered: Iterable[str], wanted: str) -> str:
    """The id of the choice that is wanted, as offered now."""
    ids = list(offered)
    found = next((choice for choice in ids if choice.startswith(wanted)), None)
    assert found, f"no choice {wanted!r} among {ids}"
    return found


def new_runner(file: Path) -> Runner:
    """Everything behind the doors, on a SQLite file that is made if it is not there."""
    settings = Settings(database_url=f"sqlite:///{file}", data_key=DATA_KEY)
    bring_up_to_date(settings)
    return open_runner(settings)


class Walker:
    """A person at a runner: presses what is on the screen, as somebody on Telegram would."""

    reply: Reply

    def __init__(self, runner: Runner, name: str) -> None:
        self._runner = runner
        self.address = Address("telegram", name, keeps=365 * 24 * 3600, writable=True)

    def take(self, message: Message) -> None:
        self.reply = self._runner.turn(message)

    def says(self, words: str) -> Message:
        return Message(self.address, Words.heard(words), next(UPDATES))

    def presses(self, wanted: str) -> Message:
        offered = (choice.id for choice in self.reply.screen.pressable)
        token = Token(self.reply.revision, choose(offered, wanted))
        return Message(self.address, Press(token), next(UPDATES))

    def look(self) -> None:
        """See the present screen, for somebody who arrived before."""
        self.reply = self._runner.look(self.address)

    def arrive(self) -> None:
        self.take(self.says("/start"))
        for wanted in ARRIVAL:
            self.take(self.presses(wanted))

    def walk(self, laps: int) -> Iterator[Callable[[], None]]:
        """The turns of so many laps of presses, each made ready when its time has come."""
        for _ in range(laps):
            for wanted in PRESSES:
                yield partial(self.take, self.presses(wanted))

    def talk(self, laps: int) -> Iterator[Callable[[], None]]:
        """The same for typed words."""
        for _ in range(laps):
            for words in WORDS:
                yield partial(self.take, self.says(words))
