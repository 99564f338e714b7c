"""A new officer's day, played through Telegram's webhook from the invitation to a revocation."""

from bot.runner import Runner
from tests.bot import an_officers_day, doors
from tests.fake_telegram import FakeTelegram

EXPECTED = {
    "petugas-undangan": "mengundang Anda menjadi Kepala desa untuk Desa Kuripan, Kec. Watumalang",
    "petugas-tugas": "Undangan diterima atas nama Siti Aminah. Selamat bertugas.",
    "petugas-halaman": "tiap Selasa pagi (diperiksa 22 November 2026, diisi Siti Aminah)",
    "petugas-kontak": "0812-3456-7899",
    "petugas-berkas": "Budi Santosa menjadi Budi Santoso",
    "petugas-disimpan": "Kontak sudah disimpan",
    "petugas-mengundang": "Berlaku 24 jam, untuk satu orang.",
    "wati-tugas": "Petugas desa, Desa Kuripan",
    "petugas-membatalkan": "Cabut jabatan Wati Rahayu?",
    "wati-dicabut": "sudah tidak ada",
    "petugas-tautan": "?start=village_33-07-10-2004",
}


async def test_a_new_officer_does_all_of_it_in_the_chat(runner: Runner) -> None:
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
        seen = {moment.name: moment.message.html
                async for moment in an_officers_day.lived(runner, telegram)}  # fmt: skip
        assert not telegram.ignored_errors
    assert seen.keys() == EXPECTED.keys()
    for name, words in EXPECTED.items():
        assert words in seen[name], (name, seen[name])
