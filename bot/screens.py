"""The one renderer: a reply as strings in the reader's language, before any door adds its marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from bot.tokens import Token
from flows.effects import File
from flows.rights import Role
from flows.screen import (
    Call,
    Calls,
    Caution,
    Choice,
    Items,
    Leg,
    Link,
    Marked,
    Paper,
    Paragraph,
    Part,
    Path,
    Screen,
    SourceLine,
    Stop,
    Tick,
    Ticks,
)
from flows.text import Text, t, verbatim
from locales.catalogs import Catalogs

DONE = t("selesai")
NOT_YET = t("belum")
MARKS: dict[Marked, Text] = {
    "paper": t("siap"),
    "step": DONE,
    "clause": t("ada"),
    "contact": t("diperiksa"),
}
"""The word beside a mark."""

UNMARKED: dict[Marked, Text] = {
    "paper": NOT_YET,
    "step": NOT_YET,
    "clause": NOT_YET,
    "contact": t("perlu diperiksa"),
}
"""The word where there is none."""

HERE = t("Anda di sini")

SOURCES = 3
"""Sources named on one screen: a longer line is read by nobody."""

Kind = Literal["paragraph", "items", "calls", "ticks", "path", "link", "caution", "source"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the runner answers: a screen, for whom, and at which revision its buttons hold."""

    screen: Screen
    language: str
    revision: int
    place: str
    remark: Text | None = None
    kept: bool = True
    """Whether the store knows that the person stands here; not so for what needs no store."""
    once: bool = False
    """Shows something that is nowhere stored, so that it cannot be shown again."""
    role: Role | None = None
    """The highest role of the reader, where somebody looked: some doors show what it may do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `word` is "ready" or "not yet" in the reader's language."""

    text: str
    remark: str = ""
    ready: bool | None = None
    word: str = ""
    entry: str = ""
    number: int = 0
    leg: str = ""
    picture: str = ""
    """Of a stop on a path: its number, and the name and picture of the leg on which it lies."""
    here: bool = False
    call: str = ""
    """Of a line of help: its number, or what else one reaches it by."""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a screen in words."""

    kind: Kind
    text: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    token: str
    ready: bool | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A title and blocks: a screen without its buttons, or a page to print."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A whole screen in words."""

    page: Page
    buttons: tuple[Button, ...]
    navigation: tuple[Button, ...]
    language: str
    place: str
    remark: str = ""
    hint: str = ""
    printable: bool = False
    takes_file: bool = False
    file: File | None = None


def render(reply: Reply, catalogs: Catalogs) -> Rendered:
    screen = reply.screen
    language = "id" if screen.original else reply.language or "id"
    words, page = _Words(catalogs, language), _Words(catalogs, screen.language or language)
    return Rendered(
        page.page(screen.title, screen.parts),
        words.buttons(screen.choices, reply.revision),
        words.buttons(screen.navigation, reply.revision),
        language,
        reply.place,
        words.say(reply.remark),
        words.say(screen.hint),
        screen.printable,
        screen.takes_file,
        screen.file,
    )


def render_paper(paper: Paper, language: str, catalogs: Catalogs) -> Page:
    return _Words(catalogs, language, on_paper=True).page(paper.title, paper.parts)


@dataclass(frozen=True, slots=True)
class _Words:
    catalogs: Catalogs
    language: str
    on_paper: bool = False

    def say(self, text: Text | None) -> str:
        return "" if text is None else self.catalogs.say(text, self.language)

    def page(self, title: Text, parts: tuple[Part, ...]) -> Page:
        return Page(self.say(title), tuple(self.blocks(parts)))

    def blocks(self, parts: tuple[Part, ...]) -> Iterator[Block]:
        for part in parts:
            match part:
                case Paragraph():
                    yield Block("paragraph", self.say(part.text))
                case Caution():
                    yield Block("caution", self.say(part.text))
                case Items():
                    lines = tuple(Line(self.say(item)) for item in part.items)
                    yield Block("items", self.say(part.heading), lines)
                case Calls():
                    calls = tuple(self.call(call) for call in part.calls)
                    yield Block("calls", self.say(part.heading), calls)
                case Ticks():
                    ticks = tuple(self.tick(tick) for tick in part.ticks)
                    yield Block("ticks", self.say(part.heading), ticks)
                case Path():
                    yield Block("path", self.say(HERE), tuple(self.stops(part)))
                case Link():
                    yield Block("link", self.say(part.meaning), (Line(part.address),))
                case SourceLine():
                    yield Block("source", self.say(_source(part, self.on_paper)))
                case _:
                    assert_never(part)

    def tick(self, tick: Tick) -> Line:
        label, remark = self.say(tick.label), self.say(tick.remark)
        return Line(label, remark, tick.ready, self.word(tick.ready, tick.marked), tick.entry)

    def call(self, call: Call) -> Line:
        return Line(self.say(call.name), self.say(call.note), call=call.number)

    def stops(self, path: Path) -> Iterator[Line]:
        for leg in path.legs:
            yield from (self.stop(stop, leg) for stop in leg.stops)

    def stop(self, stop: Stop, leg: Leg) -> Line:
        state = HERE if stop.here else DONE if stop.done else NOT_YET
        return Line(
            self.say(stop.label), "", stop.done, self.say(state), stop.entry,
            number=stop.number, leg=self.say(leg.name), picture=leg.picture, here=stop.here,
        )  # fmt: skip

    def word(self, ready: bool | None, marked: Marked) -> str:
        return "" if ready is None else self.say((MARKS if ready else UNMARKED)[marked])

    def buttons(self, choices: tuple[Choice, ...], revision: int) -> tuple[Button, ...]:
        return tuple(
            Button(
                self.say(c.label), str(Token(revision, c.id)), c.ready, self.word(c.ready, c.marked)
            )
            for c in choices
        )


def _source(line: SourceLine, everything: bool) -> Text:
    """The sources by name: all on paper, the first few on a screen, with the number of others."""
    titles = list(dict.fromkeys(source.title for source in line.sources))
    shown = titles if everything else titles[:SOURCES]
    named, day = verbatim("; ".join(shown)), line.checked_on
    if len(shown) == len(titles):
        return t("Sumber: {sources}. Diperiksa {day}.", sources=named, day=day)
    others = len(titles) - len(shown)
    return t(
        "Sumber: {sources}; dan {count} lainnya. Diperiksa {day}.",
        sources=named, count=others, day=day,
    )  # fmt: skip
