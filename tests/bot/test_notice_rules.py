"""Who may send what: a second person, nothing unseen, nothing incomplete, nothing beyond one's own.

Every test asks for effects as a turn does, on a real database, and reads what was kept.
"""

import asyncio
from dataclasses import replace

import pytest

from bot.budget import Budget
from bot.notice_desk import CHANGED
from bot.notice_sending import CORRECTED, NOBODY, OWN, TOO_NEW
from bot.notice_writing import NO_ACCOUNT, TARGETS
from bot.reader_work import ALREADY, NOT_BY_MESSAGE, REPORTS, TOO_MANY
from bot.runner import Runner
from bot.sender.planner import Planner
from bot.work import GONE, NO_PHONE, NOT_YOURS
from flows.effects import (
    AimNotice,
    ApproveNotice,
    BeginNotice,
    CorrectNotice,
    DropNotice,
    EndOffice,
    KeepAnswer,
    RecallNotice,
    ReportNotice,
    ReturnNotice,
    StopNotice,
    SubmitNotice,
    Subscribe,
    Unsubscribe,
)
from flows.notices.fit import CLOSED, INCOMPLETE, NO_LICENCE, NOWHERE, OVER
from flows.notices.kept import ALONE, HOLD_MINUTES, Kind, Stage
from flows.text import Text
from storage.notices import Kept
from storage.people import Address
from tests.notices import WHOLE, put, subscribed, whole
from tests.play import FixedClock
from tests.roles import PROVINCE, REGENCY, Cast, X, Y, cast_of


@pytest.fixture
def cast(runner: Runner) -> Cast:
    return cast_of(runner)


def written(
    cast: Cast, by: str = "officer", area: str = X, stage: Stage = "draft", kind: Kind = "p3mi",
    **answers: str,
) -> Kept:  # fmt: skip
    """A notice of somebody, whole but for these answers."""
    given = {key: words for key, words in (WHOLE[kind] | answers).items() if words}
    with cast.runner.database.turn() as db:
        return put(db, cast.runner, whole(cast.runner, area, cast.offices[by], stage, kind, given))


def now_kept(cast: Cast, notice: int) -> Kept:
    with cast.runner.database.look() as db:
        kept = cast.runner.rows.notices.find(db, notice)
    assert kept is not None
    return kept


def many_want_it(cast: Cast, count: int = ALONE + 1, area: str = X) -> None:
    with cast.runner.database.turn() as db:
        subscribed(db, cast.runner, range(5_000, 5_000 + count), area)


def submitted(cast: Cast, by: str = "officer", area: str = X, **answers: str) -> Kept:
    """Waiting for a second person, because many want it."""
    many_want_it(cast, area=area)
    kept = written(cast, by, area, **answers)
    assert cast.tries(by, SubmitNotice(area, kept.id, kept.version)) is None
    waiting = now_kept(cast, kept.id)
    assert waiting.stage == "waiting"
    return waiting


def approve(cast: Cast, name: str, kept: Kept) -> Text | None:
    return cast.tries(name, ApproveNotice(kept.area, kept.id, kept.version))


def test_few_people_and_no_warning_need_no_second_person(cast: Cast) -> None:
    many_want_it(cast, ALONE)
    kept = written(cast)
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) is None
    held, now = now_kept(cast, kept.id), cast.runner.clock.now()
    assert (held.stage, held.go_at - now) == ("held", HOLD_MINUTES * 60)


def test_more_than_twenty_people_need_one(cast: Cast) -> None:
    kept = submitted(cast)
    assert approve(cast, "head", kept) is None
    held = now_kept(cast, kept.id)
    assert (held.stage, held.approved_by) == ("held", cast.offices["head"])


def test_a_warning_needs_one_however_few_they_are(cast: Cast) -> None:
    kept = written(cast, documents="Transfer dulu ke rekening BRI 1234567890123 atas nama Joko")
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) is None
    assert now_kept(cast, kept.id).stage == "waiting"


@pytest.mark.parametrize(
    "name", ["officer", "helper", "neighbour", "newcomer", "worker", "ex-officer"]
)
def test_nobody_below_a_head_or_elsewhere_approves(cast: Cast, name: str) -> None:
    kept = submitted(cast)
    assert approve(cast, name, kept) in (NOT_YOURS, OWN)
    assert now_kept(cast, kept.id) == kept


def test_nobody_approves_their_own_with_another_office(cast: Cast) -> None:
    kept = submitted(cast)
    cast.also("officer", "head", X, by="coordinator")
    assert approve(cast, "officer", kept) == OWN
    assert now_kept(cast, kept.id).stage == "waiting"


def test_nobody_approves_whom_the_writer_has_appointed(cast: Cast) -> None:
    kept = submitted(cast, "head")
    cast.also("newcomer", "head", X, by="head")
    assert approve(cast, "newcomer", kept) == NOT_YOURS
    assert approve(cast, "coordinator", kept) is None


def test_nobody_approves_who_came_in_through_the_writer_however_far_back(cast: Cast) -> None:
    kept = submitted(cast, "head")
    first = cast.also("helper", "head", X, by="head")
    cast.offices["helper-head"] = first
    cast.also("newcomer", "head", X, by="helper-head")
    assert approve(cast, "newcomer", kept) == NOT_YOURS


def test_nobody_approves_on_their_first_day(cast: Cast, clock: FixedClock) -> None:
    kept, office = submitted(cast), cast.also("newcomer", "head", X, by="coordinator")
    with cast.runner.database.turn() as db:
        an_hour_ago = clock.now() - 3600
        db.exec_driver_sql(f"UPDATE office SET since = {an_hour_ago} WHERE id = {office}")
    assert approve(cast, "newcomer", kept) == TOO_NEW
    clock.move(days=1)
    assert approve(cast, "newcomer", kept) is None


def test_nobody_approves_whose_office_has_ended(cast: Cast) -> None:
    kept = submitted(cast)
    assert cast.tries("coordinator", EndOffice(X, cast.offices["head"])) is None
    assert approve(cast, "head", kept) == NOT_YOURS


def test_nothing_is_approved_whose_writer_has_gone(cast: Cast) -> None:
    kept = submitted(cast)
    assert cast.tries("head", EndOffice(X, cast.offices["officer"])) is None
    assert approve(cast, "head", kept) == GONE
    assert now_kept(cast, kept.id).stage == "waiting"


def test_a_head_of_one_village_does_not_approve_for_the_regency(cast: Cast) -> None:
    kept = submitted(cast, "coordinator", REGENCY)
    assert approve(cast, "head", kept) == NOT_YOURS
    assert approve(cast, "governor", kept) is None


def test_an_edit_voids_the_approval(cast: Cast) -> None:
    kept = submitted(cast)
    assert approve(cast, "head", kept) is None
    assert cast.tries("officer", KeepAnswer(X, kept.id, "quota", "80")) is None
    edited = now_kept(cast, kept.id)
    assert (edited.stage, edited.approved_by, edited.go_at) == ("draft", 0, 0)
    assert approve(cast, "head", kept) == CHANGED


def test_an_approval_is_of_what_was_seen_and_is_not_replayed(cast: Cast) -> None:
    kept = submitted(cast)
    old = replace(kept, version=kept.version - 1)
    assert approve(cast, "head", old) == CHANGED
    assert approve(cast, "head", kept) is None
    assert approve(cast, "head", kept) == CHANGED
    assert cast.tries("officer", StopNotice(X, kept.id)) is None
    assert now_kept(cast, kept.id).stage == "draft"
    assert approve(cast, "head", kept) == CHANGED


def test_what_is_returned_is_a_draft_again_and_its_writer_is_told(cast: Cast) -> None:
    kept = submitted(cast)
    assert cast.tries("head", ReturnNotice(X, kept.id, kept.version)) is None
    assert now_kept(cast, kept.id).stage == "draft"
    assert ("returned", "officer") in nudged(cast)


def test_the_objection_stands_with_the_draft_until_something_is_changed(cast: Cast) -> None:
    kept = submitted(cast)
    assert cast.tries("head", ReturnNotice(X, kept.id, kept.version, "money")) is None
    draft = now_kept(cast, kept.id)
    assert (dict(draft.answers)["returned"], draft.approved_by) == ("money", cast.offices["head"])
    assert cast.tries("officer", KeepAnswer(X, kept.id, "quota", "80")) is None
    changed = now_kept(cast, kept.id)
    assert ("returned" in dict(changed.answers), changed.approved_by) == (False, 0)


def test_who_approves_is_told_again_when_it_comes_back(cast: Cast) -> None:
    kept = submitted(cast)
    with cast.runner.database.turn() as db:
        db.exec_driver_sql("UPDATE delivery SET status = 'sent', task = '', due_at = NULL")
    assert cast.tries("head", ReturnNotice(X, kept.id, kept.version)) is None
    again = now_kept(cast, kept.id)
    assert cast.tries("officer", SubmitNotice(X, kept.id, again.version)) is None
    with cast.runner.database.look() as db:
        waits = db.exec_driver_sql(
            "SELECT count(*) FROM delivery WHERE kind = 'approve' AND status = 'waiting'"
        ).scalar()
    assert waits == len({name for kind, name in nudged(cast) if kind == "approve"})


def test_where_nobody_may_approve_nothing_waits_for_ever(runner: Runner) -> None:
    alone = Cast(runner)
    alone.seat("officer", "officer", X)
    many_want_it(alone)
    kept = written(alone)
    assert alone.tries("officer", SubmitNotice(X, kept.id, kept.version)) == NOBODY
    assert now_kept(alone, kept.id).stage == "draft"


def test_the_limit_of_one_person_is_not_cut_into_slices(cast: Cast) -> None:
    many_want_it(cast, ALONE)
    first = written(cast, stage="sent")
    with cast.runner.database.turn() as db:
        db.exec_driver_sql(f"UPDATE notice SET accepted = 15 WHERE id = {first.id}")
    second = written(cast)
    assert cast.tries("officer", SubmitNotice(X, second.id, second.version)) is None
    assert now_kept(cast, second.id).stage == "waiting"


def looked_at(cast: Cast, clock: FixedClock) -> None:
    """The sender's planner has looked once, after the hold."""
    clock.move(seconds=HOLD_MINUTES * 60 + 1)
    cast.runner.budget = Budget(1_000)
    asyncio.run(Planner(cast.runner, patient=False).step())


def test_more_people_by_the_end_of_the_hold_need_a_second_person_then(
    cast: Cast, clock: FixedClock
) -> None:
    kept = written(cast)
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) is None
    many_want_it(cast)
    looked_at(cast, clock)
    assert now_kept(cast, kept.id).stage == "waiting"


def test_an_approval_ends_with_the_office_of_who_gave_it(cast: Cast, clock: FixedClock) -> None:
    kept = submitted(cast)
    assert approve(cast, "governor", kept) is None
    assert cast.tries("admin", EndOffice(PROVINCE, cast.offices["governor"])) is None
    looked_at(cast, clock)
    assert now_kept(cast, kept.id).stage == "waiting"
    assert approve(cast, "head", now_kept(cast, kept.id)) is None


def test_what_a_dismissed_writer_held_is_seen_by_nobody(cast: Cast, clock: FixedClock) -> None:
    kept = written(cast)
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) is None
    assert cast.tries("head", EndOffice(X, cast.offices["officer"])) is None
    looked_at(cast, clock)
    assert now_kept(cast, kept.id).stage == "draft"
    assert ("stopped", "head") in nudged(cast)


def test_of_two_corrections_one_goes_and_of_what_was_recalled_none(
    cast: Cast, clock: FixedClock
) -> None:
    first, gone = written(cast, stage="sent"), written(cast, stage="recalled")
    with cast.runner.database.turn() as db:
        both = [
            put(db, cast.runner, replace(whole(cast.runner, X, cast.offices[by]), corrects=about))
            for by, about in (("officer", first.id), ("helper", first.id), ("officer", gone.id))
        ]
    assert cast.tries("officer", SubmitNotice(X, both[2].id, 1)) == CORRECTED
    for name, kept in zip(("officer", "helper"), both, strict=False):
        assert cast.tries(name, SubmitNotice(X, kept.id, 1)) is None
    looked_at(cast, clock)
    assert [now_kept(cast, kept.id).stage for kept in both[:2]] == ["sent", "draft"]


@pytest.mark.parametrize(
    "words", ["Transfer ke rek BCA 1234567890 a.n. Joko", "DP ke Dana 0812 3456 7890 dulu"]
)
def test_an_account_number_stands_in_no_notice(cast: Cast, words: str) -> None:
    kept = written(cast)
    assert cast.tries("officer", KeepAnswer(X, kept.id, "documents", words)) == NO_ACCOUNT
    assert now_kept(cast, kept.id) == kept


def test_news_that_offers_work_needs_a_second_person(cast: Cast) -> None:
    kept = written(cast, kind="news", title="Dicari 10 orang ke Taiwan",
                   words="Gaji bagus, segera daftar ke Pak Joko di balai desa.")  # fmt: skip
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) is None
    assert now_kept(cast, kept.id).stage == "waiting"


def nudged(cast: Cast) -> set[tuple[str, str]]:
    """Which messages wait for whom."""
    with cast.runner.database.look() as db:
        rows = db.exec_driver_sql("SELECT kind, person_id FROM delivery").all()
        names = {cast.asking(db, name).found.id: name for name in cast.people  # type: ignore[union-attr]
                 if cast.asking(db, name).found}  # fmt: skip
    return {(kind, names[person]) for kind, person in rows if person in names}


def test_whoever_may_approve_is_told_and_nobody_else(cast: Cast) -> None:
    submitted(cast)
    told = {name for kind, name in nudged(cast) if kind == "approve"}
    assert told == {"head", "coordinator", "governor", "admin"}


@pytest.mark.parametrize("field", ["source", "verifier", "deadline", "salary", "sip2mi_no"])
def test_nothing_goes_out_with_a_gap(cast: Cast, field: str) -> None:
    kept = written(cast, **{field: ""})
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) == INCOMPLETE
    assert now_kept(cast, kept.id).stage == "draft"


def test_nothing_goes_out_whose_last_day_or_licence_is_over(cast: Cast) -> None:
    for answers, why in (({"deadline": "2026-11-21"}, OVER),
                         ({"sip2mi_until": "2026-11-21"}, NO_LICENCE)):  # fmt: skip
        kept = written(cast, **answers)
        assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) == why


@pytest.mark.parametrize(
    "answers",
    [
        {"country": "kamboja"},
        {"country": "arab-saudi", "sector": "household"},
        {"country": "arab-saudi", "sector": "other", "formal": "informal"},
    ],
)
def test_a_closed_country_is_refused_when_it_is_said_and_when_it_is_sent(
    cast: Cast, answers: dict[str, str]
) -> None:
    code = next((c for c in cast.runner.service.library.destinations if c.startswith("arab")), "")
    answers = {k: code if v == "arab-saudi" else v for k, v in answers.items()}
    kept = written(cast, **answers)
    assert cast.tries("officer", SubmitNotice(X, kept.id, kept.version)) == CLOSED
    started = written(cast, **{key: value for key, value in answers.items() if key != "country"})
    said = KeepAnswer(X, started.id, "country", answers["country"])
    assert cast.tries("officer", said) == CLOSED
    assert now_kept(cast, started.id) == started


def test_answers_are_kept_in_one_spelling_and_wrong_ones_are_refused(cast: Cast) -> None:
    kept = written(cast)
    assert cast.tries("officer", KeepAnswer(X, kept.id, "contact_phone", "0286-321345")) is None
    assert dict(now_kept(cast, kept.id).answers)["contact_phone"] == "+62286321345"
    assert cast.tries("officer", KeepAnswer(X, kept.id, "contact_phone", "12")) == NO_PHONE
    assert isinstance(cast.tries("officer", KeepAnswer(X, kept.id, "age", "15-40")), Text)
    assert isinstance(cast.tries("officer", KeepAnswer(X, kept.id, "quota", "banyak")), Text)
    assert cast.tries("officer", KeepAnswer(X, kept.id, "nothing", "1")) == GONE


def test_signs_that_nobody_sees_are_taken_out_and_remembered(cast: Cast) -> None:
    kept = written(cast)
    said = KeepAnswer(X, kept.id, "employer", "FGV \u202eholdings")
    assert cast.tries("officer", said) is None
    answers = dict(now_kept(cast, kept.id).answers)
    assert (answers["employer"], answers["hidden"]) == ("FGV holdings", "employer")


def test_a_draft_belongs_to_whoever_wrote_it(cast: Cast) -> None:
    kept = written(cast)
    for effect in (KeepAnswer(X, kept.id, "quota", "9"), AimNotice(X, kept.id, (X,)),
                   DropNotice(X, kept.id), SubmitNotice(X, kept.id, kept.version)):  # fmt: skip
        assert cast.tries("helper", effect) == NOT_YOURS
    assert now_kept(cast, kept.id) == kept


def test_a_notice_is_for_nobody_beyond_its_writers_area(cast: Cast) -> None:
    kept = written(cast, "coordinator", REGENCY)
    wide = (*(f"33.07.10.{2000 + n}" for n in range(TARGETS + 1)),)
    assert cast.tries("coordinator", AimNotice(REGENCY, kept.id, ("32.12",))) == NOT_YOURS
    assert cast.tries("coordinator", AimNotice(REGENCY, kept.id, ("33.07.10.9999",))) == GONE
    assert cast.tries("coordinator", AimNotice(REGENCY, kept.id, ())) == NOWHERE
    assert isinstance(cast.tries("coordinator", AimNotice(REGENCY, kept.id, wide)), Text)
    assert cast.tries("coordinator", AimNotice(REGENCY, kept.id, (X, Y, "33.07.10"))) is None
    assert now_kept(cast, kept.id).targets == ("33.07.10", Y)
    own = written(cast)
    assert cast.tries("officer", AimNotice(X, own.id, (Y,))) == NOT_YOURS


def test_a_notice_of_one_area_is_not_reached_through_another(cast: Cast) -> None:
    kept = written(cast, stage="sent")
    for effect in (StopNotice(Y, kept.id), RecallNotice(Y, kept.id), CorrectNotice(Y, kept.id)):
        assert cast.tries("neighbour", effect) == GONE


def test_stopping_leaves_a_draft_before_and_a_stopped_one_after_the_first_message(
    cast: Cast,
) -> None:
    for stage, after in (("held", "draft"), ("sending", "stopped")):
        kept = written(cast, stage=stage)  # type: ignore[arg-type]
        assert cast.tries("head", StopNotice(X, kept.id)) is None
        assert now_kept(cast, kept.id).stage == after
    assert ("stopped", "officer") in nudged(cast)
    assert cast.tries("officer", StopNotice(X, kept.id)) == CHANGED


def test_a_correction_is_a_draft_for_those_who_got_the_first(cast: Cast) -> None:
    first = written(cast, stage="sent")
    assert cast.tries("officer", CorrectNotice(X, first.id)) is None
    assert cast.tries("officer", CorrectNotice(X, first.id)) is None  # taken up again
    with cast.runner.database.look() as db:
        found = cast.runner.rows.notices.inside(db, X, [cast.offices["officer"]], 99)
    (draft,) = [kept for kept in found if kept.corrects == first.id]
    assert (draft.stage, draft.answers, draft.targets) == ("draft", first.answers, first.targets)
    assert draft.number != first.number


def test_people_choose_what_they_receive_and_can_stop_it(cast: Cast) -> None:
    assert cast.tries("worker", Subscribe("country:malaysia", X)) is None
    assert cast.tries("worker", Subscribe("country:malaysia", X)) is None
    assert cast.tries("worker", Subscribe("news", X)) is None
    for topic in ("country:kamboja", "country:atlantis", "sector:crime", "everything", ""):
        assert cast.tries("worker", Subscribe(topic, X)) == GONE
    assert cast.tries("worker", Subscribe("jobs", "33.07.10.9999")) == GONE
    assert received(cast) == {"country:malaysia", "news"}
    assert cast.tries("worker", Unsubscribe("news")) is None
    assert received(cast) == {"country:malaysia"}
    assert cast.tries("worker", Unsubscribe()) is None
    assert received(cast) == set()


def received(cast: Cast) -> set[str]:
    with cast.runner.database.look() as db:
        found = cast.asking(db, "worker").found
        assert found
        subscriptions = cast.runner.rows.subscriptions.of(db, found.id)
    return {topic for topic, _ in subscriptions}


def test_a_kiosk_receives_nothing(runner: Runner, cast: Cast) -> None:
    worker = cast.people["worker"]
    worker.address = replace(worker.address, writable=False)
    assert cast.tries("worker", Subscribe("jobs", X)) == NOT_BY_MESSAGE


def test_a_report_reaches_the_coordinators_and_counts_once(cast: Cast) -> None:
    kept, draft = written(cast, stage="sent"), written(cast)
    assert cast.tries("worker", ReportNotice(kept.number, "fee")) is None
    assert cast.tries("worker", ReportNotice(kept.number, "other")) == ALREADY
    assert cast.tries("worker", ReportNotice(draft.number, "fee")) == GONE
    told = {name for kind, name in nudged(cast) if kind == "reported"}
    assert told == {"coordinator", "governor", "admin"}


def test_a_kiosk_cannot_bury_a_notice_under_reports(cast: Cast) -> None:
    kept, worker = written(cast, stage="sent"), cast.people["worker"]
    told: list[Text | None] = []
    for number in range(REPORTS + 1):
        worker.address = Address("kiosk", f"session-{number}", 300)
        told.append(cast.tries("worker", ReportNotice(kept.number, "other")))
    assert told == [None] * REPORTS + [TOO_MANY]


def test_a_begun_notice_is_a_draft_for_its_own_area(cast: Cast) -> None:
    assert cast.tries("officer", BeginNotice(X, "news")) is None
    with cast.runner.database.look() as db:
        newest = cast.runner.rows.notices.newest_draft(db, X, [cast.offices["officer"]])
    assert newest
    assert (newest.kind, newest.stage, newest.targets) == ("news", "draft", (X,))
    assert newest.answers == ()
