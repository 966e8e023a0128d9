"""Metadata: a released file names no author, no place on a disk and no camera."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import regex

from campaign.checks.rules import finding
from campaign.model.artefact import Artefact
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, quoted, say

#: Keys of a PDF's information that name a person; ours say the subject and key words of a leaflet.
_PDF_KEYS = ("Author",)
#: Who made it, in the XMP packet of a PDF (ISO 16684-1); the layout leaves the list empty.
_CREATOR = regex.compile(rb"<dc:creator>\s*(?:<rdf:(?:Seq|Bag)>\s*<rdf:li[^>]*>)?\s*([^<\s][^<]*)<")
#: A place on somebody's disk.
_PATH = regex.compile(r"(?:^|[\s\"'(=:>])(?:/(?:home|Users|root|tmp|mnt|media|var)/|[A-Za-z]:\\|file://)[^\s\"'<>)]+")
#: What a picture may say about itself.
_PICTURE_KEYS = frozenset(
    {"background", "chromaticity", "compression", "dpi", "exif", "gamma", "icc_profile", "interlace", "jfif"}
    | {"jfif_density", "jfif_unit", "jfif_version", "progression", "progressive", "resolution", "srgb", "transparency"}
)

#: TIFF 6.0 and EXIF 2.3: document name, make, model, artist, host, copyright, the EXIF and GPS blocks, XMP.
_TELLING = frozenset({269, 271, 272, 315, 316, 33432, 34665, 34853, 700})


_PNG = b"\x89PNG\r\n\x1a\n"
#: The chunks of a PNG that hold its pixels and say how to show them (ISO/IEC 15948, 11.2 and 11.3).
_PIXELS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"bKGD", b"hIST", b"pHYs"}
)


def metadata_findings(artefact: Artefact, where: str, locale: str, organisation: str = "") -> Iterator[Finding]:
    """Yield a finding for each name, path or EXIF block in a finished file; `where` names the file.

    The organisation that prints its name on every item may be named as its author.
    """
    for said in _details(artefact.media_type, artefact.data, organisation):
        yield finding("metadata", locale, where, said)


def _details(media_type: str, data: bytes, organisation: str) -> Iterator[Sentence]:
    if media_type == "application/pdf":
        yield from _pdf(data, organisation)
    elif media_type.startswith(("audio/", "video/")):
        yield from _sound(data)
    elif media_type == "image/svg+xml" or not media_type.startswith("image/"):
        yield from _paths(data.decode("utf-8", "replace"))
    else:
        yield from _picture(data)


def _sound(data: bytes) -> Iterator[Sentence]:
    """What a sound says about itself beside how it is coded."""
    from campaign.voice.coding import tags

    for name, value in tags(data).items():
        yield quoted(f"{name}: {value[:60]}")


def _pdf(data: bytes, organisation: str) -> Iterator[Sentence]:
    from campaign.typeset.guard import document_information

    creators = (unescape(found[1].decode("utf-8", "replace")) for found in _CREATOR.finditer(data))
    for creator in creators:
        if creator != organisation:
            yield say('the PDF names the creator "%(name)s": take it out before anybody gets the file', name=creator)
    for key, value in document_information(data).items():
        if key in _PDF_KEYS and value:
            if value != organisation:
                yield say(
                    'the PDF says %(key)s "%(value)s": take it out before anybody gets the file', key=key, value=value
                )
        else:
            yield from _paths(f" {value}")


def _picture(data: bytes) -> Iterator[Sentence]:
    # Pillow decodes every pixel of a PNG to look for what stands behind them.
    if _only_pixels(data):
        return
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        tags = set(picture.getexif())
        # In a TIFF every property of the picture is such a tag: only those that name people, devices and places count.
        if tags & _TELLING if picture.format == "TIFF" else tags:
            yield say("the picture carries EXIF: take it out before anybody gets the file")
        for key, value in picture.info.items():
            if str(key).lower() not in _PICTURE_KEYS:
                yield say(
                    "the picture carries the text %(key)s (%(value)s): take it out before anybody gets the file",
                    key=key,
                    value=repr(str(value)[:40]),
                )


def _only_pixels(data: bytes) -> bool:
    """Whether a file is a PNG of nothing but pixels and their colours, to its last byte."""
    at, kind = len(_PNG), b""
    while kind != b"IEND" and at + 8 <= len(data) and data.startswith(_PNG):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in _PIXELS:
            return False
        at += 12 + length
    return kind == b"IEND" and at == len(data)


def _paths(text: str) -> Iterator[Sentence]:
    for match in _PATH.finditer(text):
        yield say("names a place on a disk, %(path)s: take it out before anybody gets the file", path=match[0].strip())
