"""The words of a finished PDF: those of its text layer."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

import pypdfium2
import regex

from campaign.model.digest import digest

_SAID = regex.compile(r"[\p{L}\p{N}\p{M}]")
#: How pdfium gives back a hyphen that the layout put at the end of a line.
_HYPHEN = "\ufffe"


def page_texts(document: Iterable[pypdfium2.PdfPage]) -> tuple[str, ...]:
    """The text layer of each page of an opened PDF; words that the layout parted at a line end are whole."""
    return tuple(text_of(page.get_textpage()) for page in document)


def text_of(characters: pypdfium2.PdfTextPage) -> str:
    """The text layer of a page that was read already."""
    return whole(characters.get_text_range())


def whole(text: str) -> str:
    """A text as pdfium gives it back, the words that a line end parted made whole."""
    return text.replace(f"{_HYPHEN}\r\n", "").replace(_HYPHEN, "")


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """A short hash of what each page says: of its letters and figures, whatever their order and what stands between.

    Releases of pdfium differ in the order of mixed lines; a letter more or less, or another one, changes the hash.
    """
    return tuple(digest(_in_order(unicodedata.normalize("NFC", text)))[:12] for text in texts)


def _in_order(text: str) -> str:
    """The letters and figures of a text in the order of their code points; each is looked at once, not as often as it
    stands there.
    """
    often = Counter(text)
    return "".join(character * often[character] for character in _SAID.findall("".join(sorted(often))))
