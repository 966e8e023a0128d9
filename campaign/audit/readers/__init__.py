"""Readers: a file's bytes to a Document, by media type; a new type is a file here and one line in READERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from campaign.audit.document import MOST_CHARACTERS, Document, UnreadableError
from campaign.audit.readers.docx import read_docx
from campaign.audit.readers.html import read_html
from campaign.audit.readers.pdf import read_pdf
from campaign.audit.readers.picture import read_picture
from campaign.audit.readers.text import read_csv, read_json, read_text

__all__ = ["LARGEST", "READERS", "TYPES", "media_type", "read"]

#: A file above this size (bytes) is refused: no leaflet is that large.
LARGEST = 64_000_000

READERS: Mapping[str, Callable[[bytes], Document]] = MappingProxyType(
    {
        "text/plain": read_text,
        "text/html": read_html,
        "text/csv": read_csv,
        "application/json": read_json,
        "application/pdf": read_pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
        "image/png": read_picture,
        "image/jpeg": read_picture,
        "image/webp": read_picture,
        "image/tiff": read_picture,
    }
)

#: File ending -> media type.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text/plain",
        ".md": "text/plain",
        ".html": "text/html",
        ".htm": "text/html",
        ".xhtml": "text/html",
        ".csv": "text/csv",
        ".json": "application/json",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".webp": "image/webp",
        ".tif": "image/tiff",
        ".tiff": "image/tiff",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def media_type(path: Path, head: bytes) -> str:
    """The media type of a file, by its first bytes and by its ending; empty when no reader knows it."""
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return TYPES.get(path.suffix.lower(), "")


def read(path: Path) -> Document:
    """Read a file.

    Raises:
        UnreadableError: no reader for it, too large, damaged, or made to do harm.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableError(f"has {size // 1_000_000} MB, more than the {LARGEST // 1_000_000} MB that are read")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from error
    kind = media_type(path, data[:1024])
    if not kind:
        raise UnreadableError(f"is of no kind that is read here ({', '.join(TYPES)})")
    document = READERS[kind](data)
    if len(document.text) > MOST_CHARACTERS:
        raise UnreadableError(f"has {len(document.text)} characters, more than the {MOST_CHARACTERS} that are read")
    return document
