"""How python-telegram-bot reaches Telegram here: over aiohttp, which was measured to be quicker.

`python -m tests.bench sender` compares it with the library's own transport. It also says what that
one leaves open: whether a call that failed can have arrived.
"""

import json
from typing import Any, cast

from aiohttp import (
    BytesPayload,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
)
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

CONNECT, READ = 5.0, 20.0
"""Seconds until Telegram has taken up, and until it has answered."""

PATIENCE = ClientTimeout(total=CONNECT + READ, sock_connect=CONNECT, sock_read=READ)
TOO_MANY, FAILED = 429, 500


class NotSent(NetworkError):
    """Nobody took up: the call certainly did nothing."""


class ServerFailed(NetworkError):
    """Telegram says that the fault is its own."""


class Flooded(NetworkError):
    """Nobody may send for so many seconds; the library's own error for it warns when it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many messages")
        self.seconds = seconds


class Unclear(NetworkError):
    """The call was on its way, and what came back says nothing."""


class Transport(BaseRequest):
    """As many connections as there are slots: a call never waits for another's."""

    def __init__(self, connections: int, patience: ClientTimeout = PATIENCE) -> None:
        self._connections, self._patience = connections, patience
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._patience.sock_read

    async def initialize(self) -> None:
        if self._session is None:
            connector = TCPConnector(limit=self._connections)
            jar = DummyCookieJar()
            self._session = ClientSession(connector=connector, cookie_jar=jar)

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **named: object,
    ) -> tuple[int, bytes]:
        """Status and body; raises one of the four above where there is no answer to judge."""
        status, body = await self._answer(url, method, request_data)
        if status >= FAILED:
            raise ServerFailed(f"status {status}")
        if status == TOO_MANY:
            raise Flooded(self._wait(body))
        return status, body

    def _wait(self, body: bytes) -> float:
        """Seconds that Telegram asks for; one second where somebody on the way does."""
        try:
            parameters = self.parse_json_payload(body).get("parameters", {})
            return float(parameters.get("retry_after", 1))
        except (Unclear, TypeError, ValueError, AttributeError):
            return 1.0

    async def _answer(self, url: str, method: str, data: RequestData | None) -> tuple[int, bytes]:
        assert self._session, "initialize it first"
        values = json.dumps(data.parameters if data else {}).encode()
        body = BytesPayload(values, content_type="application/json")
        try:
            call = self._session.request(method, url, data=body, timeout=self._patience)
            async with call as answer:
                return answer.status, await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from error
        except (ClientError, TimeoutError, OSError) as error:
            raise Unclear(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library does it, but without a word in the log of what was said to whom."""
        try:
            answer: object = json.loads(payload)
        except ValueError as error:
            raise Unclear("no answer of Telegram's") from error
        if not isinstance(answer, dict) or "ok" not in answer:
            raise Unclear("no answer of Telegram's")
        return cast(dict[str, Any], answer)
