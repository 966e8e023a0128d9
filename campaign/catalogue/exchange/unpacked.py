"""A ZIP of another program, looked at before it is opened: size, number and growth of its parts, no document types."""

from __future__ import annotations

import io
import re
import zipfile

from campaign import limits
from campaign.catalogue.exchange.sheet import no
from campaign.errors import CampaignError

#: Of a file that comes in: parts, growth when it is unpacked. Its bytes and rows are held to [limits].
MOST_PARTS, MOST_GROWTH = 200, 120

_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
)


def look_inside(data: bytes, name: str, kind: str = "worksheet") -> None:
    """Refuse what would do harm when it is opened, without opening it; `kind` is what the file ought to be.

    Raises:
        CampaignError: no such file, a zip bomb, too many merged cells, a part with a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found = parts.infolist()
            whole = sum(part.file_size for part in found)
            if len(found) > MOST_PARTS or whole > MOST_GROWTH * max(len(data), 4096):
                raise no(name, f"it unpacks to far more than a {kind} needs")
            if whole > limits.limit("import_unpacked_mb") * 1_000_000:
                raise limits.too_much(name, f"unpacks to {whole / 1_000_000:.0f} MB", "import_unpacked_mb")
            merged = 0
            for part in found:
                with parts.open(part) as stream:
                    text = stream.read(part.file_size + 1)
                if len(text) > part.file_size:
                    raise no(name, "it unpacks to more than it says")
                text = text.replace(b"\0", b"")  # in UTF-16 every second byte is zero
                merged += sum(_count(*found) for found in _MERGED.findall(text))
                if merged > limits.limit("import_merged_cells"):
                    raise limits.too_much(name, f"merges {merged} cells or more", "import_merged_cells")
                if b"<!doctype" in text.lower() or b"<!entity" in text.lower():
                    raise no(name, f"{part.filename[:60]!r} declares a document type, which no {kind} needs")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise no(name, f"is no {kind}, or a damaged one") from error
    except Exception as error:
        if isinstance(error, CampaignError):
            raise
        raise no(name, "is damaged") from error  # zlib.error and the like


def _count(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """How many cells a range has: a library makes each of them."""
    columns = abs(_column(right) - _column(left)) + 1
    return columns * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
