"""The parts of an Office Open XML file (.docx, .xlsx) and what they refer to; what lies outside it is not looked at.

Standard: ECMA-376, part 2 (packages); part 1, annex L.7 (what the strict form calls the same things).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Namespaces of the strict form of the standard, and what programs write.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{form}/".encode(), f"http://schemas.openxmlformats.org/{form}/2006/".encode())
    for form in ("wordprocessingml", "officeDocument")
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

#: By which a part names another one: the `Id` of one of its relationships.
REFERS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: What reads a part: no entities, no network.
SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False}


def parsed(archive: zipfile.ZipFile, part: str) -> Element | None:
    """The root of a part, None where the file has no such part.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
    """
    from lxml import etree

    if part not in archive.namelist():
        return None
    data = archive.read(part)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return etree.fromstring(data, etree.XMLParser(**SAFE))


def refers(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to inside the file, "" being the file itself: (type, name of the part, id)."""
    folder, _, file = part.rpartition("/")
    root = parsed(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    for entry in () if root is None else root.iter(_RELATION):
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, str(entry.get("Target", ""))))
            yield str(entry.get("Type", "")), target.lstrip("/"), str(entry.get("Id", ""))


def main(archive: zipfile.ZipFile) -> str:
    """The part that a document begins with; "" where the file names none."""
    return next((target for kind, target, _ in refers(archive, "") if kind.endswith("/officeDocument")), "")
