"""Answers that lead nowhere: too young, closed, no legal destination, no data, no placement."""

from dataclasses import dataclass, replace
from typing import assert_never

from flows import emergency
from flows.engine import Known, State
from flows.help import HELP, Help
from flows.items import Destination
from flows.library import look_up
from flows.offer import questions as offer
from flows.person import Case
from flows.plan import possible, questions
from flows.plan.possible import Aim
from flows.screen import Caution, Choice, Paragraph, Screen
from flows.sources import sources
from flows.text import Text, t
from flows.topics import said

COMMON: dict[Aim, Text] = {
    "documents": t("Lihat 8 dokumen wajib"),
    "procedure": t("Lihat langkah umum"),
}
WHAT_TO_DO = t("Apa yang harus saya lakukan?")


def _common(aim: Aim) -> Choice:
    """What holds for every country."""
    return Choice("common", COMMON[aim], questions.without_plan(aim))


@dataclass(frozen=True)
class UnderAge(State, place="plan.under-age"):
    """Protection and help, no list; nothing is remembered about a child."""

    aim: Aim = "documents"
    then: State | None = None
    """Where it goes on for whoever pressed the wrong button."""

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "under-18")
        return Screen(
            advice.title,
            said(advice, known),
            (
                Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self)),
                Choice("help", HELP, Help(self)),
                Choice("offer", t("Cek tawaran kerja"), offer.first(known.library)),
            ),
            back=questions.AskAdult(self.aim, self.then),
        )


@dataclass(frozen=True)
class NoList(State, place="plan.no-list"):
    """The warning and its reason for a destination or a kind of work that is not open."""

    case: Case
    aim: Aim = "documents"
    what_to_do: bool = False
    """The second page: not why, but what to do with such an offer."""

    def show(self, known: Known) -> Screen:
        destination = look_up(known.library.destinations, self.case.destination)
        status = possible.status(self.case, known.library)
        match status:
            case "never":
                return self._warning("never", _never(destination), destination, known)
            case "closed":
                return self._warning("closed", self._closed(destination), destination, known)
            case "unknown":
                return self._blank(destination, known)
            case "open":  # opened since the person stood here
                return questions.onward(self.case, self.aim, known.library).show(known)
            case _:
                assert_never(status)

    def _closed(self, destination: Destination) -> Text:
        if self.case.work == "household":
            return t("{destination}: kerja rumah tangga ditutup", destination=destination.name)
        return t("{destination}: ditutup", destination=destination.name)

    def _warning(self, code: str, title: Text, destination: Destination, known: Known) -> Screen:
        advice = look_up(known.library.advice, code)
        if self.what_to_do:
            rest = replace(advice, body=advice.body[1:])
            return Screen(
                advice.title,
                said(rest, known),
                (*self._elsewhere(known), Choice("help", HELP, Help(self))),
                back=NoList(self.case, self.aim),
            )
        told = (destination.reason, destination.caution if code == "never" else None)
        why = tuple(Caution(text) for text in told if text)
        to_do = NoList(self.case, self.aim, what_to_do=True)
        return Screen(
            title,
            (*why, Paragraph(advice.body[0]), sources((destination, advice), known)),
            (Choice("to-do", WHAT_TO_DO, to_do), *self._elsewhere(known)),
            back=self._previous(known),
        )

    def _blank(self, destination: Destination, known: Known) -> Screen:
        advice = look_up(known.library.advice, "no-data")
        caution = (Caution(destination.caution),) if destination.caution else ()
        return Screen(
            t("{destination}: belum ada data resmi", destination=destination.name),
            (*caution, *said(advice, known, destination)),
            (
                *self._elsewhere(known),
                _common(self.aim),
            ),
            back=self._previous(known),
        )

    def _elsewhere(self, known: Known) -> tuple[Choice, ...]:
        """Other work in this country where that is open, and other countries."""
        works = tuple(
            questions.answer(f"work:{work}", label, case, self.aim, known)
            for work, label in questions.WORKS
            if (case := replace(self.case, work=work)) and self.case.work
            if possible.status(case, known.library) == "open"
        )
        again = questions.AskDestination(self.case, self.aim)
        return (*works, Choice("country", t("Pilih negara lain"), again))

    def _previous(self, known: Known) -> State:
        if "never" in possible.statuses(self.case, known.library):
            return questions.AskDestination(self.case, self.aim)
        return questions.AskWork(self.case, self.aim)


def _never(destination: Destination) -> Text:
    return t("{destination}: bukan negara penempatan resmi", destination=destination.name)


@dataclass(frozen=True)
class OtherCountry(State, place="plan.other-country"):
    """A country we have no data on: said, with whom to ask."""

    aim: Aim = "documents"

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "no-data")
        return Screen(
            advice.title,
            said(advice, known),
            (_common(self.aim),),
            back=questions.AskDestination(known.person.case, self.aim),
        )


@dataclass(frozen=True)
class Apprenticeship(State, place="plan.apprenticeship"):
    """Why *magang* is not placement, and what then protects."""

    case: Case
    aim: Aim = "documents"

    def show(self, known: Known) -> Screen:
        advice = look_up(known.library.advice, "magang")
        back = questions.AskRoute(self.case, self.aim)
        return Screen(advice.title, said(advice, known), back=back)
