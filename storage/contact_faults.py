"""What can be wrong with a file of contacts, each fault in one sentence that says what to do."""

from dataclasses import replace

from flows.text import Text, Value, t
from storage.contact_cells import COLUMNS, one_line

MOST_ROWS = 500
MOST_SHOWN = 30
"""Letters of a wrong value that its fault repeats."""

MOST_NAMED = 8
"""Titles or cells in one sentence."""

SPREADSHEET = t(
    "Ini berkas Excel atau LibreOffice. Buka berkasnya, pilih Simpan sebagai (Save As),"
    " lalu pilih CSV UTF-8."
)
PICTURE = t("Ini foto atau gambar. Kirim daftar kontaknya sebagai berkas CSV.")
PDF = t("Ini berkas PDF. Kirim daftar kontaknya sebagai berkas CSV.")
WEB_PAGE = t("Ini halaman web. Kirim daftar kontaknya sebagai berkas CSV.")
UNREADABLE = t(
    "Huruf di berkas ini tidak terbaca. Buka daftarnya di Excel atau LibreOffice,"
    " pilih Simpan sebagai (Save As), lalu pilih CSV UTF-8."
)
TOO_BIG = t("Berkas ini lebih dari 1 MB. Bagi menjadi beberapa berkas, lalu kirim satu per satu.")
TOO_MANY = t(
    "Berkas ini berisi lebih dari {most} kontak."
    " Bagi menjadi beberapa berkas, lalu kirim satu per satu.",
    most=MOST_ROWS,
)
EMPTY = t("Berkas ini kosong. Tulis di baris pertama: {header}", header=",".join(COLUMNS))
NO_HEADER = t("Judul kolom belum ada. Tulis di baris pertama: {header}", header=",".join(COLUMNS))
NO_LINES = t("Belum ada kontak di bawah judul kolom. Tulis satu baris untuk tiap kontak.")

UNKNOWN = t(
    "Kolom yang tidak kami kenal: {titles}. Kolom yang bisa dipakai: {known}."
    " Ganti judulnya, atau hapus kolom itu."
)
DOUBLED = t("Kolom {column} ada lebih dari satu: {titles}. Pakai satu saja.")
MISSING = t("Kolom {column} belum ada. Tambahkan di baris judul.")

BROKEN = t(
    "Baris {row} tidak bisa dibaca. Mungkin tanda petiknya belum ditutup, atau isinya terlalu"
    ' panjang. Tulis seperti ini: "Senin, Rabu".'
)
OUTSIDE = t(
    "Baris {row}: {value} tidak punya judul kolom."
    ' Kalau isinya memakai koma, apit dengan tanda petik: "Senin, Rabu".'
)
REPEATED = t("Baris {row} mengulang judul kolom. Hapus baris itu.")
ALIKE = t("Baris {row} sama dengan baris {first}. Hapus salah satu.")

NO_NUMBER = t(
    "Baris {row}, kolom {column}: “{value}” bukan nomor kontak."
    " Tulis angka seperti 3, atau kosongkan untuk kontak baru."
)
NUMBER_TAKEN = t(
    "Baris {row}, kolom {column}: nomor {value} sudah dipakai di baris {first}."
    " Kosongkan kalau ini kontak baru."
)
KIND_MISSING = t("Baris {row}, kolom {column} masih kosong. Tulis salah satu: {known}.")
NO_KIND = t("Baris {row}, kolom {column}: “{value}” bukan jenis kontak. Tulis salah satu: {known}.")
NAME_MISSING = t("Baris {row}, kolom {column} masih kosong. Tulis namanya, seperti Siti Aminah.")
TOO_LONG = t(
    "Baris {row}, kolom {column} terlalu panjang. Ringkas jadi paling banyak {most} huruf."
)
NOT_PLAIN = t(
    "Baris {row}, kolom {column} berisi baris baru atau tanda yang tidak terbaca."
    " Ketik ulang isinya dalam satu baris."
)
NO_PHONE = t(
    "Baris {row}, kolom {column}: “{value}” bukan nomor telepon."
    " Tulis satu nomor, seperti 0812-3456-7890, atau kosongkan."
)
ROUNDED_PHONE = t(
    "Baris {row}, kolom {column}: “{value}” sudah dibulatkan oleh Excel."
    " Ubah kolomnya menjadi teks, lalu tulis lagi nomornya."
)
NO_DAY = t(
    "Baris {row}, kolom {column}: “{value}” bukan tanggal."
    " Tulis seperti ini: 22-11-2026, atau kosongkan."
)
DAY_TO_COME = t(
    "Baris {row}, kolom {column}: tanggal {value} belum tiba."
    " Tulis kapan kontak ini terakhir diperiksa, atau kosongkan."
)


def filled(fault: Text, **values: Value) -> Text:
    """The fault with those of the values that it names."""
    named = (item for item in values.items() if f"{{{item[0]}}}" in fault.msgid)
    return replace(fault, values=tuple(named))


def shown(value: str) -> str:
    """A value of a file, short enough for a sentence."""
    line = one_line(value)
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"


def several(values: list[str]) -> str:
    more = ("…",) if len(values) > MOST_NAMED else ()
    return ", ".join((*(f"“{shown(value)}”" for value in values[:MOST_NAMED]), *more))
