"""What somebody is told of, and the end of it: in every message one press, and one word away."""

from dataclasses import dataclass

from flows.areas import named
from flows.effects import Unsubscribe
from flows.engine import Known, SideTrip, State
from flows.library import Library
from flows.notices import page, read, receive
from flows.notices.kept import SECTORS, Subscription
from flows.queries import MySubscriptions, NoticeNumbered, Query
from flows.screen import Choice, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim
from flows.village.choose import Choose

MINE = t("Yang saya terima")
NOTHING = t("Saat ini Anda tidak menerima lowongan atau kabar lewat pesan.")
EVERYTHING = t("Berhenti semuanya")


def said(topic: str, library: Library) -> Text:
    """A topic within a sentence: `lowongan ke Malaysia`."""
    kind, _, code = topic.partition(":")
    match kind:
        case "country":
            place = library.destinations.get(code)
            return t("lowongan ke {country}", country=place.name if place else verbatim(code))
        case "sector":
            sectors: dict[str, Text] = {**SECTORS}
            return t("lowongan bidang {sector}", sector=sectors.get(code, verbatim(code)))
        case "news":
            return t("kabar desa")
        case _:
            return t("semua lowongan")


def elsewhere(area: str, known: Known) -> tuple[Part, ...]:
    """Where we cannot write to anybody later, how one can be told all the same."""
    if not known.bot:
        return ()
    told = t("Di layar ini kami tidak bisa mengirim pesan. Lewat Telegram bisa.")
    payload = f"notices_{area.replace('.', '-')}" if area else "notices"
    ours = page.link(payload, t("Buka di Telegram, lalu minta dikabari"), known)
    return (Paragraph(told), *ours)


@dataclass(frozen=True)
class Mine(State, place="notices.mine"):
    """What one receives, each with its end."""

    area: str = ""
    """The village whose notices one came from; more is offered about it."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (MySubscriptions(),)

    def show(self, known: Known) -> Screen:
        received = known.given(MySubscriptions(), Subscription)
        back = page.listing(known, self.area)
        if not known.writable:
            return Screen(MINE, _not_here(self.area, known), back=back)
        lines = tuple(_line(subscription, known.library) for subscription in received)
        area = self.area or known.person.village
        more = receive.Add(area) if area else Choose(receive.Add(), under=self)
        return Screen(
            MINE,
            (Items(t("Kami kabari Anda tentang"), lines) if lines else Paragraph(NOTHING),),
            (Choice("add", t("Tambah"), more), *_ends(_topics(received), received, self, known)),
            back=back,
            sensitive=True,
        )


def _line(subscription: Subscription, library: Library) -> Text:
    topic = said(subscription.topic, library)
    return t("{topic}, {area}", topic=topic, area=named(subscription.area))


def _not_here(area: str, known: Known) -> tuple[Part, ...]:
    """A kiosk knows nobody, so it can neither write nor stop what comes to somebody's phone."""
    if not known.bot:
        return (Paragraph(t("Di layar ini kami tidak bisa mengirim pesan.")),)
    stop = t("Mau berhenti menerima? Ketik di Telegram: berhenti.")
    return (*elsewhere(area, known), Paragraph(stop))


@dataclass(frozen=True)
class Stop(SideTrip, place="notices.stop"):
    """No more of this, or of anything; opened by every message, and by the word."""

    number: str = ""
    """The notice whose button was pressed; what brought it is offered first."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        brought = (NoticeNumbered(self.number),) if self.number else ()
        return () if words else (MySubscriptions(), *brought)

    def show(self, known: Known) -> Screen:
        received = known.given(MySubscriptions(), Subscription)
        if not received:
            nothing = (Paragraph(NOTHING),) if known.writable else _not_here("", known)
            return Screen(t("Berhenti menerima"), nothing, back=self.then)
        why = t("Pilih yang tidak mau Anda terima lagi. Bisa diminta lagi kapan saja.")
        return Screen(
            t("Berhenti menerima"),
            (Paragraph(why),),
            (
                *_ends(self._brought_by(received, known), received, self.then, known),
                Choice("keep", t("Tidak jadi"), self.then),
            ),
            back=self.then,
            sensitive=True,
        )

    def _brought_by(self, received: tuple[Subscription, ...], known: Known) -> tuple[str, ...]:
        """The topics of theirs to which the notice belongs; without one, all."""
        topics, notice = _topics(received), read.numbered(self.number, known)
        ours = tuple(topic for topic in topics if notice and topic in notice.topics)
        return ours or topics


def _topics(received: tuple[Subscription, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subscription.topic for subscription in received))


def _ends(
    topics: tuple[str, ...], received: tuple[Subscription, ...], to: State, known: Known
) -> tuple[Choice, ...]:
    """Of a single topic its end is the end of everything."""
    everything = Choice(
        "stop:everything", EVERYTHING, to, effects=(Unsubscribe(),),
        remark=t("Sudah berhenti. Kami tidak mengirim lowongan atau kabar lagi. Pesan lama masih"
                 " ada di HP ini: kalau perlu, hapus sendiri."),
    )  # fmt: skip
    each = tuple(_end(topic, to, known) for topic in topics)
    return (everything, *each) if len(_topics(received)) > 1 else each


def _end(topic: str, to: State, known: Known) -> Choice:
    words = said(topic, known.library)
    return Choice(
        f"stop:{topic}", t("Berhenti: {topic}", topic=words), to, effects=(Unsubscribe(topic),),
        remark=t("Sudah berhenti: {topic}.", topic=words),
    )  # fmt: skip
