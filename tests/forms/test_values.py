"""What an office types is checked slot by slot; no message names a value."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from campaign.forms.days_off import easter, orthodox_easter, why
from campaign.forms.values import Office, check
from campaign.model.contact import Contact
from campaign.model.form import Form, Slot

TODAY = date(2026, 11, 30)
CONTACT = Contact("be-help", "BE", "Help", "trafficking", "+3232011690", "+32 3 201 16 90", "x")
OFFICE = Office("BE", TODAY, {"be-help": CONTACT, "de-help": Contact("de-help", "DE", "H", "k", "112", "112", "x")})


def judged(slot: Slot, typed: object, again: object = None):
    """What the check says of one value."""
    form = Form("f", "F", {slot.name: slot}, twice=(slot.name,) if again is not None else ())
    return check(form, {slot.name: typed}, {slot.name: again} if again is not None else {}, OFFICE)


RIGHT = [
    (Slot("v", "date"), "2026-11-30"),
    (Slot("v", "date"), {"date": "2026-12-11", "nepali": "2083-08-25"}),
    (Slot("v", "time"), "00:00"),
    (Slot("v", "time-range"), "09:00-12:30"),
    (Slot("v", "time-range"), "09:00–12:30"),
    (Slot("v", "place"), "12 Rue de la Loi, 1000 Bruxelles"),
    (Slot("v", "place"), "Leoforos Alexandras 173, 115 22 Athina"),
    (Slot("v", "place"), "Kastanienallee 12-14, 10435 Berlin, 3. Stock"),
    (Slot("v", "room"), "2.03"),
    (Slot("v", "person"), "نبيل حداد"),
    (Slot("v", "case", pattern="[0-9]{4}/[A-Z]+/[0-9]+"), "2026/AB/123"),
    (Slot("v", "amount", most=2000), "1250,50"),
    (Slot("v", "amount", most=2000), 50),
    (Slot("v", "days", most=366), "14"),
    (Slot("v", "phone"), "be-help"),
    (Slot("v", "choice", options=("a", "b")), "b"),
    (Slot("v", "place", optional=True), ""),
]
WRONG = [
    (Slot("v", "date"), "2026-11-29"),
    (Slot("v", "date"), "2029-01-01"),
    (Slot("v", "date"), "2027-02-29"),
    (Slot("v", "date"), "11.12.2026"),
    (Slot("v", "date"), "２０２６-12-11"),
    (Slot("v", "date"), {"date": "2026-12-11", "nepali": "2026-12-11"}),
    (Slot("v", "time"), "24:00"),
    (Slot("v", "time"), "2:30"),
    (Slot("v", "time"), "2:30 pm"),
    (Slot("v", "time-range"), "12:30-09:00"),
    (Slot("v", "place"), "Call +32 3 201 16 90"),
    (Slot("v", "place"), "write to x@y.org"),
    (Slot("v", "room"), "٢٫٠٣"),
    (Slot("v", "place"), "Loi\u202e12"),
    (Slot("v", "place", longest=10), "12 Rue de la Loi"),
    (Slot("v", "case", pattern="[0-9]{4}/[A-Z]+"), "AB/2026"),
    (Slot("v", "case", pattern="(a+)+b"), "a" * 40),
    (Slot("v", "amount", most=2000), "1.250,50"),
    (Slot("v", "amount", most=2000), "2001"),
    (Slot("v", "amount", most=2000), "NaN"),
    (Slot("v", "days", most=366), "14 days"),
    (Slot("v", "phone"), "+3232011690"),
    (Slot("v", "phone"), "de-help"),
    (Slot("v", "choice", options=("a", "b")), "another"),
    (Slot("v", "place"), ""),
    (Slot("v", "place"), ["x"]),
]


@pytest.mark.parametrize(("slot", "typed"), RIGHT)
def test_a_right_value_passes(slot: Slot, typed: object) -> None:
    """Addresses of several countries, times, amounts and contacts raise no false alarm."""
    assert judged(slot, typed).problems == ()


@pytest.mark.parametrize(("slot", "typed"), WRONG)
def test_a_wrong_value_is_refused_without_being_named(slot: Slot, typed: object) -> None:
    """The message says the slot and what to type; it never repeats what was typed."""
    (problem,) = judged(slot, typed).problems
    assert problem.where == "f: v" and problem.todo
    assert len(str(typed)) < 3 or str(typed) not in str(problem)


def test_amounts_are_written_as_the_country_writes_them() -> None:
    """A comma before cents, no grouping, the code of the currency."""
    assert judged(Slot("v", "amount", most=2000), "1250.5").values["v"].text == "1250,50 EUR"
    assert judged(Slot("v", "amount", most=2000), "50").values["v"].text == "50 EUR"


def test_what_is_typed_twice_must_agree() -> None:
    """A second person types it again; a slip of either is found, and neither value is said."""
    slot = Slot("v", "time")
    assert judged(slot, "14:30", "14:30").problems == ()
    for again in ("14:20", ""):
        (problem,) = judged(slot, "14:30", again).problems
        assert "14" not in str(problem)


def test_a_date_is_said_back_by_its_day_of_the_week() -> None:
    """The check digit that all calendars share; Sundays and holidays are warned of, and a gap in what is known."""
    assert judged(Slot("v", "date"), "2026-12-11").warnings == ("v: a Friday; is that what the letter says?",)
    assert "Sunday" in judged(Slot("v", "date"), "2026-12-13").warnings[1]
    assert "public holiday in BE" in judged(Slot("v", "date"), "2026-12-25").warnings[1]
    assert why(date(2026, 4, 13), "GR") and why(date(2026, 4, 6), "DE") and not why(date(2026, 4, 13), "DE")
    far = Office("TV", TODAY, {})
    assert "not known" in check(Form("f", "F", {"v": Slot("v", "date")}), {"v": "2026-12-11"}, {}, far).warnings[1]


def test_easter_is_when_the_churches_keep_it() -> None:
    """Known Sundays of both, and every one is a Sunday."""
    assert [easter(year) for year in (2024, 2026, 2038)] == [date(2024, 3, 31), date(2026, 4, 5), date(2038, 4, 25)]
    assert [orthodox_easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 5, 5),
        date(2025, 4, 20),
        date(2026, 4, 12),
    ]
    assert all(each(year).weekday() == 6 for each in (easter, orthodox_easter) for year in range(2020, 2090))


def test_what_a_sentence_speaks_of_may_not_be_left_out() -> None:
    """ "The new place is below" without a place is refused; beside another sentence the place may stay empty."""
    slots = {
        "change": Slot("change", "choice", options=("moved", "video")),
        "place": Slot("place", "place", optional=True, required_with=("moved",)),
    }
    form = Form("f", "F", slots)
    (problem,) = check(form, {"change": "moved"}, {}, OFFICE).problems
    assert problem.where == "f: place" and "speaks of it" in problem.todo
    assert check(form, {"change": "moved", "place": "Loi 12"}, {}, OFFICE).problems == ()
    assert check(form, {"change": "video"}, {}, OFFICE).problems == ()
    assert len(check(form, {"change": "moved", "place": "+32 3 201 16 90"}, {}, OFFICE).problems) == 1


def test_an_unknown_slot_is_named_only_where_it_may_be_a_name() -> None:
    """A value typed in the place of a name is not repeated."""
    found = check(Form("f", "F", {}), {"dya": "x", "2026/AB/123": "y"}, {}, OFFICE)
    assert ["dya" in str(problem) for problem in found.problems] == [False, True]
    assert not any("2026" in str(problem) for problem in found.problems)


def test_the_limit_of_a_date_is_that_of_its_slot() -> None:
    """`within` days from today, that day included."""
    last = TODAY + timedelta(days=10)
    assert not judged(Slot("v", "date", within=10), last.isoformat()).problems
    assert judged(Slot("v", "date", within=9), last.isoformat()).problems
