"""The words of a finished PDF: those of its text layer, and those that only a screen reader is told."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import regex

from campaign.model.digest import digest

#: Elements within elements that are looked into; a leaflet has eight.
MAX_DEPTH = 60
_SAID = regex.compile(r"[\p{L}\p{N}\p{M}]")
#: How pdfium gives back a hyphen that the layout put at the end of a line.
_HYPHEN = "\ufffe"


def page_texts(document: Iterable[pypdfium2.PdfPage]) -> tuple[str, ...]:
    """The text layer of each page of an opened PDF; words that the layout parted at a line end are whole."""
    return tuple(
        page.get_textpage().get_text_range().replace(f"{_HYPHEN}\r\n", "").replace(_HYPHEN, "") for page in document
    )


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """A short hash of what each page says: of its letters and figures, whatever their order and what stands between.

    Releases of pdfium differ in the order of mixed lines; a letter more or less, or another one, changes the hash.
    """
    return tuple(digest("".join(sorted(_SAID.findall(unicodedata.normalize("NFC", text)))))[:12] for text in texts)


def alternatives(document: Iterable[pypdfium2.PdfPage]) -> tuple[tuple[int, str], ...]:
    """(page, text) of the alternative and actual texts of elements (ISO 32000-1, 14.9.3 and 14.9.4)."""
    return tuple(found for number, page in enumerate(document, start=1) for found in _page_alternatives(number, page))


def _page_alternatives(number: int, page: pypdfium2.PdfPage) -> Iterator[tuple[int, str]]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            yield from ((number, text) for text in _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _below(element: pdfium.FPDF_STRUCTELEMENT, depth: int = 0) -> Iterator[str]:
    for get in (pdfium.FPDF_StructElement_GetAltText, pdfium.FPDF_StructElement_GetActualText):
        length = get(element, None, 0)
        if length > 2:
            buffer = ctypes.create_string_buffer(length)
            get(element, buffer, length)
            yield buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")
    if depth < MAX_DEPTH:
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
                yield from _below(child, depth + 1)
