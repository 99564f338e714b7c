"""The scan for signs of fraud: what it finds, what it lets pass, and how often it is wrong."""

import tomllib
from pathlib import Path

import pytest

from flows.library import Library
from flows.notices.scan import SIGNS, Sign, Warned, scan, signs
from tests.small_notices import notice

CORPUS = tomllib.loads(
    Path(__file__).parents[1].joinpath("notice_corpus.toml").read_text(encoding="utf-8")
)
SCAMS, HONEST = CORPUS["scam"], CORPUS["honest"]
PLAIN = {"verify_url": "https://contoh.go.id/lowongan", "cost": "zero", "cost_items": ""}
"""A notice in which nothing is to be found, whatever the samples of fields are."""

FOUND: dict[Sign, tuple[str, ...]] = {
    "fee": (
        "Cukup bayar 5 juta", "Uang muka di depan", "Setelah itu potong gaji 6 bulan",
        "Gaji dipotong lima bulan untuk agen", "Biaya: Rp 3.500.000", "Setor dulu ke kantor",
        "Gratis, tapi wajib bayar pelatihan", "tr4nsfer dulu", "b i a y a ringan", "D.P. dulu ya",
        "Ongkos ditanggung pelamar", "Jangan ragu, bayar sekarang",
        "Biaya 5 juta, makan ditanggung perusahaan", "Upah dua bulan pertama tidak dibayarkan",
    ),
    "account": (
        "Ke rekening 1234567890", "rek BRI 0012 0105 6789 503", "BCA 8830124567 a.n. Hendra",
        "DANA 081234567890", "GoPay: 0857-1234-5678", "lewat rekening pribadi ketua",
    ),
    "visa": (
        "Pakai visa wisata dulu", "Masuk dengan visa kunjungan", "Visa umrah plus kerja",
        "Permit nanti diurus di sana", "Visa kerjanya menyusul", "tourist visa ok",
    ),
    "country": ("Kerja di Kamboja", "Admin di Phnom Penh", "ART di Riyadh", "Baby sitter di Dubai"),
    "link": (
        "Daftar di bit.ly/kerja", "https://daftar-kerja.com", "wa.me/6281234567890",
        "www.loker.net", "http://siskop2mi.bp2mi.go.id", "https://bp2mi.go.id.daftar.com/a",
        "https://go.id@jahat.com", "https://jahat.com/bp2mi.go.id", "loker.my.id",
    ),
    "letters": ("Kеrja di pabrik", "Ｌｏｋｅｒ Taiwan", "Gαji besar", "ВСА"),
    "papers": (
        "Umur bisa diatur", "Tanpa paspor bisa", "Paspor disimpan agen", "KTP bisa kami buatkan",
        "Tidak usah lapor desa", "Lewat jalur tikus", "Bilang saja ke imigrasi mau liburan",
        "Ijazah asli ditahan", "Sertifikat tanah jadi jaminan",
    ),
    "age": ("Umur 16 tahun boleh", "usia 17-35", "minimal 17 tahun", "15-20 tahun",
            "Belum 18 juga boleh"),
}  # fmt: skip
"""Words that show a sign; `hidden` is told by its key."""

PASSED = (
    "Biaya nol", "Gratis", "Tanpa biaya", "Ditanggung perusahaan", "Tidak dipungut biaya apa pun",
    "Biaya visa dan tiket ditanggung perusahaan", "Perusahaan menanggung biaya pelatihan",
    "Jangan bayar kepada siapa pun", "Bila diminta membayar, segera lapor ke kantor desa",
    "Tidak ada potongan gaji", "Gaji tidak dipotong", "Lembur dibayar menurut aturan",
    "Gaji ditransfer ke rekening sendiri", "Pajak dan asuransi dipotong dari gaji",
    "Jangan transfer ke rekening pribadi", "Pak Dana 0812-3456-7890",
    "PT Karya Mandiri, 0812345678", "Jangan berangkat tanpa kontrak dan visa kerja",
    "Bukan visa wisata atau visa kunjungan", "Waspada tawaran dengan visa wisata",
    "Rapat di Jl. Kamboja No. 7", "Bahasa Arab dasar untuk pekerja rumah tangga",
    "Hotel di Qatar", "https://siskop2mi.bp2mi.go.id", "siskop2mi.bp2mi.go.id/lowongan",
    "Surat ke disnaker@wonosobokab.go.id", "Biaya nol.Info di kantor desa",
    "Paspor dipegang sendiri oleh pekerja", "Paspor tidak boleh ditahan", "Gaji RM1.700, 8 jam",
    "Merawat anak usia 12 tahun", "Umur 18 sampai 40 tahun", "Berpengalaman 15 tahun",
    "Gaji 170 ribu yen sebulan", "Gaji 25 juta rupiah sebulan", "",
)  # fmt: skip


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    assert len(SCAMS) >= 60
    assert len(HONEST) >= 60
    assert len({*SCAMS, *HONEST}) == len(SCAMS) + len(HONEST)


def test_nearly_every_scam_is_warned_about(library: Library) -> None:
    missed = [words for words in SCAMS if not signs(words, library)]
    assert len(missed) <= 0.05 * len(SCAMS), missed


def test_honest_words_are_seldom_warned_about(library: Library) -> None:
    wronged = [(words, found) for words in HONEST if (found := signs(words, library))]
    assert len(wronged) <= 0.10 * len(HONEST), wronged


@pytest.mark.parametrize(("sign", "words"), [(s, w) for s, all_ in FOUND.items() for w in all_])
def test_each_sign_is_found(library: Library, sign: Sign, words: str) -> None:
    assert sign in signs(words, library), words


@pytest.mark.parametrize("words", PASSED)
def test_what_denies_a_sign_passes(library: Library, words: str) -> None:
    assert signs(words, library) == (), words


def test_every_sign_has_its_words() -> None:
    assert FOUND.keys() | {"hidden", "job", "rest"} == SIGNS.keys()


@pytest.mark.parametrize(
    "words",
    ["Lowongan kerja pabrik, resmi", "Dicari 10 ibu rumah tangga", "Gaji 6 juta, siap berangkat"],
)
def test_news_that_offers_work_is_no_news(library: Library, words: str) -> None:
    offered = notice("482913", "news", **PLAIN | {"words": words})
    assert Warned("job", "words") in scan(offered, library)


@pytest.mark.parametrize(
    "words",
    [
        "Penyuluhan kerja aman ke luar negeri, Selasa pagi",
        "Sosialisasi gaji dan hak pekerja migran",
    ],
)
def test_news_that_teaches_about_work_is_news(library: Library, words: str) -> None:
    taught = notice("482913", "news", **PLAIN | {"words": words})
    assert scan(taught, library) == ()


def test_work_without_rest_is_asked_about(library: Library) -> None:
    tired = notice("482913", **PLAIN | {"hours": "16", "days": "7"})
    assert scan(tired, library) == (Warned("rest", "hours"), Warned("rest", "days"))


def test_a_whole_honest_notice_is_not_warned_about(library: Library) -> None:
    for kind in ("p3mi", "government", "news"):
        assert scan(notice("482913", kind, **PLAIN), library) == (), kind


def test_a_warning_names_the_field(library: Library) -> None:
    doubtful = notice("482913", **PLAIN | {"documents": "Umur bisa diatur, bayar DP 2 juta"})
    assert scan(doubtful, library) == (Warned("fee", "documents"), Warned("papers", "documents"))


def test_an_address_must_be_a_plain_one_of_the_government(library: Library) -> None:
    for address in ("https://contoh.com", "https://contoh.go.id.jahat.com/a", "http://a.go.id"):
        found = scan(notice("482913", **PLAIN | {"verify_url": address}), library)
        assert found == (Warned("link", "verify_url"),), address


def test_costs_that_are_no_workers_own_are_warned_about(library: Library) -> None:
    for given in ({"cost": "listed"}, {"cost": "personal", "cost_items": "pelatihan, visa"}):
        assert Warned("fee", "cost") in scan(notice("482913", **PLAIN | given), library)
    own = {"cost": "personal", "cost_items": "paspor, SKCK, tes kesehatan"}
    assert scan(notice("482913", **PLAIN | own), library) == ()


def test_hidden_signs_that_were_taken_out_are_told(library: Library) -> None:
    hiding = notice("482913", **PLAIN | {"hidden": "employer"})
    assert scan(hiding, library) == (Warned("hidden", "employer"),)


def test_for_work_in_a_home_more_countries_are_closed(library: Library) -> None:
    for given, found in (
        ({"sector": "hotel"}, ()),
        ({"sector": "household"}, (Warned("country", "city"),)),
        ({"sector": "farming", "formal": "informal"}, (Warned("country", "city"),)),
    ):
        there = notice("482913", **PLAIN | {"city": "Doha", "formal": "formal"} | given)
        assert scan(there, library) == found, given


def test_what_somebody_is_to_earn_is_not_judged(library: Library) -> None:
    rich = notice("482913", **PLAIN | {"salary": "Rp 90.000.000", "overtime": "dibayar dua kali"})
    assert scan(rich, library) == ()
