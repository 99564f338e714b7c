"""Pages of explanation and the menus they stand in: checks, money, trouble, rights, coming home."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows import emergency, help
from flows.engine import Known, State
from flows.items import Advice, Item
from flows.library import Library, look_up
from flows.screen import Caution, Choice, Items, Paragraph, Part, Screen
from flows.sources import sources
from flows.text import Text, t


@dataclass(frozen=True, slots=True)
class Menu:
    """Pages under one title: all of a topic in the order of its file, then those named."""

    title: Text
    codes: tuple[str, ...] = ()
    topic: str = ""


FAMILY = ("hilang-kontak", "meninggal", "meninggal-hak")
"""Pages about trouble that are for those at home."""

MENUS: dict[str, Menu] = {
    "checks": Menu(t("Cara memeriksa tawaran"), topic="checks"),
    "who-pays": Menu(
        t("Siapa membayar apa"),
        ("siapa-bayar", "sepuluh-pekerjaan", "empat-belas-biaya", "aturan-baru"),
    ),
    "loan": Menu(t("Pinjaman KUR untuk berangkat"), ("kur-berangkat", "kur-syarat")),
    "insurance": Menu(
        t("BPJS: iuran, manfaat, klaim"),
        ("bpjs-iuran", "bpjs-manfaat", "bpjs-klaim", "bpjs-klaim-meninggal"),
    ),
    "sending": Menu(t("Kirim dan simpan uang"), ("kirim-uang", "rencana-uang")),
    "fraud": Menu(t("Awas penipuan uang"), ("cinta-palsu", "rekening-dipinjam", "pinjol-ilegal")),
    "trouble": Menu(t("Ada masalah di luar negeri"), topic="trouble"),
    "family": Menu(t("Keluarga hilang kontak atau meninggal"), (*FAMILY, "bpjs-klaim-meninggal")),
    "rights": Menu(t("Hak saya menurut undang-undang"), topic="rights"),
    "homecoming": Menu(
        t("Pulang ke Indonesia"), ("bpjs-klaim", "bpjs-klaim-meninggal"), "homecoming"
    ),
}


def pages(menu: Menu, library: Library) -> tuple[Advice, ...]:
    """The pages of a menu; those for the family stand in a menu of their own."""
    items: Mapping[str, Advice] = getattr(library, menu.topic) if menu.topic else {}
    whole = (item for item in items.values() if item.code not in FAMILY)
    named = (library.pages.get(code) for code in menu.codes)
    return (*whole, *(page for page in named if page))


def menu_of(code: str, library: Library) -> str:
    """The first menu in which a page stands; of one that is gone, any."""
    standing = (m for m, menu in MENUS.items() if code in {p.code for p in pages(menu, library)})
    return next(standing, "checks")


@dataclass(frozen=True)
class Topic(State, place="topic"):
    """A menu of pages; `under` is the menu or page that one came from."""

    under: State
    menu: str

    def show(self, known: Known) -> Screen:
        menu = look_up(MENUS, self.menu)
        return Screen(
            menu.title,
            choices=tuple(
                Choice(f"page:{page.code}", page.title, Page(self, page.code))
                for page in pages(menu, known.library)
            ),
            back=self.under,
        )


@dataclass(frozen=True)
class Page(State, place="topic.page"):
    """One page, whom to call about it, and the page after it."""

    under: State
    code: str

    def show(self, known: Known) -> Screen:
        page = look_up(known.library.pages, self.code)
        return Screen(
            page.title,
            said(page, known),
            self._numbers(known) or self._onward(known),
            back=self.under,
        )

    def _onward(self, known: Known) -> tuple[Choice, ...]:
        return (*self._next(known), Choice("help", help.HELP, help.Help(self)))

    def _next(self, known: Known) -> tuple[Choice, ...]:
        if not isinstance(self.under, Topic):
            return ()
        menu = pages(look_up(MENUS, self.under.menu), known.library)
        codes = [page.code for page in menu]
        after = codes.index(self.code) + 1 if self.code in codes else len(codes)
        return tuple(
            Choice(f"next:{page.code}", page.title, Page(self.under, page.code))
            for page in menu[after : after + 1]
        )

    def _numbers(self, known: Known) -> tuple[Choice, ...]:
        """In trouble the numbers of the country are one press away, and nothing else leads on."""
        if self.code not in known.library.trouble:
            return ()
        code = known.person.case.destination
        there = help.Country(self, code) if help.there(code, known) else help.Countries(self)
        return (
            Choice("numbers", t("Nomor di negara itu"), there),
            Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self)),
        )


def said(page: Advice, known: Known, *more: Item) -> tuple[Part, ...]:
    """All a page says, with one source line for it, for whom to call and for what stands above."""
    contacts = tuple(look_up(known.library.contacts, code) for code in page.contacts)
    return (
        *((Caution(page.caution),) if page.caution else ()),
        *(Paragraph(text) for text in page.body),
        *((Items(page.heading, page.lines),) if page.heading else ()),
        *((help.calls(contacts, help.CALL, known),) if contacts else ()),
        sources((page, *contacts, *more), known),
    )
