"""Faults that real leaflets went out with, planted in twenty languages: each is found, and nothing else is."""

from __future__ import annotations

import pytest

from campaign.audit.compare import compare
from campaign.audit.document import Document
from campaign.audit.profile import of_document
from campaign.model.finding import Severity

#: Fault -> the contacts that stand in the text instead, and how the one finding begins.
FAULTS = {
    "reversed groups": ({"phone": "90 16 201 3 32+"}, "reversed: 90 16 201 3 32+ instead of +32 3 201 16 90"),
    "reversed digits": ({"phone": "0961102323+"}, "reversed: "),
    "truncated": ({"phone": "+32 3 201 16"}, "truncated: +32 3 201 16 instead of +32 3 201 16 90, 2 digits lost"),
    "turned digits": ({"phone": "+32 3 201 16 09"}, "changed: +32 3 201 16 "),
    "a digit too much": ({"phone": "+32 3 2011 16 90"}, "changed: "),
    "another country": ({"phone": "+33 3 201 16 90"}, "changed: +3[2→3] 3 201 16 90"),
    "no plus": ({"phone": "32 3 201 16 90"}, "changed: 32 3 201 16 90 lacks the plus sign"),
    "Arabic digits": ({"code": "١١٦ ٠٠٠"}, "native digits: ١١٦ ٠٠٠ cannot be dialled"),
    "Bengali digits": ({"code": "১১৬ ০০০"}, "native digits: ১১৬ ০০০ cannot be dialled"),
    "wrong code": ({"code": "116 111"}, "changed: 116 "),
    "cut code": ({"code": "1160"}, "truncated: 1160 instead of 116 000, 2 digits lost"),
    "misspelt mail": ({"mail": "help@payok-eline.org"}, "changed: help@payok"),
    "misspelt page": ({"web": "www.payoke-lime.org/rights"}, "changed: www.payoke-li[n→m]e.org/rights"),
    "other page": ({"web": "www.payoke-line.org/right"}, "changed: www.payoke-line.org/right[s→]"),
    "broken mail": ({"mail": "help@ payoke-line.org"}, "changed: a space breaks help@payoke-line.org"),
}
TAGS = (
    "en",
    "nl",
    "fr",
    "de",
    "el",
    "it",
    "ro",
    "bg",
    "uk",
    "ru",
    "es",
    "pt",
    "pl",
    "tr",
    "sq",
    "ar",
    "fa",
    "ur",
    "bn",
    "ti",
)


def audited(text, tag, reference):
    """The findings of a text under the name of its language."""
    return compare(
        f"leaflet-{tag}.txt", Document(text, text), of_document("leaflet-en.txt", Document(reference, reference))
    )


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
def test_a_right_leaflet_has_no_finding(leaflet, tag):
    """The same contacts in every language: nothing to say, and the language is told."""
    assert audited(leaflet(tag), tag, leaflet("en")) == (tag, ())


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("tag", TAGS)
def test_each_planted_fault_is_the_one_finding(leaflet, tag, fault):
    """Three hundred cases: the fault is found as what it is, as an error, and it is the only one."""
    contacts, begins = FAULTS[fault]
    _, findings = audited(leaflet(tag, **contacts), tag, leaflet("en"))
    errors = [found for found in findings if found.severity is Severity.ERROR]
    assert [found.code for found in errors] == ["contact-changed"]
    assert errors[0].detail.startswith(begins), errors[0].detail
    assert errors[0].locale == tag


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", ["phone", "code", "mail", "web"])
def test_a_lost_contact_is_missing(leaflet, tag, kind):
    """Whole languages have gone out without any contact."""
    _, findings = audited(leaflet(tag, **{kind: "…"}), tag, leaflet("en"))
    assert len(findings) == 1
    assert findings[0].detail.startswith("missing: ")


@pytest.mark.parametrize(
    "contacts",
    [
        {"phone": "03 201 16 90"},
        {"phone": "0032 3 201 16 90"},
        {"phone": "+32\u00a03\u00a0201\u00a016\u00a090"},
        {"phone": "+32 (0)3/201.16.90"},
        {"phone": "+3232011690"},
        {"code": "116000"},
        {"code": "116-000"},
        {"web": "https://payoke-line.org/rights/"},
        {"mail": "HELP@payoke-line.org"},
        {"phone": "116 000", "code": "+32 3 201 16 90"},
    ],
)
@pytest.mark.parametrize("tag", ["en", "de", "el", "uk", "bn", "ti"])
def test_no_false_alarm(leaflet, tag, contacts):
    """Spacing, no-break spaces, national form, another order, capitals in an address: the same contacts."""
    assert audited(leaflet(tag, **contacts), tag, leaflet("en")) == (tag, ())


def test_the_other_direction_too(leaflet):
    """The reference has the national form, the file the international one."""
    assert audited(leaflet("de"), "de", leaflet("en", phone="03 201 16 90")) == ("de", ())


def test_a_page_in_each_language_is_the_same_page(leaflet):
    """…/en/help and …/ar/help differ in the language only."""
    reference = leaflet("en", web="www.payoke-line.org/en/help")
    assert audited(leaflet("fr", web="www.payoke-line.org/fr/help"), "fr", reference)[1] == ()


def test_a_number_that_a_screen_would_turn_round_is_an_error(leaflet):
    """Right-to-left text without a left-to-right mark shows the groups from the wrong end: it is judged as it is seen."""
    text = leaflet("ar").replace("\u200e", "")
    _, findings = audited(text, "ar", leaflet("en"))
    assert {found.severity for found in findings} == {Severity.ERROR}
    assert [found.detail.partition(" would be shown from the wrong end")[0] for found in findings] == [
        "reversed: +32 3 201 16 90",
        "reversed: 116 000",
    ]


def test_letters_that_touch_and_counts_that_differ_are_warnings(leaflet):
    """A missing space, and a number that stands once where the reference has it twice."""
    _, (touching,) = audited(leaflet("de").replace("116 000 an", "116 000an"), "de", leaflet("en"))
    assert touching.severity is Severity.WARNING and touching.detail.startswith("abutting letters")
    _, (count,) = audited(leaflet("de"), "de", leaflet("en") + " Call +32 3 201 16 90.")
    assert count.severity is Severity.WARNING and count.detail.startswith("count: +32 3 201 16 90 stands 1 times")


def test_another_number_is_mentioned(leaflet):
    """One helpline more may be right: a warning."""
    _, (extra,) = audited(leaflet("de") + " Fax +49 30 123456.", "de", leaflet("en"))
    assert extra.severity is Severity.WARNING and "+49 30 123456 is not in the reference" in extra.detail


def test_the_wrong_language_or_script_is_an_error(leaflet):
    """A French text under a German name, a Persian one under an Arabic name, a Greek one under an Italian name."""
    for own, text in (("de", "fr"), ("ar", "fa"), ("it", "el"), ("ti", "en"), ("bg", "uk")):
        _, findings = audited(leaflet(text), own, leaflet("en", phone="+32 3 201 16 90"))
        assert any(f.code == "script" and f.detail.startswith("wrong language") for f in findings), (own, text)


def test_a_sentence_left_in_the_language_of_the_reference_is_an_error(leaflet):
    """Mixed-language posters were published by mistake."""
    _, (found,) = audited(leaflet("uk") + " You can see a doctor whatever your papers say.", "uk", leaflet("en"))
    assert found.code == "script" and "you can see a doctor whatever your papers say" in found.detail


def test_a_much_shorter_text_is_a_warning(leaflet):
    """A leaflet that lost its last page."""
    long = leaflet("en") + " Nobody may keep your wages, and nobody may lock you in at any time." * 8
    _, findings = audited(leaflet("de"), "de", long)
    assert [f.code for f in findings] == ["short"]


@pytest.mark.parametrize(
    ("right", "written", "detail"),
    [
        ("1-800-555-0199", "+1 800 555 0199", None),
        ("+1 800 555 0199", "1 (800) 555-0199", None),
        ("020 7946 0958", "+44 20 7946 0958", None),
        ("+49 (0) 30 1234567", "030 / 1234567", None),
        ("0800 12 345", "0800/12.345", None),
        ("1800 123 4567 ext. 12", "1800-123-4567 x12", None),
        ("1800 123 4567 ext. 12", "1800 123 4567 ext. 13", "changed: extension 13 instead of 12"),
        ("08000 116 016", "116 016", "truncated: 116 016 instead of 08000 116 016, 5 digits lost"),
        ("1109", "9011", "reversed: 9011 instead of 1109"),
        ("+3232011690", "+32 3 201 16 91", "changed: +323201169[0→1]"),
        ("https://www.x-help.org/en/", "x-help.org/de", None),
        ("https://www.x-help.org/en/", "x-help.com/de", "changed: https://www.x-help.org/en/"[:9]),
        ("info@x-help.org", "inf\u043e@x-help.org", "changed: inf[o→\u043e]@x-help.org"),
    ],
)
def test_numbers_and_addresses_of_other_countries(right, written, detail):
    """Trunk prefixes, the calling code 1, extensions, changed numbers, look-alike letters."""
    _, findings = audited(f"Rufen Sie an: {written}", "de", f"Call {right}")
    assert [found.detail.startswith(detail or "?") for found in findings] == ([True] if detail else [])
