"""PDF: what its pages show, numbers in right-to-left lines as the eye meets them, and what no program reads there."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.audit.document import MOST_CHARACTERS, Document, UnreadableError
from campaign.audit.readers import notes
from campaign.audit.readers.eye import in_reading_order
from campaign.audit.readers.ink import Traces, has_layers, traces
from campaign.model.sentence import Sentence, say
from campaign.typeset import calls
from campaign.typeset.rows import LINE_HYPHEN, Line, placed_lines

#: More pages than these are refused: a leaflet or a booklet has fewer.
MOST_PAGES = 500
#: From this share of a page's characters on, a font that does not say which letters it draws makes a page unreadable.
_UNKNOWN = 0.1

_FIGURE = re.compile("[0-9]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LINE_END = re.compile(r" *\r?\n")
#: What pdfium gives for the hyphen at the end of a line, in place of hyphen and line end.
_HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class _Page:
    """One page read: its text in pdfium's order, its lines where they were asked for, and what cannot be read."""

    text: str
    prose: str
    lines: tuple[Line, ...] | None
    turned: bool
    unseen: frozenset[int]
    unread: tuple[Sentence, ...]
    aside: str


def read_pdf(data: bytes) -> Document:
    """A PDF. Where text runs from right to left, or where the extraction turned numbers round (it does so for some
    left-to-right languages as well, measured with Punjabi), characters are put in order by their places instead.

    Raises:
        UnreadableError: damaged, in need of a password, too many pages or characters, or no text at all (a scan).
    """
    try:
        return _read(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError("needs a password: save it without one, and give that file") from error
        raise UnreadableError(f"is damaged ({error})") from error


def _read(data: bytes) -> Document:
    document = pypdfium2.PdfDocument(data)
    if len(document) > MOST_PAGES:
        raise UnreadableError(f"has {len(document)} pages, more than the {MOST_PAGES} that are read")
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    pages: list[_Page] = []
    links: list[str] = []
    count, visual, layers = 0, False, has_layers(document)
    for number in range(len(document)):
        page, aside = notes.laid_in(document, number)
        links += _links(document, page)
        characters = page.get_textpage()
        count += characters.count_chars()
        if count > MOST_CHARACTERS:
            raise UnreadableError(f"has more than the {MOST_CHARACTERS} characters that are read")
        read = _page(page, characters, number + 1, aside, visual=visual, layers=layers)
        pages.append(read)
        visual = visual or read.turned
        characters.close()
        page.close()
    if not any(page.prose.strip() for page in pages):
        raise UnreadableError(_nothing(pages))
    text = "\n".join(_visual(document, pages)) if visual else "\n".join(page.text for page in pages)
    prose = "\n".join(page.prose for page in pages)
    unread = tuple(said for page in pages for said in page.unread)
    return Document(text, prose, tuple(dict.fromkeys(links)), _language(document), visual=visual, unread=unread)


def _nothing(pages: Sequence[_Page]) -> str:
    if any("font" in said.msgid for page in pages for said in page.unread):
        return "holds text in fonts that do not say which letters they draw: nothing can be compared"
    return "holds no text, only pictures: nothing can be compared"


def _page(
    page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, number: int, aside: str, *, visual: bool, layers: bool
) -> _Page:
    found = traces(page, characters, layers=layers)
    text = characters.get_text_range()
    turned = visual or _RIGHT_TO_LEFT.search(text) is not None or _turned(characters, text)
    letters, lost = _letters(characters, text, found.unseen)
    unread = tuple(_unread(number, letters, lost, found))
    unseen = found.unseen | lost
    if unseen:
        text = _seen(characters, unseen)
    text = "\n".join(filter(None, (_LINE_END.sub("\n", text), aside)))
    lines = placed_lines(page, characters, unseen) if turned else None
    prose = text.replace(_HYPHEN, "")
    if lines:
        prose = _put_right(prose, lines)
    return _Page(text.replace(_HYPHEN, "-\n"), prose, lines, turned, unseen, unread, aside)


def _put_right(prose: str, lines: Sequence[Line]) -> str:
    """The words of a page, each line from left to right in the order of its letters on the page.

    On a page of right-to-left text pdfium gives the words of such a line, a name in Latin letters, last word first.
    """
    whole = (line.text for line in lines if not _RIGHT_TO_LEFT.search(line.text))
    known = {"".join(sorted("".join(text.split()))): text for text in whole}
    return "\n".join(known.get("".join(sorted("".join(line.split()))), line) for line in prose.split("\n"))


def _letters(characters: pypdfium2.PdfTextPage, text: str, unseen: Collection[int]) -> tuple[int, frozenset[int]]:
    """How many characters are seen, and which of them a font draws without saying which letters they are."""
    unmapped = calls.unmapped(characters)
    if not unseen and 1 not in unmapped and "\ufffd" not in text and len(text) == len(unmapped):
        return len("".join(text.split())), frozenset()
    letters, lost = 0, set()
    for index, (code, wrong) in enumerate(zip(calls.codes(characters), unmapped, strict=True)):
        if index in unseen:
            continue
        if code in (0, 0xFFFD) or wrong == 1:
            lost.add(index)
        elif code <= 32 or code == 0xA0:
            continue
        letters += 1
    return letters, frozenset(lost)


def _unread(number: int, letters: int, lost: Collection[int], found: Traces) -> Iterator[Sentence]:
    """What a person must look at on a page, because no program reads it."""
    if lost and len(lost) >= _UNKNOWN * letters:
        yield say("page %(page)s has text in a font that does not say which letters it draws", page=number)
    elif not letters and found.pictures:
        yield say("page %(page)s is only a picture, its text cannot be read", page=number)
    elif found.behind:
        yield say("page %(page)s is a picture; compared is what a machine read in it", page=number)


def _seen(characters: pypdfium2.PdfTextPage, unseen: Collection[int]) -> str:
    codes = (code for index, code in enumerate(calls.codes(characters)) if index not in unseen)
    return "".join(_HYPHEN if code == LINE_HYPHEN else chr(code) for code in codes if code)


def _visual(document: pypdfium2.PdfDocument, pages: Sequence[_Page]) -> Iterator[str]:
    """The lines of every page as the eye meets them; those before the first one that needs it are read again."""
    for number, read in enumerate(pages):
        lines = read.lines
        if lines is None:
            page, _ = notes.laid_in(document, number)
            lines = placed_lines(page, page.get_textpage(), read.unseen)
        yield from (*in_reading_order(lines), *read.aside.splitlines())


def _turned(characters: pypdfium2.PdfTextPage, text: str) -> bool:
    """Whether the extraction gives the figures of a number in another order than the page shows them."""
    figures = [match.start() for match in _FIGURE.finditer(text)]
    if not figures:
        return False
    own, count = calls.handle(characters), characters.count_chars()
    if figures[-1] >= count or any(calls.unicode(own, index) != ord(text[index]) for index in figures):
        return True  # the text does not run beside the characters: nothing can be told from it
    last, left, base = -9, 0.0, 0.0
    for index, (x, y) in zip(figures, calls.origins(characters, figures).rows(), strict=True):
        if index - last <= 3 and abs(y - base) < 1 and x < left:
            return True
        last, left, base = index, x, y
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
