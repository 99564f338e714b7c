"""The runner: one message in, one step out, in one transaction.

Doors hand over a `Message` and get a `Reply`; what the message changed is on disk by then.
The update id, the person, the conversation and the rows of the effects are one transaction, so
a killed process, a repeated update or a second press can neither lose nor double anything.
"""

import logging
from collections import Counter
from dataclasses import dataclass, replace
from typing import assert_never

from sqlalchemy import Connection

from bot.alarm import is_call, may_be_call
from bot.clock import Clock
from bot.failures import log_failure, sorry
from bot.messages import Message, NoWords, Press, Said, Words
from bot.rows import rows
from bot.screens import Reply
from bot.understand import EMERGENCY, PERHAPS_EMERGENCY, Entry, entry_of, understand
from flows import engine, entries
from flows.effects import Effect, ForgetMe
from flows.emergency import Emergency, emergency_screen
from flows.engine import Known, Shown, State, Step
from flows.errors import Busy
from flows.forget import Forgotten
from flows.help import busy_screen
from flows.home import start
from flows.library import Language, Library
from flows.person import Person
from flows.screen import Paper
from flows.text import Text, t
from locales.catalogs import Catalogs
from storage.database import Database
from storage.people import Address, Found, People

log = logging.getLogger(__name__)

STALE = t("Tombol tadi sudah lama. Ini layar yang sekarang.")
NOT_UNDERSTOOD = t(
    "Maaf, kami belum mengerti. Pilih salah satu, atau ketik: bantuan. Dalam bahaya, ketik: tolong."
)
NO_FILES = t("Maaf, kami tidak menerima foto atau berkas. Simpan dokumen Anda di tempat aman.")


def _is_emergency(name: str) -> bool:
    """`emergency`, or a choice that leads there by way of an answer: `emergency:dikurung`."""
    return name.partition(":")[0] == EMERGENCY.name


@dataclass(frozen=True, slots=True)
class _Here:
    """Who is speaking and where they stand, as found in the database."""

    found: Found | None
    person: Person
    state: State

    @property
    def revision(self) -> int:
        return self.found.revision if self.found else 0

    @property
    def lost(self) -> bool:
        """What was stored can no longer be opened; the person is, and stands at home."""
        return self.found is not None and self.found.state is None


class Runner:
    """Everything behind the doors. Synchronous: `Database.perform` says where it runs."""

    def __init__(
        self, database: Database, library: Library, languages: tuple[Language, ...],
        catalogs: Catalogs, operator: str = "", clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self.database = database
        self.catalogs = catalogs
        self.counts: Counter[str] = Counter()
        self.clock = clock or Clock()
        self._people = People(database.vault, database.engine.dialect)
        self._library = library
        self.languages = languages
        self._operator = operator
        self._traces = False

    def turn(self, message: Message) -> Reply:
        """Take one step; raises `Busy` when the database is not free, and nothing has happened.

        A call for help is answered whatever state the database is in.
        """
        try:
            return self._turn_or_apology(message)
        except Exception as error:
            if not self.calls_for_help(message.said):
                raise
            log.error("a call for help met no database: error=%s", type(error).__name__)
            return self.emergency()

    def calls_for_help(self, said: Said) -> bool:
        """Whether this must be answered at once, by everybody and always."""
        match said:
            case Words():
                entry = entry_of(said.words)
                return _is_emergency(entry.name) if entry else is_call(said.words, self.languages)
            case Press():
                return _is_emergency(said.token.choice)
            case NoWords():
                return False
            case _:
                assert_never(said)

    def _turn_or_apology(self, message: Message) -> Reply:
        self.counts["turns"] += 1
        try:
            with self.database.turn() as db:
                reply = self._turn(db, message)
        except Busy:
            self.counts["busy"] += 1
            raise
        except Exception as error:  # one bad message must not silence a chat
            reply = self._failed(message, error)
            if self.calls_for_help(message.said):
                reply = self.emergency()
        self._leave_no_trace()
        return reply

    def look(self, address: Address, entry: str = "") -> Reply:
        """The present screen, or that of an entry, without changing anything."""
        try:
            with self.database.look() as db:
                here = self._here(db, address, hold=False)
        except Exception:
            if entry != EMERGENCY.name:
                raise
            return self.emergency()
        state = self._behind(entry, here) if entry else None
        return self._present(here, state)

    def paper(self, address: Address, entry: str = "") -> Paper | None:
        """What a printer makes of where somebody stands; None where there is nothing to print."""
        with self.database.look() as db:
            here = self._here(db, address, hold=False)
        state = self._behind(entry, here) if entry else None
        return (state or here.state).paper(self._known(here.person))

    def emergency(self) -> Reply:
        """The emergency numbers, which need no database and know nobody."""
        return Reply(emergency_screen(self._known(Person())), "", 0, EMERGENCY.name, kept=False)

    def busy(self) -> Reply:
        """What to show when the database is not free, which also keeps the reader's language."""
        return Reply(busy_screen(self._known(Person())), "", 0, "busy", kept=False)

    def forget(self, address: Address) -> None:
        """Erase everything about one address at once: the end of a kiosk session."""
        with self.database.turn() as db:
            if found := self._people.find(db, address, self.clock.now()):
                self._erase(db, found)
        self._leave_no_trace()

    def sweep(self) -> int:
        """Erase those whose time has come; called every minute. Returns how many they were."""
        with self.database.turn() as db:
            erased = self._people.forget_overdue(db, self.clock.now())
        self._traces = self._traces or bool(erased)
        self._leave_no_trace()
        return erased

    def _turn(self, db: Connection, message: Message) -> Reply:
        again = self._is_repeated(db, message.update)
        here = self._here(db, message.address)
        if again:
            return self._present(here)
        step = self._step(message.said, here)
        for effect in step.effects:
            self._carry_out(db, effect, here)
        shown = self._show(step.state, step.person, here)
        revision = self._keep(db, message.address, here, replace(step, state=shown.state))
        return self._reply(shown, step.person, revision, step.remark)

    def _is_repeated(self, db: Connection, update: int | None) -> bool:
        if update is None or self._people.first_time(db, update, self.clock.now()):
            return False
        self.counts["repeated"] += 1
        return True

    def _here(self, db: Connection, address: Address, *, hold: bool = True) -> _Here:
        found = self._people.find(db, address, self.clock.now(), hold=hold)
        if found is None:
            return _Here(None, Person(), start(Person()))
        return _Here(found, found.person, found.state or start(found.person))

    def _step(self, said: Said, here: _Here) -> Step:
        at = self._behind(said.at, here) if not isinstance(said, NoWords) and said.at else None
        shown = self._show(at or here.state, here.person, here)
        if here.lost or shown.remark:  # what they answer to is not what they saw
            self.counts["gone"] += 1
            to = Emergency(shown.state) if self.calls_for_help(said) else shown.state
            return Step(to, here.person, remark=engine.GONE)
        match said:
            case Press():
                return self._press(said, here, shown, at_entry=at is not None)
            case Words():
                return self._hear(said.words, here, shown)
            case NoWords():
                return Step(shown.state, here.person, remark=NO_FILES)
            case _:
                assert_never(said)

    def _press(self, said: Press, here: _Here, shown: Shown, *, at_entry: bool) -> Step:
        if at_entry or said.token.revision == here.revision:
            step = engine.press(shown, said.token.choice, self._known(here.person))
            return step if here.found else replace(step, remark=None)
        if _is_emergency(said.token.choice):  # old messages are full of this button
            return Step(Emergency(shown.state), here.person)
        self.counts["stale"] += 1
        pressed_twice = said.token.revision == here.revision - 1
        return Step(shown.state, here.person, remark=None if pressed_twice else STALE)

    def _hear(self, words: str, here: _Here, shown: Shown) -> Step:
        known = self._known(here.person, shown.state, here, words)
        language, called = here.person.language or "id", is_call(words, self.languages)
        meant = understand(words, shown, self.catalogs, language, is_call=called)
        meant = meant or (shown.state.hear(words, known) if words else None)
        if meant is None and may_be_call(words, self.languages):
            meant = PERHAPS_EMERGENCY
        if isinstance(meant, Entry):
            state = self._behind(meant.name, here)
            return Step(state or shown.state, here.person, remark=None if state else NOT_UNDERSTOOD)
        if meant is not None:
            return engine.take(meant, known)
        first = here.found is None  # whatever a stranger writes first, the answer is the welcome
        return Step(shown.state, here.person, remark=None if first else NOT_UNDERSTOOD)

    def _behind(self, entry: str, here: _Here) -> State | None:
        return entries.open_entry(entry, here.state, self._known(here.person))

    def _carry_out(self, db: Connection, effect: Effect, here: _Here) -> None:
        match effect:
            case ForgetMe():
                if here.found:
                    self._erase(db, here.found)
            case _:
                assert_never(effect)

    def _erase(self, db: Connection, found: Found) -> None:
        self._people.forget(db, found.id)
        self._traces = True

    def _keep(self, db: Connection, address: Address, here: _Here, step: Step) -> int:
        """Save the step; returns the revision at which its screen's buttons hold."""
        now = self.clock.now()
        if ForgetMe() in step.effects:
            return 0
        if here.found:
            return self._people.save(db, here.found, address, step.person, step.state, now)
        if step.person == Person() and step.state in (start(step.person), Forgotten()):
            return 0  # a stranger who has told nothing is not kept
        return self._people.add(db, self.clock.new_id(), address, step.person, step.state, now)

    def _show(self, state: State, person: Person, here: _Here) -> Shown:
        return engine.show(state, self._known(person, state, here), start)

    def _known(
        self, person: Person, state: State | None = None, here: _Here | None = None, words: str = ""
    ) -> Known:
        asked = state.asks(words) if state and here else ()
        reader, found = person.language or "id", here.found if here else None
        answers = {
            query: rows(query, found, self._library, self.catalogs, reader) for query in asked
        }
        return Known(
            person, self._library, self.languages, self.clock.today(), self._operator, answers
        )

    def _present(self, here: _Here, state: State | None = None) -> Reply:
        shown = self._show(state or here.state, here.person, here)
        return self._reply(shown, here.person, here.revision)

    def _reply(
        self, shown: Shown, person: Person, revision: int, remark: Text | None = None
    ) -> Reply:
        remark = remark or shown.remark
        return Reply(shown.screen, person.language, revision, shown.state.place, remark)

    def _failed(self, message: Message, error: Exception) -> Reply:
        """Apologise once, go home with all the person told us, and never fail on this again."""
        self.counts["failed"] += 1
        reference = self.clock.reference()
        try:
            here, revision = self._taken_home(message)
        except Busy:
            raise
        except Exception as worse:  # the database itself has gone
            log.error("no database: error=%s", type(worse).__name__)
            return self.busy()
        log_failure(reference, message, here.state.place, here.revision, error)
        shown = self._show(start(here.person), here.person, here)
        return self._reply(shown, here.person, revision, sorry(reference))

    def _taken_home(self, message: Message) -> tuple[_Here, int]:
        """The person at home; somebody whose row cannot be read is met as a stranger."""
        try:
            with self.database.turn() as db:
                here = self._here(db, message.address)
                step = Step(start(here.person), here.person)
                revision = self._keep(db, message.address, here, step)
        except Busy:
            raise
        except Exception:  # the row itself is what fails
            here, revision = _Here(None, Person(), start(Person())), 0
        if message.update is not None:
            with self.database.turn() as db:
                self._people.mark_failed(db, message.update, self.clock.now())
        return here, revision

    def _leave_no_trace(self) -> None:
        if self._traces:
            self._traces = not self.database.leave_no_trace()
