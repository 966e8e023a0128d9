"""Ink: which characters of a PDF page leave a trace on it, found by drawing the page with its text and without.

Whatever hides text is so found by what it does: a layer that is switched off, the colour of the ground, a picture laid
over it, a clip, the edge of the CropBox, an invisible rendering mode.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from campaign.typeset import calls

#: Pixels that a page is drawn with: one for each point of an A2 page; larger pages are drawn smaller.
_PIXELS = 4_000_000.0
#: Levels of grey (of 255) that no eye tells apart.
_FAINT = 6
#: Text in colours from this level on, or as see-through as this, may be what a page hides.
_LIGHT, _SEE_THROUGH = 200, 128
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(frozen=True, slots=True)
class Traces:
    """`unseen` are the indexes of characters that nobody sees; `behind` says that a picture of a page has its words
    laid behind it for a machine, as programs that scan do it: these are no part of `unseen`.
    """

    unseen: frozenset[int] = frozenset()
    behind: bool = False
    pictures: bool = False


def has_layers(document: pypdfium2.PdfDocument) -> bool:
    """Whether a document says anything of layers (ISO 32000-1, 8.11.4.2): without that, none can be off.

    It is written anew to see it: its catalogue may be packed, or the name in disguise (`/OC#50roperties`). That takes a
    fifth of the time in which the objects of a page of Arabic are asked for their layers (measured).
    """
    written = io.BytesIO()
    try:
        document.save(written)
    except pypdfium2.PdfiumError:
        return True
    return b"/OCProperties" in written.getvalue()


def traces(page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, *, layers: bool) -> Traces:
    """What the text of a page leaves on it; `layers` says that some of it may be in a layer."""
    objects = calls.objects(page)
    pictures = [found for found in objects if calls.kind(found) != pdfium.FPDF_PAGEOBJ_TEXT]
    texts = tuple(calls.text_objects(objects)) if pictures else objects
    struck = _struck(page, characters)
    if not texts:
        return Traces(struck, pictures=bool(pictures))
    groups = _groups(texts, layers=layers)
    simple = set(groups) == {"plain"} and not pictures and _within(page, texts)
    if simple:
        return Traces(struck)
    behind = _behind(page, groups.get("invisible", ()), pictures)
    masks = _masks(page, groups)
    unseen = frozenset(_traceless(page, characters, masks, behind))
    return Traces(unseen | struck, bool(behind), bool(pictures))


def _groups(objects: Sequence[int], *, layers: bool) -> dict[str, list[int]]:
    """Text objects by what may hide them: what lies on one another in two groups is told apart."""
    colours, modes = calls.fills(objects), list(map(calls.rendering, objects))
    # A layer has marks of its own (ISO 32000-1, 8.11.3.2).
    layered = calls.marked(objects, "OC") if layers else [False] * len(objects)
    light = [
        not known or alpha < _SEE_THROUGH or (red >= _LIGHT and green >= _LIGHT and blue >= _LIGHT)
        for known, (red, green, blue, alpha) in zip(colours.known, colours.rows(), strict=True)
    ]
    if not any(light) and not any(layered) and not {*modes}.intersection(_INVISIBLE):
        return {"plain": list(objects)}
    groups: dict[str, list[int]] = {}
    for found, mode, layer, faint in zip(objects, modes, layered, light, strict=True):
        group = "invisible" if mode in _INVISIBLE else "layer" if layer else "light" if faint else "plain"
        groups.setdefault(group, []).append(found)
    return groups


def _within(page: pypdfium2.PdfPage, objects: Sequence[int]) -> bool:
    """Whether all text lies on the page that is shown, and nothing clips it."""
    left, bottom, right, top = page.get_bbox()
    bounds = calls.bounds(objects)
    a, b, c, d = (bounds.column(number) for number in range(4))
    return min(a) >= left and min(b) >= bottom and max(c) <= right and max(d) <= top and not calls.clipped(objects)


def _behind(
    page: pypdfium2.PdfPage, invisible: Sequence[int], pictures: Iterable[int]
) -> frozenset[tuple[float, float, float, float]]:
    """The bounds of pictures that fill most of a page with invisible text on it."""
    left, bottom, right, top = page.get_bbox()
    whole = (right - left) * (top - bottom)
    if not invisible or whole <= 0:
        return frozenset()
    pictures = [one for one in pictures if calls.kind(one) == pdfium.FPDF_PAGEOBJ_IMAGE]
    return frozenset((a, b, c, d) for a, b, c, d in calls.bounds(pictures).rows() if (c - a) * (d - b) > whole / 2)


@dataclass(frozen=True, slots=True)
class _Mask:
    """Where a group of text leaves ink: one byte a pixel, and the objects of the group by address."""

    pixels: bytes
    width: int
    height: int
    objects: frozenset[int]
    invisible: bool

    def inked(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether there is ink in these pixels."""
        left, right = max(0, left), min(self.width, right)
        if left >= right:
            return False
        rows = range(max(0, top), min(self.height, bottom))
        return any(self.pixels.find(b"\xff", row * self.width + left, row * self.width + right) >= 0 for row in rows)


def _masks(page: pypdfium2.PdfPage, groups: dict[str, list[int]]) -> tuple[_Mask, ...]:
    """What each group adds to the page without text."""
    objects = [found for group in groups.values() for found in group]
    _activate(objects, active=False)
    try:
        empty = _drawn(page)
        masks = []
        for name, group in groups.items():
            _activate(group, active=True)
            drawn = _drawn(page)
            _activate(group, active=False)
            added = ImageChops.difference(drawn, empty).point([0] * (_FAINT + 1) + [255] * (255 - _FAINT))
            known = frozenset(group)
            masks.append(_Mask(added.tobytes(), added.width, added.height, known, name == "invisible"))
    finally:
        _activate(objects, active=True)
    return tuple(masks)


def _activate(objects: Sequence[int], *, active: bool) -> None:
    for found in objects:
        calls.set_active(found, active)


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    drawn: Image.Image = page.render(
        scale=_scale(page), grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_pil()
    return drawn


def _scale(page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    return float(min(1.5, (_PIXELS / max(1.0, width * height)) ** 0.5))


def _traceless(
    page: pypdfium2.PdfPage,
    characters: pypdfium2.PdfTextPage,
    masks: Sequence[_Mask],
    behind: Collection[tuple[float, float, float, float]],
) -> Iterator[int]:
    """The characters without ink in their box."""
    of_object = {address: mask for mask in masks for address in mask.objects}
    place = _Placing(page)
    for index, (x0, y0, x1, y1), address in _boxes(characters):
        mask = of_object.get(address)
        if mask is None:
            continue
        if mask.invisible and any(a <= x0 and x1 <= c and b <= y0 and y1 <= d for a, b, c, d in behind):
            continue
        left, top, right, bottom = place.pixels(x0, y0, x1, y1)
        if bottom - top == 1:  # a hyphen in small type: where a letter is drawn is rounded to whole pixels
            top, bottom = top - 1, bottom + 1
        if not mask.inked(left, top, right, bottom):
            yield index


def _boxes(characters: pypdfium2.PdfTextPage) -> Iterator[tuple[int, tuple[float, float, float, float], int]]:
    """(index, box, address of its text object) of each character that has one and is no space."""
    own, boxes = calls.handle(characters), calls.ink_boxes(characters)
    each = zip(calls.codes(characters), boxes.known, boxes.rows(), strict=True)
    for index, (code, known, (left, right, bottom, top)) in enumerate(each):
        if code in (9, 10, 13, 32, 0xA0, 0xAD) or calls.generated(own, index) == 1:
            continue
        if known and right > left and top > bottom:
            yield index, (left, bottom, right, top), calls.text_object(own, index) or 0


class _Placing:
    """Where a box of a page lies in its picture."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        scale, (width, height) = _scale(page), page.get_size()
        size = (round(width * scale * 1000), round(height * scale * 1000))
        x, y = ctypes.c_int(), ctypes.c_int()
        points = []
        for at in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *at, x, y)
            points.append((x.value / 1000, y.value / 1000))
        (self.x, self.y), one, other = points
        self.xx, self.xy = (one[0] - self.x) / 100, (one[1] - self.y) / 100
        self.yx, self.yy = (other[0] - self.x) / 100, (other[1] - self.y) / 100

    def pixels(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
        """left, top, right, bottom in whole pixels that the box touches."""
        xs = [self.x + x * self.xx + y * self.yx for x in (x0, x1) for y in (y0, y1)]
        ys = [self.y + x * self.xy + y * self.yy for x in (x0, x1) for y in (y0, y1)]
        return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1


def _struck(page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage) -> frozenset[int]:
    """The characters under a note that strikes them out (ISO 32000-1, 12.5.6.10)."""
    quads = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_STRIKEOUT:
            for number in range(pdfium.FPDFAnnot_CountAttachmentPoints(note)):
                quad = pdfium.FS_QUADPOINTSF()
                if pdfium.FPDFAnnot_GetAttachmentPoints(note, number, quad):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    quads.append((min(xs), min(ys), max(xs), max(ys)))
        pdfium.FPDFPage_CloseAnnot(note)
    if not quads:
        return frozenset()
    return frozenset(
        index
        for index, (x0, y0, x1, y1), _ in _boxes(characters)
        if any(a <= (x0 + x1) / 2 <= c and b <= (y0 + y1) / 2 <= d for a, b, c, d in quads)
    )
