"""[sms] and [web] of campaign.toml: gateway, sender ids, opt-out, hours, the way out of a page."""

from __future__ import annotations

import pytest

from campaign import config
from campaign.config.load import ascii_address
from campaign.errors import CampaignError

PARTS = "parts = 3"


def test_every_key_of_the_gateway_arrives(workspace, rewrite):
    """What staff write is what the counter works with."""
    rewrite(
        workspace.config,
        PARTS,
        'parts = 2\nplain = true\nnot_before = "09:00"\nnot_after = "20:30"\n'
        '[sms.gateway]\nreference_bits = 16\nwhole_graphemes = true\nsingle_shift = ["Turkish"]\nlocking_shift = ["Hindi"]\n'
        '[sms.senders]\nBE = "HELPLINE 1"\n[sms.opt_out]\nBE = "STOP 8010"',
    )
    plan = config.load(workspace).sms
    assert (plan.parts, plan.plain, plan.reference_bits, plan.whole_graphemes) == (2, True, 16, True)
    assert (plan.single_shift, plan.locking_shift) == (("Turkish",), ("Hindi",))
    assert (dict(plan.senders), dict(plan.opt_outs)) == ({"BE": "HELPLINE 1"}, {"BE": "STOP 8010"})
    assert (plan.not_before, plan.not_after) == ("09:00", "20:30")


@pytest.mark.parametrize("sender", ["Help", "A", "112 Help", "Help-Line.1", "+3232011690", "8010"])
def test_senders_that_gateways_take(workspace, rewrite, sender):
    """Eleven Latin characters with a letter, an E.164 number, or a short code."""
    rewrite(workspace.config, PARTS, f'parts = 3\n[sms.senders]\nBE = "{sender}"')
    assert config.load(workspace).sms.senders["BE"] == sender


@pytest.mark.parametrize(
    ("line", "key", "what"),
    [
        ('[sms.senders]\nBE = "TwelveLetter"', "sms.senders.BE", "not a sender that gateways take"),
        ('[sms.senders]\nBE = "Ayúda"', "sms.senders.BE", "not a sender that gateways take"),
        ('[sms.senders]\nBE = "12-34"', "sms.senders.BE", "not a sender that gateways take"),
        ('[sms.senders]\nBE = "=cmd"', "sms.senders.BE", "not a sender that gateways take"),
        ('[sms.senders]\nBE = "Help "', "sms.senders.BE", "not a sender that gateways take"),
        ('[sms.senders]\nFR = "Help"', "sms.senders.FR", "not one of the campaign's countries"),
        ('[sms.opt_out]\nBE = "=STOP"', "sms.opt_out.BE", "is not an opt-out"),
        ('[sms.opt_out]\nBE = "STOP https://example.org"', "sms.opt_out.BE", "is not an opt-out"),
        ('[sms.gateway]\nsingle_shift = ["Turkis"]', "sms.gateway.single_shift", "did you mean 'Turkish'"),
        ('[sms.gateway]\nlocking_shift = ["Spanish"]', "sms.gateway.locking_shift", "is not one of"),
        ("[sms.gateway]\nreference_bits = 12", "sms.gateway.reference_bits", "must be 8 or 16"),
        ("[sms.gateway]\nbits = 8", "sms.gateway.bits", "is not a known key"),
        ('not_before = "9"\nnot_after = "20:00"', "sms.not_before", "not an hour of the day"),
        ('not_before = "09:00"', "sms.not_before", "go together"),
        ('not_before = "20:00"\nnot_after = "09:00"', "sms.not_before", "is not before not_after"),
        ('plain = "yes"', "sms.plain", "true or false"),
    ],
)
def test_what_a_gateway_would_refuse_is_refused_here(workspace, rewrite, line, key, what):
    """The message names the key and what to write there."""
    rewrite(workspace.config, PARTS, f"parts = 3\n{line}")
    with pytest.raises(CampaignError) as caught:
        config.load(workspace)
    assert {problem.where: what in problem.what for problem in caught.value.problems} == {f"campaign.toml: {key}": True}


@pytest.mark.parametrize("url", ["http://example.org", "javascript:alert(1)", "https://a b"])
def test_the_way_out_of_a_page_is_an_https_address(workspace, rewrite, url):
    """A quick exit that leads nowhere, or runs code, is refused."""
    rewrite(workspace.config, "https://www.wikipedia.org/", url)
    with pytest.raises(CampaignError, match=r"web.exit_url: .* is not an address"):
        config.load(workspace)


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://example.org/help", "https://example.org/help"),
        ("https://bücher.example/hilfe für alle", "https://xn--bcher-kva.example/hilfe%20f%C3%BCr%20alle"),
        ("https://example.org/%C3%BC", "https://example.org/%C3%BC"),
        ("https://" + "a" * 64 + ".example", ""),
    ],
)
def test_addresses_are_ascii_wherever_they_are_posted(url, encoded):
    """Punycode for the host, percent signs for the path; a host that cannot exist is none."""
    assert ascii_address(url) == encoded


def test_whatsapp_needs_a_full_number(workspace, rewrite):
    """A short code has no WhatsApp: the record says so with its key."""
    rewrite(workspace.contacts, 'id = "be-child-focus"', 'id = "be-child-focus"\nanswers_whatsapp = true')
    with pytest.raises(CampaignError, match=r"answers_whatsapp: needs a number like"):
        config.load(workspace)
    rewrite(workspace.contacts, "answers_whatsapp = true", "answers_sms = true")
    assert next(c for c in config.load(workspace).contacts if c.id == "be-child-focus").answers_sms
