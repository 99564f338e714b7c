"""Telephone numbers within what one reaches somebody by, so that a phone can dial them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = re.compile(r"(\(?\+?\d[\d ()-]*\d)")
"""`110`, `0800-1000`, `+62 812-9007-0027`, `(021) 27808211`; never part of a web address."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text; `digits` where it is a number to dial."""

    text: str
    digits: str = ""


def dialled(call: str) -> Iterator[Piece]:
    """`129 atau 021-129` as three pieces; an address or the name of an app as one."""
    if "." in call:
        yield Piece(call)
        return
    for text in filter(None, NUMBER.split(call)):
        yield Piece(text, re.sub(r"[^\d+]", "", text) if NUMBER.fullmatch(text) else "")
