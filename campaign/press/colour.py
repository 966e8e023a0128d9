"""sRGB into ink: neutrals in black alone, brand colours as their designer gave them, the rest through the profile."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from campaign.press.profiles import InkProfile

if TYPE_CHECKING:
    from PIL import Image

#: Cyan, magenta, yellow, black from 0 to 1.
Ink = tuple[float, float, float, float]
BLACK: Ink = (0.0, 0.0, 0.0, 1.0)
#: Type of a darker tint than this is printed in the whole ink where there is but one.
FULL = 0.5


class Colours(Protocol):
    """What colours become on a press: of grounds, of lines, of type, of pictures."""

    def of(self, red: float, green: float, blue: float) -> Ink:
        """The ink of an sRGB ground (0 to 1)."""

    def line(self, red: float, green: float, blue: float) -> Ink:
        """The ink of an sRGB line (0 to 1)."""

    def type(self, ink: Ink) -> Ink:
        """The ink of type where a ground would have this one."""

    def picture(self, picture: Image.Image) -> Image.Image:
        """An RGB picture in CMYK."""


class Inks:
    """One conversion: relative colorimetric, black point compensation; the same colour always gives the same ink."""

    def __init__(self, profile: InkProfile, chosen: Mapping[str, tuple[float, ...]] | None = None) -> None:
        """`chosen` maps sRGB colours `#RRGGBB` to cyan, magenta, yellow, black in percent."""
        from PIL import ImageCms

        self.profile = profile
        self._transform = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile.data)),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        self._known: dict[tuple[int, int, int], Ink] = {}
        for colour, plates in (chosen or {}).items():
            c, m, y, k = (plate / 100 for plate in plates)
            self._known[parsed(colour)] = (c, m, y, k)

    def of(self, red: float, green: float, blue: float) -> Ink:
        """The ink of an sRGB colour (0 to 1): a neutral is black alone."""
        from PIL import Image, ImageCms

        key = (round(red * 255), round(green * 255), round(blue * 255))
        if key not in self._known:
            if len(set(key)) == 1:
                self._known[key] = (0.0, 0.0, 0.0, round(1 - key[0] / 255, 4))
            else:
                one = ImageCms.applyTransform(Image.new("RGB", (1, 1), key), self._transform)
                assert one is not None  # noqa: S101 - None is for changes in place
                c, m, y, k = (round(value / 255, 4) for value in one.tobytes())
                self._known[key] = (c, m, y, k)
        return self._known[key]

    def line(self, red: float, green: float, blue: float) -> Ink:
        """The ink of a line: that of its colour."""
        return self.of(red, green, blue)

    def type(self, ink: Ink) -> Ink:
        """The ink of type: that of its colour."""
        return ink

    def picture(self, picture: Image.Image) -> Image.Image:
        """An RGB picture in CMYK, its neutral pixels in black alone."""
        from PIL import Image, ImageChops, ImageCms

        rgb = picture.convert("RGB")
        red, green, blue = rgb.split()
        spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
        neutral = spread.point([255] + [0] * 255)
        none = Image.new("L", rgb.size)
        converted = ImageCms.applyTransform(rgb, self._transform)
        assert converted is not None  # noqa: S101 - None is for changes in place
        return Image.composite(Image.merge("CMYK", (none, none, none, ImageChops.invert(red))), converted, neutral)


class OneInk:
    """Every colour as a tint of one plate, as light as it looks: for a press that prints in a single ink."""

    def of(self, red: float, green: float, blue: float) -> Ink:
        """The tint of a colour: black is all of the ink, white none."""
        return 0.0, 0.0, 0.0, round(1 - lightness(red, green, blue), 4)

    def line(self, red: float, green: float, blue: float) -> Ink:
        """The tint of a line: that of its colour."""
        return self.of(red, green, blue)

    def type(self, ink: Ink) -> Ink:
        """Dark type is the whole ink, so that no letter is made of dots."""
        return BLACK if ink[3] > FULL else ink

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in greys, on the black plate."""
        from PIL import Image, ImageChops

        none = Image.new("L", picture.size)
        return Image.merge("CMYK", (none, none, none, ImageChops.invert(picture.convert("L"))))


def lightness(red: float, green: float, blue: float) -> float:
    """How light a colour looks, from 0 to 1."""
    return float((0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2) ** (1 / 2.2))


def parsed(colour: str) -> tuple[int, int, int]:
    """`#RRGGBB` as three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
