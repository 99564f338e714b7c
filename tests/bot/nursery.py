"""Senders as processes of their own, started in a moment and killed in another."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.test_killed import environment
from tests.fake_telegram.apart import Apart


class Nursery:
    """Each sender by its number; none outlives the block."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._alive: set[int] = set()

    @classmethod
    @contextmanager
    def opened(cls, url: str, telegram: Apart, rate: int, lease: int = 2) -> Iterator["Nursery"]:
        settings = environment(
            url, TELEGRAM_API_URL=telegram.url, TELEGRAM_BOT_TOKEN=telegram.token,
            SEND_RATE=str(rate), LEASE=str(lease),
        )  # fmt: skip
        command = [sys.executable, "-m", "tests.bot.awake", "nursery"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings,
            cwd=Path(__file__).parents[2],
        ) as process:  # fmt: skip
            nursery = cls(process)
            try:
                yield nursery
            finally:
                for child in list(nursery._alive):
                    nursery.kill(child)
                process.kill()

    def start(self) -> int:
        child = self._ask("send")
        self._alive.add(child)
        return child

    def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        self.ended(child)

    def ended(self, child: int) -> int:
        """Its exit status, when it has ended."""
        self._alive.discard(child)
        return self._ask(str(child))

    def _ask(self, line: str) -> int:
        assert self._process.stdin
        assert self._process.stdout
        print(line, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())
