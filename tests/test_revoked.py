"""An office that is taken back ends at once, in every process, and with it what it gave."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import Connection

from bot.asking import Service
from bot.runner import Runner
from bot.work import GONE
from flows import engine
from flows.effects import CancelInvitation, Effect, EndOffice, KeepFact, Resign
from flows.library import Library
from flows.officer.home import OfficerHome
from flows.officer.village import DeskFact
from flows.village.page import VillagePage
from locales.catalogs import Catalogs
from storage.database import open_database
from storage.offices import UNDO
from tests.conftest import KEY, prepare
from tests.play import FixedClock, Visitor
from tests.postgresql import Cluster
from tests.roles import Cast, X, cast_of
from tests.small import LANGUAGES
from tests.test_rights import kept


@pytest.fixture
def processes(any_url: str, library: Library, clock: FixedClock) -> Iterator[tuple[Runner, Runner]]:
    """Two processes of one service: each has opened the database for itself."""
    service = Service(library, LANGUAGES)
    with closing(open_database(any_url, KEY)) as one, closing(open_database(any_url, KEY)) as two:
        yield Runner(one, service, Catalogs(), clock), Runner(two, service, Catalogs(), clock)


@pytest.fixture
def pair(processes: tuple[Runner, Runner]) -> tuple[Cast, Visitor]:
    """A head in one process; in the other an officer, who is about to write."""
    here, there = Cast(processes[0]), processes[1]
    here.seat("head", "head", X)
    here.seat("officer", "officer", X, by="head")
    here.stand("officer", DeskFact(X, "hours"))
    officer = Visitor(there, "officer")
    return here, officer.is_at("officer.fact")


def revoke(cast: Cast) -> None:
    assert cast.tries("head", EndOffice(X, cast.offices["officer"])) is None


def hours(cast: Cast) -> list[str]:
    with cast.runner.database.look() as db:
        return [fact.words for fact in cast.runner.rows.villages.facts(db, X)]


def test_before_a_revocation_the_officer_writes(pair: tuple[Cast, Visitor]) -> None:
    head, officer = pair
    officer.type("Senin pagi").is_at("officer.village").says("Senin pagi")
    assert hours(head) == ["Senin pagi"]


def test_a_revocation_acts_at_the_next_message_in_every_process(
    pair: tuple[Cast, Visitor],
) -> None:
    head, officer = pair
    revoke(head)
    officer.type("Senin pagi").is_at("home")
    assert officer.reply.remark == engine.GONE
    officer.type("petugas").is_at("officer.check").says_nothing_of("Tugas petugas")
    assert hours(head) == []


@pytest.mark.parametrize("choice", ["same", "remove", "back"])
def test_a_button_from_before_the_revocation_does_nothing(
    pair: tuple[Cast, Visitor], choice: str
) -> None:
    head, officer = pair
    assert head.tries("head", KeepFact(X, "hours", "Selasa")) is None
    officer.reply = officer.runner.look(officer.address)
    assert choice in {choice.id for choice in officer.reply.screen.pressable}
    before = kept(head.runner)
    revoke(head)
    officer.press_id(choice).is_at("home")
    assert officer.reply.remark == engine.GONE
    assert kept(head.runner)["village_fact"] == before["village_fact"]


def test_an_office_that_has_run_out_is_one_that_has_ended(
    pair: tuple[Cast, Visitor], clock: FixedClock
) -> None:
    head, officer = pair
    clock.move(days=362)  # it is held for two days already
    officer.runner.look(officer.address)
    officer.type("Senin pagi").is_at("officer.village")
    clock.move(days=1)
    head.stand("officer", DeskFact(X, "hours"))
    officer.type("Selasa pagi").is_at("home")
    assert hours(head) == ["Senin pagi"]


def test_what_one_was_reading_meanwhile_leads_back_to_no_office(
    pair: tuple[Cast, Visitor],
) -> None:
    """A side trip that began at an officer's place ends at home."""
    head, officer = pair
    officer.type("bantuan").is_at("help")
    revoke(head)
    officer.press("Kembali").is_at("home")
    head.stand("officer", VillagePage(X, OfficerHome()))
    officer.reply = officer.runner.look(officer.address)
    officer.press("Kembali").is_at("home")


def test_an_invitation_is_worth_what_its_maker_still_holds(
    pair: tuple[Cast, Visitor],
) -> None:
    head, officer = pair
    officer.type("petugas").walk("Petugas dan undangan", "Undang seseorang", "Petugas desa")
    code = next(line for line in officer.text.splitlines() if "undangan " in line).split()[-1]
    friend = Visitor(officer.runner, "friend").welcomed().type(f"undangan {code}")
    friend.is_at("invitation").press("Ya, saya bertugas")
    revoke(head)
    friend.type("Rudi Hartono").says("sudah dipakai, dibatalkan, atau lewat")
    friend.type("petugas").is_at("officer.check")


def holders(cast: Cast) -> set[str]:
    """Everybody who holds their office still."""
    with cast.runner.database.look() as db:
        now = cast.runner.clock.now()
        held = {office.id for office in cast.runner.rows.offices.inside(db, "", now)}
    return {name for name, office in cast.offices.items() if office in held}


def deeds(cast: Cast) -> list[str]:
    with cast.runner.database.look() as db:
        return [line.deed for line in cast.runner.rows.trail.read(db, X, 0, 100)]


def test_undoing_an_office_takes_back_all_that_it_gave(runner: Runner) -> None:
    """A stranger with a stolen invitation has let friends in: they go too, and nobody else."""
    cast = cast_of(runner)
    before = holders(cast)
    assert cast.tries("coordinator", EndOffice(X, cast.offices["head"])) is None
    assert before - holders(cast) == {"head", "officer", "helper"}
    assert deeds(cast)[:3] == ["undone"] * 3
    cast.people["helper"].type("petugas").is_at("officer.check")


def test_after_seven_days_what_it_gave_stays(runner: Runner, clock: FixedClock) -> None:
    cast = cast_of(runner)
    before = holders(cast)
    clock.move(seconds=UNDO)
    assert cast.tries("coordinator", EndOffice(X, cast.offices["head"])) is None
    assert before - holders(cast) == {"head"}
    assert deeds(cast)[0] == "ended"


def test_giving_back_an_office_leaves_what_it_gave(runner: Runner) -> None:
    cast = cast_of(runner)
    before = holders(cast)
    assert cast.tries("officer", Resign(cast.offices["officer"])) is None
    assert before - holders(cast) == {"officer"}


@pytest.fixture
def on_postgresql(cluster: Cluster, library: Library, clock: FixedClock) -> Iterator[Cast]:
    """Where two turns may really happen at one time; SQLite has one after the other."""
    url = cluster.new_database()
    prepare(url)
    with closing(open_database(url, KEY)) as database:
        yield cast_of(Runner(database, Service(library, LANGUAGES), Catalogs(), clock))


@pytest.mark.parametrize("what", ["cancel", "end", "resign"])
def test_what_somebody_else_takes_at_the_same_moment_is_not_taken_twice(
    on_postgresql: Cast, what: str
) -> None:
    cast = on_postgresql
    invitation, office = cast.invitations["officer"], cast.offices["helper"]
    name, effect = {
        "cancel": ("officer", CancelInvitation(X, invitation)),
        "end": ("head", EndOffice(X, office)),
        "resign": ("helper", Resign(office)),
    }[what]
    before = deeds(cast)
    with ThreadPoolExecutor(1) as pool:
        with cast.runner.database.turn() as db:
            assert taken(cast, db, effect)
            late = pool.submit(cast.tries, name, effect)
            time.sleep(0.5)  # until it waits for the row
        assert late.result(timeout=30) == GONE
    assert deeds(cast) == before


def taken(cast: Cast, db: Connection, effect: Effect) -> bool:
    offices = cast.runner.rows.offices
    if isinstance(effect, CancelInvitation):
        return offices.use_up(db, effect.invitation)
    return offices.end(db, cast.offices["helper"], cast.runner.clock.now())
