"""How an element of a page looks: seen or not, in a line or in a block, from which side it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import tinycss2.color4

from campaign.audit.readers.styles import Style

#: Elements that no browser shows, whatever their style; of the last ones only what stands for a failed picture.
UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "datalist", "iframe", "object", "audio", "video",
     "canvas", "desc", "metadata", "annotation", "annotation-xml", "rp", "param", "source", "track")
)  # fmt: skip
#: Elements of SVG that are drawn only where `use` names them.
DEFINITIONS = frozenset({"defs", "symbol", "clippath", "mask", "pattern", "marker"})

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "output", "q", "rb", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
     "sup", "time", "tspan", "tt", "u", "var", "wbr", "math", "mi", "mn", "mo", "mrow", "mtext", "area", "a")
)  # fmt: skip
_ATOMS = frozenset({"button", "input", "select", "textarea", "meter", "progress"})
_STRUCK = frozenset({"del", "s", "strike"})
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
#: From here on (pixels) something is set beside the screen, and below it a box shows nothing.
_FAR, _NARROW = 900.0, 1.5
#: How far two colours (0 to 1 a channel) may lie apart that no eye tells apart.
_SAME = 0.03

Colour = tuple[float, float, float]
Flow = Literal["block", "inline", "atom"]


@dataclass(frozen=True, slots=True)
class Look:
    """`gone` hides an element with all that is in it; the other ways to hide, what is in it can undo.

    direction  ltr, rtl, or auto (by the first letter); side is that of the block around it
    bidi       the value of unicode-bidi
    row        "row" or "row-reverse" for what puts its children side by side, "column-reverse", else empty
    ink        the colour of its text; ground the colour behind it, None where a picture or a place makes it unknown
    """

    gone: bool = False
    unseen: bool = False
    tiny: bool = False
    struck: bool = False
    flow: Flow = "block"
    direction: str = "ltr"
    side: str = "ltr"
    bidi: str = "normal"
    row: str = ""
    order: int = 0
    ink: Colour | None = (0.0, 0.0, 0.0)
    ground: Colour | None = (1.0, 1.0, 1.0)
    kept_spaces: bool = False

    @property
    def shown(self) -> bool:
        """Whether an eye sees its text."""
        return not (self.gone or self.unseen or self.tiny or self.struck or self.blended)

    @property
    def blended(self) -> bool:
        """Whether the text has the colour of what is behind it."""
        if self.ink is None or self.ground is None:
            return False
        return all(abs(a - b) <= _SAME for a, b in zip(self.ink, self.ground, strict=True))


#: The attributes that give an element a look.
_HINTS = ("dir", "color", "bgcolor", "background", "hidden", "open")


def of_element(tag: str, attributes: Mapping[str, str], style: Style, parent: Look) -> Look:
    """The look of an element inside one of this look; HTML Standard, 15 (Rendering) gives what no sheet says."""
    hints = tuple((name, attributes[name]) for name in _HINTS if name in attributes) if attributes else ()
    return _of_element(tag, hints, tuple(style.items()), parent)


@lru_cache(maxsize=4096)  # a page has few kinds of elements, and many of each
def _of_element(
    tag: str, hints: tuple[tuple[str, str], ...], declared: tuple[tuple[str, str], ...], parent: Look
) -> Look:
    attributes, style = dict(hints), dict(declared)
    look = replace(parent, bidi="normal", row="", order=0, flow=_default_flow(tag))
    look = _hinted(look, tag, attributes)
    display = style.get("display", "").lower()
    hidden = "hidden" in attributes or (tag == "dialog" and "open" not in attributes)
    gone = parent.gone or tag in UNSEEN or display == "none" or (hidden and not display) or _clipped(style)
    look = _coloured(_directed(replace(look, gone=gone), display, style, tag), style)
    return look if look.flow == "inline" else replace(look, side=look.direction)


def _default_flow(tag: str) -> Flow:
    return "inline" if tag in _INLINE else "atom" if tag in _ATOMS else "block"


def _hinted(look: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    """What the attributes of HTML say: direction (15.3.6), colours, strokes."""
    direction = attributes.get("dir", "").lower()
    known = direction in ("ltr", "rtl", "auto")
    if known or tag == "bdi":
        look = replace(look, direction=direction if known else "auto")
        look = replace(look, bidi="isolate")
    if tag == "bdo":
        look = replace(look, bidi="isolate-override")
    if tag in ("textarea", "pre"):
        look = replace(look, kept_spaces=True)
    if tag == "font" and "color" in attributes:
        look = replace(look, ink=_colour(attributes["color"]) or look.ink)
    if "bgcolor" in attributes or "background" in attributes:
        look = replace(look, ground=_colour(attributes.get("bgcolor", "")))
    return replace(look, struck=look.struck or tag in _STRUCK)


def _directed(look: Look, display: str, style: Style, tag: str) -> Look:
    if display:
        look = replace(look, flow=_flow(display, look.flow))
    direction = style.get("direction", "").lower()
    if direction in ("ltr", "rtl"):
        look = replace(look, direction=direction)
    if bidi := style.get("unicode-bidi", "").lower().removeprefix("-webkit-").removeprefix("-moz-"):
        look = replace(look, bidi=bidi)
    if style.get("position", "").lower() in ("absolute", "fixed"):
        look = replace(look, flow="block")
    if space := style.get("white-space", "").lower():
        look = replace(look, kept_spaces=space.startswith("pre") or space == "break-spaces")
    order = style.get("order", "")
    return replace(look, row=_row(display, style, tag), order=int(order) if re.fullmatch(r"[-+]?\d{1,9}", order) else 0)


def _flow(display: str, before: Flow) -> Flow:
    if display in ("inline", "contents", "ruby", "ruby-text", "ruby-base"):
        return "inline"
    if display.startswith("inline-"):
        return "atom"
    return before if display in ("inherit", "initial", "unset", "revert", "none") else "block"


def _row(display: str, style: Style, tag: str) -> str:
    if display in ("flex", "inline-flex"):
        way = f"{style.get('flex-direction', '')} {style.get('flex-flow', '')}".lower()
        for name in ("row-reverse", "column-reverse", "column"):
            if re.search(rf"(?<![\w-]){name}(?![\w-])", way):
                return name.removesuffix("column") if name == "column" else name
        return "row"
    grid = display in ("grid", "inline-grid") and "grid-template-columns" in style
    return "row" if grid or display == "table-row" or (tag == "tr" and not display) else ""


def _coloured(look: Look, style: Style) -> Look:
    if size := style.get("font-size", "").lower():
        relative = size.endswith(("em", "%")) and not size.endswith("rem")
        zero = _length(size) == 0
        look = replace(look, tiny=zero or (look.tiny and relative))
    if visibility := style.get("visibility", "").lower():
        look = replace(look, unseen=visibility in ("hidden", "collapse"))
    line = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}".lower()
    look = replace(look, struck=look.struck or "line-through" in line)
    background = style.get("background-color") or style.get("background") or ""
    if "background-image" in style or re.search(r"(?i)url\(|gradient\(|image\(", background):
        look = replace(look, ground=None)
    elif background:
        look = replace(look, ground=_ground(background, look.ground))
    if style.get("position", "").lower() in ("absolute", "fixed"):
        look = replace(look, ground=None)  # what it lies on is not what it is in
    ink = style.get("-webkit-text-fill-color") or style.get("color") or ""
    return replace(look, ink=_ink(ink, look)) if ink else look


def _ink(value: str, look: Look) -> Colour | None:
    if value.lower() in ("inherit", "currentcolor", "unset"):
        return look.ink
    found = tinycss2.color4.parse_color(value)
    if found is not None and found != "currentcolor" and found.alpha == 0:
        return look.ground
    return _colour(value)


def _ground(value: str, behind: Colour | None) -> Colour | None:
    if value.lower() in ("none", "transparent", "inherit", "initial", "unset"):
        return behind
    for part in value.split():  # a shorthand: the colour is one of its words
        if (found := _colour(part)) is not None:
            return found
    return _colour(value)


def _colour(value: str) -> Colour | None:
    found = tinycss2.color4.parse_color(value)
    if found is None or found == "currentcolor" or found.alpha < 1:
        return None
    try:
        red, green, blue = found.to("srgb").coordinates
    except (NotImplementedError, ValueError, TypeError):
        return None
    return float(red), float(green), float(blue)


def _length(value: str) -> float | None:
    """A length in pixels, roughly: units that hang on a font or a window count as sixteen."""
    match = _NUMBER.match(value)
    if match is None:
        return None
    unit = value[match.end() :].strip().lower()
    factor = {"": 1.0, "px": 1.0, "pt": 1.33, "cm": 37.8, "mm": 3.78, "in": 96.0, "%": 10.0}.get(unit, 16.0)
    return float(match[0]) * factor


def _moved(low: Style) -> bool:
    """Whether a box is drawn beside the screen."""
    moves = [*re.findall(r"translate(?:[xy]|3d)?\(([^)]*)\)", low.get("transform", "")), low.get("translate", "")]
    return any((_length(part.strip()) or 0) <= -_FAR for move in moves for part in re.split(r"[,\s]+", move) if part)


def _clipped(style: Style) -> bool:
    """Whether a box and what is in it shows nothing: see-through, cut to nothing, or set beside the screen."""
    if not style:
        return False
    low = {name: value.lower() for name, value in style.items()}
    opacity = _length(low.get("opacity", ""))
    if (opacity is not None and opacity <= 0.01) or low.get("content-visibility") == "hidden":
        return True
    if re.search(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]", low.get("transform", "")) or _length(low.get("zoom", "")) == 0:
        return True
    if re.search(r"opacity\(\s*0(?:\.0+)?%?\s*\)", low.get("filter", "")) or _moved(low):
        return True
    if re.match(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0", low.get("clip-path", "")):
        return True
    placed = low.get("position") in ("absolute", "fixed", "relative")
    if placed and re.match(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)", low.get("clip", "")):
        return True
    aside = [low.get("text-indent"), low.get("margin-left")]
    aside += [low.get(name) for name in ("left", "right", "top")] if placed else []
    if any((_length(value) or 0) <= -_FAR for value in aside if value):
        return True
    sizes = [low.get(name) for name in ("width", "height", "max-width", "max-height")]
    small = any(value and (length := _length(value)) is not None and length <= _NARROW for value in sizes)
    return small and low.get("overflow", "").startswith(("hidden", "clip"))
