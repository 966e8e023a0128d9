"""What is read: exact stretches of words, numbers digit by digit; a changed word makes its own clip stale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.model.contact import Contact
from campaign.voice.script import DIGITS, Number, Pause, Words, script

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "plus"]


def contact(name: str, display: str) -> Contact:
    return Contact(name, "BE", "Payoke", "helpline", display.replace(" ", ""), display, "a source")


PAYOKE, DANGER = contact("payoke", "+32 3 201 16 90"), contact("danger", "112")


def said(text: str, locale: str = "en"):
    return script(text, locale, [PAYOKE, DANGER], WORDS)


def test_a_number_on_its_own_line_is_said_twice():
    """In the groups in which it is printed, with a pause between."""
    (block,) = said("+32 3 201 16 90").blocks
    number = Number("payoke", ("+32", "3", "201", "16", "90"))
    assert block.parts == (number, Pause("again"), number)


def test_a_sentence_breaks_at_its_number():
    """What stands before and behind it is read by itself; a full stop alone is no stretch."""
    made = said("In danger now? Call 112.\nCall 112, day and night.")
    assert [words.words for words in made.words] == ["In danger now?", "Call", "day and night."]
    assert [number.digits for number in made.numbers] == ["112", "112"]


@pytest.mark.parametrize(
    ("locale", "text", "first", "last"),
    [
        ("ar", "هل أنت في خطر الآن؟ اتصل بالرقم 112", "هل أنت في خطر الآن؟", "اتصل بالرقم"),
        ("ti", "ኣብ ሓደጋ ዲኻ፧ ናብ 112 ደውል።", "ኣብ ሓደጋ ዲኻ፧", "ደውል።"),
        ("bn", "এখন বিপদে? 112 নম্বরে ফোন করুন।", "এখন বিপদে?", "নম্বরে ফোন করুন।"),
        ("el", "Κινδυνεύετε τώρα; Καλέστε 112", "Κινδυνεύετε τώρα;", "Καλέστε"),
    ],
)
def test_every_script_is_divided(locale, text, first, last):
    """By the marks that end a sentence in it."""
    words = [each.words for each in said(text, locale).words]
    assert [words[0], words[-1]] == [first, last]


def test_a_longer_number_is_not_taken_for_a_shorter_one():
    """112 in +32 112 is no emergency number."""
    other = contact("other", "+32 112 33 44")
    made = script("Call +32 112 33 44 or 112.", "en", [DANGER, other], WORDS)
    assert [number.contact for number in made.numbers] == ["other", "danger"]


@given(st.lists(st.sampled_from(["You", "have", "rights.", "Call", "112", "now!", "ሰላም።", "?"]), max_size=12))
def test_every_number_is_read_as_often_as_it_stands(words):
    """None is lost, none is read as words, whatever stands around it."""
    made = said(" ".join(words))
    assert len(made.numbers) == words.count("112") * (2 if words == ["112"] else 1)
    assert not any("112" in each.words for each in made.words)


def test_a_changed_word_makes_its_own_clip_stale_and_no_other():
    """Sentences that two messages share are read once."""
    before, after = said("You have rights. Call 112."), said("You have all rights. Call 112.")
    assert [one.key == other.key for one, other in zip(before.words, after.words, strict=True)] == [False, True]
    assert before.digits == after.digits
    assert said("Call 112.", "de").words[0].key != before.words[1].key


def test_a_service_code_cannot_be_read():
    """A star is no digit: the number is named, with what to do."""
    with pytest.raises(CampaignError, match=r"\*123# cannot be read digit by digit"):
        script("*123#", "en", [contact("code", "*123#")], WORDS)


def test_a_block_is_what_stands_between_empty_lines():
    """A telephone system gets each as a prompt of its own."""
    made = said("You have rights.\nYou are free.\n\n112")
    assert [len(block.parts) for block in made.blocks] == [3, 3]
    assert [part for part in made.parts if isinstance(part, Words)] == list(made.words)
    assert len(made.digits) == len(DIGITS) == 11
