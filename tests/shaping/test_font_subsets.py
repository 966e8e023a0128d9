"""A page's own letters: a font cut to a text sets that text as the whole font does."""

import io
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from campaign.typeset import fonts
from campaign.typeset.subset import _cut, subsets

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
TEXTS = {
    "Noto Sans Ethiopic": "ክትሕሸጉ ኢኹም፡ ንርከብ (ትግርኛ)። +32 2 123",
    "Noto Sans Khmer": "អ្នកមានសិទ្ធិ ក្រុម 12",
    "Noto Sans Myanmar": "သင့်တွင် အခွင့်အရေးရှိသည်",
    "Noto Sans Lao": "ທ່ານມີສິດ",
    "DejaVu Sans Tifinagh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "Noto Nastaliq Urdu": "آپ کے حقوق ہیں",
}


def _set(font: bytes, text: str) -> list[tuple[int, int, int, int]]:
    """Advance, offsets and cluster of each glyph, in font units."""
    shaper, buffer = uharfbuzz.Font(uharfbuzz.Face(font)), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer)
    assert all(info.codepoint for info in buffer.glyph_infos), "a glyph is missing"
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(at.x_advance, at.x_offset, at.y_offset, info.cluster) for info, at in pairs]


@pytest.mark.parametrize("family", TEXTS)
def test_a_cut_font_sets_its_text_as_the_whole_font_does(family: str) -> None:
    """Every weight keeps the glyphs, marks and joins of the text, takes less than a quarter of the bytes, and comes out the same twice."""
    text = TEXTS[family]
    whole = {font.weight: Path(font.path) for font in fonts.load(FONTS).fonts() if font.family == family}
    cut = subsets(FONTS, family, text)
    assert {weight for weight, _ in cut} == whole.keys() and cut
    _cut.cache_clear()
    assert cut == subsets(FONTS, family, text)
    for weight, data in cut:
        assert data.startswith(b"wOFF")
        font, plain = TTFont(io.BytesIO(data)), io.BytesIO()
        font.flavor = None
        font.save(plain)
        assert _set(plain.getvalue(), text) == _set(whole[weight].read_bytes(), text)
        assert len(data) < whole[weight].stat().st_size / 4
