"""The kiosk's pages as HTML: what stands around the conversation, and the files beside it."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.dialling import dialled
from bot.drawing import drawn
from bot.qr import qr
from bot.runner import Runner
from bot.screens import Rendered
from flows.areas import named
from flows.effects import File
from flows.text import Text, t

KINDS = {
    "style.css": "text/css",
    "print.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files beside the pages, and what they are."""

WORDS: dict[str, Text] = {
    "house": t("Pusat layanan migrasi desa"),
    "skip": t("Langsung ke isi"),
    "language": t("Ganti bahasa"),
    "help": t("Bantuan"),
    "emergency": t("Darurat"),
    "send": t("Kirim"),
    "file": t("Pilih berkas"),
    "save": t("Unduh berkas"),
    "done": t("Selesai, hapus jejak saya"),
    "done_why": t("Layar ini kembali ke awal sesudah 5 menit tidak ditekan."),
    "print": t("Cetak halaman ini"),
    "print_how": t("Untuk mencetak, tekan tombol Cetak, atau Ctrl dan P di papan tombol."),
    "large": t("Kertas besar (A4)"),
    "small": t("Kertas kecil (A5)"),
    "officer": t("Petugas desa"),
    "officer_phone": t("Nomor HP petugas"),
    "print_button": t("Cetak"),
    "back": t("Kembali"),
    "caution": t("Perhatian"),
    "printed_on": t("Dicetak"),
    "stamp": t("Cap dan tanda tangan desa"),
    "free": t("Gratis. Bukan agen. Jangan bayar kepada calo."),
}
"""What the page says around the conversation."""


class Pages:
    """Templates and files, read once."""

    def __init__(self, runner: Runner) -> None:
        self._catalogs = runner.catalogs
        self._words = WORDS | {"house": _house(runner)}
        self.static = {name: _static(name) for name in KINDS}
        self._templates = Environment(
            loader=PackageLoader("bot"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def draw(self, template: str, screen: Rendered, **values: Any) -> str:
        return self._templates.get_template(template).render(
            screen=screen,
            words={name: self.say(text, screen.language) for name, text in self._words.items()},
            version={name: content[1] for name, content in self.static.items()},
            drawn=drawn,
            dialled=dialled,
            qr=qr,
            data=_data,
            **values,
        )

    def say(self, text: Text, language: str) -> str:
        return self._catalogs.say(text, language)


def _house(runner: Runner) -> Text:
    """Whose hall this is; without a village of its own, any village's."""
    if not runner.service.hall:
        return WORDS["house"]
    with runner.database.look() as db:
        hall = runner.rows.areas.find(db, runner.service.hall)
    return t("Pusat layanan migrasi {village}", village=named(hall)) if hall else WORDS["house"]


def _static(name: str) -> tuple[str, str]:
    """The file, and a word that changes with it, so that browsers may keep it for ever."""
    text = files("bot").joinpath("static", name).read_text(encoding="utf-8")
    return text, sha256(text.encode()).hexdigest()[:12]


def _data(file: File) -> str:
    """A file within the page that names it, because nothing of it is kept for a second look."""
    return f"data:text/csv;charset=utf-8;base64,{b64encode(file.content.encode()).decode()}"
