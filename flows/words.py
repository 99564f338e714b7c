"""Typed words made comparable: no case, no accents, no punctuation."""

import re
import unicodedata

PLAIN = re.compile(r"[a-z0-9]+")
APOSTROPHES = str.maketrans("", "", "'’‘`ʼ")


def fold(words: str) -> str:
    """`"Hong-Kong!"` and `"hong  kong"` fold to the same; marks of any script go, letters stay."""
    words = words.translate(APOSTROPHES)
    if words.isascii():  # nearly always, and twenty labels are folded for each message
        return " ".join(PLAIN.findall(words.lower()))
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())
