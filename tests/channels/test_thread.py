"""Threads: numbered posts within the limit, nothing taken apart, nothing lost."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unicode_segmentation_rs import graphemes

from campaign.bidi import direct_numbers
from campaign.channels.thread import pieces, thread
from campaign.channels.whole import spans, straddling
from campaign.counting.platforms import platform
from campaign.errors import CampaignError

SENTENCES = "You may be waiting, moving or working without papers. Some people use this against you. " * 8
TAIL = "\nCall +32 3 201 16 90 now.\nhttps://example.org/be/en/migrants\n\n#YouHaveRights"
WORDS = st.sampled_from(
    [
        "help",
        "пора",
        "حقوق",
        "ሰላም",
        "আপনার",
        "+32 3 201 16 90",
        "116 000",
        "https://example.org/be/ar/migrants",
        "#Rights",
        "a@example.org",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "e\u0301",
        "09:00–17:00",
        "۱۲۳ ۴۵۶",
        "ฉันต้องการความช่วยเหลือ",
    ]
)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", ". ", "  "])), min_size=1, max_size=120).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


def boundaries(text: str) -> set[int]:
    """Where a grapheme ends."""
    return {0, *accumulate(map(len, graphemes(text, True)))}


def test_a_text_that_fits_is_one_post_as_it_is():
    """No number is added, no space is lost."""
    assert thread("Call 112. ", platform("x")) == ("Call 112. ",)


@pytest.mark.parametrize("name", ["x", "bluesky", "mastodon", "threads"])
def test_a_long_text_becomes_numbered_posts_within_the_limit(name):
    """Each post says which of how many it is; the number, the address and the hashtag stay whole."""
    posts = thread(SENTENCES + TAIL, platform(name))
    assert len(posts) > 1
    assert [post.rpartition("\n")[2] for post in posts] == [f"{n}/{len(posts)}" for n in range(1, len(posts) + 1)]
    assert all(platform(name).cost(post).fits for post in posts)
    for run in ("+32 3 201 16 90", "https://example.org/be/en/migrants", "#YouHaveRights"):
        assert sum(run in post for post in posts) == 1
    assert all(post.split("\n")[0].endswith((".", "you.")) for post in posts[:-1])


def test_more_than_nine_posts_keep_room_for_two_digits():
    """10/12 takes more room than 1/9."""
    posts = thread(SENTENCES * 5, platform("x"))
    assert len(posts) > 9
    assert all(platform("x").cost(post).fits for post in posts)


def test_a_platform_without_threads_says_by_how_much():
    """LinkedIn has no threads: the error names the count, the limit and what is too many."""
    with pytest.raises(CampaignError, match=r"counts 3007 on LinkedIn, the limit is 3000: 7 too many"):
        thread("a" * 3007, platform("linkedin"))


def test_an_address_longer_than_a_post_is_refused_by_name():
    """It can neither be cut nor sent: better no post than a dead link."""
    address = "https://example.org/" + "a" * 400
    with pytest.raises(CampaignError, match=r"https://example.org/a.* alone is longer than one post"):
        thread(f"Read this: {address}", platform("bluesky"))


def test_words_without_spaces_are_cut_between_graphemes():
    """Thai has no spaces between words: the cut goes between characters as readers see them."""
    text = "ผู้" * 200
    posts = pieces(text, lambda piece: len(piece) <= 50)
    assert "".join(posts) == text
    assert all(len(post) % 3 == 0 for post in posts)


@given(TEXTS, st.integers(40, 200))
def test_the_pieces_are_the_text_and_nothing_is_taken_apart(text, limit):
    """Joined they give the text back; each fits; no cut within a number, address, hashtag or grapheme."""
    found = pieces(text, lambda piece: len(piece.strip()) <= limit)
    assert "".join(found) == text
    assert all(len(piece.strip()) <= limit for piece in found)
    assert straddling(found) == ()
    assert set(accumulate(map(len, found))) <= boundaries(text)


@given(TEXTS, st.sampled_from(["x", "bluesky", "mastodon", "threads"]))
def test_posts_of_any_text_are_within_the_limit(text, name):
    """Whatever is written, no post counts more than the platform takes."""
    assert all(platform(name).cost(post).fits for post in thread(text, platform(name)))


def test_what_must_stay_whole_is_found():
    """Numbers with the marks before them, hours, addresses, hashtags; not a bare year or a price."""
    text = "\u200e+32 3 201 16 90, 116 016, *123#, 09:00–17:00, a@b.org, https://b.org/x #tag in 2026, 50%"
    assert [text[start:end] for start, end in spans(text)] == [
        "\u200e+32 3 201 16 90",
        "116 016",
        "*123#",
        "09:00–17:00",
        "a@b.org",
        "https://b.org/x",
        "#tag",
    ]


def test_an_isolated_number_stays_with_its_isolate():
    """A cut inside an isolate would turn the rest of the post round."""
    text = direct_numbers("للاتصال: +32 3 201 16 90 الآن", isolate=True)
    assert re.search("\u2066[^\u2069]*\u2069", text).span() in spans(text)


def test_a_number_over_two_parts_of_an_sms_is_found():
    """The parts join to the text: what begins in one and ends in the next is named."""
    assert straddling(("Call +32 3 20", "1 16 90 now, or 112")) == ("+32 3 201 16 90",)
    assert straddling(("Call ", "+32 3 201 16 90")) == ()


CHINESE = "您有权利，无论您有什么证件。没有人可以拿走您的护照。您可以去看医生，那里没有人会问您的证件。" * 9
JAPANESE = (
    "あなたには権利があります。誰もあなたのパスポートを取り上げることはできません。「助けて」と言ってください。" * 6
)
KHMER = "អ្នកមានសិទ្ធិ។ គ្មាននរណាអាចយកលិខិតឆ្លងដែនរបស់អ្នកបានទេ។ អ្នកអាចទៅជួបគ្រូពេទ្យ។" * 8
BURMESE = "သင့်တွင် အခွင့်အရေးရှိသည်။သင့်ပတ်စပို့ကို မည်သူမျှ မယူနိုင်ပါ။ဆရာဝန်နှင့် တွေ့နိုင်သည်။" * 8
HINDI = "आपके अधिकार हैं।कोई आपका पासपोर्ट नहीं ले सकता।आप डॉक्टर से मिल सकते हैं।" * 8


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, KHMER, BURMESE, HINDI], ids=["zh", "ja", "km", "my", "hi"])
@pytest.mark.parametrize("name", ["x", "bluesky"])
def test_a_thread_breaks_after_a_sentence_in_scripts_without_spaces(text, name):
    """A Chinese thread was cut inside a sentence, because no space follows its full stop."""
    posts = thread(text, platform(name))
    assert len(posts) > 1
    assert all(post.rpartition("\n")[0].endswith(tuple("。」។။।")) for post in posts)


def test_a_long_chinese_sentence_breaks_at_a_comma_and_never_before_a_mark():
    """Where no sentence ends, the comma is better than the middle of a word; no line begins with a full stop."""
    clause = "没有人可以拿走您的护照也没有人可以强迫您工作"
    found = pieces(f"{clause}，" * 4 + "完。", lambda piece: len(piece) <= 30)
    assert all(piece.endswith(("，", "。")) for piece in found)
    found = pieces("救" * 9 + "。" + "救" * 9 + "。", lambda piece: len(piece) <= 9)
    assert not any(piece.startswith("。") for piece in found)


def test_a_thread_breaks_at_a_space_rather_than_inside_a_chinese_word():
    """Also where the space comes early."""
    assert pieces("帮助 " + "证件权利" * 6, lambda piece: len(piece) <= 20)[0] == "帮助 "
