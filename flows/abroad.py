"""Abroad and back: trouble there, a relative who is silent, rights, coming home, claims."""

from dataclasses import dataclass

from flows import contract, emergency, help
from flows.engine import Known, State
from flows.screen import Choice, Screen
from flows.text import t
from flows.topics import MENUS, Topic


@dataclass(frozen=True)
class Abroad(State, place="abroad"):
    def show(self, known: Known) -> Screen:
        menus = ("trouble", "family", "homecoming", "insurance", "rights")
        return Screen(
            t("Di luar negeri atau pulang"),
            choices=(
                Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self)),
                *(Choice(f"menu:{menu}", MENUS[menu].title, Topic(self, menu)) for menu in menus),
                Choice("contract", t("Periksa isi kontrak"), contract.Contract(self)),
                Choice("countries", t("Nomor di luar negeri"), help.Countries(self)),
            ),
        )
