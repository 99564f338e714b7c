"""Telephone numbers have one form, and are dialled as people write them."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialling import dialled
from storage.phones import SERVICES, as_dialled, one_form

MOBILE = "+6281234567890"
OFFICE = "+62286321345"

OF_ONE_MOBILE = [
    "081234567890",
    "0812 3456 7890",
    "0812-3456-7890",
    "0812.3456.7890",
    "(0812) 3456 7890",
    "0812/34567890",
    "+6281234567890",
    "+62 812-3456-7890",
    "(+62) 812 3456 7890",
    "+62 (0)812 3456 7890",
    "+62 0812 3456 7890",
    "62 812 3456 7890",
    "0062812 3456 7890",
    "001 62 812 3456 7890",
    "812 3456 7890",
    "81.234.567.890",
    "WA 0812 3456 7890",
    "wa0812 3456 7890",
    "No. HP: 081234567890",
    "HP/WA 081234567890",
    "WhatsApp: +62 812 3456 7890",
    " 0812 3456 7890. ",
    "0812–3456–7890",
    "0812\u00a03456\u00a07890",
    "\u202a+62 812-3456-7890\u202c",
    "\ufeff081234567890\u200b",
    "０８１２３４５６７８９０",
    "＋62 812 3456 7890",
    "٠٨١٢٣٤٥٦٧٨٩٠",
    "۰۸۱۲ ۳۴۵۶ ۷۸۹۰",
]

OF_ONE_OFFICE = [
    "0286321345",
    "0286-321345",
    "0286 321 345",
    "(0286) 321-345",
    "(0286)321345",
    "0286/321345",
    "Telp. 0286-321345",
    "Telepon: (0286) 321345",
    "+62 286 321345",
    "62-286-321345",
]

NO_NUMBERS = {
    "nothing": "",
    "only spaces": "   ",
    "only a word": "belum ada",
    "a dash": "-",
    "only a label": "WA",
    "too short": "0812 345",
    "too long": "0812 3456 7890 1234",
    "of the village without its area": "321345",
    "a letter for a zero": "O812 3456 7890",
    "a name behind it": "0812 3456 7890 (Bu Siti)",
    "an extension": "0286-321345 ext. 12",
    "two with a slash": "0812 3456 7890 / 0813 1111 2222",
    "two with a comma": "0812 3456 7890, 0813 1111 2222",
    "two with a line between": "0286321345\n0286321346",
    "two with spaces": "0286 321345 0286 321346",
    "two with plus": "+62 812 3456 7890 +62 813 1111 2222",
    "two that share their beginning": "0286/321345/6",
    "a row of lines": "0286-321345-46",
    "two short ones": "110 112",
    "a short one as if it were abroad": "+112",
    "an identity number": "3404 0101 0190 0001",
    "an identity number of Central Kalimantan": "6271 0141 0290 0001",
    "an identity number of Maluku": "8171012001900001",
    "an account of BRI": "0021 0100 1234 567",
    "an account of BCA": "1234567890",
    "an account of Mandiri": "1370012345678",
    "rounded by Excel": "8.12346E+10",
    "made a fraction by a program": "81234567890.0",
    "negative": "-81234567890",
    "a formula": "=081234567890",
    "a service code": "*888#",
    "an area code that nobody has": "0200 123456",
    "a country that is none": "+999 1234 5678",
    "of Hong Kong without its plus": "852 5242 2240",
    "of Korea without its plus": "82 10 5394 2546",
    "of Japan without its plus": "81 80 3113 1003",
    "of Taiwan without its plus": "886 901 132 000",
    "through a carrier, of Singapore or of Florida": "001 65 6223 4567",
    "free behind a carrier, not of Russia": "007 803 123 4567",
    "free behind a carrier, not of Carolina": "001 803 223 4567",
    "free behind a carrier, as if it had a country": "+62 001803 123456",
    "turned around by a mark": "\u202e0987 6543 2180",
    "very long": "0" * 100_000,
    "a zero byte": "0812\x003456 7890",
}

ABROAD = {
    "+60 3-2116 4016": "+60321164016",
    "+60 10-528 8040": "+60105288040",
    "0060 3 2116 4016": "+60321164016",
    "+852 5242 2240": "+85252422240",
    "00852 5242 2240": "+85252422240",
    "+886 901 132 000": "+886901132000",
    "+82-10-5394-2546": "+821053942546",
    "+966 50 360 9667": "+966503609667",
    "(+39) 06 420 0911": "+39064200911",
}

SHORT = {
    "110": "110",
    "112": "112",
    "119": "119",
    "129": "129",
    "14045": "14045",
    "1500-771": "+621500771",
    "1 500 771": "+621500771",
    "0800-1000": "+628001000",
    "+62 800 1000": "+628001000",
}


@pytest.mark.parametrize("written", OF_ONE_MOBILE)
def test_a_mobile_number_has_one_form_in_every_spelling(written: str) -> None:
    assert one_form(written) == MOBILE


@pytest.mark.parametrize("written", OF_ONE_OFFICE)
def test_an_office_has_one_form_in_every_spelling(written: str) -> None:
    assert one_form(written) == OFFICE


@pytest.mark.parametrize("written", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_not_surely_one_number_is_none(written: str) -> None:
    assert one_form(written) is None


@pytest.mark.parametrize(("written", "form"), (ABROAD | SHORT).items())
def test_numbers_abroad_and_short_ones_are_known(written: str, form: str) -> None:
    assert one_form(written) == form


@pytest.mark.parametrize(
    ("kept", "read"),
    {
        "": "",
        "112": "112",
        MOBILE: "0812-3456-7890",
        "+62812345678": "0812-345-678",
        OFFICE: "(0286) 321345",
        "+622127808211": "(021) 27808211",
        "+621500771": "1500-771",
        "+628001000": "0800-1000",
        "+60321164016": "+60 3-2116 4016",
        "+687201234": "+687 20-12-34",
    }.items(),
)
def test_a_number_is_read_as_people_dial_it(kept: str, read: str) -> None:
    assert as_dialled(kept) == read


def examples() -> list[str]:
    """A number of each type in each region, as `phonenumbers` has them."""
    numbers = [
        phonenumbers.example_number_for_type(region, type_)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for type_ in phonenumbers.PhoneNumberType.values()
    ]
    forms = {
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        for number in numbers
        if number is not None
    }
    return sorted(forms)


def test_every_number_of_the_world_is_known_again_as_it_is_dialled() -> None:
    lost = [kept for kept in [*examples(), *SERVICES] if one_form(as_dialled(kept)) != kept]
    assert not lost


def test_every_number_of_the_world_can_be_dialled_with_a_touch() -> None:
    for read in map(as_dialled, examples()):
        assert [piece.digits for piece in dialled(read)] == [re.sub(r"[^\d+]", "", read)]


@given(st.from_regex(r"(\+62|0|0062|62|)(8[1-9]|2[1-9]|[3-79][0-9]|1)[0-9]{3,10}", fullmatch=True))
def test_a_number_at_home_that_is_known_stays_itself(written: str) -> None:
    kept = one_form(written)
    if kept is not None:
        assert one_form(kept) == kept
        assert one_form(as_dialled(kept)) == kept
        home = re.sub(r"^(\+62|0062|62|0)", "", written)
        assert kept in (f"+62{home}", home)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_a_number_abroad_that_is_known_stays_itself(written: str) -> None:
    kept = one_form(written)
    if kept is not None:
        assert one_form(kept) == kept
        assert one_form(as_dialled(kept)) == kept


@given(st.text())
def test_no_words_at_all_stop_it(written: str) -> None:
    kept = one_form(written)
    assert kept is None or one_form(as_dialled(kept)) == kept
