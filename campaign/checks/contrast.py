"""Contrast: text stands out from its ground for people who do not see well (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.rules import finding
from campaign.model.brand import Brand
from campaign.model.finding import Finding
from campaign.model.sentence import say

#: The least ratio of body text.
TEXT = 4.5

_WHITE = "#FFFFFF"

#: Which colours of the palette meet in the layouts: text, ground.
PAIRS = (
    (_WHITE, "primary"),
    (_WHITE, "alert"),
    ("ink", _WHITE),
    ("ink", "paper"),
    ("ink", "mist"),
    ("primary", _WHITE),
    ("primary", "paper"),
    ("primary", "mist"),
)


def contrast_findings(brand: Brand) -> Iterator[Finding]:
    """Yield a finding for each pair of colours that meet in a layout and do not stand out 4.5 to 1."""
    colours = {_WHITE: _WHITE, **brand.palette}
    for text, ground in PAIRS:
        if text in colours and ground in colours:
            yield from _finding("palette", f"{text} on {ground}", colours[text], colours[ground])
    for name, colour in brand.accents.items():
        yield from _finding("accents", f"{name} under white text", _WHITE, colour)


def _finding(table: str, what: str, text: str, ground: str) -> Iterator[Finding]:
    value = ratio(text, ground)
    if value < TEXT:
        said = say(
            "%(what)s (%(text)s, %(ground)s) stands out %(ratio)s to 1, at least %(least)s to 1: "
            "use a darker or lighter one",
            what=what,
            text=text,
            ground=ground,
            ratio=f"{value:.2f}",
            least=TEXT,
        )
        yield finding("contrast", "", f"campaign.toml: brand.{table}", said)


def ratio(one: str, other: str) -> float:
    """How far two sRGB colours `#RRGGBB` stand out from each other: 1 (the same) to 21 (black on white); WCAG 2.2.

    For a press colour give the sRGB colour that a soft proof shows on the paper, for the ground too: unprinted paper is
    darker than white.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
