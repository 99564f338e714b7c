"""Bringing a catalog up to date with the sentences in the program, losing no translation.

Babel's own update compares every new sentence with every old one, which takes minutes; here a
sentence with a context is matched by it, and the few others by likeness.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from locales.languages import Catalogued

LIKENESS = 0.75
"""How alike two sentences must be for the old translation to be offered, as fuzzy."""

DRAFT = "draf: belum ditinjau penutur asli"
"""The comment on a message that no native speaker has read; it is shown all the same."""

PLURALS, NO_PLURALS = "nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"

Key = tuple[str, str]


def merged(template: Catalog, old: Catalog) -> Catalog:
    """The template with each translation of `old` that still fits, or nearly does and is fuzzy."""
    known, wanted = {_key(message): message for message in old if message.id}, _keys(template)
    orphans = {key: m for key, m in known.items() if key not in wanted and m.string}
    new = Catalog(charset="utf-8")
    for message in _in_order(template):
        kept = known.get(_key(message))
        if kept is not None:
            _add(new, message, str(kept.string), _comments(kept), fuzzy=kept.fuzzy,
                 previous=_previous(kept))  # fmt: skip
        elif (near := _nearest(message, orphans)) is not None:
            _add(new, message, str(near.string), _comments(near), fuzzy=True,
                 previous=_previous(near) or [str(near.id)])  # fmt: skip
        else:
            _add(new, message, "", [], fuzzy=False, previous=[])
    return new


def _in_order(template: Catalog) -> Iterator[Message]:
    return (message for message in template if message.id)


def _add(
    catalog: Catalog, message: Message, string: str, comments: list[str], *, fuzzy: bool,
    previous: list[str],
) -> None:  # fmt: skip
    catalog.add(
        message.id, string, message.locations, ["fuzzy"] if fuzzy and string else [],
        message.auto_comments, comments if string else [], previous_id=previous,
        context=message.context,
    )  # fmt: skip


def _comments(message: Message) -> list[str]:
    """The translator's own; Babel reads the lines of the previous sentence as such as well."""
    return [comment for comment in message.user_comments if not comment.startswith("|")]


def _previous(message: Message) -> list[str]:
    """The sentence that was translated, from its `#|` lines."""
    lines = [comment for comment in message.user_comments if comment.startswith("|")]
    quoted = "".join(
        line[line.index('"') :] for line in lines if '"' in line and "msgid" in lines[0]
    )
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)
    return ["".join(parts).replace('\\"', '"')] if parts else list(message.previous_id)


def _key(message: Message) -> Key:
    return message.context or "", str(message.id)


def _keys(catalog: Catalog) -> set[Key]:
    return {_key(message) for message in catalog if message.id}


def _nearest(message: Message, orphans: dict[Key, Message]) -> Message | None:
    """An old message of the same context, or a very similar one without."""
    context, sentence = _key(message)
    same = {key[1]: m for key, m in orphans.items() if key[0] == context}
    if context and len(same) == 1:
        return next(iter(same.values()))
    likest = get_close_matches(sentence, same, n=1, cutoff=LIKENESS)
    return same[likest[0]] if likest else None


def as_po(catalog: Catalog, language: Catalogued | None) -> bytes:
    """The file, with a header of our own: Babel's knows neither registers nor all our languages."""
    body = BytesIO()
    write_po(body, catalog, width=96, omit_header=True, include_previous=True)
    return _header(language).encode() + body.getvalue()


def _header(language: Catalogued | None) -> str:
    code = language.language.code if language else ""
    lines = [
        "Project-Id-Version: desmigratif",
        f"Language: {code}",
        f"X-Register: {language.register if language else ''}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {PLURALS if code == 'en' else NO_PLURALS}",
    ]
    written = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{written}\n'
