"""Numbers in plain right-to-left text, checked with an independent implementation of the bidirectional algorithm."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.bidi import LRI, LRM, PDI, RLM, direct_numbers, strip_controls

VECTORS = json.loads((Path(__file__).parent / "vectors" / "bidi_numbers.json").read_text("utf-8"))["vectors"]
WORDS = {"Arabic": "اتصل", "Farsi": "تماس", "Hebrew": "התקשרו", "Urdu": "کال کریں", "Kurdish": "پەیوەندی"}
NUMBERS = [
    "+923001234567",
    "+32 3 201 16 90",
    "+32 (0)3 201 16 90",
    "+92-300-123-4567",
    "+92\u00a0300\u00a01234567",
    "0300 1234567",
    "03-1234567",
    "(02) 123 45 67",
    "116 016",
    "0800/123 456",
    "*123#",
    "*06*1#",
    "#31#0123",
    "*123",
    "10:00-18:00",
    "10:00 – 18:00",
    "9.30-17.00",
    "+٩٢ ٣٠٠ ١٢٣",
    "٠٣٠٠-١٢٣٤٥",
    "١٠:٠٠-١٨:٠٠",
    "+۹۲ ۳۰۰ ۱۲۳",
    "۱۰:۰۰–۱۸:۰۰",
]
PLACES = [
    "{word} {number} {word}",
    "{word}{number}{word}",
    "{number} {word}",
    "{word} {number}",
    "{word}: {number}.",
    "{word} ({number}) {word}",
    "({number}) {word}",
    "{word}\n{number}\n{word}",
    "{word} {number}, {number} {word}",
    "{word} {number} / {number}",
    "{word} Payoke: {number} {word}",
    "Payoke {number} {word}",
    "{word} {number} Payoke",
    "{word} ٥ {number} {word}",
    "{word} Payoke ٥ {number} {word}",
    "{number} Payoke {word}",
]


def reads_well(text: str, number: str, base: str | None) -> bool:
    """Whether each line that holds the number shows it in order, in a paragraph of that direction (None: its own)."""
    lines = [line for line in text.split("\n") if number in strip_controls(line)]
    return all(number in strip_controls(get_display(line, base_dir=base)) for line in lines)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['context']} {vector['case']}")
def test_the_reader_reproduces_the_vectors(vector: dict[str, Any]) -> None:
    """What this file calls reading well is what was seen on a screen."""
    word = WORDS[vector["context"]]
    shown = strip_controls(get_display(f"{word} {vector['inserted']} {word}", base_dir="R"))

    assert vector["visual"] in shown
    assert (
        reads_well(f"{word} {vector['inserted']} {word}", strip_controls(vector["inserted"]), "R")
        == (vector["reads_correctly"])
    )


@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['context']} {vector['case']}")
def test_every_vector_reads_well_in_the_end(vector: dict[str, Any], isolate: bool) -> None:
    """A number that was shown backwards is shown as it is dialled; one that was right stays right."""
    word = WORDS[vector["context"]]
    text = direct_numbers(f"{word} {vector['inserted']} {word}", isolate=isolate)

    assert reads_well(text, strip_controls(vector["inserted"]), "R")


@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", WORDS)
def test_numbers_read_left_to_right_wherever_they_stand(language: str, number: str, isolate: bool) -> None:
    """A reader can dial from the screen: in each language, place, and direction that a phone may give the line."""
    for place, base in product(PLACES, ("R", None)):
        text = place.format(word=WORDS[language], number=number)
        directed = direct_numbers(text, isolate=isolate)

        assert reads_well(directed, number, base), (place, base, directed)
        assert strip_controls(directed) == text
        assert direct_numbers(directed, isolate=isolate) == directed


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", WORDS)
def test_an_sms_pays_for_a_mark_only_where_it_is_needed(language: str, number: str) -> None:
    """One of 70 characters is spent only on a number that would be shown backwards without it."""
    for place in PLACES:
        text = place.format(word=WORDS[language], number=number)
        if "٥" not in text and all(reads_well(text, number, base) for base in ("R", None)):
            assert direct_numbers(text, isolate=False) == text, place


def test_one_mark_is_enough_in_an_sms() -> None:
    """A number with Latin digits costs one character, and a second only where a line begins with it."""
    assert direct_numbers("اتصل +32 3 201 16 90", isolate=False) == f"اتصل {LRM}+32 3 201 16 90"
    assert direct_numbers("اتصل 0300 1234567 الآن", isolate=False) == f"اتصل {LRM}0300 1234567 الآن"
    assert direct_numbers("+32 3 201 16 90 اتصل", isolate=False) == f"{RLM}{LRM}+32 3 201 16 90 اتصل"


@pytest.mark.parametrize("text", ["+32 3 201 16 90 اتصل", "(+32 3 201 16 90) اتصل", "*123# שלום"])
@pytest.mark.parametrize("isolate", [False, True])
def test_a_line_that_begins_with_a_number_stays_right_to_left(text: str, isolate: bool) -> None:
    """The mark does not turn the whole line round: the word still stands on the left of the number."""
    shown = strip_controls(get_display(direct_numbers(text, isolate=isolate)))

    assert shown.startswith(strip_controls(get_display(text.split()[-1])))


def test_posts_get_isolates() -> None:
    """On social media each number is fenced off from the text around it."""
    text = "التحق بنا: +32 3 201 16 90 أو 116 016، *123#، 10:00-18:00"

    assert direct_numbers(text, isolate=True) == (
        f"التحق بنا: {LRI}+32 3 201 16 90{PDI} أو {LRI}116 016{PDI}، {LRI}*123#{PDI}، {LRI}10:00-18:00{PDI}"
    )


@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "Call +32 3 201 16 90",
        "",
        "اتصل 112",
        "اتصل 116016",
        "بين 10-15 سنة في 2025، 50%، 24/7",
        "https://example.org/12-34567?a=1 23 اتصل",
        "كتاب example.org/12-34567 واكتب a-12345@example.org",
        "COVID-19 2020 في",
        "*مهم* اتصل",
    ],
)
def test_other_text_is_left_alone(text: str, isolate: bool) -> None:
    """Short numbers, years, ranges, percentages, addresses and left-to-right text stay as they were."""
    assert direct_numbers(text, isolate=isolate) == text


words = st.sampled_from([*WORDS.values(), "Payoke", "24", "٥", "😀", *'،,.:()-/"!؟\n'])


@settings(deadline=None)
@given(st.lists(words, max_size=5), st.sampled_from(NUMBERS), st.lists(words, max_size=5), st.booleans())
def test_any_text_around_a_number(before: list[str], number: str, after: list[str], isolate: bool) -> None:
    """No mix of words, digits and punctuation turns a number round, nor does a second call change the text."""
    if set(before + after).isdisjoint(WORDS.values()) or (before and before[-1] in {"24", "٥", "-", "+", "/"}):
        return
    text = " ".join([*before, number, *after])
    directed = direct_numbers(text, isolate=isolate)

    assert strip_controls(directed) == text
    assert direct_numbers(directed, isolate=isolate) == directed
    assert all(reads_well(directed, number, base) for base in ("R", None))


def test_strip_controls_takes_all_of_them() -> None:
    """Text for a place that shows no controls carries none: eleven characters and the mark of Arabic letters."""
    controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

    assert strip_controls("x".join(controls) + "\u200c") == "x" * 11 + "\u200c"
