"""What the pixels of ink say: the total of the four plates, and colour that runs on into the bleed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from campaign.press.preflight.subject import Line, Subject, judge
from campaign.press.raster import pixels

if TYPE_CHECKING:
    from PIL import Image

#: A plate counts as inked from here (of 255).
INKED = 20
#: How much of an edge may be without ink in the bleed though the trim has it, in percent.
BARE_PERCENT = 1.0


def ink_lines(subject: Subject) -> Iterator[Line]:
    """The checks of each page's pixels."""
    for number, page in enumerate(subject.pages, start=1):
        if subject.profile.one_ink:
            highest = (cast(float, band.getextrema()[1]) for band in page.split()[:3])
            most = max(highest) / 255 * 100
            yield judge(
                "one plate", f"page {number}", f"{most:.0f} % on the others", "nothing on the others", most == 0
            )
        total = total_ink(page)
        limit = subject.profile.max_ink
        yield judge("total ink", f"page {number}", f"{total:.0f} %", f"{limit:g} %", total <= limit + 0.5)
        if subject.profile.bleed:
            bare = bare_edge(page, pixels(subject.profile.bleed, subject.profile.resolution))
            yield judge(
                "bleed filled",
                f"page {number}",
                f"{100 - bare:.1f} % of the inked edge",
                f"{100 - BARE_PERCENT:g} %",
                bare <= BARE_PERCENT,
            )


def total_ink(page: Image.Image) -> float:
    """The highest sum of the four plates in one pixel, in percent."""
    _, highest = _summed(page).getextrema()
    return cast(float, highest) / 255 * 100


def _summed(page: Image.Image) -> Image.Image:
    from PIL import ImageMath

    cyan, magenta, yellow, black = page.split()
    summed: Image.Image = ImageMath.lambda_eval(
        lambda plates: plates["c"] + plates["m"] + plates["y"] + plates["k"], c=cyan, m=magenta, y=yellow, k=black
    )
    return summed


def bare_edge(page: Image.Image, bleed: int) -> float:
    """How much of the ink along the trim does not reach the outer edge of the bleed, in percent of that ink.

    Along each side a line just inside the trim is compared with one at the outer edge; `bleed` is in pixels.
    """
    inked = _mask(page)
    width, height = inked.size
    sides = [
        (inked.crop((bleed, bleed + 2, width - bleed, bleed + 3)), inked.crop((bleed, 1, width - bleed, 2))),
        (
            inked.crop((bleed, height - bleed - 3, width - bleed, height - bleed - 2)),
            inked.crop((bleed, height - 3, width - bleed, height - 2)),
        ),
        (inked.crop((bleed + 2, bleed, bleed + 3, height - bleed)), inked.crop((1, bleed, 2, height - bleed))),
        (
            inked.crop((width - bleed - 3, bleed, width - bleed - 2, height - bleed)),
            inked.crop((width - 3, bleed, width - 2, height - bleed)),
        ),
    ]
    edge = bare = 0
    for inside, outside in sides:
        for one, other in zip(inside.tobytes(), outside.tobytes(), strict=True):
            edge += bool(one)
            bare += bool(one and not other)
    return 100 * bare / edge if edge else 0.0


def _mask(page: Image.Image) -> Image.Image:
    """255 where any plate is inked."""
    from PIL import ImageChops

    cyan, magenta, yellow, black = page.split()
    most = ImageChops.lighter(ImageChops.lighter(cyan, magenta), ImageChops.lighter(yellow, black))
    return most.point([0] * INKED + [255] * (256 - INKED))
