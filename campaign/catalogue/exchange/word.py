"""A Word document that came back: its parts, its comments with their replies. No link of it is followed.

Standard: ECMA-376, parts 1 and 2; replies and "resolved": [MS-DOCX], commentsExtended.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign.catalogue.exchange.sheet import no
from campaign.catalogue.exchange.word_runs import Reader, Styles, W, author, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KIND = "Word document"

#: Namespaces of the strict form of the standard, and what programs write.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

#: Parts beside the body that hold text, by the end of their relationship's type and as people call them.
BESIDE = {"/header": "header", "/footer": "footer", "/footnotes": "footnotes", "/endnotes": "endnotes"}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: who wrote it, what, the comment that it answers ("" for none), and whether somebody closed it."""

    id: str
    by: str
    text: str
    to: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a document that are read: body, styles, comments by id in their order, and texts beside the body."""

    body: Element
    styles: Styles
    comments: Mapping[str, Comment]
    beside: Sequence[tuple[str, Element]]


def is_text(data: bytes) -> str:
    """Whether a ZIP is a text document: "docx", "odt", or "" for neither."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            odt = b"application/vnd.oasis.opendocument.text"
            if (
                "mimetype" in names
                and parts.getinfo("mimetype").file_size < 200
                and parts.read("mimetype").startswith(odt)
            ):
                return "odt"
            return "docx" if any(name.startswith("word/") for name in names) else ""
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error):
        return ""


def opened(data: bytes, name: str) -> Document:
    """The parts of a file that were looked at before (`unpacked.look_inside`).

    Raises:
        CampaignError: no Word document, a damaged one, or one with macros.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any("vbaproject" in part.casefold() for part in archive.namelist()):
                raise no(name, "holds macros: save it as a Word document without them (.docx)")
            return _document(archive, name)
    except (KeyError, ValueError, etree.LxmlError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise no(name, f"cannot be read as a {KIND} ({type(error).__name__})") from error


def _document(archive: zipfile.ZipFile, name: str) -> Document:
    main = next((target for kind, target in _refers(archive, "") if kind.endswith("/officeDocument")), "")
    if not main:
        raise no(name, f"is no {KIND}")
    refers = list(_refers(archive, main))

    def part(end: str) -> Element | None:
        return next((_parsed(archive, target) for kind, target in refers if kind.endswith(end)), None)

    body, sheet = _parsed(archive, main), part("/styles")
    if body is None:
        raise no(name, f"is no {KIND}")
    styles = Styles(sheet)
    found = [
        (said, _parsed(archive, target))
        for kind, target in refers
        for end, said in BESIDE.items()
        if kind.endswith(end)
    ]
    beside = [(said, root) for said, root in found if root is not None]
    return Document(body, styles, _comments(part("/comments"), part("/commentsExtended"), styles), beside)


def _parsed(archive: zipfile.ZipFile, part: str) -> Element | None:
    from lxml import etree

    if part not in archive.namelist():
        return None
    data = archive.read(part)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _refers(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """What a part refers to inside the file: (type, name of the part). What lies outside is not looked at."""
    folder, _, file = part.rpartition("/")
    root = _parsed(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    for entry in () if root is None else root.iter(_RELATION):
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, str(entry.get("Target", ""))))
            yield str(entry.get("Type", "")), target.lstrip("/")


def _comments(root: Element | None, extended: Element | None, styles: Styles) -> Mapping[str, Comment]:
    """The comments by id: a reply names the last paragraph of what it answers."""
    told: dict[str, tuple[str, bool]] = {}
    for node in () if extended is None else extended.iter(f"{_W15}commentEx"):
        closed = str(node.get(f"{_W15}done", "0")) in ("1", "true")
        told[str(node.get(f"{_W15}paraId", ""))] = str(node.get(f"{_W15}paraIdParent", "")), closed
    found, ends = list[Comment](), dict[str, str]()
    for node in () if root is None else root.iter(f"{W}comment"):
        id_ = str(node.get(f"{W}id", ""))
        paragraphs = [each for each in node.iter() if local(each) == "p"]
        end = str(paragraphs[-1].get(f"{_W14}paraId", "")) if paragraphs else ""
        ends |= {end: id_} if end else {}
        parent, closed = told.get(end, ("", False))
        found.append(Comment(id_, author(node), Reader(styles).read(node).after, parent, closed))
    return {each.id: Comment(each.id, each.by, each.text, ends.get(each.to, ""), each.resolved) for each in found}
