"""No tags, no code and no invisible characters that the source does not have."""

import pytest

from campaign import checks

WORDS = {"de": "Hilfe", "el": "Βοήθεια", "uk": "Допомога", "ar": "مساعدة", "fa": "کمک", "ti": "ሓገዝ", "bn": "সাহায্য"}


def details(source, text, locale="de"):
    """The details of the markup findings alone."""
    return [f.detail for f in checks.run(source, text, locale) if f.code == "markup"]


@pytest.mark.parametrize("locale", WORDS)
def test_plain_words_pass_and_a_tag_does_not(locale):
    """A tag would be printed as it stands."""
    assert details("Help", WORDS[locale], locale) == []
    assert details("Help", f"<b>{WORDS[locale]}</b>", locale) == [
        "the tag <b> is not in the source",
        "the tag </b> is not in the source",
    ]


@pytest.mark.parametrize(
    "piece", ["&nbsp;", "&#8217;", "{{", "{%", "#read(", "#text[", "#import", "**", "<!-- x -->", "</p>"]
)
def test_code_that_only_the_text_has_is_found(piece):
    """What an engine or a web page left behind is named."""
    assert any(piece in detail for detail in details("Help", f"Hilfe {piece} hier"))


@pytest.mark.parametrize("text", ["Hilfe & Rat", "1 < 2", "#YouHaveRights", "Rat (hier) [dort] *"])
def test_ordinary_signs_pass(text):
    """Signs that people write are not code."""
    assert details("Help", text) == []


def test_markup_of_the_source_stays():
    """A tag that the source has must come along; an entity may become its character."""
    assert details("<b>Help</b>&nbsp;now", "<b>Hilfe</b>\u00a0jetzt") == []
    assert details("<b>Help</b>", "<b>Hilfe") == ["the tag </b> of the source is missing"]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("\x00", "U+0000"), ("\ud800", "U+D800"), ("\ufeff", "U+FEFF"), ("\ufffd", "U+FFFD")],
)  # fmt: skip
def test_a_character_that_no_print_may_hold_is_named(character, name):
    """A character that turns a phone number round cannot hide."""
    (detail,) = details("Help", f"مساعدة{character}", "ar")
    assert name in detail


def test_joiners_and_marks_are_spelling():
    """Persian needs its joiner, Arabic text its direction mark."""
    assert details("Help", "می‌شنود\u200e", "fa") == []


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [("Help", "Hilfe\n", 1), ("\nHelp", "Hilfe", 1), ("Help\n", "Hilfe", 1), ("\nHelp\n", "\nHilfe\n", 0), ("A\nB", "A B", 0)],
)  # fmt: skip
def test_a_line_break_at_an_end_is_one_of_the_source(source, text, wrong):
    """`msgfmt -c` refuses a text that begins or ends with one in one language only: the catalogue would not compile."""
    assert details(source, text) == ["line breaks are not as in the source"] * wrong
