"""Every sentence there is to translate: from Python by Babel, from the content files by our own."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any, cast, get_args, get_type_hints

import rtoml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from flows.errors import BadCatalog
from flows.library import FILES, KINDS, context_of
from flows.text import Text

KEYWORDS: Mapping[str, Any] = {"t": None, "tc": ((1, "c"), 2)}
PACKAGES = ("flows", "bot", "storage")


def extract_all() -> Catalog:
    """The template: every message once, with the places where it is said."""
    template = Catalog(charset="utf-8")
    for package in PACKAGES:
        with as_file(files(package)) as folder:
            for path in sorted(folder.rglob("*.py")):
                place = path.relative_to(folder.parent).as_posix()
                for line, message, comments, context in _from_python(path.read_bytes()):
                    template.add(message, None, [(place, line)], auto_comments=comments,
                                 context=context)  # fmt: skip
    for kind, name in FILES.items():
        text = files("flows").joinpath("content", name).read_text(encoding="utf-8")
        for line, context, message, comment in _readable(kind, name, text):
            template.add(message, None, [(f"flows/content/{name}", line)],
                         auto_comments=[comment], context=context)  # fmt: skip
    return template


def _readable(kind: str, name: str, text: str) -> list[tuple[int, str, str, str]]:
    try:
        return list(from_content(kind, text))
    except (rtoml.TomlParsingError, AttributeError, TypeError, KeyError) as error:
        fault = f"flows/content/{name}: {error}. For all faults: python -m bot check"
        raise BadCatalog([fault]) from error


def _from_python(source: bytes) -> Iterable[tuple[int, Any, list[str], str | None]]:
    return extract("python", BytesIO(source), keywords=KEYWORDS, comment_tags=("translators:",))


def from_content(kind: str, text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line, context, sentence and a comment naming the source, for each translatable field."""
    texts = _text_fields(KINDS[kind])
    for table in cast(list[dict[str, Any]], rtoml.loads(text)[kind]):
        code = str(table["code"])
        line = _line_of(text, code)
        comment = "Sumber: " + ", ".join(table.get("sources", ()))
        for field, many in texts.items():
            for sentence in _sentences(table.get(field), many):
                context = context_of(kind, code, field, many=many)
                yield line, context, " ".join(sentence.split()), comment


def _sentences(raw: Any, many: bool) -> list[str]:
    if raw is None:
        return []
    return cast(list[str], raw) if many else [cast(str, raw)]


def _text_fields(type_: type[Any]) -> dict[str, bool]:
    """The fields that hold sentences, and whether they hold many."""
    kinds = get_type_hints(type_)
    return {n: kind == tuple[Text, ...] for n, kind in kinds.items()
            if kind is Text or Text in get_args(kind)}  # fmt: skip


def _line_of(text: str, code: str) -> int:
    """The parser gives no lines for valid items, but every item has its code on one."""
    before, _, _ = text.partition(f'code = "{code}"')
    return before.count("\n") + 1
