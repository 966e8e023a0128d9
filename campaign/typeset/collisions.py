"""Collisions on a finished page: text over text, text on a rule or half on another ground, type that is too small.

Boxes tell where something may touch; whether it does is seen by drawing the two alone: a slanting line of Nastaliq
reaches into the box of its neighbour and touches nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.typeset import calls

if TYPE_CHECKING:
    from PIL import Image

#: left, bottom, right, top in pt.
Box = tuple[float, ...]

#: Letters of one line may reach into each other by so much of their size: kerning, swashes, joined letters.
_JOINED = 0.4
#: Boxes that share less than this (pt) do not touch.
_TOUCH = 0.6
#: What a matrix turns less than this is not turned.
_TURNED = 1e-4
#: Pixels per inch of the closer look, how far (of 255) a pixel is from the grey it lies on when something is drawn
#: there, and how many of them are no collision: edges are smoothed.
_LOOK, _GREY, _DRAWN, _FEW = 150, 128, 48, 4
#: A stroke that grazes the line below is no collision: an area as wide and as high as this part of the type's size.
_GRAZE = 0.12
#: A colour that covers less than this (of 255) is a marker's: letters below it are read.
_SEEN_THROUGH = 192
#: Ink may reach out of the box that a font gives it, by so much (pt).
_MARGIN = 6.0


class _Text(NamedTuple):
    """A text object: its place in the order of painting, its box, its size and baseline in pt; a tuple, because a page
    has hundreds.
    """

    order: int
    handle: int
    box: Box
    size: float
    base: float


class _Ground(NamedTuple):
    """Anything else that is painted: its place in the order of painting, and its box."""

    order: int
    handle: int
    box: Box


def faults(pages: Iterable[pypdfium2.PdfPage], smallest: float) -> tuple[str, ...]:
    """What of the text of opened pages touches other text, a rule or the edge of a ground, or is smaller than
    `smallest` pt. Turned text (a watermark) is left alone.
    """
    found: list[str] = []
    for number, page in enumerate(pages, start=1):
        texts, grounds = _painted(page)
        small = [text for text in texts if text.size < smallest - 0.01]
        if small:
            least = min(small, key=lambda text: text.size)
            said = f"{_said(page, least)} is set at {least.size:.2f} pt, {smallest:g} pt can be read"
            found.append(f"page {number}: {said}")
        pairs: list[tuple[_Text, _Text | _Ground]] = [*_near(texts), *_crossed(texts, grounds)]
        if pairs:
            found += [f"page {number}: {fault}" for fault in _Look(page).faults(pairs)]
    return tuple(dict.fromkeys(found))


def _painted(page: pypdfium2.PdfPage) -> tuple[list[_Text], list[_Ground]]:
    objects = calls.objects(page)
    places = calls.bounds(objects)
    written = [one for one in objects if calls.kind(one) == pdfium.FPDF_PAGEOBJ_TEXT]
    type_of = dict(zip(written, zip(calls.matrices(written).rows(), calls.sizes(written), strict=True), strict=True))
    texts, grounds = [], []
    for order, (one, known, box) in enumerate(zip(objects, places.known, places.rows(), strict=True)):
        if not known or (box[0] >= box[2] and box[1] >= box[3]):
            continue
        if one not in type_of:
            grounds.append(_Ground(order, one, box))
            continue
        (_, turned, _, upright, _, base), size = type_of[one]
        if abs(turned) < _TURNED:
            texts.append(_Text(order, one, box, size * abs(upright), base))
    return texts, grounds


def _near(texts: Sequence[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Pairs of texts whose boxes share more than those of neighbours do."""
    ordered = sorted(texts, key=lambda text: text.box[1])
    for at, one in enumerate(ordered):
        left, _, right, top = one.box
        for other in itertools.islice(ordered, at + 1, None):
            if other.box[1] > top - _TOUCH:
                break
            wide = min(right, other.box[2]) - max(left, other.box[0])
            same = abs(one.base - other.base) < 0.15 * min(one.size, other.size)
            if wide > (_JOINED * min(one.size, other.size) if same else _TOUCH):
                yield (one, other) if one.order < other.order else (other, one)


def _crossed(texts: Sequence[_Text], grounds: Sequence[_Ground]) -> Iterator[tuple[_Text, _Ground]]:
    """Texts with what is painted between their ground and them, or over them, and reaches into their box."""
    # `_meet`, written out: a page has thousands of pairs, most of them far apart.
    edge = _TOUCH / 2
    placed = [(ground, ground.box) for ground in grounds]
    for text in texts:
        start, low, end, high = text.box[0] + edge, text.box[1] + edge, text.box[2] - edge, text.box[3] - edge
        near = [
            ground
            for ground, (left, bottom, right, top) in placed
            if bottom < high and top > low and left < end and right > start
        ]
        under = [ground.order for ground in near if ground.order < text.order and _holds(ground.box, text.box)]
        below = max(under, default=-1)
        for ground in near:
            # A drawing reaches beyond what is seen of it.
            if ground.order > below and all(_meet(clip, text.box) for clip in calls.clip_boxes(ground.handle)):
                yield text, ground


def _meet(one: Box, other: Box) -> bool:
    edge = _TOUCH / 2
    return (
        one[0] < other[2] - edge and one[2] > other[0] + edge and one[1] < other[3] - edge and one[3] > other[1] + edge
    )


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _said(page: pypdfium2.PdfPage, text: _Text) -> str:
    (said,) = calls.object_texts([text.handle], page.get_textpage())
    return repr(said.strip()[:40])


class _Look:
    """A closer look at one page: two things drawn alone, each by itself, where the first of them stands."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page, self._objects = page, calls.objects(page)

    def faults(self, pairs: Sequence[tuple[_Text, _Text | _Ground]]) -> Iterator[str]:
        """What is wrong between texts and something else; nothing where they do not touch."""
        self._activate(0)
        try:
            found = [(text, other, fault) for text, other in pairs if (fault := self._fault(text, other))]
            torn = {text for text, other, _ in found if isinstance(other, _Ground)}
            split = self._split([(text, other) for text, other in pairs if text in torn])
        finally:
            self._activate(1)
        for text, other, fault in found:
            if (text.handle, other.handle) not in split:
                yield fault % (_said(self._page, text), _said(self._page, other) if isinstance(other, _Text) else "")

    def _activate(self, active: int) -> None:
        for each in self._objects:
            calls.set_active(each, active)

    def _fault(self, text: _Text, other: _Text | _Ground) -> str:
        ground = self._alone([other.handle], text.box)
        if ground.getbbox() is None:  # a box reaches in and nothing else, or what is hardly seen
            return ""
        ink = self._alone([text.handle], text.box)
        both = _count(ink, ground)
        if both <= max(_FEW, (_GRAZE * text.size * _LOOK / 72) ** 2):
            return ""
        if isinstance(other, _Text):
            return "%s and %s overlap"
        if other.order < text.order and _count(ink, ink) - both <= _FEW:
            return ""  # it is the ground that the text stands on
        return "%s%s stands on a line or on the edge of what is drawn there"

    def _split(self, pairs: Iterable[tuple[_Text, _Text | _Ground]]) -> set[tuple[int, int]]:
        """Texts and the grounds that are pieces of one: a marker's colour behind each word, that holds all of them.

        The mark of the next line may lie over the letters that reach into it, where they are seen through it.
        """
        pieces: dict[tuple[_Text, tuple[float, ...]], list[int]] = {}
        for text, other in pairs:
            if isinstance(other, _Ground):
                (filled,) = calls.fills([other.handle]).rows()
                if other.order < text.order or filled[3] < _SEEN_THROUGH:
                    pieces.setdefault((text, tuple(filled)), []).append(other.handle)
        split: set[tuple[int, int]] = set()
        for (text, _), grounds in pieces.items():
            ink = self._alone([text.handle], text.box)
            if len(grounds) > 1 and _count(ink, ink) - _count(ink, self._alone(grounds, text.box)) <= _FEW:
                split.update((text.handle, ground) for ground in grounds)
        return split

    def _alone(self, these: Sequence[int], box: Box) -> Image.Image:
        """255 where the page has ink of these objects, in this box."""
        from PIL import ImageChops

        for one in these:
            calls.set_active(one, 1)
        left, bottom, right, top = self._page.get_mediabox()
        cut = (
            max(0.0, box[0] - left - _MARGIN),
            max(0.0, box[1] - bottom - _MARGIN),
            max(0.0, right - box[2] - _MARGIN),
            max(0.0, top - box[3] - _MARGIN),
        )
        drawn = self._page.render(scale=_LOOK / 72, crop=cut, fill_color=(_GREY, _GREY, _GREY, 255)).to_pil()
        for one in these:
            calls.set_active(one, 0)
        far = [0 if abs(level - _GREY) < _DRAWN else 255 for level in range(256)] * 3
        red, green, blue = drawn.convert("RGB").point(far).split()
        inked: Image.Image = ImageChops.lighter(red, ImageChops.lighter(green, blue))
        return inked


def _count(one: Image.Image, other: Image.Image) -> int:
    """How many pixels both pictures have."""
    from PIL import ImageChops

    return ImageChops.darker(one, other).histogram()[255]
