"""The fake Telegram on the terminal, for one person who plays by hand."""

import argparse
import asyncio
import re
import sys
import threading
from contextlib import suppress

from tests.fake_telegram import Chat, FakeTelegram, Message


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
    arguments = argparse.ArgumentParser("python -m tests.fake_telegram", description=play.__doc__)
    arguments.add_argument("--port", type=int, default=8081)
    with suppress(KeyboardInterrupt):
        asyncio.run(play(arguments.parse_args().port))
