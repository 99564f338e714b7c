"""Our commands in a land where it is always day, with leases that end soon: `LEASE` in seconds.

`python -m tests.bot.awake nursery` starts many quickly: each line it reads is a command, which it
starts as a process of its own and whose number it answers; a number is waited for.
"""

import os
import sys

from bot import opening, pace
from bot.__main__ import main
from bot.sender import desk, loop, planner
from bot.sender.opening import send_for_ever

assert send_for_ever, "what a sender imports is there before it is born"


def prepare() -> None:
    desk.WAKES, desk.SLEEPS = 0, 24
    pace.BURST = sys.maxsize  # the one person of a bench says more in a second than people do
    if lease := os.environ.get("LEASE"):
        desk.LEASE, loop.FRESH = int(lease), min(loop.FRESH, int(lease) / 4)
        planner.SECOND = loop.LOOK = 0.2


def nurse() -> None:
    library, languages = opening.load_library(), opening.load_languages()
    opening.load_library, opening.load_languages = lambda: library, lambda: languages
    for line in sys.stdin:
        words = line.split()
        if words[0].isdecimal():
            _, status = os.waitpid(int(words[0]), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
        elif (child := os.fork()) == 0:
            os._exit(main(words))
        else:
            print(child, flush=True)


if __name__ == "__main__":
    prepare()
    if sys.argv[1] == "nursery":
        nurse()
    else:
        sys.exit(main())
