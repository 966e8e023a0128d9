"""The drawings that ship with the project: illustrations, icons and the reference logo."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from shipped import AUDIENCES

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SVG = "{http://www.w3.org/2000/svg}"
ICONS = {
    "phone",
    "clock",
    "speech",
    "shield",
    "document",
    "house",
    "doctor",
    "link",
    "check",
    "warning",
    "person",
    "qr",
    *("bed", "calendar", "call", "card", "door", "gift", "hands", "heart", "interpreter", "language", "money", "quiet"),
    *("scales", "together"),
}
PALETTE = {
    "#0B5563",
    "#4F8A94",
    "#B7D3D8",
    "#DCEBED",
    "#F6EFE6",
    "#E8D5BA",
    "#C8432B",
    "#1A1A1A",
    "#FFFFFF",
}
ELEMENTS = {"svg", "g", "path", "rect", "circle", "ellipse", "polygon", "line"}
ATTRIBUTES = {
    *("viewBox", "width", "height", "x", "y", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2"),
    *("d", "points", "transform", "fill", "fill-rule", "stroke", "stroke-width"),
    *("stroke-linecap", "stroke-linejoin"),
}
MAX_BYTES = 8_000
ILLUSTRATIONS = sorted((ASSETS / "illustrations").glob("*.svg"))
ICON_FILES = sorted((ASSETS / "icons").glob("*.svg"))
LOGO = ASSETS / "logos" / "campaign.svg"
DRAWINGS = [*ILLUSTRATIONS, *ICON_FILES, LOGO]


def parse(path: Path) -> ET.Element:
    """Read one drawing; a document type, which could carry entities, is refused before parsing."""
    data = path.read_bytes()
    assert 0 < len(data) <= MAX_BYTES, f"{path.name}: {len(data)} bytes"
    assert b"<!DOCTYPE" not in data and b"<!ENTITY" not in data and b"<?xml-stylesheet" not in data
    return ET.fromstring(data)


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_audience_and_icon_has_its_drawing():
    """Each of the 17 audiences and each icon has a file, and there is no stray one."""
    assert {p.stem for p in ILLUSTRATIONS} == set(AUDIENCES)
    assert {p.stem for p in ICON_FILES} == ICONS


@pytest.mark.parametrize("path", DRAWINGS, ids=by_name)
def test_view_box(path):
    """A drawing is small, parses, and has the view box that its place in the layout expects."""
    box = {"illustrations": "0 0 504 216", "icons": "0 0 24 24", "logos": "0 0 48 48"}
    root = parse(path)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == box[path.parent.name]


@pytest.mark.parametrize("path", DRAWINGS, ids=by_name)
def test_only_plain_shapes(path):
    """Only shapes with known attributes: no text, link, script, style, image, filter or gradient."""
    for node in parse(path).iter():
        assert node.tag.removeprefix(SVG) in ELEMENTS, node.tag
        assert set(node.attrib) <= ATTRIBUTES, set(node.attrib) - ATTRIBUTES
        assert not (node.text or "").strip() and not (node.tail or "").strip()
        assert not any("url(" in value or ":" in value for value in node.attrib.values())


@pytest.mark.parametrize("path", DRAWINGS, ids=by_name)
def test_only_palette_colours(path):
    """Every fill and stroke is a colour of the palette, or none."""
    root = parse(path)
    used = {n.get(a) for n in root.iter() for a in ("fill", "stroke")} - {None, "none"}
    assert used and used <= PALETTE, used - PALETTE


@pytest.mark.parametrize("path", DRAWINGS, ids=by_name)
def test_every_shape_has_a_colour(path):
    """No shape falls back to the default black: it, or a group around it, says its colour."""

    def check(node, coloured):
        coloured = coloured or "fill" in node.attrib or "stroke" in node.attrib
        assert coloured or node.tag in (f"{SVG}g", f"{SVG}svg"), ET.tostring(node)
        for child in node:
            check(child, coloured)

    check(parse(path), False)


@pytest.mark.parametrize("path", ILLUSTRATIONS, ids=by_name)
def test_accent_is_used_sparingly(path):
    """Coral marks one thing in a scene: it is present, and is at most a quarter of its shapes."""
    shapes = [n for n in parse(path).iter() if n.tag not in (f"{SVG}svg", f"{SVG}g")]
    text = path.read_text(encoding="utf-8")
    coral = len(re.findall("#C8432B", text))
    assert coral and coral <= max(3, len(shapes) // 4)


@pytest.mark.parametrize("path", ICON_FILES, ids=by_name)
def test_icons_are_one_family(path):
    """Icons share one stroke: 2 units, round ends and joins, deep teal, no fill."""
    family = {
        "fill": "none",
        "stroke": "#0B5563",
        "stroke-width": "2",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    root = parse(path)
    assert {key: root.get(key) for key in family} == family
    assert not any(key in node.attrib for node in root.iter() if node is not root for key in family)


@pytest.mark.parametrize("path", ILLUSTRATIONS, ids=by_name)
def test_listed_in_readme(path):
    """The list of illustrations has one line for each file."""
    lines = (path.parent / "README.md").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith(f"| {path.name} |") for line in lines) == 1
