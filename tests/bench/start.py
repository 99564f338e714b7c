"""Every command from its process's birth until it is useful, beside `import sqlmodel`.

This file imports little on purpose: the system counts a child's memory from its parent's.
"""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import processes
from tests.bench.measure import Round, report, side_by_side
from tests.bench.processes import DATA_KEY, Process, free_port, listens, running, wait_until
from tests.bench.wire import Line, look, request

ROUNDS = 5
BASELINE = "python -c 'import sqlmodel'"

Useful = Callable[[Process], None]
"""Returns when a process that stays has become useful."""


@dataclass(slots=True)
class Start:
    """A command, how to know that it is useful (None: when it has ended), and its memory so far."""

    folder: Path
    arguments: list[str]
    settings: dict[str, str]
    useful: Useful | None = None
    fresh: bool = False
    memory: list[int] = field(default_factory=list[int])

    def once(self) -> Round:
        if self.fresh:
            for file in self.folder.glob("fresh.db*"):
                file.unlink()
        began = time.perf_counter()
        process = processes.start(self.arguments, self.folder, **self.settings)
        return self._until_useful(process, began) if self.useful else self._to_end(process, began)

    def _until_useful(self, process: Process, began: float) -> Round:
        assert self.useful
        try:
            self.useful(process)
            wall, cpu = time.perf_counter() - began, processes.cpu_seconds(process)
        finally:
            used = processes.end(process)
        self.memory.append(used.ru_maxrss)
        return Round((wall,), cpu)

    def _to_end(self, process: Process, began: float) -> Round:
        used = processes.ended(process)
        assert process.returncode == 0, (self.folder / processes.ERRORS).read_text()
        self.memory.append(used.ru_maxrss)
        return Round((time.perf_counter() - began,), used.ru_utime + used.ru_stime)

    @property
    def peak(self) -> str:
        return f"{median(self.memory) / 1024:.0f} MiB"


def prompted(process: Process) -> None:
    """The first prompt stands on its output."""
    assert process.stdout
    said = b""
    while not said.endswith(b"\n> "):
        more = os.read(process.stdout.fileno(), 65536)
        assert more, said
        said += more


def healthy(port: int) -> bool:
    if not listens(port):
        return False
    line = Line(port)
    line.ask(request("GET", "/healthz"))
    line.close()
    return True


def polls(api: int) -> int:
    calls: dict[str, int] = look(api, "/calls") or {}
    return calls.get("getUpdates", 0)


class Commands:
    """Every command on one database, with a port and a Bot API to be useful at."""

    def __init__(self, folder: Path, api: int) -> None:
        self._folder, self._api, self._port = folder, api, free_port()

    def all(self) -> dict[str, Start]:
        return {
            BASELINE: Start(self._folder, ["-c", "import sqlmodel"], {}),
            "migrate, nothing to do": self._bot("migrate"),
            "chat, until its prompt": self._bot("chat", prompted),
            "chat, on a new database": self._new_chat(),
            "check": self._bot("check"),
            "web, until /healthz": self._bot("web", self._serves),
            "run, until /healthz": self._bot("run", self._serves),
            "poll, until getUpdates": self._bot("poll", self._asks_for_updates, self._online()),
        }

    def _bot(
        self, command: str, useful: Useful | None = None, more: dict[str, str] | None = None
    ) -> Start:
        url = f"sqlite:///{self._folder}/start.db"
        settings = {"DATABASE_URL": url, "DATA_KEY": DATA_KEY, "PORT": str(self._port)}
        return Start(self._folder, ["-m", "bot", command], settings | (more or {}), useful)

    def _new_chat(self) -> Start:
        settings = {"DATABASE_URL": f"sqlite:///{self._folder}/fresh.db"}
        return replace(self._bot("chat", prompted, settings), fresh=True)

    def _online(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self._api}"
        return {"TELEGRAM_BOT_TOKEN": "123456:BENCH", "TELEGRAM_API_URL": address}

    def _serves(self, process: Process) -> None:
        wait_until(lambda: healthy(self._port), process, self._folder)

    def _asks_for_updates(self, process: Process) -> None:
        before = polls(self._api)
        wait_until(lambda: polls(self._api) > before, process, self._folder)


def main() -> None:
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder, api = Path(name), free_port()
        fake = stack.enter_context(running(["-m", "tests.bench.fake_api", str(api)], folder))
        wait_until(lambda: listens(api), fake, folder)
        contestants = Commands(folder, api).all()
        results = side_by_side({name: it.once for name, it in contestants.items()}, ROUNDS)
        peaks = {name: it.peak for name, it in contestants.items()}
        report(results, dict.fromkeys(results, BASELINE), {"peak memory": peaks})


if __name__ == "__main__":
    main()
