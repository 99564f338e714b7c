"""What a translation must keep, checked: names, numbers, links, lengths, and completeness."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import Formatter

from babel.messages.catalog import Catalog, Message

from flows import limits
from flows.errors import BadCatalog
from locales.catalogs import SOURCE, read_catalog, shown
from locales.extract import extract_all
from locales.languages import Catalogued, load_languages
from locales.merge import DRAFT

TOO_LONG = 1.8
"""A translation this many times as long as the Indonesian would not fit where it stands."""

OPTIONAL = re.compile(r"document\.(?!bring)|route\.|office\.[^.]+\.where|fact\.|stage\.|clause\.")
"""Contexts that a "core" language may leave in Indonesian, but for the documents of article 13."""

OFFICERS = re.compile(
    r"flows/officer/(?!home|invitation)|flows/notices/(questions|answers|fit|scan|fraud)|storage/"
    r"|bot/((village|office)_)?work\.py|bot/notice_"
)
"""Files whose words only officers read, who all read Indonesian at work."""

ARTICLE_13 = re.compile(
    r"document\.(status-kawin|izin-keluarga|sertifikat|sehat|paspor|visa"
    r"|perjanjian-penempatan|perjanjian-kerja)\."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a catalog is: messages translated, of those drafts, fuzzy, and still empty."""

    code: str
    translated: int
    drafts: int
    fuzzy: int
    empty: int


def faults() -> Iterator[str]:
    """Every fault in every catalog, each with file, message and remedy."""
    template = extract_all()
    for language in load_languages():
        if language.language.code != SOURCE:
            yield from _faults_of(language, template)


def _faults_of(language: Catalogued, template: Catalog) -> Iterator[str]:
    code = language.language.code
    try:
        catalog = read_catalog(code)
    except BadCatalog as error:
        yield from error.faults
        return
    if _keys(catalog) != _keys(template):
        yield f"locales/{code}: not up to date: run python -m locales update"
    for message in shown(catalog):
        for fault in message_faults(str(message.id), str(message.string)):
            yield f"locales/{code}: {str(message.id)[:60]!r}: {fault}"
    for message in _wanting(language, catalog):
        yield f"locales/{code}: {str(message.id)[:60]!r} is not translated: translate it"


def _keys(catalog: Catalog) -> set[tuple[str, str]]:
    return {(m.context or "", str(m.id)) for m in catalog if m.id}


def message_faults(source: str, translation: str) -> Iterator[str]:
    """What this translation lost or added that a reader would act on."""
    try:
        named = _names(translation)
    except ValueError as error:
        yield f"{error}: write each {{name}} in whole braces"
        return
    if named != _names(source):
        yield f"the names in braces differ: expected {sorted(_names(source))}"
    if _numbers(source) != _numbers(translation):
        yield f"the numbers differ: expected {sorted(_numbers(source).elements())}"
    if _links(source) != _links(translation):
        yield f"the links differ: expected {sorted(_links(source))}"
    if re.search(r"<[a-zA-Z/]", translation):
        yield "it holds a tag: write plain words, doors add the marks"
    if len(translation) > max(limits.LABEL, TOO_LONG * len(source)):
        yield f"{len(translation)} characters for {len(source)}: say it shorter"


def _names(sentence: str) -> Counter[str]:
    """Everything in braces; anything but a plain name counts as a name of its own."""
    parsed = (part[1:] for part in Formatter().parse(sentence) if part[1] is not None)
    return Counter("".join(filter(None, part)) for part in parsed)


def _numbers(sentence: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", sentence))


def _links(sentence: str) -> set[str]:
    return set(re.findall(r"\b[\w.-]+\.(?:id|com|org|tw|hk)\b", sentence))


def _wanting(language: Catalogued, catalog: Catalog) -> Iterator[Message]:
    if language.complete == "nothing":
        return
    translated = {id(message) for message in shown(catalog)}
    for message in catalog:
        files = [path for path, _ in message.locations]
        wanted = language.complete == "all" or is_core(message.context or "", files)
        if message.id and wanted and id(message) not in translated:
            yield message


def is_core(context: str, files: Iterable[str] = ()) -> bool:
    """Whether a regional language is not offered without this message."""
    if files and all(OFFICERS.match(file) for file in files):
        return False
    return not OPTIONAL.match(context) or bool(ARTICLE_13.match(context))


def standing(code: str) -> Standing:
    messages = [message for message in read_catalog(code) if message.id]
    translated = [m for m in messages if m.string and not m.fuzzy]
    return Standing(
        code,
        len(translated),
        sum(DRAFT in m.user_comments for m in translated),
        sum(bool(m.string) and m.fuzzy for m in messages),
        sum(not m.string for m in messages),
    )
