"""Content streams in ink: every colour operator becomes DeviceCMYK, black text overprints (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from campaign.errors import CampaignError
from campaign.press.colour import BLACK, Inks

if TYPE_CHECKING:
    import pikepdf

#: How many steps a gradient is sampled in.
STEPS = 64
_FILL, _STROKE = ("cs", "sc", "scn", "rg", "g", "k"), ("CS", "SC", "SCN", "RG", "G", "K")
ON, OFF = "/CampaignOverprint", "/CampaignKnockout"


class Converter:
    """Turns one PDF's colours into ink, in place."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Inks) -> None:
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

    def _stream(self, source: Any, resources: pikepdf.Object) -> bytes:
        import pikepdf

        spaces = _spaces(resources)
        out: list[Any] = []
        current: dict[str, int] = {}
        ink: list[float] = []
        overprints = False

        def operator(operands: list[Any], name: str) -> None:
            out.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name)))

        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise _unknown("an inline image")
            name, operands = str(instruction.operator), list(instruction.operands)
            if name in ("cs", "CS"):
                space = str(operands[0])
                current[name] = spaces.get(space, 0)
                if current[name]:
                    continue
            elif name in _FILL or name in _STROKE:
                stroke = name in _STROKE
                parts = _components(name, operands, current.get("CS" if stroke else "cs", 0))
                if parts:
                    ink_of = self._ink(parts)
                    if not stroke:
                        ink = ink_of
                    operator(list(ink_of), "K" if stroke else "k")
                    continue
                if not stroke:
                    ink = []
            elif name == "BT" and tuple(ink) == BLACK:
                overprints = True
                operator([pikepdf.Name(ON)], "gs")
            out.append(instruction)
            if name == "ET" and overprints:
                overprints = False
                operator([pikepdf.Name(OFF)], "gs")
        if any(str(i.operator) == "gs" and i.operands[0] == ON for i in out):
            if "/ExtGState" not in resources:
                resources.ExtGState = pikepdf.Dictionary()
            for key, on in ((ON, True), (OFF, False)):
                resources.ExtGState[key] = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, op=on, OP=False, OPM=1)
        return pikepdf.unparse_content_stream(out)

    def _ink(self, parts: list[float]) -> list[float]:
        if len(parts) == 4:
            return [round(part, 4) for part in parts]
        return list(self._inks.of(*(parts if len(parts) == 3 else parts * 3)))

    def _resources(self, resources: pikepdf.Object) -> None:
        import pikepdf

        for item in resources.get("/XObject", {}).values():
            if item.objgen in self._seen:
                continue
            self._seen.add(item.objgen)
            if item.Subtype == "/Image":
                self._image(item)
            else:
                self._form(item)
        for state in resources.get("/ExtGState", {}).values():
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary) and mask.G.objgen not in self._seen:
                self._seen.add(mask.G.objgen)
                _grey_mask(mask.G)
        for pattern in resources.get("/Pattern", {}).values():
            if pattern.PatternType == 2:
                self._shading(pattern.Shading)
            elif pattern.objgen not in self._seen:
                self._seen.add(pattern.objgen)
                self._form(pattern)
        for shading in resources.get("/Shading", {}).values():
            self._shading(shading)
        if "/ColorSpace" in resources:
            for name in _spaces(resources):
                del resources.ColorSpace[name]
            if not list(resources.ColorSpace.keys()):
                del resources.ColorSpace

    def _form(self, form: pikepdf.Object) -> None:
        import pikepdf

        resources = form.get("/Resources")
        if resources is None:
            resources = form.Resources = pikepdf.Dictionary()
        form.write(self._stream(form, resources))
        self._resources(resources)
        if "/Group" in form:
            form.Group.CS = pikepdf.Name.DeviceCMYK

    def _image(self, image: Any) -> None:
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
        data = bytes(round(plate * 255) for sample in samples for plate in self._ink(sample))
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


def _components(name: str, operands: list[Any], channels: int) -> list[float]:
    """The colour components of an operator; none when it sets a pattern or a space that stays as it is."""
    if name.lower() in ("rg", "g", "k") or (name.lower() in ("sc", "scn") and channels):
        return [float(value) for value in operands]
    return []


def _spaces(resources: pikepdf.Object) -> Mapping[str, int]:
    """The named colour spaces of device or ICC colour, each with its number of channels."""
    found = {str(name): _channels(space) for name, space in resources.get("/ColorSpace", {}).items()}
    return {name: channels for name, channels in found.items() if channels}


def _channels(space: Any) -> int:
    """1, 3 or 4 for grey, RGB and CMYK; 0 for patterns, separations and what else there is."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        kind = str(space[0])
        if kind == "/ICCBased":
            return int(space[1].N)
        return {"/CalRGB": 3, "/CalGray": 1, "/Indexed": 3 if len(space) > 1 else 0}.get(kind, 0)
    return {"/DeviceRGB": 3, "/DeviceGray": 1, "/DeviceCMYK": 4}.get(str(space), 0)


def _at(function: Any, value: float) -> list[float]:
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


def _grey_mask(form: Any) -> None:
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
