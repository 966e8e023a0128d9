"""Notes of a PDF page (fields of forms, free text, stamps): laid into the page, they are read in their place."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium

#: Kinds that show nothing of their own, or only a sign: a link, a comment with its window.
_SILENT = frozenset((pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT))
_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
#: Bytes of one note that are read.
_LONGEST = 200_000


def laid_in(document: pypdfium2.PdfDocument, number: int) -> tuple[pypdfium2.PdfPage, str]:
    """A page (from 0) with the look of its notes laid into it, and the text of those that have no look of their own."""
    page = document[number]
    words, showing = [], False
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind not in _SILENT and not pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN:
            if pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
                showing = True
            else:
                words.append(_own_words(document, note, kind))
        pdfium.FPDFPage_CloseAnnot(note)
    if showing and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return page, "\n".join(filter(None, words))


def _own_words(document: pypdfium2.PdfDocument, note: pdfium.FPDF_ANNOTATION, kind: int) -> str:
    """What a viewer sets for a note that brings no look: the value of a field, the words of free text."""
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        length = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        return _string(length, lambda buffer: pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length))
    if kind != pdfium.FPDF_ANNOT_WIDGET or document.formenv is None:
        return ""
    form = document.formenv
    if pdfium.FPDFAnnot_GetFormFieldType(form, note) not in _FIELDS:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    return _string(length, lambda buffer: pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, length))


def _string(length: int, fill: Callable[[object], object]) -> str:
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    fill(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00").replace("\r", "\n")
