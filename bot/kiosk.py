"""The kiosk door: server-rendered pages for a village hall or a phone, usable without script.

GET never writes; POST carries a token bound to the session and answers 303, or at once with what no
second look could show. A session is a random cookie, never a phone number; it is erased at
*Selesai* and after five idle minutes.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from bot.kiosk_forms import ending, read_form, remark_of
from bot.kiosk_pages import KINDS, Pages
from bot.messages import Message
from bot.runner import Runner
from bot.screens import Rendered, Reply, render, render_paper
from flows.entries import ENTRIES
from flows.errors import Busy, Gone
from flows.text import t
from storage.people import Address

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

IDLE_SECONDS = 5 * 60
"""A session without a press for this long is somebody who went away: it is erased."""

COOKIE = "kiosk"

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
        self._pages = Pages(runner)

    def add_to(self, app: web.Application) -> None:
        app.on_response_prepare.append(_guard)
        app.middlewares.append(self._always_answer)
        app.router.add_get("/", self._get)
        app.router.add_post("/", self._post)
        app.router.add_post("/selesai", self._done)
        app.router.add_get("/cetak", self._paper)
        for name in KINDS:
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
        remark = remark_of(request.query.get("said", "")) or reply.remark
        return self._screen(request, session, replace(reply, remark=remark), entry)

    async def _post(self, request: web.Request) -> web.Response:
        session = _session(request)
        form = await read_form(request, lambda token: self._ours(session, token))
        if session is None or not self._ours(session, form.token):
            raise web.HTTPSeeOther("/")
        message = Message(session.address, form.said)
        try:
            reply = await self._runner.database.perform(self._runner.turn, message)
        except Busy:
            return self._busy()
        said = ending(reply)
        if said is None or reply.once or not reply.kept:  # a second look could not show it
            return self._screen(request, session, reply, "")
        raise web.HTTPSeeOther("/" + said)

    async def _done(self, request: web.Request) -> web.Response:
        """Whatever happens, this browser forgets."""
        session = _session(request)
        form = await read_form(request, lambda _: False)
        response = web.HTTPSeeOther("/")
        if session and self._ours(session, form.token):
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
        today = self._pages.say(t("{day}", day=self._runner.clock.today()), screen.language)
        values = {"at": entry, "size": size, "today": today, "idle": IDLE_SECONDS}
        return self._page("print.html", screen, paper=page, **values)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.path.strip("/")
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        text, _ = self._pages.static[name]
        return web.Response(text=text, content_type=KINDS[name], headers=headers)

    async def _look(self, session: _Session, entry: str) -> Reply:
        return await self._runner.database.perform(self._runner.look, session.address, entry)

    def _ours(self, session: _Session | None, token: str) -> bool:
        if session is None:
            return False
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
        html = self._pages.draw(template, screen, **values)
        return web.Response(text=html, content_type="text/html")


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    """Every answer, errors too, says what a browser may do with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _session(request: web.Request) -> _Session | None:
    word = request.cookies.get(COOKIE, "")
    return _Session(word) if 40 <= len(word) <= 64 and word.isascii() else None


def _is_entry(word: str) -> bool:
    return word.partition(":")[0] in ENTRIES
