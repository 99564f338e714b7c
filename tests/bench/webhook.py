"""Updates through the webhook, beside a bare aiogram bot that makes the same calls.

Four processes: this driver, a Bot API that takes no time, `python -m bot web` as it is served, and
the bare bot. Ours acknowledges a press in the webhook's own answer; the bare bot, as aiogram's
`query.answer()` does it, by a second call.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.fake_api import Json
from tests.bench.measure import Results, Round, report, side_by_side
from tests.bench.processes import DATA_KEY, Process, finish, free_port, listens, running, wait_until
from tests.bench.telegram import SECRET, Webhook, pressed, typed
from tests.bench.walks import ARRIVAL, PRESSES, WORDS
from tests.bench.wire import Line, request

ROUNDS, UPDATES = 20, 96
OURS_PRESSED, ECHO_PRESSED = "ours, button pressed", "aiogram echo, button pressed"
OURS_TYPED, ECHO_TYPED = "ours, words typed", "aiogram echo, words typed"


@dataclass(frozen=True, slots=True)
class Api:
    """The Bot API that both bots call; it remembers the last screen it was given."""

    port: int
    line: Line

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def last(self) -> Json:
        screen: Json = json.loads(self.line.ask(request("GET", "/last")))
        return screen


@dataclass(frozen=True, slots=True)
class Exchange:
    """An update as our bot got it, by what was said in it, and the screen it answered."""

    said: str
    update: Json
    screen: Json


class Stage:
    """All processes of one run; they end with it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        port = free_port()
        self._run(["-m", "tests.bench.fake_api", str(port)], port)
        self.api = Api(port, Line(port))

    def ours(self) -> Webhook:
        port = free_port()
        settings = {
            "DATABASE_URL": f"sqlite:///{self._folder}/webhook.db", "DATA_KEY": DATA_KEY,
            "TELEGRAM_BOT_TOKEN": "123456:BENCH", "TELEGRAM_API_URL": self.api.url,
            "WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET,
            "HOST": "127.0.0.1", "PORT": str(port),
        }  # fmt: skip
        finish(["-m", "bot", "migrate"], self._folder, **settings)
        return Webhook(
            self._run(["-m", "tests.bench.unpaced", "web"], port, **settings), Line(port)
        )

    def echo(self, exchanges: list[Exchange]) -> Webhook:
        port, file = free_port(), self._folder / "screens.json"
        file.write_text(json.dumps({e.said: e.screen for e in exchanges}), encoding="utf-8")
        arguments = ["-m", "tests.bench.echo_bot", str(port), self.api.url, SECRET, str(file)]
        return Webhook(self._run(arguments, port), Line(port))

    def _run(self, arguments: list[str], port: int, **settings: str) -> Process:
        process = self._stack.enter_context(running(arguments, self._folder, **settings))
        wait_until(lambda: listens(port), process, self._folder)
        return process


class Person:
    """Somebody who talks to our bot, and sees what the Bot API was given last."""

    def __init__(self, api: Api, ours: Webhook) -> None:
        self._api, self._ours = api, ours

    def says(self, words: str) -> Exchange:
        return self._exchange(words, typed(words))

    def presses(self, wanted: str) -> Exchange:
        update = pressed(self._api.last(), wanted)
        return self._exchange(update["callback_query"]["data"].partition(".")[2], update)

    def record(self) -> tuple[list[Exchange], list[Exchange]]:
        """Arrive, then all that will be pressed and typed, each once."""
        self.says("/start")
        for wanted in ARRIVAL:
            self.presses(wanted)
        return [self.presses(wanted) for wanted in PRESSES], [self.says(word) for word in WORDS]

    def play(self) -> Round:
        """A round of presses; the way back to the checklist is not measured."""
        for words in WORDS[:2]:
            self.says(words)
        return self._ours.play(self._walk())

    def _walk(self) -> Iterator[Json]:
        """Each press is on the screen that the one before gave."""
        for _ in range(UPDATES // len(PRESSES)):
            for wanted in PRESSES:
                yield pressed(self._api.last(), wanted)

    def _exchange(self, said: str, update: Json) -> Exchange:
        self._ours.deliver(update)
        return Exchange(said, update, self._api.last())


def again(api: Api, exchanges: list[Exchange]) -> Iterator[Json]:
    """The same updates over and over; the driver asks for the last screen as for ours."""
    for _ in range(UPDATES // len(exchanges)):
        for exchange in exchanges:
            api.last()
            yield exchange.update


def compare(stage: Stage) -> Results:
    api, ours = stage.api, stage.ours()
    person = Person(api, ours)
    presses, words = person.record()
    echo = stage.echo(presses + words)
    contestants = {
        ECHO_PRESSED: lambda: echo.play(again(api, presses)),
        OURS_PRESSED: person.play,
        ECHO_TYPED: lambda: echo.play(again(api, words)),
        OURS_TYPED: lambda: ours.play(again(api, words)),
    }
    results = side_by_side(contestants, ROUNDS)
    check(ours)
    return results


def check(ours: Webhook) -> None:
    """Every press was on a button in view, and nothing went wrong."""
    metrics = ours.line.ask(request("GET", "/metrics")).decode()
    for count in ("stale", "failed", "busy", "repeated", "malformed"):
        assert f"desmigratif_{count}_total 0\n" in metrics, metrics


def main() -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        results = compare(Stage(Path(folder), stack))
        report(results, {OURS_PRESSED: ECHO_PRESSED, OURS_TYPED: ECHO_TYPED})


if __name__ == "__main__":
    main()
