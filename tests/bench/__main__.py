"""`python -m tests.bench [SUBJECT ...]`: each subject in a process of its own, one after another.

A process of its own, so that no subject inherits another's memory or imports.
"""

import os
import platform
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from importlib.metadata import version

SUBJECTS = {
    "turn": "a stored turn beside the bare transaction it cannot do without",
    "webhook": "an update through the webhook beside a bare aiogram echo bot",
    "start": "each command until it is useful, and its memory, beside `import sqlmodel`",
    "growth": "a turn among a million persons beside a turn among a thousand",
    "render": "screens and start-up files in each language",
    "sender": "notices beside the bare libraries, at the rates promised, and beside the chat",
    "areas": "all of Indonesia loaded, read and searched, beside plain SQL",
    "outbox": "a notice planned for 100,000 people, and claims among a million that wait",
}
PACKAGES = (
    "SQLAlchemy", "aiogram", "aiohttp", "httpx", "pydantic", "python-telegram-bot", "uvloop",
)  # fmt: skip


def main() -> int:
    parser = ArgumentParser("python -m tests.bench", description="Benchmarks.")
    told = ", ".join(f"{name} ({what})" for name, what in SUBJECTS.items())
    parser.add_argument("subject", nargs="*", choices=[*SUBJECTS, []], metavar="SUBJECT", help=told)
    subjects = parser.parse_args().subject or list(SUBJECTS)
    print(_versions())
    print("Ratios: median of the ratios of the single rounds, lowest and highest in brackets.")
    return max(_run(subject) for subject in subjects)


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = os.getloadavg()[0]
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages};"
        f" {os.cpu_count()} CPUs, load {load:.2f}"
    )


def _run(subject: str) -> int:
    print(f"\n{subject}: {SUBJECTS[subject]}", flush=True)
    return subprocess.run([sys.executable, "-m", f"tests.bench.{subject}"]).returncode


if __name__ == "__main__":
    sys.exit(main())
