"""Crop and fold marks, registration targets, the name of the file: outside the bleed, on every plate, as decoration."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.press import outlines
from campaign.typeset.fonts import plain_files

MM = 72 / 25.4
#: Room around the bleed for marks, their length and their distance from the bleed, in mm.
SLUG, LENGTH, GAP = 10.0, 5.0, 1.0
#: ISO 15930-7 wants marks outside the bleed box; a quarter point is the thinnest line that every press holds.
WIDTH_PT = 0.25
#: The size of the line in the slug, in pt.
SLUG_PT = 6.0


def content(trim: tuple[float, float, float, float], bleed: float, folds: Sequence[float], slug: str = "") -> bytes:
    """The drawing operators for a page with this trim (pt), bleed (mm) and folds (mm from the left edge of the trim).

    `slug` is what stands beside the lower left crop mark, in Latin letters, figures and signs.

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
    middles = [(x, y) for x in ((left + right) / 2,) for y in (bottom - far + 2 * MM, top + far - 2 * MM)]
    middles += [(x, (bottom + top) / 2) for x in (left - far + 2 * MM, right + far - 2 * MM)]
    # A fold in the middle has its own mark there.
    aside = 8 * MM if any(abs(left + fold * MM - (left + right) / 2) < 5 * MM for fold in folds) else 0.0
    targets = " ".join(_target(x + (aside if number < 2 else 0), y) for number, (x, y) in enumerate(middles))
    body += f" [] 0 d {targets} S"
    said = _slug(slug, left + 8 * MM, bottom - far + 1 * MM) if slug else ""
    return f"/Artifact BMC q /CampaignMarks CS /CampaignMarks cs 1 SCN 1 scn {WIDTH_PT} w {body} {said} Q EMC".encode()


def _target(x: float, y: float) -> str:
    """A registration target: a circle and a cross, which must stand on one another on every plate."""
    r, k = 1.3 * MM, 1.3 * MM * 0.5523
    arcs = (
        f"{x + r:.3f} {y:.3f} m {x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c"
    )
    arm = 2 * MM
    return f"{arcs} {x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l {x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l"


def _slug(text: str, x: float, y: float) -> str:
    """A line of type as paths, so that the marks need no font of their own."""
    import pikepdf
    from fontTools.ttLib import TTFont

    out: outlines.Instructions = []
    with TTFont(plain_files()[0], lazy=True) as font:
        glyphs, names, size = font.getGlyphSet(), font.getBestCmap(), SLUG_PT / font["head"].unitsPerEm
        for name in (names[ord(sign)] for sign in text if ord(sign) in names):
            glyphs[name].draw(outlines.path_pen(glyphs, (size, 0, 0, size, x, y), out))
            x += glyphs[name].width * size
    return f"{pikepdf.unparse_content_stream(out).decode()} f"


def _ends(low: float, high: float, near: float, far: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (low - far, far - near), (high + near, far - near)
