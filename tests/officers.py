"""People with offices for tests: invited, welcomed, and named, as it happens in a village."""

import re

from bot.runner import Runner
from flows.rights import Role
from tests.play import Visitor

KURIPAN = "33.07.10.2004"
BESIDE = "33.07.12.2007"
"""The other Kuripan, in Garung."""

WONOSOBO = "33.07"


def officer(
    runner: Runner, number: str, name: str, role: Role = "officer", area: str = KURIPAN
) -> Visitor:
    """Somebody whom the operator invited, at their desk."""
    code = runner.invite(role, area)
    return takes_up(Visitor(runner, number).welcomed(), code, name)


def takes_up(visitor: Visitor, code: str, name: str) -> Visitor:
    visitor.type(f"undangan {code}").is_at("invitation").press("Ya, saya bertugas")
    return visitor.type(name)


def code_of(visitor: Visitor) -> str:
    """The code that is on the screen, for once."""
    found = re.search(r"undangan ((?:[2-9A-Z]{4}-){3}[2-9A-Z]{4})", visitor.text)
    assert found, visitor.text
    return found[1]


def invited(inviter: Visitor, role: str = "Petugas desa") -> str:
    """The code that an officer gets for somebody else."""
    inviter.type("petugas").press("Petugas dan undangan").press("Undang seseorang").press(role)
    return code_of(inviter)
