"""What people do about notices: receive them, receive no more, report one that looks wrong."""

from typing import assert_never

from bot.asking import Asking
from bot.notice_nudges import nudge
from bot.work import FULL, GONE, Work, at_most
from flows.effects import ReaderEffect, ReportNotice, Subscribe, Unsubscribe
from flows.errors import Refused
from flows.library import Library
from flows.notices.kept import JOBS, NEWS, PUBLISHED, SECTORS
from flows.text import t

NOT_BY_MESSAGE = t("Kabar lewat pesan hanya bisa di Telegram, di HP Anda sendiri.")
ALREADY = t("Laporan Anda tentang nomor ini sudah kami terima.")

TOO_MANY = t("Sudah banyak laporan dari sini. Coba satu jam lagi, atau telepon nomor bantuan.")

REPORTS = 10
"""Reports in an hour, of one person or of all who stand at a kiosk."""

TOPICS = 30
"""Subscriptions of one person: more is nobody's wish."""


class ReaderWork(Work):
    def carry_out(self, effect: ReaderEffect, asking: Asking, library: Library) -> None:
        match effect:
            case Subscribe():
                self._subscribe(effect, asking, library)
            case Unsubscribe():
                self._unsubscribe(effect, asking)
            case ReportNotice():
                self._report(effect, asking)
            case _:
                assert_never(effect)

    def _subscribe(self, effect: Subscribe, asking: Asking, library: Library) -> None:
        if asking.found is None or not asking.writable:
            raise Refused(NOT_BY_MESSAGE)
        db, person = asking.db, asking.found.id
        there = self.rows.area(effect.area, db)
        if there is None or not _is_topic(effect.topic, library):
            raise Refused(GONE)
        subscriptions = self.rows.subscriptions
        if len(subscriptions.of(db, person)) >= TOPICS:
            raise Refused(at_most(FULL, TOPICS))
        subscriptions.add(db, person, effect.topic, effect.area)

    def _unsubscribe(self, effect: Unsubscribe, asking: Asking) -> None:
        """What waits already and nobody asked for otherwise is not sent any more."""
        if asking.found is None:
            return
        person = asking.found.id
        for topic, _ in self.rows.subscriptions.of(asking.db, person):
            of_it = topic != NEWS if effect.topic == JOBS else topic == effect.topic
            if of_it or not effect.topic:
                self.rows.subscriptions.remove(asking.db, person, topic)
        self.rows.outbox.cancel_unwanted(asking.db, person)

    def _report(self, effect: ReportNotice, asking: Asking) -> None:
        db, now = asking.db, self.clock.now()
        kept = self.rows.notices.numbered(db, effect.number)
        if kept is None or kept.stage not in PUBLISHED:
            raise Refused(GONE)
        self._count(asking)
        person = asking.found.id if asking.found else None
        if not self.rows.notices.suspect(
            db, self.clock.new_id(), kept.id, person, effect.reason, now
        ):
            raise Refused(ALREADY)
        writer = self.rows.offices.find(db, kept.written_by)
        looking = [
            office for office in self.rows.offices.over(db, kept.area, "coordinator", now)
            if writer is None or office.person != writer.person
        ]  # fmt: skip
        nudge(self.rows.outbox, db, "reported", kept.id, looking, now)

    def _count(self, asking: Asking) -> None:
        """At a kiosk everybody is new again and again, so that all of them are counted as one."""
        kiosk = asking.address.door == "kiosk"
        who = "report:kiosk" if kiosk else f"report:{asking.address}"
        kept, now = self.rows.offices, self.clock.now()
        if kept.guesses(asking.db, who, now) >= REPORTS:
            raise Refused(TOO_MANY)
        kept.guess(asking.db, self.clock.new_id(), who, now)


def _is_topic(topic: str, library: Library) -> bool:
    """Nobody is told of work where no work is legal."""
    kind, _, code = topic.partition(":")
    match kind:
        case "country":
            place = library.destinations.get(code)
            return place is not None and place.other != "never"
        case "sector":
            return code in SECTORS
        case _:
            return topic in (JOBS, NEWS)
