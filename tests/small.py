"""A small library that can be walked completely: a few items of each kind, and one source."""

from datetime import date
from functools import cache

from flows.engine import Known
from flows.library import Language, Library
from flows.person import Person
from flows.topics import FAMILY, MENUS
from storage.library import build_library

CHECKED = 'sources = ["law"]\nchecked_on = 2026-11-01\n'
TODAY = date(2026, 11, 22)

LANGUAGES = (
    Language(
        "id",
        "Bahasa Indonesia",
        "Silakan pilih bahasa.",
        reviewed=True,
        calls=("tolong", "darurat"),
        dangers=("disekap", "dipukul"),
    ),
    Language(
        "jv",
        "Basa Jawa",
        "Mangga dipunpilih basanipun.",
        reviewed=False,
        calls=("tulung",),
        dangers=("digebugi",),
    ),
)

ABROAD = f"""
[[contact]]
code = "kemlu"
name = "Kemlu"
number = "+62 812"
hours = "24 jam."
as_of = "2024-12"
emergency = true
abroad = true
{CHECKED}"""

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
routes = ["p3mi", "magang"]
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
    **{
        name: "".join(
            f"""
[[{kind}]]
code = "{code}"
title = "Tentang {code}"
body = ["Penjelasan.", "Lapor."]
{CHECKED}"""
            for code in codes
        )
        for kind, name, codes in (
            (
                "advice",
                "advice.toml",
                ("under-18", "magang", "closed", "never", "no-data", "eight", "eligible"),
            ),
            ("check", "checks.toml", ("cek-izin",)),
            (
                "money",
                "money.toml",
                tuple(
                    page
                    for menu in ("who-pays", "loan", "insurance", "sending", "fraud")
                    for page in MENUS[menu].codes
                ),
            ),
            ("trouble", "trouble.toml", ("gaji", *FAMILY)),
            ("rights", "rights.toml", ("hak",)),
            ("homecoming", "homecoming.toml", ("tiba-di-rumah",)),
        )
    },
    "facts.toml": f"""
[[fact]]
code = "taiwan-wage"
destination = "taiwan"
subject = "wage"
text = "NT$29.500 sebulan."
as_of = "2026-01"
{CHECKED}
[[fact]]
code = "taiwan-rest"
destination = "taiwan"
subject = "rest"
text = "Libur sehari seminggu."
as_of = "2015"
{CHECKED}""",
    "stages.toml": f"""
[[stage]]
code = "bicara"
number = 1
phase = "home"
label = "Bicara dengan keluarga"
what = "Bicara."
where = "Di rumah."
time = "Sehari."
cost = "Gratis."
mistakes = "Diam."
{CHECKED}
[[stage]]
code = "kontrak"
number = 14
phase = "depart"
label = "Tanda tangan kontrak"
what = "Baca."
where = "Di P3MI."
bring = ["KTP"]
get = "Kontrak."
time = "Sehari."
cost = "Gratis."
mistakes = "Tidak dibaca."
documents = ["paspor"]
subjects = ["wage"]
{CHECKED}""",
    "signs.toml": "".join(
        f"""
[[sign]]
code = "{code}"
number = "{number}"
question = "{question}"
strong = {strong}
label = "Tanda {code}"
why = "Bahaya."
todo = "Lapor."
{more}
{CHECKED}"""
        for code, number, question, strong, more in (
            ("never", "R02", "country", "true", 'status = "never"\ndestinations = ["kamboja"]'),
            ("closed", "R03", "country", "true", 'status = "closed"\ndestinations = ["qatar"]'),
            ("chat", "R06", "who", "false", ""),
            ("dikurung", "R12", "freedom", "true", "emergency = true"),
        )
    ),
    "charges.toml": "".join(
        f"""
[[charge]]
code = "{code}"
verdict = "{code}"
label = "Biaya {code}"
body = ["Menurut aturan."]
{CHECKED}"""
        for code in ("never", "ask", "normal")
    ),
    "clauses.toml": f"""
[[clause]]
code = "gaji"
label = "Gaji"
meaning = "Berapa."
ask = "Berapa gaji saya?"
{CHECKED}""",
    "villages.toml": f"""
[[village]]
code = "kuripan-watumalang"
area = "33.07.10.2004"
since = "2016"
standing = "known"
{CHECKED}""",
    **{
        name: f"""
[[{kind}]]
code = "{code}"
name = "{code.upper()}"
number = "{number}"
hours = "24 jam."
{more}
{CHECKED}"""
        + (ABROAD if kind == "contact" else "")
        for kind, name, code, number, more in (
            (
                "contact",
                "contacts.toml",
                "kp2mi",
                "0800-1000",
                'as_of = "2025-12"\nemergency = true',
            ),
            (
                "mission",
                "missions.toml",
                "kdei",
                "1955",
                'as_of = "2020-01"\ndestination = "taiwan"',
            ),
            (
                "bureau",
                "bureaus.toml",
                "bp3mi",
                "021",
                'as_of = "2025-12"\nprovince = "Jawa Barat"',
            ),
        )
    },
}


@cache
def small_library() -> Library:
    return build_library(FILES)


def known(person: Person | None = None, library: Library | None = None) -> Known:
    """Somebody who has chosen Indonesian and been made welcome, unless told otherwise."""
    person = person or Person().speaking("id").made_welcome()
    return Known(person, library or small_library(), LANGUAGES, TODAY, "Desa Contoh")
