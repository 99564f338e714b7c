"""Processes under measurement: started here, measured from outside, ended by their own id."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds after which something that did not come up is given up."""
DATA_KEY = "c2VyYXR1cy1yaWJ1LWRvbWJhLWRpLWJhd2FoLWJ1bGE="
"""A key of these benchmarks alone."""

ERRORS = "errors.txt"
"""What the processes complain about, in the folder they run in."""

Process = Popen[bytes]


def start(arguments: list[str], folder: Path, **settings: str) -> Process:
    """Python with these arguments, away from any `.env`, with no settings but these."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    with (folder / ERRORS).open("ab") as errors:
        return Popen(
            [sys.executable, *arguments], cwd=folder, env=environment,
            stdin=PIPE, stdout=PIPE, stderr=errors,
        )  # fmt: skip


def end(process: Process) -> resource.struct_rusage:
    """Ask it to end if it still runs; what it has used, as the system counted it."""
    if process.stdin:
        process.stdin.close()
    os.kill(process.pid, signal.SIGTERM)  # not terminate(), which may collect it unread
    return ended(process)


def ended(process: Process) -> resource.struct_rusage:
    """Wait for its own end. Its peak memory is counted from what the parent had: be a small one."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout:
        process.stdout.close()
    return used


@contextmanager
def running(arguments: list[str], folder: Path, **settings: str) -> Generator[Process, None, None]:
    process = start(arguments, folder, **settings)
    try:
        yield process
    finally:
        end(process)


def finish(arguments: list[str], folder: Path, **settings: str) -> None:
    """Run a command that ends by itself; raises CalledProcessError when it fails."""
    process = start(arguments, folder, **settings)
    ended(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)


def cpu_seconds(process: Process) -> float:
    """CPU time so far, to the nanosecond: the clock that clock_getcpuclockid(3) names."""
    return time.clock_gettime((~process.pid << 3) | 2)


def wait_until(ready: Callable[[], bool], process: Process, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if has_ended(process) or time.monotonic() > deadline:
            said = (folder / ERRORS).read_text(encoding="utf-8")[-2000:]
            raise RuntimeError(f"{process.args} did not come up: {said}")
        time.sleep(0.001)


def has_ended(process: Process) -> bool:
    """Without collecting it: what it used is still to be read."""
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, process.pid, options) is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
