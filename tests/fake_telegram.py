"""A Telegram Bot API server on this machine, with the people in front of it, for tests and by hand.

    async with FakeTelegram() as telegram:
        telegram.say(7, "/start")            # a person writes; the bot polls telegram.url
        telegram.tap(7, "Lanjut")            # and presses a button
        telegram.chat(7).last.text           # what the person reads now

It refuses what Telegram refuses, in Telegram's words (the rules are in `telegram_html.py`).

It does not imitate: other methods (404), Markdown, entities of sent messages, links and files
behind ids, reply keyboards, replies, topics, privacy and rights in groups, their 20 messages a
minute and own numbering, updates that grow old or overtake each other, presses that expire by
themselves (clear `open_presses`), webhooks repeated by themselves (`push` again) and their https.

Three parts: `World` (chats, people, waiting updates), `BotApi` (what the bot may call) and
`FakeTelegram` (the wire); then the terminal.
"""

import argparse
import asyncio
import json
import re
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Self, cast

from aiohttp import BodyPartReader, ClientResponse, ClientSession, MultipartReader, web

from tests.telegram_html import (
    Json,
    Pace,
    Refused,
    length,
    read_commands,
    read_markup,
    read_scope,
    read_text,
)

ME: Json = {"id": 123456, "is_bot": True, "first_name": "Desa", "username": "desmigratif_bot"}
NEW_USER: Json = {"id": 0, "is_bot": False, "first_name": "Sari", "language_code": "id"}
USER = {"first_name", "last_name", "username", "language_code", "is_premium"}
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
WORDS = re.compile("text|caption|url|secret_token|callback_query_id|(short_)?description")
TWO_DAYS = 48 * 3600

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; a person's own has `by_bot` False."""

    message_id: int
    date: int
    text: str
    html: str = ""
    markup: Json = field(default_factory=dict[str, Any])
    kind: str = "text"  # or photo, document
    edited: bool = False
    by_bot: bool = True

    @property
    def buttons(self) -> list[list[tuple[str, str]]]:
        """Rows of (text, callback_data); buttons that open a link have no data."""
        rows = self.markup.get("inline_keyboard", [])
        return [[(str(b["text"]), str(b.get("callback_data", ""))) for b in row] for row in rows]


@dataclass(slots=True)
class Chat:
    """What a person sees in a chat now. Closed until the person writes: bots cannot begin."""

    about: Json
    open: bool = False
    blocked: bool = False
    by_id: dict[int, Message] = field(default_factory=dict[int, Message])

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.by_id.values() if message.by_bot]

    @property
    def said(self) -> list[Message]:
        """The person's own messages that are still there."""
        return [message for message in self.by_id.values() if not message.by_bot]

    @property
    def last(self) -> Message:
        """The bot's last message."""
        assert self.messages, f"The bot has no message in chat {self.about['id']}."
        return self.messages[-1]


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery told a person."""

    query_id: str
    text: str
    alert: bool


class World:
    """The chats, the people in them, and the updates that wait for the bot.

    What a person does returns the update and queues it for getUpdates or the webhook.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Json] = {}
        self.pending: list[Json] = []
        self.open_presses: set[str] = set()
        self.answers: list[Answer] = []
        self.commands: dict[tuple[str, int, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self.allowed_updates: list[str] = []
        self._poll: asyncio.Future[None] | None = None
        self._message_ids, self._update_ids, self._press_ids = count(1), count(700001), count(1)

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            kind = "supergroup" if str(chat_id).startswith("-100") else "group"
            about: Json = {"type": kind, "title": "Grup"} if chat_id < 0 else {"type": "private"}
            self.chats[chat_id] = Chat({"id": chat_id} | about)
        return self.chats[chat_id]

    def person(self, user_id: int, **about: Any) -> Json:
        """Somebody who has started the bot once; what is told about them is remembered."""
        user, chat = self._user(user_id, about), self.chat(user_id)
        names = user.keys() & {"first_name", "last_name", "username"}
        chat.about = {"id": user_id, "type": "private"} | {name: user[name] for name in names}
        chat.open = True
        return user

    def say(self, chat_id: int, text: str, **extra: Any) -> Json:
        """`extra` is about the person (language_code, username, ...) or goes into the message."""
        return self._write(chat_id, text, entities(text) | extra)

    def photo(self, chat_id: int, caption: str = "", **extra: Any) -> Json:
        return self._write(chat_id, caption, extra, kind="photo")

    def group(self, text: str, chat_id: int = -1001, sender: int = 1, **extra: Any) -> Json:
        return self._write(chat_id, text, entities(text) | extra, sender=sender)

    def channel_post(self, text: str, chat_id: int = -1002) -> Json:
        self.chat(chat_id).about = {"id": chat_id, "type": "channel", "title": "Kanal"}
        post = self.shown(self.chat(chat_id), self.put(chat_id, text, by_bot=False), None)
        return self.deliver({"channel_post": post})

    def edited(self, chat_id: int, text: str) -> Json:
        """The person changes the last message that they wrote."""
        chat = self.chat(chat_id)
        message = replace(chat.said[-1], text=text, edited=True)
        chat.by_id[message.message_id] = message
        return self.deliver({"edited_message": self.shown(chat, message, self.person(chat_id))})

    def tap(self, chat_id: int, button: str, message_id: int | None = None) -> Json:
        """Presses a button, by its text or data, on the last message that has it."""
        message, data = self._find_button(chat_id, button, message_id)
        press: Json = {"id": f"press-{next(self._press_ids)}", "data": data}
        press["from"] = self.person(chat_id) if chat_id > 0 else self._user(1, {})
        press["message"] = self.shown(self.chat(chat_id), message, ME)
        self.open_presses.add(press["id"])
        return self.deliver({"callback_query": press | {"chat_instance": str(chat_id)}})

    def block(self, chat_id: int, blocked: bool = True) -> Json:
        """The person blocks the bot, or lets it in again."""
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        change: Json = {"from": self.person(chat_id), "date": int(self.now())}
        change |= {"old_chat_member": member(old), "new_chat_member": member(new)}
        self.chat(chat_id).blocked = blocked
        return self.deliver({"my_chat_member": change | {"chat": self.chat(chat_id).about}})

    def deliver(self, update: Json) -> Json:
        """Queues an update as it is; without an id it gets the next one."""
        update = {"update_id": next(self._update_ids)} | update
        kinds = update.keys() - {"update_id"}
        if kinds & set(self.allowed_updates) if self.allowed_updates else kinds - UNASKED:
            self.pending.append(update)
            self.wake()
        return update

    # What the other parts need.

    def put(self, chat_id: int, text: str, **more: Any) -> Message:
        chat = self.chat(chat_id)
        chat.open = True
        message = Message(next(self._message_ids), int(self.now()), text, **more)
        chat.by_id[message.message_id] = message
        return message

    def shown(self, chat: Chat, message: Message, sender: Json | None) -> Json:
        """A message as the Bot API tells it; posts in channels have no sender."""
        body: Json = {"message_id": message.message_id, "date": message.date, "chat": chat.about}
        body |= {"sender_chat": chat.about} if sender is None else {"from": sender}
        body |= content(message)
        if message.edited:
            body["edit_date"] = int(self.now())
        if keyboard := message.markup.get("inline_keyboard"):
            body["reply_markup"] = {"inline_keyboard": keyboard}
        return body

    def confirm(self, offset: int) -> None:
        if offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        if offset < 0:
            self.pending = self.pending[offset:]

    def forget(self, update_id: int) -> None:
        self.pending = [update for update in self.pending if update["update_id"] != update_id]

    async def news(self, seconds: float) -> None:
        """Waits until something is delivered, another poll interrupts, or the time is over."""
        self._poll = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._poll, seconds)

    def wake(self, interruption: Refused | None = None) -> None:
        if not self._poll or self._poll.done():
            return
        if interruption:
            self._poll.set_exception(interruption)
        else:
            self._poll.set_result(None)

    def _user(self, user_id: int, about: Json) -> Json:
        self.people[user_id] = self.people.get(user_id, NEW_USER | {"id": user_id}) | about
        return self.people[user_id]

    def _write(
        self, chat_id: int, text: str, extra: Json, kind: str = "text", sender: int = 1
    ) -> Json:
        about = {name: extra.pop(name) for name in USER & extra.keys()}
        user = self.person(chat_id, **about) if chat_id > 0 else self._user(sender, about)
        message = self.put(chat_id, text, kind=kind, by_bot=False)
        return self.deliver({"message": self.shown(self.chat(chat_id), message, user) | extra})

    def _find_button(
        self, chat_id: int, button: str, message_id: int | None
    ) -> tuple[Message, str]:
        there: list[str] = []
        for message in reversed(self.chat(chat_id).messages):
            if message_id not in (None, message.message_id):
                continue
            for text, data in (pair for row in message.buttons for pair in row):
                if data and button in (text, data):
                    return message, data
                there.append(f"{text!r} ({data or 'a link'})")
        buttons = ", ".join(there) or "none"
        raise AssertionError(f"Chat {chat_id} has no button {button!r}. There are: {buttons}.")


def entities(text: str) -> Json:
    """Where the commands are, as Telegram marks them for the bot."""
    found = re.finditer(r"(?<!\S)/\w{1,64}(?:@\w+)?(?!\S)", text, re.ASCII)
    marks = [(length(text[: command.start()]), length(command[0])) for command in found]
    commands = [{"type": "bot_command", "offset": at, "length": long} for at, long in marks]
    return {"entities": commands} if commands else {}


def content(message: Message) -> Json:
    file: Json = {"file_id": f"file-{message.message_id}", "file_unique_id": "unique"}
    caption = {"caption": message.text} if message.text else {}
    match message.kind:
        case "photo":
            return caption | {"photo": [file | {"width": 90, "height": 90}]}
        case "document":
            return caption | {"document": file}
        case _:
            return {"text": message.text}


def member(status: str) -> Json:
    until: Json = {"until_date": 0} if status == "kicked" else {}
    return {"user": ME, "status": status} | until


class BotApi:
    """What the bot may call: `bot_send_message` is sendMessage."""

    def __init__(self, world: World, limits: bool) -> None:
        self._world = world
        self._limits = limits
        self._pace = Pace()

    async def perform(self, method: str, params: Json) -> object:
        name = METHODS.get(method.lower())
        if name is None:
            raise Refused(status=404)
        try:
            result = getattr(self, name)(params)
            return await result if asyncio.iscoroutine(result) else result
        except (AttributeError, KeyError, TypeError, ValueError) as wrong:
            raise Refused(f"a parameter has the wrong type: {wrong!r}") from wrong

    def bot_get_me(self, params: Json) -> Json:
        return ME | {"can_join_groups": True, "can_read_all_group_messages": False}

    def bot_set_webhook(self, params: Json) -> bool:
        secret = str(params.get("secret_token") or "")
        if len(secret) > 256:
            raise Refused("secret token is too long")
        if not re.fullmatch("[A-Za-z0-9_-]*", secret):
            raise Refused("secret token contains unallowed characters")
        self._world.wake(Refused("terminated by setWebhook request", 409))
        self._ask(params)
        url = str(params.get("url") or "")
        self._world.webhook = {"url": url, "secret": secret} if url else {}
        return True

    def bot_delete_webhook(self, params: Json) -> bool:
        self._world.webhook = {}
        self._ask({"drop_pending_updates": params.get("drop_pending_updates")})
        return True

    def bot_get_webhook_info(self, params: Json) -> Json:
        info: Json = {"url": self._world.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self._world.pending)
        return info | {"allowed_updates": self._world.allowed_updates}

    async def bot_get_updates(self, params: Json) -> list[Json]:
        if self._world.webhook:
            raise Refused(WEBHOOK_ACTIVE, 409)
        self._world.wake(Refused(OTHER_POLL, 409))
        self._ask(params)
        self._world.confirm(int(params.get("offset") or 0))
        if not self._world.pending and (seconds := min(float(params.get("timeout") or 0), 50)) > 0:
            await self._world.news(seconds)
        return self._world.pending[: min(max(int(params.get("limit") or 100), 1), 100)]

    def bot_send_message(self, params: Json) -> Json:
        return self._send(params, read_text(params))

    def bot_send_photo(self, params: Json) -> Json:
        return self._send_file(params, "photo")

    def bot_send_document(self, params: Json) -> Json:
        return self._send_file(params, "document")

    def bot_edit_message_text(self, params: Json) -> Json:
        text, markup = read_text(params), read_markup(params.get("reply_markup"))
        chat, old = self._message_of(params, "edit")
        if not old.by_bot:
            raise Refused("message can't be edited")
        if old.kind != "text":
            raise Refused("there is no text in the message to edit")
        new = replace(old, text=text, html=str(params["text"]), markup=markup, edited=True)
        if (old.html, old.markup) == (new.html, new.markup):
            raise Refused(NOT_MODIFIED)
        self._keep_pace(chat, new=False)
        chat.by_id[new.message_id] = new
        return self._world.shown(chat, new, ME)

    def bot_delete_message(self, params: Json) -> bool:
        chat, message = self._message_of(params, "delete")
        self._check_deletable(chat, message)
        del chat.by_id[message.message_id]
        return True

    def bot_delete_messages(self, params: Json) -> bool:
        chat, ids = self._chat_of(params), params.get("message_ids")
        if not ids:
            raise Refused("message identifiers are not specified")
        if len(ids) > 100:
            raise Refused("too many message identifiers specified")
        messages = [chat.by_id[message_id] for message_id in ids if message_id in chat.by_id]
        for message in messages:
            self._check_deletable(chat, message)
        for message in messages:
            chat.by_id.pop(message.message_id, None)
        return True

    def bot_answer_callback_query(self, params: Json) -> bool:
        query_id, text = str(params.get("callback_query_id")), str(params.get("text") or "")
        if query_id not in self._world.open_presses:
            raise Refused(TOO_OLD)
        if length(text) > 200:
            raise Refused("MESSAGE_TOO_LONG")
        self._world.answers.append(Answer(query_id, text, bool(params.get("show_alert"))))
        return True

    def bot_set_my_commands(self, params: Json) -> bool:
        self._world.commands[read_scope(params)] = read_commands(params.get("commands") or [])
        return True

    def bot_delete_my_commands(self, params: Json) -> bool:
        self._world.commands.pop(read_scope(params), None)
        return True

    def bot_set_my_description(self, params: Json) -> bool:
        return self._describe(params, "description", 512)

    def bot_set_my_short_description(self, params: Json) -> bool:
        return self._describe(params, "short_description", 120)

    def _describe(self, params: Json, name: str, most: int) -> bool:
        text = str(params.get(name) or "")
        if length(text) > most:
            raise Refused(f"{name.upper()}_TOO_LONG")
        self._world.descriptions[name, read_scope(params)[2]] = text
        return True

    def _send_file(self, params: Json, kind: str) -> Json:
        if not params.get(kind):
            raise Refused(f"there is no {kind} in the request")
        return self._send(params, read_text(params, "caption", 1024), kind)

    def _send(self, params: Json, text: str, kind: str = "text") -> Json:
        chat, markup = self._chat_of(params), read_markup(params.get("reply_markup"))
        self._keep_pace(chat, new=True)
        html = str(params.get("text" if kind == "text" else "caption") or "")
        message = self._world.put(chat.about["id"], text, html=html, markup=markup, kind=kind)
        return self._world.shown(chat, message, ME)

    def _chat_of(self, params: Json) -> Chat:
        if not params.get("chat_id"):
            raise Refused("chat_id is empty")
        chat = self._world.chats.get(params["chat_id"])
        if chat is None or not chat.open:
            raise Refused("chat not found")
        if chat.blocked:
            raise Refused("bot was blocked by the user", 403)
        return chat

    def _message_of(self, params: Json, to: str) -> tuple[Chat, Message]:
        chat = self._chat_of(params)
        message = chat.by_id.get(params.get("message_id") or 0)
        if message is None:
            raise Refused(f"message to {to} not found")
        return chat, message

    def _check_deletable(self, chat: Chat, message: Message) -> None:
        own = message.by_bot or chat.about["type"] == "private"
        if not own or self._world.now() - message.date > TWO_DAYS:
            raise Refused("message can't be deleted for everyone")

    def _keep_pace(self, chat: Chat, *, new: bool) -> None:
        if not self._limits:
            return
        if wait := self._pace.seconds_to_wait(chat.about["id"], new, time.monotonic()):
            raise Refused(f"retry after {wait}", 429, retry_after=wait)

    def _ask(self, params: Json) -> None:
        """Which kinds of update to queue from now on; what waits already stays."""
        if params.get("drop_pending_updates"):
            self._world.pending.clear()
        if params.get("allowed_updates") is not None:
            self._world.allowed_updates = list(params["allowed_updates"])


METHODS = {
    name.removeprefix("bot_").replace("_", ""): name
    for name in vars(BotApi)
    if name.startswith("bot_")
}


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


async def play(port: int) -> None:
    """One person on the terminal: lines are messages, `#3` presses the third button."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    reader = threading.Thread(target=_read_lines, args=(lines, asyncio.get_running_loop()))
    reader.daemon = True  # a thread waiting for the keyboard must not keep Ctrl-C from ending us
    async with FakeTelegram(port=port) as telegram, asyncio.TaskGroup() as tasks:
        print(f"TELEGRAM_API_URL={telegram.url}\nTELEGRAM_BOT_TOKEN={telegram.token}\n", flush=True)
        watching = tasks.create_task(_watch(telegram))
        reader.start()
        while line := await lines.get():
            await _act(telegram, line.strip())
        await asyncio.sleep(1)
        watching.cancel()


def _read_lines(lines: asyncio.Queue[str], loop: asyncio.AbstractEventLoop) -> None:
    while line := sys.stdin.readline():
        loop.call_soon_threadsafe(lines.put_nowait, line)
    loop.call_soon_threadsafe(lines.put_nowait, "")


async def _act(telegram: FakeTelegram, line: str) -> None:
    try:
        number = re.fullmatch(r"#([1-9]\d*)", line)
        buttons = _buttons(telegram.chat(1))
        data = buttons[int(number[1]) - 1][1] if number and int(number[1]) <= len(buttons) else line
        update = telegram.tap(1, data) if number else telegram.say(1, line)
        if telegram.webhook:
            await telegram.push(update)
    except AssertionError as mistake:
        print(mistake)


async def _watch(telegram: FakeTelegram) -> None:
    """Prints the bot's side of the chat whenever it has changed."""
    before: list[Message] = []
    while True:
        await asyncio.sleep(0.2)
        chat = telegram.chat(1)
        for message in (now for now in chat.messages if now not in before):
            print(f"\n{message.text}", flush=True)
        if chat.messages != before:
            print(*(f"  #{n} {text}" for n, (text, _) in enumerate(_buttons(chat), 1)), sep="\n")
        before = chat.messages


def _buttons(chat: Chat) -> list[tuple[str, str]]:
    """The buttons of the last message that has any."""
    for message in reversed(chat.messages):
        if message.buttons:
            return [button for row in message.buttons for button in row]
    return []


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=play.__doc__)
    arguments.add_argument("--port", type=int, default=8081)
    with suppress(KeyboardInterrupt):
        asyncio.run(play(arguments.parse_args().port))
