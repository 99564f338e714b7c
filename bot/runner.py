"""The runner: one message in, one step out, in one transaction.

Doors hand over a `Message` and get a `Reply`; what the message changed is on disk by then.
The update id, the person, the conversation and the rows of the effects are one transaction, so
a killed process, a repeated update or a second press can neither lose nor double anything.
"""

import logging
import math
from collections import Counter
from dataclasses import replace

from sqlalchemy import Connection

from bot.asking import Asking, Service
from bot.budget import RATE, Budget
from bot.clock import Clock
from bot.failures import log_failure, sorry
from bot.messages import Message, Said, SentFile
from bot.notice_sending import NoticeSending
from bot.notice_writing import NoticeWriting
from bot.office_work import OfficeWork
from bot.reader_work import ReaderWork
from bot.rows import Rows
from bot.screens import Reply
from bot.stepping import Here, Stepping
from bot.understand import EMERGENCY
from bot.village_work import VillageWork
from flows import rights
from flows.effects import (
    Effect,
    ForgetMe,
    Made,
    NoticeSent,
    NoticeWritten,
    ReaderEffect,
    VillageEffect,
)
from flows.emergency import emergency_screen
from flows.engine import Shown, State, Step
from flows.errors import Busy, Refused
from flows.forget import Forgotten
from flows.help import busy_screen
from flows.home import start
from flows.person import Person
from flows.queries import MyOffices
from flows.rights import Role
from flows.screen import Paper
from flows.text import Text
from locales.catalogs import Catalogs
from storage.database import Database
from storage.people import Address, People

log = logging.getLogger(__name__)

OPERATOR = Address("operator", "", 0)
"""Whoever may start commands on the machine; not somebody we talk to."""


class Runner:
    """Everything behind the doors. Synchronous: `Database.perform` says where it runs."""

    def __init__(
        self, database: Database, service: Service, catalogs: Catalogs, clock: Clock | None = None,
        rate: int = RATE,
    ) -> None:  # fmt: skip
        self.database = database
        self.catalogs = catalogs
        self.service = service
        self.counts: Counter[str] = Counter()
        self.budget = Budget(rate)
        self.clock = clock or Clock()
        self.rows = Rows(database, service, catalogs, self.clock)
        self.stepping = Stepping(service, self.rows, catalogs, self.clock, self.counts)
        self._people = People(database.vault, database.engine.dialect)
        self._villages = VillageWork(self.rows, self.clock)
        self._writing = NoticeWriting(self.rows, self.clock)
        self.sending = NoticeSending(self.rows, self.clock)
        self._readers = ReaderWork(self.rows, self.clock)
        self.offices = OfficeWork(self.rows, self.clock)
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
        return self.stepping.calls_for_help(said)

    def look(self, address: Address, entry: str = "") -> Reply:
        """The present screen, or that of an entry, without changing anything."""
        try:
            with self.database.look() as db:
                here = self._here(db, address, hold=False)
                return self._present(here, self.stepping.behind(entry, here) if entry else None)
        except Exception:
            if entry != EMERGENCY.name:
                raise
            return self.emergency()

    def paper(self, address: Address, entry: str = "") -> Paper | None:
        """What a printer makes of where somebody stands; None where there is nothing to print."""
        with self.database.look() as db:
            here = self._here(db, address, hold=False)
            state = (self.stepping.behind(entry, here) if entry else None) or here.state
            return state.paper(self.stepping.known(here.person, here, state))

    def emergency(self) -> Reply:
        """The emergency numbers, which need no database and know nobody."""
        screen = emergency_screen(self.stepping.known(Person()))
        return Reply(screen, "", 0, EMERGENCY.name, kept=False)

    def busy(self) -> Reply:
        """What to show when the database is not free, which also keeps the reader's language."""
        return Reply(busy_screen(self.stepping.known(Person())), "", 0, "busy", kept=False)

    def forget(self, address: Address) -> None:
        """Erase everything about one address at once: the end of a kiosk session."""
        with self.database.turn() as db:
            self._erase(self._here(db, address))
        self._leave_no_trace()

    def invite(self, role: Role, area: str) -> str:
        """The code of an invitation by the operator, who needs no office; raises `Refused`."""
        with self.database.turn() as db:
            here = self._here(db, OPERATOR)
            return self.offices.invite(here.asking, role, area, by=0)

    def deliveries(self) -> dict[str, int]:
        """How many messages that we send first wait, and how many are on their way."""
        with self.database.look() as db:
            return self.rows.outbox.counts(db)

    def sweep(self) -> int:
        """Erase what has had its time; called every minute. Returns how many rows they were."""
        now, today = self.clock.now(), self.clock.today()
        with self.database.turn() as db:
            erased = self._people.forget_overdue(db, now)
            erased += self.rows.offices.forget_overdue(db, now)
            erased += self.rows.villages.forget_overdue(db, now, today)
            erased += self.rows.outbox.forget_overdue(db, now)
            erased += self.rows.notices.forget_overdue(db, now)
        self._traces = self._traces or bool(erased)
        self._leave_no_trace()
        return erased

    def pause(self, seconds: float) -> None:
        """For whoever speaks first, in all processes: Telegram asked for it."""
        with self.database.turn() as db:
            self.rows.outbox.pause(db, self.clock.now() + math.ceil(seconds))

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

    def _turn(self, db: Connection, message: Message) -> Reply:
        again = self._is_repeated(db, message.update)
        here = self._here(db, message.address)
        if here.found and here.found.unreachable:
            self.rows.outbox.reachable_again(db, here.found.id)
        if again:
            return self._present(here)
        step, made = self._carry_out(self.stepping.step(message.said, here), message, here)
        shown = self.stepping.show(step.state, step.person, here, made)
        revision = self._keep(here, replace(step, state=shown.state))
        role = "worker" if ForgetMe() in step.effects else self._role(shown, here)
        remark = step.remark or shown.remark
        return Reply(
            shown.screen, step.person.language, revision, shown.state.place, remark,
            once=made is not None, role=role,
        )  # fmt: skip

    def _is_repeated(self, db: Connection, update: int | None) -> bool:
        if update is None or self._people.first_time(db, update, self.clock.now()):
            return False
        self.counts["repeated"] += 1
        return True

    def asking(self, db: Connection, address: Address) -> Asking:
        """Whoever is behind an address, as effects and queries know them."""
        return self._here(db, address).asking

    def _here(self, db: Connection, address: Address, *, hold: bool = True) -> Here:
        found = self._people.find(db, address, self.clock.now(), hold=hold)
        person = found.person if found else Person()
        state = (found.state if found else None) or start(person)
        hall = self.service.hall if address.door == "kiosk" else ""
        held = [] if found and found.serves else [()]  # nearly nobody holds anything
        writable = address.writable or self.service.rehearsal
        asking = Asking(db, address, found, person, hall, writable, held)
        return Here(db, address, found, person, state, asking)

    def _carry_out(self, step: Step, message: Message, here: Here) -> tuple[Step, Made | None]:
        """The effects of a step; refused ones leave everything as it was, and say why."""
        if not step.effects:
            return step, None
        try:
            with here.db.begin_nested():
                made = [self._do(effect, message, here) for effect in step.effects]
        except Refused as refused:
            return Step(here.state, here.person, remark=refused.why), None
        return step, made[0]

    def _do(self, effect: Effect, message: Message, here: Here) -> Made | None:
        """One effect; the rights of who asks for it are read anew before it and after it."""
        here.asking.forget()
        try:
            return self._done(effect, message, here)
        finally:
            here.asking.forget()

    def _done(self, effect: Effect, message: Message, here: Here) -> Made | None:
        if isinstance(effect, ForgetMe):
            self._erase(here)
            return None
        if isinstance(effect, VillageEffect):
            said = message.said
            file = said if isinstance(said, SentFile) else SentFile()
            return self._villages.carry_out(effect, here.asking, file)
        library = self.service.library
        if isinstance(effect, NoticeWritten):
            return self._writing.carry_out(effect, here.asking, library)
        if isinstance(effect, NoticeSent):
            return self.sending.carry_out(effect, here.asking, library)
        if isinstance(effect, ReaderEffect):
            return self._readers.carry_out(effect, here.asking, library)
        return self.offices.carry_out(effect, here.asking)

    def _erase(self, here: Here) -> None:
        if here.found is None:
            return
        self.offices.erased(here.asking)
        self._people.forget(here.db, here.found.id)
        self._traces = True

    def _role(self, shown: Shown, here: Here) -> Role | None:
        """The highest role of who is met at home or at work; None where nobody looked."""
        if MyOffices() not in shown.state.asks() and rights.PLACES[shown.state.place] == "worker":
            return None
        return rights.highest(office.role for office in self.rows.about_offices.held(here.asking))

    def _keep(self, here: Here, step: Step) -> int:
        """Save the step; returns the revision at which its screen's buttons hold."""
        db, address, now = here.db, here.address, self.clock.now()
        if ForgetMe() in step.effects:
            return 0
        if here.found:
            return self._people.save(db, here.found, address, step.person, step.state, now)
        if step.person == Person() and step.state in (start(step.person), Forgotten()):
            return 0  # a stranger who has told nothing is not kept
        return self._people.add(db, self.clock.new_id(), address, step.person, step.state, now)

    def _present(self, here: Here, state: State | None = None) -> Reply:
        shown = self.stepping.show(state or here.state, here.person, here)
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
            person, revision, place = self._taken_home(message)
        except Busy:
            raise
        except Exception as worse:  # the database itself has gone
            log.error("no database: error=%s", type(worse).__name__)
            return self.busy()
        log_failure(reference, message, place, revision, error)
        shown = self.stepping.show(start(person), person, None)
        return self._reply(shown, person, revision, sorry(reference))

    def _taken_home(self, message: Message) -> tuple[Person, int, str]:
        """The person at home, and where they stood; whoever cannot be read is met as a stranger."""
        try:
            with self.database.turn() as db:
                here = self._here(db, message.address)
                revision = self._keep(here, Step(start(here.person), here.person))
            person, place = here.person, here.state.place
        except Busy:
            raise
        except Exception:  # the row itself is what fails
            person, revision, place = Person(), 0, ""
        if message.update is not None:
            with self.database.turn() as db:
                self._people.mark_failed(db, message.update, self.clock.now())
        return person, revision, place

    def _leave_no_trace(self) -> None:
        if self._traces:
            self._traces = not self.database.leave_no_trace()
