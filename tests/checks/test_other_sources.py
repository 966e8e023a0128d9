"""A source that is not English: its own typography is no fault of the translations, and others' promises are not ours."""

import pytest

from campaign.checks import check_unit
from campaign.model.unit import Unit


def codes(source: str, locale: str, text: str) -> set[str]:
    """The rules that find something in a translation from French."""
    unit = Unit(locale, "", source, "", (text,))
    return {finding.code for finding in check_unit(unit, source_language="fr")}


@pytest.mark.parametrize(
    ("source", "locale", "right", "wrong"),
    [
        ("Tu es en danger\u202f?", "ur", "تم خطرے میں ہو؟", "تم خطرے میں ہو"),
        ("Tu es en danger ?", "zh-Hans", "你有危险吗？", "你有危险吗"),
        ("Ce numéro\u00a0:", "ur", "یہ نمبر:", "یہ نمبر"),
        ("Appelle maintenant !", "de", "Ruf jetzt an!", "Ruf jetzt an"),
    ],
)
def test_the_space_of_french_before_a_mark_is_none_of_the_translation(source, locale, right, wrong):
    """Readers of other languages expect no space before the mark; a mark that is not there is still found."""
    assert "punctuation" not in codes(source, locale, right)
    assert "punctuation" in codes(source, locale, wrong)


@pytest.mark.parametrize(
    ("source", "text", "promised"),
    [
        ("Certaines personnes promettent un bon salaire.", "کچھ لوگ اچھی تنخواہ کا وعدہ کرتے ہیں۔", False),
        ("Nous vous promettons un travail.", "ہم وعدہ کرتے ہیں۔", True),
        ("Nous vous promettons un travail.", "ہم آپ سے کام کا وعدہ کرتے ہیں۔", True),
    ],
)
def test_what_others_promise_is_no_promise_in_urdu(source, text, promised):
    """Urdu says "they promise" and "we promise" with one form of the verb: who promises stands before it."""
    assert ("promise" in codes(source, "ur", text)) is promised
