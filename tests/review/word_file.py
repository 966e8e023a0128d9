"""A Word pack that somebody works on, as Word writes it: tracked changes, comments, rows and cells of all kinds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from campaign.catalogue.exchange import word_answers, word_tables
from campaign.catalogue.exchange.answers import Answer, Returned

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W, W14, W15 = (
    f"{{{MAIN}}}",
    "{http://schemas.microsoft.com/office/word/2010/wordml}",
    "{http://schemas.microsoft.com/office/word/2012/wordml}",
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def w(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of WordprocessingML with texts or elements in it."""
    element = etree.Element(f"{W}{tag}", nsmap={"w": MAIN})
    for name, value in attributes.items():
        element.set(f"{W}{name}", value)
    for child in children:
        if isinstance(child, str):
            element.text = child
        else:
            element.append(child)
    return element


def run(text: str, *properties: str, tag: str = "t") -> Any:
    """A run of text."""
    return w("r", w("rPr", *(w(name) for name in properties)), w(tag, text))


def inserted(text: str, by: str = "A. Jurist", on: str = "2026-11-25T10:00:00Z") -> Any:
    """Words that somebody put in, tracked."""
    return w("ins", run(text), id="9", author=by, date=on)


def deleted(text: str, by: str = "A. Jurist", on: str = "2026-11-25T10:00:00Z") -> Any:
    """Words that somebody took out, tracked."""
    return w("del", run(text, tag="delText"), id="9", author=by, date=on)


class WordFile:
    """A Word document in someone's hands."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.comments: list[Any] = []
        self.told: list[Any] = []

    @property
    def body(self) -> Any:
        """The body of the document."""
        return self.root[0]

    @property
    def tables(self) -> list[Any]:
        """Its tables; the first holds name, role and pack."""
        return list(self.body.iter(f"{W}tbl"))

    def row(self, source: str, form: int = 0) -> Any:
        """The row (of a plural form) of a sentence."""
        rows = [
            row
            for row in self.body.iter(f"{W}tr")
            if len(row.findall(f"{W}tc")) > 1 and self.said(row.findall(f"{W}tc")[1]) == source
        ]
        return rows[form]

    def cell(self, source: str, column: int = 2) -> Any:
        """A cell of the row of a sentence: 0 number, 1 source, 2 text, 3 note, 4 state."""
        return self.row(source).findall(f"{W}tc")[column]

    @staticmethod
    def said(cell: Any) -> str:
        """The words of a cell as they stand."""
        return "".join(node.text or "" for node in cell.iter(f"{W}t"))

    def put(self, source: str, *pieces: Any, column: int = 2) -> None:
        """Write other pieces into a cell."""
        paragraph = self.cell(source, column).find(f"{W}p")
        for node in list(paragraph):
            if node.tag != f"{W}pPr":
                paragraph.remove(node)
        paragraph.extend(pieces)

    def reword(self, source: str, new: str, by: str = "A. Jurist", column: int = 2) -> None:
        """Replace the words of a cell, tracked."""
        old = self.said(self.cell(source, column))
        self.put(source, deleted(old, by), inserted(new, by), column=column)

    def fill(self, label: str, value: str) -> None:
        """Write into the table with name and role."""
        row = next(row for row in self.tables[0].iter(f"{W}tr") if self.said(row[0]) == label)
        paragraph = row[1].find(f"{W}p")
        for node in paragraph.findall(f"{W}r"):
            paragraph.remove(node)
        paragraph.append(run(value))

    def comment(
        self,
        at: Any,
        text: str,
        by: str = "A. Jurist",
        to: int | None = None,
        *,
        done: bool = False,
        range_: bool = True,
    ) -> int:
        """Comment on a whole paragraph, or answer a comment; its number."""
        number = len(self.comments)
        paragraph = w("p", run(text))
        paragraph.set(f"{W14}paraId", f"{number + 16:08X}")
        self.comments.append(w("comment", paragraph, id=str(number), author=by, date="2026-11-25T11:00:00Z"))
        told = etree.Element(f"{W15}commentEx")
        told.set(f"{W15}paraId", f"{number + 16:08X}")
        if to is not None:
            told.set(f"{W15}paraIdParent", f"{to + 16:08X}")
        told.set(f"{W15}done", str(int(done)))
        self.told.append(told)
        if at is not None:
            first = next((at.index(node) for node in at if node.tag != f"{W}pPr"), len(at))
            if range_:
                at.insert(first, w("commentRangeStart", id=str(number)))
                at.append(w("commentRangeEnd", id=str(number)))
            at.append(w("r", w("commentReference", id=str(number))))
        return number

    def on(self, source: str, column: int = 2) -> Any:
        """The paragraph of a cell, to comment on."""
        return self.cell(source, column).find(f"{W}p")

    @property
    def data(self) -> bytes:
        """The file as it is saved."""
        parts = {**self.parts, "word/document.xml": etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")}
        if self.comments:
            whole = w("comments", *(deepcopy(comment) for comment in self.comments))
            extended = etree.Element(f"{W15}commentsEx")
            extended.extend(deepcopy(self.told))
            parts["word/comments.xml"], parts["word/commentsExtended.xml"] = (
                etree.tostring(whole),
                etree.tostring(extended),
            )
            self.refer(parts, f"{REL}/comments", "comments.xml")
            self.refer(
                parts, "http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended.xml"
            )
        return packed(parts)

    @staticmethod
    def refer(parts: dict[str, bytes], kind: str, target: str) -> None:
        """Let the document refer to a part, of a kind that the file then names too."""
        name, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
        entry = f'<Relationship Id="r{target[:-4]}" Type="{kind}" Target="{target}"/></Relationships>'
        parts[name] = parts[name].replace(b"</Relationships>", entry.encode())
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        said = f'<Override PartName="/word/{target}" ContentType="{word}{target[:-4]}+xml"/></Types>'
        parts[types] = parts[types].replace(b"</Types>", said.encode())

    def answers(self, language: str = "ar") -> Returned:
        """What the program reads in it, asked of the file alone."""
        return read(self.data, lambda pack: language if pack else "")

    def answer(self, source: str) -> Answer:
        """The text that comes back for a sentence."""
        return next(each for each in self.answers().answers if each.sources[0] == source and not each.remark)

    def remarks(self) -> list[tuple[str, str]]:
        """Who says what."""
        return [(each.by, each.comment) for each in self.answers().answers if each.remark]

    def save(self, path: Path) -> Path:
        """Save it."""
        path.write_bytes(self.data)
        return path


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as a file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def read(data: bytes, whose: Callable[[str], str]) -> Returned:
    """The answers of a file."""
    return word_answers.read(word_tables.gather((data, "back.docx")), "back.docx", whose)
