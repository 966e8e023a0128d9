"""Pictures: what their QR codes say, and the numbers that tesseract reads where it is installed. Neither is an eye."""

from __future__ import annotations

import re

from campaign.audit import pictures
from campaign.audit.document import Document
from campaign.model.sentence import say

_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()./-]*[0-9]")


def read_picture(data: bytes) -> Document:
    """A photograph or a scan: one line for each number, the QR codes as links.

    Raises:
        UnreadableError: damaged, or of too many pixels.
    """
    codes = pictures.qr_codes(data)
    numbers = tuple(match[0] for match in _NUMBER.finditer(pictures.words(data)))
    said = say("a picture: its QR codes (%(codes)s) and the numbers that a machine reads (%(numbers)s) are compared")
    if not pictures.tesseract():
        said = say("a picture: only its QR codes (%(codes)s) are compared; tesseract, which reads numbers, is missing")
    given = said.given(codes=len(codes), numbers=len(numbers))
    text = "\n".join(numbers)
    return Document(text, "", codes, unread=(given,), picture=True)
