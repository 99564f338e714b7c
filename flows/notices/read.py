"""One notice: what it says, who vouches for it, how it stands today, and what one can do next.

It is its officers' word, not ours: every screen of one says who said it and from where.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flows import help, rights
from flows.engine import Known, State
from flows.library import look_up
from flows.notices import check, fields, message, page, report
from flows.notices.kept import OPEN, Notice, Stage
from flows.plan import questions
from flows.queries import NoticeNumbered, Query
from flows.screen import Caution, Choice, Paper, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import t
from flows.topics import Topic
from flows.village import page as village

WITHDRAWN: frozenset[Stage] = frozenset({"recalled", "corrected"})
"""What stood in these must no longer be used, so it is no longer shown."""


@dataclass(frozen=True)
class ReadNotice(State, place="notices.read"):
    """What was sent, and how it stands today."""

    number: str

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return check.asked(words) or (() if words else (NoticeNumbered(self.number),))

    def hear(self, words: str, known: Known) -> Choice | None:
        return check.heard(words, self, known)

    def show(self, known: Known) -> Screen:
        notice = numbered(self.number, known)
        if notice is None:
            return check.Unknown(page.listing(known)).show(known)
        return Screen(
            message.title(notice),
            _told(notice, known),
            tuple(self._ways(notice, known)),
            back=_among(notice, known),
            printable=is_open(notice, known.today),
            sensitive=True,
        )

    def paper(self, known: Known) -> Paper | None:
        """For the board of the hall; what does not hold any more is not hung up."""
        notice = numbered(self.number, known)
        if notice is None or not is_open(notice, known.today):
            return None
        full = t("Baca selengkapnya dan cek nomor ini di Telegram")
        ours = page.link(f"notices-read_{notice.number}", full, known)
        return Paper(message.title(notice), (*message.body(notice, known.library), *ours))

    def _ways(self, notice: Notice, known: Known) -> Iterator[Choice]:
        if notice.corrected_by:
            yield Choice("newer", t("Lihat yang berlaku"), ReadNotice(notice.corrected_by))
        if notice.stage == "recalled":
            yield Choice("help", help.HELP, help.Help(self))
        if notice.kind != "news" and notice.stage not in WITHDRAWN:
            yield Choice("more", message.MORE, MoreOfNotice(self.number))
            yield Choice("checks", t("Cara memeriksanya sendiri"), Topic(self, "checks"))
            yield from _papers(notice, known)
        yield Choice("sender", t("Tanya pengirimnya"), village.VillagePage(notice.area, self))
        yield Choice("report", message.REPORT, report.SuspectNotice(self.number))


@dataclass(frozen=True)
class MoreOfNotice(State, place="notices.more"):
    """The rest of what stands in it, part by part."""

    number: str

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (NoticeNumbered(self.number),)

    def show(self, known: Known) -> Screen:
        notice, first = numbered(self.number, known), ReadNotice(self.number)
        if notice is None or notice.stage in WITHDRAWN:
            return first.show(known)
        return Screen(
            message.title(notice),
            (*_standing(notice, known.today), *message.more(notice, known.library)),
            (Choice("report", message.REPORT, report.SuspectNotice(self.number)),),
            back=first,
            sensitive=True,
        )


def numbered(number: str, known: Known) -> Notice | None:
    return next(iter(known.given(NoticeNumbered(number), Notice)), None)


def is_open(notice: Notice, today: date) -> bool:
    """A notice closes with its last day, even before the sender has been to every copy."""
    return notice.stage in OPEN and (notice.closes_on is None or notice.closes_on >= today)


def _told(notice: Notice, known: Known) -> tuple[Part, ...]:
    standing = _standing(notice, known.today)
    if notice.stage in WITHDRAWN:
        return (*standing, message.stamp(notice))
    return (*standing, *_closed(notice, known), *message.body(notice, known.library))


def _standing(notice: Notice, today: date) -> tuple[Part, ...]:
    """Nothing while it is open; first of all that it holds no longer."""
    match notice.stage:
        case "recalled":
            return message.changed(notice, "recall").screen.parts
        case "corrected":
            return message.changed(notice, "correct").screen.parts
        case "stopped":
            number = message.grouped(notice.number)
            stopped = t("Pengiriman nomor {number} dihentikan petugas. Tanyakan dulu ke pengirim.",
                        number=number)  # fmt: skip
            return (Caution(stopped),)
        case _ if not is_open(notice, today):
            return message.changed(notice, "close").screen.parts
        case _:
            return ()


def _closed(notice: Notice, known: Known) -> tuple[Part, ...]:
    """A country that was closed for such work after this was written."""
    place = fields.closed(dict(notice.answers), known.library)
    if notice.kind == "news" or place is None:
        return ()
    shut = t("{country} sekarang ditutup untuk pekerjaan ini. Jangan berangkat dulu.",
             country=place.name)  # fmt: skip
    never = t("Jangan berangkat ke {country}. Tidak ada jalur resmi.", country=place.name)
    said = never if place.other == "never" else shut
    reason = (Paragraph(place.reason),) if place.reason else ()
    return (Caution(said), *reason, sources((place,), known))


def _papers(notice: Notice, known: Known) -> Iterator[Choice]:
    """The way to the documents for that country; a look is not yet a plan."""
    code, library = notice.answer("country"), known.library
    if code not in library.destinations or fields.closed(dict(notice.answers), library):
        return
    going = questions.going_to(code, known.person.case, "documents", known).to
    to = going if known.person.adult else questions.AskAdult("documents", going)
    country = look_up(library.destinations, code).name
    yield Choice("documents", t("Dokumen untuk ke {country}", country=country), to)


def _among(notice: Notice, known: Known) -> State:
    """The list in which it stands: the reader's own, or that of its first village."""
    mine, targets = known.person.village or known.hall, [area.code for area in notice.targets]
    ours = mine and any(rights.covers(target, mine) for target in targets)
    return page.Notices(mine if ours else notice.area)
