"""What a step does outside the conversation: a closed set, one handler each in `bot/runner.py`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Erase everything that is kept about this person, in the same transaction."""


Effect = ForgetMe
