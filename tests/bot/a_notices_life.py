"""The life of a notice on Telegram, moment by moment: for a test, and for the guide's pictures.

Siti, an officer, writes her first notice; Budi, the head, agrees; everybody who wants it gets it, a
fifth of them in trouble; it is corrected, the correction recalled, and a piece of news closes.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from bot.budget import Budget
from bot.runner import Runner
from bot.sender.opening import send_for_ever
from flows.home import Home
from flows.person import Person
from flows.rights import Role
from storage.notices import Kept
from storage.offices import Waiting
from storage.people import Address
from tests.bot import doors
from tests.bot.an_officers_day import Moment
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.chats import TroubleKind
from tests.notices import subscribed
from tests.officers import KURIPAN
from tests.play import FixedClock

SITI, BUDI, FIRST = 7, 8, 10_000
DAY = 24 * 3600
NEWS_EACH = 2
"""Of so many people one also wants the news of the village."""

TROUBLES: tuple[TroubleKind | str, ...] = (
    "blocked", "blocked", "blocked", "blocked", "blocked", "blocked",
    "deactivated", "not-found", "migrated", "failing",
)  # fmt: skip
"""What every fifth person is in, one after the other; `failing` is well again at the second try."""

ANSWERS = (
    "P3MI", "> PT Contoh Maju", "> SIP3MI 123/2024", "> SIP2MI 456/X/2026", "> 30 6 2027",
    "> kemarin", "P3MI dengan perusahaan", "> malaysia", "Perkebunan", "> Pemanen sawit",
    "> Kebun Contoh Sabah", "Pada perusahaan", "> 75", "Laki-laki dan perempuan", "> 18-40", "SD",
    "Menikah atau belum", "> 1.700 RM", "sebulan", "> 8", "> 6",
    "tempat tinggal", "asuransi", "Lanjut", "> 24", "Tidak ada biaya",
    "Sesuai daftar dokumen resmi", "Kantor Disnaker", "> 31 12 2026", "> Ibu Rina, Disnaker",
    "> 0286 321345", "> Surat Disnaker Wonosobo, 20 November 2026",
    "> Ibu Rina, Disnaker, lewat telepon 21 November",
)  # fmt: skip
"""Every required question about a vacancy through a P3MI, in their order."""

NEWS = (
    "> Penyuluhan kerja aman", "> Selasa, 1 Desember, pukul 09.00 di balai desa. Gratis.",
    "> 1 12 2026", "> Rapat desa 20 November", "> Pak Budi, kepala desa, 21 November",
)  # fmt: skip


@dataclass
class Village:
    """Siti, Budi and everybody else, in front of a running bot."""

    runner: Runner
    telegram: FakeTelegram
    people: int

    @property
    def clock(self) -> FixedClock:
        assert isinstance(self.runner.clock, FixedClock)
        return self.runner.clock

    def settle(self) -> None:
        """Two who serve, and people who want to be told; a fifth of them in trouble."""
        with self.runner.database.turn() as db:
            for chat, role in ((SITI, "officer"), (BUDI, "head")):
                self._seat(db, chat, role)  # type: ignore[arg-type]
            ids = subscribed(db, self.runner, range(FIRST, FIRST + self.people), KURIPAN)
            for person in ids[::NEWS_EACH]:
                self.runner.rows.subscriptions.add(db, person, "news", KURIPAN)
        for chat in (SITI, BUDI, *range(FIRST, FIRST + self.people)):
            self.telegram.person(chat)
        for number, chat in enumerate(range(FIRST, FIRST + self.people, 5)):
            trouble = TROUBLES[number % len(TROUBLES)]
            if trouble == "blocked":
                self.telegram.chat(chat).blocked = True
            else:
                times = 1 if trouble == "failing" else -1
                self.telegram.trouble(chat, trouble, times)  # type: ignore[arg-type]

    def _seat(self, db: object, chat: int, role: Role) -> None:
        runner, clock = self.runner, self.runner.clock
        new_id, since = clock.new_id(), clock.now() - 2 * DAY
        address = Address("telegram", str(chat), 365 * DAY, writable=True)
        person = Person().speaking("id").made_welcome().living_in(KURIPAN)
        runner._people.add(db, new_id, address, person, Home(), clock.now())  # type: ignore[arg-type]
        name = "Siti Aminah" if chat == SITI else "Budi Santoso"
        given = Waiting(0, role, KURIPAN, 0, since)
        runner.rows.offices.add(db, clock.new_id(), new_id, given, name, since)  # type: ignore[arg-type]

    async def does(self, *lines: str, chat: int = SITI) -> None:
        """Types what begins with `>`, presses everything else."""
        for line in lines:
            if line.startswith("> "):
                update = self.telegram.say(chat, line[2:])
            else:
                update = self.telegram.tap(chat, self._button(chat, line))
            assert await self.telegram.push(update) == [200], line

    def _button(self, chat: int, label: str) -> str:
        """On the newest message that has it; a push may have come in between."""
        for message in reversed(self.telegram.chat(chat).messages):
            for row in message.buttons:
                for text, data in row:
                    if text.lstrip("✅⬜ ").startswith(label):
                        return data
        raise AssertionError(f"no button {label!r} in chat {chat}: {self.text(chat)}")

    def text(self, chat: int = SITI) -> str:
        """What the bot said last; empty where it has said nothing yet."""
        messages = self.telegram.chat(chat).messages
        return messages[-1].text if messages else ""

    def seen(self, name: str, chat: int = SITI, *, pushed: bool = False) -> Moment:
        """The newest screen, or the newest message that the bot sent first."""
        for message in reversed(self.telegram.chat(chat).messages):
            first = any(data.startswith("@") for row in message.buttons for _, data in row)
            if message.buttons and first == pushed:
                return Moment(name, message)
        raise AssertionError(f"nothing of that kind in chat {chat}")

    def kept(self, number: str) -> Kept:
        with self.runner.database.look() as db:
            found = self.runner.rows.notices.numbered(db, number)
        assert found
        return found

    async def until(self, what: Callable[[], bool], most: float = 90) -> None:
        """The sender works beside us; it has so many seconds."""
        async with asyncio.timeout(most):
            while not what():  # noqa: ASYNC110  (the sender does not know that we wait)
                await asyncio.sleep(0.05)

    def is_quiet(self, number: str) -> bool:
        """Whether the sender has nothing left to do about a notice."""
        kept = self.kept(number)
        with self.runner.database.look() as db:
            waits = self.runner.rows.outbox.report(db, kept)
        return not (kept.go_at or waits.waiting or waits.changing)

    async def sent(self, number: str) -> None:
        """Once the hold is over, and what failed at first was tried again."""
        self.clock.move(seconds=601)
        await self.until(lambda: self.kept(number).stage == "sending")
        await self.until(lambda: self._tried(number))
        self.clock.move(seconds=61)
        await self.until(lambda: self.is_quiet(number))

    def _tried(self, number: str) -> bool:
        """Whether only those wait whose server failed once."""
        kept = self.kept(number)
        failing = sum(trouble == "failing" for trouble in self._troubles()) if kept.planned else 0
        with self.runner.database.look() as db:
            return kept.planned and self.runner.rows.outbox.report(db, kept).waiting <= failing

    def _troubles(self) -> list[str]:
        return [TROUBLES[n % len(TROUBLES)] for n in range(len(range(0, self.people, 5)))]


async def lived(
    runner: Runner, telegram: FakeTelegram, people: int
) -> AsyncIterator[tuple[Moment, Village]]:
    """Needs a webhook and a sender beside it: see `beside`."""
    village = Village(runner, telegram, people)
    village.settle()
    async with beside(runner, telegram):
        async for moment in _first_notice(village):
            yield moment, village
        async for moment in _afterwards(village):
            yield moment, village


class beside:  # noqa: N801  (used as a function)
    """The sender, in a task of its own, for as long as the block lasts."""

    def __init__(self, runner: Runner, telegram: FakeTelegram) -> None:
        runner.budget = Budget(1_000)
        self._sending = send_for_ever(runner, doors.settings_for(telegram))

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._sending)

    async def __aexit__(self, *failure: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def _first_notice(village: Village) -> AsyncIterator[Moment]:
    await village.does("> petugas", "Pengumuman dan lowongan")
    yield village.seen("pengumuman-daftar")
    await village.does("Tulis pengumuman baru", "Lowongan lewat P3MI")
    yield village.seen("pengumuman-pertanyaan")
    await village.does(*ANSWERS)
    yield village.seen("pengumuman-periksa")
    await village.does("Lihat seperti warga")
    yield village.seen("pengumuman-contoh")
    await village.does("Kembali", "Kirim")
    yield village.seen("pengumuman-kirim")
    await village.does("Minta persetujuan")
    await village.until(lambda: "menunggu persetujuan" in village.text(BUDI))
    yield village.seen("kepala-kabar", BUDI, pushed=True)
    await village.does("Buka tugas petugas", "Setujui pengumuman", chat=BUDI)
    yield village.seen("kepala-menyetujui", BUDI)
    await village.does("Setujui", chat=BUDI)
    yield village.seen("kepala-disetujui", BUDI)
    await village.sent("482913")
    yield village.seen("warga-kabar", FIRST + 1, pushed=True)
    await village.does("> petugas", "Pengumuman dan lowongan", "482-913")
    yield village.seen("pengumuman-laporan")


async def _afterwards(village: Village) -> AsyncIterator[Moment]:
    await village.does("Perbaiki", "Ubah isinya", "Gaji dan biaya", "Gaji", "> 1.500 RM", "Kirim")
    yield village.seen("perbaikan-kirim")
    await village.does("Minta persetujuan")
    await village.does("> petugas", "Setujui pengumuman", "Setujui", chat=BUDI)
    await village.sent("482914")
    await village.until(lambda: village.is_quiet("482913"))
    yield village.seen("warga-perbaikan", FIRST + 1, pushed=True)
    await village.does("> petugas", "Pengumuman dan lowongan", "482-914", "Tarik kembali")
    yield village.seen("pengumuman-tarik")
    await village.does("Ya, tarik sekarang")
    await village.until(lambda: village.is_quiet("482914"))
    await village.does("Lihat lagi")
    yield village.seen("pengumuman-ditarik")
    await village.does("> petugas", "Pengumuman dan lowongan", "Tulis pengumuman baru")
    await village.does("Kabar desa", *NEWS, "Untuk siapa?", "Selesai", "Kirim", "Minta persetujuan")
    await village.does("> petugas", "Setujui pengumuman", "Setujui", chat=BUDI)
    await village.sent("482915")
    yield village.seen("warga-penyuluhan", FIRST + 4, pushed=True)
    village.clock.move(days=10)
    await village.until(lambda: village.kept("482915").stage == "closed")
    await village.until(lambda: village.is_quiet("482915"))
    yield village.seen("warga-ditutup", FIRST + 4, pushed=True)
