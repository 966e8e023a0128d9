"""The weighted length of a post on X."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.counting.x import X_LIMIT, weighted_length

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "x_weighted.json").read_text("utf-8"))["vectors"]

# The vectors come from a release of 2020, whose emoji list ends at Emoji 11. X counts an emoji it knows as 2.
NEWER_EMOJI = {
    "tw-257": "Emoji 14: heart hands with a skin tone; the release counts the tone apart",
    "tw-260": "Emoji 13.1: mending heart; the release counts heart, joiner and bandage",
    "tw-261": "Emoji 15.1: family; the release counts two adults, two joiners and a child",
}

# Weights that npm twitter-text 3.1.0 gives to each of these alone.
PIECES = (
    {"help": 4, "помощь": 6, "مساعدة": 6, "中文": 4, "ሀ": 2, "ế": 2, "e\u0301": 1, "…": 2, "10.30": 5, "no.such": 7}
    | {"👍🏽": 2, "©": 1, "©️": 2, "1️⃣": 2, "🇩🇪": 2, "$x.de": 5, "пример.рф": 9, "-example.org": 12, "#example.org": 12}
    | {"example.org": 23, "xn--p1ai.com": 23, "http://пример.рф": 23, "https://example.co.ke:80/x?y=1": 23}
    | {"http://example.org/a(b)c.": 24, "example.org/x,": 24, "(example.org)": 25, "example.org。": 25}
    | {"a_b.example.org": 25, "中文example.org": 27, "example.org?a=b": 27, "mail@example.org": 16}
)
posts = st.lists(st.sampled_from(sorted(PIECES)), max_size=8)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_counts_as_x_does(vector: dict[str, Any]) -> None:
    """What fits here is what X takes."""
    published = vector["expected"]["weightedLength"]
    if vector["id"] in NEWER_EMOJI:
        assert published > 2
        published = 2

    assert weighted_length(vector["text"]) == published


def test_no_other_vector_is_set_aside() -> None:
    """The list of exceptions holds nothing but single emoji of the vectors."""
    assert {v["id"]: v["text"] for v in VECTORS if v["id"] in NEWER_EMOJI} == {
        "tw-257": "🫶🏿",
        "tw-260": "❤️\u200d🩹",
        "tw-261": "🧑\u200d🧑\u200d🧒",
    }


@settings(deadline=None)
@given(posts)
def test_words_and_links_add_up(pieces: list[str]) -> None:
    """A post weighs what its words and links weigh, and one for each space."""
    assert weighted_length(" ".join(pieces)) == sum(map(PIECES.__getitem__, pieces)) + max(len(pieces) - 1, 0)


@settings(deadline=None)
@given(st.text(), st.text())
def test_lines_add_up(above: str, below: str) -> None:
    """A line weighs the same whatever stands above it, so a post can be planned line by line."""
    assert weighted_length(f"{above}\n{below}") == weighted_length(above) + 1 + weighted_length(below)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x10FF, categories=["L", "Nd"]), max_size=300))
def test_light_letters_weigh_one(text: str) -> None:
    """Latin, Greek, Cyrillic, Arabic, Hebrew, Indic, Thai and Georgian letters count once, in normal form."""
    assert weighted_length(text) == len(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("e\u0301", 1),
        ("ሀ", 2),
        ("👩🏽\u200d🚒", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("😀\u200d😀", 5),  # joined by hand: no emoji of Unicode's list, so X shows and counts three things
        ("🇽🇽", 4),  # no such flag
        ("❤\ufe0f\u200d🩹 ok", 5),
        ("see example.org", 27),
        ("example.org/a/very/long/path?with=query#and-more", 23),
        ("中文example.org。", 29),
        ("mail@example.org", 16),
        ("#example.org", 12),
        ("end.Next sentence", 32),  # "next" is a top-level domain: a missing space makes a link on X too
        ("St.Johann 5", 11),
        ("10.30-12.00", 11),
        ("http://localhost/x", 18),
        ("https://" + "a" * 64 + ".org", 76),  # a label of more than 63 octets is no host
    ],
)
def test_links_and_emoji(text: str, expected: int) -> None:
    """A link counts 23 however long, an emoji 2 however it is made, and an address or a time is no link."""
    assert weighted_length(text) == expected


def test_the_limit_is_in_weighted_characters() -> None:
    """280 Arabic letters fit, 280 Amharic ones do not."""
    assert weighted_length("ا" * X_LIMIT) == X_LIMIT
    assert weighted_length("ሀ" * X_LIMIT) == 2 * X_LIMIT


@pytest.mark.parametrize(
    "emoji",
    ["❗", "❗️", "⚠", "⚠️", "✅️", "☎️", "👍️", "🏳️‍🌈", "🏳‍🌈", "👁‍🗨", "👁️‍🗨️", "🕵‍♀️", "🕵️‍♀", "⛹‍♂", "❤️‍🔥", "❤‍🔥", "1️⃣", "1⃣", "👍🏽"],
)  # fmt: skip
def test_an_emoji_counts_two_with_its_variation_selector_and_without_it(emoji):
    """Keyboards differ in the invisible sign that they add; X counts the emoji that the reader sees."""
    assert weighted_length(emoji) == 2
    assert weighted_length(f"Hilfe {emoji} помощь {emoji}") == 6 + 2 + 8 + 2


def test_a_letter_typed_in_two_parts_counts_as_one():
    """X counts in normal form C."""
    for text, weight in (("Você não está só", 16), ("Їжа й притулок", 14), ("được", 5)):
        assert weighted_length(unicodedata.normalize("NFD", text)) == weighted_length(text) == weight
