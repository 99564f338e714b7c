"""Senders killed, stopped and frozen: nobody is lost, and at most one copy a slot is doubled.

`KILLS` of the environment is for `make chaos`.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from bot.rows import Service
from bot.runner import Runner
from bot.sender.loop import slots_for
from flows.library import Library
from locales.catalogs import Catalogs
from storage.database import open_database
from tests.bot.nursery import Nursery
from tests.bot.outgoing import OFFICES, accepted, crowd, now_stands, report, writer
from tests.conftest import KEY, prepare
from tests.fake_telegram.apart import Apart
from tests.postgresql import Cluster
from tests.small import LANGUAGES

KILLS = int(os.environ.get("KILLS", "20"))
PEOPLE = 10_000
PATIENCE = 60.0 + 3 * KILLS


def wait_for(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"in vain: {what}"
        time.sleep(0.05)


def copies(telegram: Apart) -> dict[int, int]:
    """How many each of the audience got."""
    found = telegram.copies()
    return {chat: count for chat, count in found.items() if chat not in OFFICES}


def begun(telegram: Apart, runner: Runner, people: int) -> int:
    """A notice whose hold is over, for so many people; its number in our store."""
    telegram.order("arrive", 1, people)
    by = writer(runner)
    crowd(runner, range(1, people + 1))
    return accepted(runner, by).id


def real_clock(url: str, library: Library) -> Runner:
    """What the other processes see, too."""
    return Runner(open_database(url, KEY), Service(library, LANGUAGES), Catalogs())


@pytest.mark.timeout(PATIENCE * 4)
def test_kills_at_random_moments_lose_nobody_and_double_one_a_slot(
    url: str, library: Library
) -> None:
    rate, rand, hits = 1000, random.Random(), 0
    runner = real_clock(url, library)
    with closing(runner.database), Apart.started(limits=False) as telegram:
        notice = begun(telegram, runner, PEOPLE)
        with Nursery.opened(url, telegram, rate) as nursery:
            for kill in range(KILLS):
                sender, before = nursery.start(), telegram.count()
                share = (PEOPLE - before) / (KILLS - kill + 2)
                goal = before + int(rand.random() * share) + 1
                wait_for(lambda goal=goal: telegram.count() >= goal, f"{goal} messages")
                time.sleep(rand.random() * 0.05)
                nursery.kill(sender)
                hits += 1
            nursery.start()
            wait_for(lambda: now_stands(runner, notice).stage == "sent", "the end")
        got = copies(telegram)
        assert sorted(got) == list(range(1, PEOPLE + 1))
        assert sum(got.values()) - PEOPLE <= slots_for(rate) * hits
        assert max(got.values()) <= 1 + hits
        assert report(runner, notice).sent == PEOPLE
        with runner.database.look() as db:
            assert db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_sender_told_to_stop_is_out_in_ten_seconds_and_doubles_nothing(
    url: str, library: Library
) -> None:
    runner, people = real_clock(url, library), 800
    with closing(runner.database), Apart.started(limits=False, latency=0.1) as telegram:
        notice = begun(telegram, runner, people)
        with Nursery.opened(url, telegram, 500) as nursery:
            for goal in (150, 400):
                sender = nursery.start()
                wait_for(lambda goal=goal: telegram.count() >= goal, f"{goal} messages")
                told = time.monotonic()
                os.kill(sender, signal.SIGTERM)
                assert nursery.ended(sender) == 0
                assert time.monotonic() - told < 10
                assert report(runner, notice).sent == telegram.count()
            nursery.start()
            wait_for(lambda: now_stands(runner, notice).stage == "sent", "the end")
        assert copies(telegram) == dict.fromkeys(range(1, people + 1), 1)
        assert report(runner, notice).sent == people


@pytest.mark.postgresql
def test_of_two_senders_one_freezes_past_its_lease_and_thaws(
    cluster: Cluster, library: Library
) -> None:
    url, people, rate = cluster.new_database(), 900, 100
    prepare(url)
    runner = real_clock(url, library)
    with closing(runner.database), Apart.started(limits=False) as telegram:
        notice = begun(telegram, runner, people)
        with Nursery.opened(url, telegram, rate, lease=4) as nursery:
            frozen, _ = nursery.start(), nursery.start()
            wait_for(lambda: telegram.count() >= 150, "150 messages")
            os.kill(frozen, signal.SIGSTOP)
            time.sleep(5)  # longer than its lease
            os.kill(frozen, signal.SIGCONT)
            wait_for(lambda: now_stands(runner, notice).stage == "sent", "the end")
        got = copies(telegram)
        assert sorted(got) == list(range(1, people + 1))
        assert sum(got.values()) - people <= slots_for(rate)
        assert max(got.values()) <= 2
        assert report(runner, notice).sent == people


@pytest.mark.postgresql
def test_what_telegram_tells_one_process_is_heard_by_the_other(
    cluster: Cluster, library: Library
) -> None:
    url, people = cluster.new_database(), 250
    prepare(url)
    runner = real_clock(url, library)
    with closing(runner.database), Apart.started(limits=False) as telegram:
        telegram.order("floods", 120, 2)
        notice = begun(telegram, runner, people)
        with Nursery.opened(url, telegram, 50, lease=30) as nursery:
            nursery.start(), nursery.start()
            wait_for(lambda: now_stands(runner, notice).stage == "sent", "the end")
        waits, _, ignored = telegram.order("flooded")
        assert waits >= 2
        assert ignored == 0
        assert copies(telegram) == dict.fromkeys(range(1, people + 1), 1)
        assert report(runner, notice).sent == people
