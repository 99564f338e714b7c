"""The open notices for a village; where none is, where official vacancies stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows import help
from flows.areas import Area, named
from flows.days import MONTHS
from flows.engine import Known, State
from flows.limits import LABEL
from flows.notices import check, message, mine, read, receive
from flows.notices.kept import Notice, Subscription
from flows.queries import AreaOf, Count, MySubscriptions, NoticeCount, NoticesFor, Query
from flows.screen import Choice, Link, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village import page
from flows.village.choose import Choose

NOTICES = t("Lowongan dan kabar")
TELEGRAM = "https://t.me/{bot}?start={payload}"

SPARE = 5
"""Characters by which a country's name or "sampai" may be longer in another language."""

ROOM = LABEL - len(", sampai 30 Nov") - SPARE
"""Characters of a button for what a notice is about."""


@dataclass(frozen=True)
class Notices(State, place="notices"):
    """Never a dead end: where nothing is open, it says where official vacancies stand."""

    area: str = ""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        here = (AreaOf(self.area), NoticesFor(self.area), MySubscriptions())
        return check.asked(words) or (() if words else here)

    def hear(self, words: str, known: Known) -> Choice | None:
        return check.heard(words, self, known)

    def show(self, known: Known) -> Screen:
        area = next(iter(known.given(AreaOf(self.area), Area)), None)
        if area is None:
            return self._unlisted()
        notices = known.given(NoticesFor(self.area), Notice)
        return Screen(
            NOTICES,
            (
                *(_whose(area) if notices else _none(area, known)),
                *(() if known.writable else mine.elsewhere(self.area, known)),
            ),
            (*(_choice(notice, known) for notice in notices), *self._ways(known)),
            back=page.VillagePage(self.area),
            hint=check.HINT,
        )

    def _unlisted(self) -> Screen:
        """A link or a person may name a code that the official list no longer has."""
        gone = t("Kode desa itu tidak ada di daftar resmi. Pilih desanya lagi.")
        return Screen(NOTICES, (Paragraph(gone),), (_other(None),))

    def _ways(self, known: Known) -> Iterator[Choice]:
        yield Choice("check", check.CHECK, check.CheckNotice(self))
        if known.writable and known.given(MySubscriptions(), Subscription):
            yield Choice("mine", mine.MINE, mine.Mine(self.area))
        elif known.writable:
            yield Choice("add", receive.RECEIVE, receive.Add(self.area))
        yield _other(self)


def listing(known: Known, area: str = "") -> State:
    """The notices for an area; without one for the reader's own, or first which that is."""
    code = area or known.person.village or known.hall
    return Notices(code) if code else Choose(Notices())


def count(area: str, known: Known) -> int:
    """How many are open, for a state that asked."""
    return sum(row.of for row in known.given(NoticeCount(area), Count))


def link(payload: str, meaning: Text, known: Known) -> tuple[Link, ...]:
    """The address that opens an entry on Telegram; nothing without a bot."""
    if not known.bot:
        return ()
    return (Link(TELEGRAM.format(bot=known.bot, payload=payload), meaning),)


def _other(under: State | None) -> Choice:
    return Choice("other", t("Pilih desa lain"), Choose(Notices(), under=under))


def _whose(area: Area) -> tuple[Part, ...]:
    words = t("Untuk warga {area}. Ini disampaikan petugas, bukan ditulis oleh layanan ini.",
              area=named(area))  # fmt: skip
    return (Paragraph(words),)


def _none(area: Area, known: Known) -> tuple[Part, ...]:
    words = t(
        "Belum ada lowongan atau kabar untuk warga {area}. Kalau ada yang menawarkan kerja atas"
        " nama desa, tanyakan dulu ke petugas.",
        area=named(area),
    )
    official = known.library.contacts.get("siskop2mi")
    listed = t("Lowongan resmi ada di sini, dan di Disnaker")
    return (Paragraph(words), *(help.numbers((official,), listed, known) if official else ()))


def _choice(notice: Notice, known: Known) -> Choice:
    label, closes = _label(notice, known), notice.closes_on
    if closes is not None:
        day = verbatim(f"{closes.day} {MONTHS[closes.month - 1].title()}")
        label = t("{notice}, sampai {day}", notice=label, day=day)
    return Choice(f"notice:{notice.number}", label, read.ReadNotice(notice.number))


def _label(notice: Notice, known: Known) -> Text:
    if notice.kind == "news":
        return _cut(notice.answer("title"), ROOM)
    country = message.country(notice, known.library)
    room = ROOM - len(": ") - len(country.msgid or notice.answer("country"))
    return t("{country}: {job}", country=country, job=_cut(notice.answer("position"), room))


def _cut(words: str, room: int) -> Text:
    return verbatim(words if len(words) <= room else f"{words[: room - 1].rstrip()}…")
