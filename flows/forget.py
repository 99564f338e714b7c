"""`/hapus`: what is kept about me, and erasing it, in two presses and without a reason."""

from dataclasses import dataclass

from flows.effects import ForgetMe
from flows.engine import Known, SideTrip, State
from flows.offices import said
from flows.person import Person
from flows.queries import Kept, KeptAboutMe, MyOffices, MySubscriptions, Query
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim


@dataclass(frozen=True)
class Forget(SideTrip, place="forget"):
    """Back leads to where the person goes on who keeps everything."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (KeptAboutMe(), MyOffices(), MySubscriptions())

    def show(self, known: Known) -> Screen:
        stranger = Person().speaking(known.person.language)  # still told in their language
        return Screen(
            t("Hapus data saya"),
            (
                *_kept(known),
                Caution(t("Yang sudah dihapus tidak bisa dikembalikan, juga oleh kami.")),
            ),
            (
                Choice("erase", t("Ya, hapus semuanya"), Forgotten(), stranger, (ForgetMe(),)),
                Choice("keep", t("Tidak jadi"), self.then),
            ),
            back=self.then,
        )


def _kept(known: Known) -> tuple[Part, ...]:
    dates = tuple(_dates(row) for row in known.rows(KeptAboutMe()) if isinstance(row, Kept))
    return (Items(t("Yang kami simpan tentang Anda"), (*_contents(known), *dates)),)


def _contents(known: Known) -> tuple[Text, ...]:
    person = known.person
    language = next((x.name for x in known.languages if x.code == person.language), "-")
    answers = sum(bool(answer) for answer in (person.case.destination, person.case.work,
        person.case.route, person.case.marital, person.case.children, person.adult))  # fmt: skip
    return (
        t("Bahasa: {language}", language=verbatim(language)),
        t("Jawaban tentang rencana Anda: {count}", count=answers),
        t("Dokumen yang Anda tandai siap: {count}", count=len(person.ready)),
        t("Bulan berakhirnya dokumen: {count}", count=len(person.expiry)),
        t("Langkah yang Anda tandai selesai: {count}", count=len(person.stages)),
        t("Isi kontrak yang Anda tandai ada: {count}", count=len(person.clauses)),
        t("Desa yang Anda pilih: {count}", count=int(bool(person.village))),
        t("Kabar yang Anda minta: {count}", count=len(known.rows(MySubscriptions()))),
        *(t("Jabatan Anda, yang ikut berakhir: {office}", office=said(o)) for o in known.offices),
        t("Alamat percakapan ini, terkunci, untuk membalas Anda dan mengirim yang Anda minta"),
    )


def _dates(kept: Kept) -> Text:
    return t(
        "Sejak {since}. Tanpa kabar dari Anda, terhapus sendiri pada {end}.",
        since=kept.since,
        end=kept.forgotten_on,
    )


@dataclass(frozen=True)
class Forgotten(State, place="forgotten"):
    """The one screen after erasing; it is not stored, like everything else."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Sudah dihapus"),
            (
                Paragraph(t("Semua data Anda sudah dihapus dari layanan ini.")),
                Paragraph(
                    t(
                        "Pesan lama di HP tidak bisa kami hapus semua. Kalau perlu, hapus"
                        " percakapan ini sendiri di HP Anda."
                    )
                ),
            ),
            sensitive=True,
        )
