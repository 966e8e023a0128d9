"""A font cut down to the characters of one text: for pages that carry their own letters."""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from pathlib import Path

from campaign.typeset import fonts


def subsets(extra: Path | None, family: str, text: str) -> tuple[tuple[int, bytes], ...]:
    """(weight, WOFF file) of each weight of a family, with the glyphs and shaping rules of this text only.

    Empty when there is no such family. Deterministic: the same text gives the same bytes.
    """
    wanted = {ord(character) for character in unicodedata.normalize("NFC", text)} | {0x20, 0x25CC}
    files = sorted(
        (font.weight, font.path)
        for font in fonts.load(extra).fonts()
        if font.family == family and font.style == "normal" and font.path
    )
    return tuple((weight, _cut(path, tuple(sorted(wanted)))) for weight, path in files)


@lru_cache(maxsize=64)
def _cut(path: str, wanted: tuple[int, ...]) -> bytes:
    from fontTools import subset

    options = subset.Options(
        flavor="woff", layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=[1, 2], drop_tables=["DSIG"]
    )
    options.recalc_timestamp = False
    font = subset.load_font(path, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
