"""A value is isolated whole by its own first strong letter, in every kind of text that goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campaign.bidi import isolated_in_html, isolated_in_post, marked_in_sms, right_to_left
from campaign.forms import read_back
from campaign.forms.filled import Desk
from campaign.forms.lexicon import Shown
from campaign.forms.sheet import LAYOUT, SIZES, Cell, Row, Sheet, data
from campaign.reading.order import as_shown, visual

VALUES = [
    "12 Rue de la Loi",
    "Rue de la Loi 12-14",
    "2026/AB/123",
    "2026/123",
    "1 250,50 EUR",
    "1250,50 EUR",
    "-50 EUR",
    "50 %",
    "Payoke vzw.",
    "A-12/3",
    "14:30",
    "09:00–12:30",
    "11.12.2026",
    "+32 3 201 16 90",
    "نبيل (B) 12",
    "شارع السلام 12/3، الطابق 2",
    "(12) Loi",
    "3 bis, Loi (2)",
]
LABELS = {
    "ar": "رقم القضية",
    "fa": "شمارهٔ پرونده",
    "ur": "کیس نمبر",
    "he": "מספר תיק",
    "ps": "د قضیې شمېره",
    "en": "Case",
}


def alone(value: str) -> str:
    """What the eye meets where a value stands alone in a line of its own direction."""
    line = ("\u200f" if right_to_left(value) else "\u200e") + value
    return "".join(line[place] for place, _ in visual(line))


@pytest.mark.parametrize("tag", LABELS)
@pytest.mark.parametrize("value", VALUES)
def test_a_value_reads_in_a_message_as_it_reads_alone(value: str, tag: str) -> None:
    """House numbers, ranges, case numbers with slashes, amounts, percentages, names with a full stop: SMS and post."""
    rtl = tag != "en"
    for made in (marked_in_sms(value, rtl=rtl), isolated_in_post(value)):
        line = next(line for line in f"{LABELS[tag]}: {made}".split("\n") if value in line)
        start = line.index(value)
        shown = as_shown(line, start, start + len(value))
        mirrored = str.maketrans("()", ")(")
        assert shown in (alone(value), alone(value).translate(mirrored))


@pytest.mark.slow
@pytest.mark.breadth
@pytest.mark.parametrize("tag", ["ar", "fa", "ur", "he", "ps"])
def test_every_value_is_whole_on_the_finished_sheet(signed_desk: Desk, tag: str) -> None:
    """Read by another engine: figures and Latin letters stand in the order of the eye, in both columns, on every size."""
    rows = tuple(
        Row(f"v{number}", "document", (Cell(LABELS[tag], (Shown(value),)), Cell("Fall", (Shown(value),))), typed=True)
        for number, value in enumerate(VALUES)
    )
    made = Sheet((tag, "de"), (("title", (LABELS[tag], "Fall")),), rows)
    for size in SIZES.values():
        values = data(made, size, signed_desk.space.campaign, own_id="TEST")
        laid = signed_desk.typesetter.lay_out(LAYOUT, values, unwritten=True)
        assert [*read_back.faults(laid.pdf, laid.frames, made)] == []
    turned = replace(
        made, rows=(replace(rows[2], cells=(Cell(LABELS[tag], (Shown("123/AB/2026"),)), rows[2].cells[1])),)
    )
    assert any("otherwise" in fault for fault in read_back.faults(laid.pdf, laid.frames, turned))


def test_a_page_isolates_and_escapes() -> None:
    """`<bdi dir>` of the value's own direction; what is typed is never markup."""
    assert isolated_in_html("<b>12</b>") == '<bdi dir="ltr">&lt;b&gt;12&lt;/b&gt;</bdi>'
    assert isolated_in_html("نبيل 12").startswith('<bdi dir="rtl">')


def test_marks_cost_nothing_where_they_are_not_needed() -> None:
    """A text message pays for each character: none is added where the line already runs the value's way."""
    assert marked_in_sms("14:30", rtl=False) == "14:30"
    assert marked_in_sms("نبيل", rtl=True) == "نبيل"
    assert len(marked_in_sms("14:30", rtl=True)) == 7
