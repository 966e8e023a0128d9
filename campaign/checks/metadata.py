"""Metadata: a released file names no author, no place on a disk and no camera."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import regex

from campaign.checks.rules import finding
from campaign.model import Artefact, Finding

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


def metadata_findings(artefact: Artefact, where: str, locale: str) -> Iterator[Finding]:
    """Yield a finding for each name, path or EXIF block in a finished file; `where` names the file."""
    for detail in _details(artefact.media_type, artefact.data):
        yield finding("metadata", locale, where, f"{detail}: take it out before anybody gets the file")


def _details(media_type: str, data: bytes) -> Iterator[str]:
    if media_type == "application/pdf":
        yield from _pdf(data)
    elif media_type == "image/svg+xml" or not media_type.startswith("image/"):
        yield from _paths(data.decode("utf-8", "replace"))
    else:
        yield from _picture(data)


def _pdf(data: bytes) -> Iterator[str]:
    from campaign.typeset.guard import document_information

    if creator := _CREATOR.search(data):
        yield f'the PDF names the creator "{creator[1].decode("utf-8", "replace")}"'
    for key, value in document_information(data).items():
        if key in _PDF_KEYS and value:
            yield f'the PDF says {key} "{value}"'
        else:
            yield from _paths(f" {value}")


def _picture(data: bytes) -> Iterator[str]:
    from PIL import Image

    # Opening reads the headers only: no pixel of a hostile picture is decoded.
    with Image.open(BytesIO(data)) as picture:
        tags = set(picture.getexif())
        # In a TIFF every property of the picture is such a tag: only those that name people, devices and places count.
        if tags & _TELLING if picture.format == "TIFF" else tags:
            yield "the picture carries EXIF"
        for key, value in picture.info.items():
            if str(key).lower() not in _PICTURE_KEYS:
                yield f"the picture carries the text {key} ({str(value)[:40]!r})"


def _paths(text: str) -> Iterator[str]:
    for match in _PATH.finditer(text):
        yield f"names a place on a disk, {match[0].strip()}"
