"""Posts and cards: within each platform's limits in every language, numbers in order, nothing cut in silence."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from bidi import get_display
from PIL import Image

from campaign import languages
from campaign.bidi import strip_controls
from campaign.channels.layout_data import data
from campaign.channels.social import CARDS, post
from campaign.counting.platforms import platform, platforms
from campaign.errors import CampaignError
from campaign.model.finding import Severity
from campaign.raster import finished
from campaign.typeset import guard

AUDIENCES = ("migrants", "service-providers", "unaccompanied-children", "disability-learning")


def posts(bench, item, *, review=False):
    """The text files of an item by name; the cards are left out, for they take time."""
    channel = bench.channel("social", review=review)
    return {a.path: a for name in platforms() for a in channel._posts(item, platform(name))}


@pytest.mark.slow
def test_every_post_of_every_language_and_audience_is_within_its_limit(bench):
    """17 audiences, every language, ten platforms: each file fits, or is one of a thread that does."""
    for locale in bench.campaign.languages:
        for audience in bench.campaign.audiences:
            item = bench.renderer.message(audience, locale, "DE", bench.texts[locale])
            for path, artefact in posts(bench, item).items():
                text = artefact.data.decode()
                assert not [f for f in artefact.findings if f.severity is Severity.ERROR], (locale, path)
                if artefact.format in platforms():
                    assert platform(artefact.format).cost(text, post=True).fits, (locale, audience, path)


@pytest.mark.slow
def test_the_parser_of_twitter_text_weighs_our_posts_the_same(bench):
    """The published parser, as an oracle: the post for X of a message in every language."""
    parse = pytest.importorskip("twitter_text").parse_tweet
    for locale in bench.campaign.languages:
        for audience in AUDIENCES:
            text = bench.message(audience, locale).texts["x"]
            assert parse(text).weightedLength == platform("x").cost(text).length, (locale, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_numbers_are_read_in_order_in_right_to_left_posts(bench, audience):
    """An independent bidi implementation shows every number from left to right, on every platform."""
    for locale in (tag for tag in bench.campaign.languages if languages.get(tag).rtl):
        item = bench.message(audience, locale)
        number = item.helplines[0].contact.display
        for path, artefact in posts(bench, item).items():
            if artefact.format in platforms():
                lines = [strip_controls(get_display(line, base_dir="R")) for line in artefact.data.decode().split("\n")]
                assert any(number in line for line in lines), path
                assert not any(number[::-1] in line for line in lines), path


def test_addresses_stand_on_a_line_of_their_own(bench):
    """A platform makes a link of a line that is an address, in every language."""
    for locale in bench.campaign.languages:
        item = bench.message(locale=locale)
        for path, artefact in posts(bench, item).items():
            if artefact.format in platforms():
                assert item.url in artefact.data.decode().split("\n"), path


def test_each_platform_gets_as_many_hashtags_as_it_takes(bench):
    """Threads one, WhatsApp none, X two; they are the translated one and the list of campaign.toml."""
    campaign = replace(
        bench.campaign, hashtags={"en": ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")}
    )
    item = bench.message(campaign=campaign)
    counts = {
        name: sum(word.startswith("#") for word in item.texts[name].split()) for name in ("x", "threads", "whatsapp")
    }
    assert counts == {"x": 2, "threads": 1, "whatsapp": 0}
    assert sum(word.startswith("#") for word in item.texts["instagram"].split()) == 5
    assert "#لك_حقوق" in bench.message(locale="ar").texts["bluesky"]


def test_a_hashtag_that_platforms_would_cut_stops_the_message_by_name(bench):
    """A joiner inside a Persian hashtag is an error for staff, not half a tag for readers."""
    campaign = replace(bench.campaign, hashtags={"fa": ("می\u200cتوانید",)})
    with pytest.raises(CampaignError, match="ZERO WIDTH NON-JOINER"):
        bench.message(locale="fa", campaign=campaign)


def test_a_text_that_is_too_long_says_by_how_much(bench):
    """X gets a thread and a warning with the costs; Instagram an error; no text is cut."""
    item = bench.message()
    long = "You may be waiting, moving or working without papers. " * 60 + item.url
    thread, found = post(long, platform("x"), item)
    assert len(thread) > 9
    assert found[0].severity is Severity.WARNING
    assert "too many; it goes out as" in found[0].detail
    text, found = post(long, platform("instagram"), item)
    assert text == (long,)
    assert (found[0].severity, "limit is 2200" in found[0].detail) == (Severity.ERROR, True)


def test_a_thread_is_written_as_one_file_for_each_post(bench, block):
    """x-1.txt, x-2.txt …, so that each can be pasted as it is."""
    item = bench.message()
    item = block(item, x="You may be waiting, moving or working without papers. " * 8 + "\n+32 3 201 16 90")
    names = [path for path in posts(bench, item) if path.startswith("x")]
    assert names == ["x-1.txt", "x-2.txt"]


def test_a_whatsapp_helpline_gets_its_link(bench):
    """wa.me stands in the posts only when the record says that the helpline answers there."""
    contacts = tuple(replace(c, answers_whatsapp=c.id == "be-payoke") for c in bench.campaign.contacts)
    item = bench.message(campaign=replace(bench.campaign, contacts=contacts))
    assert "https://wa.me/3232011690" in item.texts["whatsapp"].split("\n")
    assert "wa.me" not in bench.message().texts["whatsapp"]


@pytest.mark.slow
def test_every_card_is_exact_small_described_and_says_srgb(bench):
    """Four sizes to the pixel, under 1 MB, tagged sRGB, each with its description that gives words and number."""
    for locale in ("en", "ar", "ti"):
        item = bench.message("service-providers", locale)
        files = bench.files("social", item)
        for name, size in CARDS.items():
            png = files[f"{name}.png"].data
            picture = Image.open(io.BytesIO(png))
            assert picture.size == size
            assert len(png) < 1_000_000
            assert "srgb" in picture.info
            alt = strip_controls(files[f"{name}-alt.txt"].data.decode())
            assert item.line("title") in alt and item.helplines[0].contact.display in alt
            assert all(len(alt) <= p.alt for p in platforms().values() if p.alt)


def test_a_story_leaves_the_zones_free_that_apps_cover(bench):
    """No text and no picture edge lies in the top 270 or the bottom 380 pixels of the 1080x1920 card."""
    for locale in ("de", "ar", "bn"):
        values = data(bench.message("survivors-proceedings", locale), bench.campaign, review=True)
        laid = bench.typesetter.lay_out("card-1080x1920", values)
        boxes = guard.text_boxes(guard.opened(laid.pdf))[0]
        assert min(box.top for box in boxes) >= 270 / 2
        assert max(box.bottom for box in boxes) <= 960 - 380 / 2


@pytest.mark.slow
def test_the_headline_of_a_card_can_be_read_on_a_telephone(bench):
    """At least 64 pixels on the square card, the tightest of the 1080 pixels, for the longest title of each language."""
    for locale in bench.campaign.languages:
        audience = max(bench.campaign.audiences, key=lambda name: len(bench.message(name, locale).line("title")))
        values = data(bench.message(audience, locale), bench.campaign, review=False)
        frames = bench.typesetter.lay_out("card-1080x1080", values).frames
        assert next(frame for frame in frames if frame.id == "title").size * 2 >= 64, locale


def test_a_picture_of_another_size_is_refused():
    """A layout whose page is not what its name says never reaches a platform."""
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    with pytest.raises(CampaignError, match="10 x 10 pixels, not 20 x 10"):
        finished(out.getvalue(), (20, 10), 1000, "x")
    with pytest.raises(CampaignError, match="0 x 0 pixels"):
        finished(b"GIF89a", (20, 10), 1000, "x")


def test_a_picture_over_its_budget_gets_fewer_colours_or_is_refused():
    """A photograph-like picture is written in 256 colours; when that is not enough, staff are told."""
    import random

    noise = random.Random(1).randbytes(200 * 200 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 200), noise).save(out, "PNG")
    small = finished(out.getvalue(), (200, 200), 60_000, "x")
    assert len(small) < 60_000 < len(out.getvalue())
    assert struct.unpack(">II", small[16:24]) == (200, 200)
    with pytest.raises(CampaignError, match="at most 20000 are allowed"):
        finished(out.getvalue(), (200, 200), 20_000, "x")
