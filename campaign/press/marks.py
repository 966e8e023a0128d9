"""Crop and fold marks: outside the bleed, on every plate, as decoration that a screen reader passes over."""

from __future__ import annotations

from collections.abc import Iterable

MM = 72 / 25.4
#: Room around the bleed for marks, their length and their distance from the bleed, in mm.
SLUG, LENGTH, GAP = 10.0, 5.0, 1.0
#: ISO 15930-7 wants marks outside the bleed box; a quarter point is the thinnest line that every press holds.
WIDTH_PT = 0.25


def content(trim: tuple[float, float, float, float], bleed: float, folds: Iterable[float]) -> bytes:
    """The drawing operators for a page with this trim (pt), bleed (mm) and folds (mm from the left edge of the trim).

    The colour space `CampaignMarks` must be in the page's resources.
    """
    left, bottom, right, top = trim
    near, far = (bleed + GAP) * MM, (bleed + GAP + LENGTH) * MM
    lines = [(x, y, x, y + step) for x in (left, right) for y, step in _ends(bottom, top, near, far)]
    lines += [(x, y, x + step, y) for y in (bottom, top) for x, step in _ends(left, right, near, far)]
    drawn = [f"{a:.4f} {b:.4f} m {c:.4f} {d:.4f} l" for a, b, c, d in lines]
    dashed = [
        f"{left + fold * MM:.4f} {y:.4f} m {left + fold * MM:.4f} {y + step:.4f} l"
        for fold in folds
        for y, step in _ends(bottom, top, near, far)
    ]
    body = f"{' '.join(drawn)} S" + (f" [2 2] 0 d {' '.join(dashed)} S" if dashed else "")
    return f"/Artifact BMC q /CampaignMarks CS 1 SCN {WIDTH_PT} w {body} Q EMC".encode()


def _ends(low: float, high: float, near: float, far: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (low - far, far - near), (high + near, far - near)
