"""The words of dates: signed like sentences, drafts from CLDR, never a month word that two calendars share."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from campaign import languages
from campaign.calendars import COMPUTED, Day
from campaign.catalogue import date_words
from campaign.forms.lexicon import Lexicon
from campaign.forms.values import Value
from campaign.model.form import Slot
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.render.texts import Texts

DATE = Slot("day", "date")
#: Where the months of the Gregorian calendar are called as those of another one.
SHARED = ("ti", "om")


def lexicon(tag: str) -> Lexicon:
    """The words of a language as their drafts have them."""
    drafts = date_words.of(tag).drafts()
    units = {w.key: Unit(tag, w.context, w.source, "", (text or w.source,)) for w, text in drafts}
    return Lexicon(Texts(tag, units, dict.fromkeys(units, State.SIGNED)))


@pytest.mark.parametrize("days", [13, pytest.param(650, marks=pytest.mark.breadth)])
def test_fifty_seven_thousand_dates(days: int) -> None:
    """In every language, 650 days over five years: Latin digits, day, month and year whole, the right month word."""
    count = 0
    for tag in languages.shipped():
        words, needs = lexicon(tag), date_words.of(tag)
        others = {*needs.second} - {*needs.months}
        for number in range(days):
            day = date(2026, 1, 1) + timedelta(days=number * (1950 // days))
            first, *lines = words.lines(Value(DATE, day=day, by_hand=Day(day.year + 57, 1, 2)))
            assert first.text.endswith(f" {day:%d.%m.%Y}") and not first.label
            for line in lines:
                assert all(character.isascii() for character in line.text if character.isdigit()), (tag, line)
                if not line.label:
                    assert {str(day.day), str(day.year)} <= {*re.findall(r"\d+", line.text)}, (tag, line)
                    assert not any(month in line.text.split() for month in others), (tag, line)
                    assert tag not in SHARED
                elif needs.calendar in COMPUTED:
                    other = COMPUTED[needs.calendar](day)
                    assert {str(other.day), str(other.year)} <= {*re.findall(r"\d+", line.text)}, (tag, line)
            count += 1
        assert {unit.key for unit in words.used} <= date_words.needed(tag).keys()
    assert count == days * len(languages.shipped()) >= days * 88


@pytest.mark.parametrize("tag", ["fa", "prs", "ps", "am", "ti", "om", "th", "ne"])
def test_a_second_calendar_stands_beside_with_its_name(tag: str) -> None:
    """A reader who lives by it finds the day; the official one stands first."""
    lines = lexicon(tag).lines(Value(DATE, day=date(2026, 12, 11), by_hand=Day(2083, 8, 25)))
    assert "11.12.2026" in lines[0].text
    assert lines[-1].label == date_words.of(tag).called


def test_the_same_month_word_is_never_another_day() -> None:
    """11 December is 2 Tahsas, and ታሕሳስ stands beside 2 alone."""
    lines = lexicon("ti").lines(Value(DATE, day=date(2026, 12, 11)))
    assert [line.text for line in lines if "ታሕሳስ" in line.text] == ["2 ታሕሳስ 2019"]


def test_dates_follow_the_order_of_cldr() -> None:
    """The pattern of each language puts day, month and year where ICU puts them."""
    icu = pytest.importorskip("icu", reason="PyICU has no wheel: on Debian, python3-icu")
    known = {name.split("_")[0] for name in icu.Locale.getAvailableLocales()}
    for tag in languages.shipped():
        pattern = date_words.of(tag).pattern if date_words.of(tag).months else ""
        if not pattern or tag.split("-")[0] not in known:
            continue
        own = icu.Locale.forLanguageTag(f"{tag}-u-ca-gregory-nu-latn")
        theirs = icu.DateFormat.createDateInstance(icu.DateFormat.LONG, own).toPattern()
        wanted = re.sub(r"'[^']*'|[^dMy]", "", theirs)
        order = list(dict.fromkeys({"d": "day", "M": "month", "y": "year"}[letter] for letter in wanted))
        assert re.findall(r"%\((\w+)\)s", pattern) == order, tag


def test_every_draft_keeps_its_placeholders() -> None:
    """Day, month and year, each once; and as many words as the calendar has."""
    for tag in languages.shipped():
        needs = date_words.of(tag)
        for text, third in ((needs.pattern, "month"), (needs.by_number, "number")):
            assert not text or sorted(re.findall(r"%\((\w+)\)s", text)) == sorted(["day", third, "year"]), tag
        assert len(needs.weekdays) in (0, 7) and len(needs.months) in (0, 12)
        assert len({*needs.weekdays}) in (0, 7), tag


def test_a_language_gets_no_words_that_it_does_not_need() -> None:
    """No Persian month in German; of a language without words, its weekdays are to be written."""
    contexts = {words.context for words in date_words.needed("de").values()}
    assert contexts == {"weekday", "month", "date in words"}
    assert {words.context for words in date_words.needed("rom").values()} == {"weekday"}
    assert date_words.meant_for("no word of a date", "de")
