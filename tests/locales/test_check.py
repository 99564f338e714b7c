"""What `python -m locales` finds, refuses and writes: extraction, checks and commands."""

import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

import locales
from flows.library import FILES as CONTENT_FILES
from flows.text import t
from locales import __main__ as commands
from locales import check
from locales.catalogs import Catalogs, read_catalog
from locales.check import is_core, message_faults
from locales.extract import _from_python, extract_all, from_content
from locales.merge import DRAFT, as_po
from tests.small import FILES

HERE = Path(locales.__file__).parent
MADURESE = """
[[language]]
code = "mad"
name = "Bhâsa Madhurâ"
invitation = "Ngèrèng pèlè bhâsana."
reviewed = false
register = "èngghi-bhunten"
calls = ["tolong"]
dangers = ["ésekkep"]
complete = "core"
"""

FAULTLESS = [
    ("Halo {name}", "Wilujeng {name}"),
    ("{ready} dari {total} siap.", "{total}: {ready} siap."),
    ("Rp10.000 per 1 Mei", "Sasih Méi tanggal 1: Rp10.000"),
    ("Lihat siskop2mi.bp2mi.go.id", "Tingali siskop2mi.bp2mi.go.id"),
    ("Kurang dari 3 < 4", "Kirang ti 3 < 4"),
    ("Ya", "Leres pisan, sumuhun, mangga dilajengkeun"),
    ("Kembali", "B" * 48),
]

FAULTY = [
    ("Halo {name}", "Wilujeng", "the names in braces differ: expected ['name']"),
    ("Halo {name}", "Wilujeng {nami}", "the names in braces differ: expected ['name']"),
    ("Halo {name}", "{name} {name}", "the names in braces differ: expected ['name']"),
    ("Halo", "Wilujeng {name}", "the names in braces differ: expected []"),
    ("Halo {name}", "Wilujeng {name.nami}", "the names in braces differ: expected ['name']"),
    ("Halo {name}", "Wilujeng {name", "write each {name} in whole braces"),
    ("Halo {name}", "Wilujeng name}", "write each {name} in whole braces"),
    ("Umur 18 tahun", "Umur 17 taun", "the numbers differ: expected ['18']"),
    ("Umur 18 tahun", "Umur dalapan welas", "the numbers differ: expected ['18']"),
    ("1 dari 1", "1", "the numbers differ: expected ['1', '1']"),
    ("Rp10.000", "Rp10.0000", "the numbers differ: expected ['000', '10']"),
    ("Lihat bp2mi.go.id", "Tingali", "the links differ: expected ['bp2mi.go.id']"),
    ("Lihat", "Tingali contoh.com", "the links differ: expected []"),
    ("Penting", "<b>Penting</b>", "it holds a tag: write plain words"),
    ("Penting", "Penting</b>", "it holds a tag: write plain words"),
    ("Kembali", "B" * 49, "49 characters for 7: say it shorter"),
    ("K" * 100, "B" * 181, "181 characters for 100: say it shorter"),
]


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extract_all()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of all catalogs, on which the commands work instead."""
    folder = shutil.copytree(HERE, tmp_path / "locales", ignore=shutil.ignore_patterns("*.py*"))
    monkeypatch.setattr(commands, "HERE", folder)
    for module in ("locales.catalogs", "locales.languages"):
        monkeypatch.setattr(f"{module}.files", lambda package: tmp_path / package)
    return folder


@pytest.fixture
def with_madurese(copy: Path) -> Path:
    """The copy, in which somebody has described a language that Babel does not know."""
    with (copy / "languages.toml").open("a", encoding="utf-8") as file:
        file.write(MADURESE)
    return copy


def po(folder: Path, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / "messages.po"


def message(catalog: Catalog, sentence: str, context: str | None = None) -> Message:
    found = catalog.get(sentence, context)
    assert found is not None, sentence
    return found


def change(folder: Path, code: str, old: str, new: str) -> None:
    written = po(folder, code).read_text(encoding="utf-8")
    assert old in written
    po(folder, code).write_text(written.replace(old, new, 1), encoding="utf-8")


def standings(capsys: pytest.CaptureFixture[str]) -> dict[str, list[int]]:
    """What `status` printed: translated, drafts, fuzzy and empty, by language."""
    lines = capsys.readouterr().out.strip().splitlines()
    return {line.partition(":")[0]: [int(n) for n in re.findall(r"\d+", line)] for line in lines}


@pytest.mark.parametrize(("source", "translation"), FAULTLESS)
def test_a_sound_translation_has_no_fault(source: str, translation: str) -> None:
    assert list(message_faults(source, translation)) == []


@pytest.mark.parametrize(("source", "translation", "expected"), FAULTY)
def test_what_a_translation_lost_or_added_is_named(
    source: str, translation: str, expected: str
) -> None:
    assert any(expected in fault for fault in message_faults(source, translation))


def test_all_faults_of_a_message_come_at_once() -> None:
    assert len(list(message_faults("Halo {name}, 18, contoh.com", "<b>17</b>"))) == 4


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("", True),
        ("advice.under-18.body", True),
        ("destination.taiwan.caution", True),
        ("document.bring", True),
        ("document.paspor.what", True),
        ("document.izin-keluarga.mistakes", True),
        ("office.desa.name", True),
        ("document.kk.what", False),
        ("office.desa.where", False),
        ("route.p3mi.explanation", False),
        ("contact.kp2mi.hours", True),
    ],
)
def test_a_regional_language_must_say_what_nobody_can_do_without(
    context: str, expected: bool
) -> None:
    assert is_core(context) == expected


def test_what_only_officers_read_may_stay_indonesian() -> None:
    assert not is_core("", ["flows/officer/people.py", "storage/contact_faults.py"])
    assert is_core("", ["flows/officer/people.py", "flows/village/page.py"])
    assert is_core("", ["flows/officer/invitation.py"])


MUTE = ("source", "village")
"""Kinds of content that hold no sentence to translate."""


def test_sentences_of_the_program_are_found_with_their_places(template: Catalog) -> None:
    back = message(template, "Kembali")
    assert "flows/engine.py" in [place for place, _ in back.locations]
    assert message(template, "{ready} dari {total} siap.").locations


def test_sentences_of_the_doors_are_found_too(template: Catalog) -> None:
    places = {place.partition("/")[0] for found in template for place, _ in found.locations}
    assert places == {"bot", "flows", "storage"}


def test_a_sentence_in_two_places_is_found_once_with_both(template: Catalog) -> None:
    places = [place for place, _ in message(template, "Bantuan dan nomor penting").locations]
    assert len(places) > 1


def test_sentences_of_the_content_are_found_with_their_source(template: Catalog) -> None:
    taiwan = message(template, "Taiwan", "destination.taiwan.name")
    assert taiwan.locations[0][0] == "flows/content/destinations.toml"
    assert taiwan.auto_comments[0].startswith("Sumber: kepdirjen-2022-04, ")


@pytest.mark.parametrize("name", [f for kind, f in CONTENT_FILES.items() if kind not in MUTE])
def test_every_file_of_the_content_is_read(template: Catalog, name: str) -> None:
    places = {place for found in template for place, _ in found.locations}
    assert f"flows/content/{name}" in places


def test_the_line_of_a_sentence_is_that_of_its_item(template: Catalog) -> None:
    text = files("flows").joinpath("content", "destinations.toml").read_text(encoding="utf-8")
    _, line = message(template, "Taiwan", "destination.taiwan.name").locations[0]
    assert text.splitlines()[line - 1] == 'code = "taiwan"'


def test_python_is_searched_for_both_functions_and_comments() -> None:
    source = (
        b'# translators: a verb\nx = t("Halo {name}", name=y)\nz = tc("month", "Mei")\nf("no")\n'
    )
    found = [tuple(entry) for entry in _from_python(source)]
    assert found == [
        (2, "Halo {name}", ["translators: a verb"], None),
        (3, "Mei", [], "month"),
    ]


def test_content_is_searched_for_sentences_and_lists_of_them() -> None:
    found = list(from_content("advice", FILES["advice.toml"]))[:3]
    assert [entry[1:] for entry in found] == [
        ("advice.under-18.title", "Tentang under-18", "Sumber: law"),
        ("advice.body", "Penjelasan.", "Sumber: law"),
        ("advice.body", "Lapor.", "Sumber: law"),
    ]


def test_codes_and_numbers_of_the_content_are_no_sentences() -> None:
    found = {sentence for _, _, sentence, _ in from_content("contact", FILES["contacts.toml"])}
    assert found == {"KP2MI", "Kemlu", "24 jam."}


def test_the_template_equals_the_program(template: Catalog) -> None:
    written = (HERE / "messages.pot").read_bytes()
    assert written == as_po(template, None), "run: python -m locales update"


def test_a_copy_of_the_catalogs_is_in_order(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check"]) == 0
    assert capsys.readouterr().out == "Every catalog is in order.\n"


def test_check_names_the_file_the_message_and_the_fault(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, "su", "{ready} ti {total} dokumén", "{siap} ti {total} dokumén")
    assert commands.main(["check"]) == 1
    expected = "locales/su: '{ready} dari {total} dokumen siap.': the names in braces differ"
    assert capsys.readouterr().out.startswith(expected)


def test_check_misses_a_sentence_that_must_be_translated(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, "en", 'msgstr "Back"', 'msgstr ""')
    assert commands.main(["check"]) == 1
    assert capsys.readouterr().out == ("locales/en: 'Kembali' is not translated: translate it\n")


def test_check_takes_a_fuzzy_translation_for_none(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, "en", 'msgid "Kembali"', '#, fuzzy\nmsgid "Kembali"')
    assert commands.main(["check"]) == 1
    assert "'Kembali' is not translated" in capsys.readouterr().out


def test_check_finds_a_catalog_that_is_not_up_to_date(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, "jv", 'msgid "Kembali"', 'msgid "Kembali dulu"')
    assert commands.main(["check"]) == 1
    assert "locales/jv: not up to date: run python -m locales update" in capsys.readouterr().out


def test_check_names_broken_catalogs_and_looks_at_the_others(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    po(copy, "jv").write_text("broken")
    po(copy, "su").unlink()
    assert commands.main(["check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == ["locales/jv", "locales/su"]


def test_a_broken_list_of_languages_is_named_with_the_remedy(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "languages.toml").write_text('[[language]]\ncode = "id"\n')
    assert commands.main(["check"]) == 1
    assert "languages.toml: 'calls': compare with the language" in capsys.readouterr().err


@pytest.mark.parametrize("calls", ['"tolong"', "[]", '["!!"]', "[3]"])
def test_words_that_call_for_help_are_words(
    copy: Path, capsys: pytest.CaptureFixture[str], calls: str
) -> None:
    file = copy / "languages.toml"
    old = re.search(r"calls = .*", file.read_text(encoding="utf-8"))
    assert old
    file.write_text(file.read_text(encoding="utf-8").replace(old[0], f"calls = {calls}", 1))
    assert commands.main(["check"]) == 1
    assert "calls of 'id': write" in capsys.readouterr().err


def test_status_counts_drafts_fuzzy_and_empty(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["status"]) == 0
    before = standings(capsys)
    change(copy, "su", f"# {DRAFT}\n", "")
    change(copy, "jv", 'msgid "Kembali"', '#, fuzzy\nmsgid "Kembali"')
    change(copy, "en", 'msgstr "Back"', 'msgstr ""')
    assert commands.main(["status"]) == 0
    after = standings(capsys)
    changes = {code: [b - a for a, b in zip(before[code], after[code], strict=True)]
               for code in before}  # fmt: skip
    assert changes == {"jv": [-1, -1, 1, 0], "su": [0, -1, 0, 0], "en": [-1, 0, 0, 1]}


def test_status_names_a_broken_catalog(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po(copy, "jv").write_text("broken")
    assert commands.main(["status"]) == 1
    assert "locales/jv: " in capsys.readouterr().err


def test_update_writes_every_file_and_the_same_again(
    copy: Path, capsys: pytest.CaptureFixture[str], template: Catalog
) -> None:
    written = [copy / "messages.pot", *(po(copy, code) for code in ("jv", "su", "en"))]
    written[0].unlink()
    assert commands.main(["update"]) == 0
    assert set(standings(capsys)) == {"jv", "su", "en"}
    before = [file.read_bytes() for file in written]
    assert before[0] == as_po(template, None)
    assert commands.main(["update"]) == 0
    assert [file.read_bytes() for file in written] == before


def test_update_brings_back_what_was_missing_and_drops_what_is_gone(copy: Path) -> None:
    change(copy, "su", 'msgid "Kembali"', 'msgid "Kalimat lama yang sudah tidak ada"')
    assert commands.main(["update"]) == 0
    sentences = {str(found.id) for found in read_catalog("su")}
    assert "Kembali" in sentences
    assert "Kalimat lama yang sudah tidak ada" not in sentences


def test_new_writes_a_catalog_for_a_language_that_babel_does_not_know(
    with_madurese: Path, capsys: pytest.CaptureFixture[str], template: Catalog
) -> None:
    assert commands.main(["new", "mad"]) == 0
    assert capsys.readouterr().out == f"{po(with_madurese, 'mad')}\n"
    written = read_catalog("mad")
    assert len([found for found in written if found.id]) == len(template)
    assert not any(found.string for found in written if found.id)
    assert '"X-Register: èngghi-bhunten\\n"' in po(with_madurese, "mad").read_text("utf-8")


def test_the_new_language_reads_indonesian_until_it_is_translated(with_madurese: Path) -> None:
    commands.main(["new", "mad"])
    assert Catalogs().say(t("Kembali"), "mad") == "Kembali"
    change(with_madurese, "mad", 'msgid "Kembali"\nmsgstr ""', 'msgid "Kembali"\nmsgstr "Abâli"')
    assert Catalogs().say(t("Kembali"), "mad") == "Abâli"


def test_new_refuses_a_language_that_nobody_described(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["new", "mad"]) == 1
    expected = "mad is not in locales/languages.toml: describe it there first\n"
    assert capsys.readouterr().err == expected
    assert not po(copy, "mad").exists()


def test_new_refuses_the_language_of_the_sentences(copy: Path) -> None:
    assert commands.main(["new", "id"]) == 1
    assert not po(copy, "id").exists()


def test_new_refuses_to_write_over_a_catalog(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = po(copy, "su").read_bytes()
    assert commands.main(["new", "su"]) == 1
    assert "exists already: run python -m locales update" in capsys.readouterr().err
    assert po(copy, "su").read_bytes() == before


@pytest.mark.parametrize("arguments", [[], ["new"], ["translate"]])
def test_what_is_no_command_is_explained(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m locales" in capsys.readouterr().err


def test_check_counts_on_the_real_catalogs() -> None:
    standing = check.standing("en")
    assert (standing.code, standing.fuzzy, standing.empty) == ("en", 0, 0)
