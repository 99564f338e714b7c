"""The calendar of a village: a date and what is on."""

from dataclasses import dataclass
from datetime import date

from flows.days import coming_day
from flows.effects import AddEvent, RemoveEvent
from flows.engine import Known
from flows.errors import Gone
from flows.officer import village
from flows.officer.desk import REMOVED, SAVED, Desk
from flows.queries import Query, VillageOf
from flows.screen import Caution, Choice, Items, Paragraph, Screen
from flows.text import t, verbatim
from flows.village.kept import VillageEvent
from flows.village.page import village_at

WRONG = t("Tanggal itu tidak ada, atau sudah lewat. Tulis seperti: 5 Desember.")
EXAMPLE = t("Tulis tanggalnya. Misalnya: 5 12 2026, atau 5 Desember.")


@dataclass(frozen=True)
class DeskCalendar(Desk, place="officer.calendar"):
    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        events = village_at(self.area, known).events
        none = Paragraph(t("Belum ada tanggal yang dicatat."))
        dates = tuple(t("{day}: {words}", day=e.day, words=e.words) for e in events)
        return Screen(
            t("Kalender desa"),
            (Items(t("Yang akan datang"), dates) if dates else none,),
            (
                Choice("add", t("Tambah tanggal"), DeskEventDay(self.area)),
                *(self._choice(event) for event in events),
            ),
            back=village.DeskVillage(self.area),
        )

    def _choice(self, event: VillageEvent) -> Choice:
        to = DeskEvent(self.area, event.number)
        return Choice(f"event:{event.number}", t("{day}", day=event.day), to)


@dataclass(frozen=True)
class DeskEvent(Desk, place="officer.event"):
    number: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (VillageOf(self.area),)

    def show(self, known: Known) -> Screen:
        events = village_at(self.area, known).events
        event = next((event for event in events if event.number == self.number), None)
        if event is None:
            raise Gone(f"no date {self.number} in {self.area!r}")
        back, gone = DeskCalendar(self.area), RemoveEvent(self.area, self.number)
        remove = Choice("remove", t("Hapus tanggal ini"), back, effects=(gone,), remark=REMOVED)
        return Screen(
            t("{day}", day=event.day), (Paragraph(verbatim(event.words)),), (remove,), back
        )


@dataclass(frozen=True)
class DeskEventDay(Desk, place="officer.event.day"):
    def show(self, known: Known) -> Screen:
        return Screen(t("Tanggal berapa?"), back=DeskCalendar(self.area), hint=EXAMPLE)

    def hear(self, words: str, known: Known) -> Choice | None:
        day = coming_day(words, known.today)
        if day is None:
            return Choice("wrong", EXAMPLE, self, remark=WRONG)
        return Choice("day", t("{day}", day=day), DeskEventWords(self.area, day.isoformat()))


@dataclass(frozen=True)
class DeskEventWords(Desk, place="officer.event.words"):
    writes = True
    day: str = ""

    def show(self, known: Known) -> Screen:
        day = date.fromisoformat(self.day)
        past = day < known.today
        return Screen(
            t("Ada apa pada {day}?", day=day),
            (Caution(t("Tanggal ini sudah lewat.")),) if past else (),
            back=DeskEventDay(self.area),
            hint=t("Tulis kegiatannya. Misalnya: penyuluhan di balai desa, pukul 09.00."),
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        add = AddEvent(self.area, date.fromisoformat(self.day), words)
        return Choice("add", SAVED, DeskCalendar(self.area), effects=(add,), remark=SAVED)
