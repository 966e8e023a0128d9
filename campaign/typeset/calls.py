"""Calls of pdfium for what a page has thousands of, its characters and its objects: each is asked of all in one go.

pypdfium2 makes an object of each handle and checks the kind of each argument, at every call. Handles are whole numbers
here, and the loop over them is not Python's: a page of right-to-left text, which has an object for each letter, is read
in half the time (measured).
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

import pypdfium2
import pypdfium2.raw as pdfium

_HANDLE, _INT, _WHOLE, _SIZE = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong

#: A kind of number that a call writes.
Number = type[ctypes.c_double] | type[ctypes.c_float] | type[ctypes.c_uint]

#: Forms within forms that are looked into; drawings have one or two.
MAX_DEPTH = 15


def _call(function: object, result: type, *arguments: type) -> Callable[..., int]:
    place = ctypes.cast(function, _HANDLE).value  # type: ignore[arg-type]
    call: Callable[..., int] = ctypes.PYFUNCTYPE(result, *arguments)(place or 0)
    return call


# Of a page's text, by the index of a character.
unicode = _call(pdfium.FPDFText_GetUnicode, _WHOLE, _HANDLE, _INT)
generated = _call(pdfium.FPDFText_IsGenerated, _INT, _HANDLE, _INT)
text_object = _call(pdfium.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
_unmapped = _call(pdfium.FPDFText_HasUnicodeMapError, _INT, _HANDLE, _INT)
_angle = _call(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _HANDLE, _INT)
_origin = _call(pdfium.FPDFText_GetCharOrigin, _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
_loose_box = _call(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
_ink_box = _call(pdfium.FPDFText_GetCharBox, _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
# Of a page or a form: what is on it.
_count = _call(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
_get = _call(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
_count_inside = _call(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
_get_inside = _call(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, _SIZE)
# Of one object.
kind = _call(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
rendering = _call(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
set_active = _call(pdfium.FPDFPageObj_SetIsActive, _INT, _HANDLE, _INT)
_bounds = _call(pdfium.FPDFPageObj_GetBounds, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_matrix = _call(pdfium.FPDFPageObj_GetMatrix, _INT, _HANDLE, _HANDLE)
_font_size = _call(pdfium.FPDFTextObj_GetFontSize, _INT, _HANDLE, _HANDLE)
_fill = _call(pdfium.FPDFPageObj_GetFillColor, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_clip = _call(pdfium.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
_clip_paths = _call(pdfium.FPDFClipPath_CountPaths, _INT, _HANDLE)
_clip_segments = _call(pdfium.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
_clip_segment = _call(pdfium.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
_point = _call(pdfium.FPDFPathSegment_GetPoint, _INT, _HANDLE, _HANDLE, _HANDLE)
_count_marks = _call(pdfium.FPDFPageObj_CountMarks, _INT, _HANDLE)
_get_mark = _call(pdfium.FPDFPageObj_GetMark, _HANDLE, _HANDLE, _SIZE)
_mark_name = _call(pdfium.FPDFPageObjMark_GetName, _INT, _HANDLE, _HANDLE, _SIZE, _HANDLE)
_mark_text = _call(pdfium.FPDFPageObjMark_GetParamStringValue, _INT, _HANDLE, ctypes.c_char_p, _HANDLE, _SIZE, _HANDLE)
#: The number of the marked content that an object stands in; -1 for none.
content = _call(pdfium.FPDFPageObj_GetMarkedContentID, _INT, _HANDLE)
_object_text = _call(pdfium.FPDFTextObj_GetText, _SIZE, _HANDLE, _HANDLE, _HANDLE, _SIZE)
# Of a structure tree: its elements, what is in them and what they say.
_count_top = _call(pdfium.FPDF_StructTree_CountChildren, _INT, _HANDLE)
_get_top = _call(pdfium.FPDF_StructTree_GetChildAtIndex, _HANDLE, _HANDLE, _INT)
count_kids = _call(pdfium.FPDF_StructElement_CountChildren, _INT, _HANDLE)
kid = _call(pdfium.FPDF_StructElement_GetChildAtIndex, _HANDLE, _HANDLE, _INT)
kid_content = _call(pdfium.FPDF_StructElement_GetChildMarkedContentID, _INT, _HANDLE, _INT)
element_kind = _call(pdfium.FPDF_StructElement_GetType, _SIZE, _HANDLE, _HANDLE, _SIZE)
#: The language that an element says it is in (ISO 32000-1, 14.9.2).
element_language = _call(pdfium.FPDF_StructElement_GetLang, _SIZE, _HANDLE, _HANDLE, _SIZE)
alternative_text = _call(pdfium.FPDF_StructElement_GetAltText, _SIZE, _HANDLE, _HANDLE, _SIZE)
actual_text = _call(pdfium.FPDF_StructElement_GetActualText, _SIZE, _HANDLE, _HANDLE, _SIZE)
_language = _call(pdfium.FPDFCatalog_GetLanguage, _SIZE, _HANDLE, _HANDLE, _SIZE)


def handle(of: pypdfium2.PdfDocument | pypdfium2.PdfPage | pypdfium2.PdfTextPage) -> int:
    """The handle of an open PDF, of a page or of its text; it lives as long as what it is of."""
    return ctypes.cast(of.raw, _HANDLE).value or 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a call wrote for each one it was asked of: `count` rows of `wide` numbers, and whether it could."""

    values: Sequence[float]
    wide: int
    known: Sequence[int]

    def column(self, number: int) -> Sequence[float]:
        """One of the numbers of each row."""
        return self.values[number :: self.wide]

    def rows(self) -> Iterator[tuple[float, ...]]:
        """The rows, one after the other."""
        return zip(*(self.column(number) for number in range(self.wide)), strict=True)


def _written(call: Callable[..., int], number: Number, wide: int, of: Sequence[int], *before: Iterable[int]) -> Numbers:
    """What a call writes into `wide` places for each of these."""
    room = (number * (wide * len(of)))()
    size = ctypes.sizeof(number)
    first, step = ctypes.addressof(room), size * wide
    places = (range(first + size * at, first + size * at + step * len(of), step) for at in range(wide))
    known = list(map(call, *before, of, *places))
    return Numbers(room[:], wide, known)


def codes(text: pypdfium2.PdfTextPage) -> list[int]:
    """The code point of each character of a page's text."""
    return list(map(unicode, repeat(handle(text)), range(text.count_chars())))


def unmapped(text: pypdfium2.PdfTextPage) -> list[int]:
    """For each character 1 where its font does not say which it is."""
    return list(map(_unmapped, repeat(handle(text)), range(text.count_chars())))


def angles(text: pypdfium2.PdfTextPage) -> list[float]:
    """How far each character is turned, in radians from 0 to a whole turn."""
    return list(map(_angle, repeat(handle(text)), range(text.count_chars())))


def origins(text: pypdfium2.PdfTextPage, of: Sequence[int] | None = None) -> Numbers:
    """x and y (pt) of the origin of each character, or of these."""
    of = range(text.count_chars()) if of is None else of
    return _written(_origin, ctypes.c_double, 2, of, repeat(handle(text)))


def loose_boxes(text: pypdfium2.PdfTextPage) -> Numbers:
    """left, top, right and bottom (pt) of each character with the white around it."""
    own, room = repeat(handle(text)), (ctypes.c_float * (4 * text.count_chars()))()
    first, count = ctypes.addressof(room), text.count_chars()
    known = list(map(_loose_box, own, range(count), range(first, first + 16 * count, 16)))
    return Numbers(room[:], 4, known)


def ink_boxes(text: pypdfium2.PdfTextPage) -> Numbers:
    """left, right, bottom and top (pt) of the ink of each character."""
    return _written(_ink_box, ctypes.c_double, 4, range(text.count_chars()), repeat(handle(text)))


def objects(page: pypdfium2.PdfPage) -> tuple[int, ...]:
    """What stands on a page itself, forms unopened; they live as long as the page."""
    own = handle(page)
    return tuple(map(_get, repeat(own), range(_count(own))))


def text_objects(found: Iterable[int], depth: int = 0) -> Iterator[int]:
    """The text objects among these and in their forms."""
    for one in found:
        what = kind(one)
        if what == pdfium.FPDF_PAGEOBJ_TEXT:
            yield one
        elif what == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield from text_objects(map(_get_inside, repeat(one), range(_count_inside(one))), depth + 1)


def bounds(found: Sequence[int]) -> Numbers:
    """left, bottom, right and top of each object, in pt."""
    return _written(_bounds, ctypes.c_float, 4, found)


def matrices(found: Sequence[int]) -> Numbers:
    """a, b, c, d, e, f of the matrix of each object (ISO 32000-1, 8.3.4)."""
    room = (ctypes.c_float * (6 * len(found)))()
    first = ctypes.addressof(room)
    known = list(map(_matrix, found, range(first, first + 24 * len(found), 24)))
    return Numbers(room[:], 6, known)


def sizes(found: Sequence[int]) -> Sequence[float]:
    """The size of the font of each text object, before its matrix."""
    return _written(_font_size, ctypes.c_float, 1, found).values


def fills(found: Sequence[int]) -> Numbers:
    """red, green, blue and alpha (0 to 255) that each object is filled with."""
    return _written(_fill, _WHOLE, 4, found)


def clipped(found: Sequence[int]) -> bool:
    """Whether any of these objects is clipped by a path."""
    return max(map(_clip_paths, map(_clip, found)), default=0) > 0


def clip_boxes(one: int) -> Iterator[tuple[float, float, float, float]]:
    """left, bottom, right and top (pt) of each path that clips an object."""
    clip = _clip(one)
    for path in range(_clip_paths(clip) if clip else 0):
        segments = [_clip_segment(clip, path, at) for at in range(_clip_segments(clip, path))]
        points = _written(_point, ctypes.c_float, 2, segments)
        if segments:
            across, up = points.column(0), points.column(1)
            yield min(across), min(up), max(across), max(up)


def marked(found: Sequence[int], name: str) -> list[bool]:
    """For each object whether it is marked with this name (ISO 32000-1, 14.6)."""
    answer = [False] * len(found)
    for depth in range(max(map(_count_marks, found), default=0)):
        marks = list(map(_get_mark, found, repeat(depth)))
        named = _named(list({mark for mark in marks if mark}), name)  # many objects share a mark
        if named:
            answer = [before or mark in named for before, mark in zip(answer, marks, strict=True)]
    return answer


def _named(marks: Sequence[int], name: str) -> set[int]:
    sought = f"{name}\0".encode("utf-16-le")
    size = len(sought)
    room, lengths = ctypes.create_string_buffer(size * len(marks)), (_SIZE * len(marks))()
    at, first = ctypes.addressof(room), ctypes.addressof(lengths)
    places = range(at, at + size * len(marks), size)
    sizes = range(first, first + ctypes.sizeof(lengths), ctypes.sizeof(_SIZE))
    list(map(_mark_name, marks, places, repeat(size), sizes))
    # A longer name is not written; one as long may be another.
    written = room.raw
    return {
        mark
        for index, (mark, length) in enumerate(zip(marks, lengths, strict=True))
        if length == size and written[size * index : size * (index + 1)] == sought
    }


class Texts:
    """Texts that calls write in UTF-16, and the room that they write into."""

    def __init__(self) -> None:
        self._make(1024)

    def _make(self, size: int) -> None:
        self._room = ctypes.create_string_buffer(size)
        self._place, self._size = ctypes.addressof(self._room), size

    def text(self, call: Callable[..., int], *of: int) -> str:
        """What a call says of something."""
        length = call(*of, self._place, self._size)
        if length > self._size:
            self._make(2 * length)
            call(*of, self._place, self._size)
        if length <= 2:
            return ""
        return ctypes.string_at(self._place, length).decode("utf-16-le", "replace").rstrip("\x00")


def object_texts(found: Iterable[int], characters: pypdfium2.PdfTextPage) -> list[str]:
    """The text of each text object of a page."""
    texts, own = Texts(), handle(characters)
    return [texts.text(_object_text, one, own) for one in found]


def languages(found: Sequence[int]) -> list[str]:
    """The language that each object is marked with; nothing where it says none of its own."""
    answer, size = [""] * len(found), 80
    room, lengths = ctypes.create_string_buffer(size * len(found)), (_SIZE * len(found))()
    at, first = ctypes.addressof(room), ctypes.addressof(lengths)
    places = range(at, at + size * len(found), size)
    sizes = range(first, first + ctypes.sizeof(lengths), ctypes.sizeof(_SIZE))
    for depth in range(max(map(_count_marks, found), default=0)):
        marks = map(_get_mark, found, repeat(depth))
        said = list(map(_mark_text, marks, repeat(b"Lang"), places, repeat(size), sizes))
        for index in compress(range(len(found)), said):
            if not answer[index] and lengths[index] <= size:
                text = ctypes.string_at(places[index], lengths[index])
                answer[index] = text.decode("utf-16-le", "replace").rstrip("\x00")
    return answer


def language(document: pypdfium2.PdfDocument) -> str:
    """The language that an opened PDF says it is in."""
    return Texts().text(_language, handle(document))


@contextlib.contextmanager
def structure(page: pypdfium2.PdfPage) -> Iterator[tuple[int, ...]]:
    """The elements at the top of a page's structure tree; they live as long as this is open."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        own = ctypes.cast(tree, _HANDLE).value
        yield tuple(map(_get_top, repeat(own), range(_count_top(own)))) if own else ()
    finally:
        pdfium.FPDF_StructTree_Close(tree)
