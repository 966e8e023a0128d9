"""Type as outlines: none is left, and the paths draw what the type drew, to a quarter of a millimetre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.press.preflight.subject import Line, Subject, Verdict, judge
from campaign.press.preflight.walk import walk

if TYPE_CHECKING:
    from PIL import Image

#: Pixels per inch of the comparison, and the square of pixels that counts as the same place: edges of type and of paths
#: are smoothed differently, by up to two pixels (measured).
RESOLUTION, NEAR = 200, 5
#: How far (of 255) a pixel may leave the range of its neighbours in the other picture; black on white is 255.
FAR = 96


def outline_lines(subject: Subject) -> Iterator[Line]:
    """The checks of a file whose profile wants outlines; nothing for any other."""
    if not subject.live:
        return
    left = sum(item.kind in ("text", "type3 text") for item in walk(subject.pdf))
    yield judge("type as outlines", "file", f"{left} runs of type", "0", left == 0)
    yield Line("PDF/UA", "file", "no: outlines cannot be read aloud", "outlines are wanted", Verdict.WARN)
    pictures = (tuple(_drawn(pdf)) for pdf in (subject.pdf, subject.live))
    for number, (one, other) in enumerate(zip(*pictures, strict=True), start=1):
        strange = max(_strange(one, other), _strange(other, one))
        yield judge("outlines against type", f"page {number}", f"{strange} pixels differ", "0", strange == 0)


def _drawn(pdf: bytes) -> Iterator[Image.Image]:
    import pypdfium2

    for page in pypdfium2.PdfDocument(pdf):
        yield page.render(scale=RESOLUTION / 72).to_pil().convert("L")


def _strange(one: Image.Image, other: Image.Image) -> int:
    """How many pixels are much darker or lighter than all that is near in the other picture."""
    from PIL import ImageChops, ImageFilter

    low, high = other.filter(ImageFilter.MinFilter(NEAR)), other.filter(ImageFilter.MaxFilter(NEAR))
    beyond = ImageChops.lighter(ImageChops.subtract(low, one), ImageChops.subtract(one, high))
    return sum(beyond.histogram()[FAR:])
