"""Contacts in a file are taken whole, or everything that is wrong with the file is named."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import StringIO
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text import Text
from flows.village.kept import KINDS, Kind, VillageContact
from locales.catalogs import Catalogs
from storage.contact_faults import MOST_ROWS
from storage.contact_files import (
    COLUMNS,
    MOST_BYTES,
    MOST_FAULTS,
    MOST_IN_NAME,
    MOST_LETTERS,
    ContactLine,
    Faults,
    read_contacts,
    write_contacts,
)
from storage.phones import as_dialled

TODAY = date(2026, 11, 22)
HEADER = "nomor,jenis,nama,telepon,keterangan,diperiksa"
SITI = ContactLine(0, "officer", "Siti Aminah", "+6281234567890", "", None)
WHOLE = ContactLine(3, "head", "Budi", "+62286321345", "Balai desa, pagi", date(2026, 11, 20))
CATALOGS = Catalogs()


def read(content: str | bytes) -> tuple[ContactLine, ...]:
    lines = read_contacts(content.encode() if isinstance(content, str) else content, TODAY)
    assert not isinstance(lines, Faults), said(lines.said)
    return lines


def faults(content: str | bytes) -> list[str]:
    lines = read_contacts(content.encode() if isinstance(content, str) else content, TODAY)
    assert isinstance(lines, Faults), lines
    return said(lines.said)


def said(sentences: Iterable[Text]) -> list[str]:
    return [CATALOGS.say(sentence, "id") for sentence in sentences]


def file(*rows: str) -> str:
    return "\r\n".join((HEADER, *rows, ""))


def cells(number: str = "", kind: str = "petugas", name: str = "Siti", phone: str = "",
          note: str = "", day: str = "") -> str:  # fmt: skip
    """A file with one row of these cells."""
    content = StringIO(newline="")
    csv.writer(content).writerows((COLUMNS, (number, kind, name, phone, note, day)))
    return content.getvalue()


ROW = 'petugas,"Siti Aminah",0812 3456 7890'
LINES = f"jenis,nama,telepon\n{ROW}\n"

FILES_WITH_SITI: dict[str, str | bytes] = {
    "plain": LINES,
    "with a byte order mark": LINES.encode("utf-8-sig"),
    "in UTF-16 of Excel": LINES.encode("utf-16"),
    "in UTF-16 the other way round": b"\xfe\xff" + LINES.encode("utf-16-be"),
    "lines of Windows": LINES.replace("\n", "\r\n"),
    "lines of old Macs": LINES.replace("\n", "\r"),
    "no end of the last line": LINES.rstrip(),
    "semicolons": LINES.replace(",", ";"),
    "tabs": LINES.replace(",", "\t"),
    "everything quoted": '"jenis","nama","telepon"\n"petugas","Siti Aminah","0812 3456 7890"\n',
    "spaces around": " jenis , nama , telepon \n petugas , Siti Aminah , 0812 3456 7890 \n",
    "capitals": LINES.replace("jenis,nama,telepon", "JENIS,Nama,TELEPON"),
    "other order": "telepon,nama,jenis\n0812-3456-7890,Siti Aminah,petugas\n",
    "synonyms": "Jabatan,Nama Lengkap,No. HP,Catatan\npetugas,Siti Aminah,081234567890,\n",
    "every column": file(f",{ROW},,"),
    "fewer cells than columns": file(f",{ROW}"),
    "more cells, all empty": f"jenis,nama,telepon\n{ROW},,, ,\n",
    "columns without a title, all empty": f"jenis,nama,telepon,,\n{ROW},,\n",
    "empty rows between": f"\n,,\njenis,nama,telepon\n\n,,\n{ROW}\n , ,\n",
    "a label for the kind": LINES.replace("petugas", "Petugas desa"),
    "a code for the kind": LINES.replace("petugas", "officer"),
    "a telephone that lost its zero": LINES.replace("0812", "812"),
    "a telephone in Arabic digits": LINES.replace("0812 3456 7890", "٠٨١٢٣٤٥٦٧٨٩٠"),
    "a telephone copied with its marks": LINES.replace(
        "0812 3456 7890", "\u202a+62 812-3456-7890\u202c"
    ),
    "a telephone with a guard": LINES.replace("0812", "'+62 812"),
}


@pytest.mark.parametrize("content", FILES_WITH_SITI.values(), ids=FILES_WITH_SITI)
def test_a_file_is_read_in_every_dialect(content: str | bytes) -> None:
    assert read(content) == (SITI,)


def test_a_file_with_everything_is_read_whole() -> None:
    whole = '3,Kepala Desa,Budi,(0286) 321345,"Balai desa, pagi",2026-11-20'
    assert read(file(whole, f",{ROW},,")) == (WHOLE, SITI)


KINDS_SAID = {
    "kepala desa": "head", "Kades": "head", "LURAH": "head", "head": "head",
    "petugas": "officer", "Petugas desa": "officer",
    "pos": "post", "Pos layanan": "post",
    "lain": "other", "lainnya": "other", "lain-lain": "other", "Kontak lain": "other",
}  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), KINDS_SAID.items())
def test_a_kind_may_be_said_in_several_words(said: str, kind: Kind) -> None:
    assert [line.kind for line in read(cells(kind=said))] == [kind]


@pytest.mark.parametrize("day", ["2026-11-20", "20-11-2026", "20/11/2026", "20.11.2026"])
def test_a_day_may_be_written_in_four_ways(day: str) -> None:
    assert [line.verified_on for line in read(cells(day=day))] == [date(2026, 11, 20)]


def test_today_is_not_to_come() -> None:
    assert [line.verified_on for line in read(cells(day="22-11-2026"))] == [TODAY]


WORDS_KEPT = {
    "a formula": "=1+1",
    "a command": '=HYPERLINK("http://x","y")',
    "a tag": "<b>Siti</b> & <script>",
    "braces": "{0} {name} {",
    "percent": "%s %(name)s",
    "quotes": 'Pak "Jo" Joko',
    "a quote at the front": "'Abd",
    "a quote after a comma": "pagi, 'Abd",
    "other scripts": "ꦱꦶꦠꦶ سيتي 🙂",
    "accents": "Nur’aini Ǧāmiʿ",
    "two spaces": "Siti  Aminah",
    "an escape": r"C:\new\0",
    "NULL": "NULL",
    "as long as may be": "a" * MOST_IN_NAME,
}


@pytest.mark.parametrize("words", WORDS_KEPT.values(), ids=WORDS_KEPT)
def test_words_are_kept_as_they_are(words: str) -> None:
    assert [(line.name, line.note) for line in read(cells(name=words, note=words))] == [
        (words, words)
    ]


WHOLE_FILES_REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing in it": ("", "kosong. Tulis di baris pertama: nomor,jenis,nama,telepon"),
    "only a byte order mark": (b"\xef\xbb\xbf", "kosong"),
    "only empty lines": ("\r\n \r\n,,,\r\n", "kosong"),
    "only a header": (HEADER, "Belum ada kontak"),
    "only a header and empty rows": (file(",,,,,", "", " ,"), "Belum ada kontak"),
    "no header": (ROW, "Judul kolom belum ada. Tulis di baris pertama: nomor,jenis"),
    "a header in English": ("kind,name,phone\n" + ROW, "Judul kolom belum ada"),
    "a letter": ("Yth. Bapak Kepala Desa,\ndengan hormat", "Judul kolom belum ada"),
    "JSON": ('{"nama": "Siti"}', "Judul kolom belum ada"),
    "a card of a telephone": ("BEGIN:VCARD\nFN:Siti\nEND:VCARD", "Judul kolom belum ada"),
    "an unknown column": ("jenis,nama,telepon,alamat\n" + ROW, "“alamat”"),
    "a column of somebody's number": ("jenis,nama,telepon,NIK\n" + ROW, "“NIK”"),
    "a column of an officer's own numbers": ("No,jenis,nama,telepon\n1," + ROW, "“No”"),
    "a missing column": ("jenis,nama\npetugas,Siti", "Kolom telepon belum ada"),
    "a column twice": ("jenis,nama,hp,Telp\n" + ROW, "telepon ada lebih dari satu: “hp”, “Telp”"),
    "a column three times": ("jenis,nama,nama,nama,telepon\n" + ROW, "nama ada lebih dari satu"),
    "a thousand columns": ("jenis,nama,telepon" + ",x" * 1000, "“x”, …"),
    "CP1252": ("jenis,nama,telepon\npetugas,Zoë,".encode("cp1252"), "CSV UTF-8"),
    "mixed": (LINES.encode() + "petugas,Zoë,".encode("cp1252"), "CSV UTF-8"),
    "a lone byte": (LINES.encode() + b"\x80", "CSV UTF-8"),
    "half a letter": (LINES.encode() + "é".encode()[:1], "CSV UTF-8"),
    "half of UTF-16": (LINES.encode("utf-16")[:-1], "CSV UTF-8"),
    "UTF-16 without a mark": (LINES.encode("utf-16-le"), "CSV UTF-8"),
    "UTF-32": (LINES.encode("utf-32"), "CSV UTF-8"),
    "a zero byte": (LINES.replace("Siti", "Si\0ti"), "CSV UTF-8"),
    "only zero bytes": (b"\0" * 1000, "CSV UTF-8"),
    "a compressed file": (b"\x1f\x8b\x08\0\0\0", "CSV UTF-8"),
    "XLSX": (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "Excel atau LibreOffice"),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, "Excel atau LibreOffice"),
    "a huge XLSX": (b"PK\x03\x04" + b"\0" * MOST_BYTES, "Excel atau LibreOffice"),
    "XLS": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "Excel atau LibreOffice"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "foto"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "foto"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "foto"),
    "HTML": ("\n <!DOCTYPE html><table><tr><td>nama", "halaman web"),
    "HTML with a byte order mark": ("\ufeff<html>", "halaman web"),
    "XML of old Excel": ('<?xml version="1.0"?><Workbook>', "halaman web"),
    "too big": (LINES + "\n" * MOST_BYTES, "lebih dari 1 MB"),
    "one row too many": ("jenis,nama,telepon\n" + "lain,a,\n" * (MOST_ROWS + 1), "lebih dari 500"),
}


@pytest.mark.parametrize(("content", "why"), WHOLE_FILES_REFUSED.values(), ids=WHOLE_FILES_REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(
    content: str | bytes, why: str
) -> None:
    (only,) = faults(content)
    assert why in only


def test_a_misspelt_title_is_one_that_is_unknown_and_one_that_is_missing() -> None:
    unknown, missing = faults("jenis,nama,telefone,alamat\n" + ROW)
    assert "kami kenal: “telefone”, “alamat”. Kolom yang bisa dipakai: nomor, jenis," in unknown
    assert missing == "Kolom telepon belum ada. Tambahkan di baris judul."


ROWS_REFUSED = {
    "no kind": (cells(kind=""), "kolom jenis masih kosong. Tulis salah satu: kepala desa, petu"),
    "an unknown kind": (cells(kind="Sekretaris"), "kolom jenis: “Sekretaris” bukan jenis kontak"),
    "no name": (cells(name=""), "kolom nama masih kosong"),
    "a name of spaces": (cells(name="  "), "kolom nama masih kosong"),
    "a name too long": (cells(name="a" * (MOST_IN_NAME + 1)), "nama terlalu panjang"),
    "a note too long": (cells(note="a" * (MOST_LETTERS + 1)), "paling banyak 120 huruf"),
    "a very long cell": (cells(note="a" * 100_000), "paling banyak 120 huruf"),
    "a line in a name": (cells(name="Siti\nAminah"), "kolom nama berisi baris baru"),
    "a line in a note": (cells(note="pagi\r\nsore"), "kolom keterangan berisi baris baru"),
    "a tab in a name": (cells(name="Siti\tAminah"), "kolom nama berisi baris baru"),
    "a bell": (cells(name="Siti\a"), "tanda yang tidak terbaca"),
    "words turned around": (cells(name="Siti \u202egnatab"), "tanda yang tidak terbaca"),
    "a mark of direction": (cells(note="\u2067pagi"), "tanda yang tidak terbaca"),
    "a broken letter": (cells(name="Zo\ufffd"), "tanda yang tidak terbaca"),
    "a wrong telephone": (cells(phone="0812"), "telepon: “0812” bukan nomor telepon. Tulis satu"),
    "two telephones": (cells(phone="0286321345 / 0286321346"), "bukan nomor telepon"),
    "two telephones in two lines": (cells(phone="0286321345\n0286321346"), "bukan nomor telepon"),
    "an identity number": (cells(phone="3404010101900001"), "bukan nomor telepon"),
    "a dash for no telephone": (cells(phone="-"), "atau kosongkan"),
    "a telephone turned around": (cells(phone="\u202e0987654321"), "bukan nomor telepon"),
    "a telephone rounded by Excel": (cells(phone="8,12346E+10"), "sudah dibulatkan oleh Excel"),
    "a number that is none": (cells(number="tiga"), "kolom nomor: “tiga” bukan nomor kontak"),
    "number zero": (cells(number="0"), "bukan nomor kontak"),
    "a negative number": (cells(number="-1"), "bukan nomor kontak"),
    "a broken number": (cells(number="1,5"), "bukan nomor kontak"),
    "a number with zeros": (cells(number="003"), "bukan nomor kontak"),
    "a huge number": (cells(number="9" * 5000), "bukan nomor kontak"),
    "an Arabic number": (cells(number="٣"), "bukan nomor kontak"),
    "a day that is not": (cells(day="31/02/2026"), "diperiksa: “31/02/2026” bukan tanggal"),
    "a month that is not": (cells(day="11/22/2026"), "bukan tanggal"),
    "a short year": (cells(day="1/2/24"), "bukan tanggal"),
    "a day that may be a month": (cells(day="1/2/2026"), "Tulis seperti ini: 22-11-2026"),
    "a day as Excel counts": (cells(day="44927"), "bukan tanggal"),
    "a day in words": (cells(day="20 November 2026"), "bukan tanggal"),
    "a day without lines": (cells(day="20261120"), "bukan tanggal"),
    "a week": (cells(day="2026-W47"), "bukan tanggal"),
    "a day of two fashions": (cells(day="20-11/2026"), "bukan tanggal"),
    "year zero": (cells(day="0000-00-00"), "bukan tanggal"),
    "an Arabic day": (cells(day="٢٠-١١-٢٠٢٦"), "bukan tanggal"),
    "tomorrow": (cells(day="23-11-2026"), "tanggal 23-11-2026 belum tiba"),
    "a comma without quotes": (file(f",{ROW},Senin, Rabu,20-11-2026"), "“20-11-2026” tidak punya"),
    "cells without a title": (f"jenis,nama,telepon,\n{ROW},rahasia", "“rahasia” tidak punya judul"),
    "a row of a thousand cells": (file(f",{ROW},,,{'x,' * 1000}"), "“x”, … tidak punya judul"),
    "the row of another dialect": (file("petugas;Siti Aminah;0812"), "kolom nomor: “petugas;Siti"),
    "a download cut off": (file(",petugas"), "kolom nama masih kosong"),
    "the header again": (file(HEADER), "Baris 2 mengulang judul kolom. Hapus baris itu."),
    "a quote left open": (file(',petugas,"Siti'), "Mungkin tanda petiknya belum ditutup"),
    "letters after a quote": (file(',petugas,"Siti" Aminah'), "Baris 2 tidak bisa dibaca"),
    "a cell longer than the parser takes": (file(f",pos,{'a' * 200_000}"), "terlalu panjang"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), ROWS_REFUSED.values(), ids=ROWS_REFUSED)
def test_a_faulty_row_is_named_with_its_place_and_what_was_expected(content: str, why: str) -> None:
    named = faults(content)
    assert any(why in fault for fault in named), named
    assert all(fault.startswith("Baris 2") for fault in named)


@pytest.mark.parametrize("kind", ["head", "officer", "post", "other"])
def test_the_words_offered_for_a_kind_are_understood(kind: Kind) -> None:
    (fault,) = faults(cells(kind="?"))
    words = fault.partition("salah satu: ")[2].rstrip(".").split(", ")
    assert kind in {line.kind for word in words for line in read(cells(kind=word))}
    assert len(words) == len(KINDS)


def test_the_header_offered_is_understood() -> None:
    (fault,) = faults(ROW)
    assert read(f"{fault.rpartition(' ')[2]}\n,{ROW}") == (SITI,)


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    content = file(",petugas,Siti,,,", "", ',petugas,Budi,,"a\nb",', ",petugas,,,,")
    assert [fault.split()[1].rstrip(",") for fault in faults(content)] == ["4", "5"]


def test_all_faults_of_all_rows_come_at_once() -> None:
    named = faults(file("x,y,,0,,z", ",petugas,Siti,9,,", ',petugas,"Siti'))
    assert len(named) == 7


def test_a_column_is_named_as_its_file_names_it() -> None:
    (fault,) = faults("Jabatan,Nama,No. HP\npetugas,Siti,9")
    assert "kolom No. HP:" in fault


def test_faults_beyond_the_eighth_are_counted() -> None:
    named = faults(file(*(f",petugas,Siti {row},9,," for row in range(30))))
    assert len(named) == MOST_FAULTS + 1
    assert named[-1] == "... dan 22 kesalahan lain."


def test_eight_faults_are_all_named() -> None:
    named = faults(file(*(f",petugas,Siti {row},9,," for row in range(8))))
    assert len(named) == MOST_FAULTS
    assert all("Baris" in fault for fault in named)


@pytest.mark.parametrize("value", ["9" * 500, "a\u202eb\x07" * 20, "<b>{0}</b>" * 9, "x\ny\n" * 9])
def test_a_wrong_value_is_repeated_short_and_clean(value: str) -> None:
    (fault,) = faults(cells(phone=value))
    repeated = fault[fault.index("“") + 1 : fault.index("”")]
    assert len(repeated) == 30
    assert repeated.isprintable()


def test_five_hundred_contacts_may_be_in_a_file() -> None:
    rows = (f",petugas,Siti {row},081234567{row:03}" for row in range(MOST_ROWS))
    assert len(read(file(*rows))) == MOST_ROWS


def test_a_number_may_not_be_given_twice() -> None:
    (fault,) = faults(file("3,petugas,Siti,,,", "4,petugas,Ani,,,", "3,petugas,Budi,,,"))
    assert fault.startswith("Baris 4, kolom nomor: nomor 3 sudah dipakai di baris 2.")


@pytest.mark.parametrize(
    "again",
    [
        ",Petugas,SITI,+62 812 3456 7890,,",
        "3,officer,Siti,812-3456-7890,,20-11-2026",
    ],
)
def test_the_same_contact_twice_is_a_fault(again: str) -> None:
    (fault,) = faults(file(",petugas,Siti,081234567890,,", ",pos,Siti,,,", again))
    assert fault == "Baris 4 sama dengan baris 2. Hapus salah satu."


def test_contacts_that_are_alike_but_have_their_own_numbers_are_two() -> None:
    assert len(read(file("3,petugas,Siti,,,", "4,petugas,Siti,,,"))) == 2


BIG = {
    "a hundred thousand rows": b"jenis,nama,telepon\n" + b"lain,a,\n" * 100_000,
    "a hundred thousand long rows": LINES.encode() * 100_000,
    "a million empty lines": b"jenis,nama,telepon\n" + b"\n" * 1_000_000,
    "half a million columns": b"jenis,nama,telepon" + b",x" * 500_000,
    "one column half a million times": b"hp" + b",hp" * 300_000,
    "half a million cells": LINES.encode() + b",x" * 500_000,
    "five hundred wide rows": LINES.encode() + (b"pos,a," + b",x" * 1000 + b"\n") * 499,
    "a cell of a mebibyte": LINES.encode() + b'pos,"' + b"a" * 1_000_000 + b'",',
    "a cell of blanks": LINES.encode() + b"pos,a," + b" " * 130_000 + b"1",
    "fifty mebibytes": b"a" * 50 * MOST_BYTES,
}


@pytest.mark.parametrize("content", BIG.values(), ids=BIG)
def test_a_big_file_is_answered_in_time(content: bytes) -> None:
    started = process_time()
    assert len(faults(content)) <= MOST_FAULTS + 1
    assert process_time() - started < 5


@pytest.mark.parametrize("name", [name for name in BIG if name.startswith("a hundred thousand")])
def test_a_hundred_thousand_rows_are_refused_without_reading_on(name: str) -> None:
    started = process_time()
    assert "Bagi menjadi beberapa berkas" in faults(BIG[name])[0]
    assert process_time() - started < 0.5


@given(st.binary())
def test_no_bytes_stop_the_reading(content: bytes) -> None:
    read_contacts(content, TODAY)
    read_contacts(LINES.encode() + content, TODAY)


@given(st.text(alphabet="\",;\t\r\n'=+-@ab0\u202e\0", max_size=60))
def test_no_punctuation_stops_the_reading(content: str) -> None:
    read_contacts(f"{HEADER}\n{content}".encode(), TODAY)


PRINTABLE = st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd") | st.just(" ")
WORDS = st.text(PRINTABLE, max_size=79).map(str.strip)
SIGNED = st.builds(
    "{}{}{}{}".format,
    st.just("") | WORDS,
    st.sampled_from([*",;", ", ", ',"', "; ''", ""]),
    st.sampled_from([*"=+-@'＝", "''", "'=", '"=']),
    WORDS,
).map(lambda words: words[-150:].strip())
NAMES = (WORDS | SIGNED).filter(bool).map(lambda name: name[:MOST_IN_NAME].strip())
PHONES = st.sampled_from(["", "112", "129", "+6281234567890", "+62286321345", "+60321164016"])
LINES_KEPT = st.builds(
    ContactLine, st.integers(1, 999_999), st.sampled_from(sorted(KINDS)), NAMES, PHONES,
    WORDS | SIGNED, st.dates(max_value=TODAY),
)  # fmt: skip
FILES_KEPT = st.lists(LINES_KEPT, min_size=1, unique_by=lambda line: line.number)


def kept(line: ContactLine) -> VillageContact:
    """The contact on the village page that this line is about."""
    assert line.verified_on
    return VillageContact(line.number, line.kind, line.name, as_dialled(line.phone), line.note,
                          line.verified_on, TODAY, "Budi")  # fmt: skip


@given(FILES_KEPT)
def test_what_is_written_is_read_again_as_it_was(lines: list[ContactLine]) -> None:
    assert read(write_contacts(map(kept, lines))) == tuple(lines)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@given(lines=FILES_KEPT)
def test_no_cell_that_is_written_is_a_formula_however_it_is_divided(
    delimiter: str, lines: list[ContactLine]
) -> None:
    written = write_contacts(map(kept, lines)).removeprefix("\ufeff")
    parsed = list(csv.reader(StringIO(written, newline=""), delimiter=delimiter))
    assert len(parsed) == len(lines) + 1 or delimiter != ";"
    assert not [
        cell for row in parsed for cell in row if cell.lstrip().startswith((*"=+-@＝＋－＠",))
    ]


@given(st.text(max_size=30), st.text(max_size=99))
def test_whatever_was_kept_is_written_so_that_it_is_read(name: str, note: str) -> None:
    contact = replace(kept(WHOLE), name=f"Siti {name}", note=note)
    (line,) = read(write_contacts([contact]).encode())
    assert line.name.startswith("Siti")


def test_a_file_is_written_for_excel() -> None:
    contact = replace(kept(WHOLE), name="=1+1", phone="+60 3-2116 4016")
    assert write_contacts([contact]) == (
        "\ufeffnomor;jenis;nama;telepon;keterangan;diperiksa\r\n"
        "3;kepala desa;'=1+1;'+60 3-2116 4016;Balai desa, pagi;2026-11-20\r\n"
    )


def test_a_village_without_contacts_gets_the_header_to_fill_in() -> None:
    assert write_contacts([]) == f"\ufeff{HEADER.replace(',', ';')}\r\n"


def test_a_formula_behind_a_comma_of_a_note_is_one_to_nobody() -> None:
    (row,) = write_contacts([replace(kept(WHOLE), note="pagi,=1+1; @x")]).splitlines()[1:]
    assert "\"pagi,'=1+1; '@x\"" in row
