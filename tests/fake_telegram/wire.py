"""The HTTP server that the bot calls, the faults ordered from it, and the webhook's deliveries."""

import asyncio
import json
import math
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, cast

from aiohttp import BodyPartReader, ClientResponse, ClientSession, MultipartReader, web

from tests.fake_telegram.api import BotApi
from tests.fake_telegram.chats import Upload
from tests.fake_telegram.refused import Json, Refused
from tests.fake_telegram.world import World

WORDS = re.compile("text|caption|url|secret_token|callback_query_id|(short_)?description")


MOMENT = 0.4
"""Seconds that a wait needs to be heard of in another process."""

SPEAKING = {"sendmessage", "editmessagetext", "deletemessage"}


class Garbled(Exception):
    """The answer is none of Telegram's."""


@dataclass(slots=True)
class Floods:
    """Every so many messages one wait, which Telegram expects to be kept; 0 for none at all."""

    every: int = 0
    seconds: int = 1
    waits: int = 0
    on_their_way: int = 0
    """Calls that came in the first moment of a wait, from whoever cannot have heard of it."""
    ignored: int = 0
    """Calls that came later in a wait."""
    _until: float = 0
    _since: int = 0

    def check(self, now: float) -> None:
        if now < self._until:
            late = now > self._until - self.seconds + MOMENT
            self.ignored += late
            self.on_their_way += not late
            self._refuse(self._until - now)
        self._since += 1
        if self.every and self._since >= self.every:
            self._since, self.waits, self._until = 0, self.waits + 1, now + self.seconds
            self._refuse(self.seconds)

    def _refuse(self, seconds: float) -> None:
        wait = math.ceil(seconds)
        raise Refused(f"retry after {wait}", 429, retry_after=wait)


@dataclass(frozen=True, slots=True)
class Fault:
    status: int | str
    description: str
    parameters: dict[str, int]


class FakeTelegram(World):
    """The server. `limits=False` lets a benchmark send as fast as it can.

    `now` dates the messages; the pace of sending is measured by the machine's own clock.
    """

    token = "123456:TEST-token"

    def __init__(
        self, *, limits: bool = True, port: int = 0, now: Callable[[], float] = time.time,
        rate: int = 30, latency: float = 0,
    ) -> None:  # fmt: skip
        super().__init__(now)
        self.port = port
        self.latency = latency
        """Seconds that every call takes before it does anything."""
        self.url = ""
        self.calls: list[tuple[str, Json]] = []
        self.refusals: Counter[int] = Counter()
        """How often each status was answered that is not 200."""
        self.ignored_errors: list[tuple[str, str]] = []
        self._api = BotApi(self, limits, rate)
        self.floods = Floods()
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._closed = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_get(f"/file/bot{self.token}/documents/{{id}}", self._download)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.url = "http://{}:{}".format(*self._runner.addresses[0])
        self._client = ClientSession()
        return self

    async def __aexit__(self, *failure: object) -> None:
        self._closed.set()
        self.wake()
        await self._client.close()
        await self._runner.cleanup()

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of one method, in order."""
        return [params for name, params in self.calls if name == method]

    async def push(self, update: Json, times: int = 1) -> list[int]:
        """Posts to the webhook, once or again; an update answered with 2xx waits no longer.

        A call in the answer is carried out. When nobody answers, aiohttp's error is raised.
        """
        return [await self._post_update(update) for _ in range(times)]

    def fail_next(
        self,
        method: str,
        status: int | str = 500,
        times: int = 1,
        *,
        retry_after: int = 0,
        reason: str = "",
    ) -> None:
        """A status, "timeout" (not done, no answer) or "drop_after" (done, no answer)."""
        retry_after = retry_after or int(status == 429)
        if retry_after and not reason:
            reason = f"retry after {retry_after}"
        parameters = {"retry_after": retry_after} if retry_after else {}
        self._faults[method.lower()].extend([Fault(status, reason, parameters)] * times)

    async def _handle(self, request: web.Request) -> web.Response:
        bot, _, method = request.path.removeprefix("/").partition("/")
        try:
            if bot != f"bot{self.token}":
                raise Refused(status=401)
            body: Json = {"ok": True, "result": await self._serve(request, method)}
            return web.json_response(body)
        except Garbled:
            return web.Response(text="<html>Bad gateway</html>")
        except Refused as refused:
            self.refusals[refused.status] += 1
            return web.json_response(refused.body, status=refused.status)

    async def _download(self, request: web.Request) -> web.Response:
        """What getFile told the way to; its faults are ordered as those of "file"."""
        self.calls.append(("file", {"id": request.match_info["id"]}))
        if faults := self._faults["file"]:
            return web.Response(status=int(faults.popleft().status))
        file = self.file(request.match_info["id"])
        return web.Response(body=file.content) if file else web.Response(status=404)

    async def _serve(self, request: web.Request, method: str) -> object:
        params = await _read_request(request)
        if self.latency:
            await asyncio.sleep(self.latency)
        if method.lower() in SPEAKING:
            self.floods.check(time.monotonic())
        faults = self._faults[method.lower()]
        fault = faults.popleft() if faults else None
        if fault is None:
            return await self._reach(method, params, request)
        if fault.status == "drop_after":
            return await self._perform_and_drop(method, params, request)
        self.calls.append((method, params))
        if fault.status == "timeout":
            await self._closed.wait()
        status = fault.status if isinstance(fault.status, int) else 500
        raise Refused(fault.description, status, **fault.parameters)

    async def _reach(self, method: str, params: Json, request: web.Request) -> object:
        """Carried out, unless there is trouble with the chat that it is for."""
        match self._trouble(params):
            case "failing":
                self.calls.append((method, params))
                raise Refused("", 500)
            case "silent":
                self.calls.append((method, params))
                await self._closed.wait()
                raise Refused("", 500)
            case "garbage":
                await self._perform(method, params)
                raise Garbled
            case "lost":
                return await self._perform_and_drop(method, params, request)
            case _:
                return await self._perform(method, params)

    def _trouble(self, params: Json) -> str:
        chat = self.chats.get(params.get("chat_id", 0))
        if chat is None or chat.trouble is None or not chat.trouble.times:
            return ""
        chat.trouble.times -= 1
        return chat.trouble.kind

    async def _perform_and_drop(self, method: str, params: Json, request: web.Request) -> object:
        try:
            return await self._perform(method, params)
        finally:
            if request.transport:
                request.transport.abort()

    async def _perform(self, method: str, params: Json) -> object:
        self.calls.append((method, params))
        return await self._api.perform(method, params)

    async def _post_update(self, update: Json) -> int:
        assert self.webhook, "No webhook is set."
        secret = self.webhook["secret"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with self._client.post(
            self.webhook["url"], json=update, headers=headers, allow_redirects=False
        ) as response:
            if 200 <= response.status < 300:
                self.forget(update["update_id"])
                await self._carry_out(await _read_reply(response))
            return response.status

    async def _carry_out(self, params: Json) -> None:
        """A webhook may answer with one call, whose result nobody learns."""
        method = str(params.pop("method", ""))
        if not method:
            return
        try:
            await self._perform(method, params)
        except Refused as refused:
            self.ignored_errors.append((method, refused.description))


async def _read_request(request: web.Request) -> Json:
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            raw |= await request.json()
        except (TypeError, ValueError):
            raise Refused("can't parse JSON object") from None
    else:
        raw |= await request.post()
    return _parameters(raw)


async def _read_reply(response: ClientResponse) -> Json:
    """The call in a webhook's answer: JSON, or the form that aiogram writes."""
    if response.content_type == "application/json":
        body: object = await response.json()
        return cast(Json, body) if isinstance(body, dict) else {}
    if not response.content_type.startswith("multipart/"):
        return {}
    raw: Json = {}
    async for part in MultipartReader.from_response(response):
        if isinstance(part, BodyPartReader) and part.name:
            file = Upload(part.filename, bytes(await part.read())) if part.filename else None
            raw[part.name] = file or await part.text()
    return _parameters(raw)


def _parameters(raw: Mapping[str, object]) -> Json:
    """Values as they were meant; an "attach://name" gives way to the file that it points to."""
    params = {name: _value(name, value) for name, value in raw.items()}
    words = [(name, value) for name, value in params.items() if isinstance(value, str)]
    pointers = {name: value[9:] for name, value in words if value.startswith("attach://")}
    params |= {name: params.get(pointer) for name, pointer in pointers.items()}
    return {name: value for name, value in params.items() if name not in pointers.values()}


def _value(name: str, value: object) -> object:
    """Forms carry JSON in strings and files beside them; words stay as they are."""
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.file.read())
    if not isinstance(value, str) or WORDS.fullmatch(name):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
