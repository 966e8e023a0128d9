"""Pictures read again: QR codes (zxing-cpp) and, where Debian's tesseract is installed, the digits."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from campaign.audit.document import UnreadableError
from campaign.reading.fold import fold
from campaign.reading.seek import Wanted, seek

if TYPE_CHECKING:
    from PIL import Image

#: Page segmentation modes of tesseract and enlargements, the likeliest first: sparse text (leaflets), whole blocks
#: (cards), small print; each is tried only while a number is still missing.
_PASSES = (("11", 1), ("3", 1), ("6", 2), ("3", 2))
_SECONDS = 30
#: More pixels than this are no page of ours: an A3 page at 300 ppi has 17 million.
_MOST_PIXELS = 80_000_000


@cache
def tesseract() -> str | None:
    """The program that reads digits in pictures, None where it is not installed."""
    return shutil.which("tesseract")


def qr_codes(data: bytes) -> tuple[str, ...]:
    """The text of every QR code of a picture, sorted; empty when there is none.

    Raises:
        UnreadableError: a damaged picture, or one of too many pixels.
    """
    import zxingcpp

    with _opened(data) as picture:
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
        )
    return tuple(sorted({code.text for code in found}))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    from PIL import Image, UnidentifiedImageError

    try:
        # Pillow only warns about a torn file whose pixels it can still show.
        with warnings.catch_warnings(action="error", category=UserWarning), Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnreadableError(f"has {picture.width} x {picture.height} pixels: refused")
            picture.load()
            yield picture
    except (UnidentifiedImageError, OSError, SyntaxError, UserWarning, Image.DecompressionBombError) as error:
        raise UnreadableError(f"is a damaged picture ({error})") from error


def shown(data: bytes, wanted: Collection[Wanted]) -> tuple[bool, ...]:
    """Which of these numbers tesseract reads in a picture. That it reads none proves nothing: it is no human eye."""
    contacts, text = tuple(wanted), ""
    for mode, larger in _PASSES:
        text += "\n" + _digits(data, mode, larger)
        found = tuple(bool(seen) for seen in seek(contacts, fold(text)))
        if all(found):
            break
    return found if contacts else ()


def words(data: bytes) -> str:
    """What tesseract reads in a picture, empty where it is not installed; half of it may be wrong but for numbers."""
    return _read(data, "11", 1, ())


def _digits(data: bytes, mode: str, larger: int) -> str:
    return _read(data, mode, larger, ("-c", "tessedit_char_whitelist=+0123456789 "))


def _read(data: bytes, mode: str, larger: int, more: Sequence[str]) -> str:
    program = tesseract()
    if program is None:
        return ""
    with _opened(data) as picture:
        grey = io.BytesIO()
        size = (picture.width * larger, picture.height * larger)
        picture.convert("L").resize(size).save(grey, "PNG")
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", mode, *more]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the picture goes to its standard input
            command,
            input=grey.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
