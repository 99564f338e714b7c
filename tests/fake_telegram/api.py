"""The Bot API's methods, and what each of them refuses."""

import asyncio
import re
import time
from dataclasses import replace

from tests.fake_telegram.chats import ME, Answer, Chat, Message, Upload
from tests.fake_telegram.markup import read_commands, read_markup, read_scope, read_text
from tests.fake_telegram.pace import Pace
from tests.fake_telegram.refused import Json, Refused
from tests.fake_telegram.world import World
from tests.telegram_html import length

TWO_DAYS = 48 * 3600
MOST_FETCHED = 20 * 2**20

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


class BotApi:
    """What the bot may call: `bot_send_message` is sendMessage."""

    def __init__(self, world: World, limits: bool, rate: int = 30) -> None:
        self._world = world
        self._limits = limits
        self._pace = Pace(rate)

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
        self._world.registered.set()
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

    def bot_get_file(self, params: Json) -> Json:
        file_id = str(params.get("file_id"))
        file = self._world.file(file_id)
        if file is None:
            raise Refused("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > MOST_FETCHED:
            raise Refused("file is too big")
        about = {"file_id": file_id, "file_unique_id": "unique", "file_size": len(file.content)}
        return about | {"file_path": f"documents/{file_id}"}

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
        self._world.note("edited", chat, new)
        return self._world.shown(chat, new, ME)

    def bot_delete_message(self, params: Json) -> bool:
        chat, message = self._message_of(params, "delete")
        self._check_deletable(chat, message)
        del chat.by_id[message.message_id]
        self._world.note("deleted", chat, message)
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
        file = params.get(kind)
        message = self._world.put(
            chat.about["id"], text, html=html, markup=markup, kind=kind,
            file=file if isinstance(file, Upload) else None,
        )  # fmt: skip
        self._world.note("sent", chat, message)
        return self._world.shown(chat, message, ME)

    def _chat_of(self, params: Json) -> Chat:
        if not params.get("chat_id"):
            raise Refused("chat_id is empty")
        chat = self._world.chats.get(params["chat_id"])
        if chat is None or not chat.open:
            raise Refused("chat not found")
        if chat.blocked:
            raise Refused("bot was blocked by the user", 403)
        match chat.trouble.kind if chat.trouble else "":
            case "deactivated":
                raise Refused("user is deactivated", 403)
            case "migrated":
                new = {"migrate_to_chat_id": -1_000_000_000_000 - chat.about["id"]}
                raise Refused("group chat was upgraded to a supergroup chat", **new)
            case "not-found":
                raise Refused("chat not found")
            case _:
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
