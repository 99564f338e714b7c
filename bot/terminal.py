"""The terminal door: no network, no token; reads lines, so a script can play a conversation.

On a terminal it asks and answers. From a file or a pipe it repeats each line after its prompt,
so that what comes out reads as the whole conversation.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TextIO

from bot.messages import FILE_READ, Message, SentFile, Words
from bot.runner import Runner
from bot.screens import Block, Button, Line, Rendered, render
from flows.effects import File
from storage.people import Address

PROMPT = "> "
SIGNS = {True: "[x]", False: "[ ]", None: ""}
YEAR = 365 * 24 * 3600

HERE = Address("terminal", "here", YEAR)
"""Whoever sits at this computer; one person, as the computer's own account is."""


def chat(
    runner: Runner, lines: TextIO, out: TextIO, meanwhile: Callable[[], None] | None = None
) -> None:
    """Show the present screen, then answer line by line until the input ends.

    `meanwhile` is what others do before each line is answered.
    """
    interactive = lines.isatty()
    screen = render(runner.look(HERE), runner.catalogs)
    _write(out, draw(screen))
    for line in _asked(lines, out, echo=not interactive):
        if meanwhile:
            meanwhile()
        reply = runner.turn(Message(HERE, _said(line, screen)))
        screen = render(reply, runner.catalogs)
        _write(out, draw(screen))


def _said(line: str, screen: Rendered) -> Words | SentFile:
    """Words; where a file is asked for, the name of one that is there sends it instead."""
    named = screen.takes_file and "." in line  # `1` is a choice, whatever lies in the folder
    return (_read(line) if named else None) or Words.heard(line)


def _read(name: str) -> SentFile | None:
    """A file as named from where the program runs; None where there is none to read."""
    try:
        path = Path(name.strip()).expanduser()
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return SentFile(file.read(FILE_READ))
    except (OSError, RuntimeError):  # not ours to read; too long a name; nobody's home
        return None


def _asked(lines: TextIO, out: TextIO, *, echo: bool) -> Iterator[str]:
    while True:
        out.write(PROMPT)
        out.flush()
        line = lines.readline()
        if not line:
            out.write("\n")
            return
        if echo:
            out.write(line if line.endswith("\n") else line + "\n")
        yield line


def _write(out: TextIO, lines: Iterable[str]) -> None:
    out.write("\n".join(lines) + "\n")


def draw(screen: Rendered) -> Iterator[str]:
    """The lines of a screen, ending with its numbered choices."""
    yield ""
    if screen.remark:
        yield f"* {screen.remark}"
        yield ""
    yield f"== {screen.page.title} =="
    for block in screen.page.blocks:
        yield from _block(block)
    if screen.file:
        yield from _file(screen.file)
    yield ""
    for number, button in enumerate(screen.buttons + screen.navigation, start=1):
        yield f"{number:>3}. {_label(button)}"
    if screen.hint:
        yield f"     {screen.hint}"


def _file(file: File) -> Iterator[str]:
    yield f"Berkas {file.name}:"
    yield from (f"    {line}" for line in file.content.splitlines())


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case "paragraph":
            yield block.text
        case "caution":
            yield f"! {block.text}"
        case "source":
            yield f"({block.text})"
        case "items" | "ticks":
            yield _heading(block.text)
            yield from (_line(line) for line in block.lines)
        case "calls":
            yield _heading(block.text)
            yield from (_call(line) for line in block.lines)
        case "link":
            yield _heading(block.text)
            yield from (f"  {line.text}" for line in block.lines)
        case "path":
            yield from _legs(block)


def _heading(text: str) -> str:
    return text if text.endswith("?") else f"{text}:"


def _legs(block: Block) -> Iterator[str]:
    """One line for each leg, `[x][x][>][ ]`, and below it where one is."""
    for name, stops in groupby(block.lines, key=lambda line: line.leg):
        leg = tuple(stops)
        signs = "".join("[>]" if stop.here else SIGNS[bool(stop.ready)] for stop in leg)
        yield f"  {signs} {name}"
        yield from (f"   > {s.number}. {s.text} ({s.word})" for s in leg if s.here)


def _call(line: Line) -> str:
    number = f"{line.call}. " if line.call else ""
    return f"  - {line.text}: {number}{line.remark}"


def _line(line: Line) -> str:
    remark = f" ({line.remark})" if line.remark else ""
    if line.ready is None:
        return f"  - {line.text}{remark}"
    return f"  {SIGNS[line.ready]} {line.text}: {line.word}{remark}"


def _label(button: Button) -> str:
    if button.ready is None:
        return button.label
    return f"{SIGNS[button.ready]} {button.label}: {button.word}"


def main(runner: Runner, meanwhile: Callable[[], None] | None = None) -> int:
    chat(runner, sys.stdin, sys.stdout, meanwhile)
    return 0
