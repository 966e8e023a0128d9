"""What is left of a text when everything that may stand in it is taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.provenance.remainder import READABLE, remainder

#: Sentences of one language each: joined they are a line that somebody signed.
SENTENCES = (
    "Vous pouvez voir un médecin.",
    "يمكنك مقابلة الطبيب.",
    "আপনি ডাক্তার দেখাতে পারেন।",
    "ሓኪም ክትርእይ ትኽእል ኢኻ።",
    "你可以看医生。",
    "Call +32 3 201 16 90.",
)


@pytest.mark.parametrize("text", ["Say nothing.", "0900 123", "१०९८", "€", "☎", "አይ", "不", "\u202bלא\u202c"])
def test_a_word_a_digit_a_sign_that_nobody_signed_is_left(text):
    """In any script, before, between and behind what was signed."""
    for line in (f"{text} {SENTENCES[0]}", f"{SENTENCES[1]} {text}", f"{SENTENCES[0]} {text} {SENTENCES[2]}"):
        assert remainder(line, SENTENCES), line


@pytest.mark.parametrize("mark", ["·", " – ", ": ", "\u200e", "\u2068\u2069", "\n", "\u00a0", " # "])
def test_marks_between_sentences_are_nobodys_words(mark):
    """Dots, dashes, colons, marks of direction and any space may stand between."""
    assert remainder(mark.join(SENTENCES), SENTENCES) == ()


@given(st.lists(st.sampled_from(SENTENCES), min_size=1), st.sampled_from(["", " ", " · ", "\u200f"]))
def test_any_order_of_signed_sentences_leaves_nothing(chosen, mark):
    """Repeats and scripts without spaces too."""
    assert remainder(mark.join(chosen), set(chosen)) == ()


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20))
def test_what_is_allowed_never_hides_a_longer_word(word):
    """A text that is not allowed leaves something, whenever it has anything to read."""
    allowed = [each for each in ("112", "A", "de") if each != word.strip()]
    if READABLE.search(word) and not any(each in word for each in allowed):
        assert remainder(word, allowed)


@pytest.mark.parametrize(("line", "allowed"), [("1120", "112"), ("0112 6", "112"), ("Ade", "de"), ("24 1124", "112")])
def test_a_short_value_counts_only_where_it_stands_alone(line, allowed):
    """The emergency number inside another number is another number."""
    assert remainder(line, [allowed])
