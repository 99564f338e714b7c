"""A PostgreSQL server that belongs to the tests: made in a folder, ended with them."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

NUMBERS = count(1)


def server_programs() -> Path | None:
    """The folder of initdb and postgres, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@dataclass(frozen=True)
class Cluster:
    """A running server; every test makes a database of its own in it."""

    port: int
    user: str

    @classmethod
    @contextmanager
    def started(cls, programs: Path) -> Generator["Cluster", None, None]:
        folder = Path(mkdtemp(prefix="desmigratif-postgresql-"))
        user = _server_user(folder)
        data, port = folder / "data", _free_port()
        run = _as(user)
        run([programs / "initdb", "-A", "trust", "-U", user, "--no-sync", "-D", data])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        start = ["-w", "-D", data, "-o", options, "-l", folder / "log"]
        run([programs / "pg_ctl", "start", *start])
        try:
            yield cls(port, user)
        finally:
            run([programs / "pg_ctl", "stop", "-m", "immediate", "-D", data])
            shutil.rmtree(folder)

    def url(self, name: str) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{name}"

    def new_database(self) -> str:
        import psycopg

        name = f"test_{next(NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return self.url(name)


def _server_user(folder: Path) -> str:
    """PostgreSQL refuses to run as root: give it the folder and its own user there."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    shutil.chown(folder, "postgres")
    return "postgres"


def _as(user: str):
    """Run a program as the server's user, from a folder it may read."""
    prefix = ["runuser", "-u", user, "--"] if os.getuid() == 0 else []

    def run(command: list[object]) -> None:
        words = [*prefix, *map(str, command)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")

    return run


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
