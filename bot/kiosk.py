"""The kiosk door: server-rendered pages for a village hall or a phone, usable without script.

GET never writes; POST carries a token bound to the session and answers 303. A session is a random
cookie, never a phone number; it is erased at *Selesai* and after five idle minutes.
"""

import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.dialling import dialled
from bot.drawing import drawn
from bot.failures import sorry
from bot.messages import Message, Press, Words
from bot.runner import NOT_UNDERSTOOD, STALE, Runner
from bot.screens import Rendered, Reply, render, render_paper
from bot.tokens import Token
from flows.engine import GONE, NOT_HERE
from flows.entries import ENTRIES
from flows.errors import Busy, Gone
from flows.text import Text, t
from storage.people import Address

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

IDLE_SECONDS = 5 * 60
"""A session without a press for this long is somebody who went away: it is erased."""

BODY_LIMIT = 16 * 1024
"""Bytes of a form; ours have a few hundred."""

COOKIE = "kiosk"

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

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class _Session:
    """A visitor: the cookie's random word, and the address it makes."""

    word: str

    @property
    def address(self) -> Address:
        return Address("kiosk", self.word, IDLE_SECONDS)


class Kiosk:
    """Routes and pages; `add_to` puts them on an application."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._static = {name: _static(name) for name in KINDS}
        self._pages = Environment(
            loader=PackageLoader("bot"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def add_to(self, app: web.Application) -> None:
        app.on_response_prepare.append(_guard)
        app.middlewares.append(self._always_answer)
        app.router.add_get("/", self._get)
        app.router.add_post("/", self._post)
        app.router.add_post("/selesai", self._done)
        app.router.add_get("/cetak", self._paper)
        for name in self._static:
            app.router.add_get(f"/{name}", self._file)
        app.router.add_get("/{entry}", self._get)

    @web.middleware
    async def _always_answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Whatever fails, people see whom to call; the log names the kind of fault, no more."""
        try:
            return await handler(request)
        except web.HTTPException:
            raise
        except Exception as error:
            log.error("a page failed: error=%s", type(error).__name__)
            return self._busy()

    async def _get(self, request: web.Request) -> web.Response:
        entry = request.match_info.get("entry", "")
        if entry and not _is_entry(entry):
            raise web.HTTPNotFound
        session = _session(request) or _Session(self._runner.clock.new_session())
        try:
            reply = await self._look(session, entry)
        except Busy:
            return self._busy()
        remark = _remark(request.query.get("said", "")) or reply.remark
        return self._screen(request, session, replace(reply, remark=remark), entry)

    async def _post(self, request: web.Request) -> web.Response:
        session, form = _session(request), await _form(request)
        if session is None or not self._ours(session, form.get("token", "")):
            raise web.HTTPSeeOther("/")
        message = Message(session.address, _said(form))
        try:
            reply = await self._runner.database.perform(self._runner.turn, message)
        except Busy:
            return self._busy()
        if not reply.kept:
            return self._screen(request, session, reply, "")
        raise web.HTTPSeeOther("/" + _said_by(reply))

    async def _done(self, request: web.Request) -> web.Response:
        """Whatever happens, this browser forgets."""
        session, form = _session(request), await _form(request)
        response = web.HTTPSeeOther("/")
        if session and self._ours(session, form.get("token", "")):
            with suppress(Exception):  # the sweep erases what could not be erased now
                await self._runner.database.perform(self._runner.forget, session.address)
            response.del_cookie(COOKIE)
        raise response

    async def _paper(self, request: web.Request) -> web.Response:
        session, entry = _session(request), request.query.get("at", "")
        size = "a5" if request.query.get("kertas") == "a5" else "a4"
        if session is None or (entry and not _is_entry(entry)):
            raise web.HTTPSeeOther("/")
        try:
            reply = await self._look(session, entry)
            paper = await self._runner.database.perform(self._runner.paper, session.address, entry)
        except Busy:
            return self._busy()
        except Gone:
            raise web.HTTPSeeOther("/") from None
        if paper is None:
            raise web.HTTPSeeOther("/")
        screen = render(reply, self._runner.catalogs)
        page = render_paper(paper, screen.language, self._runner.catalogs)
        today = self._say(t("{day}", day=self._runner.clock.today()), screen.language)
        values = {"at": entry, "size": size, "today": today, "idle": IDLE_SECONDS}
        return self._page("print.html", screen, paper=page, **values)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.path.strip("/")
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        text, _ = self._static[name]
        return web.Response(text=text, content_type=KINDS[name], headers=headers)

    async def _look(self, session: _Session, entry: str) -> Reply:
        return await self._runner.database.perform(self._runner.look, session.address, entry)

    def _ours(self, session: _Session, token: str) -> bool:
        expected = self._runner.database.vault.token(session.word)
        return hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode())

    def _screen(
        self, request: web.Request, session: _Session, reply: Reply, entry: str
    ) -> web.Response:
        screen = render(reply, self._runner.catalogs)
        token = self._runner.database.vault.token(session.word)
        response = self._page("screen.html", screen, token=token, at=entry, idle=IDLE_SECONDS)
        secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
        response.set_cookie(
            COOKIE, session.word, max_age=IDLE_SECONDS, httponly=True, samesite="Strict",
            secure=secure,
        )  # fmt: skip
        return response

    def _busy(self) -> web.Response:
        screen = render(self._runner.busy(), self._runner.catalogs)
        response = self._page("busy.html", screen)
        response.set_status(503)
        response.headers["Retry-After"] = "2"
        return response

    def _page(self, template: str, screen: Rendered, **values: Any) -> web.Response:
        html = self._pages.get_template(template).render(
            screen=screen,
            words={name: self._say(text, screen.language) for name, text in WORDS.items()},
            version={name: content[1] for name, content in self._static.items()},
            drawn=drawn,
            dialled=dialled,
            **values,
        )
        return web.Response(text=html, content_type="text/html")

    def _say(self, text: Text, language: str) -> str:
        return self._runner.catalogs.say(text, language)


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    """Every answer, errors too, says what a browser may do with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _static(name: str) -> tuple[str, str]:
    """The file, and a word that changes with it, so that browsers may keep it for ever."""
    text = files("bot").joinpath("static", name).read_text(encoding="utf-8")
    return text, sha256(text.encode()).hexdigest()[:12]


def _session(request: web.Request) -> _Session | None:
    word = request.cookies.get(COOKIE, "")
    return _Session(word) if 40 <= len(word) <= 64 and word.isascii() else None


def _is_entry(word: str) -> bool:
    return word.partition(":")[0] in ENTRIES


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of a form; of a body that is none, or far too large for ours, nothing."""
    if (request.content_length or 0) > BODY_LIMIT:
        raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, request.content_length or 0)
    try:
        form = await request.post()
    except (ValueError, LookupError, web.RequestPayloadError):
        return {}
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _said(form: dict[str, str]) -> Press | Words:
    """A button, an entry at the top of the page, or typed words."""
    at = form.get("at", "")
    if token := form.get("say", ""):
        return Press(Token.parse(token), at)
    if entry := form.get("open", ""):
        return Words.heard(f"@{entry}")
    return Words.heard(form.get("words", ""), at)


REMARKS: dict[str, Text] = {
    "not-understood": NOT_UNDERSTOOD,
    "old": STALE,
    "not-here": NOT_HERE,
    "gone": GONE,
    "erased": t("Semua data Anda sudah dihapus dari layanan ini."),
}
"""What a turn may say on its way through a redirect: a closed set, so that nobody can add to it."""


def _said_by(reply: Reply) -> str:
    """The address's ending that lets the next page say what this reply remarked."""
    if reply.place == "forgotten":
        return "?said=erased"
    if reply.remark is None:
        return ""
    for code, text in REMARKS.items():
        if text == reply.remark:
            return f"?said={code}"
    return "".join(f"?said=failed.{value}" for name, value in reply.remark.values
                   if name == "reference")  # fmt: skip


def _remark(code: str) -> Text | None:
    failed = re.fullmatch(r"failed\.([2-9A-Z]{6})", code)
    return sorry(failed[1]) if failed else REMARKS.get(code)
