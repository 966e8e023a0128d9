"""How many SMS a text costs, where it is cut, and what makes it dear."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import smsutil
from hypothesis import given, settings
from hypothesis import strategies as st
from unicode_segmentation_rs import graphemes

from campaign.counting.sms import Costly, ShiftProfile, SmsMeasure, costly, measure, parts, plain
from campaign.errors import CampaignError

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sms.json").read_text("utf-8"))["vectors"]
TABLES = ["Bengali", "Gujarati", "Hindi", "Kannada", "Malayalam", "Oriya", "Portuguese", "Punjabi", "Tamil", "Telugu"]
GSM = [*map(chr, range(32, 127)), *"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€\n\r\f"]
GSM.remove("`")
OTHERS = [
    "я",
    "ا",
    "क",
    "्",
    "ष",
    "ी",
    "กี่",
    "ကြို",
    "’",
    "ç",
    "e\u0301",
    "\u0301",
    "\u200d",
    "👍🏽",
    "😀",
    "🇩🇪",
    "𞤧",
    "\r\n",
]

sentences = st.lists(st.sampled_from(OTHERS) | st.sampled_from(GSM), max_size=300).map("".join)
western = st.lists(st.sampled_from(GSM), max_size=500).map("".join)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_counts_what_the_standard_says(vector: dict[str, Any]) -> None:
    """The number of messages on the invoice is the number the program showed."""
    expected = SmsMeasure(vector["encoding"], vector["segments"], tuple(vector["units"]))

    assert measure(vector["text"]) == expected


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_keeps_letters_whole_when_asked(vector: dict[str, Any]) -> None:
    """A phone that shows the parts one by one shows no torn letter or emoji."""
    found = measure(vector["text"], whole_graphemes=True)

    assert (found.segments, list(found.units)) == (
        vector["grapheme_safe"]["segments"],
        vector["grapheme_safe"]["units"],
    )


@settings(deadline=None)
@given(sentences | western)
def test_agrees_with_an_independent_counter(text: str) -> None:
    """Another program that follows the standard cuts every text at the same places."""
    assert parts(text) == tuple(part.content for part in smsutil.split(text).parts)


@settings(deadline=None)
@given(sentences, st.booleans(), st.sampled_from([8, 16]))
def test_parts_lose_nothing_and_fit(text: str, whole_graphemes: bool, reference_bits: int) -> None:
    """Put together again the parts are the text, and none is longer than a network takes."""
    found = parts(text, whole_graphemes=whole_graphemes, reference_bits=reference_bits)
    counted = measure(text, whole_graphemes=whole_graphemes, reference_bits=reference_bits)
    room = {("GSM-7", 8): 153, ("GSM-7", 16): 152, ("UCS-2", 8): 67, ("UCS-2", 16): 66}
    alone = {"GSM-7": 160, "UCS-2": 70}[counted.encoding]

    assert "".join(found) == text
    assert len(found) == counted.segments == len(counted.units)
    assert max(counted.units) <= (alone if len(found) == 1 else room[counted.encoding, reference_bits])


@settings(deadline=None)
@given(sentences, st.sampled_from([8, 16]))
def test_each_part_can_be_sent_by_itself(text: str, reference_bits: int) -> None:
    """No part begins or ends inside an escape pair or a surrogate pair."""
    counted = measure(text, reference_bits=reference_bits)

    for part, units in zip(parts(text, reference_bits=reference_bits), counted.units, strict=True):
        if counted.encoding == "UCS-2":
            assert len(part.encode("utf-16-le")) == 2 * units
        else:
            assert sum(2 if character in "^{}\\[~]|€\f" else 1 for character in part) == units


@pytest.mark.slow
@settings(deadline=None)
@given(sentences)
def test_no_part_tears_a_grapheme(text: str) -> None:
    """With whole graphemes, a cut is where a reader sees one, unless a single letter is longer than a part."""
    clusters = graphemes(text, True)
    if max(map(len, clusters), default=0) < 30:
        ends = {sum(map(len, clusters[:count])) for count in range(len(clusters) + 1)}
        found = parts(text, whole_graphemes=True)

        assert {sum(map(len, found[:count])) for count in range(len(found))} <= ends


def test_a_grapheme_longer_than_a_part_is_still_sent() -> None:
    """A letter under a hundred accents is cut by the plain rule instead of stopping the campaign."""
    text = "я" * 10 + "a" + "\u0301" * 100

    assert measure(text, whole_graphemes=True).units == (10, 67, 34)
    assert "".join(parts(text, whole_graphemes=True)) == text


def test_an_empty_text_is_one_message() -> None:
    """A gateway sends, and bills, an empty message as one."""
    assert measure("") == SmsMeasure("GSM-7", 1, (0,))
    assert parts("") == ("",)


@pytest.mark.parametrize("text", ["\ud83d", "x\udc00", "ok \ud83d ok"])
def test_half_a_character_is_refused(text: str) -> None:
    """A damaged emoji is named with its place, not sent as a box."""
    with pytest.raises(CampaignError, match="surrogate pair") as refusal:
        measure(text)

    assert refusal.value.problems[0].todo


def test_a_reference_of_another_width_is_refused() -> None:
    """A wrong figure in a gateway profile is named."""
    with pytest.raises(CampaignError, match="8 or 16 bits, not 12"):
        measure("x", reference_bits=12)


@pytest.mark.parametrize(
    ("text", "profile", "alone", "room"),
    [
        ("á", ShiftProfile(single=("Spanish",)), 155, 149),
        ("ı", ShiftProfile(locking=("Turkish",)), 155, 149),
        ("ıí", ShiftProfile(single=("Spanish",), locking=("Turkish",)), 152, 146),
    ],
)
def test_a_shift_table_costs_header_room(text: str, profile: ShiftProfile, alone: int, room: int) -> None:
    """The septets that announce national tables are taken off each part (TS 23.040, 9.2.3.24)."""
    spent = measure(text, profile=profile).units[0]
    full = text + "a" * (alone - spent)

    assert measure(full, profile=profile).units == (alone,)
    assert measure(full + "a", profile=profile).units == (room, alone + 1 - room)


def test_a_shift_table_is_used_only_if_it_saves_parts() -> None:
    """A Spanish text costs two parts instead of three where the gateway knows the table, and says which it is."""
    text = "Lávate las manos con jabón. " * 6

    assert measure(text).segments == 3
    assert measure(text, profile=ShiftProfile(single=("Spanish",))) == SmsMeasure("GSM-7", 2, (149, 31), "Spanish")
    assert measure("Hola", profile=ShiftProfile(single=("Spanish",))) == SmsMeasure("GSM-7", 1, (4,))
    assert measure("á", profile=ShiftProfile(single=("Spanish",))) == SmsMeasure("GSM-7", 1, (2,), "Spanish")


@settings(deadline=None)
@given(st.text(st.sampled_from("aÁáşğıİकखगабвñ€[ 😀"), max_size=300), st.data())
def test_a_shift_table_never_costs_more(text: str, data: st.DataObject) -> None:
    """Allowing more tables never makes a message dearer, and the parts are still the text."""
    tables = st.lists(st.sampled_from([*TABLES, "Turkish", "Urdu"]), max_size=3)
    profile = ShiftProfile(("Spanish", *data.draw(tables)), tuple(data.draw(tables)))

    assert measure(text, profile=profile).segments <= measure(text).segments
    assert "".join(parts(text, profile=profile)) == text


def test_an_unknown_table_is_refused() -> None:
    """A misspelt table in a gateway profile is answered with those there are."""
    with pytest.raises(CampaignError, match="use one of: Bengali, Gujarati"):
        measure("x" * 200, profile=ShiftProfile(single=("Klingon",)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t", [Costly("’", 3, "'")]),
        ("10\u00a0km – “now”…", ["\u00a0 ", "–-", '“"', '”"', "…..."]),
        ("ça va", [Costly("ç", 0, "Ç")]),
        ("así", [Costly("í", 2, None)]),
        ("cafe\u0301", [Costly("e\u0301", 3, "é")]),
        ("Call \u200e+32", [Costly("\u200e", 5, "")]),
        ("plain", []),
        ("لا", [Costly("ل", 0, None), Costly("ا", 1, None)]),
    ],
)
def test_shows_the_characters_that_cost(text: str, expected: list[Costly | str]) -> None:
    """The writer sees which character makes the message dear, where it is, and what to write instead."""
    wanted = [one if isinstance(one, Costly) else Costly(one[0], text.index(one[0]), one[1:]) for one in expected]

    assert list(costly(text)) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t pay – “never”…", 'Don\'t pay - "never"...'),
        ("cafe\u0301 à\u00a0Paris", "café à Paris"),
        ("Ça, ça", "Ça, Ça"),
        ("así – no", "así – no"),  # í has no plain form, so nothing would be won
        ("ΔΩΣ “ΦΓΛ”", "ΔΩΣ “ΦΓΛ”"),
        ("“لا”", "“لا”"),
        ("12 €", "12 €"),
    ],
)
def test_writes_plainly_only_where_it_helps(text: str, expected: str) -> None:
    """Typography gives way to price in Latin text; accents, and other scripts, are never touched."""
    assert plain(text) == expected


@settings(deadline=None)
@given(sentences)
def test_plain_text_is_never_dearer_per_character(text: str) -> None:
    """A change is made only if the whole text is GSM-7 then; a second call changes nothing."""
    once = plain(text)

    assert once == text or measure(once).encoding == "GSM-7"
    assert plain(once) == once
    assert bool(costly(text)) == (measure(text).encoding == "UCS-2")
