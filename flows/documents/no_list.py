"""Answers that lead to no list: too young, closed, no legal destination, no data, no placement."""

from dataclasses import dataclass, replace
from typing import assert_never

from flows.documents import checklist, questions
from flows.engine import Known, State
from flows.help import Help
from flows.library import Advice, Destination, Item, look_up
from flows.person import Case
from flows.screen import Caution, Choice, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t

HELP = t("Bantuan dan nomor penting")
EIGHT = t("Lihat 8 dokumen wajib")
WHAT_TO_DO = t("Apa yang harus saya lakukan?")


def advice_parts(advice: Advice, known: Known, *more: Item) -> tuple[Part, ...]:
    """A page of advice, with one source line for it and for what stands above it."""
    caution = (Caution(advice.caution),) if advice.caution else ()
    return (*caution, *(Paragraph(text) for text in advice.body), sources((advice, *more), known))


@dataclass(frozen=True)
class UnderAge(State, place="documents.under-age"):
    """Protection and help, no list; nothing is remembered about a child."""

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "under-18")
        return Screen(
            advice.title,
            advice_parts(advice, known),
            (Choice("help", HELP, Help(self)),),
            back=questions.AskAdult(),
        )


@dataclass(frozen=True)
class NoList(State, place="documents.no-list"):
    """The warning and its reason for a destination or a kind of work that is not open."""

    case: Case
    what_to_do: bool = False
    """The second page: not why, but what to do with such an offer."""

    def show(self, known: Known) -> Screen:
        destination = look_up(known.library.destinations, self.case.destination)
        status = questions.status(self.case, known.library)
        match status:
            case "never":
                return self._warning("never", _never(destination), destination, known)
            case "closed":
                return self._warning("closed", self._closed(destination), destination, known)
            case "unknown":
                return self._blank(destination, known)
            case "open":  # opened since the person stood here
                return checklist.Checklist(self.case).show(known)
            case _:
                assert_never(status)

    def _closed(self, destination: Destination) -> Text:
        if self.case.work == "household":
            return t("{destination}: kerja rumah tangga ditutup", destination=destination.name)
        return t("{destination}: ditutup", destination=destination.name)

    def _warning(self, code: str, title: Text, destination: Destination, known: Known) -> Screen:
        advice = look_up(known.library.advice, code)
        if self.what_to_do:
            said = replace(advice, body=advice.body[1:])
            return Screen(
                advice.title,
                advice_parts(said, known),
                (*self._elsewhere(), Choice("help", HELP, Help(self))),
                back=NoList(self.case),
            )
        told = (destination.reason, destination.caution if code == "never" else None)
        why = tuple(Caution(text) for text in told if text)
        to_do = NoList(self.case, what_to_do=True)
        return Screen(
            title,
            (*why, Paragraph(advice.body[0]), sources((destination, advice), known)),
            (Choice("to-do", WHAT_TO_DO, to_do), *self._elsewhere()),
            back=self._previous(known),
        )

    def _blank(self, destination: Destination, known: Known) -> Screen:
        advice = look_up(known.library.advice, "no-data")
        caution = (Caution(destination.caution),) if destination.caution else ()
        return Screen(
            t("{destination}: belum ada data resmi", destination=destination.name),
            (*caution, *advice_parts(advice, known, destination)),
            (Choice("eight", EIGHT, checklist.Checklist(Case())), *self._elsewhere()),
            back=self._previous(known),
        )

    def _elsewhere(self) -> tuple[Choice, ...]:
        return (Choice("country", t("Pilih negara lain"), questions.AskDestination(self.case)),)

    def _previous(self, known: Known) -> State:
        if "never" in questions.statuses(self.case, known.library):
            return questions.AskDestination(self.case)
        return questions.AskWork(self.case)


def _never(destination: Destination) -> Text:
    return t("{destination}: bukan negara penempatan resmi", destination=destination.name)


@dataclass(frozen=True)
class OtherCountry(State, place="documents.other-country"):
    """A country we have no data on: said, with whom to ask."""

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "no-data")
        return Screen(
            advice.title,
            advice_parts(advice, known),
            (Choice("eight", EIGHT, checklist.Checklist(Case())),),
            back=questions.AskDestination(known.person.case),
        )


@dataclass(frozen=True)
class Apprenticeship(State, place="documents.apprenticeship"):
    """Why *magang* is not placement, and what then protects."""

    case: Case

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "magang")
        return Screen(advice.title, advice_parts(advice, known), back=questions.AskRoute(self.case))
