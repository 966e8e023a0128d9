"""A base that all languages share: their colours on common plates, everything else of a language on its black plate.

Of the same item in several languages, what is painted alike in all of them is the base: pale, and without black. All
else (type, codes, icons, what lies elsewhere in another language) is black and overprints, so that cyan, magenta and
yellow are the same for every language and only the black plate is changed on the press (ISO 32000-1, 8.6.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.model.digest import digest
from campaign.press.colour import BLACK, Colours, Ink, lightness
from campaign.press.matrix import IDENTITY, Matrix, matrix, times

if TYPE_CHECKING:
    import pikepdf

#: What is painted, as far as it is compared: where, the path, how, in which colours.
Key = tuple[object, ...]
#: What each page of an item has in common with the same item in other languages.
Base = tuple[frozenset[Key], ...]
#: The ink of the strongest plate of a base: black type on it is read at 12 to 1.
PALE = 0.3
#: The same of a line, on which no type lies: icons are seen, also where all languages have them in the same place.
DRAWN = 0.7
#: The black of a ground that is a language's own.
GROUND = 0.2
ON, OFF = "/CampaignBlack", "/CampaignBase"
_PATH = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_PAINT = {"f": "f", "F": "f", "f*": "f", "S": "s", "s": "s", "B": "fs", "B*": "fs", "b": "fs", "b*": "fs"}
_COLOUR = frozenset({"cs", "CS", "sc", "SC", "scn", "SCN", "g", "G", "rg", "RG", "k", "K"})


def common(pdfs: Sequence[bytes]) -> Base:
    """For each page what is painted alike in all of these files.

    Raises:
        CampaignError: a picture of pixels, or anything else whose black plate cannot be changed.
    """
    import pikepdf

    pages: list[list[frozenset[Key]]] = []
    for pdf in pdfs:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            pages.append([frozenset(_Page(None, None).keys(page)) for page in document.pages])
    return tuple(frozenset.intersection(*each) for each in zip(*pages, strict=False))


def name(base: Base) -> str:
    """A short name of the plates that a base makes: the same name, the same plates."""
    return digest(*(str(sorted(map(str, page))) for page in base))[:8] if base else ""


def convert(pdf: pikepdf.Pdf, inks: Colours, base: Base) -> None:
    """Paint the base of each page in pale colours, and all else in black that overprints; in place.

    Raises:
        CampaignError: as `common`.
    """
    import pikepdf

    for page, kept in zip(pdf.pages, base, strict=False):
        page.obj.Contents = pdf.make_stream(_Page(inks, kept).content(page))
        resources = page.obj.Resources
        if "/ExtGState" not in resources:
            resources.ExtGState = pikepdf.Dictionary()
        for key, on in ((ON, True), (OFF, False)):
            resources.ExtGState[key] = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, op=on, OP=on, OPM=1)
        if "/ColorSpace" in resources:
            del resources.ColorSpace
        if "/Group" in page.obj:
            page.obj.Group.CS = pikepdf.Name.DeviceCMYK


@dataclass(slots=True)
class _Page:
    """One content stream, read for its keys or written anew."""

    inks: Colours | None
    base: frozenset[Key] | None
    out: list[pikepdf.ContentStreamInstruction] = field(default_factory=list)
    path: list[pikepdf.ContentStreamInstruction] = field(default_factory=list)
    place: Matrix = IDENTITY
    colours: dict[str, tuple[float, ...]] = field(default_factory=lambda: {"f": (0.0,), "s": (0.0,)})
    stack: list[tuple[Matrix, dict[str, tuple[float, ...]]]] = field(default_factory=list)

    def keys(self, source: pikepdf.Page) -> Iterator[Key]:
        """What the page paints, text aside."""
        for name, _, key in self._read(source):
            if name in _PAINT:
                yield key

    def content(self, source: pikepdf.Page) -> bytes:
        """The stream written anew."""
        import pikepdf

        for name, instruction, key in self._read(source):
            if name in _COLOUR:
                continue
            if name in _PAINT:
                self._paint(name, instruction, key)
            elif name == "BT":
                self._put("gs", pikepdf.Name(ON))
                self._put("k", *BLACK)
                self.out.append(instruction)
            elif name not in _PATH:
                self.out += [*self.path, instruction] if name in ("n", "W", "W*") else [instruction]
                self.path = [] if name in ("n", "W", "W*") else self.path
        return pikepdf.unparse_content_stream(self.out)

    def _read(self, source: pikepdf.Page) -> Iterator[tuple[str, pikepdf.ContentStreamInstruction, Key]]:
        import pikepdf

        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise _unknown("a picture of pixels")
            name, operands = str(instruction.operator), list(instruction.operands)
            if name == "q":
                self.stack.append((self.place, dict(self.colours)))
            elif name == "Q" and self.stack:
                self.place, self.colours = self.stack.pop()
            elif name == "cm":
                self.place = times(matrix(operands), self.place)
            elif name in _COLOUR:
                self._coloured(name, operands)
            elif name in _PATH:
                self.path.append(instruction)
            elif name in ("Do", "sh"):
                raise _unknown("a picture of pixels or a gradient")
            key = self._key(name) if name in _PAINT else ()
            yield name, instruction, key
            if name in _PAINT or (name == "n" and self.base is None):
                self.path = []

    def _coloured(self, name: str, operands: Sequence[pikepdf.Object]) -> None:
        values = tuple(float(value) for value in operands if not str(value).startswith("/"))
        if values:
            self.colours["s" if name.isupper() else "f"] = values

    def _key(self, name: str) -> Key:
        drawn = tuple((str(one.operator), *(round(float(value), 2) for value in one.operands)) for one in self.path)
        used = tuple(self.colours[kind] for kind in _PAINT[name])
        return name, drawn, tuple(round(value, 2) for value in self.place), used

    def _paint(self, name: str, instruction: pikepdf.ContentStreamInstruction, key: Key) -> None:
        """A path in the base's colours, or in black; white that is no base is not painted at all."""
        import pikepdf

        assert self.inks is not None and self.base is not None  # noqa: S101 - it is written
        inks = {kind: self._ink(kind, key in self.base) for kind in _PAINT[name]}
        if all(ink is None for ink in inks.values()):
            self.path = []
            return
        in_base = all(ink is not None and ink[3] == 0 for ink in inks.values())
        self._put("gs", pikepdf.Name(OFF if in_base else ON))
        for kind, ink in inks.items():
            self._put("K" if kind == "s" else "k", *(ink or (0.0, 0.0, 0.0, 0.0)))
        self.out += [*self.path, instruction]

    def _ink(self, kind: str, common_to_all: bool) -> Ink | None:
        """The ink of a fill or a line; None for white that only one language has."""
        parts = self.colours[kind]
        if len(parts) == 4:
            raise _unknown("a colour that is ink already")
        red, green, blue = parts if len(parts) == 3 else parts * 3
        light = lightness(red, green, blue)
        assert self.inks is not None  # noqa: S101 - it is written
        ink = self.inks.of(red, green, blue)
        if common_to_all and (any(ink[:3]) or light > 0.98):
            most = DRAWN if kind == "s" else PALE
            strongest = max(*ink[:3], most)
            cyan, magenta, yellow = (round(plate * most / strongest, 4) for plate in ink[:3])
            return cyan, magenta, yellow, 0.0
        if kind == "f" and light > 0.98:
            return None
        if kind == "s" or light < 0.02:
            return BLACK
        return 0.0, 0.0, 0.0, round(GROUND * (1 - light), 4)

    def _put(self, name: str, *operands: pikepdf.Object | float) -> None:
        import pikepdf

        self.out.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name)))


def _unknown(what: str) -> CampaignError:
    return CampaignError.single(
        f"{what} cannot change its black plate",
        where="campaign.toml: common_base",
        todo="use drawings (SVG) of plain colours, or a print profile without common_base",
    )
