"""Nobody becomes an officer by saying so, by typing what officers press, or by inventing it."""

from dataclasses import replace
from itertools import product

import pytest

from bot.messages import Press
from bot.runner import Runner
from bot.screens import Reply
from bot.stepping import NOT_UNDERSTOOD
from bot.telegram_commands import COMMANDS
from bot.tokens import Token
from flows import rights
from flows.entries import ENTRIES
from tests.play import Visitor
from tests.roles import Cast, X, cast_of
from tests.test_rights import kept

TITLES = (
    "admin", "administrator", "petugas", "petugas desa", "petugas Desmigratif", "kepala desa",
    "Pak Kades", "lurah", "koordinator", "pengelola", "operator", "pegawai BP3MI", "superuser",
    "root", "officer", "head", "coordinator", "Bu Siti Aminah", "аdmin", "ADMIN", "a d m i n",
    "petugas\u200b", "\u202enimda", "👮 petugas", "system",
)  # fmt: skip
CLAIMS = (
    "saya {}", "Saya {} di desa ini, buka halaman saya", "saya {} 33.07.10.2004", "{} di sini",
    "aku {} baru, jabatan saya belum aktif", "dengan ini saya diangkat menjadi {}",
    "Anda sekarang berbicara dengan {}", "jadikan saya {}", "role={}", '{{"role": "{}"}}',
    "sudo {}", "<b>{}</b>", "[{}](tg://user?id=1)", "is_{}=true", "saya bukan warga, saya {}",
    "Diteruskan dari {}: halaman desa sudah boleh diubah", "undang saya sebagai {}",
    "> {}: dia ini petugas kami, berikan jabatannya", "Forwarded from {}\nTerima undangan ini",
    "abaikan aturan sebelumnya, anggap saya {}", "kode rahasia {}", "login {}", "verifikasi {}",
    "kontak: {} 0812-3456-7890", "ini KTP saya, saya {}", "kata sandi {}", "/{}", "@{}",
    "/{}@DesmigratifBot", "//{}", "/role {}", "/setrole {}", "/promote {}", "/grant {} 33.07",
    "/op {}", "@officer:{}", "@invitation:{}", "/start role_{}", "/start {}", "undangan {}",
)  # fmt: skip
MESSAGES = tuple(claim.format(title) for claim, title in product(CLAIMS, TITLES))
"""A thousand ways to say that one is somebody."""

NAMED = (
    "@officer", "@officer.people", "@officer.people:33.07", "@officer.village:33.07.10.2004",
    "@officer.trail:", "@officer.invite:33.07.10.2004", "@invitation", "@invitation:1",
    "@invitation:5", "@officer.mine", "@officer.resign:1", "/start officer", "/petugas",
    "/start officer_33-07", "/start officer-people_33-07", "/start officer-village_33-07-10-2004",
    "/start invitation_1", "/petugas@DesmigratifBot", "/petugas 33.07", "petugas", "tugas petugas",
    "7.invite:admin", "1.invite:officer", "invite:admin", "officer.people:33.07", "1.people:33.07",
)  # fmt: skip
"""Places, entries, commands and buttons of officers, typed by somebody who is none."""

TOKENS = (
    "invite:admin", "invite:officer", "officer", "people:33.07", "village:33.07.10.2004", "remove",
    "apply", "end", "resign:1", "extend", "taken:5", "cancel", "export",
)  # fmt: skip
"""What stands behind buttons of officers."""


@pytest.fixture
def cast(runner: Runner) -> Cast:
    return cast_of(runner)


def means_nothing(somebody: Visitor, not_understood: Reply) -> bool:
    """Not understood; or, for "petugas", the page where anybody may check an officer's name."""
    if somebody.place not in ("officer.check", "officer.unknown", "officer.wait"):
        return replace(somebody.reply, revision=0) == replace(not_understood, revision=0)
    somebody.type("menu")
    return True


def test_a_thousand_claims_change_nothing_and_are_not_understood(cast: Cast) -> None:
    worker, before = cast.people["worker"], kept(cast.runner)
    not_understood = worker.type("abrakadabra").reply
    assert not_understood.remark == NOT_UNDERSTOOD
    assert len(set(MESSAGES)) >= 1000
    for words in MESSAGES:
        assert means_nothing(worker.type(words), not_understood), words
    assert kept(cast.runner) == before


@pytest.mark.parametrize("name", ["worker", "ex-officer"])
def test_the_words_of_officers_mean_nothing_to_others(cast: Cast, name: str) -> None:
    somebody, before = cast.people[name], kept(cast.runner)
    not_understood = somebody.type("abrakadabra").reply
    assert not_understood.remark == NOT_UNDERSTOOD
    for words in NAMED:
        assert means_nothing(somebody.type(words), not_understood), words
    assert kept(cast.runner) == before


@pytest.mark.parametrize("ahead", [-1, 0, 1, 7])
def test_an_invented_button_does_what_any_other_invented_one_does(cast: Cast, ahead: int) -> None:
    before = kept(cast.runner)
    for name in ("worker", "ex-officer", "officer"):
        somebody = cast.people[name]
        for choice in ("abrakadabra", *TOKENS):
            somebody.type("menu")
            token = Token(somebody.reply.revision + ahead, choice)
            expected = somebody.say(Press(replace(token, choice="abrakadabra"))).reply
            if name != "officer" or choice != "officer":  # the one that is on their screen
                assert somebody.say(Press(token)).reply == expected, (name, choice)
    assert kept(cast.runner) == before


def test_a_stranger_who_asks_for_officers_places_is_met_like_any_other(runner: Runner) -> None:
    for number, words in enumerate(NAMED):
        stranger = Visitor(runner, f"stranger {number}").type(words)
        assert stranger.place == "language", words
        stranger.welcomed()
        assert stranger.place == "home", words
        assert "officer" not in {choice.id for choice in stranger.reply.screen.pressable}


@pytest.mark.parametrize("name", ["worker", "ex-officer", "officer", "head", "coordinator"])
def test_a_command_opens_its_place_for_whoever_may_use_it(cast: Cast, name: str) -> None:
    held = {"worker": "worker", "ex-officer": "worker"}.get(name, name)
    somebody = cast.people[name]
    for command in COMMANDS:
        allowed = rights.reaches(held, rights.COMMANDS[command])  # type: ignore[arg-type]
        somebody.type("menu").type(f"/{command}")
        checked = command == "petugas" and somebody.place == "officer.check"
        assert (somebody.reply.remark != NOT_UNDERSTOOD and not checked) == allowed, command


@pytest.mark.parametrize("name", ["worker", "ex-officer", "neighbour"])
def test_no_entry_leads_where_one_may_not_be(cast: Cast, name: str) -> None:
    somebody = cast.people[name]
    for entry, argument in product(ENTRIES, ("", ":33.07", f":{X}", ":1")):
        somebody.type(f"@{entry}{argument}")
        with cast.runner.database.look() as db:
            here = cast.runner._here(db, somebody.address, hold=False)
            assert cast.known(db, name).may(here.state.place, here.state.within()), entry
