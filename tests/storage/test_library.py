"""The content files: what is right is read, what is wrong stops with file, item and remedy."""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

import flows
import storage
import storage.library
from flows import limits
from flows.errors import BadContent
from flows.library import FILES as FILE_NAMES
from flows.library import Library
from flows.person import Case, Children, Marital, Work
from flows.text import tc
from storage.library import STALE_DAYS, build_library, due, load_library, stale
from tests.conftest import missing
from tests.small import FILES, TODAY, small_library

CONTENT = Path(flows.__file__).parent / "content"
AREAS = Path(storage.__file__).parent / "area_data" / "villages.csv"
CHECKED_ON = "checked_on = 2026-11-01"

FAULTS = [
    ("documents.toml", 'label = "Paspor"\n', "",
     "documents.toml: item 'paspor': field 'label' is missing or empty: write it"),
    ("documents.toml", 'label = "Paspor"', 'label = ""',
     "documents.toml: item 'paspor': field 'label': write a sentence in quotation marks"),
    ("documents.toml", 'label = "Paspor"', 'label = "  "',
     "documents.toml: item 'paspor': field 'label': write a sentence in quotation marks"),
    ("documents.toml", 'label = "Paspor"', "label = 3",
     "documents.toml: item 'paspor': field 'label': write a sentence in quotation marks"),
    ("documents.toml", 'code = "paspor"\n', "",
     "documents.toml: item '?': field 'code' is missing or empty: write it"),
    ("offices.toml", 'where = "Di desa Anda."', 'where = "Di desa."\nwhen = "Senin."',
     "offices.toml: item 'desa': field 'when' is not known: see flows/items.py"),
    ("routes.toml", "household = true", 'household = "ya"',
     "routes.toml: item 'p3mi': field 'household': expected bool, found 'ya'"),
    ("documents.toml", "warn_months = 6", "warn_months = 6.5",
     "documents.toml: item 'paspor': field 'warn_months': expected int, found 6.5"),
    ("documents.toml", CHECKED_ON, 'checked_on = "2026-11-01"',
     "documents.toml: item 'paspor': field 'checked_on': expected date, found '2026-11-01'"),
    ("documents.toml", CHECKED_ON, "checked_on = 2026-11-01T10:00:00",
     "documents.toml: item 'paspor': field 'checked_on': expected date, found"),
    ("documents.toml", 'bring = ["KTP asli dan fotokopi"]', 'bring = "KTP"',
     "documents.toml: item 'paspor': field 'bring': write a list, in square brackets"),
    ("advice.toml", '["Penjelasan.", "Lapor."]', '["Penjelasan.", 2]',
     "advice.toml: item 'under-18': field 'body': write a sentence in quotation marks"),
    ("documents.toml", 'phase = "depart"', 'phase = "later"',
     "documents.toml: item 'paspor': field 'phase': 'later' is none of 'home', 'register'"),
    ("destinations.toml", 'household = "never"', 'household = "perhaps"',
     "destinations.toml: item 'kamboja': field 'household': 'perhaps' is none of 'open'"),
    ("documents.toml", 'children = "yes"', 'children = "many"',
     "documents.toml: item 'pengasuh-anak': field 'children': 'many' is none of"),
    ("contacts.toml", 'sources = ["law"]', "sources = []",
     "contacts.toml: item 'kp2mi': field 'sources' is missing or empty: write it"),
    ("contacts.toml", 'sources = ["law"]\n', "",
     "contacts.toml: item 'kp2mi': field 'sources' is missing or empty: write it"),
    ("contacts.toml", f"{CHECKED_ON}\n", "",
     "contacts.toml: item 'kp2mi': field 'checked_on' is missing or empty: write it"),
    ("contacts.toml", 'sources = ["law"]', 'sources = ["hearsay"]',
     "contacts.toml: item 'kp2mi': source 'hearsay' is not in sources.toml: add it there"),
    ("sources.toml", "read_on = 2026-11-01\n", "",
     "sources.toml: item 'law': field 'read_on' is missing or empty: write it"),
    ("documents.toml", 'office = "desa"', 'office = "kota"',
     "documents.toml: item 'paspor': office 'kota' is not in offices.toml"),
    ("documents.toml", "warn_months = 6", 'routes = ["laut"]',
     "documents.toml: item 'paspor': route 'laut' is not in routes.toml"),
    ("documents.toml", "warn_months = 6", 'not_routes = ["laut"]',
     "documents.toml: item 'paspor': route 'laut' is not in routes.toml"),
    ("documents.toml", "warn_months = 6", 'destinations = ["mars"]',
     "documents.toml: item 'paspor': destination 'mars' is not in destinations.toml"),
    ("destinations.toml", 'routes = ["p3mi", "magang"]', 'routes = ["laut"]',
     "destinations.toml: item 'taiwan': route 'laut' is not in routes.toml"),
    ("offices.toml", "Di desa Anda.", "Di desa {nama}.",
     "offices.toml: item 'desa': field 'where': a sentence holds no {, } or <"),
    ("offices.toml", "Di desa Anda.", "Di desa }.",
     "offices.toml: item 'desa': field 'where': a sentence holds no {, } or <"),
    ("offices.toml", "Di desa Anda.", "Di <b>desa</b>.",
     "offices.toml: item 'desa': field 'where': a sentence holds no {, } or <"),
    ("advice.toml", '"Lapor."]', '"<script>"]',
     "advice.toml: item 'under-18': field 'body': a sentence holds no {, } or <"),
    ("facts.toml", 'as_of = "2015"', 'as_of = "tahun lalu"',
     "facts.toml: item 'taiwan-rest': as_of 'tahun lalu': write 2026, 2026-11 or 2026-11-22"),
    ("missions.toml", 'as_of = "2020-01"', 'as_of = "2020-13"',
     "missions.toml: item 'kdei': as_of '2020-13': write 2026"),
    ("missions.toml", 'destination = "taiwan"', 'destination = "mars"',
     "missions.toml: item 'kdei': destination 'mars' is not in destinations.toml"),
    ("stages.toml", 'documents = ["paspor"]', 'documents = ["karcis"]',
     "stages.toml: item 'kontrak': document 'karcis' is not in documents.toml"),
    ("signs.toml", 'destinations = ["kamboja"]', 'destinations = ["taiwan"]',
     "signs.toml: item 'never': its destinations and those that are 'never'"),
    ("destinations.toml", 'household = "closed"', 'household = "open"',
     "signs.toml: item 'closed': its destinations and those that are 'closed'"),
    ("money.toml", 'body = ["Penjelasan.", "Lapor."]',
     'body = ["Penjelasan."]\nheading = "Bawa"',
     "money.toml: item 'siapa-bayar': write both heading and lines, or neither"),
    ("rights.toml", 'code = "hak"', 'code = "gaji"',
     "item 'gaji' stands in two files of pages"),
    ("advice.toml", 'body = ["Penjelasan.", "Lapor."]',
     'body = ["Penjelasan."]\ncontacts = ["nobody"]',
     "advice.toml: item 'under-18': contact 'nobody' is not in contacts.toml"),
    ("villages.toml", '"33.07.10.2004"', '"33.07.10"',
     "villages.toml: item 'kuripan-watumalang': area '33.07.10' is no code of a village"),
    ("villages.toml", '"33.07.10.2004"', '"3307102004"',
     "villages.toml: item 'kuripan-watumalang': area '3307102004' is no code of a village"),
    ("villages.toml", 'since = "2016"\n', "",
     "villages.toml: item 'kuripan-watumalang': it is 'known', so it needs the year"),
    ("villages.toml", 'since = "2016"\nstanding = "known"', 'standing = "before"',
     "villages.toml: item 'kuripan-watumalang': it is 'before', so it needs the year"),
    ("villages.toml", 'since = "2016"', 'since = "2016-12"',
     "villages.toml: item 'kuripan-watumalang': since '2016-12': write a year"),
    ("villages.toml", 'standing = "known"', 'standing = "sure"',
     "villages.toml: item 'kuripan-watumalang': field 'standing': 'sure' is none of 'known'"),
    ("offices.toml", "[[office]]", "[[office]", "offices.toml: not valid TOML:"),
    ("offices.toml", '"Di desa Anda."', '"Di desa', "offices.toml: not valid TOML:"),
]  # fmt: skip


def faults_of(texts: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(BadContent) as error:
        build_library(texts)
    return error.value.faults


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The small library's files with one change in one of them."""
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new, 1)}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real content that a test may spoil."""
    copy = shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.setattr(storage.library, "files", lambda package: tmp_path)
    return copy


def cases(library: Library) -> Iterator[Case]:
    """Every combination of answers there is, those nobody can give among them."""
    answers = (get_args(kind) for kind in (Marital, Children))
    works, routes = get_args(Work), ("", *library.routes)
    for values in product(("", *library.destinations), works, routes, *answers):
        yield Case(*values)


def test_the_real_content_is_read(library: Library) -> None:
    assert len([d for d in library.documents.values() if d.article13]) == 8
    assert library.destinations["taiwan"].name == tc("destination.taiwan.name", "Taiwan")
    assert {code for item in library.contacts.values() for code in item.sources} <= set(
        library.sources
    )


def test_the_real_content_is_not_stale_on_the_day_it_was_checked(library: Library) -> None:
    days = [item.checked_on for item in library.documents.values()]
    assert list(stale(library, min(days))) == []


def test_no_phase_of_any_case_has_more_documents_than_one_screen_holds(library: Library) -> None:
    for case in cases(library):
        phases = Counter(document.phase for document in library.needed(case))
        assert max(phases.values()) <= limits.CHOICES, (case, phases)


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS)
def test_a_fault_stops_with_file_item_and_remedy(
    name: str, old: str, new: str, expected: str
) -> None:
    assert any(fault.startswith(expected) for fault in faults_of(changed(name, old, new)))


def test_a_fault_in_one_field_is_told_once() -> None:
    texts = changed("documents.toml", 'phase = "depart"', 'phase = "later"')
    assert len(faults_of(texts)) == 1


def test_a_file_without_items_is_one_fault_and_not_one_for_each_that_names_them() -> None:
    told = faults_of({**FILES, "routes.toml": "# nothing yet\n"})
    expected = "routes.toml: no [[route]] in it: begin each item with two square brackets"
    assert told == (expected,)


@pytest.mark.parametrize("kind", ["advice", "contact"])
def test_a_file_that_nothing_names_may_not_be_empty_either(kind: str) -> None:
    name = FILE_NAMES[kind]
    expected = (f"{name}: no [[{kind}]] in it: begin each item with two square brackets",)
    assert faults_of({**FILES, name: ""}) == expected


def test_a_destination_that_is_closed_or_never_legal_needs_its_reason() -> None:
    unsaid = FILES["destinations.toml"].replace('reason = "Ditutup sejak 2015."\n', "")
    assert faults_of({**FILES, "destinations.toml": unsaid}) == (
        "destinations.toml: item 'qatar': it is closed, so it needs a reason",
        "destinations.toml: item 'kamboja': it is closed, so it needs a reason",
    )


def test_several_faults_come_all_at_once() -> None:
    texts = changed("documents.toml", 'label = "Paspor"', "label = 3")
    texts |= {"contacts.toml": FILES["contacts.toml"].replace('"law"', '"hearsay"')}
    texts |= {"routes.toml": FILES["routes.toml"].replace("placement = false", "placement = 0")}
    told = "\n".join(faults_of(texts))
    assert [name in told for name in ("'paspor'", "'kp2mi'", "'magang'")] == [True] * 3


def test_sentences_may_be_written_over_several_lines() -> None:
    texts = changed("offices.toml", '"Di desa Anda."', '"""Di desa\n   Anda."""')
    assert build_library(texts).offices["desa"].where.msgid == "Di desa Anda."


def test_lines_of_lists_share_their_context() -> None:
    (thing,) = small_library().documents["paspor"].bring
    assert thing == tc("document.bring", "KTP asli dan fotokopi")


@pytest.mark.parametrize("name", ["sources.toml", *FILE_NAMES.values()])
def test_a_missing_file_stops_with_its_name_and_the_remedy(content: Path, name: str) -> None:
    (content / name).unlink()
    with pytest.raises(BadContent, match=f"{name}: .*Restore the file from the repository"):
        load_library()


def test_a_file_that_is_no_text_stops_with_its_name(content: Path) -> None:
    (content / "advice.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadContent, match=r"advice\.toml: .*Restore the file"):
        load_library()


def test_a_copy_of_the_content_is_the_same_library(content: Path, library: Library) -> None:
    assert load_library() == library


def test_content_is_stale_after_a_year_and_only_warned_of() -> None:
    checked = date(2026, 11, 1)
    assert list(stale(small_library(), TODAY)) == []
    assert list(stale(small_library(), checked + timedelta(STALE_DAYS))) == []
    warnings = list(stale(small_library(), checked + timedelta(STALE_DAYS + 1)))
    assert "documents.toml: 'paspor' was last checked 366 days ago" in " ".join(warnings)
    assert all("compare it with its source and set checked_on" in line for line in warnings)
    assert len(warnings) == sum(text.count("checked_on") for text in FILES.values())


def test_what_is_old_is_due_for_review() -> None:
    lines = list(due(small_library(), TODAY))
    assert any("'taiwan-rest' is of 2015" in line for line in lines)
    assert any("'kdei' is of 2020-01" in line for line in lines)
    assert not any("taiwan-wage" in line or "kp2mi" in line for line in lines)


def test_words_of_care_are_enough_for_common_knowledge() -> None:
    texts = {name: text.replace('sources = ["law"]', 'sources = ["umum"]', 1)
             if name == "charges.toml" else text for name, text in FILES.items()}  # fmt: skip
    texts["sources.toml"] += texts["sources.toml"].replace('"law"', '"umum"')
    assert any("rests on 'umum'" in fault for fault in faults_of(texts))
    texts["charges.toml"] = texts["charges.toml"].replace("Menurut aturan.", "Biasanya begitu.", 1)
    assert build_library(texts)


def test_one_area_is_one_item() -> None:
    again = FILES["villages.toml"].replace("kuripan-watumalang", "kuripan-lagi")
    texts = {**FILES, "villages.toml": FILES["villages.toml"] + again}
    assert faults_of(texts) == tuple(
        f"villages.toml: item {code!r}: area '33.07.10.2004' stands in two items:"
        " keep one with all sources"
        for code in ("kuripan-watumalang", "kuripan-lagi")
    )


@pytest.mark.parametrize("standing", ["candidate", "emas"])
def test_only_what_a_source_calls_desmigratif_needs_the_year_and_is_one(standing: str) -> None:
    texts = changed("villages.toml", 'since = "2016"\n', "")
    texts["villages.toml"] = texts["villages.toml"].replace('"known"', f'"{standing}"')
    village = build_library(texts).desmigratif["33.07.10.2004"]
    assert (village.since, village.is_desmigratif) == ("", False)


def test_villages_are_found_by_their_area(library: Library) -> None:
    assert len(library.desmigratif) == len(library.villages)
    kuripan = library.desmigratif["33.07.10.2004"]
    assert (kuripan.since, kuripan.standing, kuripan.is_desmigratif) == ("2016", "known", True)
    proposed = library.desmigratif["53.07.08.2003"]
    assert (proposed.since, proposed.standing, proposed.is_desmigratif) == (
        "2019", "candidate", False,
    )  # fmt: skip


def test_the_villages_are_those_of_the_area_data(library: Library) -> None:
    if not AREAS.exists():
        missing(str(AREAS), "Copy it from the area data that the project ships.")
    with AREAS.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    for village in library.villages.values():
        assert village.area in names, village
        folded = re.sub(r"[^a-z]+", "-", names[village.area].casefold())
        assert village.code.startswith(f"{folded}-"), (village, names[village.area])
