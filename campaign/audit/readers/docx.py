"""DOCX: paragraphs, tables, text boxes, headers and footers; the archive is measured before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.audit.document import Document, UnreadableError
from campaign.bidi import LRI, PDI

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Limits of an archive: entries, bytes unpacked, how many times smaller packed. A zip bomb passes one of them.
MOST_ENTRIES, MOST_BYTES, MOST_RATIO = 4000, 200_000_000, 250
MOST_XML = 40_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}


def read_docx(data: bytes) -> Document:
    """A Word document.

    Raises:
        UnreadableError: no DOCX, a zip bomb, an XML part with a document type (external or exploding entities), or
            python-docx is not installed.
    """
    _guard(data)
    try:
        import docx
    except ImportError as error:
        raise UnreadableError("needs python-docx: pip install 'campaign[audit]'") from error
    try:
        document = docx.Document(io.BytesIO(data))
        roots = [document.element.body]
        for section in document.sections:
            for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
                if not part.is_linked_to_previous:
                    roots.append(part._element)
        lines = [line for root in roots for line in _lines(root)]
        links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    except Exception as error:  # python-docx raises whatever its parsers raise; each means the same to the user
        raise UnreadableError(f"is damaged ({type(error).__name__})") from error
    text = "\n".join(lines)
    return Document(text, text, tuple(dict.fromkeys(links)))


def _guard(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            whole = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or whole > MOST_BYTES:
                raise UnreadableError(f"unpacks to {whole // 1_000_000} MB in {len(entries)} parts: refused")
            for entry in entries:
                if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                    raise UnreadableError(f"holds {entry.filename!r}, packed {MOST_RATIO} times and more: refused")
                if entry.filename.endswith((".xml", ".rels")):
                    if entry.file_size > MOST_XML:
                        raise UnreadableError(f"holds {entry.filename!r} of {entry.file_size // 1_000_000} MB: refused")
                    _guard_xml(archive.read(entry), entry.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableError(f"is no DOCX file ({error})") from error


def _guard_xml(part: bytes, name: str) -> None:
    # Word writes no document type. UTF-16 is looked through as well.
    for encoded in (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")):
        if encoded in part or encoded.lower() in part:
            raise UnreadableError(
                f"holds a document type in {name!r}, which may name files or grow without end: refused"
            )


def _lines(root: _Element) -> Iterator[str]:
    """The text of each paragraph, those of tables and text boxes too. A text box is stored twice: once is enough."""
    for paragraph in root.iter(f"{_W}p"):
        if not any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            yield "".join(_runs(paragraph))


def _runs(paragraph: _Element) -> Iterator[str]:
    # In a right-to-left paragraph Word sets a run that is not marked right-to-left from left to right.
    rtl = paragraph.find(f"{_W}pPr/{_W}bidi") is not None
    for run in paragraph.iter(f"{_W}r"):
        if next(run.iterancestors(f"{_W}p")) is not paragraph:
            continue
        text = "".join((node.text or "") if node.tag == f"{_W}t" else _SIGNS.get(node.tag, "") for node in run)
        alone = rtl and text.strip() and run.find(f"{_W}rPr/{_W}rtl") is None
        yield f"{LRI}{text}{PDI}" if alone else text
