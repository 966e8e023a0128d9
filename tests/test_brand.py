"""The brand's colours can be read by people who do not see well (WCAG 2.2, 1.4.3)."""

import pytest

from campaign.config.load import ACCENTS, PALETTE

WHITE = "#FFFFFF"
PAIRS = [
    (WHITE, PALETTE["primary"]),
    (WHITE, PALETTE["alert"]),
    (PALETTE["ink"], WHITE),
    (PALETTE["ink"], PALETTE["paper"]),
    (PALETTE["ink"], PALETTE["mist"]),
    (PALETTE["primary"], WHITE),
    (PALETTE["primary"], PALETTE["paper"]),
    *((accent, WHITE) for accent in ACCENTS.values()),
]


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_pair_of_colours_that_meets_can_be_read(one, other):
    """Text stands out from its ground at least 4.5 to 1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
