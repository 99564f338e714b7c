"""The chats, what the people in them do, and the updates that wait for the bot."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

from tests.fake_telegram.chats import (
    ME,
    Answer,
    Chat,
    Deed,
    Message,
    Trouble,
    TroubleKind,
    Upload,
    What,
    content,
    entities,
    member,
)
from tests.fake_telegram.refused import Json, Refused

NEW_USER: Json = {"id": 0, "is_bot": False, "first_name": "Sari", "language_code": "id"}
USER = {"first_name", "last_name", "username", "language_code", "is_premium"}
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}


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
        self.log: list[Deed] = []
        """What happened to the bot's messages, in order."""
        self.registered = asyncio.Event()
        """Set by the first setWebhook: a bot calls it when its doors are open already."""
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

    def arrive(self, first: int, last: int) -> None:
        """Everybody from one number to the other has started the bot once."""
        for user_id in range(first, last + 1):
            self.person(user_id)

    def trouble(self, chat_id: int, kind: TroubleKind, times: int = -1) -> None:
        """What goes wrong from now on with whatever is said to one person."""
        self.person(chat_id)
        self.chat(chat_id).trouble = Trouble(kind, times)

    def say(self, chat_id: int, text: str, **extra: Any) -> Json:
        """`extra` is about the person (language_code, username, ...) or goes into the message."""
        return self._write(chat_id, text, entities(text) | extra)

    def photo(self, chat_id: int, caption: str = "", **extra: Any) -> Json:
        return self._write(chat_id, caption, extra, kind="photo")

    def send_document(
        self,
        chat_id: int,
        name: str,
        content: bytes,
        *,
        claims: int | None = None,
        caption: str = "",
    ) -> Json:
        """A file from the person; `claims` is its size as told, where that is not the true one."""
        file = Upload(name, content)
        return self._write(chat_id, caption, {}, kind="document", file=file, claims=claims)

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

    def note(self, what: What, chat: Chat, message: Message) -> None:
        deed = Deed(time.monotonic(), what, chat.about["id"], message.message_id, message.html)
        self.log.append(deed)

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

    def file(self, file_id: str) -> Upload | None:
        """What is behind the id of a document that somebody sent."""
        for chat in self.chats.values():
            for message in chat.said:
                if file_id == f"file-{message.message_id}":
                    return message.file
        return None

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

    def _write(self, chat_id: int, text: str, extra: Json, sender: int = 1, **more: Any) -> Json:
        about = {name: extra.pop(name) for name in USER & extra.keys()}
        user = self.person(chat_id, **about) if chat_id > 0 else self._user(sender, about)
        message = self.put(chat_id, text, by_bot=False, **more)
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
