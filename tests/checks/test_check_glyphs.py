"""Every character of a text is in a font of its language."""

from pathlib import Path

import pytest

from campaign import checks

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


def details(text, locale, **context):
    """The details of the glyph findings alone."""
    return [f.detail for f in checks.run("Help", text, locale, **context) if f.code == "glyph"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Help – “now”"), ("de", "Größe ẞ"), ("el", "Βοήθεια·"), ("uk", "ґанок’"), ("ar", "مساعدةٌ ١٢٣؟"),
        ("fa", "می‌شنود ۱۲۳"), ("ti", "ሓገዝ፧ ።"), ("bn", "সাহায্য ১২৩।"), ("fr", "Aide\u00a0: «\u202foui\u202f»"),
    ],
)  # fmt: skip
def test_ordinary_text_can_be_printed(locale, text):
    """Letters, digits and marks of the language have their glyphs."""
    assert details(text, locale) == []


@pytest.mark.parametrize("locale", ["en", "de", "el", "uk", "ar", "fa", "ti", "bn"])
def test_a_character_that_no_font_has_is_named(locale):
    """It would print as a box or vanish, so the finding names it."""
    (detail,) = details("\U0001f4a9", locale)
    assert "U+1F4A9 PILE OF POO" in detail


def test_a_script_whose_font_is_in_the_workspace_is_judged_with_it():
    """Urdu needs the workspace's Nastaliq; without a workspace nothing is said about it."""
    assert details("مدد کریں ☃", "ur") == []
    assert details("مدد کریں", "ur", fonts=FONTS) == []
    assert "U+2603 SNOWMAN" in details("مدد کریں ☃", "ur", fonts=FONTS)[0]


def test_control_characters_are_left_to_their_own_rule():
    """One mistake, one finding."""
    assert details("Hilfe\x07", "de") == []
