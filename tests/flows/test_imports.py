"""Files that name each other in a circle can be opened in any order."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import flows

FOLDER = Path(flows.__file__).parent
MODULES = sorted(
    ".".join(file.relative_to(FOLDER.parent).with_suffix("").parts)
    for file in FOLDER.rglob("*.py")
    if file.stem != "__init__"
)
EACH_FIRST = f"""
import sys
for first in {MODULES!r}:
    for name in [n for n in sys.modules if n.startswith("flows")]:
        del sys.modules[name]
    try:
        __import__(first)
    except Exception as error:
        print(first, error)
"""


def test_every_file_may_be_the_first_to_be_opened() -> None:
    said = subprocess.run([sys.executable, "-c", EACH_FIRST], capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("", "")


def test_all_files_are_found() -> None:
    assert len(MODULES) > 30
    assert import_module(MODULES[0])
