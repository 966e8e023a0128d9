"""What platforms count: Bluesky, Mastodon, Threads, Telegram; limits as dated data."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.channels import social
from campaign.counting import units
from campaign.counting.hashtag import safe_hashtag
from campaign.counting.platforms import parse, platform, platforms
from campaign.counting.x import weighted_length
from campaign.errors import CampaignError

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("unit", "text", "count"),
    [
        ("graphemes", f"hi {FAMILY}", 4),
        ("graphemes", "নি", 1),
        ("graphemes", "a\r\nb", 3),
        ("bytes", "é", 2),
        ("utf16", "\U0001f600", 2),
        ("utf16", "Ελλάδα", 6),
        ("mastodon", "see https://example.org/a/very/long/path/that/is/more/than/23 now", 31),
        ("mastodon", "see example.org now", 19),
        ("mastodon", "hello @helper@a-very-long-instance.example", 13),
        ("mastodon", "mail helper@example.org", 23),
        ("mastodon", FAMILY, 1),
        ("threads", "plain", 5),
        ("threads", "\U0001f600", 4),
        ("threads", FAMILY, 18),
        ("threads", "مرحبا", 5),
        ("weighted", "ሰላም", 6),
    ],
)
def test_each_unit_counts_as_published(unit, text, count):
    """Graphemes, bytes, UTF-16, Mastodon's links and mentions, Threads' emoji."""
    assert units.UNITS[unit](text) == count


@given(st.text())
def test_no_text_breaks_a_count(text):
    """Every unit counts every text; graphemes are never more than UTF-16 units, nor those than bytes."""
    counts = {name: count(text) for name, count in units.UNITS.items()}
    assert counts["graphemes"] <= counts["utf16"] <= counts["bytes"]
    assert len(text) <= counts["threads"] <= counts["bytes"]


@pytest.mark.parametrize("name", platforms())
def test_each_platform_says_where_its_numbers_come_from(name):
    """A limit has a unit that we can count, a source and the month in which it was read; a post keeps it."""
    found = platform(name)
    assert found.unit in units.UNITS
    assert found.source
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", found.as_of)
    assert found.post_limit <= found.limit
    assert f"card-{found.card}" in social.CARDS
    assert bool(found.post) == bool(found.post_why)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("x", 280),
        ("bluesky", 300),
        ("mastodon", 500),
        ("threads", 500),
        ("facebook", 63206),
        ("instagram", 2200),
        ("whatsapp", 4096),
        ("telegram", 4096),
        ("linkedin", 3000),
        ("tiktok", 4000),
    ],
)
def test_a_text_at_the_limit_fits_and_one_more_does_not(name, limit):
    """The published limit is the last length that fits."""
    assert platform(name).cost("a" * limit).fits
    over = platform(name).cost("a" * (limit + 1))
    assert (over.fits, over.over) == (False, 1)


def test_bluesky_counts_bytes_as_well():
    """300 graphemes of a family emoji are 5400 bytes: too many."""
    cost = platform("bluesky").cost(FAMILY * 300)
    assert (cost.length, cost.over, cost.bytes_over, cost.fits) == (300, 0, 2400, False)


WHOLE = """
[pixelfed]
name = "Pixelfed"
unit = "graphemes"
limit = 500
hashtags = 5
image_mb = 15
card = "1080x1350"
threads = false
links = true
as_of = "2026-11"
source = "docs.pixelfed.org"
"""


def test_a_platform_that_is_added_is_there():
    """One table makes a platform; a number with or without a point is one."""
    assert parse(WHOLE)["pixelfed"].limit == 500
    assert parse(WHOLE.replace("image_mb = 15", "image_mb = 1.5"))["pixelfed"].image_mb == 1.5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[pixelfed]", "[pixelfed]\n[pixelfed]", "is no table of platforms: "),
        ("limit = 500\n", "", "[pixelfed]: lacks limit"),
        ("source", "sauce", "[pixelfed]: lacks source"),
        ("source", "sauce", "[pixelfed]: has an unknown key 'sauce'"),
        ("source", "id", "[pixelfed]: has an unknown key 'id'"),
        ('"graphemes"', '"letters"', "[pixelfed]: counts in an unknown unit 'letters'"),
        ('"graphemes"', "5", "[pixelfed]: unit is 5"),
        ("limit = 500", 'limit = "500"', "[pixelfed]: limit is '500'"),
        ("limit = 500", "limit = true", "[pixelfed]: limit is True"),
        ("threads = false", "threads = 0", "[pixelfed]: threads is 0"),
        ('"graphemes"', '["graphemes"]', "[pixelfed]: unit is ['graphemes']"),
        ("\n[pixelfed]", "pixelfed = 500\n[other]", "[pixelfed]: is no table"),
    ],
)
def test_what_keeps_a_table_from_being_a_platform_is_said(old, new, said):
    """A platform that is there twice, a key that is missing, misspelt or of another kind: file, table and key."""
    with pytest.raises(CampaignError) as raised:
        parse(WHOLE.replace(old, new))
    assert any(said in str(problem) for problem in raised.value.problems), str(raised.value)
    assert all(problem.where.startswith("campaign/data/platforms.toml") for problem in raised.value.problems)


def test_an_unknown_platform_is_named_with_the_known_ones():
    """A wrong id says what there is."""
    with pytest.raises(CampaignError, match="use one of x, bluesky"):
        platform("myspace")


@pytest.mark.parametrize("name", ["sms", *platforms()])
def test_the_command_line_takes_every_platform_of_the_data_file(cli, tmp_path, name):
    """measure counts on sms and on every platform, and its help names them."""
    assert cli.run("measure", name, "Call 112", at=tmp_path).code == 0
    assert name in cli.run("measure", "--help", at=tmp_path).out


def test_the_public_names_stay_where_others_call_them():
    """campaign.channels.social gives the weighted length and the safe hashtag."""
    assert social.weighted_length is weighted_length
    assert social.safe_hashtag is safe_hashtag


@pytest.mark.parametrize(
    ("address", "length"),
    [
        ("https://example.org/مساعدة/بلجيكا", 23),
        ("https://example.org/помощь/бг", 23),
        ("https://example.org/βοήθεια/", 23),
        ("https://example.org/ሓገዝ", 23),
        ("https://example.org/সাহায্য/বেলজিয়াম", 23),
        ("https://example.org/帮助/比利时", 23),
        ("https://example.org/a(b)c?q=مساعدة", 23),
        ("https://example.org/помощь/бг.", 24),
        ("(https://example.org/مساعدة)", 25),
    ],
)  # fmt: skip
def test_mastodon_takes_any_letters_in_the_path_of_a_link(address, length):
    """Mastodon has a link pattern of its own, wider than that of X: a link in any script counts 23."""
    assert platform("mastodon").cost(address).length == length
