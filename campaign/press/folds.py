"""Where a sheet folds, seen from each side: the inside mirrors the outside, a right-to-left job mirrors both."""

from __future__ import annotations

from itertools import accumulate

from campaign.model.layout import Layout


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
