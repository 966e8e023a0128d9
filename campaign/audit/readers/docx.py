"""DOCX: what a reader of the printed document sees; the archive is measured before anything is unpacked.

Standard: ECMA-376 (Office Open XML), part 1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from campaign.audit.document import Document, UnreadableError
from campaign.audit.readers import lines
from campaign.audit.readers.word import W, Words, on
from campaign.bidi import strip_controls

#: Limits of an archive: entries, bytes unpacked, how many times smaller packed. A zip bomb passes one of them.
MOST_ENTRIES, MOST_BYTES, MOST_RATIO = 4000, 200_000_000, 250
MOST_XML = 40_000_000

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_PACKED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "/officeDocument"
#: Parts beside the body that are printed, by the end of their relationship's type.
_BESIDE = ("/header", "/footer", "/footnotes", "/endnotes")
_HYPERLINK = re.compile(r"""HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]{1,2000})\"""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the document: its root, and what it refers to by id: (type, target, whether it lies outside)."""

    root: etree._Element
    refers: Mapping[str, tuple[str, str, bool]]


class _Package:
    """The parts of a document, read where something refers to them, each once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = frozenset(archive.namelist())
        self.known: dict[str, _Part | None] = {}

    def part(self, name: str) -> _Part | None:
        """A part by its name, None when there is none."""
        if name not in self.known:
            self.known[name] = _Part(self._xml(name), self._refers(name)) if name in self.names else None
        return self.known[name]

    def main(self) -> _Part:
        """The body.

        Raises:
            UnreadableError: the archive has none.
        """
        for kind, target, _ in self._refers("").values():
            if kind.endswith(_MAIN) and (found := self.part(target)) is not None:
                return found
        raise UnreadableError("is no DOCX file (it has no document)")

    def _xml(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.archive.read(name), parser)

    def _refers(self, name: str) -> dict[str, tuple[str, str, bool]]:
        folder, _, file = name.rpartition("/")
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        found = {}
        for entry in self._xml(listed).iter(_PACKED) if listed in self.names else ():
            outside = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[entry.get("Id", "")] = (entry.get("Type", ""), target, outside)
        return found


def read_docx(data: bytes) -> Document:
    """A Word document.

    Raises:
        UnreadableError: no DOCX, a zip bomb, an XML part with a document type (external or exploding entities), or no
            text but pictures.
    """
    _guard(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive)
            gathered, links, anchors = _read(package)
            pictures = any(name.startswith("word/media/") for name in package.names)
    except (etree.LxmlError, KeyError, ValueError, OSError, zipfile.BadZipFile, EOFError) as error:
        raise UnreadableError(f"is damaged ({type(error).__name__})") from error
    text = lines.laid_out(gathered)
    if not text and pictures:
        raise UnreadableError("holds no text, only pictures: nothing can be compared")
    return Document(text, strip_controls(text), tuple(dict.fromkeys(links)), anchors=tuple(dict.fromkeys(anchors)))


def _read(package: _Package) -> tuple[str, list[str], list[tuple[str, str]]]:
    main = package.main()
    beside = [target for kind, target, outside in main.refers.values() if kind.endswith(_BESIDE) and not outside]
    styles = next((target for kind, target, _ in main.refers.values() if kind.endswith("/styles")), "")
    sheet = package.part(styles)
    words = Words(sheet.root if sheet is not None else None)
    cited = frozenset(
        (note.tag.removesuffix("Reference"), note.get(f"{W}id", ""))
        for note in main.root.iter(f"{W}footnoteReference", f"{W}endnoteReference")
    )
    pieces: list[str] = []
    links: list[str] = []
    anchors: list[tuple[str, str]] = []
    for part in (main, *(found for name in dict.fromkeys(beside) if (found := package.part(name)) is not None)):
        words.notes = cited
        pieces.append(words.of(part.root))
        links += _links(part, words)
        anchors += _anchors(part, words)
        pieces += _drawn(package, part, words)
    return lines.line_end("auto").join(pieces), links, anchors


def _links(part: _Part, words: Words) -> Iterator[str]:
    """Where a click leads: links of text and of drawings that are seen, and the fields that Word writes for them."""
    for node in part.root.iter():
        if not isinstance(node.tag, str):
            continue
        name = str(node.get(f"{_R}id", "")) if node.tag.endswith(("}hyperlink", "}hlinkClick")) else ""
        if name in part.refers and part.refers[name][2] and not words.hidden(node):
            yield part.refers[name][1]
        if node.tag.startswith("{urn:schemas-microsoft-com:vml}") and node.get("href"):
            yield node.get("href", "")
        if node.tag == f"{W}fldSimple":
            yield from _HYPERLINK.findall(node.get(f"{W}instr", ""))
    for paragraph in part.root.iter(f"{W}p"):
        code = "".join(node.text or "" for node in paragraph.iter(f"{W}instrText"))
        yield from _HYPERLINK.findall(code)


def _anchors(part: _Part, words: Words) -> Iterator[tuple[str, str]]:
    """Each link with the words that are clicked."""
    for node in part.root.iter(f"{W}hyperlink"):
        _, target, outside = part.refers.get(node.get(f"{_R}id", ""), ("", "", False))
        text = "".join(piece.text or "" for piece in node.iter(f"{W}t") if not words.hidden(piece))
        if outside and text.strip():
            yield target, text


def _drawn(package: _Package, part: _Part, words: Words) -> Iterator[str]:
    """The text of diagrams (SmartArt) and charts that a part shows."""
    for node in part.root.iter(f"{_DIAGRAM}relIds", f"{_CHART}chart"):
        _, target, outside = part.refers.get(node.get(f"{_R}dm") or node.get(f"{_R}id") or "", ("", "", True))
        found = None if outside or words.hidden(node) else package.part(target)
        if found is not None:
            yield from _paragraphs(found.root)
            yield from (value.text or "" for value in found.root.iter(f"{_CHART}v"))


def _paragraphs(root: etree._Element) -> Iterable[str]:
    for paragraph in root.iter(f"{_A}p"):
        side = "rtl" if on(next(iter(paragraph.iter(f"{_A}pPr")), None), "rtl") else "auto"
        text = "".join(node.text or "" for node in paragraph.iter(f"{_A}t"))
        yield f"{lines.line_end(side)}{lines.clean(text)}{lines.line_end('auto')}"


def _guard(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            whole = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_ENTRIES or whole > MOST_BYTES:
                raise UnreadableError(f"unpacks to {whole // 1_000_000} MB in {len(entries)} parts: refused")
            for entry in entries:
                if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
                    raise UnreadableError(f"holds {entry.filename!r}, packed {MOST_RATIO} times and more: refused")
                if entry.filename.endswith((".xml", ".rels")):
                    if entry.file_size > MOST_XML:
                        raise UnreadableError(f"holds {entry.filename!r} of {entry.file_size // 1_000_000} MB: refused")
                    _guard_xml(archive.read(entry), entry.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableError(f"is no DOCX file ({error})") from error


def _guard_xml(part: bytes, name: str) -> None:
    # Word writes no document type. UTF-16 is looked through as well.
    for encoded in (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be")):
        if encoded in part or encoded.lower() in part:
            raise UnreadableError(
                f"holds a document type in {name!r}, which may name files or grow without end: refused"
            )
