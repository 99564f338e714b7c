"""Somebody of each role in and around two villages, on a real database; and what they may do."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import DAY
from bot.messages import Message, SentFile
from bot.runner import Runner
from flows.effects import (
    AddContact,
    AddEvent,
    AimNotice,
    ApplyImport,
    ApproveNotice,
    BeginNotice,
    CancelInvitation,
    ChangeContact,
    CorrectNotice,
    DropNotice,
    Effect,
    EndOffice,
    ExtendOffice,
    Invite,
    KeepAnswer,
    KeepFact,
    NoteExport,
    RecallNotice,
    RemoveContact,
    RemoveEvent,
    ReturnNotice,
    StageImport,
    StopNotice,
    SubmitNotice,
    UndoImport,
    VerifyContact,
    VerifyFact,
)
from flows.engine import Known, Shown, State, Step, show
from flows.errors import Refused
from flows.home import start
from flows.notices.kept import Kind, Stage
from flows.queries import Query, Row
from flows.rights import Role
from flows.text import Text
from flows.village.kept import FIELDS, KINDS
from storage.offices import Waiting
from storage.villages import Contact, Fact, Mark
from tests.notices import put, whole
from tests.play import Visitor

X, Y = "33.07.10.2004", "33.07.12.2007"
"""Two villages of one name, in the same regency."""

REGENCY, OTHER_REGENCY, PROVINCE, COUNTRY = "33.07", "32.12", "33", ""
FILE = b"jenis,nama,telepon\npetugas,Rini Wulandari,0812-3456-7891\n"
"""Contacts as somebody sends them."""

NAMES = {
    "admin": "Agus Setiawan",
    "governor": "Gita Prameswari",
    "coordinator": "Rini Wulandari",
    "head": "Budi Santoso",
    "officer": "Siti Aminah",
    "helper": "Ani Lestari",
    "neighbour": "Dewi Sartika",
    "newcomer": "Nur Hidayah",
    "ex-officer": "Joko Susilo",
}
"""Who serves under which name."""


class Cast:
    """Everybody by the name of their role, and the numbers of what they hold and have made."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.people = {"worker": Visitor(runner, "worker").welcomed()}
        self.offices: dict[str, int] = {}
        self.invitations: dict[str, int] = {}
        self.notices: dict[tuple[str, Stage], list[int]] = {}

    def seat(self, name: str, role: Role, area: str, by: str = "") -> None:
        """Give somebody an office, as if by the invitation of another."""
        self.people[name] = Visitor(self.runner, name).welcomed()
        self.offices[name] = self.also(name, role, area, by)

    def also(self, name: str, role: Role, area: str, by: str = "") -> int:
        """Give one more office to somebody who is there; returns its number."""
        office, now = self.runner.clock.new_id(), self.runner.clock.now() - 2 * DAY
        invitation = Waiting(0, role, area, self.offices.get(by, 0), now)
        with self.runner.database.turn() as db:
            holder = self.asking(db, name).found
            assert holder is not None
            self.runner.rows.offices.add(db, office, holder.id, invitation, NAMES[name], now)
        return office

    def asking(self, db: Connection, name: str) -> Asking:
        return self.runner._here(db, self.people[name].address, hold=False).asking

    def known(self, db: Connection, name: str) -> Known:
        """All that somebody may look at, looked up when a state looks at it."""
        asking = self.asking(db, name)
        known = self.runner.stepping.known(asking.person)
        return replace(known, answers=Answers(self.runner, asking))

    def tries(self, name: str, *effects: Effect) -> Text | None:
        """What is said against these effects, as in a turn; None where they have happened."""
        with self.runner.database.turn() as db:
            return self._refused(db, name, effects)

    def could(self, name: str, *effects: Effect) -> bool:
        """Whether these effects would not be refused; nothing has happened then."""
        refused: Text | None = None
        with suppress(_Undone), self.runner.database.turn() as db:
            refused = self._refused(db, name, effects)
            raise _Undone
        return refused is None

    def after(self, name: str, step: Step) -> Text | Shown:
        """What would be seen after the effects of a step, or what is said against them."""
        seen: Text | Shown | None = None
        with suppress(_Undone), self.runner.database.turn() as db:
            seen = self._refused(db, name, step.effects)
            seen = seen or show(step.state, self.known(db, name), start)
            raise _Undone
        assert seen is not None
        return seen

    def _refused(self, db: Connection, name: str, effects: tuple[Effect, ...]) -> Text | None:
        here = self.runner._here(db, self.people[name].address)
        message = Message(here.address, SentFile(FILE))
        try:
            with db.begin_nested():
                for effect in effects:
                    self.runner._do(effect, message, here)
        except Refused as refused:
            return refused.why
        return None

    def stand(self, name: str, state: State) -> Visitor:
        """Put somebody at a state, as if they had stood there when the right ended."""
        somebody = self.people[name]
        runner, address = self.runner, somebody.address
        with runner.database.turn() as db:
            found = runner._people.find(db, address, runner.clock.now())
            assert found is not None
            runner._people.save(db, found, address, found.person, state, runner.clock.now())
        somebody.reply = runner.look(address)
        return somebody


class _Undone(Exception):
    """Rolls a turn back."""


class Answers(Mapping[Query, tuple[Row, ...]]):
    """The rows behind every query, read when they are wanted and then remembered."""

    def __init__(self, runner: Runner, asking: Asking) -> None:
        self._rows, self._asking = runner.rows, asking
        self._read: dict[Query, tuple[Row, ...]] = {}

    def __getitem__(self, query: Query) -> tuple[Row, ...]:
        if query not in self._read:
            self._read[query] = self._rows.answer(query, self._asking)
        return self._read[query]

    def __iter__(self) -> Iterator[Query]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


def cast_of(runner: Runner) -> Cast:
    """The whole village: who has something to look after, and who no longer has."""
    cast = Cast(runner)
    cast.seat("admin", "admin", COUNTRY)
    cast.seat("governor", "admin", PROVINCE, by="admin")
    cast.seat("coordinator", "coordinator", REGENCY, by="admin")
    cast.seat("head", "head", X, by="coordinator")
    cast.seat("officer", "officer", X, by="head")
    cast.seat("helper", "officer", X, by="officer")
    cast.seat("neighbour", "officer", Y, by="coordinator")
    cast.seat("newcomer", "officer", Y, by="neighbour")
    cast.seat("ex-officer", "officer", X, by="head")
    for name, role, area in (
        ("officer", "officer", X), ("head", "head", X), ("coordinator", "coordinator", REGENCY),
        ("neighbour", "officer", Y), ("admin", "admin", COUNTRY),
    ):  # fmt: skip
        _invite(cast, name, role, area)
    for name, area in (("head", X), ("neighbour", Y), ("coordinator", REGENCY)):
        _write(cast, name, area)
    for name, area in (
        ("officer", X),
        ("head", X),
        ("neighbour", Y),
        ("coordinator", REGENCY),
        ("admin", COUNTRY),
    ):
        _notices(cast, name, area)
    assert cast.tries("head", EndOffice(X, cast.offices["ex-officer"])) is None
    return cast


def _invite(cast: Cast, name: str, role: Role, area: str) -> None:
    """An open invitation of somebody to a role like their own."""
    runner, number = cast.runner, cast.runner.clock.new_id()
    with runner.database.turn() as db:
        by, now = cast.offices[name], runner.clock.now()
        runner.rows.offices.invite(db, number, f"code-{number}", role, area, by, now)
    cast.invitations[name] = number


def _write(cast: Cast, name: str, area: str) -> None:
    """A page with everything on it, seen to long ago, and a file on its way in."""
    villages, mark = cast.runner.rows.villages, Mark(cast.offices[name], 0, 0)
    with cast.runner.database.turn() as db:
        for field in FIELDS:
            villages.keep_fact(db, area, Fact(field, "Tiap Senin pagi", mark))
        for number, kind in enumerate(KINDS, 1):
            contact = Contact(number, kind, f"Warga {number}", "+6281234567890", "Pagi", mark)
            villages.add_contact(db, area, contact)
        villages.add_event(db, area, date(2026, 12, 5), "Penyuluhan")
    assert cast.tries(name, StageImport(area)) is None


def _notices(cast: Cast, name: str, area: str) -> None:
    """Two of each stage that somebody has written: for one effect, and for another."""
    stages: tuple[Stage, ...] = ("draft", "waiting", "held", "sending", "sent", "recalled")
    with cast.runner.database.turn() as db:
        for stage in stages:
            office = cast.offices[name]
            kind: Kind = "p3mi" if stage == "waiting" else "news"
            written = [whole(cast.runner, area, office, stage, kind) for _ in range(2)]
            ids = [put(db, cast.runner, kept).id for kept in written]
            cast.notices[name, stage] = ids


def effects_on_notices(cast: Cast) -> tuple[Effect, ...]:
    """Of what the head has written, but that nobody approves their own."""
    drafts, waiting = cast.notices["head", "draft"], cast.notices["officer", "waiting"]
    held, sent = cast.notices["head", "held"], cast.notices["head", "sent"]
    return (
        BeginNotice(X, "news"), AimNotice(X, drafts[0], (X,)),
        KeepAnswer(X, drafts[0], "title", "Rapat desa"), SubmitNotice(X, drafts[0], 3),
        DropNotice(X, drafts[1]), ApproveNotice(X, waiting[0], 1), ReturnNotice(X, waiting[1], 1),
        StopNotice(X, held[0]), CorrectNotice(X, sent[0]), RecallNotice(X, sent[1]),
    )  # fmt: skip


def effects_in_x(cast: Cast) -> tuple[Effect, ...]:
    """One of each effect on what belongs to X, in an order in which all can be carried out."""
    helper = cast.offices["helper"]
    with cast.runner.database.look() as db:
        newest = cast.runner.rows.villages.newest_import(db, X)
    sent = newest.sent if newest else ""
    return (
        ApplyImport(X, sent), UndoImport(X, sent), StageImport(X), NoteExport(X),
        KeepFact(X, "hours", "Senin"), VerifyFact(X, "hours"),
        AddContact(X, 9, "post", "Pos baru"), ChangeContact(X, 1, name="Budi Baru"),
        VerifyContact(X, 1), RemoveContact(X, 1),
        AddEvent(X, date(2026, 12, 24), "Rapat"), RemoveEvent(X, 1),
        Invite("officer", X), CancelInvitation(X, cast.invitations["officer"]),
        ExtendOffice(X, helper), EndOffice(X, helper), *effects_on_notices(cast),
    )  # fmt: skip
