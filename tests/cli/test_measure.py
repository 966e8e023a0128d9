"""campaign measure: any text on any channel, for people and for programs."""

from __future__ import annotations

import json
import unicodedata

import pytest

from campaign.counting.platforms import platforms


@pytest.fixture
def measure(cli, tmp_path):
    """`measure(channel, text, *options)` runs outside of any workspace."""

    def run(channel, text, *options):
        ended = cli.run("measure", channel, text, *options, at=tmp_path)
        assert ended.code == 0, ended.err
        return ended.out

    return run


def test_an_sms_shows_its_parts_and_what_makes_it_dear(measure):
    """The character that costs, its plain form, what that would save, where parts end, a number that is cut."""
    out = measure("sms", "It’s " + "a" * 56 + " +32 3 201 16 90")
    assert out.startswith("UCS-2, 2 parts: 67, 10 units\n")
    assert "part 1 ends: …" in out
    assert "UCS-2 because of '’' (U+2019); plain: \"'\"" in out
    assert "1 in GSM-7 with plain characters" in out
    assert "warning: '+32 3 201 16 90' is cut" in out


def test_an_sms_in_another_script_is_not_a_list_of_its_letters(measure):
    """Every Arabic letter needs UCS-2: to name each would help nobody."""
    assert "because of" not in measure("sms", "لك حقوق")


def test_an_sms_is_counted_through_the_gateway_that_is_named(measure):
    """National tables, 16-bit references, and the higher count of a gateway that keeps characters whole."""
    text = "ğüşİ" * 20
    assert json.loads(measure("sms", text, "--json"))["encoding"] == "UCS-2"
    turkish = json.loads(measure("sms", text, "--json", "--single-shift", "Turkish"))
    assert (turkish["encoding"], turkish["single_shift"]) == ("GSM-7", "Turkish")
    long = "a" * 306
    assert [json.loads(measure("sms", long, "--json", *o))["segments"] for o in ((), ("--reference-bits", "16"))] == [
        2,
        3,
    ]
    family = "ক" + "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 25
    result = json.loads(measure("sms", family, "--json"))
    assert result["segments_whole_graphemes"] > result["segments"]
    assert "parts where the gateway does not cut" in measure("sms", family)
    assert "".join(result["parts"]) == family


@pytest.mark.parametrize("name", platforms())
def test_each_platform_counts_in_its_unit_and_says_whose_limit_it_is(measure, name):
    """length, unit, limit, over, fits, as_of and source, for every platform; a text too long says by how much."""
    found = platforms()[name]
    result = json.loads(measure(name, "a" * (found.limit + 5), "--json"))
    assert (result["channel"], result["unit"], result["limit"]) == (name, found.unit, found.limit)
    assert (result["over"], result["fits"]) == (5, False)
    assert (result["as_of"], result["source"]) == (found.as_of, found.source)
    assert "5 too many" in measure(name, "a" * (found.limit + 5))
    assert json.loads(measure(name, "Call 112", "--json"))["fits"] is True


def test_a_thread_is_offered_with_its_posts(measure):
    """On X a long text is shown as the posts it would become, each within the limit."""
    text = "You may be waiting, moving or working without papers. " * 8
    result = json.loads(measure("x", text, "--json"))
    assert [post["length"] <= 280 for post in result["thread"]] == [True, True]
    assert result["weighted_length"] == result["length"]
    assert "as a thread: 2 posts of" in measure("x", text)
    assert "alone is longer than one post" in measure("bluesky", "https://example.org/" + "a" * 400)


def test_lower_limits_of_captions_and_titles_are_said(measure):
    """Telegram's caption and TikTok's title take less than the text."""
    assert "caption of a picture: at most 1024, 76 too many" in measure("telegram", "a" * 1100)
    assert "a separate title: at most 90, 10 too many" in measure("tiktok", "a" * 100)
    assert "12 of 3000 bytes" in measure("bluesky", "привет")


def test_an_unknown_channel_is_a_usage_error(cli, tmp_path):
    """The list of channels is in the message; exit code 2."""
    ended = cli.run("measure", "myspace", "x", at=tmp_path)
    assert (ended.code, "'tiktok'" in ended.err) == (2, True)


@pytest.mark.parametrize(
    "text", ["Información: llame a la línea", "Informação: não está só", "Πάρτε μας τώρα", "Không ai được giữ hộ chiếu"]
)
def test_an_sms_typed_in_two_parts_a_letter_counts_as_it_is_sent(measure, text):
    """Text from a Mac holds accents apart: it is counted, and sent, with the letters in one."""
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    assert measure("sms", apart) == measure("sms", text)
    assert measure("telegram", apart) == measure("telegram", text)
