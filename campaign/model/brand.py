"""Names and colours of a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Brand:
    """Names and colours of the campaign: `palette` maps a role to an sRGB colour `#RRGGBB`.

    `inks` maps a role or an accent to cyan, magenta, yellow and black in percent, where the designer chose them.
    """

    organisation: str
    logo: str
    palette: Mapping[str, str]
    accents: Mapping[str, str]
    inks: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def chosen_inks(self) -> dict[str, tuple[float, ...]]:
        """The inks that a designer chose, by sRGB colour."""
        colours = {**self.palette, **self.accents}
        return {colours[role]: plates for role, plates in self.inks.items()}
