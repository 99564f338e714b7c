"""What the handlers of effects share: the right is read once more, and the trail says so."""

from bot.asking import Asking
from bot.clock import Clock
from bot.rows import Rows
from flows import rights
from flows.errors import Refused
from flows.text import Text, t
from storage.contact_cells import HIDDEN
from storage.offices import Kept
from storage.phones import one_form

NOT_YOURS = t("Maaf, itu tidak bisa lagi dari sini. Mungkin jabatan Anda sudah berakhir.")
GONE = t("Bagian itu baru saja dihapus atau diubah orang lain. Ini keadaan yang sekarang.")
TOO_LONG = t("Terlalu panjang: paling banyak {most} huruf. Persingkat, lalu kirim lagi.")
TOO_SHORT = t("Tulis nama lengkapnya, dengan huruf. Misalnya: Siti Aminah.")
FULL = t("Sudah penuh: paling banyak {most}. Hapus dulu yang lama.")

NO_PHONE = t("Itu bukan nomor telepon yang benar. Contoh: 0812-3456-7890 atau (0286) 321345.")

NAME = 60
"""Characters of a name: more is none."""


class Work:
    """Each method belongs to the transaction of its turn; `Refused` rolls everything back."""

    def __init__(self, rows: Rows, clock: Clock) -> None:
        self.rows, self.clock = rows, clock

    def held(self, asking: Asking) -> tuple[Kept, ...]:
        return self.rows.about_offices.held(asking)

    def right(self, effect: object, area: str, asking: Asking) -> int:
        """The number of the office by which somebody may do this here; the highest, if several."""
        least = rights.EFFECTS[type(effect).__name__]
        held = [office for office in self.held(asking) if rights.may((office,), least, area)]
        if not held:
            raise Refused(NOT_YOURS)
        return max(held, key=lambda office: rights.RANKS.index(office.role)).id

    def note(self, asking: Asking, by: int, area: str, deed: str, detail: str = "") -> None:
        self.rows.trail.note(asking.db, self.clock.now(), by, area, deed, detail)


def full_name(written: str) -> str:
    """A person's name as they wrote it; refuses what is none."""
    if any(sign.isdigit() for sign in written):
        raise Refused(TOO_SHORT)
    return any_name(written)


def any_name(written: str) -> str:
    """A name of somebody or, such as "Pos 2", of something."""
    name = cut(written, NAME)
    if sum(letter.isalpha() for letter in name) < 3:
        raise Refused(TOO_SHORT)
    return name


def cut(words: str, most: int) -> str:
    """One line of words without hidden signs, which could make it read otherwise; refuses what is
    too long, because half a sentence is worse than none.
    """
    words = " ".join(HIDDEN.sub(" ", words).split())
    if len(words) > most:
        raise Refused(at_most(TOO_LONG, most))
    return words


def at_most(text: Text, most: int) -> Text:
    return Text(text.msgid, text.context, (("most", most),))


def phone_of(written: str) -> str:
    """A telephone number in its one form; nothing stays nothing, and what is none is refused."""
    if not written:
        return ""
    phone = one_form(written)
    if phone is None:
        raise Refused(NO_PHONE)
    return phone
