"""What officers keep about their village, as states see it: facts, contacts, dates."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.areas import Area
from flows.text import Text, t

Field = Literal["office", "hours", "post", "migration", "business", "parenting", "cooperative"]

FIELDS: dict[Field, Text] = {
    "office": t("Alamat kantor"),
    "hours": t("Jam buka"),
    "post": t("Pos layanan"),
    "migration": t("Layanan untuk pekerja migran"),
    "business": t("Usaha dan pelatihan"),
    "parenting": t("Kegiatan anak dan keluarga"),
    "cooperative": t("Koperasi atau BUM Desa"),
}
"""The facts of a village page, in the order in which they are read."""

PILLARS: tuple[Field, ...] = ("migration", "business", "parenting", "cooperative")

Kind = Literal["head", "officer", "post", "other"]

KINDS: dict[Kind, Text] = {
    "head": t("Kepala desa"),
    "officer": t("Petugas desa"),
    "post": t("Pos layanan"),
    "other": t("Kontak lain"),
}
"""Kinds of contacts, in the order in which they are read."""

DAYS_FRESH = 183
"""Half a year: a contact or fact that nobody confirmed for longer says so."""


def is_old(verified_on: date, today: date) -> bool:
    return (today - verified_on).days > DAYS_FRESH


@dataclass(frozen=True, slots=True)
class VillageFact:
    field: Field
    words: str
    verified_on: date
    changed_on: date
    changed_by: str
    """Name of the officer; empty where they have gone."""


@dataclass(frozen=True, slots=True)
class VillageContact:
    number: int
    """Its own within the village, and never given to another while it is there."""
    kind: Kind
    name: str
    phone: str
    """As people dial it: `0812-3456-7890`; empty where there is none yet."""
    note: str
    """Hours, address, or what else one should know."""
    verified_on: date
    changed_on: date
    changed_by: str


@dataclass(frozen=True, slots=True)
class VillageEvent:
    number: int
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Village:
    """Everything an area's officers have written."""

    area: Area
    facts: tuple[VillageFact, ...] = ()
    contacts: tuple[VillageContact, ...] = ()
    events: tuple[VillageEvent, ...] = ()
    """Those still to come, the next first."""

    def fact(self, field: Field) -> VillageFact | None:
        return next((fact for fact in self.facts if fact.field == field), None)

    def contact(self, number: int) -> VillageContact | None:
        return next((contact for contact in self.contacts if contact.number == number), None)

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.contacts or self.events)
