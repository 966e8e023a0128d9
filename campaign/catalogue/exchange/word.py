"""A Word document that came back: its parts, its comments with their replies. No link of it is followed.

Standard: ECMA-376, parts 1 and 2; replies and "resolved": [MS-DOCX], commentsExtended.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign.catalogue.exchange import package
from campaign.catalogue.exchange.sheet import no
from campaign.catalogue.exchange.word_runs import Reader, Styles, W, author, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KIND = "Word document"

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
    main = package.main(archive)
    if not main:
        raise no(name, f"is no {KIND}")
    refers = list(package.refers(archive, main))

    def part(end: str) -> Element | None:
        return next((package.parsed(archive, target) for kind, target, _ in refers if kind.endswith(end)), None)

    body, sheet = package.parsed(archive, main), part("/styles")
    if body is None:
        raise no(name, f"is no {KIND}")
    styles = Styles(sheet)
    found = [
        (said, package.parsed(archive, target))
        for kind, target, _ in refers
        for end, said in BESIDE.items()
        if kind.endswith(end)
    ]
    beside = [(said, root) for said, root in found if root is not None]
    return Document(body, styles, _comments(part("/comments"), part("/commentsExtended"), styles), beside)


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
