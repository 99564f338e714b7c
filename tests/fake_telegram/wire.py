"""The HTTP server that the bot calls, the faults ordered from it, and the webhook's deliveries."""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, cast

from aiohttp import BodyPartReader, ClientResponse, ClientSession, MultipartReader, web

from tests.fake_telegram.api import BotApi
from tests.fake_telegram.chats import Upload
from tests.fake_telegram.refused import Json, Refused
from tests.fake_telegram.world import World

WORDS = re.compile("text|caption|url|secret_token|callback_query_id|(short_)?description")


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
        self, *, limits: bool = True, port: int = 0, now: Callable[[], float] = time.time
    ) -> None:
        super().__init__(now)
        self.port = port
        self.url = ""
        self.calls: list[tuple[str, Json]] = []
        self.ignored_errors: list[tuple[str, str]] = []
        self._api = BotApi(self, limits)
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
        except Refused as refused:
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
        faults = self._faults[method.lower()]
        fault = faults.popleft() if faults else None
        if fault is None:
            return await self._perform(method, params)
        if fault.status == "drop_after":
            return await self._perform_and_drop(method, params, request)
        self.calls.append((method, params))
        if fault.status == "timeout":
            await self._closed.wait()
        status = fault.status if isinstance(fault.status, int) else 500
        raise Refused(fault.description, status, **fault.parameters)

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
