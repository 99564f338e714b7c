"""`/hapus`: two presses, no reason, nothing left."""

from tests.play import TAIWAN_AT_HOME, FixedClock, Visitor


def test_it_says_what_is_kept_before_erasing_it(visitor: Visitor, clock: FixedClock) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME)
    clock.move(days=3)
    visitor.type("/hapus").is_at("forget").says("Sejak 22 November 2026")
    visitor.says("Jawaban tentang rencana Anda: 6").says("Bahasa: Bahasa Indonesia")


def test_two_presses_erase_everything(visitor: Visitor) -> None:
    visitor.welcomed().walk(*TAIWAN_AT_HOME).type("hapus").press("Ya, hapus semuanya")
    visitor.is_at("forgotten").says("sudah dihapus")
    Visitor(visitor.runner).is_at("language")


def test_after_erasing_a_person_is_a_stranger(visitor: Visitor) -> None:
    visitor.welcomed().type("hapus").press("Ya, hapus semuanya").type("menu").is_at("language")


def test_the_last_screen_speaks_the_language_that_was_chosen(visitor: Visitor) -> None:
    visitor.welcomed("Basa Jawa").type("hapus").press_id("erase").is_at("forgotten")
    assert visitor.reply.language == "jv"


def test_a_stranger_who_asks_to_be_forgotten_is_not_kept_for_it(visitor: Visitor) -> None:
    visitor.type("hapus").is_at("forgotten").says("sudah dihapus")
    assert visitor.reply.revision == 0
