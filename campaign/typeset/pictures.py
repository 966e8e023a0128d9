"""Pictures that layouts may show, copied for the compiler: drawings are checked, photographs are written anew.

Drawings and photographs come from many hands. A drawing may hold shapes only, nothing that is fetched or run; of a
photograph only the pixels go on, so that no place, name or device of who took it reaches a reader.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from campaign import limits
from campaign.errors import CampaignError, Problem

PHOTOGRAPHS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}

_ACTIVE = {"script", "foreignObject", "iframe", "audio", "video", "handler", "set", "animate", "animateTransform"}
#: Elements that draw, or group what is drawn (SVG 2). Of others some are words, some filters that take minutes.
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "a",
        "defs",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "use",
        "symbol",
        "marker",
        "clipPath",
        "mask",
        "pattern",
        "style",
        "linearGradient",
        "radialGradient",
        "stop",
    ]
)
#: Elements that are not drawn, which every drawing program writes.
_NOTES = frozenset({"title", "desc", "metadata"})
_WORDS = frozenset({"text", "tspan", "textPath", "tref"})
_SVG = "{http://www.w3.org/2000/svg}"
MAX_DEPTH = 200
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)


def missing(path: str) -> CampaignError:
    """That a picture is not there (`path`: below the workspace), in the same words whatever shows it."""
    if path.startswith("assets/logos/"):
        where, what, todo = "campaign.toml: brand.logo", f"there is no {path}", "put the file back, or name another one"
    else:
        named = "; another one for an audience is named in campaign.toml (picture = …)"
        todo = "put the file back" + (named if path.startswith("assets/illustrations/") else "")
        where, what = path, "there is no such picture"
    return CampaignError.single(what, where=where, todo=todo)


def copy(files: Iterable[Path], target: Path, name: str) -> None:
    """Copy the pictures among the files of a folder; what is none stays behind. `name` is the folder's, for errors.

    Raises:
        CampaignError: every picture that cannot be used, with the reason.
    """
    target.mkdir()
    problems: list[Problem] = []
    for path in files:
        if path.name.startswith("."):
            continue
        if path.suffix != ".svg" and path.suffix.lower() not in PHOTOGRAPHS:
            continue
        try:
            data = read(path, f"{name}/{path.name}")
        except CampaignError as error:
            problems += error.problems
        else:
            (target / path.name).write_bytes(data)
    if problems:
        raise CampaignError(problems)


def read(path: Path, name: str) -> bytes:
    """A drawing or a photograph as a layout gets it.

    Raises:
        CampaignError: it is none that a layout may show; `name` stands for it.
    """
    try:
        data = path.read_bytes()
        return drawing(data) if path.suffix.lower() == ".svg" else photograph(data, PHOTOGRAPHS[path.suffix.lower()])
    except ValueError as error:
        what, _, todo = str(error).partition("; ")
        raise CampaignError.single(what, where=name, todo=todo) from error
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=name) from error


def drawing(data: bytes) -> bytes:
    """An SVG that fetches and runs nothing, unchanged.

    Raises:
        ValueError: "what is wrong; what to do".
    """
    most = limits.limit("drawing_mb")
    if len(data) > most * 1_000_000:
        less = f"simplify the drawing to less than {most:g} MB ([limits] drawing_mb)"
        raise ValueError(f"has {len(data) / 1e6:.1f} MB; {less}")
    if re.search(rb"<!DOCTYPE|<!ENTITY", data, re.IGNORECASE):
        raise ValueError("holds a document type or entities; save it as plain SVG")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - no entities are left, the size is limited
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ValueError(f"is no valid SVG ({error}); save it again as plain SVG") from error
    elements = limits.limit("drawing_elements")
    if _drawn(root, elements) > elements:
        raise ValueError(f"draws more than {elements:g} elements; simplify the drawing ([limits] drawing_elements)")
    for element in root.iter():
        _refuse_what_is_no_shape(element)
        _refuse_what_fetches_or_runs(element)
    return data


def _refuse_what_is_no_shape(element: ElementTree.Element) -> None:
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if tag in _ACTIVE:
        raise ValueError(f"holds a <{tag}>; a drawing may hold shapes only, delete it")
    if tag == "image":
        raise ValueError("holds a photograph; save the photograph as PNG or JPEG beside it")
    if element.tag in (tag, f"{_SVG}{tag}") and tag not in _SHAPES | _NOTES:
        todo = "turn it into paths or delete it" if tag in _WORDS else "delete it"
        raise ValueError(f"holds a <{tag}>, a drawing may hold shapes only, no words; {todo}")
    if tag == "style" and _OUTSIDE.search(element.text or ""):
        raise ValueError("has a style that fetches something; put the colours on the shapes")


def _refuse_what_fetches_or_runs(element: ElementTree.Element) -> None:
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2]
        if attribute.lower().startswith("on"):
            raise ValueError(f"runs a program ({attribute}); a drawing may hold shapes only, delete it")
        if attribute == "href" and not value.startswith("#"):
            raise ValueError(f"leads to {value[:40]!r}; a drawing must hold everything that it shows")
        if _OUTSIDE.search(value):
            raise ValueError(f"fetches something ({attribute}); a drawing must hold everything that it shows")


def _drawn(root: ElementTree.Element, most: float) -> float:
    """How many elements come of a drawing when each `use` draws what it names; over the limit when it names itself."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[int, float] = {}

    def count(element: ElementTree.Element, depth: int) -> float:
        if depth > MAX_DEPTH:
            return most + 1
        if id(element) not in known:
            total = 1 + sum(count(child, depth + 1) for child in element)
            name = next((value[1:] for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"), "")
            if name in named:
                total += count(named[name], depth + 1)
            known[id(element)] = min(total, most + 1)
        return known[id(element)]

    return count(root, 0)


def _smaller() -> str:
    return f"make it smaller than {limits.limit('picture_megapixels'):g} million ([limits] picture_megapixels)"


def photograph(data: bytes, format_: str) -> bytes:
    """The pixels of a PNG or JPEG, upright, in sRGB, without any of its metadata.

    Raises:
        ValueError: "what is wrong; what to do".
    """
    from PIL import Image, ImageCms, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > limits.limit("picture_megapixels") * 1_000_000:
                raise ValueError(f"has {opened.width} x {opened.height} pixels; {_smaller()}")
            picture = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile")
            if profile and picture.mode in ("RGB", "CMYK", "L"):
                out = ImageCms.profileToProfile(
                    picture,
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                    ImageCms.createProfile("sRGB"),
                    outputMode="RGB",
                )
                picture = out or picture
            mode = "RGBA" if "A" in picture.getbands() and format_ == "PNG" else "RGB"
            pixels = picture.convert(mode)
    except Image.DecompressionBombError as error:
        raise ValueError(f"has too many pixels; {_smaller()}") from error
    except (OSError, SyntaxError, ImageCms.PyCMSError) as error:
        raise ValueError(f"cannot be read ({error}); save it again as PNG or JPEG") from error
    bare, written = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes()), io.BytesIO()
    bare.save(written, format_, **({"quality": 95} if format_ == "JPEG" else {}))
    return written.getvalue()
