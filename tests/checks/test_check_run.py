"""The public call: one translation in, findings out, for any text at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import checks, languages
from campaign.model.finding import Severity
from campaign.model.unit import Unit

CALL = "Call %(phone)s at a moment when nobody listens."
CALLS = {
    "en": CALL,
    "de": "Rufen Sie %(phone)s an, wenn gerade niemand zuhört.",
    "el": "Καλέστε το %(phone)s μια στιγμή που δεν ακούει κανείς.",
    "uk": "Дзвоніть %(phone)s у момент, коли ніхто не слухає.",
    "ar": "اتصل على %(phone)s في وقت لا يسمعك فيه أحد.",
    "fa": "وقتی کسی صدایتان را نمی‌شنود، با %(phone)s تماس بگیرید.",
    "ti": "ሰብ ኣብ ዘይሰምዓሉ እዋን ናብ %(phone)s ደውሉ።",
    "bn": "এমন সময়ে %(phone)s নম্বরে ফোন করুন, যখন কেউ শুনছে না।",
}
SPEAK = ("They speak %(count)s language:", "They speak %(count)s languages:")
SPOKEN = {
    "en": SPEAK,
    "de": ("Dort wird eine Sprache gesprochen:", "Dort werden %(count)s Sprachen gesprochen:"),
    "el": ("Μιλούν %(count)s γλώσσα:", "Μιλούν %(count)s γλώσσες:"),
    "uk": ("Розмовляють %(count)s мовою:", "Розмовляють %(count)s мовами:", "Розмовляють %(count)s мовами:"),
    "ar": ("لا يتحدثون أي لغة:", "يتحدثون لغة واحدة:", "يتحدثون لغتين:", *["يتحدثون %(count)s لغات:"] * 3),
    "fa": ("به %(count)s زبان صحبت می‌کنند:",) * 2,
    "ti": ("%(count)s ቋንቋ ይዛረቡ፦", "%(count)s ቋንቋታት ይዛረቡ፦"),
    "bn": ("তাঁরা %(count)sটি ভাষায় কথা বলেন:",) * 2,
}

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
scraps = st.sampled_from(
    ["%(phone)s", "%(", "%s", "{{", "}}", "{", "<b>", "&nbsp;", "#read(", "24/7", "gratis", "رایگان", "ي", "o", "по", "\u202e", "\0"]
)  # fmt: skip
texts = st.one_of(any_text, st.lists(st.one_of(scraps, any_text), max_size=8).map("".join))


@pytest.mark.parametrize("locale", CALLS)
def test_a_right_translation_has_no_finding(locale):
    """A mediator who did everything right sees an empty list."""
    assert checks.run(CALL, CALLS[locale], locale) == []


@pytest.mark.parametrize("locale", SPOKEN)
def test_right_plural_forms_have_no_finding(locale):
    """Forms that say "one" or "two" in words may leave the digits out."""
    forms = SPOKEN[locale]
    assert checks.run(SPEAK[0], forms[0], locale, plural=SPEAK[1], forms=forms) == []


@pytest.mark.parametrize("tag", languages.registry())
def test_an_empty_text_is_untranslated_and_not_wrong(tag):
    """What nobody translated yet is counted by the status, not listed as a hundred mistakes."""
    assert checks.run(CALL, "", tag) == checks.run(CALL, " \n", tag) == []


@pytest.mark.slow
@given(texts, texts, st.one_of(st.sampled_from([*languages.registry()]), any_text))
def test_no_text_makes_it_raise(source, text, locale):
    """Whatever a file holds, NUL bytes and halves of characters too, the answer is a list that JSON can carry."""
    for found in checks.run(source, text, locale):
        json.dumps(found.as_json(), ensure_ascii=False).encode() if locale.isascii() else found.as_json()
        assert found.code in checks.RULES


@pytest.mark.slow
@given(texts, texts, st.lists(texts, max_size=6).map(tuple), st.sampled_from(["ar", "uk", "ja", "ur", "xx"]))
def test_no_plural_makes_it_raise(source, plural, forms, locale):
    """Also with any number of forms, right or wrong."""
    assert isinstance(checks.run(source, "x", locale, plural=plural, forms=forms), list)


@pytest.mark.slow
@given(texts, st.sampled_from(["de", "ar", "bn"]))
def test_the_same_text_gives_the_same_findings(text, locale):
    """Two people who check the same file see the same list in the same order."""
    assert checks.run(CALL, text, locale) == checks.run(CALL, text, locale)


def test_a_finding_names_the_sentence_and_quotes_its_rule():
    """A list of findings can be worked through without opening the program."""
    (found,) = checks.run(CALL, "Rufen Sie an, wenn niemand zuhört.", "de", where="templates/messages/shared.j2")

    assert found.where == f"templates/messages/shared.j2: {CALL}"
    assert found.detail == "%(phone)s is missing"
    assert "keep each one exactly" in found.rule
    assert "(Source: gettext.)" in found.rule
    assert (found.code, found.severity, found.locale) == ("placeholder", Severity.ERROR, "de")


def test_a_mistyped_option_is_refused_by_its_name():
    """A caller who writes `name` for `names` learns it at once."""
    with pytest.raises(TypeError, match="colour"):
        checks.run("a", "b", "de", colour="red")


def test_an_unknown_language_is_said_and_not_passed_over():
    """A tag with a typo cannot look like a language without mistakes."""
    (found,) = checks.run("Hello", "Hallo", "de-AT")

    assert found.severity is Severity.WARNING
    assert "not checked" in found.detail
    assert "did you mean de (German)?" in found.detail


def test_the_rules_without_a_language_hold_for_an_unknown_one():
    """A lost number is found in any language."""
    codes = [found.code for found in checks.run(CALL, "…", "tlh")]

    assert "placeholder" in codes


def test_a_unit_of_the_claims_template_may_promise(tmp_path: Path):
    """The one file that compiles promises from records is known by the unit's place."""
    unit = Unit("de", "", "The call is free", "", ("Der Anruf ist kostenlos",), where="templates/messages/claims.j2:25")

    assert checks.check_unit(unit, fonts=tmp_path) == []
    assert checks.run(unit.source, unit.text, "de", compiled=True) == []
    assert [f.code for f in checks.run(unit.source, unit.text, "de")] == ["claim-unbacked"]


def test_every_check_keeps_a_rule():
    """No finding can lack its words and its source."""
    assert checks.CHECKS.keys() <= checks.RULES.keys()
