"""Texts in sentences: nothing is lost between them, and numbers and addresses are not cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.drafting.protect import digits, spans
from campaign.drafting.sentences import split


@given(
    st.lists(
        st.sampled_from(["Call 112. ", "• ", "\n", "Dr. Who? ", " · ", "www.a.org. ", "1) ", "x", "  ", "№", "…"])
    ).map("".join)
    | st.text()
)
def test_the_pieces_make_the_text_again(text):
    """Bullets, spaces and line ends are peeled, never dropped."""
    assert "".join(piece.text for piece in split(text)) == text


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("Ask a doctor. Call 112!", ["Ask a doctor.", "Call 112!"]),
        ("• Call 112.\n• Stay calm.", ["Call 112.", "Stay calm."]),
        ("Dr. Haddad answers, e.g. at night.", ["Dr. Haddad answers, e.g. at night."]),
        ("See www.example.org. It helps.", ["See www.example.org.", "It helps."]),
        ("Edition %(edition)s · Batch %(batch)s", ["Edition %(edition)s", "Batch %(batch)s"]),
        ("Open 9.30 to 17.00. Closed on Sunday", ["Open 9.30 to 17.00.", "Closed on Sunday"]),
        ("112 · 116 000", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_say(text, cores):
    """Abbreviations, decimals and addresses end none; a line of numbers has none to translate."""
    assert [piece.core for piece in split(text) if piece.core] == cores


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("%(phone)s %s {{ x }} {0} ${name}", ["placeholder"] * 5),
        ("https://a.org/x?y=1. www.b.eu, c.org/help", ["url"] * 3),
        ("+32 3 201 16 90, 116 000, (02) 511 64 64 and 1-888-373-7888", ["phone"] * 4),
        (
            "a@b.org #Tag @name 50%% <b>x</b> &amp;",
            ["email", "hashtag", "mention", "percent", "markup", "markup", "markup"],
        ),
        ("Payoke and Payokeland", ["name"]),
        ("You pay 50 euros, at 9 am.", []),
    ],
)
def test_what_no_engine_may_touch_is_found(text, kinds):
    """Placeholders of every style, addresses, telephone numbers, hashtags, names and markup."""
    assert [span.kind for span in spans(text, ["Payoke"])] == kinds


def test_digits_of_every_script_are_the_same_numbers():
    """A draft in Arabic or Bengali may write its own digits."""
    assert digits("١١٢ and ২৪") == digits("24 112")
