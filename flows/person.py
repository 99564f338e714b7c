"""What we remember about a person, as plain values that only named methods change."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from flows.text import Month

Work = Literal["", "household", "other"]
Marital = Literal["", "single", "married", "divorced", "widowed"]
Children = Literal["", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Case:
    """The answers that decide which documents are needed; `""` is not answered yet."""

    destination: str = ""
    work: Work = ""
    route: str = ""
    marital: Marital = ""
    children: Children = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Everything a person told us. No name, no number, no birth date: a month at the finest."""

    language: str = ""
    welcomed: bool = False
    adult: bool = False
    case: Case = Case()
    ready: frozenset[str] = frozenset()
    expiry: tuple[tuple[str, Month], ...] = ()
    """Documents that carry a last month of validity, by code in alphabetical order."""
    stages: frozenset[str] = frozenset()
    """Stages of the procedure that are done."""
    clauses: frozenset[str] = frozenset()
    """Clauses found in the work agreement."""
    village: str = ""
    """The official code of the village where they are at home."""

    def expires(self, code: str) -> Month | None:
        return dict(self.expiry).get(code)

    def speaking(self, language: str) -> Self:
        return replace(self, language=language)

    def made_welcome(self) -> Self:
        return replace(self, welcomed=True)

    def of_age(self) -> Self:
        return replace(self, adult=True)

    def living_in(self, village: str) -> Self:
        return replace(self, village=village)

    def in_case(self, case: Case) -> Self:
        return replace(self, case=case)

    def with_document(self, code: str) -> Self:
        return replace(self, ready=self.ready | {code})

    def without_document(self, code: str) -> Self:
        """Not ready after all; its month goes too, because it belonged to the old paper."""
        return replace(self.until(code, None), ready=self.ready - {code})

    def until(self, code: str, month: Month | None) -> Self:
        months = dict(self.expiry) | ({code: month} if month else {})
        if month is None:
            months.pop(code, None)
        return replace(self, expiry=tuple(sorted(months.items())))

    def past(self, stage: str) -> Self:
        return replace(self, stages=self.stages | {stage})

    def not_past(self, stage: str) -> Self:
        return replace(self, stages=self.stages - {stage})

    def with_clause(self, code: str) -> Self:
        return replace(self, clauses=self.clauses | {code})

    def without_clause(self, code: str) -> Self:
        return replace(self, clauses=self.clauses - {code})
