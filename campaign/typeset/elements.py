"""What a tagged PDF tells a screen reader: its title and language, and its elements in the order of reading."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

#: Elements within elements that are looked into; a leaflet has eight.
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page: its kind (H1, P, LBody …), the kinds around it, the text of it and of all that is in it."""

    page: int
    kind: str
    around: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A PDF as a screen reader gets it: `texts` are the (text, language) of its text objects that belong to an element,
    the language where a text says one of its own.
    """

    title: str
    language: str
    elements: tuple[Element, ...]
    texts: tuple[tuple[str, str], ...]


def told(document: pypdfium2.PdfDocument, pages: Iterable[pypdfium2.PdfPage]) -> Told:
    """What an opened PDF and its pages tell a screen reader."""
    elements: list[Element] = []
    texts: list[tuple[str, str]] = []
    for number, page in enumerate(pages, start=1):
        contents = _contents(page, texts)
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        try:
            for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
                _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), number, (), contents, elements)
        finally:
            pdfium.FPDF_StructTree_Close(tree)
    language = _wide(pdfium.FPDFCatalog_GetLanguage, document)
    return Told(str(document.get_metadata_value("Title")), language, tuple(elements), tuple(texts))


def _contents(page: pypdfium2.PdfPage, texts: list[tuple[str, str]]) -> Mapping[int, str]:
    """The text of each marked content of a page; `texts` gets each text and the language that it says."""
    characters, contents = page.get_textpage(), defaultdict[int, str](str)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        each = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_TEXT:
            content = pdfium.FPDFPageObj_GetMarkedContentID(each)
            if content >= 0:  # else decoration
                text = _wide(pdfium.FPDFTextObj_GetText, each, characters)
                contents[content] += text
                texts.append((text, _language(each)))
    return contents


def _language(each: pdfium.FPDF_PAGEOBJECT) -> str:
    length, buffer = ctypes.c_ulong(), (pdfium.FPDF_WCHAR * 40)()
    for index in range(pdfium.FPDFPageObj_CountMarks(each)):
        mark = pdfium.FPDFPageObj_GetMark(each, index)
        size = ctypes.sizeof(buffer)
        if pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Lang", buffer, size, length) and length.value <= size:
            return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\x00")
    return ""


def _below(
    element: pdfium.FPDF_STRUCTELEMENT,
    page: int,
    around: tuple[str, ...],
    contents: Mapping[int, str],
    elements: list[Element],
) -> str:
    """Add an element and those in it, in the order of reading; its text."""
    kind = _wide(pdfium.FPDF_StructElement_GetType, element)
    place, parts = len(elements), list[str]()
    elements.append(Element(page, kind, around, ""))
    for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index) if content < 0 else None
        if content >= 0:
            parts.append(contents.get(content, ""))
        elif child and len(around) < MAX_DEPTH:
            parts.append(_below(child, page, (*around, kind), contents, elements))
    text = " ".join(parts)
    elements[place] = Element(page, kind, around, text)
    return text


def _wide(get: Callable[..., int], *of: object) -> str:
    """A text that a call of pdfium gives in UTF-16."""
    length = get(*of, None, 0)
    if length <= 2:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (length // 2 + 1))()
    get(*of, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", "replace").rstrip("\x00")
