"""Desa Contoh, where everything can be tried, and how the operator invites the first officer."""

import asyncio
import re
import sys
from pathlib import Path

import httpx
import pytest

from bot.notice_sending import REHEARSED_HOLD
from tests.bot import doors
from tests.bot.test_commands import PLAIN, answering, ended, run, served
from tests.conftest import KEY
from tests.fake_telegram import FakeTelegram

ROLES = {
    "worker": "Desa saya",
    "officer": "Petugas desa, Desa Contoh, Kec. Contoh, Kabupaten Contoh",
    "head": "Kepala desa, Desa Contoh, Kec. Contoh, Kabupaten Contoh",
    "coordinator": "Koordinator, Kabupaten Contoh, Provinsi Contoh",
}
VISITS = {
    "worker": ["desa saya", "kegiatan desa", "menu"],
    "officer": [
        "petugas", "periksa 1 kontak", "pos layanan", "masih benar", "tambah kontak", "kontak lain",
        "Pak Amat", "0812 3456 7890", "nanti saja",
        "petugas", "petugas dan undangan", "undang", "petugas desa",
    ],
    "head": ["petugas", "petugas dan undangan", "Siti Contoh", "cabut", "ya, cabut"],
    "coordinator": [
        "petugas", "isi halaman", "jam buka", "Senin 08.00", "petugas", "catatan perubahan",
        "petugas", "pilih desa", "kec. contoh", "desa contoh sebelah", "jam buka", "Selasa",
    ],
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_played_in_the_terminal(tmp_path: Path, role: str) -> None:
    typed = "petugas\n" + "\n".join(VISITS[role]) + "\n"
    done = run("chat", "--demo", "--as", role, folder=tmp_path, typed=typed)
    assert done.returncode == 0, done.stderr
    assert ROLES[role] in done.stdout
    assert "belum mengerti" not in done.stdout.partition(VISITS[role][0])[2], done.stdout
    assert "tidak bisa lagi dari sini" not in done.stdout


async def test_the_head_approves_a_notice_and_reads_what_became_of_it(tmp_path: Path) -> None:
    """Twenty want it; whoever is in trouble is drawn by lot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "chat", "--demo", "--as", "head", cwd=tmp_path, env=PLAIN,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"petugas\nsetujui pengumuman\nsetujui\n")
    said = (await process.stdout.readuntil(b"Mulai dikirim pukul")).decode()
    assert "Menerima di HP: 20 orang" in said
    await asyncio.sleep(REHEARSED_HOLD + 1)
    process.stdin.write(b"lihat lagi\nlihat lagi\n")
    process.stdin.write_eof()
    said = (await process.stdout.read()).decode()
    assert "Dari 20 orang" in said
    assert "sampai:" in said
    assert await process.wait() == 0


def test_a_rehearsal_leaves_nothing_behind(tmp_path: Path) -> None:
    run("chat", "--demo", folder=tmp_path, typed="desa\n", TMPDIR=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


async def test_the_hall_of_desa_contoh_can_be_an_officers(tmp_path: Path) -> None:
    port = str(doors.free_port())
    process = await served("run", "--demo", folder=tmp_path, PORT=port)
    page = await answering(f"http://127.0.0.1:{port}/")
    assert "Selamat datang di Desa Contoh" in page.text
    assert "Siti Contoh" in page.text
    assert process.stderr
    await process.stderr.readline()  # that everybody here is invented
    told = (await process.stderr.readline()).decode()
    code = re.search(r"undangan (\S+)", told)
    assert code, told
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        visitor = doors.KioskVisitor(client)
        await visitor.open()
        for line in (
            "Bahasa Indonesia",
            "Mulai",
            "Bahasa dan data saya",
            "Saya punya kode undangan",
        ):
            await visitor.do(line)
        assert 'name="words"' in visitor.page  # a field to type in
        for line in (
            f"> {code[1]}",
            "Ya, saya bertugas",
            "> Siti Coba",
            "Periksa 1 kontak",
            "Ambil dari berkas",
        ):
            await visitor.do(line)
        await visitor.send_file("kontak.csv", b"jenis;nama;telepon\npos;Pos Baru;\n")
        await visitor.do("Ya, simpan semua")
        assert "Pos Baru" in visitor.page
    assert await ended(process) == 0


def test_the_operator_invites_the_first_officer(tmp_path: Path) -> None:
    done = run("invite", "head", "33.07.10.2004", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    code = re.fullmatch(r"undangan (\S{19})\n", done.stdout)
    assert code, done.stdout
    typed = f"Bahasa Indonesia\nMulai\nundangan {code[1]}\n1\nSiti Aminah\n"
    assert "Selamat bertugas" in run("chat", folder=tmp_path, typed=typed).stdout


async def test_with_a_token_the_invitation_is_a_link_too(tmp_path: Path) -> None:
    async with FakeTelegram(limits=False) as telegram:
        settings = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        done = await asyncio.to_thread(
            run, "invite", "coordinator", "33.07", folder=tmp_path, DATA_KEY=KEY, **settings
        )
    assert re.match(r"https://t\.me/\w+\?start=invite_\S{19}\nundangan \S{19}\n", done.stdout)


@pytest.mark.parametrize(
    ("role", "area", "said"),
    [
        ("officer", "33.07", "an area of this kind: village"),
        ("coordinator", "33.07.10.2004", "an area of this kind: regency"),
        ("admin", "33.07", "an area of this kind: province, country"),
        ("officer", "99.99.99.9999", "no area has this code"),
        ("head", "kuripan", "no area has this code"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(
    tmp_path: Path, role: str, area: str, said: str
) -> None:
    done = run("invite", role, area, folder=tmp_path)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr


def test_a_hall_that_is_no_village_stops_the_start(tmp_path: Path) -> None:
    done = run("chat", folder=tmp_path, AREA="33.07.10.9999")
    assert (done.returncode, "no village has the code" in done.stderr) == (1, True)
