"""A rendered screen as a Telegram message: HTML with every value escaped here, and buttons."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from bot.screens import Block, Button, Line, Rendered

SIGNS = {True: "✅", False: "⬜"}
HERE = "📍"
SHORT = 12
"""Characters up to which labels stand two in a row."""

Row = list[dict[str, str]]


def html(screen: Rendered) -> str:
    return "\n\n".join(_paragraphs(screen))


def _paragraphs(screen: Rendered) -> Iterator[str]:
    if screen.remark:
        yield f"<i>{escape(screen.remark)}</i>"
    yield f"<b>{escape(screen.page.title)}</b>"
    yield from (_block(block) for block in screen.page.blocks)
    if screen.hint:
        yield f"<i>{escape(screen.hint)}</i>"


def _block(block: Block) -> str:
    match block.kind:
        case "paragraph":
            return escape(block.text)
        case "caution":
            return f"⚠️ {escape(block.text)}"
        case "source":
            return f"<i>{escape(block.text)}</i>"
        case "items" | "ticks":
            return "\n".join((f"<b>{escape(block.text)}</b>", *map(_line, block.lines)))
        case "calls":
            return "\n".join((f"<b>{escape(block.text)}</b>", *map(_call, block.lines)))
        case "link":
            return "\n".join(map(escape, (block.text, *(line.text for line in block.lines))))
        case "path":
            return "\n".join(_legs(block))


def _legs(block: Block) -> Iterator[str]:
    """One line of signs for each leg, and where one is in words: a path for people who look."""
    for name, stops in groupby(block.lines, key=lambda line: line.leg):
        leg = tuple(stops)
        signs = "".join(HERE if stop.here else SIGNS[bool(stop.ready)] for stop in leg)
        yield escape(f"{signs} {name}")
        yield from (escape(f"{HERE} {s.number}. {s.text} ({s.word})") for s in leg if s.here)


def _call(line: Line) -> str:
    """Telegram makes a number that stands by itself one that can be pressed."""
    number = f"<b>{escape(line.call)}</b>. " if line.call else ""
    return f"• {escape(line.text)}: {number}{escape(line.remark)}"


def _line(line: Line) -> str:
    remark = f" ({line.remark})" if line.remark else ""
    if line.ready is None:
        return escape(f"• {line.text}{remark}")
    return escape(f"{SIGNS[line.ready]} {line.text}: {line.word}{remark}")


def keyboard(screen: Rendered) -> list[Row]:
    """Rows of buttons: short labels two in a row, the rest alone, navigation in one row."""
    buttons = [_button(button) for button in screen.buttons]
    if all(len(button["text"]) <= SHORT for button in buttons):
        rows = [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
    else:
        rows = [[button] for button in buttons]
    navigation = [_button(button) for button in screen.navigation]
    return [*rows, navigation] if navigation else rows


def _button(button: Button) -> dict[str, str]:
    label = button.label
    if button.ready is not None:
        label = f"{SIGNS[button.ready]} {label}: {button.word}"
    return {"text": label, "callback_data": button.token}
