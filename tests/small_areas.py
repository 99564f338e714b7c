"""A small part of the packaged areas: one whole regency, two districts elsewhere, what is above."""

from collections.abc import Iterator

from storage.areas import packaged

WHOLE = ("33.07.05.", "33.07.09.", "33.07.10.", "33.07.12.", "32.12.16.", "52.02.12.")
"""Districts whose villages are here: four in Wonosobo, Sindang, Batukliang Utara."""

DISTRICTS_OF = "33.07."
"""Wonosobo, of which every district is here."""


def _kept(lines: list[str]) -> Iterator[str]:
    """The first line names the columns."""
    yield lines[0]
    above = {prefix[:length] for prefix in WHOLE for length in (2, 5, 8)}
    for line in lines[1:]:
        code = line.partition(",")[0]
        a_district = len(code) == 8 and code.startswith(DISTRICTS_OF)
        if code.startswith(WHOLE) or code in above or a_district:
            yield line


TEXTS = {name: "".join(_kept(text.splitlines(True))) for name, text in packaged().items()}
