"""Hashtags that read alike on X and Bluesky."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.counting.hashtag import MAX_UNITS, safe_hashtag
from campaign.errors import CampaignError

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "hashtags.json").read_text("utf-8"))["vectors"]

# What the vectors show, written from them: X goes on over letters, marks, digits, joiners and a few marks of
# punctuation, and wants a letter or mark; Bluesky goes on to a space or joiner, wants a space before the sign and
# something beside digits and punctuation, and drops punctuation at the end.
X_TAG = regex.compile(r"(?<![\p{L}\p{M}\p{Nd}_&])[#＃]([\p{L}\p{M}\p{Nd}_\u200c\u200d·־・]*)")
BLUESKY_TAG = regex.compile(r"(?:^|(?<=\s))[#＃](?!\ufe0f)([^\s\u00ad\u200a-\u200d\u2060\u20e2]+)")


def found_by_x(text: str) -> list[str]:
    return [tag for tag in X_TAG.findall(text) if regex.search(r"[\p{L}\p{M}]", tag)]


def found_by_bluesky(text: str) -> list[str]:
    tags = [regex.sub(r"\p{P}+$", "", tag) for tag in BLUESKY_TAG.findall(text)]
    return [tag for tag in tags if regex.search(r"[^0-9\p{P}]", tag) and len(tag.encode("utf-16-le")) <= 2 * 64]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_the_rules_explain_the_vectors(vector: dict[str, Any]) -> None:
    """The two rules this file tests with are the platforms' own, as far as they were observed."""
    assert found_by_x(vector["text"]) == vector["x"]
    assert found_by_bluesky(vector["text"]) == vector["bluesky"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_tag_is_found_whole_on_both(vector: dict[str, Any]) -> None:
    """A tag that the program lets pass is the same tag on both platforms."""
    try:
        tag = safe_hashtag(vector["text"])
    except CampaignError:
        assert vector["text"] in {"#ක්\u200dරීඩා", "a#b", "#C++", "#٢٠٢٤"}
    else:
        assert found_by_x(f"x {tag} y") == found_by_bluesky(f"x {tag} y") == [tag[1:]]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_safe_tag_is_left_alone(vector: dict[str, Any]) -> None:
    """A tag of letters, marks, digits and _ comes back as it was written."""
    if regex.fullmatch(r"#[\p{L}\p{M}\p{Nd}_]*\p{L}[\p{L}\p{M}\p{Nd}_]*", vector["text"]):
        assert safe_hashtag(vector["text"]) == vector["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stop trafficking", "#stop_trafficking"),
        ("  You are\u00a0not\nalone ", "#You_are_not_alone"),
        ("COVID-19", "#COVID_19"),
        ("#covid19", "#covid19"),
        ("＃健康です。", "#健康です"),
        ("«Помощь»!", "#Помощь"),
        ("\u2067#صحة\u2069", "#صحة"),
        ("\u200f#صحة", "#صحة"),
        ("אל־תלחץ", "#אל_תלחץ"),
        ("日本語・タグ", "#日本語_タグ"),
        ("étudiant·e", "#étudiant_e"),
        ("traf\u00adfic", "#traffic"),
        ("e\u0301te\u0301", "#été"),
        ("oʻzbek", "#oʻzbek"),
        ("2024 election", "#2024_election"),
        ("𠮷野家", "#𠮷野家"),
    ],
)
def test_makes_it_safe(text: str, expected: str) -> None:
    """Spaces and hyphens become _, signs around the word and invisible characters go; the spelling stays."""
    assert safe_hashtag(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("می\u200cگیریم", "ZERO WIDTH NON-JOINER"),
        ("ක්\u200dරීඩා", "ZERO WIDTH JOINER"),
        ("don’t", "RIGHT SINGLE QUOTATION MARK"),
        ("C++", "PLUS SIGN"),
        ("I❤you", "HEAVY BLACK HEART"),
        ("#one #two", "NUMBER SIGN"),
        ("1️⃣a", "VARIATION SELECTOR-16"),
        ("xⅫ", "ROMAN NUMERAL TWELVE"),
        ("𞤆𞤵𞤤𞤢𞤪", "too new a letter for X"),
        ("a\ud800", "U+D800"),
        ("٢٠٢٤", "no letter"),
        ("", "no letter"),
        ("#", "no letter"),
        ("a" * (MAX_UNITS + 1), "65 UTF-16 code units"),
    ],
)
def test_refuses_what_it_cannot_make_safe(text: str, named: str) -> None:
    """A character that carries meaning is named, with its place, instead of being dropped."""
    with pytest.raises(CampaignError) as refusal:
        safe_hashtag(text)

    assert named in str(refusal.value)
    assert all(problem.todo for problem in refusal.value.problems)


def test_names_every_problem_at_once() -> None:
    """The writer mends a tag in one go."""
    with pytest.raises(CampaignError) as refusal:
        safe_hashtag("me’n’you+" + "a" * 64)

    assert len(refusal.value.problems) == 4


def test_the_longest_tag_is_found() -> None:
    """A tag of exactly the greatest length still works on Bluesky."""
    tag = safe_hashtag("𠮷" * (MAX_UNITS // 2))

    assert found_by_bluesky(tag) == [tag[1:]]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=70) | st.text(max_size=70))
def test_whatever_comes_out_is_found_whole_on_both(text: str) -> None:
    """No input makes a tag that one platform reads and the other cuts; making it safe twice changes nothing."""
    try:
        tag = safe_hashtag(text)
    except CampaignError:
        return

    assert found_by_x(tag) == found_by_bluesky(tag) == [tag[1:]]
    assert all(unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd" or c == "_" for c in tag[1:])
    assert safe_hashtag(tag) == tag
