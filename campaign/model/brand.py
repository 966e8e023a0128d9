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


#: The tones that the program's drawings are made in: the colour itself and, so much of it on white, its tints.
TONES: Mapping[str, float] = {"#0B5563": 1.0, "#4F8A94": 0.66, "#B7D3D8": 0.32, "#DCEBED": 0.16}


def tinted(colour: str) -> Mapping[bytes, bytes]:
    """What each tone of a drawing becomes in another colour, `#RRGGBB`, as `scene` of style.typ does on paper."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return {
        tone.encode(): ("#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)).encode()
        for tone, share in TONES.items()
    }
