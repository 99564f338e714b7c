"""Officers and invitations of an area: who holds what, inviting, extending, taking back."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows import rights
from flows.areas import LEVELS, level_of, placed
from flows.effects import CancelInvitation, Code, EndOffice, ExtendOffice, Invite, Resign
from flows.engine import Known, State
from flows.errors import Gone
from flows.officer import home
from flows.officer.desk import Desk, brief
from flows.offices import ROLES, Invitation, Office, said
from flows.queries import AreaOf, InvitationOf, MyOffices, OfficeOf, OfficesIn, Query
from flows.rights import Role
from flows.screen import Caution, Choice, Items, Link, Paragraph, Screen
from flows.text import Text, t, verbatim
from flows.village.choose import Choose

INVITE = t("Undang seseorang")
ENDED = t("Jabatannya sudah dicabut. Periksa kontak desa: mungkin namanya masih tertulis di sana.")
EXTENDED = t("Diperpanjang satu tahun, sejak hari ini.")
NEAR_END = 60
"""Days before its end from which an office can be extended."""

FITTING: dict[str, tuple[Role, ...]] = {
    "village": ("officer", "head"),
    "district": (),
    "regency": ("coordinator",),
    "province": ("admin",),
    "country": ("admin",),
}
"""Which roles there are in an area of each level."""


@dataclass(frozen=True)
class DeskPeople(Desk, place="officer.people"):
    """Everybody with an office here, and the invitations that wait."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (OfficesIn(self.area), MyOffices())

    def show(self, known: Known) -> Screen:
        offices = known.given(OfficesIn(self.area), Office)
        none = Paragraph(t("Belum ada petugas lain."))
        return Screen(
            t("Petugas dan undangan"),
            () if offices else (none,),
            (
                Choice("invite", INVITE, DeskInvite(self.area)),
                *self._waiting(known),
                *(self._office(office) for office in offices),
            ),
            back=home.OfficerHome(),
        )

    def _office(self, office: Office) -> Choice:
        below = office.where is not None and office.area != self.area
        what = verbatim(office.where.name) if below and office.where else ROLES[office.role]
        label = t("{name}, {what}", name=brief(office.name), what=what)
        return Choice(f"person:{office.id}", label, DeskPerson(self.area, office.id))

    def _waiting(self, known: Known) -> Iterator[Choice]:
        for invitation in known.given(OfficesIn(self.area), Invitation):
            label = t("Undangan menunggu: {role}", role=ROLES[invitation.role])
            to = DeskInvitation(self.area, invitation.id)
            yield Choice(f"invitation:{invitation.id}", label, to)


@dataclass(frozen=True)
class DeskInvite(Desk, place="officer.invite"):
    """Nobody can give more than they hold, so nothing more is offered."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (AreaOf(self.area), MyOffices())

    def show(self, known: Known) -> Screen:
        where = known.rows(AreaOf(self.area))
        if self.area and not where:
            raise Gone(f"no area {self.area!r}")
        return Screen(
            t("Undang sebagai apa?"),
            (Paragraph(t("Undang hanya orang yang Anda kenal dan yang memang bertugas di sini.")),),
            (*self._roles(known), *self._below()),
            back=DeskPeople(self.area),
        )

    def _roles(self, known: Known) -> Iterator[Choice]:
        for role in FITTING[level_of(self.area) or "country"]:
            if rights.may(known.offices, role, self.area):
                to, invite = DeskInvited(self.area, role), Invite(role, self.area)
                yield Choice(f"invite:{role}", ROLES[role], to, effects=(invite,))

    def _below(self) -> Iterator[Choice]:
        """For an area that holds villages: the village first."""
        if level_of(self.area) == LEVELS[13]:
            return
        village = Choose(DeskInvite(), inside=self.area, top=self.area, under=self)
        yield Choice("below", t("Untuk satu desa: pilih desanya"), village)
        if level_of(self.area) in (None, "province"):
            regency = Choose(DeskInvite(), self.area, "regency", self.area, self)
            yield Choice("regency", t("Untuk satu kabupaten: pilih kabupatennya"), regency)


@dataclass(frozen=True)
class DeskInvited(Desk, place="officer.invited"):
    """The code, once: whoever comes back here finds it gone."""

    role: Role = "officer"

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (AreaOf(self.area),)

    def show(self, known: Known) -> Screen:
        again = Choice("people", t("Petugas dan undangan"), DeskPeople(self.area))
        if not isinstance(known.made, Code):
            gone = t("Kode hanya tampil satu kali. Kalau hilang, batalkan dan buat yang baru.")
            return Screen(t("Undangan sudah dibuat"), (Paragraph(gone),), (again,))
        meant = t("Undangan sebagai {role}", role=ROLES[self.role])
        return Screen(
            t("Undangan sudah dibuat"),
            (
                Paragraph(t("Kirim langsung kepada orangnya, jangan di grup.")),
                *_link(known.made.code, meant, known),
                Items(t("Atau minta dia mengetik ini di layanan ini"),
                      (t("undangan {code}", code=verbatim(known.made.code)),)),
                Caution(
                    t(
                        "Berlaku 24 jam, untuk satu orang. Siapa yang memakainya tertulis di Tugas"
                        " petugas: bila bukan orangnya, batalkan dalam tujuh hari."
                    )
                ),
            ),
            (again,),
        )  # fmt: skip


@dataclass(frozen=True)
class DeskInvitation(Desk, place="officer.invitation"):
    """One that nobody has taken up yet."""

    invitation: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (InvitationOf(self.invitation), MyOffices())

    def show(self, known: Known) -> Screen:
        waiting = next(iter(known.given(InvitationOf(self.invitation), Invitation)), None)
        if waiting is None or not rights.covers(self.area, waiting.area):
            raise Gone("this invitation has ended")
        return Screen(
            t("Undangan menunggu"),
            (Items(ROLES[waiting.role], _about(waiting)),),
            tuple(self._cancel(waiting, known)),
            back=DeskPeople(self.area),
        )

    def _cancel(self, waiting: Invitation, known: Known) -> Iterator[Choice]:
        """For who made it, and for whoever could have."""
        mine = waiting.made_by in {own.id for own in known.offices}
        if not mine and not rights.may(known.offices, waiting.role, waiting.area):
            return
        cancel = CancelInvitation(waiting.area, self.invitation)
        done = t("Undangan sudah dibatalkan.")
        label = t("Batalkan undangan ini")
        yield Choice("cancel", label, DeskPeople(self.area), effects=(cancel,), remark=done)


@dataclass(frozen=True)
class DeskPerson(Desk, place="officer.person"):
    """One officer: how long, and what the reader may do about it."""

    office: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (OfficeOf(self.office), MyOffices())

    def show(self, known: Known) -> Screen:
        office = held(self.office, self.area, known)
        return Screen(
            verbatim(office.name),
            (Items(ROLES[office.role], (said(office), t("Sejak {day}", day=office.since))),),
            (*self._extend(office, known), *self._end(office, known)),
            back=DeskPeople(self.area),
        )

    def _extend(self, office: Office, known: Known) -> Iterator[Choice]:
        near = (office.until - known.today).days <= NEAR_END
        if not near or not may_end(office, known) or not known_as(known, office, "ExtendOffice"):
            return
        extend = ExtendOffice(office.area, office.id)
        yield Choice("extend", t("Perpanjang satu tahun"), self, effects=(extend,), remark=EXTENDED)

    def _end(self, office: Office, known: Known) -> Iterator[Choice]:
        if not may_end(office, known):
            return
        wrong = t("Bukan orang yang saya undang: batalkan")
        label = wrong if can_undo(office, known) else t("Cabut jabatan ini")
        yield Choice("end", label, DeskPersonEnd(self.area, self.office))


@dataclass(frozen=True)
class DeskPersonEnd(Desk, place="officer.person.end"):
    office: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (OfficeOf(self.office), MyOffices())

    def show(self, known: Known) -> Screen:
        office = held(self.office, self.area, known)
        back, end = DeskPerson(self.area, self.office), EndOffice(office.area, office.id)
        return Screen(
            t("Cabut jabatan {name}?", name=verbatim(office.name)),
            (Caution(t("Mulai sekarang dia tidak bisa mengubah apa pun lagi.")),),
            (
                Choice("end", t("Ya, cabut sekarang"), DeskPeople(self.area), effects=(end,),
                       remark=ENDED),
                Choice("keep", t("Tidak jadi"), back),
            ),
            back=back,
        )  # fmt: skip


@dataclass(frozen=True)
class MyOffice(State, place="officer.mine"):
    """One's own offices, each of which one may give back."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (MyOffices(),)

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Jabatan saya"),
            (Items(t("Yang Anda pegang"), tuple(said(office) for office in known.offices)),),
            tuple(
                Choice(f"resign:{office.id}", _given_back(office),
                       DeskResign(office.id))
                for office in known.offices
            ),
            back=home.OfficerHome(),
        )  # fmt: skip


@dataclass(frozen=True)
class DeskResign(State, place="officer.resign"):
    office: int = 0

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return (MyOffices(),)

    def show(self, known: Known) -> Screen:
        office = next((office for office in known.offices if office.id == self.office), None)
        if office is None:
            raise Gone("not one's own office")
        lone = Caution(t("Untuk kembali, Anda perlu diundang lagi."))
        done, gone = t("Jabatan sudah dilepas."), (Resign(office.id),)
        give_back = Choice("resign", t("Ya, lepaskan jabatan"), MyOffice(), None, gone, done)
        return Screen(
            t("Lepaskan jabatan ini?"),
            (Paragraph(said(office)), lone),
            (give_back, Choice("keep", t("Tidak jadi"), MyOffice())),
            back=MyOffice(),
        )


def _given_back(office: Office) -> Text:
    role, where = ROLES[office.role], office.where
    if where is None:
        return t("Lepaskan: {role}", role=role)
    return t("Lepaskan: {role}, {area}", role=role, area=verbatim(where.name))


def held(office_id: int, area: str, known: Known) -> Office:
    """An office that lies in the area; any other does not exist for the reader."""
    for office in known.given(OfficeOf(office_id), Office):
        if rights.covers(area, office.area):
            return office
    raise Gone("no such office here")


def can_undo(office: Office, known: Known) -> bool:
    mine = {own.id for own in known.offices}
    return office.given_by in mine and bool(office.undo_until and office.undo_until >= known.today)


def may_end(office: Office, known: Known) -> bool:
    """Whoever gave it may take it back, and whoever stands above it; nobody their own."""
    mine = {own.id for own in known.offices}
    if office.id in mine:
        return False
    return office.given_by in mine or rights.above(known.offices, office)


def known_as(known: Known, office: Office, effect: str) -> bool:
    return rights.may(known.offices, rights.EFFECTS[effect], office.area)


def _about(waiting: Invitation) -> tuple[Text, ...]:
    where = (placed(waiting.where),) if waiting.where else ()
    by = verbatim(waiting.by) if waiting.by else t("Pengelola layanan")
    return (*where, t("Dibuat oleh {name}", name=by), t("Berlaku sampai {day}", day=waiting.ends))


def _link(code: str, meaning: Text, known: Known) -> tuple[Link, ...]:
    if not known.bot:
        return ()
    return (Link(f"https://t.me/{known.bot}?start=invite_{code}", meaning),)
