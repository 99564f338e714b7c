"""Bringing catalogs up to date: no translation is lost, and what changed is marked, not shown."""

import sys
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from flows.library import Language
from locales.catalogs import SOURCE, read_catalog, shown
from locales.extract import extract_all
from locales.languages import Catalogued, load_languages
from locales.merge import DRAFT, as_po, merged

Entry = tuple[str, str]
"""Context and sentence."""

MADURESE = Catalogued(Language("mad", "Bhâsa Madhurâ", "Ngèrèng.", False), "èngghi-bhunten", "core")
TRANSLATED = [known for known in load_languages() if known.language.code != SOURCE]

BACK, START = ("", "Kembali"), ("", "Mulai")
BRING = ("document.paspor.what", "Bawa KTP asli ke kantor imigrasi.")
BRING_TWO = ("document.paspor.what", "Sekarang semua serba elektronik.")
COPY = ("document.bring", "KTP asli dan fotokopi")
COPY_TWO = ("document.bring", "KTP asli dan dua fotokopi")
PHOTO = ("document.bring", "Pasfoto 4x6")
ASK = ("", "Kalau ragu, tanyakan dulu ke petugas desa sebelum membayar.")
ASK_TWO = ("", "Kalau ragu, tanyakan dulu ke petugas desa sebelum berangkat.")


def program(*entries: Entry) -> Catalog:
    """The sentences of the program, as the extractor finds them."""
    template = Catalog(charset="utf-8")
    for line, (context, sentence) in enumerate(entries, start=1):
        template.add(sentence, None, [("flows/x.py", line)], context=context or None)
    return template


def translated(*entries: Entry, fuzzy: bool = False, comment: str = DRAFT) -> Catalog:
    """An old catalog, in which each translation is the sentence in capitals."""
    old = Catalog(charset="utf-8")
    flags, comments = ["fuzzy"] if fuzzy else [], [comment] if comment else []
    for context, sentence in entries:
        old.add(sentence, sentence.upper(), [("old.py", 9)], flags, [], comments,
                context=context or None)  # fmt: skip
    return old


def found(catalog: Catalog, entry: Entry) -> Message:
    message = catalog.get(entry[1], entry[0] or None)
    assert message is not None
    return message


def written_and_read(catalog: Catalog) -> Catalog:
    return read_po(BytesIO(as_po(catalog, MADURESE)), abort_invalid=True)


def said(catalog: Catalog) -> dict[Entry, tuple[str, bool, list[str]]]:
    """Each translation with whether it is fuzzy and what its translators remarked."""
    return {
        (message.context or "", str(message.id)): (
            str(message.string),
            message.fuzzy,
            message.user_comments,
        )
        for message in catalog
        if message.id
    }


def sentences(count: int) -> list[Entry]:
    return [
        ("", f"Kalimat {n}: bawa surat nomor {n * 7919} ke kantor desa sebelum hari ke-{n % 31}.")
        for n in range(count)
    ]


@pytest.fixture
def untraced() -> Iterator[None]:
    """Without the tracer of coverage, under which everything takes many times as long."""
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


def test_translations_stay() -> None:
    new = merged(program(BACK, BRING), translated(BACK, BRING))
    assert [found(new, entry).string for entry in (BACK, BRING)] == [
        "KEMBALI",
        "BAWA KTP ASLI KE KANTOR IMIGRASI.",
    ]
    assert not any(message.fuzzy for message in new if message.id)


def test_a_new_sentence_is_empty() -> None:
    assert found(merged(program(BACK, START), translated(BACK)), START).string == ""


def test_places_are_those_of_the_program() -> None:
    assert found(merged(program(BACK), translated(BACK)), BACK).locations == [("flows/x.py", 1)]


def test_the_order_is_that_of_the_program() -> None:
    new = merged(program(START, BRING, BACK), translated(BACK, BRING, START))
    assert [message.id for message in new if message.id] == [START[1], BRING[1], BACK[1]]


def test_a_changed_sentence_keeps_its_translation_by_its_context_as_fuzzy() -> None:
    message = found(merged(program(BRING_TWO), translated(BRING)), BRING_TWO)
    assert (message.string, message.fuzzy) == (BRING[1].upper(), True)
    assert message.previous_id == [BRING[1]]


def test_a_changed_sentence_without_context_is_matched_by_likeness() -> None:
    message = found(merged(program(BACK, ASK_TWO), translated(BACK, ASK)), ASK_TWO)
    assert (message.string, message.fuzzy) == (ASK[1].upper(), True)
    assert message.previous_id == [ASK[1]]


def test_an_unlike_sentence_without_context_is_not_matched() -> None:
    assert found(merged(program(START), translated(BACK)), START).string == ""


def test_lines_of_one_context_are_matched_by_likeness() -> None:
    new = merged(program(COPY_TWO, PHOTO), translated(COPY, PHOTO))
    assert found(new, COPY_TWO).string == COPY[1].upper()
    assert found(new, PHOTO).string == PHOTO[1].upper()
    assert (found(new, COPY_TWO).fuzzy, found(new, PHOTO).fuzzy) == (True, False)


def test_context_comes_before_likeness() -> None:
    nearly = ("document.ktp.what", "Bawa KTP asli ke kantor imigrasi!")
    new = merged(program(nearly, BRING_TWO), translated(BRING))
    assert found(new, nearly).string == ""
    assert found(new, BRING_TWO).string == BRING[1].upper()


def test_a_sentence_that_is_still_there_lends_its_translation_to_no_other() -> None:
    new = merged(program(ASK, ASK_TWO), translated(ASK))
    assert (found(new, ASK).fuzzy, found(new, ASK_TWO).string) == (False, "")


def test_what_is_gone_is_dropped() -> None:
    new = as_po(merged(program(BACK), translated(BACK, START)), MADURESE).decode()
    assert START[1] not in new
    assert START[1].upper() not in new


def test_an_old_message_without_translation_is_offered_to_nobody() -> None:
    old = program(BRING)
    message = found(merged(program(BRING_TWO), old), BRING_TWO)
    assert (message.string, message.fuzzy) == ("", False)


def test_a_draft_stays_a_draft() -> None:
    new = merged(program(BACK, BRING_TWO), translated(BACK, BRING))
    assert [found(new, entry).user_comments for entry in (BACK, BRING_TWO)] == [[DRAFT], [DRAFT]]


def test_a_reviewed_translation_stays_reviewed() -> None:
    assert found(merged(program(BACK), translated(BACK, comment="")), BACK).user_comments == []


def test_fuzzy_stays_fuzzy_until_a_translator_says_otherwise() -> None:
    new = merged(program(BACK), translated(BACK, fuzzy=True))
    assert found(new, BACK).fuzzy
    assert [message.id for message in shown(new)] == []


def test_bringing_up_to_date_twice_changes_nothing() -> None:
    template = program(BACK, START, BRING_TWO, ASK_TWO, COPY_TWO, PHOTO)
    once = merged(template, translated(BACK, BRING, ASK, COPY, PHOTO))
    assert as_po(merged(template, once), MADURESE) == as_po(once, MADURESE)


def test_what_is_written_is_read_and_written_alike() -> None:
    template = program(BACK, START, BRING, COPY, PHOTO)
    once = merged(template, translated(BACK, BRING, COPY, PHOTO))
    again = merged(template, written_and_read(once))
    assert as_po(again, MADURESE) == as_po(once, MADURESE)


def test_the_previous_sentence_is_written_for_the_translator() -> None:
    lines = as_po(merged(program(BRING_TWO), translated(BRING)), MADURESE).decode().splitlines()
    assert "#, fuzzy" in lines
    assert f'#| msgid "{BRING[1]}"' in lines


def test_the_header_names_the_language_and_its_register() -> None:
    header = as_po(program(BACK), MADURESE).decode().partition("\n\n")[0]
    assert '"Language: mad\\n"' in header
    assert '"X-Register: èngghi-bhunten\\n"' in header
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in header


def test_the_template_names_no_language() -> None:
    assert '"Language: \\n"' in as_po(program(BACK), None).decode()


@pytest.mark.usefixtures("untraced")
def test_two_thousand_messages_with_a_hundred_changed_take_less_than_five_seconds() -> None:
    before = sentences(2000)
    after = [
        (context, sentence.replace("kantor desa", "balai desa") if n % 20 == 0 else sentence)
        for n, (context, sentence) in enumerate(before)
    ]
    template, old = program(*after), translated(*before)
    start = time.process_time()
    new = merged(template, old)
    assert time.process_time() - start < 5
    assert sum(message.fuzzy for message in new if message.id) == 100


@pytest.mark.parametrize("known", TRANSLATED, ids=lambda known: known.language.code)
def test_updating_the_real_catalogs_loses_nothing(known: Catalogued) -> None:
    old = read_catalog(known.language.code)
    new = read_po(BytesIO(as_po(merged(extract_all(), old), known)), abort_invalid=True)
    assert said(new) == said(old)
