"""What people read: the translation where there is a sound one, else the present Indonesian."""

from datetime import date
from pathlib import Path

import pytest

import locales.catalogs
from flows.errors import BadCatalog
from flows.text import Month, Text, Value, t, tc, verbatim
from locales import check
from locales.catalogs import Catalogs, Messages, catalog_file, read_catalog, read_messages
from locales.languages import load_languages

CODES = [known.language.code for known in load_languages()]
REGIONAL = [code for code in CODES if code not in ("id", "en")]

HELLO = t("Halo {name}, ada {count} surat", name="Siti", count=3)
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog of every language, for a test to write."""
    file = tmp_path / "messages.po"
    monkeypatch.setattr(locales.catalogs, "catalog_file", lambda language: file)
    return file


def speaking(translation: str, sentence: Text = HELLO) -> Catalogs:
    """Catalogs in which Sundanese has this translation of this one sentence."""
    messages: Messages = {(sentence.context, sentence.msgid): translation}
    return Catalogs({"su": messages})


def test_every_catalog_is_in_order() -> None:
    assert list(check.faults()) == []


@pytest.mark.parametrize("code", [code for code in CODES if code != "id"])
def test_every_language_has_a_catalog_that_says_something_of_its_own(code: str) -> None:
    assert catalog_file(code).is_file()
    assert Catalogs().say(t("Kembali"), code) != "Kembali"


def test_indonesian_is_said_as_it_is_written() -> None:
    assert Catalogs().say(HELLO, "id") == "Halo Siti, ada 3 surat"


def test_a_translation_may_move_the_values() -> None:
    assert speaking("{count} serat kanggo {name}").say(HELLO, "su") == "3 serat kanggo Siti"


def test_a_context_tells_equal_sentences_apart() -> None:
    catalogs = Catalogs({"su": {("month", "Mei"): "Méi", ("", "Mei"): "?"}})
    assert catalogs.say(tc("month", "Mei"), "su") == "Méi"
    assert catalogs.say(tc("name", "Mei"), "su") == "Mei"


@pytest.mark.parametrize(
    "entry",
    [
        "",
        'msgid "Kembali"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Kembali"\nmsgstr "Balik"\n',
        'msgctxt "elsewhere"\nmsgid "Kembali"\nmsgstr "Balik"\n',
        '#~ msgid "Kembali"\n#~ msgstr "Balik"\n',
    ],
    ids=["missing", "empty", "fuzzy", "other context", "obsolete"],
)
def test_without_a_sound_translation_people_read_indonesian(po: Path, entry: str) -> None:
    po.write_text(f'{HEADER}\n{entry}\nmsgid "Mulai"\nmsgstr "Mimiti"\n', encoding="utf-8")
    catalogs = Catalogs()
    assert catalogs.say(t("Kembali"), "su") == "Kembali"
    assert catalogs.say(t("Mulai"), "su") == "Mimiti"


def test_a_draft_is_used(po: Path) -> None:
    draft = '# draf: belum ditinjau penutur asli\nmsgid "Mulai"\nmsgstr "Mimiti"\n'
    po.write_text(f"{HEADER}\n{draft}", encoding="utf-8")
    assert Catalogs().say(t("Mulai"), "su") == "Mimiti"


def test_a_language_without_a_catalog_reads_indonesian() -> None:
    assert Catalogs().say(HELLO, "mad") == "Halo Siti, ada 3 surat"


def test_a_catalog_is_read_once(po: Path) -> None:
    po.write_text(f'{HEADER}\nmsgid "Mulai"\nmsgstr "Mimiti"\n', encoding="utf-8")
    catalogs = Catalogs()
    said = catalogs.say(t("Mulai"), "su")
    po.unlink()
    assert catalogs.say(t("Mulai"), "su") == said == "Mimiti"


def test_values_that_are_sentences_are_translated() -> None:
    catalogs = Catalogs(
        {"su": {("", "Urus {what}"): "Urus {what} heula", ("d", "Paspor"): "Paspot"}}
    )
    assert catalogs.say(t("Urus {what}", what=tc("d", "Paspor")), "su") == "Urus Paspot heula"


def test_what_is_said_can_be_compared_with_typed_words() -> None:
    catalogs = speaking("Wilujeng, {name}: {count} SERAT!")
    assert catalogs.folded(HELLO, "su") == "wilujeng siti 3 serat"
    assert catalogs.folded(t("Sudah siap!"), "id") == "sudah siap"
    assert catalogs.folded(t("Sudah siap!"), "id") == "sudah siap"


def test_sentences_may_stand_in_sentences_in_sentences() -> None:
    inner = t("({ready} dari {total})", ready=1, total=8)
    assert Catalogs().say(t("{a} {b}", a=t("Paspor"), b=inner), "id") == "Paspor (1 dari 8)"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (date(2026, 11, 22), "22 November 2026", "22 November 2026"),
        (date(2027, 8, 5), "5 Agustus 2027", "5 August 2027"),
        (Month(2027, 3), "Maret 2027", "March 2027"),
        (Month(2031, 10), "Oktober 2031", "October 2031"),
        (8, "8", "8"),
        (1234567, "1.234.567", "1,234,567"),
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1.000", "1,000"),
    ],
)
def test_dates_and_numbers_follow_indonesian_everywhere_but_in_english(
    value: Value, indonesian: str, english: str
) -> None:
    said = {code: Catalogs().say(t("{value}", value=value), code) for code in [*CODES, "mad"]}
    assert said.pop("en") == english
    assert set(said.values()) == {indonesian}
    assert {"id", *REGIONAL, "mad"} == set(said)


@pytest.mark.parametrize(
    "broken",
    ["Halo {nama}", "Halo {}", "Halo {0}", "Halo {name", "Halo }", "Halo {name:d}", "{name!z}"],
)
def test_a_translation_that_cannot_be_filled_gives_way_to_indonesian(broken: str) -> None:
    assert speaking(broken).say(HELLO, "su") == "Halo Siti, ada 3 surat"


def test_a_translation_may_leave_a_value_out_without_breaking() -> None:
    assert speaking("Halo").say(HELLO, "su") == "Halo"


@pytest.mark.parametrize(
    "words", ["{0.__class__}", "{name.__class__}", "{", "}", "{{x}}", "%s %(name)s", "<b>&amp;"]
)
def test_what_people_wrote_is_shown_literally(words: str) -> None:
    catalogs = speaking("Wilujeng {name}, {count}", HELLO)
    assert catalogs.say(t("Dari {who}", who=words), "id") == f"Dari {words}"
    assert catalogs.say(t(HELLO.msgid, name=words, count=1), "su") == f"Wilujeng {words}, 1"
    assert catalogs.say(verbatim(words), "su") == words
    assert catalogs.say(t("Ke {a}", a=t("sini {b}", b=words)), "id") == f"Ke sini {words}"


def test_braces_in_a_sentence_without_values_are_shown_literally() -> None:
    assert Catalogs().say(t("Tulis {begini}"), "id") == "Tulis {begini}"


@pytest.mark.parametrize(
    "written",
    [
        b"this is no catalog\n",
        b"<<<<<<< HEAD\n" + HEADER.encode(),
        HEADER.encode() + b'\nmsgid "Mulai"\n',
        HEADER.encode() + b'\nmsgid "Mulai"\nmsgstr "\xe9"\n',
    ],
    ids=["junk", "conflict", "half a message", "not utf-8"],
)
def test_a_broken_catalog_is_named_with_the_remedy(po: Path, written: bytes) -> None:
    po.write_bytes(written)
    with pytest.raises(BadCatalog, match=r"locales/su: .*Mend it"):
        read_catalog("su")


def test_a_missing_catalog_is_named_with_the_command_that_writes_it(po: Path) -> None:
    with pytest.raises(BadCatalog, match=r"locales/su: .*python -m locales new su"):
        read_catalog("su")


@pytest.mark.parametrize("written", [None, b"this is no catalog\n"])
def test_with_a_broken_or_missing_catalog_people_read_indonesian(
    po: Path, written: bytes | None
) -> None:
    if written:
        po.write_bytes(written)
    assert read_messages("su") == {}
    assert Catalogs().say(HELLO, "su") == "Halo Siti, ada 3 surat"
