"""A new officer's day on Telegram, moment by moment: for a test, and for the guide's pictures."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.runner import Runner
from tests.bot import doors
from tests.fake_telegram import FakeTelegram, Message
from tests.officers import KURIPAN

SITI, WATI = 7, 8
FILE = """nomor;jenis;nama;telepon;keterangan
1;kepala desa;Budi Santoso;0812-3456-7890;Di kantor desa tiap pagi
;petugas;Wati Rahayu;0812 3456 7891;
;pos;Pos Dusun Krajan;;Balai dusun, tiap Selasa
"""


@dataclass(frozen=True)
class Moment:
    """What is on an officer's phone, by the name that a picture of it bears."""

    name: str
    message: Message


class Day:
    """Somebody with a phone, and the bot."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self._telegram = telegram

    async def types(self, words: str, chat: int = SITI) -> None:
        assert await self._telegram.push(self._telegram.say(chat, words)) == [200]

    async def taps(self, *labels: str, chat: int = SITI) -> None:
        for label in labels:
            button = doors.button_of(self._telegram, chat, label)
            assert await self._telegram.push(self._telegram.tap(chat, button)) == [200]

    async def sends(self, name: str, text: str) -> None:
        update = self._telegram.send_document(SITI, name, text.encode())
        assert await self._telegram.push(update) == [200]

    def seen(self, name: str, chat: int = SITI) -> Moment:
        """The last message with buttons: a file comes after its screen."""
        return Moment(
            name, next(m for m in reversed(self._telegram.chat(chat).messages) if m.buttons)
        )

    def code(self) -> str:
        found = re.search(r"undangan ([2-9A-Z-]{19})", self.seen("").message.html)
        assert found
        return found[1]


async def lived(runner: Runner, telegram: FakeTelegram) -> AsyncIterator[Moment]:
    """Invited, page filled, contacts from a file, a colleague invited and taken back."""
    day = Day(telegram)
    code = runner.invite("head", KURIPAN)
    await day.types(f"/start invite_{code}")
    await day.taps("Bahasa Indonesia", "Mulai")
    yield day.seen("petugas-undangan")
    await day.taps("Ya, saya bertugas")
    await day.types("Siti Aminah")
    yield day.seen("petugas-tugas")
    await day.taps("Isi halaman Kuripan", "Alamat kantor")
    await day.types("Jl. Raya Kuripan 12, sebelah puskesmas")
    await day.taps("Jam buka")
    await day.types("Senin sampai Jumat, 08.00-15.00")
    await day.taps("Pos layanan")
    await day.types("Balai desa, tiap Selasa pagi")
    yield day.seen("petugas-halaman")
    await day.taps("Kontak", "Tambah kontak", "Kepala desa")
    await day.types("Budi Santosa")
    await day.types("0812 3456 7899")
    await day.taps("Nanti saja")
    yield day.seen("petugas-kontak")
    await day.taps("Kembali", "Ambil dari berkas")
    await day.sends("kontak.csv", FILE)
    yield day.seen("petugas-berkas")
    await day.taps("Ya, simpan semua")
    yield day.seen("petugas-disimpan")
    await day.types("petugas")
    await day.taps("Petugas dan undangan", "Undang seseorang", "Petugas desa")
    yield day.seen("petugas-mengundang")
    code = day.code()
    await day.types(f"/start invite_{code}", WATI)
    await day.taps("Bahasa Indonesia", "Mulai", chat=WATI)
    await day.taps("Ya, saya bertugas", chat=WATI)
    await day.types("Wati Rahayu", WATI)
    yield day.seen("wati-tugas", WATI)
    await day.types("petugas")
    await day.taps("Wati Rahayu menerima undangan", "Bukan orang yang saya undang")
    yield day.seen("petugas-membatalkan")
    await day.taps("Ya, cabut sekarang")
    await day.taps("Halaman Desa Kuripan", chat=WATI)
    yield day.seen("wati-dicabut", WATI)
    await day.types("petugas")
    await day.taps("Halaman Desa Kuripan", "Tautan desa")
    yield day.seen("petugas-tautan")
