"""A small library that can be walked completely: three documents, three countries, one source."""

from datetime import date
from functools import cache

from flows.engine import Known
from flows.library import Language, Library
from flows.person import Person
from storage.library import build_library

CHECKED = 'sources = ["law"]\nchecked_on = 2026-11-01\n'
TODAY = date(2026, 11, 22)

LANGUAGES = (
    Language("id", "Bahasa Indonesia", "Silakan pilih bahasa.", reviewed=True),
    Language("jv", "Basa Jawa", "Mangga dipunpilih basanipun.", reviewed=False),
)

FILES = {
    "sources.toml": """
[[source]]
code = "law"
title = "UU 18/2017 pasal 13"
publisher = "Wikisource"
dated = "2017"
read_on = 2026-11-01
""",
    "destinations.toml": "".join(
        f"""
[[destination]]
code = "{code}"
name = "{code.title()}"
household = "{household}"
other = "{other}"
routes = ["p3mi"]
reason = "Ditutup sejak 2015."
caution = "Hati-hati."
{CHECKED}"""
        for code, household, other in (
            ("taiwan", "open", "open"),
            ("qatar", "closed", "unknown"),
            ("kamboja", "never", "never"),
        )
    ),
    "routes.toml": f"""
[[route]]
code = "p3mi"
name = "Lewat P3MI"
explanation = "Perusahaan yang berizin."
household = true
{CHECKED}
[[route]]
code = "magang"
name = "Magang"
explanation = "Bukan PMI."
placement = false
{CHECKED}""",
    "offices.toml": f"""
[[office]]
code = "desa"
name = "Kantor desa"
where = "Di desa Anda."
{CHECKED}""",
    "documents.toml": "".join(
        f"""
[[document]]
code = "{code}"
number = "{number}"
phase = "{phase}"
article13 = {article13}
label = "{code.title()}"
name = "Nama {code}"
what = "Apa itu."
issuer = "Kantor desa."
office = "desa"
bring = ["KTP asli dan fotokopi"]
time = "Biasanya 1 hari."
cost = "Gratis."
validity = "Lima tahun."
mistakes = "Salah nama."
law = "Pasal 13."
{more}
{CHECKED}"""
        for code, number, phase, article13, more in (
            ("paspor", "D05", "depart", "true", "warn_months = 6"),
            ("ktp", "D09", "home", "false", ""),
            ("pengasuh-anak", "D23", "home", "false", 'children = "yes"'),
        )
    ),
    "advice.toml": "".join(
        f"""
[[advice]]
code = "{code}"
title = "Tentang {code}"
body = ["Penjelasan.", "Lapor."]
{CHECKED}"""
        for code in ("under-18", "magang", "closed", "never", "no-data", "eight")
    ),
    "contacts.toml": f"""
[[contact]]
code = "kp2mi"
name = "KP2MI"
number = "0800-1000"
hours = "24 jam."
as_of = "2025-12"
{CHECKED}""",
}


@cache
def small_library() -> Library:
    return build_library(FILES)


def known(person: Person | None = None, library: Library | None = None) -> Known:
    """Somebody who has chosen Indonesian and been made welcome, unless told otherwise."""
    person = person or Person().speaking("id").made_welcome()
    return Known(person, library or small_library(), LANGUAGES, TODAY, "Desa Contoh")
