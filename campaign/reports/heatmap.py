"""The heat map of a campaign as a picture for slides: a block per channel, languages down, audiences across."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from campaign.typeset.fonts import package_files

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

#: State -> (fill, ink, letter). Blue to orange (told apart by colour-blind people), and a letter in every cell.
LOOKS: Mapping[str, tuple[str, str, str]] = {
    "signed": ("#0B5563", "#FFFFFF", "S"),
    "stale": ("#7FB2BC", "#1A1A1A", "O"),
    "draft": ("#F2C14E", "#1A1A1A", "D"),
    "missing": ("#B3391F", "#FFFFFF", "M"),
    "not planned": ("#FFFFFF", "#5A5A5A", "–"),
}
WORDS: Mapping[str, str] = {
    "signed": "signed", "stale": "stale: signed, source changed", "draft": "draft", "missing": "missing",
    "not planned": "not planned",
}  # fmt: skip

#: Noto Sans for Latin, in the font package; its number of the version moves on.
_LATIN = re.compile(r"Noto-Sans_v\d+_regular\.ttf")
_CELL, _GAP, _LEFT, _TOP, _SIZE = 40, 3, 300, 250, 22


def draw(
    title: str,
    channels: Sequence[str],
    locales: Sequence[tuple[str, str]],
    audiences: Sequence[str],
    cells: Mapping[tuple[str, str, str], str],
    colour: str = "#0B5563",
) -> bytes:
    """A PNG. `locales` are (tag, English name); `cells` maps (channel, tag, audience) to a state of LOOKS.

    `colour` is the brand's, for the title.
    """
    from PIL import Image, ImageDraw

    height = _TOP + len(locales) * (_CELL + _GAP) + 70
    width = max(_LEFT + len(audiences) * (_CELL + _GAP) + 160, 1100)
    picture = Image.new("RGB", (width, 100 + height * len(channels)), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((30, 24), title, fill=colour, font=_font(34))
    for number, channel in enumerate(channels):
        top = 100 + number * height
        pen.text((30, top + 6), channel, fill="#1A1A1A", font=_font(28))
        for column, audience in enumerate(audiences):
            left = _LEFT + column * (_CELL + _GAP)
            _slanted(picture, audience, left + _CELL // 2, top + _TOP - 8)
        for row, (tag, english) in enumerate(locales):
            y = top + _TOP + row * (_CELL + _GAP)
            pen.text((30, y + 6), f"{english} ({tag})", fill="#1A1A1A", font=_font(_SIZE))
            for column, audience in enumerate(audiences):
                x = _LEFT + column * (_CELL + _GAP)
                fill, ink, letter = LOOKS[cells[channel, tag, audience]]
                pen.rectangle((x, y, x + _CELL, y + _CELL), fill=fill, outline="#8A9A9D")
                pen.text((x + _CELL / 2, y + _CELL / 2), letter, fill=ink, font=_font(_SIZE), anchor="mm")
        _legend(pen, 30, top + _TOP + len(locales) * (_CELL + _GAP) + 12)
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()


def _legend(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    for state, (fill, ink, letter) in LOOKS.items():
        pen.rectangle((x, y, x + 28, y + 28), fill=fill, outline="#8A9A9D")
        pen.text((x + 14, y + 14), letter, fill=ink, font=_font(16), anchor="mm")
        pen.text((x + 38, y + 14), WORDS[state], fill="#1A1A1A", font=_font(18), anchor="lm")
        x += 70 + int(pen.textlength(WORDS[state], font=_font(18)))


def _slanted(picture: Image.Image, text: str, x: int, bottom: int) -> None:
    """A heading that leans by 55 degrees, its foot at (x, bottom)."""
    from PIL import Image, ImageDraw

    font = _font(18)
    left, top, right, base = font.getbbox(text)
    label = Image.new("L", (int(right - left) + 4, int(base - top) + 8), 0)
    ImageDraw.Draw(label).text((2 - left, 2 - top), text, fill=255, font=font)
    turned = label.rotate(55, expand=True, resample=Image.Resampling.BICUBIC)
    picture.paste("#1A1A1A", (x - 8, bottom - turned.height), turned)


@cache  # opened anew for every cell it takes nineteen twentieths of the drawing
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(next(path for path in package_files() if _LATIN.fullmatch(path.name))), size)
