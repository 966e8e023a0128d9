"""Every painted object of a PDF, in the order of painting: what, in which ink, how large, in which state."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from campaign.press.matrix import IDENTITY, Matrix, matrix, scale, times

if TYPE_CHECKING:
    import pikepdf

DEPTH = 12


@dataclass(frozen=True, slots=True)
class Painted:
    """One painted object: `space` is the colour space's name, `ink` its components, `size` the type's or line's in pt.

    `ppi` is an image's effective resolution; `artifact` marks decoration.
    """

    kind: str
    page: int
    space: str = ""
    ink: tuple[float, ...] = ()
    size: float = 0.0
    font: str = ""
    codes: bytes = b""
    overprint: bool = False
    artifact: bool = False
    ppi: float = 0.0


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state (ISO 32000-1, 8.4), as far as it is measured; `text` is the text matrix."""

    matrix: Matrix = IDENTITY
    text: Matrix = IDENTITY
    fill: tuple[str, tuple[float, ...]] = ("/DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("/DeviceGray", (0.0,))
    width: float = 1.0
    overprint: bool = False
    font: pikepdf.Object | None = None
    font_size: float = 0.0
    render: int = 0


_SPACES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_COLOURS = frozenset({*_SPACES, "cs", "sc", "scn"})
_PAINT = {
    "f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs",
}  # fmt: skip
_SHOW = frozenset({"Tj", "TJ", "'", '"'})


def walk(pdf: bytes) -> Iterator[Painted]:
    """Everything that the pages paint, forms included.

    Raises:
        pikepdf.PdfError: no readable PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            resources = page.obj.get("/Resources", pikepdf.Dictionary())
            yield from _Walk(number, resources, 0, False).stream(page, _State())


@dataclass(slots=True)
class _Walk:
    """The walk through one content stream: its resources, how deep it lies in others, and what is open in it."""

    page: int
    resources: pikepdf.Object
    depth: int
    inside_artifact: bool

    def stream(self, source: pikepdf.Page | pikepdf.Object, state: _State) -> Iterator[Painted]:
        """What the stream paints, beginning in a state."""
        import pikepdf

        stack: list[_State] = []
        marked: list[bool] = []
        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield Painted("inline image", self.page)
                continue
            name, operands = str(instruction.operator), list(instruction.operands)
            if name == "q":
                stack.append(state)
            elif name == "Q" and stack:
                state = stack.pop()
            elif name in ("BMC", "BDC"):
                marked.append(str(operands[0]) == "/Artifact")
            elif name == "EMC" and marked:
                marked.pop()
            else:
                state = self._changed(state, name, operands)
                yield from self._painted(state, name, operands, self.inside_artifact or any(marked))

    def _changed(self, state: _State, name: str, operands: Sequence[pikepdf.Object]) -> _State:
        """The state after an operator."""
        match name:
            case "cm":
                return replace(state, matrix=times(matrix(operands), state.matrix))
            case "w":
                return replace(state, width=float(operands[0]))
            case "gs":
                return self._with_entry(state, str(operands[0]))
            case "BT":
                return replace(state, text=IDENTITY)
            case "Tf":
                font = self._named("/Font", str(operands[0]))
                return replace(state, font=font, font_size=float(operands[1]))
            case "Tr":
                return replace(state, render=int(operands[0]))
            case "Tm":
                return replace(state, text=matrix(operands))
        return self._coloured(state, name, operands) if name.lower() in _COLOURS else state

    def _named(self, table: str, name: str) -> pikepdf.Object | None:
        """A resource by its table and name, None where there is none."""
        known = self.resources.get(table)
        return None if known is None else known.get(name)

    def _with_entry(self, state: _State, name: str) -> _State:
        entry = self._named("/ExtGState", name)
        if entry is None:
            return state
        if "/op" in entry:
            state = replace(state, overprint=bool(entry["/op"]))
        if "/LW" in entry:
            state = replace(state, width=float(entry["/LW"]))
        return state

    def _coloured(self, state: _State, name: str, operands: Sequence[pikepdf.Object]) -> _State:
        old = state.stroke if name.isupper() else state.fill
        low = name.lower()
        values = tuple(float(v) for v in operands if not str(v).startswith("/"))
        value: tuple[str, tuple[float, ...]]
        if low == "cs":
            named = str(operands[0])
            value = (_space(self._named("/ColorSpace", named) or named), ())
        elif low in _SPACES:
            value = (_SPACES[low], values)
        else:
            value = (old[0], values)
        return replace(state, stroke=value) if name.isupper() else replace(state, fill=value)

    def _painted(
        self, state: _State, name: str, operands: Sequence[pikepdf.Object], artifact: bool
    ) -> Iterator[Painted]:
        """What an operator paints."""
        if name in _PAINT:
            if "f" in _PAINT[name]:
                yield Painted("fill", self.page, *state.fill, overprint=state.overprint, artifact=artifact)
            if "s" in _PAINT[name]:
                size = state.width * scale(state.matrix)
                yield Painted("line", self.page, *state.stroke, size=size, artifact=artifact)
        elif name == "sh":
            yield Painted("shading", self.page, _space(self.resources.Shading[str(operands[0])].ColorSpace))
        elif name in _SHOW and state.render != 3:
            yield self._shown(state, operands[-1] if name == "TJ" else [operands[-1]], artifact)
        elif name == "Do":
            yield from self._drawn(state, self.resources.XObject[str(operands[0])], artifact)

    def _shown(self, state: _State, parts: pikepdf.Object | list[pikepdf.Object], artifact: bool) -> Painted:
        import pikepdf

        codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
        size = abs(state.font_size) * scale(times(state.text, state.matrix))
        base = str(state.font.get("/BaseFont", "")) if state.font is not None else ""
        kind = "type3 text" if state.font is not None and state.font.get("/Subtype") == "/Type3" else "text"
        return Painted(kind, self.page, *state.fill, size, base, codes, overprint=state.overprint, artifact=artifact)

    def _drawn(self, state: _State, item: pikepdf.Object, artifact: bool) -> Iterator[Painted]:
        if item.Subtype == "/Image":
            yield _image(item, state, self.page)
        elif self.depth < DEPTH:
            inner = replace(state, matrix=times(matrix(item.get("/Matrix", IDENTITY)), state.matrix), text=IDENTITY)
            resources = item.get("/Resources", self.resources)
            yield from _Walk(self.page, resources, self.depth + 1, artifact).stream(item, inner)


def _space(space: pikepdf.Object | str | None) -> str:
    """The name of a colour space; an ICC space says how many channels it has."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        return f"/ICCBased {int(space[1].N)}" if str(space[0]) == "/ICCBased" else str(space[0])
    return str(space)


def _image(item: pikepdf.Object, state: _State, page: int) -> Painted:
    if item.get("/ImageMask"):
        return Painted("mask image", page, *state.fill)
    a, b, c, d, _, _ = state.matrix
    across, down = math.hypot(a, b) / 72, math.hypot(c, d) / 72
    ppi = min(int(item.Width) / across if across else 0, int(item.Height) / down if down else 0)
    return Painted("image", page, _space(item.get("/ColorSpace")), ppi=ppi)
