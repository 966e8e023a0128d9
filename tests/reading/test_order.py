"""The order in which the eye meets a line is that of the Unicode Bidirectional Algorithm."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.bidi import strip_controls
from campaign.reading.fold import fold
from campaign.reading.order import visual
from campaign.reading.shown import turned

#: Letters of each direction, digits of three kinds, signs between them, every control of the algorithm.
SIGNS = "אבجد٠١۱aZ19 +-/.,:()[]%\u0651־ـ\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"
_UNMIRRORED = str.maketrans("([", ")]")


@pytest.mark.slow
@settings(max_examples=1500)
@given(st.text(SIGNS, max_size=28))
def test_any_line_is_ordered_as_another_implementation_orders_it(line):
    """Isolates, embeddings, overrides, marks and brackets, nested and torn: the order is that of the Rust library."""
    mine = "".join(line[index] for index, _ in visual(line))
    other = strip_controls(str(get_display(line)))
    assert mine.translate(_UNMIRRORED) == other.translate(_UNMIRRORED)


@pytest.mark.parametrize(
    ("line", "number", "shown"),
    [
        ("טלפון: 03־201־16־90", "03־201־16־90", "90־16־201־03"),
        ("טלפון: \u200e03־201־16־90", "03־201־16־90", "90־16־201־03"),
        ("טלפון 03-201-16-90", "03-201-16-90", ""),
        ("اتصل على +32 3 201 16 90 الآن", "+32 3 201 16 90", "90 16 201 3 32+"),
        ("اتصل على \u200e+32 3 201 16 90 الآن", "+32 3 201 16 90", ""),
        ("اتصل على \u2066+32 3 201 16 90\u2069 الآن", "+32 3 201 16 90", ""),
        ("اتصل \u2066+32\u2069 \u2066201\u2069 \u206616 90\u2069", "+32\u2069 \u2066201\u2069 \u206616 90", "16 90 201 +32"),
        ("فون +32 3 201 16 90", "+32 3 201 16 90", "90 16 201 3 32+"),
        ("تماس \u200f03 201 16 90", "03 201 16 90", "90 16 201 03"),
        ("Call \u200f03 201 16 90 טלפון", "03 201 16 90", "90 16 201 03"),
        ("Call 03 201 16 90 טלפון", "03 201 16 90", ""),
        ("اتصل على 112", "112", ""),
        ("اتصل على +3232011690", "+3232011690", "3232011690+"),
        ("\u202e+32 3 201\u202c", "+32 3 201", "102 3 23+"),
    ],
)  # fmt: skip
def test_a_number_is_judged_by_how_it_is_shown(line, number, shown):
    """Maqaf, spaces, an RLM before it, one isolate a group: what counts is the whole paragraph as it is shown."""
    folded = fold(line)
    # The number ends with a sign that is not removed by folding, so its place is found by its own folded form.
    start = folded.text.index(fold(number).text)
    assert turned(folded, start, start + len(fold(number).text)) == shown
