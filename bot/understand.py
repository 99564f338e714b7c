"""Typed words to a choice on the screen, an entry, or nothing. Pure: it looks, nothing more.

In this order: a number, a label, a call for help, a common word, the beginning of a label; a state
hears what is left itself, and what may have been a call for help is asked about last.
"""

import re
from dataclasses import dataclass

from flows import entries
from flows.engine import BACK, HOME, Shown
from flows.screen import Choice
from flows.text import Text, t
from flows.words import fold
from locales.catalogs import Catalogs

COMMON: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("home", t("menu"), ("start", "mulai", "home", "awal", "menu utama", "batal", "cancel")),
    ("help", t("bantuan"), ("help", "petunjuk")),
    ("language", t("bahasa"), ("language", "ganti bahasa", "basa")),
    ("village", t("desa"), ("desa saya", "kampung")),
    ("notices", t("lowongan"), ("lowongan kerja", "loker", "kabar", "pengumuman", "jobs")),
    ("notices.check", t("cek pengumuman"), ("cek nomor", "cek lowongan")),
    (
        "notices.stop",
        t("berhenti"),
        ("stop", "unsubscribe", "berhenti menerima", "mandeg", "kendel", "ereun", "liren"),
    ),
    ("invitation.code", t("undangan"), ("kode undangan",)),
    ("officer.check", t("cek petugas"), ("cekpetugas", "cek officer")),
    ("officer", t("petugas"), ("tugas petugas", "officer")),
    ("forget", t("hapus"), ("delete", "hapus data", "hapus data saya")),
)
"""Entries with the word for them that is translated, and others that always work."""

BEGUN = 4
"""Letters of a label that are enough; of whole words, such as "ya", one is."""

FOURS = r"[2-9A-HJ-NP-Z]{4}"
CODE = re.compile(
    rf"(?:(?:kode )?undangan|invite|kode):?\s+({FOURS}(?:[-–— ]?{FOURS}){{3}})\.?"
    rf"|({FOURS}(?:[-–—]{FOURS}){{3}})\.?",
    re.IGNORECASE,
)
"""An invitation's code as somebody types it: after its word, or with all its dashes. Four words of
four letters are a sentence, perhaps a call for help."""

WAY_BACK = (t("kembali"), ("back", "balik"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that opens a place whatever is on the screen: `documents.page:paspor`."""

    name: str


EMERGENCY = Entry("emergency")
FORGET = Entry("forget")
PERHAPS_EMERGENCY = Entry("emergency.ask")


def understand(
    words: str, here: Shown, catalogs: Catalogs, language: str, *, is_call: bool
) -> Choice | Entry | None:
    """What the words mean here; None where only the state itself may know."""
    if (entry := entry_of(words)) is not None:
        return entry
    said = fold(words.removeprefix("/").partition("@")[0])
    if not said:
        return None
    return (
        _numbered(said, here)
        or _labelled(said, here, catalogs, language)
        or (EMERGENCY if is_call else None)
        or _back(said, here, catalogs, language)
        or _common_or_begun(said, here, catalogs, language, is_command=words.startswith("/"))
    )


def _common_or_begun(
    said: str, here: Shown, catalogs: Catalogs, language: str, *, is_command: bool
) -> Choice | Entry | None:
    """A common word; but "hapus" where a button begins so is that button, not all one's data."""
    common, begun = _common(said, catalogs, language), _begun(said, here, catalogs, language)
    if common == FORGET and begun and not is_command:
        return begun
    return common or begun


def entry_of(words: str) -> Entry | None:
    """The entry that words name as such: `@help`, or what a Telegram link sends."""
    if words.startswith("@"):
        return Entry(words[1:].strip())
    if code := CODE.fullmatch(words.strip()):
        return Entry(f"invite:{code[1] or code[2]}")
    command, _, payload = words.partition(" ")
    if command.partition("@")[0] != "/start" or not payload.strip():
        return None
    return Entry(entries.from_start_link(payload.strip()))


def _numbered(said: str, here: Shown) -> Choice | None:
    if not (said.isascii() and said.isdecimal() and len(said) <= 2):
        return None
    choices = here.screen.pressable
    return choices[int(said) - 1] if 0 < int(said) <= len(choices) else None


def _labelled(said: str, here: Shown, catalogs: Catalogs, language: str) -> Choice | None:
    for choice in here.screen.pressable:
        if said in (catalogs.folded(choice.label, who) for who in {language, "id"}):
            return choice
    return None


def _begun(said: str, here: Shown, catalogs: Catalogs, language: str) -> Choice | None:
    """The one choice whose label begins with these words; never one of several."""
    begun = [
        choice
        for choice in here.screen.choices
        if _begins(catalogs.folded(choice.label, language), said)
    ]
    return begun[0] if len(begun) == 1 else None


def _begins(label: str, said: str) -> bool:
    return label.startswith(f"{said} ") or (len(said) >= BEGUN and label.startswith(said))


def _back(said: str, here: Shown, catalogs: Catalogs, language: str) -> Choice | None:
    """One step back; from where there is none, home."""
    word, others = WAY_BACK
    if said not in _forms(word, others, catalogs, language):
        return None
    ways = {choice.label: choice for choice in here.screen.navigation}
    return ways.get(BACK) or ways.get(HOME)


def _common(said: str, catalogs: Catalogs, language: str) -> Entry | None:
    for entry, word, others in COMMON:
        if said in _forms(word, others, catalogs, language):
            return Entry(entry)
    return None


def _forms(word: Text, others: tuple[str, ...], catalogs: Catalogs, language: str) -> set[str]:
    return {catalogs.folded(word, language), catalogs.folded(word, "id"), *others}
