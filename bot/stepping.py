"""What a message means where somebody stands, and what they see: it reads, and writes nothing."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import assert_never

from sqlalchemy import Connection

from bot.alarm import is_call, may_be_call
from bot.asking import Asking, Service
from bot.clock import Clock
from bot.messages import NoWords, Press, Said, SentFile, Words
from bot.rows import Rows
from bot.understand import EMERGENCY, PERHAPS_EMERGENCY, Entry, entry_of, understand
from flows import engine, entries, rights
from flows.effects import Made
from flows.emergency import Emergency
from flows.engine import Known, Shown, State, Step
from flows.home import start
from flows.person import Person
from flows.queries import MyOffices, Query, Row
from flows.text import Text, t
from locales.catalogs import Catalogs
from storage.people import Address, Found

STALE = t("Tombol tadi sudah lama. Ini layar yang sekarang.")
NOT_UNDERSTOOD = t(
    "Maaf, kami belum mengerti. Pilih salah satu, atau ketik: bantuan. Dalam bahaya, ketik: tolong."
)
NO_FILES = t("Maaf, kami tidak menerima foto atau berkas. Simpan dokumen Anda di tempat aman.")

CALL = 3
"""Words of a call for help; where an officer writes for the village, more is what they write."""

INVITE = "invite:"
"""The entry that carries an invitation's code, which no state may keep."""


@dataclass(frozen=True, slots=True)
class Here:
    """Who is speaking and where they stand, as found in the database of this turn."""

    db: Connection
    address: Address
    found: Found | None
    person: Person
    state: State
    asking: Asking
    """The same for every query of the turn."""

    @property
    def hall(self) -> str:
        return self.asking.hall

    @property
    def revision(self) -> int:
        return self.found.revision if self.found else 0

    @property
    def lost(self) -> bool:
        """What was stored can no longer be opened; the person is, and stands at home."""
        return self.found is not None and self.found.state is None


class Stepping:
    """From where somebody stands to the next step, by what they said."""

    def __init__(
        self, service: Service, rows: Rows, catalogs: Catalogs, clock: Clock, counts: Counter[str]
    ) -> None:
        self.bot = ""
        """The bot's user name, once a Telegram door knows it."""
        self._service, self._rows = service, rows
        self._catalogs, self._clock, self._counts = catalogs, clock, counts

    def calls_for_help(self, said: Said) -> bool:
        """Whether this must be answered at once, by everybody and always."""
        match said:
            case Words():
                entry = entry_of(said.words)
                called = is_call(said.words, self._service.languages)
                return is_emergency(entry.name) if entry else called
            case Press():
                return is_emergency(said.token.choice)
            case NoWords() | SentFile():
                return False
            case _:
                assert_never(said)

    def step(self, said: Said, here: Here) -> Step:
        entry = said.at if isinstance(said, Press | Words) else ""
        at = self.behind(entry, here) if entry else None
        shown = self.show(at or here.state, here.person, here)
        if here.lost or shown.remark:  # what they answer to is not what they saw
            self._counts["gone"] += 1
            to = Emergency(shown.state) if self.calls_for_help(said) else shown.state
            return Step(to, here.person, remark=engine.GONE)
        match said:
            case Press():
                return self._press(said, here, shown, at_entry=at is not None)
            case Words():
                return self._hear(said.words, here, shown)
            case NoWords():
                return Step(shown.state, here.person, remark=NO_FILES)
            case SentFile():
                return self._receive(here, shown)
            case _:
                assert_never(said)

    def _press(self, said: Press, here: Here, shown: Shown, *, at_entry: bool) -> Step:
        if at_entry or said.token.revision == here.revision:
            step = engine.press(shown, said.token.choice, self.known(here.person, here))
            return step if here.found else replace(step, remark=None)
        if is_emergency(said.token.choice):  # old messages are full of this button
            return Step(Emergency(shown.state), here.person)
        self._counts["stale"] += 1
        pressed_twice = said.token.revision == here.revision - 1
        return Step(shown.state, here.person, remark=None if pressed_twice else STALE)

    def _hear(self, words: str, here: Here, shown: Shown) -> Step:
        languages = self._service.languages
        language, called = here.person.language or "id", is_call(words, languages)
        if shown.state.writes and len(words.split()) > CALL:  # a village writes about danger, too
            called = False
        meant = understand(words, shown, self._catalogs, language, is_call=called)
        if meant is None and words:
            known = self.known(here.person, here, shown.state, words)
            meant = shown.state.hear(words, known)
        if meant is None and may_be_call(words, languages):
            meant = PERHAPS_EMERGENCY
        if isinstance(meant, Entry):
            return self._enter(meant.name, here, shown)
        if meant is not None:
            return engine.take(meant, self.known(here.person, here))
        first = here.found is None  # whatever a stranger writes first, the answer is the welcome
        return Step(shown.state, here.person, remark=None if first else NOT_UNDERSTOOD)

    def _receive(self, here: Here, shown: Shown) -> Step:
        known = self.known(here.person, here, shown.state)
        choice = shown.state.hear_file(known) if shown.screen.takes_file else None
        unread = Step(shown.state, here.person, remark=NO_FILES)
        return engine.take(choice, known) if choice else unread

    def _enter(self, entry: str, here: Here, shown: Shown) -> Step:
        if entry.startswith(INVITE):
            return self._invited(entry.removeprefix(INVITE), here, shown)
        state = self.behind(entry, here)
        if state is None:
            return Step(shown.state, here.person, remark=NOT_UNDERSTOOD)
        return Step(state, entries.brought(entry, here.person))

    def _invited(self, code: str, here: Here, shown: Shown) -> Step:
        """A code opens its invitation, or is one of the few guesses that somebody has."""
        opened = self._rows.about_offices.invitation_behind(code, here.asking)
        if isinstance(opened, Text):
            return Step(shown.state, here.person, remark=opened)
        known = self.known(here.person, here)
        return Step(entries.invited(opened, here.state, known), here.person)

    def behind(self, entry: str, here: Here) -> State | None:
        """The state behind an entry; none for a word that is not one, or not this person's."""
        state = entries.open_entry(entry, here.state, self.known(here.person, here))
        village = entries.village_of(entry)
        if state is None or (village and not self._rows.area(village, here.db)):
            return None
        known = self.known(here.person, here, state)
        if known.may(state.place, state.within()):
            return state
        return self.behind("officer.check", here) if entry == "officer" else None

    def show(
        self, state: State, person: Person, here: Here | None, made: Made | None = None
    ) -> Shown:
        shown = engine.show(state, self.known(person, here, state, made=made), start)
        if shown.remark is None:
            return shown
        home = shown.state  # taken there, and what it asks for was not asked yet
        return replace(self.show(home, person, here), remark=shown.remark)

    def known(
        self, person: Person, here: Here | None = None, state: State | None = None,
        words: str = "", made: Made | None = None,
    ) -> Known:  # fmt: skip
        """All that a state may look at; without `here` there is no database, and no rows."""
        answers: dict[Query, tuple[Row, ...]] = {}
        if state and here:
            same = person is here.person  # nearly always
            asking = here.asking if same else replace(here.asking, person=person)
            asked = (*state.asks(words), *_for_the_right(state))
            answers = {query: self._rows.answer(query, asking) for query in asked}
        service = self._service
        return Known(
            person, service.library, service.languages, self._clock.today(), service.operator,
            self.bot, here.hall if here else "", here is not None and here.asking.writable, made,
            answers,
        )  # fmt: skip


def is_emergency(name: str) -> bool:
    """`emergency`, or a choice that leads there by way of an answer: `emergency:dikurung`."""
    return name.partition(":")[0] == EMERGENCY.name


def _for_the_right(state: State) -> tuple[Query, ...]:
    """What a place that not everybody may be at needs to be asked; of all others nothing."""
    return () if rights.PLACES[state.place] == "worker" else (MyOffices(),)
