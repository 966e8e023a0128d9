"""Ink: which characters of a PDF page leave a trace on it, found by drawing the page with its text and without.

Whatever hides text is so found by what it does: a layer that is switched off, the colour of the ground, a picture laid
over it, a clip, the edge of the CropBox, an invisible rendering mode.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from campaign.typeset.guard import text_objects

#: Pixels that a page is drawn with: one for each point of an A2 page; larger pages are drawn smaller.
_PIXELS = 4_000_000.0
#: Levels of grey (of 255) that no eye tells apart.
_FAINT = 6
#: Text in colours from this level on, or as see-through as this, may be what a page hides.
_LIGHT, _SEE_THROUGH = 200, 128
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_LAYER = "OC\0".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Traces:
    """`unseen` are the indexes of characters that nobody sees; `behind` says that a picture of a page has its words
    laid behind it for a machine, as programs that scan do it: these are no part of `unseen`.
    """

    unseen: frozenset[int] = frozenset()
    behind: bool = False
    pictures: bool = False


def traces(page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage) -> Traces:
    """What the text of a page leaves on it."""
    objects = tuple(text_objects(page))
    kinds = _kinds(page)
    pictures = bool(kinds - {pdfium.FPDF_PAGEOBJ_TEXT})
    struck = _struck(page, characters)
    if not objects:
        return Traces(struck, pictures=pictures)
    groups = _groups(objects)
    simple = set(groups) == {"plain"} and not pictures and _within(page, objects)
    if simple:
        return Traces(struck)
    behind = _behind(page, groups.get("invisible", ())) if pdfium.FPDF_PAGEOBJ_IMAGE in kinds else frozenset()
    masks = _masks(page, groups)
    unseen = frozenset(_traceless(page, characters, masks, behind))
    return Traces(unseen | struck, bool(behind), pictures)


def _kinds(page: pypdfium2.PdfPage) -> set[int]:
    count = pdfium.FPDFPage_CountObjects(page)
    return {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, index)) for index in range(count)}


def _groups(objects: Sequence[pdfium.FPDF_PAGEOBJECT]) -> dict[str, list[pdfium.FPDF_PAGEOBJECT]]:
    """Text objects by what may hide them: what lies on one another in two groups is told apart."""
    groups: dict[str, list[pdfium.FPDF_PAGEOBJECT]] = {}
    colour = [ctypes.c_uint() for _ in range(4)]
    for found in objects:
        known = pdfium.FPDFPageObj_GetFillColor(found, *colour)
        red, green, blue, alpha = (part.value for part in colour)
        if pdfium.FPDFTextObj_GetTextRenderMode(found) in _INVISIBLE:
            group = "invisible"
        elif _layered(found):
            group = "layer"
        elif not known or alpha < _SEE_THROUGH or min(red, green, blue) >= _LIGHT:
            group = "light"
        else:
            group = "plain"
        groups.setdefault(group, []).append(found)
    return groups


def _layered(found: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether an object is marked as part of a layer (ISO 32000-1, 8.11.3.2)."""
    name, length = (pdfium.FPDF_WCHAR * 8)(), ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(found)):
        mark = pdfium.FPDFPageObj_GetMark(found, index)
        if pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length) and bytes(name).startswith(_LAYER):
            return True
    return False


def _bounds(found: pdfium.FPDF_PAGEOBJECT) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _within(page: pypdfium2.PdfPage, objects: Sequence[pdfium.FPDF_PAGEOBJECT]) -> bool:
    """Whether all text lies on the page that is shown, and nothing clips it."""
    left, bottom, right, top = page.get_bbox()
    for found in objects:
        a, b, c, d = _bounds(found)
        if a < left or b < bottom or c > right or d > top:
            return False
        if pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(found)) > 0:
            return False
    return True


def _behind(
    page: pypdfium2.PdfPage, invisible: Sequence[pdfium.FPDF_PAGEOBJECT]
) -> frozenset[tuple[float, float, float, float]]:
    """The bounds of pictures that fill most of a page with invisible text on it."""
    left, bottom, right, top = page.get_bbox()
    whole = (right - left) * (top - bottom)
    if not invisible or whole <= 0:
        return frozenset()
    found = set()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        picture = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(picture) == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d = _bounds(picture)
            if (c - a) * (d - b) > whole / 2:
                found.add((a, b, c, d))
    return frozenset(found)


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


def _masks(page: pypdfium2.PdfPage, groups: dict[str, list[pdfium.FPDF_PAGEOBJECT]]) -> tuple[_Mask, ...]:
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
            known = frozenset(map(_address, group))
            masks.append(_Mask(added.tobytes(), added.width, added.height, known, name == "invisible"))
    finally:
        _activate(objects, active=True)
    return tuple(masks)


def _activate(objects: Sequence[pdfium.FPDF_PAGEOBJECT], *, active: bool) -> None:
    for found in objects:
        pdfium.FPDFPageObj_SetIsActive(found, active)


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    drawn: Image.Image = page.render(
        scale=_scale(page), grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_pil()
    return drawn


def _scale(page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    return float(min(1.5, (_PIXELS / max(1.0, width * height)) ** 0.5))


def _address(found: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(found, ctypes.c_void_p).value or 0


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
        if not mask.inked(*place.pixels(x0, y0, x1, y1)):
            yield index


def _boxes(characters: pypdfium2.PdfTextPage) -> Iterator[tuple[int, tuple[float, float, float, float], int]]:
    """(index, box, address of its text object) of each character that has one and is no space."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw = characters.raw
    for index in range(characters.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (9, 10, 13, 32, 0xA0, 0xAD) or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top):
            box = (left.value, bottom.value, right.value, top.value)
            if box[2] > box[0] and box[3] > box[1]:
                yield index, box, _address(pdfium.FPDFText_GetTextObject(raw, index))


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
