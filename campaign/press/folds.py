"""Where a sheet folds, seen from each side: the inside mirrors the outside, a right-to-left job mirrors both."""

from __future__ import annotations

from itertools import accumulate

from campaign.model.layout import Layout

#: Panels that differ by less (mm) are meant to be the same.
SAME = 0.6


def panels(layout: Layout, *, rtl: bool) -> tuple[tuple[float, ...], ...]:
    """The widths of the panels of each page in mm, from the left: outside first, then inside; empty without folds.

    A roll fold of three has a narrow panel that is folded in. The reader opens the cover on the right in a
    left-to-right job and on the left in a right-to-left job; so the narrow panel lies on the other side.
    """
    if not layout.panels:
        return ()
    outside = tuple(reversed(layout.panels)) if rtl else layout.panels
    return outside, tuple(reversed(outside))


def expected(layout: Layout, *, rtl: bool) -> tuple[tuple[int, float], ...]:
    """Every fold as (page, mm from the left edge of the trim)."""
    return tuple(
        (page, round(place, 3))
        for page, widths in enumerate(panels(layout, rtl=rtl), start=1)
        for place in tuple(accumulate(widths))[:-1]
    )


def name(layout: Layout) -> str:
    """What the fold is called: half, roll, z, accordion or gate; empty without folds, or where it has no name."""
    widths = layout.panels
    equal = max(widths, default=0) - min(widths, default=0) < SAME
    if len(widths) < 2 or len(widths) > 4:
        return ""
    if len(widths) == 2:
        return "half"
    if equal:
        return "z" if len(widths) == 3 else "accordion"
    gate = len(widths) == 4 and abs(widths[0] - widths[3]) < SAME and widths[0] <= widths[1] / 2 + SAME
    return "gate" if gate else "roll"


def names(layout: Layout, *, rtl: bool) -> tuple[tuple[str, ...], ...]:
    """What each panel is, side by side with `panels`: cover, rear, flap (folds in), or nothing in particular."""
    count, fold = len(layout.panels), name(layout)
    if not count:
        return ()
    outside, inside = [""] * count, [""] * count
    outside[-1] = "cover"
    if fold == "gate":
        outside = ["cover", "rear", "rear", "cover"]
    elif fold == "roll":
        outside[-2] = "rear"
        outside[: count - 2] = ["flap"] * (count - 2)
    elif fold and count % 2 == 0:
        outside[0] = "rear"
    elif fold:
        inside[-1] = "rear"  # a Z of three shows the other side of its last panel
    return tuple(outside[::-1] if rtl else outside), tuple(inside[::-1] if rtl else inside)
