"""Pictures that one compiler keeps in memory: the same values are set once, others anew, and the latest are kept."""

from __future__ import annotations

import pytest

from campaign.typeset.kept import Picture, Recent


def test_equal_values_are_set_once() -> None:
    """A sentence that a card does not show leaves the card alone; another title sets it anew."""
    recent, made = Recent(2), []

    def picture(layout: str, title: str) -> bytes:
        def make() -> Picture:
            made.append((layout, title))
            return f"{layout} {title}".encode(), b"small"

        return recent.picture(layout, {"title": title}, make)[0]

    assert [picture("a", "x"), picture("a", "x"), picture("b", "x"), picture("a", "y")] == [
        b"a x",
        b"a x",
        b"b x",
        b"a y",
    ]
    assert made == [("a", "x"), ("b", "x"), ("a", "y")]
    assert picture("b", "x") == b"b x"
    assert picture("a", "x") == b"a x"  # it was forgotten: two are kept
    assert made[3:] == [("a", "x")]


def test_what_could_not_be_set_is_not_kept() -> None:
    """The next try says why again, or gives the picture."""

    def fail() -> Picture:
        raise ValueError("clipped")

    recent = Recent()
    with pytest.raises(ValueError, match="clipped"):
        recent.picture("a", {}, fail)
    assert recent.picture("a", {}, lambda: (b"good", b"")) == (b"good", b"")
