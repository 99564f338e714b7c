"""Telegram's HTML, read strictly as a person reads it, and lengths as Telegram counts them."""

# Stricter than Telegram where Telegram silently guesses or drops: a bare "&", an unknown entity,
# "</>", an attribute without effect and a link without address are refused, for each of them is a
# mistake.

import re

TAGS = re.compile("a|b|blockquote|code|del|em|i|ins|pre|s|span|strike|strong|tg-spoiler|u")
ATTRIBUTES = {"a": "href", "span": "class"}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PIECE = re.compile(
    r"(?P<text>[^<&]+)"
    r"|</(?P<end>[^<>\s]*)\s*>"
    r"|<(?P<start>[^</>\s][^<>\s]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|&(?:#(?P<decimal>[0-9]{1,7})|#x(?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot));"
)
ATTRIBUTE = re.compile(r"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9.-]+)")
NO_SIGN = "Expected equal sign in declaration of an attribute"


class BadHtml(Exception):
    """Text that Telegram's HTML parse mode refuses; the message is Telegram's."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"can't parse entities: {fault}")


def visible(html: str) -> str:
    """What a person reads of `html`; raises `BadHtml` where Telegram would refuse it."""
    texts: list[str] = []
    opened: list[str] = []
    position = 0
    while position < len(html):
        piece = PIECE.match(html, position)
        if piece is None:
            raise BadHtml(_fault(html, position, opened))
        texts.append(_read(piece, opened))
        position = piece.end()
    if opened:
        raise BadHtml(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join(texts)


def length(text: str) -> int:
    """Telegram counts UTF-16 code units: most emoji count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length_in_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _read(piece: re.Match[str], opened: list[str]) -> str:
    """The text of one piece; tags give none, but open and close."""
    if piece["text"]:
        return piece["text"]
    if piece["start"]:
        opened.append(_start(piece))
        return ""
    if piece["end"] is not None:
        _end(piece, opened)
        return ""
    return _character(piece)


def _start(piece: re.Match[str]) -> str:
    tag, attributes = piece["start"].lower(), piece["attributes"]
    if not TAGS.fullmatch(tag):
        raise BadHtml(f'Unsupported start tag "{tag}" {_at(piece)}')
    if ATTRIBUTE.sub("", attributes).strip():
        raise BadHtml(f'{NO_SIGN} of the tag "{tag}" {_at(piece)}')
    _check_attributes(tag, attributes, piece)
    return tag


def _check_attributes(tag: str, attributes: str, piece: re.Match[str]) -> None:
    values = {name: value.strip("\"'") for name, value in ATTRIBUTE.findall(attributes)}
    for name in values.keys() - {ATTRIBUTES.get(tag)}:
        raise BadHtml(f'Unsupported attribute "{name}" of the tag "{tag}" {_at(piece)}')
    if tag == "a" and not values.get("href"):
        raise BadHtml(f'Tag "a" must have attribute "href" {_at(piece)}')
    if tag == "span" and values.get("class") != "tg-spoiler":
        raise BadHtml(f'Tag "span" must have class "tg-spoiler" {_at(piece)}')


def _end(piece: re.Match[str], opened: list[str]) -> None:
    if not opened:
        raise BadHtml(f"Unexpected end tag {_at(piece)}")
    expected, found = opened.pop(), piece["end"].lower()
    if found != expected:
        ends = f'expected "</{expected}>", found "</{found}>"'
        raise BadHtml(f"Unmatched end tag {_at(piece)}, {ends}")


def _at(piece: re.Match[str]) -> str:
    return f"at byte offset {length_in_bytes(piece.string[: piece.start()])}"


def _character(piece: re.Match[str]) -> str:
    if piece["name"]:
        return ENTITIES[piece["name"]]
    code = int(piece["decimal"] or piece["hexadecimal"], 10 if piece["decimal"] else 16)
    if 0xD800 <= code <= 0xDFFF:
        raise BadHtml("Text contains invalid Unicode characters after decoding HTML entities")
    if not 0 < code < 0x10FFFF:
        raise BadHtml(f'Unsupported entity "{piece[0]}"')
    return chr(code)


def _fault(html: str, position: int, opened: list[str]) -> str:
    """Why no piece of HTML starts here."""
    at = f"at byte offset {length_in_bytes(html[:position])}"
    word = re.split(r"[\s>]", html[position:], maxsplit=1)
    if html[position] == "&":
        return f'Unescaped "&" {at}'
    if html.startswith("</", position):
        return f"Unclosed end tag {at}" if opened else f"Unexpected end tag {at}"
    if len(word) > 1 and not TAGS.fullmatch(word[0][1:].lower()):
        return f'Unsupported start tag "{word[0][1:].lower()}" {at}'
    return f"Unclosed start tag {at}"
