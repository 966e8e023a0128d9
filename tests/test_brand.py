"""The brand's colours can be read by people who do not see well (WCAG 2.2, 1.4.3)."""

from campaign.checks.contrast import PAIRS, contrast_findings
from campaign.config.load import ACCENTS, PALETTE
from campaign.model.brand import Brand


def test_every_pair_of_colours_that_meets_can_be_read():
    """Text stands out from its ground at least 4.5 to 1; every pair that the rule names is in the palette."""
    assert {name for pair in PAIRS for name in pair if not name.startswith("#")} <= PALETTE.keys()
    assert list(contrast_findings(Brand("", "campaign.svg", PALETTE, ACCENTS))) == []
