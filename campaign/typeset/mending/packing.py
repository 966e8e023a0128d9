"""How the streams of a mended PDF are packed."""

from __future__ import annotations

import zlib

#: The usual 6 takes half as long again for files that are one in a hundred smaller.
_LEVEL = 4


def packed(data: bytes) -> bytes:
    """What a stream with the filter FlateDecode holds."""
    return zlib.compress(data, _LEVEL)
