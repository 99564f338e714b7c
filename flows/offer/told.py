"""What somebody told of an offer, and what follows from it. Nothing of it is remembered."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from flows.items import Sign
from flows.library import Library

Verdict = Literal["stop", "ask", "nothing"]
"""`nothing` is that no warning sign was told; it never means that an offer is safe."""


@dataclass(frozen=True, slots=True)
class Told:
    """Codes of the signs, and the questions that were answered with "I do not know"."""

    signs: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    def with_sign(self, code: str) -> Self:
        return replace(self, signs=tuple(dict.fromkeys((*self.signs, code))))

    def without(self, question: str, library: Library) -> Self:
        """As before that question was answered."""
        answers = {s.code for s in library.signs.values() if s.question == question}
        return replace(
            self,
            signs=tuple(code for code in self.signs if code not in answers),
            unsure=tuple(code for code in self.unsure if code != question),
        )

    def seen(self, library: Library) -> tuple[Sign, ...]:
        """The signs, strong ones first; one that is no longer in the content is left out."""
        told = (library.signs[code] for code in self.signs if code in library.signs)
        return tuple(sorted(told, key=lambda sign: not sign.strong))

    def verdict(self, library: Library) -> Verdict:
        signs = self.seen(library)
        if any(sign.strong for sign in signs):
            return "stop"
        return "ask" if signs or self.unsure else "nothing"


NOTHING_YET = Told()
