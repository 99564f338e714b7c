"""Is this notice real? Somebody types its number and reads what we have under it."""

from dataclasses import dataclass

from flows import help
from flows.engine import Known, SideTrip, State
from flows.notices import read
from flows.notices.kept import Notice
from flows.offer import questions as offer
from flows.queries import NoticeNumbered, Query
from flows.screen import Caution, Choice, Paragraph, Screen
from flows.text import t
from flows.village import check as officers
from flows.village import page as village

CHECK = t("Cek nomor pengumuman")
HINT = t("Punya nomor pengumuman? Ketik nomornya di sini.")
EXAMPLE = t("Ketik nomornya, misalnya: 482-913.")
COMPARE = t(
    "Nomor ini ada di daftar kami. Sekarang bandingkan isinya: kalau berbeda dengan yang Anda"
    " terima, jangan percaya yang Anda terima."
)
SHORTEST = 3
"""Digits that may be meant as a number of ours, with a slip or two; fewer are something else."""


def asked(words: str) -> tuple[Query, ...]:
    return (NoticeNumbered(words),) if _has_number(words) else ()


def heard(words: str, here: State, known: Known) -> Choice | None:
    """What a typed number leads to, wherever notices are read."""
    if not _has_number(words):
        return None
    for notice in known.given(NoticeNumbered(words), Notice):
        return Choice("checked", CHECK, read.ReadNotice(notice.number), remark=COMPARE)
    return Choice("unknown", CHECK, Unknown(here.origin()))


def _has_number(words: str) -> bool:
    return sum(sign.isdecimal() for sign in words) >= SHORTEST


@dataclass(frozen=True)
class CheckNotice(SideTrip, place="notices.check"):
    def asks(self, words: str = "") -> tuple[Query, ...]:
        return asked(words)

    def hear(self, words: str, known: Known) -> Choice | None:
        return heard(words, self, known)

    def show(self, known: Known) -> Screen:
        what = t(
            "Setiap pengumuman dari petugas desa lewat layanan ini punya nomor, enam angka. Dapat"
            " kabar lewat grup, kertas, atau orang lain? Cek nomornya di sini."
        )
        return Screen(CHECK, (Paragraph(what),), back=self.then, hint=EXAMPLE)


@dataclass(frozen=True)
class Unknown(SideTrip, place="notices.unknown"):
    """Perhaps false, perhaps a slip of the finger; what to do is the same."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return asked(words)

    def hear(self, words: str, known: Known) -> Choice | None:
        return heard(words, self, known)

    def show(self, known: Known) -> Screen:
        return Screen(
            t("Nomor itu tidak ada di daftar kami"),
            (
                Caution(
                    t(
                        "Bisa jadi palsu, bisa juga salah ketik. Jangan bayar dan jangan serahkan"
                        " paspor atau KTP sebelum Anda bertanya."
                    )
                ),
                Paragraph(t("Tanyakan ke petugas desa, BP3MI, atau nomor ini.")),
                *help.numbers(help.to_ask(known), help.CALL, known),
            ),
            (
                Choice("again", t("Cek nomor lain"), CheckNotice(self.then)),
                Choice("offer", t("Cek tawaran kerja"), offer.first(known.library)),
                Choice("village", officers.VILLAGE, village.own(known)),
                Choice("provinces", t("Kantor di provinsi saya"), help.Provinces(self.then)),
            ),
            back=self.then,
            hint=EXAMPLE,
        )
