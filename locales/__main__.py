"""`python -m locales new CODE | update | check | status`: the translators' commands."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from flows.errors import DesmigratifError
from locales import check
from locales.catalogs import SOURCE, read_catalog
from locales.extract import extract_all
from locales.languages import Catalogued, load_languages
from locales.merge import as_po, merged

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser("python -m locales", description="Katalog bahasa: perintah penerjemah.")
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new", help="write an empty catalog for a language in languages.toml")
    new.add_argument("code")
    commands.add_parser("update", help="bring every catalog up to date with the program")
    commands.add_parser("check", help="compare every translation with its sentence")
    commands.add_parser("status", help="how far each language is")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen.command, getattr(chosen, "code", ""))
    except DesmigratifError as error:
        print(error, file=sys.stderr)
        return 1


def _run(command: str, code: str) -> int:
    match command:
        case "new":
            return _new(code)
        case "update":
            return _update()
        case "check":
            return _check()
        case _:
            return _status()


def _translated() -> list[Catalogued]:
    return [lang for lang in load_languages() if lang.language.code != SOURCE]


def _new(code: str) -> int:
    language = next((lang for lang in _translated() if lang.language.code == code), None)
    if language is None:
        print(f"{code} is not in locales/languages.toml: describe it there first", file=sys.stderr)
        return 1
    if _po(code).exists():
        print(f"{_po(code)} exists already: run python -m locales update", file=sys.stderr)
        return 1
    _po(code).parent.mkdir(parents=True, exist_ok=True)
    _po(code).write_bytes(as_po(merged(extract_all(), Catalog()), language))
    print(_po(code))
    return 0


def _update() -> int:
    template = extract_all()
    (HERE / "messages.pot").write_bytes(as_po(template, None))
    for language in _translated():
        code = language.language.code
        _po(code).write_bytes(as_po(merged(template, read_catalog(code)), language))
    return _status()


def _check() -> int:
    found = list(check.faults())
    print("\n".join(found) if found else "Every catalog is in order.")
    return 1 if found else 0


def _status() -> int:
    for language in _translated():
        s = check.standing(language.language.code)
        print(
            f"{s.code}: {s.translated} translated ({s.drafts} drafts no native speaker has read),"
            f" {s.fuzzy} fuzzy, {s.empty} empty"
        )
    return 0


def _po(code: str) -> Path:
    return HERE / code / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    sys.exit(main())
