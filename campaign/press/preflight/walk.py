"""Every painted object of a PDF, in the order of painting: what, in which ink, how large, in which state."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

#: Transformation matrix a b c d e f (ISO 32000-1, 8.3.4).
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
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
    matrix: Matrix = IDENTITY
    fill: tuple[str, tuple[float, ...]] = ("/DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("/DeviceGray", (0.0,))
    width: float = 1.0
    overprint: bool = False
    font: Any = None
    font_size: float = 0.0
    render: int = 0


_SPACES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_PAINT = {
    "f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs",
}  # fmt: skip


def walk(pdf: bytes) -> Iterator[Painted]:
    """Everything that the pages paint, forms included.

    Raises:
        pikepdf.PdfError: no readable PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            yield from _stream(page, page.obj.get("/Resources", pikepdf.Dictionary()), _State(), number, 0, False)


def _stream(source: Any, resources: Any, state: _State, page: int, depth: int, artifact: bool) -> Iterator[Painted]:
    import pikepdf

    stack: list[_State] = []
    marked: list[bool] = []
    text: Matrix = IDENTITY
    for instruction in pikepdf.parse_content_stream(source):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield Painted("inline image", page)
            continue
        name, operands = str(instruction.operator), instruction.operands
        decoration = artifact or any(marked)
        if name == "q":
            stack.append(state)
        elif name == "Q" and stack:
            state = stack.pop()
        elif name == "cm":
            state = replace(state, matrix=_times(_matrix(operands), state.matrix))
        elif name == "w":
            state = replace(state, width=float(operands[0]))
        elif name == "gs":
            entry = resources.get("/ExtGState", {}).get(str(operands[0]), {})
            if "/op" in entry:
                state = replace(state, overprint=bool(entry["/op"]))
            if "/LW" in entry:
                state = replace(state, width=float(entry["/LW"]))
        elif name in ("BMC", "BDC"):
            marked.append(str(operands[0]) == "/Artifact")
        elif name == "EMC" and marked:
            marked.pop()
        elif name.lower() in _SPACES or name.lower() in ("cs", "sc", "scn"):
            state = _coloured(state, name, operands, resources)
        elif name in _PAINT:
            scale = _scale(state.matrix)
            if "f" in _PAINT[name]:
                yield Painted("fill", page, *state.fill, overprint=state.overprint, artifact=decoration)
            if "s" in _PAINT[name]:
                yield Painted("line", page, *state.stroke, size=state.width * scale, artifact=decoration)
        elif name == "sh":
            shading = resources.Shading[str(operands[0])]
            yield Painted("shading", page, _space(shading.ColorSpace))
        elif name == "BT":
            text = IDENTITY
        elif name == "Tf":
            font = resources.get("/Font", {}).get(str(operands[0]))
            state = replace(state, font=font, font_size=float(operands[1]))
        elif name == "Tr":
            state = replace(state, render=int(operands[0]))
        elif name == "Tm":
            text = _matrix(operands)
        elif name in ("Tj", "TJ", "'", '"'):
            parts = operands[-1] if name == "TJ" else [operands[-1]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            if state.render != 3:
                size = abs(state.font_size) * _scale(_times(text, state.matrix))
                base = str(state.font.get("/BaseFont", "")) if state.font is not None else ""
                kind = "type3 text" if state.font is not None and state.font.get("/Subtype") == "/Type3" else "text"
                yield Painted(
                    kind, page, *state.fill, size, base, codes, overprint=state.overprint, artifact=decoration
                )
        elif name == "Do":
            item = resources.XObject[str(operands[0])]
            if item.Subtype == "/Image":
                yield _image(item, state, page)
            elif depth < DEPTH:
                inner = replace(state, matrix=_times(_matrix(item.get("/Matrix", IDENTITY)), state.matrix))
                yield from _stream(item, item.get("/Resources", resources), inner, page, depth + 1, decoration)


def _coloured(state: _State, name: str, operands: Any, resources: Any) -> _State:
    old = state.stroke if name.isupper() else state.fill
    low = name.lower()
    values = tuple(float(v) for v in operands if not str(v).startswith("/"))
    value: tuple[str, tuple[float, ...]]
    if low == "cs":
        named = str(operands[0])
        value = (_space(resources.get("/ColorSpace", {}).get(named, named)), ())
    elif low in _SPACES:
        value = (_SPACES[low], values)
    else:
        value = (old[0], values)
    return replace(state, stroke=value) if name.isupper() else replace(state, fill=value)


def _space(space: Any) -> str:
    """The name of a colour space; an ICC space says how many channels it has."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        return f"/ICCBased {int(space[1].N)}" if str(space[0]) == "/ICCBased" else str(space[0])
    return str(space)


def _image(item: Any, state: _State, page: int) -> Painted:
    if item.get("/ImageMask"):
        return Painted("mask image", page, *state.fill)
    a, b, c, d, _, _ = state.matrix
    across, down = math.hypot(a, b) / 72, math.hypot(c, d) / 72
    ppi = min(int(item.Width) / across if across else 0, int(item.Height) / down if down else 0)
    return Painted("image", page, _space(item.get("/ColorSpace")), ppi=ppi)


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _scale(matrix: Matrix) -> float:
    """The smaller of the two scales of a matrix: what a line or a letter is at its thinnest."""
    a, b, c, d, _, _ = matrix
    return min(math.hypot(a, b), math.hypot(c, d))
