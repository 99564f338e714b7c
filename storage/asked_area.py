"""What somebody typed for an area, taken apart: which words may be a name, and of what kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from flows.words import fold

MOST_LETTERS, MOST_WORDS, MOST_WORDS_OF_A_NAME = 100, 12, 6
"""What is looked at: letters, words, and words of one name."""

ENOUGH = 0.5
"""The part of the letters that must be understood before anything is offered."""

RIGHT = 0.85
"""The part of the letters that is enough to look no further, where no word is left over."""

CLOSE = 0.8
"""The part of what the best explains that others must explain to be offered beside it."""

KINDS = {
    "village": ("desa", "ds", "kelurahan", "kel", "dusun", "dsn", "kampung", "kp", "nagari",
                "gampong", "pekon"),
    "district": ("kecamatan", "kec", "distrik"),
    "kabupaten": ("kabupaten", "kab"),
    "kota": ("kota", "kotamadya", "kodya"),
    "province": ("provinsi", "propinsi", "prov", "prop"),
    "": ("administrasi", "daerah", "istimewa", "khusus", "ibukota", "indonesia", "rt", "rw",
         "jalan", "jl", "gang", "gg", "nomor", "no", "di", "dari", "saya", "tinggal", "rumah",
         "alamat"),
}  # fmt: skip
FILLERS = {word: kind for kind, words in KINDS.items() for word in words}
"""Words that need not be part of a name, with the kind of area that each announces."""

ROMAN = {
    "1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v",
    "6": "vi", "7": "vii", "8": "viii", "9": "ix", "10": "x",
}  # fmt: skip
"""Camplong II is written Camplong 2 as well."""

SHORT = {
    "diy": "yogyakarta", "jogja": "yogyakarta", "jogjakarta": "yogyakarta", "yogya": "yogyakarta",
    "dki": "jakarta", "dkijakarta": "jakarta", "diyogyakarta": "yogyakarta",
    "jabar": "jawabarat", "jateng": "jawatengah", "jatim": "jawatimur",
    "sumut": "sumaterautara", "sumbar": "sumaterabarat", "sumsel": "sumateraselatan",
    "babel": "kepulauanbangkabelitung", "kepri": "kepulauanriau",
    "ntb": "nusatenggarabarat", "ntt": "nusatenggaratimur",
    "kalbar": "kalimantanbarat", "kalteng": "kalimantantengah", "kalsel": "kalimantanselatan",
    "kaltim": "kalimantantimur", "kaltara": "kalimantanutara",
    "sulut": "sulawesiutara", "sulteng": "sulawesitengah", "sulsel": "sulawesiselatan",
    "sultra": "sulawesitenggara", "sulbar": "sulawesibarat", "malut": "malukuutara",
    "lobar": "lombokbarat", "loteng": "lomboktengah", "lotim": "lomboktimur",
    "tts": "timortengahselatan", "ttu": "timortengahutara",
}  # fmt: skip
"""Short names that people write, and the names as we keep them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words of a question, read as one name."""

    name: str
    words: int
    """Which words, one bit each."""
    letters: int
    """Without the words that need not be part of a name."""
    kind: str
    """What the word before says it is; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, in every reading."""

    spans: tuple[Span, ...]
    letters: int
    words: int
    """Those that count."""

    @classmethod
    def heard(cls, words: str) -> "Question":
        said = fold(words[:MOST_LETTERS]).split()[:MOST_WORDS]
        counts = [0 if word in FILLERS or word.isdecimal() else len(word) for word in said]
        if not any(counts):
            counts = [len(word) for word in said]
        spans = (
            span
            for first, end in combinations(range(len(said) + 1), 2)
            if end - first <= MOST_WORDS_OF_A_NAME and any(counts[first:end])
            for span in _spans(said, counts, first, end)
        )
        counted = sum(1 << at for at, count in enumerate(counts) if count)
        return cls(tuple(spans), sum(counts), counted)

    def is_explained(self, words: int, letters: float) -> bool:
        """Whether to look no further: no word is left over, and most letters are right."""
        return not self.words & ~words and letters >= self.letters * RIGHT

    def least(self, best: float) -> float:
        """How many letters something must explain to be offered beside the best."""
        if best == self.letters:
            return best
        return max(self.letters * ENOUGH, best * CLOSE)

    def apart(self, span: Span) -> list[Span]:
        """The readings of the words beside it."""
        return [other for other in self.spans if not other.words & span.words]


def _spans(said: Sequence[str], counts: Sequence[int], first: int, end: int) -> Iterator[Span]:
    """As it stands; and as what it is short for (but there is a village Jogja)."""
    name = "".join(ROMAN.get(word, word) for word in said[first:end])
    kind = FILLERS.get(said[first - 1], "") if first else ""
    span = Span(name, (1 << end) - (1 << first), sum(counts[first:end]), kind)
    yield span
    if name in SHORT:
        yield replace(span, name=SHORT[name])
