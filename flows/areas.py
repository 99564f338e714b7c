"""Areas by their official code: `33`, `33.07`, `33.07.10`, `33.07.10.2004`.

The code tells the level by its length and the parents by its beginning (Kepmendagri).
"""

from dataclasses import dataclass
from typing import Literal

from flows.text import Text, t, verbatim

Level = Literal["province", "regency", "district", "village"]

LEVELS: dict[int, Level] = {2: "province", 5: "regency", 8: "district", 13: "village"}
"""The length of a code, and what it names."""


Zone = Literal[7, 8, 9]
"""Hours before Greenwich: WIB, WITA, WIT."""

CENTRAL = ("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76")
EASTERN = ("81", "82", "91", "92", "93", "94", "95", "96", "97")
"""Provinces by zone (Keputusan Presiden 41/1987, with those founded since); the others are WIB."""


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    name: str
    above: tuple[str, ...] = ()
    """Names of what it lies in, the nearest first: district, regency, province."""

    @property
    def level(self) -> Level:
        return LEVELS[len(self.code)]

    @property
    def is_kelurahan(self) -> bool:
        """The last part of a village's code begins with 1 for a kelurahan."""
        return self.level == "village" and self.code[9] == "1"


def level_of(code: str) -> Level | None:
    """The level of a well-formed code, or None."""
    parts = code.split(".")
    well_formed = all(part.isascii() and part.isdecimal() for part in parts)
    lengths = tuple(len(part) for part in parts)
    return LEVELS.get(len(code)) if well_formed and lengths == (2, 2, 2, 4)[: len(parts)] else None


def named(area: Area) -> Text:
    """The area with its kind: `Desa Kuripan`, `Kec. Watumalang`, `Kabupaten Wonosobo`."""
    name = verbatim(area.name)
    match area.level:
        case "village" if area.is_kelurahan:
            return t("Kelurahan {name}", name=name)
        case "village":
            return t("Desa {name}", name=name)
        case "district":
            return t("Kec. {name}", name=name)
        case _:  # "Kabupaten Wonosobo", "Kota Bandung", "Jawa Barat" say it themselves
            return name


def placed(area: Area) -> Text:
    """The area where it lies; a village always with district and regency, as names repeat."""
    match area.level, area.above:
        case "village", (district, regency, *_):
            return t("{village}, Kec. {district}, {regency}",
                     village=named(area), district=district, regency=regency)  # fmt: skip
        case _, (parent, *_):
            return t("{area}, {parent}", area=named(area), parent=parent)
        case _:
            return named(area)


def short(area: Area) -> Text:
    """For a button: a village as `Kuripan, Watumalang, Wonosobo`, anything else as it is named."""
    match area.level, area.above:
        case "village", (district, regency, *_):
            names = (area.name, district, regency.removeprefix("Kabupaten "))
            return verbatim(", ".join(names))
        case _:
            return named(area)


def parent(code: str) -> str:
    """The code of what an area lies in; empty for a province."""
    return code.rpartition(".")[0]


def zone_of(code: str) -> Zone:
    """The time zone in which an area lies."""
    province = code[:2]
    return 8 if province in CENTRAL else 9 if province in EASTERN else 7
