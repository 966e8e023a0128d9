"""A ZIP that is the same bytes for the same files: no clock, sorted names, names that every system takes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The earliest moment that a ZIP can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Already packed: to deflate them again takes time and saves nothing.
_PACKED = (".png", ".pdf", ".jpg")


def zipped(files: Mapping[str, bytes], /, comment: bytes = b"") -> bytes:
    """The ZIP of these files, by path; `comment` is that of the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[path])
    return out.getvalue()
