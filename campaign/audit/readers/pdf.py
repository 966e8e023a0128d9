"""PDF: the text layer, numbers in right-to-left lines as the eye meets them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.audit.document import MOST_CHARACTERS, Document, UnreadableError
from campaign.typeset.guard import page_lines

#: More pages than these are refused: a leaflet or a booklet has fewer.
MOST_PAGES = 500

_FIGURE = re.compile("[0-9]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def read_pdf(data: bytes) -> Document:
    """A PDF. Where text runs from right to left, or where the extraction turned numbers round (it does so for some
    left-to-right languages as well, measured with Punjabi), characters are put in order by their places instead.

    Raises:
        UnreadableError: damaged, encrypted, too many pages or characters, or no text at all (a scan).
    """
    try:
        return _read(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"is damaged or needs a password ({error})") from error


def _read(data: bytes) -> Document:
    document = pypdfium2.PdfDocument(data)
    if len(document) > MOST_PAGES:
        raise UnreadableError(f"has {len(document)} pages, more than the {MOST_PAGES} that are read")
    prose: list[str] = []
    links: list[str] = []
    shown: list[tuple[str, ...] | None] = []
    count, visual = 0, False
    for page in document:
        characters = page.get_textpage()
        count += characters.count_chars()
        if count > MOST_CHARACTERS:
            raise UnreadableError(f"has more than the {MOST_CHARACTERS} characters that are read")
        text = characters.get_text_range()
        prose.append(text.replace("\r\n", "\n").replace("\ufffe", "\u00ad"))
        links += _links(document, page)
        visual = visual or _RIGHT_TO_LEFT.search(prose[-1]) is not None or _turned(characters, text)
        shown.append(page_lines(page, characters) if visual else None)
        characters.close()
        page.close()
    whole = "\n".join(prose)
    if not whole.strip():
        raise UnreadableError("holds no text, only pictures: nothing can be compared")
    text = "\n".join(_visual(document, shown)) if visual else whole
    return Document(text, whole, tuple(dict.fromkeys(links)), _language(document), visual=visual)


def _visual(document: pypdfium2.PdfDocument, shown: Sequence[tuple[str, ...] | None]) -> Iterator[str]:
    """The lines of every page as the eye meets them; those before the first one that needs it are read again."""
    for number, lines in enumerate(shown):
        if lines is None:
            page = document[number]
            lines = page_lines(page, page.get_textpage())
        yield from lines


def _turned(characters: pypdfium2.PdfTextPage, text: str) -> bool:
    """Whether the extraction gives the figures of a number in another order than the page shows them."""
    x, y = ctypes.c_double(), ctypes.c_double()
    last, left, base = -9, 0.0, 0.0
    for match in _FIGURE.finditer(text):
        index = match.start()
        if pdfium.FPDFText_GetUnicode(characters, index) != ord(match[0]):
            return True  # the text does not run beside the characters: nothing can be told from it
        pdfium.FPDFText_GetCharOrigin(characters, index, x, y)
        if index - last <= 3 and abs(y.value - base) < 1 and x.value < left:
            return True
        last, left, base = index, x.value, y.value
    return False


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if 1 < length < 4096:
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
            yield buffer.value.decode("utf-8", "replace")


def _language(document: pypdfium2.PdfDocument) -> str:
    """The document's /Lang (ISO 32000-1, 14.9.2)."""
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\x00")
