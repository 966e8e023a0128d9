"""Content streams in ink: every colour operator becomes DeviceCMYK, black text overprints (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.press.colour import BLACK, Colours, Ink

if TYPE_CHECKING:
    import pikepdf

#: How many steps a gradient is sampled in.
STEPS = 64
_FILL, _STROKE = ("cs", "sc", "scn", "rg", "g", "k"), ("CS", "SC", "SCN", "RG", "G", "K")
ON, OFF = "/CampaignOverprint", "/CampaignKnockout"


class Converter:
    """Turns one PDF's colours into ink, in place."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Colours) -> None:
        self._pdf, self._inks = pdf, inks
        self._seen: set[tuple[int, int]] = set()

    def page(self, page: pikepdf.Page) -> None:
        """Convert a page with everything that it draws.

        Raises:
            CampaignError: something that cannot be turned into ink exactly.
        """
        import pikepdf

        page.obj.Contents = self._pdf.make_stream(self._stream(page, page.obj.Resources))
        self._resources(page.obj.Resources)
        if "/Group" in page.obj:
            page.obj.Group.CS = pikepdf.Name.DeviceCMYK

    def _stream(self, source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> bytes:
        import pikepdf

        content = _Content(self._inks, _spaces(resources))
        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise _unknown("an inline image")
            content.take(instruction)
        if content.overprinted:
            if "/ExtGState" not in resources:
                resources.ExtGState = pikepdf.Dictionary()
            for key, on in ((ON, True), (OFF, False)):
                resources.ExtGState[key] = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, op=on, OP=False, OPM=1)
        return pikepdf.unparse_content_stream(content.out)

    def _resources(self, resources: pikepdf.Object) -> None:
        import pikepdf

        for item in filter(self._new, values(resources, "/XObject")):
            if item.Subtype == "/Image" and isinstance(item, pikepdf.Stream):
                self._image(item)
            else:
                self._form(item)
        for state in values(resources, "/ExtGState"):
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary) and self._new(mask.G):
                _grey_mask(mask.G)
        for pattern in values(resources, "/Pattern"):
            if pattern.PatternType == 2:
                self._shading(pattern.Shading)
            elif self._new(pattern):
                self._form(pattern)
        for shading in values(resources, "/Shading"):
            self._shading(shading)
        if "/ColorSpace" in resources:
            for name in _spaces(resources):
                del resources.ColorSpace[name]
            if not list(resources.ColorSpace.keys()):
                del resources.ColorSpace

    def _new(self, item: pikepdf.Object) -> bool:
        """Whether an object was not met before."""
        new = item.objgen not in self._seen
        self._seen.add(item.objgen)
        return new

    def _form(self, form: pikepdf.Object) -> None:
        import pikepdf

        resources = form.get("/Resources")
        if resources is None:
            resources = form.Resources = pikepdf.Dictionary()
        form.write(self._stream(form, resources))
        self._resources(resources)
        if "/Group" in form:
            form.Group.CS = pikepdf.Name.DeviceCMYK

    def _image(self, image: pikepdf.Stream) -> None:
        import pikepdf

        if image.get("/ImageMask") or _channels(image.get("/ColorSpace")) == 4:
            return
        picture = self._inks.picture(pikepdf.PdfImage(image).as_pil_image().convert("RGB"))
        image.write(picture.tobytes())
        for key in ("/DecodeParms", "/Decode", "/Intent"):
            if key in image:
                del image[key]
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceCMYK, 8

    def _shading(self, shading: pikepdf.Object) -> None:
        import pikepdf

        channels = _channels(shading.ColorSpace)
        if channels == 4:
            return
        if shading.ShadingType not in (2, 3) or isinstance(shading.Function, pikepdf.Array):
            raise _unknown(f"a shading of type {shading.ShadingType}")
        start, end = (float(value) for value in shading.Function.Domain)
        samples = [_at(shading.Function, start + (end - start) * step / (STEPS - 1)) for step in range(STEPS)]
        data = bytes(round(plate * 255) for sample in samples for plate in _ink(self._inks, sample))
        shading.Function = self._pdf.make_indirect(
            pikepdf.Stream(
                self._pdf,
                data,
                pikepdf.Dictionary(
                    FunctionType=0, Domain=[start, end], Range=[0, 1] * 4, Size=[STEPS], BitsPerSample=8
                ),
            )
        )
        shading.ColorSpace = pikepdf.Name.DeviceCMYK
        if "/Background" in shading:
            del shading.Background


@dataclass(slots=True)
class _Content:
    """A content stream as it is written anew: what came out, the colours set, whether black type overprints."""

    inks: Colours
    spaces: Mapping[str, int]
    out: list[pikepdf.ContentStreamInstruction] = field(default_factory=list)
    current: dict[str, int] = field(default_factory=dict)
    ink: Ink | tuple[()] = ()
    in_type: bool = False
    overprints: bool = False
    overprinted: bool = False

    def take(self, instruction: pikepdf.ContentStreamInstruction) -> None:
        """Take one instruction of the stream."""
        import pikepdf

        name, operands = str(instruction.operator), list(instruction.operands)
        if name in ("cs", "CS"):
            self.current[name] = self.spaces.get(str(operands[0]), 0)
            if self.current[name]:
                return
        elif name in _FILL or name in _STROKE:
            if self._coloured(name, operands):
                return
        elif name == "BT":
            self.in_type = True
            self._type_begins()
        self.out.append(instruction)
        if name == "ET":
            self.in_type = False
            if self.ink and self.inks.type(self.ink) != self.ink:
                self._put("k", *self.ink)
            if self.overprints:
                self.overprints = False
                self._put("gs", pikepdf.Name(OFF))

    def _type_begins(self) -> None:
        """Type has an ink of its own where its colours say so; black type overprints."""
        import pikepdf

        wanted = self.inks.type(self.ink) if self.ink else BLACK
        if self.ink and wanted != self.ink:
            self._put("k", *wanted)
        if self.ink and wanted == BLACK:
            self.overprints = self.overprinted = True
            self._put("gs", pikepdf.Name(ON))

    def _coloured(self, name: str, operands: Sequence[pikepdf.Object]) -> bool:
        """Write a colour in ink; False where the operator stays as it is."""
        stroke = name in _STROKE
        parts = _components(name, operands, self.current.get("CS" if stroke else "cs", 0))
        if not parts:
            if not stroke:
                self.ink = ()
            return False
        if stroke:
            self._put("K", *_ink(self.inks, parts, line=True))
        else:
            self.ink = _ink(self.inks, parts)
            self._put("k", *(self.inks.type(self.ink) if self.in_type else self.ink))
        return True

    def _put(self, name: str, *operands: pikepdf.Object | float) -> None:
        import pikepdf

        self.out.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name)))


def values(resources: pikepdf.Object, table: str) -> Iterable[pikepdf.Object]:
    """The entries of one table of resources, none where it is not there."""
    known = resources.get(table)
    return () if known is None else known.values()


def _ink(inks: Colours, parts: list[float], *, line: bool = False) -> Ink:
    if len(parts) == 4:
        cyan, magenta, yellow, black = (round(part, 4) for part in parts)
        return cyan, magenta, yellow, black
    red, green, blue = parts if len(parts) == 3 else parts * 3
    return inks.line(red, green, blue) if line else inks.of(red, green, blue)


def _components(name: str, operands: Sequence[pikepdf.Object], channels: int) -> list[float]:
    """The colour components of an operator; none when it sets a pattern or a space that stays as it is."""
    if name.lower() in ("rg", "g", "k") or (name.lower() in ("sc", "scn") and channels):
        return [float(value) for value in operands]
    return []


def _spaces(resources: pikepdf.Object) -> Mapping[str, int]:
    """The named colour spaces of device or ICC colour, each with its number of channels."""
    found = {str(name): _channels(space) for name, space in resources.get("/ColorSpace", {}).items()}
    return {name: channels for name, channels in found.items() if channels}


def _channels(space: pikepdf.Object | None) -> int:
    """1, 3 or 4 for grey, RGB and CMYK; 0 for patterns, separations and what else there is."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        kind = str(space[0])
        if kind == "/ICCBased":
            return int(space[1].N)
        return {"/CalRGB": 3, "/CalGray": 1, "/Indexed": 3 if len(space) > 1 else 0}.get(kind, 0)
    return {"/DeviceRGB": 3, "/DeviceGray": 1, "/DeviceCMYK": 4}.get(str(space), 0)


def _at(function: pikepdf.Object, value: float) -> list[float]:
    """A function of one input at a value (ISO 32000-1, 7.10.3 and 7.10.4)."""
    if function.FunctionType == 2:
        power = value ** float(function.N)
        return [
            float(low) + power * (float(high) - float(low)) for low, high in zip(function.C0, function.C1, strict=True)
        ]
    if function.FunctionType == 3:
        bounds = [float(bound) for bound in (function.Domain[0], *function.Bounds, function.Domain[1])]
        for index, part in enumerate(function.Functions):
            low, high = bounds[index], bounds[index + 1]
            if value <= high or index == len(function.Functions) - 1:
                first, last = float(function.Encode[2 * index]), float(function.Encode[2 * index + 1])
                return _at(part, first + (last - first) * ((value - low) / (high - low) if high > low else 0))
    raise _unknown(f"a function of type {function.FunctionType}")


def _grey_mask(form: pikepdf.Object) -> None:
    """A luminosity mask is no ink: its grey ICC colours become DeviceGray, other colours are refused."""
    import pikepdf

    out, spaces = [], _spaces(form.get("/Resources", pikepdf.Dictionary()))
    if set(spaces.values()) - {1}:
        raise _unknown("a coloured soft mask")
    for instruction in pikepdf.parse_content_stream(form):
        name = str(instruction.operator)
        if name in ("cs", "CS") and str(instruction.operands[0]) in spaces:
            continue
        if name in ("sc", "scn", "SC", "SCN"):
            grey = "G" if name.isupper() else "g"
            instruction = pikepdf.ContentStreamInstruction(instruction.operands, pikepdf.Operator(grey))
        out.append(instruction)
    form.write(pikepdf.unparse_content_stream(out))
    if "/Group" in form:
        form.Group.CS = pikepdf.Name.DeviceGray


def _unknown(what: str) -> CampaignError:
    return CampaignError.single(
        f"{what} cannot be turned into ink exactly",
        where="a picture",
        todo="simplify the picture: plain shapes and colours",
    )
