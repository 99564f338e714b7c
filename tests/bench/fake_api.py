"""A Bot API server that takes no time: canned answers, and a memory of the last message.

`python -m tests.bench.fake_api PORT [LATENCY [RATE]]`. It checks nothing but the rate, if there is
one; that is `tests/fake_telegram/`'s work. `/last` tells the last message it was given, `/calls`
how often each method was called, `/pace` how many messages came, from when to when.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qsl

import uvloop

Json = dict[str, Any]

ME: Json = {"id": 123456, "is_bot": True, "first_name": "Desa", "username": "desmigratif_bot"}
PERSON: Json = {"id": 7, "is_bot": False, "first_name": "Sari", "language_code": "id"}
CHAT: Json = {"id": 7, "type": "private", "first_name": "Sari"}
WORDS = "Paspor: dari Kantor Imigrasi. Bawa KTP, KK, akta lahir atau ijazah, dan surat nikah. "
BUTTONS = [[{"text": f"Pilihan nomor {n}", "callback_data": f"17.open:dokumen-{n}"}]
           for n in range(6)]  # fmt: skip
MESSAGE: Json = {
    "message_id": 2, "from": ME, "chat": CHAT, "date": 1_790_000_000, "edit_date": 1_790_000_100,
    "text": WORDS * 6, "entities": [{"type": "bold", "offset": 0, "length": 6},
                                    {"type": "italic", "offset": 400, "length": 80}],
    "reply_markup": {"inline_keyboard": BUTTONS},
}  # fmt: skip
SHOWS = ("editMessageText", "sendMessage")


def _answer(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return _packed(body)


def _packed(body: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


CANNED = {"getMe": _answer(ME), **{method: _answer(MESSAGE) for method in SHOWS}}
TRUE = _answer(True)
TOO_MANY = _packed(
    json.dumps({"ok": False, "error_code": 429, "parameters": {"retry_after": 1}}).encode(),
    "429 Too Many Requests",
)


@dataclass(slots=True)
class Memory:
    latency: float = 0
    rate: int = 0
    """Messages in any second; 0 for as many as come."""
    calls: Counter[str] = field(default_factory=Counter[str])
    came: deque[float] = field(default_factory=deque[float])
    pace: dict[str, float] = field(default_factory=lambda: {"sent": 0, "refused": 0})
    last: tuple[str, bytes] = ("", b"")
    """Content type and body of the last message, read only when somebody asks."""

    def told(self, path: str) -> bytes:
        told = {"/calls": self.calls, "/pace": self.pace}.get(path)
        return _packed(json.dumps(fields(*self.last) if told is None else told).encode())

    def takes(self, now: float) -> bool:
        """Whether a message that comes now is not one too many."""
        while self.came and self.came[0] <= now - 1:
            self.came.popleft()
        if self.rate and len(self.came) >= self.rate:
            self.pace["refused"] += 1
            return False
        self.came.append(now)
        self.pace |= {"first": self.pace.get("first", now), "last": now}
        self.pace["sent"] += 1
        return True


def fields(kind: str, body: bytes) -> Json:
    """The parameters of a call, in either form in which bots send them."""
    if kind.startswith("application/json"):
        return json.loads(body)
    form: Json = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return form | {name: json.loads(form[name]) for name in ("reply_markup",) if name in form}


class Wire(asyncio.Protocol):
    """One connection; calls are answered in the order they come."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head, rest = self._waiting[:end].decode("latin-1"), self._waiting[end + 4 :]
            length = int(_header(head, "content-length") or 0)
            if len(rest) < length:
                return
            self._waiting = rest[length:]
            self._call(head, rest[:length])

    def _call(self, head: str, body: bytes) -> None:
        verb, path, _ = head.split(" ", 2)
        if _header(head, "transfer-encoding"):
            self._transport.write(_packed(b"", "411 Length Required"))
        elif verb == "GET":
            self._transport.write(self._memory.told(path))
        else:
            self._perform(path.rpartition("/")[2], head, body)

    def _perform(self, method: str, head: str, body: bytes) -> None:
        self._memory.calls[method] += 1
        if method == "getUpdates":
            return  # a long poll in which nothing happens
        if method in SHOWS:
            self._memory.last = _header(head, "content-type"), body
            if not self._memory.takes(time.monotonic()):
                self._transport.write(TOO_MANY)
                return
        answer = CANNED.get(method, TRUE)
        if self._memory.latency:
            loop = asyncio.get_running_loop()
            loop.call_later(self._memory.latency, self._transport.write, answer)
        else:
            self._transport.write(answer)


def _header(head: str, name: str) -> str:
    _, _, rest = head.lower().partition(f"\r\n{name}:")
    return rest.partition("\r\n")[0].strip()


async def serve(port: int, latency: float, rate: int) -> None:
    memory, loop = Memory(latency, rate), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(memory), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    port, latency, rate, *_ = [*sys.argv[1:], "0", "0"]
    uvloop.run(serve(int(port), float(latency), int(rate)))
