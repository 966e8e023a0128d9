"""As many texts as the language has ways to count."""

import pytest

from campaign import checks

SOURCE, PLURAL = "%(count)s person", "%(count)s persons"
WORDS = {"de": "Personen", "el": "άτομα", "uk": "осіб", "ar": "أشخاص", "fa": "نفر", "ti": "ሰባት", "bn": "জন"}
NUMBER = {"de": 2, "el": 2, "uk": 3, "ar": 6, "fa": 2, "ti": 2, "bn": 2}


def details(locale, forms):
    """The details of the plural findings alone."""
    found = checks.run(SOURCE, forms[0], locale, plural=PLURAL, forms=forms)
    return [f.detail for f in found if f.code == "plural-form"]


@pytest.mark.parametrize("locale", WORDS)
def test_the_right_number_of_forms_passes(locale):
    """Each language counts in its own way."""
    assert details(locale, (f"%(count)s {WORDS[locale]}",) * NUMBER[locale]) == []


@pytest.mark.parametrize("locale", WORDS)
def test_a_wrong_number_of_forms_is_found(locale):
    """A form that gettext would look for and not find stops a release."""
    (detail,) = details(locale, (f"%(count)s {WORDS[locale]}",) * (NUMBER[locale] + 1))
    assert f"has {NUMBER[locale] + 1} plural forms" in detail


def test_an_empty_form_is_named_by_its_category():
    """A mediator sees which form is still open."""
    forms = ("%(count)s особа", "", "%(count)s осіб")
    assert details("uk", forms) == ["plural form 1 (few) is empty"]


def test_a_plural_with_no_text_at_all_is_untranslated():
    """Nobody began: that is no mistake."""
    assert checks.run(SOURCE, "", "uk", plural=PLURAL, forms=("", "", "")) == []


def test_forms_without_a_plural_in_the_source_are_found():
    """A file that was merged wrongly shows."""
    (found,) = checks.run("Help", "Hilfe", "de", forms=("Hilfe", "Hilfen"))
    assert found.code == "plural-form"
