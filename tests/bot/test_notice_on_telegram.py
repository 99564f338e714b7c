"""A notice's life on Telegram: written, approved, sent to 5,000, corrected, recalled, closed."""

from collections import Counter

import pytest

from bot.runner import Runner
from flows.notices.kept import Report
from tests.bot import a_notices_life, doors
from tests.bot.a_notices_life import BUDI, FIRST, NEWS_EACH, SITI, TROUBLES, Village
from tests.fake_telegram import FakeTelegram

PEOPLE = 5_000
EXPECTED = {
    "pengumuman-daftar": "Belum ada pengumuman",
    "pengumuman-pertanyaan": "Pertanyaan 1 dari",
    "pengumuman-periksa": "Yang wajib sudah lengkap.",
    "pengumuman-contoh": "begini warga membacanya",
    "pengumuman-kirim": "Orang kedua perlu menyetujui dulu: kepala desa atau koordinator.",
    "kepala-kabar": "menunggu persetujuan Anda",
    "kepala-menyetujui": "Pemanen sawit, Malaysia",
    "kepala-disetujui": "Mulai dikirim pukul 12.10 WIB",
    "warga-kabar": "Lowongan ini tanpa biaya",
    "pengumuman-laporan": "Sudah dikirim.",
    "perbaikan-kirim": "Perbaikan ini hanya untuk yang sudah menerima nomor 482-913.",
    "warga-perbaikan": "Ini perbaikan dari nomor 482-913",
    "pengumuman-tarik": "Tarik nomor 482-914?",
    "pengumuman-ditarik": "Sudah ditarik.",
    "warga-penyuluhan": "Penyuluhan kerja aman",
    "warga-ditutup": "Nomor 482-915 sudah ditutup. Hari terakhirnya 1 Desember 2026.",
}


def report(village: Village, number: str) -> Report:
    with village.runner.database.look() as db:
        return village.runner.rows.outbox.report(db, village.kept(number))


def copies(telegram: FakeTelegram, number: str, what: str = "sent") -> Counter[int]:
    """How often each person got this notice, by the server's own log."""
    stamp = f"Nomor {number[:3]}-{number[3:]}"
    readers = range(FIRST, FIRST + PEOPLE)
    log = (deed for deed in telegram.log if deed.what == what and deed.chat not in (SITI, BUDI))
    found = Counter(deed.chat for deed in log if stamp in deed.html)
    assert all(chat in readers for chat in found), "somebody outside the audience"
    return found


@pytest.mark.timeout(240)
async def test_a_notice_is_written_approved_sent_corrected_and_recalled(runner: Runner) -> None:
    async with FakeTelegram(limits=False) as telegram, doors.webhook_at(runner, telegram):
        seen: dict[str, str] = {}
        async for moment, village in a_notices_life.lived(runner, telegram, PEOPLE):
            seen[moment.name] = moment.message.html
            if moment.name == "pengumuman-laporan":
                _equals_the_servers_log(village, telegram)
        _only_those_who_got_the_first(village, telegram)
        _closed_on_every_phone(village, telegram)
    assert seen.keys() == EXPECTED.keys()
    for name, words in EXPECTED.items():
        assert words in seen[name], (name, seen[name])


def _equals_the_servers_log(village: Village, telegram: FakeTelegram) -> None:
    told, got = report(village, "482913"), copies(telegram, "482913")
    troubles = Counter(TROUBLES[n % len(TROUBLES)] for n in range(PEOPLE // 5))
    gone = troubles["blocked"] + troubles["deactivated"]
    lost = troubles["not-found"] + troubles["migrated"]
    assert told == Report(PEOPLE, PEOPLE - gone - lost, gone, lost, 0, 0, 0)
    assert (len(got), set(got.values())) == (told.sent, {1})


def _only_those_who_got_the_first(village: Village, telegram: FakeTelegram) -> None:
    first, corrected = copies(telegram, "482913"), copies(telegram, "482914")
    assert corrected == first
    changed = report(village, "482913")
    assert (changed.edited, changed.changing, changed.left) == (len(first), 0, 0)
    recalled = report(village, "482914")
    assert (recalled.deleted, recalled.changing, recalled.left) == (len(corrected), 0, 0)


def _closed_on_every_phone(village: Village, telegram: FakeTelegram) -> None:
    got, closed = copies(telegram, "482915"), copies(telegram, "482915", "edited")
    wanted = set(range(FIRST, FIRST + PEOPLE, NEWS_EACH))
    assert got.keys() <= wanted and len(got) == report(village, "482915").sent
    assert closed == got
