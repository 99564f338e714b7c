"""Is this officer genuine? Somebody types a name and learns role, place and until when."""

from dataclasses import dataclass

from flows import help, rights
from flows.engine import Known, SideTrip, State
from flows.errors import Gone
from flows.offices import Office, said
from flows.queries import OfficeOf, OfficesNamed, Query, Throttled
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village import choose, page

CHECK = t("Cek petugas")
NO_LONGER = t(
    "Anda sendiri petugas, tetapi tidak bisa masuk? Mungkin masa jabatan Anda habis. Tanyakan"
    " kepala desa atau koordinator."
)
AGAIN = t("Cek nama lain: ketik nama lengkapnya.")
VILLAGE = t("Nomor kantor desa saya")
WARNING = t(
    "Ada yang minta uang, paspor, atau kata sandi? Jangan beri, walau namanya ada di sini. Nama"
    " bisa dipakai orang lain: telepon kantor desa dulu."
)


@dataclass(frozen=True)
class HearsNames(SideTrip):
    """Wherever a name is checked, the next one can be typed at once."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (OfficesNamed(words),) if words else ()

    def hear(self, words: str, known: Known) -> Choice | None:
        if Throttled() in known.rows(OfficesNamed(words)):
            return Choice("wait", CHECK, Wait(self.then))
        offices = tuple(office.id for office in known.given(OfficesNamed(words), Office))
        if not offices:
            return Choice("unknown", CHECK, Unknown(self.then))
        return Choice("checked", CHECK, Checked(self.then, offices))


@dataclass(frozen=True)
class CheckOfficer(HearsNames, place="officer.check"):
    def show(self, known: Known) -> Screen:
        return Screen(
            CHECK,
            (
                Paragraph(t("Ada yang mengaku petugas desa? Cek namanya di sini.")),
                Caution(WARNING),
                Paragraph(NO_LONGER),
            ),
            back=self.then,
            hint=t("Ketik nama lengkapnya, misalnya: Siti Aminah."),
        )


@dataclass(frozen=True)
class Checked(HearsNames, place="officer.checked"):
    """Somebody of this name holds an office: which, where, until when, and no more."""

    offices: tuple[int, ...]

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return super().asks(words) or tuple(OfficeOf(office) for office in self.offices)

    def show(self, known: Known) -> Screen:
        ids = self.offices
        offices = [office for one in ids for office in known.given(OfficeOf(one), Office)]
        if not offices:
            raise Gone("these offices have ended")
        return Screen(
            self._found(offices, known),
            (
                Caution(WARNING),
                Items(verbatim(offices[0].name), tuple(said(office) for office in offices)),
            ),
            (Choice("village", VILLAGE, _page(known, self)), *_again(self.then)),
            back=CheckOfficer(self.then),
            hint=AGAIN,
        )

    def _found(self, offices: list[Office], known: Known) -> Text:
        """Whether the name belongs to the reader's own village, which is what they ask."""
        mine = known.person.village or known.hall
        if not mine:
            return t("Nama ini terdaftar sebagai petugas")
        if any(rights.covers(office.area, mine) for office in offices):
            return t("Nama ini terdaftar di desa Anda")
        return t("Bukan petugas desa Anda, tetapi terdaftar di tempat lain")


@dataclass(frozen=True)
class Unknown(HearsNames, place="officer.unknown"):
    """The same words for every name that no officer bears, so that nothing can be learned."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Kami tidak menemukan nama itu"),
            (
                Caution(
                    t(
                        "Belum tentu dia penipu: mungkin ejaannya lain. Tetapi jangan beri uang"
                        " atau dokumen sebelum Anda bertanya ke kantor desa."
                    )
                ),
                *_ask(known),
            ),
            _again(self.then),
            back=CheckOfficer(self.then),
            hint=AGAIN,
        )


@dataclass(frozen=True)
class Wait(SideTrip, place="officer.wait"):
    def show(self, known: Known) -> Screen:
        return Screen(
            t("Tunggu sebentar, ya"),
            (
                Paragraph(t("Sudah banyak nama yang dicek dari sini. Coba lagi sesudah satu jam.")),
                *_ask(known),
            ),
            back=self.then,
        )


def _again(then: State) -> tuple[Choice, ...]:
    return (Choice("again", t("Cek nama lain"), CheckOfficer(then)),)


def _ask(known: Known) -> tuple[Part, ...]:
    return help.numbers(help.to_ask(known), help.CALL, known)


def _page(known: Known, under: State) -> State:
    """The reader's own village, where its numbers stand; or first which it is."""
    code = known.person.village or known.hall
    return page.VillagePage(code, under) if code else choose.Choose(page.VillagePage(), under=under)
