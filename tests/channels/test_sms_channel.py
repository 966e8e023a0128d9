"""The SMS of a message: what it costs through the campaign's gateway, and what staff are told about it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from campaign.bidi import strip_controls
from campaign.channels import sms
from campaign.channels.sms_layout import numbers_whole
from campaign.channels.whole import straddling
from campaign.checks import preview, wordlist
from campaign.counting.sms import measure
from campaign.errors import CampaignError


def planned(bench, **plan):
    """The wide campaign with another SMS plan."""
    return replace(bench.campaign, sms=replace(bench.campaign.sms, **plan))


def details(artefact):
    """The findings of a file by code."""
    return [(finding.code, finding.detail) for finding in artefact.findings]


def test_the_public_call_is_the_counter_itself():
    """campaign.channels.sms.measure counts by the standard's default: 8-bit reference, no national table."""
    assert sms.measure is measure


def test_the_report_says_what_is_sent_and_where_it_is_cut(bench):
    """sms.json: encoding, segments, units, the parts joined are the text, and the count without cut characters."""
    files = bench.files("sms", bench.message(locale="bn"))
    report = json.loads(files["sms.json"].data)
    assert "".join(report["parts"]) == files["sms.txt"].data.decode()
    assert len(report["parts"]) == report["segments"] == len(report["units"])
    assert report["segments_whole_graphemes"] >= report["segments"]
    assert report["encoding"] == "UCS-2"


@pytest.mark.parametrize("audience", ["migrants", "women-children", "unaccompanied-children"])
def test_numbers_are_read_in_order_in_every_right_to_left_sms(bench, audience):
    """An independent bidi implementation shows the helpline from left to right, and the cost is one mark at most."""
    for locale in ("ar", "fa"):
        item = bench.message(audience, locale)
        text = bench.files("sms", item)["sms.txt"].data.decode()
        shown = strip_controls(get_display(text, base_dir="R"))
        assert item.helplines[0].contact.display in shown
        assert "112" in shown
        assert len(text) - len(strip_controls(text)) <= 2


def test_plain_characters_are_used_only_when_the_campaign_asks(bench, block):
    """A curly apostrophe costs: staff are told what to write instead; with plain = true it is written so."""
    item = block(bench.message(), sms="It’s here – call +32 3 201 16 90, or 112 in danger. " + "More words. " * 6)
    asked = bench.files("sms", item)["sms.txt"]
    assert "’" in asked.data.decode()
    assert any("fewer with plain characters" in detail and "'’'" in detail for _, detail in details(asked))
    plain = bench.files("sms", item, campaign=planned(bench, plain=True))
    assert plain["sms.txt"].data.decode().startswith("It's here - call")
    assert json.loads(plain["sms.json"].data)["encoding"] == "GSM-7"


def test_a_text_in_another_script_is_never_made_plain(bench):
    """Cyrillic, Arabic and Bengali texts go out as they were signed."""
    for locale in ("uk", "ar", "bn"):
        item = bench.message(locale=locale)
        texts = {
            bench.files("sms", item, campaign=planned(bench, plain=plain))["sms.txt"].data for plain in (True, False)
        }
        assert len(texts) == 1


def test_the_budget_counts_through_the_gateway_of_the_campaign(bench, block):
    """Turkish letters fit one part through a gateway with the Turkish table, two without: only then a warning."""
    text = "Haklarınız var, çağrı ücretsiz: +32 3 201 16 90, 112. " + "ğış" * 12
    item = block(bench.message(), sms=text)
    dear = bench.files("sms", item, campaign=planned(bench, parts=1))["sms.txt"]
    assert ("length", "takes 2 parts (UCS-2), the campaign allows 1") in details(dear)
    files = bench.files("sms", item, campaign=planned(bench, parts=1, single_shift=("Turkish",)))
    assert details(files["sms.txt"]) == []
    assert json.loads(files["sms.json"].data)["single_shift"] == "Turkish"


def test_a_number_that_is_cut_is_a_warning(bench, block):
    """A reader whose telephone shows the parts apart could call half a number."""
    item = block(bench.message(), sms="x" * 148 + " +32 3 201 16 90 or 112")
    assert ("length", '"+32 3 201 16 90" is cut where one part ends and the next begins') in details(
        bench.files("sms", item)["sms.txt"]
    )


@pytest.mark.parametrize("locale", ["en", "fr", "ar"])
def test_the_opt_out_of_a_country_is_the_last_line_and_is_counted(bench, locale):
    """What campaign.toml says for Belgium stands in every language's words; other countries have none."""
    campaign = planned(bench, opt_outs={"BE": "STOP 8010"})
    text = bench.files("sms", bench.message(locale=locale, campaign=campaign), campaign=campaign)["sms.txt"]
    last = text.data.decode().split("\n")[-1]
    assert last.endswith("STOP 8010") and last != "STOP 8010"
    assert "label" not in last
    other = bench.message(locale=locale, country="DE", campaign=campaign)
    assert "\n" not in other.texts["sms"]


def test_the_opt_out_must_be_signed_as_well(bench):
    """The units of the SMS hold the sentence of the opt-out, but only where it is shown."""
    campaign = planned(bench, opt_outs={"BE": "STOP 8010"})
    sources = [
        {unit.source for unit in bench.message(locale="de", campaign=c).used("text:sms")}
        for c in (campaign, bench.campaign)
    ]
    assert ("No more messages: %(opt_out)s" in sources[0], "No more messages: %(opt_out)s" in sources[1]) == (
        True,
        False,
    )


def test_the_first_words_on_a_locked_screen_reveal_nothing(bench, block):
    """A word of the list within the first 30 characters is a warning; later in the text it is none."""
    early = block(bench.message(), sms="Human trafficking? Call +32 3 201 16 90. Danger: 112")
    late = block(bench.message(), sms="Here is a number for you to keep: trafficking +32 3 201 16 90, 112")
    assert [code for code, _ in details(bench.files("sms", early)["sms.txt"])] == ["preview"]
    assert details(bench.files("sms", late)["sms.txt"]) == []


@pytest.mark.parametrize(
    ("locale", "text", "word"),
    [
        ("de", "Zwangsarbeit? Hilfe gibt es", "Zwangsarbeit"),
        ("ar", "الاتجار بالبشر", "الاتجار"),
        ("el", "ΒΙΑ στο σπίτι", "ΒΙΑ"),
        ("bn", "পাচার থেকে সুরক্ষা", "পাচার"),
        ("ur", "انسانی ٹریفکنگ کے خلاف مدد", "ٹریفکنگ"),
        ("zh-Hans", "反人口贩运援助", "贩运"),
        ("vi", "Giúp đỡ chống nạn mua bán người", "mua bán người"),
    ],
)
def test_revealing_words_are_known_in_each_listed_language(locale, text, word):
    """The finding quotes the word; a language without a list has no finding, and says so."""
    assert f'"{word}"' in next(preview.revealing(text, locale, "x")).detail
    assert list(preview.revealing("trafficking", "ha", "x")) == []
    assert (wordlist.words("preview", locale) is None, wordlist.words("preview", "ha") is None) == (False, True)


@pytest.mark.parametrize(("before", "found"), [(28, True), (29, True), (30, False)])
def test_a_script_without_spaces_shows_no_more_than_the_screen_does(before, found):
    """A word that begins among the first 30 signs counts whole; one behind them does not, though no space parts it."""
    assert bool(list(preview.revealing("好" * before + "贩运求助", "zh-Hans", "x"))) is found


def test_every_language_of_the_campaign_has_a_list_of_revealing_words(bench):
    """A language that nobody listed is not checked."""
    assert [locale for locale in bench.campaign.languages if not wordlist.words("preview", locale)] == []


def test_an_unknown_table_is_refused_by_name(bench):
    """A plan that names a table which the standard does not have is an error, not a guess."""
    with pytest.raises(CampaignError, match='no single shift table "Klingon"'):
        bench.files("sms", bench.message(), campaign=planned(bench, single_shift=("Klingon",)))


@pytest.mark.slow
def test_no_draft_of_the_campaign_reveals_anything_on_a_locked_screen(bench):
    """Every SMS of every language and audience keeps the listed words out of its first 30 characters."""
    found = [
        finding.detail
        for locale in bench.campaign.languages
        for audience in bench.campaign.audiences
        for finding in preview.revealing(sms.sendable(bench.message(audience, locale), bench.campaign.sms), locale, "x")
    ]
    assert found == []


#: A sentence before one with a number: it is made as long as cuts the number.
SPLIT = {
    "en": ("You can see a doctor", "Questions? Call {}. In danger: 112."),
    "uk": ("Ви можете піти до лікаря", "Питання? Телефонуйте {}. У небезпеці: 112."),
    "ti": ("ናብ ሓኪም ክትከዱ ትኽእሉ", "ሕቶ፧ ደውሉ {}። ኣብ ሓደጋ 112።"),
    "ar": ("يمكنك أن ترى الطبيب", "للأسئلة اتصل بالرقم {}. عند الخطر: 112."),
    "bn": ("আপনি ডাক্তার দেখাতে পারেন", "প্রশ্ন? ফোন করুন {}। বিপদে 112।"),
}


@pytest.mark.parametrize("locale", SPLIT)
@pytest.mark.parametrize("length", range(20, 60, 3))
def test_a_number_stays_whole_where_a_line_end_can_help_it(bench, block, locale, length):
    """The sentence with the number begins a line; spaces before the line end move it into the next part, at no cost."""
    before, after = SPLIT[locale]
    item = bench.message(locale=locale)
    number = item.helplines[0].contact.display
    words = f"{before} {'x' * length}. {after.format(number)}"
    files = bench.files("sms", block(item, sms=words))
    text, report = files["sms.txt"].data.decode(), json.loads(files["sms.json"].data)
    assert not straddling(report["parts"])
    assert not any("is cut where" in detail for _, detail in details(files["sms.txt"]))
    assert strip_controls(text).split() == words.split()
    assert report["segments"] <= measure(words).segments
    for line in text.split("\n")[1:]:
        assert locale != "ar" or not line.lstrip("\u200e\u200f+")[:1].isdigit()


@given(st.text("ab. ?12+34,:\n", max_size=90), st.integers(3, 40), st.booleans())
def test_the_layout_changes_spaces_only_and_costs_nothing(text, size, rtl):
    """The words and their order stay as they were signed; no part more is sent, and no more numbers are cut."""

    def cut(given):
        return [given[at : at + size] for at in range(0, len(given), size)] or [""]

    laid = numbers_whole(text, cut, rtl=rtl)
    assert laid.split() == text.split()
    assert len(cut(laid)) <= len(cut(text))
    assert len(straddling(cut(laid))) <= len(straddling(cut(text)))
