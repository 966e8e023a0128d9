"""Names: what can stand in a record in every script, and how many different people a few of them are."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import people

#: Names as their owners write them; none of them is at fault.
RIGHT = [
    "Amina Haddad",
    "أ. حداد",
    "علی‌رضا مینایی",  # a joiner between two Persian letters
    "क्‍षिति शर्मा",  # a joiner behind a virama
    "ශ්‍රී ලතා",
    "নাজমা আক্তার",
    "Nguyễn Thị Minh Khai",
    "José-María O’Brien",
    "王秀英",
    "ትግስት ኣብርሃ",
    "סִיוָן כֹּהֵן",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Łukasz Żółć",
    "M. Weber (2)",
    "blue fox 7",
]
WRONG = {
    "": "is empty",
    " ": "is empty",
    "Mina ": "spaces",
    "Mina  Omar": "spaces",
    "Mina\u00a0Omar": "spaces",
    "Mi\u0301na": "NFC",
    "Mina\u200b": "U+200B",
    "Mi\u200cna": "U+200C",
    "\u200cMina": "U+200C",
    "Mina\u202e": "U+202E",
    "Mina\ufe0f": "U+FE0F",
    "\u3164": "U+3164",
    "Mina\n2026-11-30 sign": "spaces",
    "Mina\x1b[2J": "U+001B",
    "Mina\u0378": "U+0378",
    "Mina\ue000": "U+E000",
    "x" * 121: "longer than 120",
    "12345": "no letter",
    "todo": "no name of a person",
    "<Your name>": "no name of a person",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_name_in_any_script_is_one(name: str) -> None:
    """Joiners, vowel signs, apostrophes and digits are letters of somebody's name."""
    assert people.name_fault(unicodedata.normalize("NFC", name)) == ""
    assert people.tidy(f"  {unicodedata.normalize('NFD', name)} ") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", WRONG, ids=ascii)
def test_a_name_that_hides_something_is_none(name: str) -> None:
    """What nobody sees makes two names of one; what is no name names nobody."""
    assert WRONG[name] in people.name_fault(name)


SAME = [
    ("Amina Haddad", "A. Haddad"),
    ("Amina Haddad", "Haddad Amina"),
    ("Amina Haddad", "amina haddad."),
    ("Amina Haddad", "Amína Haddad"),
    ("Mina", "Mіna"),  # a Cyrillic letter
    ("Mina", "Μina"),  # a Greek one
    ("Mina l", "Mina 1"),
    ("m. weber", "Mina Weber"),
    ("محمد", "مُحَمَّد"),
    ("أ. حداد", "أحمد حداد"),
]
OTHERS = [
    ("Amina Haddad", "Ahmed Haddad"),
    ("M. Weber", "L. Omar"),
    ("Amina", "Mina"),
    ("王秀英", "王秀兰"),
    ("Mina", "Mona"),
    ("নাজমা", "নাজমি"),
    ("A. Haddad", "B. Haddad"),
    ("person 1", "person 2"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=ascii)
def test_names_that_a_reader_mixes_up_are_one_pair_of_eyes(one: str, other: str) -> None:
    """Another script's letter, an accent, an initial, another order, a full stop."""
    assert people.heads_counted([one, other]) == people.heads_counted([other, one]) == 1


@pytest.mark.parametrize(("one", "other"), OTHERS, ids=ascii)
def test_names_of_two_people_are_two(one: str, other: str) -> None:
    """Nobody is told that she is somebody else."""
    assert people.heads_counted([one, other, one]) == 2


def test_an_initial_stands_for_one_of_two() -> None:
    """Amina and Ahmed are two, whoever A. is."""
    assert people.different(["A. Haddad", "Ahmed Haddad", "Amina Haddad"]) == ("Ahmed Haddad", "Amina Haddad")


@given(st.lists(st.text(max_size=12), max_size=5))
def test_any_names_are_counted_the_same_in_any_order(names: list[str]) -> None:
    """Never more heads than names, and no order of them changes it."""
    count = people.heads_counted(names)
    assert count == people.heads_counted(reversed(names)) <= len(set(names))
    assert all(isinstance(people.name_fault(name), str) for name in names)


@pytest.mark.slow
def test_looks_are_those_of_icu() -> None:
    """The table and the method agree with the library that browsers ask, on what names can hold."""
    icu = pytest.importorskip("icu", reason="PyICU is not installed: pip install PyICU (needs ICU's headers)")
    spoof, draw = icu.SpoofChecker(), random.Random(1)
    every = (chr(code) for code in range(0x20, 0x30000))
    pool = [c for c in every if unicodedata.category(c)[0] in "LMNPSZ" and people.form_fault(f"a{c}b") == ""]
    differ = []
    for _ in range(20_000):
        text = unicodedata.normalize("NFC", "".join(draw.choices(pool, k=draw.randint(1, 9))))
        if people.skeleton(text) != spoof.getSkeleton(0, text):
            differ.append(text)
    assert differ == []
