"""Type as outlines, for printers who take no fonts: every glyph of a press file becomes a filled path.

The drawing stays what it was: place, order, ink and overprint of each run are kept, only the fonts go. A file without
type cannot be read aloud or searched, so it is PDF/X-4 and PDF/A-2b, and no longer PDF/UA.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from campaign.errors import CampaignError
from campaign.press.matrix import IDENTITY, Matrix, matrix, times
from campaign.press.streams import values
from campaign.typeset.mending.face import advances

if TYPE_CHECKING:
    import pikepdf
    from fontTools.pens.basePen import AbstractPen

    #: What a content stream is made of.
    Instructions = list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]


class Glyph(Protocol):
    """A glyph of a font, as fontTools has it."""

    def draw(self, pen: AbstractPen, /) -> None:
        """Draw the contours with a pen."""


def outline(pdf: pikepdf.Pdf) -> None:
    """Turn the type of every page into paths, in place, and take fonts and structure away.

    Raises:
        CampaignError: a font that is not TrueType, or type that is not simply filled.
    """
    fonts: dict[tuple[int, int], Font] = {}
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(_stream(page, page.obj.Resources, fonts))
        _forms(page.obj.Resources, fonts, seen)
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]


def _forms(resources: pikepdf.Object, fonts: dict[tuple[int, int], Font], seen: set[tuple[int, int]]) -> None:
    """Every form and tiling pattern below; the fonts of these resources are not needed any more."""
    inner = [item for item in values(resources, "/XObject") if item.Subtype == "/Form"]
    inner += [item for item in values(resources, "/Pattern") if item.PatternType == 1]
    for item in inner:
        if item.objgen not in seen and "/Resources" in item:
            seen.add(item.objgen)
            item.write(_stream(item, item.Resources, fonts))
            _forms(item.Resources, fonts, seen)
    if "/Font" in resources:
        del resources.Font


@dataclass(frozen=True, slots=True)
class Font:
    """An embedded TrueType font with two-byte codes that are its glyph numbers (Identity-H, ISO 32000-1, 9.7.4)."""

    glyphs: Mapping[str, Glyph]
    names: tuple[str, ...]
    per_em: int
    widths: dict[int, float]
    usual: float

    @classmethod
    def of(cls, font: pikepdf.Object) -> Font:
        """Read the font file that a PDF font embeds."""
        import pikepdf

        name = str(font.get("/BaseFont", "a font")).partition("+")[2] or "a font"
        none = pikepdf.Dictionary()
        inner = font.DescendantFonts[0] if font.get("/Subtype") == "/Type0" else none
        file = inner.get("/FontDescriptor", none).get("/FontFile2")
        if file is None or inner.get("/CIDToGIDMap", "/Identity") != "/Identity" or font.Encoding != "/Identity-H":
            raise _refused(f"{name} has no TrueType outlines", "use the TrueType version of the font")
        from fontTools.ttLib import TTFont

        program = TTFont(io.BytesIO(file.read_bytes()))
        widths = dict(advances(inner.get("/W", pikepdf.Array())))
        names = tuple(program.getGlyphOrder())
        return cls(program.getGlyphSet(), names, program["head"].unitsPerEm, widths, float(inner.get("/DW", 1000)))

    def advance(self, code: int) -> float:
        """The width of a glyph in thousandths of the type size."""
        return self.widths.get(code, self.usual)


@dataclass(frozen=True, slots=True)
class _State:
    """The text state (ISO 32000-1, 9.3); it is part of the graphics state."""

    font: Font | None = None
    size: float = 0.0
    letter: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


def _with(state: _State, operator: str, value: float) -> _State:
    match operator:
        case "Tc":
            return replace(state, letter=value)
        case "Tz":
            return replace(state, stretch=value / 100)
        case "TL":
            return replace(state, leading=value)
        case "Ts":
            return replace(state, rise=value)
    return replace(state, mode=int(value))


def _stream(
    source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, fonts: dict[tuple[int, int], Font]
) -> bytes:
    """The content with paths in place of type."""
    import pikepdf

    out: Instructions = []
    state, stack = _State(), []
    line = place = IDENTITY
    for instruction in pikepdf.parse_content_stream(source):
        name, operands = str(instruction.operator), list(instruction.operands)
        if name == "Tf":
            font = resources.Font[str(operands[0])]
            if font.objgen not in fonts:
                fonts[font.objgen] = Font.of(font)
            state = replace(state, font=fonts[font.objgen], size=float(operands[1]))
        elif name in ("Tc", "Tz", "TL", "Ts", "Tr"):
            state = _with(state, name, float(operands[0]))
        elif name in _MOVES:
            line = place = _moved(name, operands, state, line)
            state = replace(state, leading=-float(operands[1])) if name == "TD" else state
        elif name in ("Tj", "TJ"):
            path, place = _run(operands[0] if name == "TJ" else operands[:1], state, place)
            out += path
        elif name in ("'", '"'):
            raise _refused("type set line by line", "report this layout")
        elif name not in ("ET", "Tw"):  # space between words is for one-byte codes (9.3.3)
            if name == "q":
                stack.append(state)
            elif name == "Q" and stack:
                state = stack.pop()
            out.append(instruction)
    return pikepdf.unparse_content_stream(out)


#: The operators that set where the next line begins (9.4.1 and 9.4.2).
_MOVES = frozenset({"BT", "Tm", "Td", "TD", "T*"})


def _moved(name: str, operands: Sequence[pikepdf.Object], state: _State, line: Matrix) -> Matrix:
    """Where the next line begins."""
    if name == "BT":
        return IDENTITY
    if name == "Tm":
        return matrix(operands)
    x, y = (float(v) for v in operands) if operands else (0.0, -state.leading)
    return times((1.0, 0.0, 0.0, 1.0, x, y), line)


def _run(parts: pikepdf.Object | Sequence[pikepdf.Object], state: _State, place: Matrix) -> tuple[Instructions, Matrix]:
    """The path of one shown string, filled, and the text matrix behind it."""
    import pikepdf

    font, pen = state.font, None
    if font is None or state.mode not in (0, 3):
        raise _refused("type that is not simply filled", "set it without a stroke")
    instructions: Instructions = []
    for part in parts:
        if not isinstance(part, pikepdf.String):
            place = times((1, 0, 0, 1, -float(part) / 1000 * state.size * state.stretch, 0), place)
            continue
        codes = bytes(part)
        for at in range(0, len(codes) - 1, 2):
            code = int.from_bytes(codes[at : at + 2])
            if state.mode == 0 and code < len(font.names):
                scale = state.size / font.per_em
                shape = times((scale * state.stretch, 0, 0, scale, 0, state.rise), place)
                pen = path_pen(font.glyphs, shape, instructions)
                font.glyphs[font.names[code]].draw(pen)
            step = font.advance(code) / 1000 * state.size + state.letter
            place = times((1, 0, 0, 1, step * state.stretch, 0), place)
    if instructions:
        # Not even-odd: the contours of a glyph may overlap.
        instructions.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("f")))
    return instructions, place


def path_pen(glyphs: Mapping[str, Glyph], shape: Matrix, out: Instructions) -> AbstractPen:
    """A pen that writes path operators in the units of the page, to a thousandth of a point."""
    import pikepdf
    from fontTools.pens.basePen import BasePen
    from fontTools.pens.transformPen import TransformPen

    class Path(BasePen):  # type: ignore[misc]
        def _put(self, operator: str, *points: tuple[float, float]) -> None:
            values = [round(value, 3) for point in points for value in point]
            out.append(pikepdf.ContentStreamInstruction(values, pikepdf.Operator(operator)))

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the names are fontTools'
            self._put("m", point)

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self._put("l", point)

        def _curveToOne(  # noqa: N802
            self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]
        ) -> None:
            self._put("c", one, two, end)

        def _closePath(self) -> None:  # noqa: N802
            self._put("h")

    return TransformPen(Path(glyphs), shape)


def _refused(what: str, todo: str) -> CampaignError:
    return CampaignError.single(f"{what}, so its type cannot become outlines", where="outlines = true", todo=todo)
