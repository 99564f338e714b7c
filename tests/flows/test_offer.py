"""The offer check: at most nine presses, reasons with their law, and never a promise of safety."""

import pytest

from flows.library import Library
from flows.offer.questions import QUESTIONS, asked
from flows.offer.told import Told
from tests.play import Visitor

FINE = ("Negara lain", "Visa kerja", "Petugas P3MI", "Gaji biasa", "Tidak diminta uang",
        "Saya pegang", "Ya, Disnaker", "Ya, saya bebas")  # fmt: skip


@pytest.fixture
def at_home(visitor: Visitor) -> Visitor:
    return visitor.welcomed()


def test_eight_presses_lead_to_a_result(at_home: Visitor) -> None:
    at_home.press("Cek tawaran kerja").says("Pertanyaan 1 dari 8").says("Kami tidak bertanya nama")
    at_home.walk(*FINE).is_at("offer.result")
    assert len(FINE) + 1 <= 9


def test_without_a_sign_it_is_not_called_safe(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE).says("Belum terlihat tanda bahaya")
    at_home.says("Ini bukan jaminan").says_nothing_of("aman.").press("Cara memeriksa").is_at(
        "topic"
    )


def test_one_strong_sign_is_enough_to_stop(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").press("Kamboja").walk(*FINE[1:]).says("Berhenti dulu")
    at_home.press("Mengapa ini berbahaya?").is_at("offer.sign").says("Tidak ada penempatan resmi")
    at_home.says("Sumber:").press("Kembali").press("Apa yang saya lakukan").says("110")


def test_a_medium_sign_or_a_doubt_is_a_reason_to_ask(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE[:2], "Belum tahu", *FINE[3:]).says("Tanya dulu")
    at_home.says("Yang perlu dipastikan").says("Siapa yang menempatkan")
    at_home.press("Ulangi").walk(*FINE[:3], "Gaji sangat tinggi", *FINE[4:]).says("Tanya dulu")


def test_whoever_is_locked_up_sees_the_numbers_first(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE[:7], "Dikurung").is_at("emergency").says("110")
    at_home.press("Kembali").is_at("offer.result").says("Berhenti dulu")


def test_a_second_sign_of_the_same_question_can_be_added(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE[:4], "Bayar tanpa kuitansi", *FINE[5:])
    at_home.press("Ada tanda lain").press("Visa wisata").is_at("offer.result").says("Visa wisata")
    at_home.says("Bayar tanpa kuitansi").press("Mengapa").is_at("offer.reasons")


def test_back_takes_the_answer_back(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").press("Kamboja").press("Kembali").says("Pertanyaan 1 dari 8")
    at_home.walk(*FINE).says("Belum terlihat tanda bahaya")


def test_the_text_for_the_family_says_it_in_the_persons_voice(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").press("Kamboja").walk(*FINE[1:]).press("Pesan untuk keluarga")
    at_home.says("Saya ditawari kerja").says("Saya berhenti dulu").says("0800-1000").says("Kamboja")


def test_nothing_of_an_offer_is_remembered_of_the_person(at_home: Visitor) -> None:
    before = at_home.person
    at_home.press("Cek tawaran").press("Kamboja").walk(*FINE[1:])
    assert at_home.person == before


def test_every_question_has_signs_and_every_sign_a_question(library: Library) -> None:
    assert asked(library) == tuple(QUESTIONS)
    assert sorted(s.number for s in library.signs.values()) == [f"R{n:02}" for n in range(1, 22)]


@pytest.mark.parametrize(
    ("signs", "unsure", "verdict"),
    [((), (), "nothing"), ((), ("visa",), "ask"), (("mild",), (), "ask"),
     (("gone-from-the-content",), (), "nothing")],
)  # fmt: skip
def test_the_verdict_follows_from_what_was_told(
    library: Library, signs: tuple[str, ...], unsure: tuple[str, ...], verdict: str
) -> None:
    mild = next(s.code for s in library.signs.values() if not s.strong)
    told = Told(tuple(mild if code == "mild" else code for code in signs), unsure)
    assert told.verdict(library) == verdict


def test_every_strong_sign_stops(library: Library) -> None:
    for sign in library.signs.values():
        assert Told((sign.code,)).verdict(library) == ("stop" if sign.strong else "ask")


def test_the_first_strong_sign_is_answered_at_once(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").press("Kamboja").says("Jangan bayar").says("jangan berangkat dulu")
    at_home.press("Lihat hasilnya sekarang").is_at("offer.result").says("Berhenti dulu")


def test_whoever_is_watched_sees_the_numbers(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE[:7], "Tidak yakin").is_at("emergency")
    at_home.press("Kembali").says("Tanya dulu")


def test_whoever_only_doubts_is_told_whom_to_ask(at_home: Visitor) -> None:
    at_home.press("Cek tawaran").walk(*FINE[:4], "Diminta bayar dengan kuitansi", *FINE[5:])
    at_home.says("Tanya dulu").press("Apa yang saya lakukan").says("0800-1000")
