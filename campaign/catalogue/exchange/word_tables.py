"""The tables of a Word document that came back, row by row, whatever people did to rows, columns and cells.

A row is known by the bookmark of its sentence, columns by their headings. What stands in no table of the pack, and what
is no text in one, is listed with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaign import limits
from campaign.catalogue.exchange import docx, sheet, word
from campaign.catalogue.exchange.docx import NUMBER, SOURCE, TEXT
from campaign.catalogue.exchange.sheet import Cell, Table
from campaign.catalogue.exchange.word_runs import Reader, W, Words, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: How the rows that name no sentence are called: with their place.
NAMELESS = "?"

#: How much of what is not taken is shown.
_SHOWN = 80


@dataclass(slots=True)
class Row:
    """A row of a table of the pack: its place, its cells by heading, why it cannot be taken, and its comments."""

    place: str
    cells: Mapping[str, Words]
    faults: list[str]
    comments: dict[str, str]
    form: int | None = None


@dataclass(slots=True)
class Found:
    """What a document holds: rows by sentence (by place where they name none), what is not taken, tables without
    headings, and the comments that belong to a row.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    beside: list[Table] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    comments: Mapping[str, word.Comment] = field(default_factory=dict)


def gather(file: tuple[bytes, str]) -> Found:
    """The rows of a document (its bytes and its name) that was looked at before, its comments, and what is neither.

    Raises:
        CampaignError: no Word document, a damaged one, one with macros, or with more rows than the limit.
    """
    data, name = file
    document = word.opened(data, name)
    found = Found(comments=document.comments)
    for number, node in enumerate(_outer(document.body, found, document), start=1):
        _table(node, number, document, found, name)
    return found


def short(text: str) -> str:
    """The beginning of what is not taken, in quotation marks."""
    text = " ".join(text.split())
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"


def _outer(body: Element, found: Found, document: word.Document) -> Iterator[Element]:
    """The tables of the document; what people wrote beside them is listed."""
    root = next((node for node in body if local(node) == "body"), body)
    yield from _tables(root, "beside the tables", found, document)
    for name, part in document.beside:
        for paragraph in part.iter(f"{W}p"):
            _aside(paragraph, f"in the {name}", found, document)


def _tables(parent: Element, place: str, found: Found, document: word.Document) -> Iterator[Element]:
    for node in parent:
        name = local(node)
        if name == "tbl":
            yield node
        elif name == "p":
            _aside(node, place, found, document)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _tables(node, place, found, document)
        elif name == "altChunk":
            found.refused.append(f"{place}: an embedded file")


def _aside(paragraph: Element, place: str, found: Found, document: word.Document) -> None:
    """A paragraph beside the tables: listed unless the program wrote it just so."""
    words = Reader(document.styles).read_paragraph(paragraph)
    marks = [str(mark.get(f"{W}name", "")) for mark in paragraph.iter(f"{W}bookmarkStart")]
    boxes = [inner for inner in paragraph.iter() if local(inner) == "txbxContent"]
    for box in boxes[:1]:
        text = Reader(document.styles).read(box).after
        found.refused.append(f"{place}, in a text box: not taken: {short(text)}")
    if words.after and not any(docx.own(mark, words.after) for mark in marks):
        found.refused.append(f"{place}: not taken: {short(words.after)}")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell in the grid of its table: from which column on, up to which, and whether it is one with a row beside."""

    node: Element
    start: int
    end: int
    tall: bool

    def under(self, head: tuple[int, int]) -> bool:
        """Whether it stands under a heading that takes these columns."""
        return self.start < head[1] and head[0] < self.end


def _rows(table: Element) -> Iterator[Element]:
    for node in table:
        if local(node) == "tr":
            yield node
        elif local(node) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(node)


def _grid(row: Element) -> list[_Cell]:
    """The cells of a row by the columns that they take (17.4.17, 17.4.85)."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    at, cells = _number(before), list[_Cell]()
    for node in _cells(row):
        span, merged = node.find(f"{W}tcPr/{W}gridSpan"), node.find(f"{W}tcPr/{W}vMerge")
        wide = max(1, _number(span)) if span is not None else 1
        cells.append(_Cell(node, at, at + wide, merged is not None))
        at += wide
    return cells


def _cells(row: Element) -> Iterator[Element]:
    for node in row:
        if local(node) == "tc":
            yield node
        elif local(node) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(node)


def _number(node: Element | None) -> int:
    written = "" if node is None else str(node.get(f"{W}val", ""))
    return min(int(written), 100) if written.isdigit() and len(written) < 5 else 0


def _plain(words: Words) -> str:
    return " ".join(words.after.split()).casefold()


def _table(table: Element, number: int, document: word.Document, found: Found, name: str) -> None:
    """A table: one of the pack, the one with name and role, or one that somebody added."""
    read = [(row, _grid(row)) for row in _rows(table)]
    if sum(map(len, found.rows.values())) + len(read) > limits.limit("import_rows"):
        raise limits.too_much(name, f"has {len(read)} rows and more in a table", "import_rows")
    heads: dict[str, tuple[int, int]] = {}
    texts = dict[int, list[Words]]()
    for at, (row, cells) in enumerate(read, start=1):
        words = [Reader(document.styles).read(cell.node) for cell in cells]
        if not heads:
            texts[at] = words
            if {SOURCE, TEXT} <= {_plain(each) for each in words} and at <= sheet.TITLES:
                heads = {
                    _plain(each): (cell.start, cell.end) for each, cell in zip(words, cells, strict=True) if each.after
                }
            continue
        _row(row, list(zip(cells, words, strict=True)), heads, f"table {number}, row {at}", found)
    if heads:
        return
    beside = Table("", {at: [Cell(each.after) for each in words] for at, words in texts.items()})
    if any(cell.text for cell in sheet.fields([beside]).values()):
        found.beside.append(beside)
        return
    if any(docx.marked(str(mark.get(f"{W}name", ""))) for mark in table.iter(f"{W}bookmarkStart")):
        found.refused.append(
            f"table {number}: has no columns “{SOURCE}” and “{TEXT}” any more: nothing of it was taken"
        )
    else:
        whole = " ".join(each.after for words in texts.values() for each in words if each.after)
        found.refused += [f"table {number}, which is none of the pack: not taken: {short(whole)}"] if whole else []


def _row(
    row: Element, cells: list[tuple[_Cell, Words]], heads: Mapping[str, tuple[int, int]], place: str, found: Found
) -> None:
    """A row below the headings: one of the pack, or one that somebody added."""
    under = {name: [(cell, words) for cell, words in cells if cell.under(span)] for name, span in heads.items()}
    faults = dict.fromkeys(_shape(row, under))
    joined = {name: _joined([words for _, words in each]) for name, each in under.items()}
    faults |= {f"“{TEXT}” holds {fault}": None for fault in joined[TEXT].faults}
    marks = [docx.marked(str(mark.get(f"{W}name", ""))) for mark in row.iter(f"{W}bookmarkStart")]
    named = dict.fromkeys(mark for mark in marks if mark)
    comments: dict[str, str] = {}
    for name, words in joined.items():
        for comment, quote in words.quotes.items():
            about = f"{name}: " if name != TEXT else ""
            comments.setdefault(comment, f"{about}“{quote}”: " if quote else about)
    if not named and not joined[SOURCE].before:
        whole = " ".join(words.after for words in joined.values() if words.after)
        found.refused += [f"{place}: is no row of the pack: not taken: {short(whole)}"] if whole else []
        return
    found.placed |= comments.keys()
    if len(named) > 1:
        faults["holds the names of several sentences"] = None
    key, form = next(iter(named), (f"{NAMELESS}{place}", None))
    if joined.get(NUMBER, Words()).after:
        place += f" (no. {joined[NUMBER].after[:12]})"
    found.rows.setdefault(key, []).append(Row(place, joined, list(faults), comments, form))


def _shape(row: Element, under: Mapping[str, list[tuple[_Cell, Words]]]) -> Iterator[str]:
    """What people did to the cells of a row."""
    if row.find(f"{W}trPr/{W}del") is not None:
        yield "the row was struck out: say in a comment what is wrong with the sentence"
    for name in (SOURCE, TEXT):
        cells = [cell for cell, _ in under[name]]
        if not cells:
            yield f"has no cell under “{name}”"
        if len(cells) > 1:
            yield f"the cell under “{name}” was split"
        if any(cell.tall or sum(cell in [each for each, _ in other] for other in under.values()) > 1 for cell in cells):
            yield f"the cell under “{name}” was merged with another one"


def _joined(words: Sequence[Words]) -> Words:
    """What stands under one heading; nothing where a row has no cell there."""
    if len(words) == 1:
        return words[0]
    quotes = {comment: quote for each in words for comment, quote in each.quotes.items()}
    before, after = (" ".join(filter(None, texts)) for texts in ([w.before for w in words], [w.after for w in words]))
    by = tuple(dict.fromkeys(name for each in words for name in each.by))
    return Words(before, after, by, tuple(fault for each in words for fault in each.faults), quotes)
