"""Taking up an invitation: what it means, and the name under which one serves."""

from dataclasses import dataclass

from flows import home
from flows.areas import placed
from flows.effects import TakeUp
from flows.engine import Known, State
from flows.errors import Gone
from flows.officer.home import OfficerHome
from flows.offices import ROLES, Invitation
from flows.queries import InvitationOf, Query
from flows.rights import Role
from flows.screen import Caution, Choice, Items, Paragraph, Screen
from flows.text import Text, t, verbatim

HAVE_CODE = t("Saya punya kode undangan")
FROM_WHOM = t("Kode undangan datang dari kepala desa, petugas, atau koordinator Anda.")
NAMED = t("Nama Anda kami simpan, dan warga bisa mengeceknya")
PAGE = t("Mengisi halaman dan kontak desa")
DUTIES: dict[Role, tuple[Text, ...]] = {
    "worker": (),
    "relative": (),
    "officer": (PAGE, t("Mengundang petugas lain")),
    "head": (PAGE, t("Mengundang, memperpanjang, dan mencabut petugas")),
    "coordinator": (t("Mengurus halaman dan petugas semua desa di kabupaten"),),
    "admin": (t("Mengurus semua desa dan koordinator"),),
}
NAME_SEEN = 80


@dataclass(frozen=True)
class EnterCode(State, place="invitation.code"):
    """Where a code is typed by whoever has no link; a code is understood everywhere else, too."""

    then: State

    def show(self, known: Known) -> Screen:
        return Screen(
            HAVE_CODE,
            (Paragraph(FROM_WHOM),),
            back=self.then,
            hint=t("Ketik kodenya, misalnya: ABCD-EFGH-JKLM-NPQR."),
        )


@dataclass(frozen=True)
class OfInvitation(State):
    """A place about one invitation; gone with it. Of the code only its number is kept."""

    invitation: int

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (InvitationOf(self.invitation),)

    def waiting(self, known: Known) -> Invitation:
        for invitation in known.given(InvitationOf(self.invitation), Invitation):
            return invitation
        raise Gone("this invitation was used or has ended")


@dataclass(frozen=True)
class Invited(OfInvitation, place="invitation"):
    """What it is, and who it is from; accepting takes a button, so that no word does it."""

    def show(self, known: Known) -> Screen:
        invitation = self.waiting(known)
        return Screen(
            t("Anda diundang"),
            (
                Paragraph(_said(invitation)),
                Items(t("Artinya"), (*DUTIES[invitation.role], NAMED)),
                Caution(t("Kalau Anda tidak bertugas di sana, jangan terima.")),
            ),
            (
                Choice("accept", t("Ya, saya bertugas di sana"), TakeName(self.invitation)),
                Choice("refuse", t("Bukan saya, tidak jadi"), home.Home()),
            ),
            sensitive=True,
        )


@dataclass(frozen=True)
class TakeName(OfInvitation, place="invitation.name"):
    """The name under which one serves; whoever accepts sees it read back at their desk."""

    def show(self, known: Known) -> Screen:
        self.waiting(known)
        return Screen(
            t("Siapa nama lengkap Anda?"),
            (Paragraph(t("Nama ini yang dilihat warga bila mereka mengecek petugas.")),),
            back=Invited(self.invitation),
            hint=t("Tulis seperti di KTP, misalnya: Siti Aminah."),
            sensitive=True,
        )

    def hear(self, words: str, known: Known) -> Choice | None:
        accept = TakeUp(self.waiting(known).id, words)
        done = t("Undangan diterima atas nama {name}. Selamat bertugas.", name=words[:NAME_SEEN])
        return Choice("name", done, OfficerHome(), effects=(accept,), remark=done)


def _said(invitation: Invitation) -> Text:
    by = verbatim(invitation.by) if invitation.by else t("Pengelola layanan")
    role = ROLES[invitation.role]
    if invitation.where is None:
        return t("{name} mengundang Anda menjadi {role}.", name=by, role=role)
    area = placed(invitation.where)
    return t("{name} mengundang Anda menjadi {role} untuk {area}.", name=by, role=role, area=area)
