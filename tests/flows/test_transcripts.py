"""Recorded conversations that an officer can read: a difference is a change of what people read.

`python -m tests.flows.test_transcripts` writes them anew; the difference is then reviewed.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.asking import Service
from bot.runner import Runner
from locales.catalogs import Catalogs
from locales.languages import load_languages
from storage.database import open_database
from storage.library import load_library
from tests.bot.doors import through_the_terminal
from tests.conftest import KEY, prepare
from tests.officers import KURIPAN
from tests.play import FixedClock

FILES = sorted(Path(__file__).parent.joinpath("transcripts").glob("*.txt"))


def played(file: Path, folder: Path) -> str:
    """The conversation of a transcript, from what its person typed."""
    typed = [line[2:] for line in file.read_text(encoding="utf-8").splitlines()
             if line.startswith("> ") and line[2:]]  # fmt: skip
    url = f"sqlite:///{folder}/{file.stem}.db"
    prepare(url)
    database = open_database(url, KEY)
    languages = tuple(known.language for known in load_languages())
    runner = Runner(
        database, Service(load_library(), languages, "Desa Contoh"), Catalogs(), FixedClock()
    )
    runner.invite("officer", KURIPAN)  # for those who begin with its code
    said = through_the_terminal(runner, typed)
    database.close()
    return "\n".join(line.rstrip() for line in said.splitlines()) + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_conversation_is_as_recorded(file: Path, tmp_path: Path) -> None:
    assert played(file, tmp_path) == file.read_text(encoding="utf-8")


def test_there_are_conversations() -> None:
    assert len(FILES) >= 4


if __name__ == "__main__":
    for transcript in FILES:
        with TemporaryDirectory() as folder:
            transcript.write_text(played(transcript, Path(folder)), encoding="utf-8")
