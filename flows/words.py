"""Typed words made comparable: no case, no accents, no punctuation."""

import unicodedata

APOSTROPHES = str.maketrans("", "", "'’‘`ʼ")


def fold(words: str) -> str:
    """`"Hong-Kong!"` and `"hong  kong"` fold to the same; marks of any script go, letters stay."""
    plain = unicodedata.normalize("NFKD", words.translate(APOSTROPHES)).casefold()
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())
