"""What comes along with pasted words: taken out and named; what a language spells or sets with stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.review import pasted
from campaign.review.pasted import Stray, cleaned, cleaned_forms

RIGHT = {
    "fr": "Appelez\u00a0: %(phone)s\u202f! Dites «\u00a0aide\u00a0», à\u00a0tout moment, 24\u00a0h",
    "fa": "می\u200cتوانید تماس بگیرید\u061c WhatsApp\u200f.",
    "hi": "क्\u200dष और र्\u200dय",
    "km": "ហៅ\u200bទូរស័ព្ទ",
    "cs": "jdi k\u00a0lékaři a v\u00a0noci volej",
    "de": "z.\u00a0B. Auf\u200clage\n\nzweiter Absatz",
    "ti": "ሕጂ ኣብ ሓደጋ ዲኹም፧",
    "ar": "اتصل بـ\u200eWhatsApp\u200f الآن",
    "a line break first": "\nGefahr?\n112",
}
WRONG = {
    "\ufeffIn Gefahr?": ("In Gefahr?", Stray.BYTES),
    "Sozial\u00adversicherung": ("Sozialversicherung", Stray.HYPHEN),
    "\u202bهل أنت في خطر؟\u202c": ("هل أنت في خطر؟", Stray.DIRECTION),
    "Call\u200e me": ("Call me", Stray.DIRECTION),
    "Vous avez\u00a0des\u00a0droits": ("Vous avez des droits", Stray.SPACE),
    "word \u00a0 word": ("word word", Stray.SPACE),
    "Ring\x07 an": ("Ring an", Stray.CONTROL),
    " Ruf an.  \n\n": ("Ruf an.", Stray.ENDS),
    "one \ntwo\u00a0": ("one\ntwo", Stray.ENDS),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_a_language_needs_is_left_alone(text: str) -> None:
    """French spaces, Persian and Indian joiners, Khmer's breaks, marks beside Latin words: no false alarm."""
    assert cleaned(text) == cleaned(cleaned(text).text)
    assert cleaned(text).strays == ()
    assert cleaned(text).text == text


@pytest.mark.parametrize("text", WRONG)
def test_what_nobody_sees_is_taken_out_and_named(text: str) -> None:
    """Each stray is named once; the words stay."""
    words, stray = WRONG[text]
    assert (cleaned(text).text, cleaned(text).strays) == (words, (stray,))


def test_word_s_own_line_end_is_a_line_break() -> None:
    """A vertical tab, a page break and Unicode's line ends are what they look like, and no news."""
    assert cleaned("a\x0bb\u2028c\r\nd").text == "a\nb\nc\nd"


def test_what_stood_there_before_is_not_touched() -> None:
    """A form that was not typed stays to the letter, whatever it holds."""
    assert cleaned_forms(("a\u00ad ", "b\u00ad "), ("a\u00ad ", "c")) == (("a\u00ad ", "b"), (Stray.HYPHEN, Stray.ENDS))


@given(st.text(max_size=60))
def test_cleaning_is_done_once_and_loses_no_letter(text: str) -> None:
    """A second look finds nothing more, and every letter, digit and mark of the text is still there."""
    once = cleaned(text)
    assert cleaned(once.text).text == once.text
    assert [c for c in once.text if c.isalnum()] == [c for c in text if c.isalnum()]


@settings(max_examples=60)
@given(st.text(st.characters() | st.sampled_from(" \t\n\u00a0\u00ad\u200f\u2028،؟؜„“"), max_size=12))
def test_the_short_way_for_plain_texts_gives_the_same(text: str) -> None:
    """Most texts are not searched mark by mark; what is said of them is what the search would say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pasted, "_PLAIN", re.compile("(?!)"))
        searched = pasted.cleaned(text)
    assert pasted.cleaned(text) == searched
