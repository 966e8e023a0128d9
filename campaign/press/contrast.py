"""Contrast of the brand's colours on screen (WCAG 2.2, 1.4.3) and on paper, where inks and paper are darker."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.checks import contrast as screen_rule
from campaign.checks.contrast import PAIRS, TEXT
from campaign.model.brand import Brand
from campaign.press.colour import Ink, Inks, parsed
from campaign.press.profiles import InkProfile

WHITE = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two colours that meet: their ratio on screen and on paper, and a colour for the darker one that would do."""

    one: str
    other: str
    screen: float
    paper: float
    suggestion: str = ""

    @property
    def enough(self) -> bool:
        """Whether both ratios reach the limit."""
        return min(self.screen, self.paper) >= TEXT


class Paper:
    """How bright inks look on the paper of a press: absolute colorimetric, so the paper's own tone counts."""

    def __init__(self, inks: Inks, intent: InkProfile) -> None:
        from PIL import ImageCms

        self._inks = inks
        self._seen: dict[Ink, float] = {}
        self._transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(intent.data)),
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            renderingIntent=ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
        )

    def luminance(self, colour: str, *, black: bool = False) -> float:
        """Relative luminance (CIE Y, 0 to 1) of an sRGB colour printed; `black` is black ink alone."""
        ink: Ink = (0.0, 0.0, 0.0, 1.0) if black else self._inks.of(*(value / 255 for value in parsed(colour)))
        if ink not in self._seen:
            self._seen[ink] = self._measured(ink)
        return self._seen[ink]

    def _measured(self, ink: Ink) -> float:
        from PIL import Image, ImageCms

        pixel = Image.frombytes("CMYK", (1, 1), bytes(round(plate * 255) for plate in ink))
        seen = ImageCms.applyTransform(pixel, self._transform)
        assert seen is not None  # noqa: S101 - None is for changes in place
        lightness = seen.tobytes()[0] / 255 * 100
        return float(((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3)


def contrasts(brand: Brand, paper: Paper) -> Iterator[Contrast]:
    """Every pair that layouts use, accents on white included."""
    colours = {**brand.palette, "white": WHITE}
    for one, other in PAIRS:
        yield _measured("white" if one == WHITE else one, "white" if other == WHITE else other, colours, paper)
    for name, colour in brand.accents.items():
        yield _measured(name, "white", {name: colour, "white": WHITE}, paper)


def _measured(one: str, other: str, colours: Mapping[str, str], paper: Paper) -> Contrast:
    def ratios(first: str, second: str) -> tuple[float, float]:
        shown = screen_rule.ratio(first, second)
        black = one == "ink", other == "ink"
        return shown, ratio(paper.luminance(first, black=black[0]), paper.luminance(second, black=black[1]))

    first, second = colours[one], colours[other]
    screen, print_ = ratios(first, second)
    if min(screen, print_) >= TEXT:
        return Contrast(one, other, screen, print_)
    first_is_darker = screen_rule.ratio(first, WHITE) >= screen_rule.ratio(second, WHITE)
    dark = first if first_is_darker else second
    for percent in range(95, 0, -5):
        darker = "#" + "".join(f"{round(value * percent / 100):02X}" for value in parsed(dark))
        tried = ratios(darker, second) if first_is_darker else ratios(first, darker)
        if min(tried) >= TEXT:
            return Contrast(one, other, screen, print_, f"{one if first_is_darker else other} = {darker}")
    return Contrast(one, other, screen, print_)


def ratio(one: float, other: float) -> float:
    """The contrast of two luminances (WCAG 2.2)."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)
