"""First contact and the main menu: language, welcome, home, and what is about the service."""

from dataclasses import dataclass

from flows.abroad import Abroad
from flows.areas import named
from flows.destinations import Destinations
from flows.documents import checklist, expiry
from flows.engine import Known, State
from flows.forget import Forget
from flows.help import HELP, Help
from flows.library import Language
from flows.money import Money
from flows.offer import questions as offer
from flows.officer import invitation
from flows.officer.home import tasks
from flows.person import Person
from flows.plan import questions
from flows.procedure import path
from flows.queries import HallVillage, MyDesk, MyOffices, Query
from flows.screen import Caution, Choice, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village.kept import Village
from flows.village.page import front, own
from flows.words import fold


def start(person: Person) -> State:
    """Home for this person: the menu only after language and welcome."""
    if not person.language:
        return ChooseLanguage()
    return Home() if person.welcomed else Welcome()


@dataclass(frozen=True)
class ChooseLanguage(State, place="language"):
    """Offered in all languages at once, because nobody has chosen yet."""

    then: State | None = None

    def origin(self) -> State:
        return self.then.origin() if self.then else self

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (HallVillage(),)

    def show(self, known: Known) -> Screen:
        """In a village's own hall its page stands first."""
        hall = next(iter(known.given(HallVillage(), Village)), None) if known.hall else None
        return Screen(
            t("Selamat datang di {area}", area=named(hall.area)) if hall else t("Pilih bahasa"),
            (
                *(front(hall, known) if hall else ()),
                *(Paragraph(verbatim(lang.invitation)) for lang in known.languages),
            ),
            tuple(self._choice(lang, known) for lang in known.languages),
            back=self.then if known.person.welcomed else None,
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        """`jawa`, `basa jawa` or `jv`."""
        said = fold(words)
        for language in known.languages:
            if said in (language.code, fold(language.name), fold(language.name).split()[-1]):
                return self._choice(language, known)
        return None

    def _choice(self, language: Language, known: Known) -> Choice:
        person = known.person.speaking(language.code)
        onward = self.then or Home()
        to = onward if person.welcomed else Welcome(self.then)
        return Choice(f"language:{language.code}", _own_name(language), to, person)


def _own_name(language: Language) -> Text:
    if language.reviewed:
        return verbatim(language.name)
    return t("{language} (belum diperiksa penutur)", language=language.name)


@dataclass(frozen=True)
class Welcome(State, place="welcome"):
    """What this is, who runs it, what is kept: one screen before anything else."""

    then: State | None = None

    def show(self, known: Known) -> Screen:
        onward = self.then or Home()
        return Screen(
            t("Selamat datang"),
            about(known),
            (Choice("start", t("Mulai"), onward, known.person.made_welcome()),),
            back=ChooseLanguage(self.then),
            sensitive=True,
        )


@dataclass(frozen=True)
class About(State, place="about"):
    """The same words as at first contact, for whoever wants to read them again."""

    def show(self, known: Known) -> Screen:
        return Screen(t("Tentang layanan ini"), about(known), back=Service(), sensitive=True)


def about(known: Known) -> tuple[Part, ...]:
    return (
        Paragraph(
            t(
                "Di sini Anda bisa bertanya cara bekerja ke luar negeri secara resmi, memeriksa"
                " tawaran kerja, dan mencatat dokumen. Gratis. Kami bukan agen dan tidak mencarikan"
                " kerja."
            )
        ),
        Paragraph(_who_runs_it(known)),
        Paragraph(
            t(
                "Yang disimpan, terkunci: bahasa, jawaban Anda, dan yang Anda tandai selesai."
                " Bukan nama, nomor KTP, atau foto. Di layar balai desa: sampai Anda selesai, atau"
                " 5 menit tidak ditekan. Di Telegram: sampai 12 bulan sesudah kunjungan terakhir."
                " Bisa dihapus kapan saja: Hapus data saya."
            )
        ),
        Caution(t("Percakapan ini bisa dibaca orang lain yang melihat layar atau HP ini.")),
    )


def _who_runs_it(known: Known) -> Text:
    if known.operator:
        return t("Layanan ini dijalankan oleh {operator}.", operator=known.operator)
    return t("Ini bukan situs resmi pemerintah.")


@dataclass(frozen=True)
class Home(State, place="home"):
    """The main menu; whoever comes back is met where they left."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Menu utama"),
            (*self._progress(known), Paragraph(t("Mau apa hari ini?"))),
            (
                Choice("procedure", self._journey(known), questions.entrance("procedure", known)),
                Choice("documents", t("Dokumen saya"), questions.entrance("documents", known)),
                Choice("offer", t("Cek tawaran kerja"), offer.first(known.library)),
                Choice("destinations", t("Negara tujuan"), Destinations()),
                Choice("money", t("Uang dan biaya"), Money()),
                Choice("abroad", t("Di luar negeri atau pulang"), Abroad()),
                Choice("village", t("Desa saya: lowongan dan kabar"), own(known)),
                Choice("help", HELP, Help(self)),
            ),
            aside=(
                *tasks(known),
                Choice("service", t("Bahasa dan data saya"), Service()),
            ),
        )

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (MyOffices(), MyDesk())

    def _journey(self, known: Known) -> Text:
        if known.person.stages:
            return t("Lanjutkan langkah saya")
        return t("Cara berangkat resmi")

    def _progress(self, known: Known) -> tuple[Part, ...]:
        return (*_way(known), *_papers(known))


def _way(known: Known) -> tuple[Part, ...]:
    if not known.person.stages:
        return ()
    case = questions.settled(known.person.case, "procedure", known.library)
    return (Paragraph(path.progress(case, known)),)


def _papers(known: Known) -> tuple[Part, ...]:
    case = questions.settled(known.person.case, "documents", known.library)
    if not case.destination:
        return ()
    return (Paragraph(checklist.progress(case, known)), *expiry.warnings(case, known))


@dataclass(frozen=True)
class Service(State, place="service"):
    """What is about this service and not about migrating."""

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Bahasa dan data saya"),
            choices=(
                Choice("language", t("Ganti bahasa"), ChooseLanguage(self)),
                Choice("about", t("Tentang layanan ini"), About()),
                Choice("code", invitation.HAVE_CODE, invitation.EnterCode(self)),
                Choice("forget", t("Hapus data saya"), Forget(self)),
            ),
        )
