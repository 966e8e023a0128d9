"""Contacts found in text: every script's digits, every spacing, addresses, short codes; and what is no contact."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reading.fold import fold, latin
from campaign.reading.phones import forms, same
from campaign.reading.seek import EMAIL, WEB, Wanted, seek, wanted_phone
from campaign.reading.spots import spots

PAYOKE = "+32 3 201 16 90"

#: The first digit of each script's ten (Unicode, general category Nd).
ZEROS = {
    "Arabic-Indic": "\u0660",
    "Extended Arabic-Indic": "\u06f0",
    "Devanagari": "\u0966",
    "Bengali": "\u09e6",
    "Gurmukhi": "\u0a66",
    "Khmer": "\u17e0",
    "Myanmar": "\u1040",
    "Thai": "\u0e50",
    "full-width": "\uff10",
}


def written(text: str) -> list[tuple[str, str]]:
    """Kind and folded text of every contact found."""
    return [(spot.kind, spot.text) for spot in spots(fold(text))]


def native(text: str, zero: str) -> str:
    """The text with its digits from another script."""
    return re.sub(r"\d", lambda match: chr(ord(zero) + int(match[0])), text)


@pytest.mark.parametrize("script", ZEROS)
def test_digits_of_every_script_are_read_and_noted(script):
    """A number in another script's digits is found, is the same number, and is known to be no Latin one."""
    text = f"x {native(PAYOKE, ZEROS[script])} y {native('116 016', ZEROS[script])}"
    assert written(text) == [("phone", PAYOKE), ("short", "116 016")]
    (seen,), (code,) = seek([wanted_phone("+3232011690"), wanted_phone("116016")], fold(text))
    assert seen.native and code.native
    assert not latin(seen.written)


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("፻፲፪", "112"),
        ("፩፩፪", "112"),
        ("፲፩፻፱", "1109"),
        ("፻፲፮ ፲፮", "116 16"),
        ("፼", "10000"),
        ("፳፪", "22"),
        ("፻", "100"),
    ],
)
def test_ethiopic_numerals_are_the_number_that_they_write(numeral, digits):
    """Ethiopic writes by addition and multiplication, or digit by digit; there is no zero."""
    assert fold(f"ደውሉ {numeral}").text == f"ደውሉ {digits}"


@pytest.mark.parametrize(
    "text",
    [
        "+32 3 201 16 90",
        "+32\u00a03\u00a0201\u00a016\u00a090",
        "+32\u20093\u2009201\u202f16\u202f90",
        "0032 3 201 16 90",
        "00 32 3 201.16.90",
        "+32 (0)3 201 16 90",
        "+32(3)201-16-90",
        "03/201.16.90",
        "03 201 16 90",
        "(03) 201 16 90",
        "032011690",
        "+32\u00ad 3 20\u00ad1 16 90",
        "\u2066+32 3 201 16 90\u2069",
        "\u200e+32 3 201 16 90\u200f",
        "＋３２ ３ ２０１ １６ ９０",
        "+32–3–201–16–90",
        "+32 3 201\n16 90",
        "+32 3 201 16 90 ext. 12",
        "+3232011690;",
    ],
)
def test_the_same_number_however_it_is_written(text):
    """Spaces of every kind, brackets, slashes, dots, 00, national form, controls, a line end, an extension: one number."""
    (seen,) = seek([wanted_phone("+3232011690")], fold(f"tel {text} a"))
    assert len(seen) == 1
    assert not seen[0].abuts and not seen[0].without_plus


@pytest.mark.parametrize(
    "text",
    ["+32 3 201 16 91", "+32 3 201 16 9", "90 16 201 3 32+", "+31 3 201 16 90", "3 201 16 90", "+32 3 201 16 900"],
)
def test_another_number_is_not_taken_for_it(text):
    """One digit more, less or other, another country, reversed: not this number."""
    assert seek([wanted_phone("+3232011690")], fold(f"tel {text} a")) == ((),)


def test_a_lost_plus_sign_is_noted():
    """32 3 … without the plus sign cannot be dialled anywhere."""
    ((seen,),) = seek([wanted_phone("+3232011690")], fold("32 3 201 16 90"))
    assert seen.without_plus


def test_an_extension_is_read_apart():
    """The extension is no part of the number."""
    (spot,) = spots(fold("Call +32 3 201 16 90 ext. 12"))
    assert (spot.text, spot.extension) == (PAYOKE, "12")


@pytest.mark.parametrize(
    "text",
    [
        "Open 09:00-17:00, 24/7, mon-fri 9.00-17.30",
        "Edition 2026-11-24, 24.11.2026 and 24/11/2026, 2025-2026",
        "50% of 1.000.000 people, € 1500, 300 €",
        "Article 12, page 145 of 3 books in 1998",
    ],
)
def test_times_dates_prices_and_years_are_no_contacts(text):
    """Digits that nobody dials are left alone."""
    assert written(text) == []


def test_short_codes_need_a_reason():
    """112 and 116 numbers always count, others where a word like call stands before; never a piece of a longer number."""
    assert written("Call 1109. There were 1523 people. 112, 116-111.") == [
        ("short", "1109"),
        ("short", "112"),
        ("short", "116-111"),
    ]
    assert seek([wanted_phone("112")], fold("02 112 45 67, 112.50, 2026-112")) == ((),)
    assert len(seek([wanted_phone("112")], fold("112, 112 24/7, 24/7 112, (112), 112!"))[0]) == 5


def test_short_codes_side_by_side_are_each_found():
    """A list of codes without commas is no long number."""
    assert written("112 116 016 116000") == [("short", "112"), ("short", "116 016"), ("short", "116000")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("はinfo@example.orgまで", [("email", "info@example.org")]),
        ("info＠example．org", [("email", "info@example.org")]),
        (
            "see https://example.org/help, or www.example.org.",
            [("web", "https://example.org/help"), ("web", "www.example.org")],
        ),
        ("example.org/ar؟", [("web", "example.org/ar")]),
        ("papers.Call a doctor", []),
        ("a.b@c", []),
    ],
)
def test_addresses(text, found):
    """E-mail and web addresses in any script's words, without the sign that follows them."""
    assert written(text) == found


def test_an_address_over_a_line_end_is_whole_and_one_with_a_space_is_broken():
    """The eye joins lines; nobody joins words."""
    (whole,), (broken,) = (
        seek([Wanted(EMAIL, "help@example.org")], fold(text))[0] for text in ("help@exa\nmple.org", "help@ example.org")
    )
    assert not whole.broken and broken.broken
    assert seek([Wanted(WEB, "https://www.example.org/en/help/")], fold("example.org/ar/help"))[0]


def test_national_and_international_form_are_the_same_number():
    """The national form follows from the international one; a foreign number does not."""
    assert same("+32 3 201 16 90", "03 201 16 90")
    assert same("0039 800 290 290", "800 290 290")
    assert not same("+31 3 201 16 90", "03 201 16 90")
    assert forms("116016") == {"116016"}


def test_letters_that_touch_a_number_are_noted_only_where_a_space_belongs():
    """Call112 is a slip; in Chinese, Korean or Thai letters and digits stand together."""
    for text, touching in (
        ("Call112now", True),
        ("اتصل112", True),
        ("拨打112电话", False),
        ("112에 전화", False),
        ("โทร112", False),
    ):
        ((seen,),) = seek([wanted_phone("112")], fold(text))
        assert seen.abuts is touching, text


@given(st.text(alphabet=st.characters(), max_size=60), st.text(alphabet=st.characters(), max_size=60))
def test_folding_keeps_every_place(before, after):
    """Any text folds without an error, and a piece of the folded text leads back to the characters it came from."""
    folded = fold(before + "112" + after)
    assert len(folded.places) in (0, len(folded.text))
    for match in re.finditer(r"112", folded.text):
        assert folded.source(match.start(), match.end()).strip("\u200e\u200f")
    spots(folded)


@given(st.text(alphabet="0123456789+()./- \n\u00a0\u200e", max_size=80))
def test_no_soup_of_digits_and_signs_breaks_the_reader(text):
    """Whatever stands between digits, every spot lies inside the text and holds a digit."""
    folded = fold(text)
    for spot in spots(folded):
        assert folded.text[spot.start : spot.end] == spot.text
        assert any(c.isdigit() for c in spot.text)
