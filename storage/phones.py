"""Telephone numbers in one form, whatever spelling people write them in.

`phonenumbers` is imported where it is used: loading it takes as long as loading all the content.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 60
"""Characters of a field that can still be one number with a word before it."""

SERVICES = {"115": "115", "117": "117", "123": "123", "129": "129", "+628001000": "0800-1000"}
"""Numbers that are answered although `phonenumbers` does not know them, as people dial them."""

LABEL = re.compile(
    r"^(?:(?:nomor|no|hp|handphone|wa|whatsapp|telepon|telp?|tlp|hub|hubungi)(?![a-z])[ .:/]*)+",
    re.IGNORECASE,
)
SHAPE = re.compile(r"[( ]*\+?[( ]*\d[\d ().-]*")
AREA_SLASH = re.compile(r"^(\(?0\d{2,3}\)?) ?/")
"""`0286/321345`; any other slash may stand between two numbers."""

RANGE = re.compile(r"\d{5} ?[.-] ?\d{1,2}$")
"""`0286-321345-46` is two numbers, and `81234567890.0` was one before a program wrote it so."""

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u2060\u2066\u2069\u202a\u202c\u202d\ufeff"))
"""Marks that telephones put around a number when it is copied; none of them changes its order."""

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

ABROAD = re.compile(r"81[6-9]0\d{8}|8210\d{8}|852[4-9]\d{7}|8536\d{7}|8869\d{8}")
"""Mobile numbers of Japan, Korea, Hong Kong, Macau and Taiwan that lost their `+`.

They look like Indonesian ones that lost their `0`, so both have to be written in full.
"""

CARRIERS = ("001", "007", "008", "009")
"""What people in Indonesia dial to call abroad, where others dial `00`."""

FREE_OF_CARRIERS = ("001803", "007803")
"""Free numbers behind a carrier: no country code follows, though it looks like one."""


def one_form(written: str) -> str | None:
    """`+6281234567890` for every spelling of it, `112` for short ones; None if it is no number."""
    text = _plain(written)
    if not SHAPE.fullmatch(text) or RANGE.search(text):
        return None
    digits = re.sub(r"\D", "", text)
    readings = [f"+{digits}"] if "+" in text else [*_readings(digits)]
    known = {form for form in map(_known, readings) if form}
    return known.pop() if len(known) == 1 else None


def as_dialled(kept: str) -> str:
    """`0812-3456-7890`, `(0286) 321345`, `+60 3-2116 4016`: what people read and dial."""
    if kept in SERVICES or not kept.startswith("+"):
        return SERVICES.get(kept, kept)
    import phonenumbers

    number = phonenumbers.parse(kept)
    styles = phonenumbers.PhoneNumberFormat
    style = styles.NATIONAL if number.country_code == 62 else styles.INTERNATIONAL
    written = phonenumbers.format_number(number, style)
    return re.sub(r"^1 500 ", "1500-", written).replace(".", "-")


def _plain(written: str) -> str:
    """Without a word like "WA" before it, in ASCII digits."""
    text = unicodedata.normalize("NFKC", written[: LONGEST + 1].translate(UNSEEN))
    if len(text) > LONGEST:
        return ""
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text.translate(DASHES))
    return AREA_SLASH.sub(r"\1 ", LABEL.sub("", text.strip()).strip(" ."))


def _readings(digits: str) -> Iterator[str]:
    """What digits without a `+` may mean; digits that mean two numbers are none."""
    if digits.startswith("00") and not digits.startswith(FREE_OF_CARRIERS):
        yield f"+{digits[2:]}"
        if digits.startswith(CARRIERS):
            yield f"+{digits[3:]}"
    elif re.match(r"0[1-9]|8|1500", digits) and not ABROAD.fullmatch(digits):
        yield f"+62{digits.removeprefix('0')}"
    elif digits.startswith("62"):
        yield f"+{digits}"
    if digits.startswith("1"):
        yield digits


def _known(reading: str) -> str | None:
    """The number in its one form, if somebody can have it."""
    import phonenumbers

    if reading in SERVICES:
        return reading
    try:
        number = phonenumbers.parse(reading, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not reading.startswith("+"):
        short = phonenumbers.is_valid_short_number_for_region(number, "ID")
        return reading if short else None
    if not phonenumbers.is_valid_number(number):
        return None
    form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None if form.startswith("+620") else form  # nobody reaches it: its 0 is a carrier's
