"""A notice as it reaches people: first and on its own, or as a page; the same words everywhere.

The first line says nothing of work abroad: a phone shows it to whoever looks at the screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from flows.areas import named
from flows.library import Library
from flows.notices import fields
from flows.notices.answers import listed
from flows.notices.fields import PARTS, Field
from flows.notices.kept import Notice
from flows.offices import ROLES
from flows.screen import Caution, Items, Paragraph, Part, Screen
from flows.text import Text, t, verbatim

Change = Literal["recall", "correct", "close"]
Nudge = Literal["approve", "approved", "returned", "ended", "stopped", "reported", "taken"]

NUDGES: dict[Nudge, Text] = {
    "approve": t("Sebuah pengumuman menunggu persetujuan Anda."),
    "approved": t("Pengumuman Anda disetujui. Sepuluh menit lagi mulai dikirim."),
    "returned": t("Pengumuman Anda dikembalikan. Periksa lagi, lalu kirim ulang."),
    "ended": t("Pengumuman Anda selesai dikirim. Laporannya sudah ada."),
    "stopped": t("Sebuah pengumuman di wilayah Anda dihentikan."),
    "reported": t("Ada laporan warga tentang sebuah pengumuman. Tolong dilihat."),
    "taken": t("Seseorang memakai undangan Anda. Periksa apakah itu benar orangnya."),
}
"""What we tell officers first; what it is about is behind the button, for them alone."""

FREE = t("Lowongan ini tanpa biaya. Kalau ada yang meminta uang, jangan bayar. Tekan Laporkan.")
NOT_FREE = t(
    "Jangan transfer ke rekening orang. Paspor, SKCK, dan tes dibayar sendiri di loket resmi,"
    " dengan kuitansi. Diminta uang yang lain? Jangan bayar, tekan Laporkan."
)
FIRST = frozenset({
    "title", "words", "position", "country", "employer", "quota", "gender", "age", "study",
    "salary", "period", "hours", "days", "contract", "facilities", "cost", "cost_items",
    "channel", "deadline", "contact_name", "contact_phone",
    "p3mi_name", "p3mi_licence", "sip2mi_no", "notice_no", "source", "verifier",
})  # fmt: skip
"""Fields that are read at once; the others are a page further."""

MORE = t("Selengkapnya")
REPORT = t("Laporkan")
STOP = t("Berhenti menerima")


@dataclass(frozen=True, slots=True)
class Way:
    """A button that never grows old: it opens an entry."""

    label: Text
    entry: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What we send first."""

    screen: Screen
    ways: tuple[Way, ...]


def grouped(number: str) -> str:
    """`482-913`, as it is said and read; whatever is typed is looked up by its digits."""
    return f"{number[:3]}-{number[3:]}"


def letter(notice: Notice, library: Library) -> Letter:
    """The notice as it arrives, with the ways to more, to a report, and to no more of it."""
    more = (Way(MORE, f"notices.more:{notice.number}"),) if notice.kind != "news" else ()
    return Letter(
        Screen(title(notice), body(notice, library)),
        (
            *more,
            Way(REPORT, f"notices.report:{notice.number}"),
            Way(STOP, f"notices.stop:{notice.number}"),
        ),
    )


def title(notice: Notice) -> Text:
    if notice.where is None:
        return t("Kabar untuk Anda")
    return t("Kabar dari {area}", area=named(notice.where))


def body(notice: Notice, library: Library) -> tuple[Part, ...]:
    """What matters most, and who vouches for it."""
    told = _news(notice) if notice.kind == "news" else _job(notice, library)
    return (
        *((Caution(_mends(notice)),) if notice.corrects else ()),
        *told,
        stamp(notice),
    )


def _mends(notice: Notice) -> Text:
    """Which notice this one corrects, and in what."""
    number = grouped(notice.corrects)
    found = (fields.field_of(notice.kind, key) for key in notice.mended)
    labels = tuple(field.label for field in found if field)
    if not labels:
        return t("Ini perbaikan dari nomor {number}. Pakai yang ini.", number=number)
    return t("Ini perbaikan dari nomor {number}. Pakai yang ini. Yang berubah: {fields}.",
             number=number, fields=listed(labels))  # fmt: skip


def more(notice: Notice, library: Library) -> tuple[Part, ...]:
    """What else stands in it, part by part."""
    given = dict(notice.answers)
    asked = (field for field in fields.asked(notice.kind, given) if field.key not in FIRST)
    there = tuple(field for field in asked if given.get(field.key))
    return tuple(
        Items(heading, tuple(line(field, given[field.key], library) for field in there
                             if field.part == part))
        for part, heading in PARTS.items()
        if any(field.part == part for field in there)
    )  # fmt: skip


def line(field: Field, value: str, library: Library) -> Text:
    return t("{label}: {value}", label=field.label, value=fields.said(field, value, library))


def stamp(notice: Notice) -> Items:
    """Who says so, under which number and since when; from where, and who made sure of it."""
    number, day = grouped(notice.number), notice.sent_on
    numbered = t("Nomor {number}", number=number)
    dated = t("Nomor {number}, dikirim {day}", number=number, day=day) if day else numbered
    return Items(
        PARTS["source"],
        (
            dated,
            t("Disampaikan: {office}", office=office(notice)),
            *_licences(notice),
            t("Sumber: {source}", source=_plain(notice, "source")),
            t("Dipastikan oleh: {verifier}", verifier=_plain(notice, "verifier")),
        ),
    )


def _licences(notice: Notice) -> Iterator[Text]:
    """By what anybody can look it up: the agency with its licences, or the official number."""
    if notice.kind == "p3mi":
        yield t(
            "P3MI: {name}. Izin: {licence}. Izin rekrut: {number}.",
            name=_plain(notice, "p3mi_name"), licence=_plain(notice, "p3mi_licence"),
            number=_plain(notice, "sip2mi_no"),
        )  # fmt: skip
    if notice.kind == "government":
        yield t("Nomor resmi: {number}", number=_plain(notice, "notice_no"))


def office(notice: Notice) -> Text:
    """`Petugas desa, Desa Kuripan`: never a name, which anybody could borrow."""
    role: dict[str, Text] = {**ROLES}
    who = role.get(notice.writer_role, t("Petugas"))
    if notice.where is None:
        return who
    return t("{role}, {area}", role=who, area=named(notice.where))


def changed(notice: Notice, change: Change) -> Letter:
    """What a copy says afterwards that could not be taken away."""
    said = _standing(notice, change)
    told = Caution(said) if change == "recall" else Paragraph(said)
    return Letter(Screen(title(notice), (told,)), tuple(_afterwards(notice, change)))


def _standing(notice: Notice, change: Change) -> Text:
    number = grouped(notice.number)
    match change:
        case "recall":
            return t("Nomor {number} ditarik. Jangan dipakai lagi. Kalau sudah telanjur membayar"
                     " atau menyerahkan dokumen, tekan Bantuan.", number=number)  # fmt: skip
        case "correct":
            return t("Nomor {number} sudah diperbaiki. Yang berlaku sekarang nomor {newer}.",
                     number=number, newer=grouped(notice.corrected_by))  # fmt: skip
        case "close" if notice.closes_on:
            return t("Nomor {number} sudah ditutup. Hari terakhirnya {day}.",
                     number=number, day=notice.closes_on)  # fmt: skip
        case "close":
            return t("Nomor {number} sudah ditutup.", number=number)
        case _:
            assert_never(change)


def _afterwards(notice: Notice, change: Change) -> Iterator[Way]:
    if change == "recall":
        yield Way(t("Bantuan"), "help")
    if change == "correct":
        yield Way(t("Lihat yang berlaku"), f"notices.read:{notice.corrected_by}")
    yield Way(t("Kabar lainnya"), "notices")


def nudge(kind: Nudge) -> Letter:
    """To an officer, who may have handed the phone to somebody: nothing but that there is work."""
    return Letter(
        Screen(t("Tugas petugas"), (Paragraph(NUDGES[kind]),)),
        (Way(t("Buka tugas petugas"), "officer"),),
    )


def _news(notice: Notice) -> Iterator[Part]:
    yield Paragraph(_plain(notice, "title"))
    yield Paragraph(_plain(notice, "words"))
    if notice.closes_on:
        yield Paragraph(t("Berlaku sampai {day}.", day=notice.closes_on))


def _job(notice: Notice, library: Library) -> Iterator[Part]:
    given = dict(notice.answers)
    yield Paragraph(headline(notice, library))
    yield Caution(FREE if given.get("cost") == "zero" else NOT_FREE)
    yield Items(PARTS["who"], tuple(_lines(notice, ("gender", "age", "study"), library)))
    yield Items(PARTS["pay"], tuple(_pay(notice, library)))
    apply = ("channel", "deadline", "contact_name", "contact_phone")
    yield Items(PARTS["apply"], tuple(_lines(notice, apply, library)))


def headline(notice: Notice, library: Library) -> Text:
    """`Pemanen sawit di Malaysia. Pemberi kerja: FGV. Dicari 75 orang.`"""
    return t(
        "{position}, {country}. Pemberi kerja: {employer}. Dicari {quota} orang.",
        position=_plain(notice, "position"), country=country(notice, library),
        employer=_plain(notice, "employer"), quota=_value(notice, "quota", library),
    )  # fmt: skip


def country(notice: Notice, library: Library) -> Text:
    return _value(notice, "country", library)


def _pay(notice: Notice, library: Library) -> Iterator[Text]:
    yield t("Gaji: {salary} {period}", salary=_plain(notice, "salary"),
            period=_value(notice, "period", library))  # fmt: skip
    hours, days = _value(notice, "hours", library), _value(notice, "days", library)
    yield t("Kerja {hours} jam sehari, {days} hari seminggu", hours=hours, days=days)
    yield t("Kontrak {months} bulan", months=_value(notice, "contract", library))
    yield from _lines(notice, ("facilities", "cost", "cost_items"), library)


def _lines(notice: Notice, keys: tuple[str, ...], library: Library) -> Iterator[Text]:
    for key in keys:
        field, value = fields.field_of(notice.kind, key), notice.answer(key)
        if field and value:
            yield line(field, value, library)


def _value(notice: Notice, key: str, library: Library) -> Text:
    """An answer as people read it; a draft that has none yet shows a dash."""
    field, value = fields.field_of(notice.kind, key), notice.answer(key)
    return fields.said(field, value, library) if field and value else verbatim("-")


def _plain(notice: Notice, key: str) -> Text:
    return verbatim(notice.answer(key) or "-")
