"""The words of a cell of a Word document before and after its tracked changes, who changed them, and what is no text.

Standard: ECMA-376, part 1: 17.13.5 (revisions), 17.13.4 (comments), 17.16 (fields). Both namespaces of the standard are
read; the strict one is written as the other before (`word.parsed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_IN, _OUT = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_OFF = ("0", "false", "off", "none")
#: Properties of a run that take its words off the page, and how a person calls such words.
_UNSEEN = {"vanish": "hidden text", "strike": "words struck through by hand", "dstrike": "words struck through by hand"}
#: What may stand in a run or a paragraph and is no text, by the local name of its element.
_THINGS = {
    "drawing": "a picture or a drawing", "pict": "a picture or a drawing", "object": "an embedded file",
    "oMath": "a formula", "footnoteReference": "a footnote", "endnoteReference": "an endnote",
    "altChunk": "an embedded file",
    "sym": "a sign of a symbol font", "ruby": "ruby letters",
}  # fmt: skip
#: What programs write where nobody gave them a name.
_UNKNOWN = frozenset(
    (
        "author", "autor", "verfasser", "auteur", "autore", "συντάκτης", "user", "windows user",
        "microsoft office user", "unknown author", "unbekannter autor", "auteur inconnu", "autore sconosciuto",
        "onbekende auteur", "άγνωστος συντάκτης",
    )
)  # fmt: skip
#: How deep elements may lie in one another.
_DEEPEST = 40


@dataclass(slots=True)
class Words:
    """What stands in a cell.

    before, after  the text with all tracked changes undone, and with all of them accepted
    by             who changed something, by date, the last one last
    faults         why the text cannot be taken
    quotes         by comment: the words that it is about, empty where it is about all or where nobody knows
    """

    before: str = ""
    after: str = ""
    by: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether tracked changes make another text of it."""
        return self.before != self.after


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def switched(properties: Element | None, name: str) -> bool | None:
    """What a property that is on or off says (17.17.4), None where it is not there."""
    node = properties.find(f"{W}{name}") if properties is not None else None
    return None if node is None else str(node.get(f"{W}val", "1")).lower() not in _OFF


def author(element: Element) -> str:
    """Who made a change or a comment; empty where their program did not know them."""
    name = " ".join(str(element.get(f"{W}author", "")).split())
    return "" if name.casefold() in _UNKNOWN else name


class Styles:
    """Which styles take the words of a run off the page."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._known: dict[str, bool] = {}
        for style in () if root is None else root.iter(f"{W}style"):
            self._styles[str(style.get(f"{W}styleId", ""))] = style

    def unseen(self, run: Element, paragraph: Element) -> str:
        """How a person calls the words of a run that are not on the page; empty for ordinary ones."""
        own = run.find(f"{W}rPr")
        styles = (_value(own, "rStyle"), _value(paragraph.find(f"{W}pPr"), "pStyle"))
        mentioned = own is not None and any(local(node) in _UNSEEN for node in own)
        if not mentioned and not any(map(self._hide, styles)):
            return ""
        chains = [own, *(each for style in styles for each in self._chain(style))]
        for name, words in _UNSEEN.items():
            if next((said for each in chains if (said := switched(each, name)) is not None), False):
                return words
        return ""

    def _hide(self, name: str) -> bool:
        """Whether a style, or one that it is based on, says anything of that."""
        if name not in self._known:
            self._known[name] = any(switched(each, what) is not None for each in self._chain(name) for what in _UNSEEN)
        return self._known[name]

    def _chain(self, name: str) -> Iterator[Element | None]:
        for _ in range(24):
            style = self._styles.get(name)
            if style is None:
                return
            yield style.find(f"{W}rPr")
            name = _value(style, "basedOn")


def _value(parent: Element | None, name: str) -> str:
    node = parent.find(f"{W}{name}") if parent is not None else None
    return "" if node is None else str(node.get(f"{W}val", ""))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece stands: whether the text before and the one after hold it."""

    old: bool = True
    new: bool = True


class Reader:
    """Reads the words of one cell, or of one paragraph beside the tables."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._pieces: list[tuple[str, _Place]] = []
        self._by: dict[str, str] = {}
        self._faults: dict[str, None] = {}
        self._open: dict[str, int] = {}
        self._spans: dict[str, tuple[int, int]] = {}
        self._fields: list[list[str]] = []  # of the fields that are open: "code" or "result", and the code so far

    def read(self, cell: Element) -> Words:
        """The words of a cell, or of whatever holds paragraphs."""
        self._block(cell, 0)
        return self._words()

    def read_paragraph(self, paragraph: Element) -> Words:
        """The words of a paragraph."""
        self._paragraph(paragraph)
        return self._words()

    def _words(self) -> Words:
        before, after = (self._text(new=new).strip() for new in (False, True))
        by = tuple(sorted(self._by, key=lambda name: self._by[name]))
        return Words(before, after, by, tuple(self._faults), {id_: self._quote(id_) for id_ in self._seen()})

    def _seen(self) -> list[str]:
        return [*dict.fromkeys([*self._spans, *self._open])]

    def _quote(self, comment: str) -> str:
        start, end = self._spans.get(comment, (self._open.get(comment, 0), len(self._pieces)))
        words = "".join(text for text, place in self._pieces[start:end] if place.new).strip()
        words = words or "".join(text for text, place in self._pieces[start:end] if place.old).strip()
        return "" if words in (self._text(new=True).strip(), self._text(new=False).strip()) else words

    def _text(self, *, new: bool) -> str:
        return "".join(text for text, place in self._pieces if (place.new if new else place.old))

    def _block(self, parent: Element, depth: int) -> None:
        """Paragraphs, and what holds paragraphs."""
        for node in parent if depth < _DEEPEST else ():
            name = local(node)
            if name == "p":
                self._paragraph(node)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "del", "moveFrom"):
                self._block(node, depth + 1)
            elif name == "tbl":
                self._faults["a table inside a cell"] = None
            else:
                self._mark(node, name)

    def _paragraph(self, paragraph: Element) -> None:
        if self._pieces:
            self._pieces.append(("\n", self._ended))
        self._inline(paragraph, paragraph, _Place(), 0)
        end = paragraph.find(f"{W}pPr/{W}rPr")
        for node in () if end is None else end:
            self._author(node)
        self._ended = _Place(
            old=end is None or not any(end.find(tag) is not None for tag in _IN),
            new=end is None or not any(end.find(tag) is not None for tag in _OUT),
        )

    _ended = _Place()

    def _inline(self, parent: Element, paragraph: Element, place: _Place, depth: int) -> None:
        for node in parent if depth < _DEEPEST else ():
            name = local(node)
            if name == "r":
                self._run(node, paragraph, place)
            elif node.tag in _IN or node.tag in _OUT:
                self._author(node)
                inner = _Place(place.old and node.tag not in _IN, place.new and node.tag not in _OUT)
                self._inline(node, paragraph, inner, depth + 1)
            elif name == "fldSimple":
                self._field(str(node.get(f"{W}instr", "")))
                self._inline(node, paragraph, place, depth + 1)
            elif name in ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir"):
                self._inline(node, paragraph, place, depth + 1)
            else:
                self._mark(node, name)

    def _mark(self, node: Element, name: str) -> None:
        """What is no run: where a comment begins and ends, or a thing that is no text."""
        comment = str(node.get(f"{W}id", ""))
        if name == "commentRangeStart":
            self._open.setdefault(comment, len(self._pieces))
        elif name == "commentRangeEnd":
            self._spans[comment] = (self._open.get(comment, 0), len(self._pieces))
        elif name in _THINGS:
            self._faults[_THINGS[name]] = None

    def _run(self, run: Element, paragraph: Element, place: _Place) -> None:
        text = "".join(self._signs(run, place))
        unseen = self._styles.unseen(run, paragraph) if text.strip() else ""
        if unseen and place.new:
            self._faults[unseen] = None
        if text and not unseen:
            self._pieces.append((text, place))

    def _signs(self, run: Element, place: _Place) -> Iterator[str]:
        for node in run:
            name = local(node)
            if name == "fldChar":
                self._turn(str(node.get(f"{W}fldCharType", "")))
            elif name in ("instrText", "delInstrText"):
                if self._fields:
                    self._fields[-1][1] += node.text or ""
            elif any(state == "code" for state, _ in self._fields):
                continue
            elif name in ("t", "delText"):
                yield (node.text or "").replace("\n", " ")
            elif name == "commentReference":
                self._open.setdefault(str(node.get(f"{W}id", "")), len(self._pieces))
            elif name in _THINGS or name == "AlternateContent":
                if place.new:
                    self._faults["a text box" if _box(node) else _THINGS.get(name, _THINGS["drawing"])] = None
            else:
                yield _SIGNS.get(node.tag, "")

    def _turn(self, kind: str) -> None:
        """A field begins, its result begins, or it ends (17.16.18)."""
        if kind == "begin":
            self._fields.append(["code", ""])
        elif self._fields and kind == "separate":
            self._fields[-1][0] = "result"
            self._field(self._fields[-1][1])
        elif self._fields and kind == "end":
            state, code = self._fields.pop()
            if state == "code":
                self._field(code)

    def _field(self, code: str) -> None:
        """A link is text; what a program fills in is none: it is another text on another day."""
        word = code.split()[0].upper() if code.split() else "unknown"
        if word != "HYPERLINK":
            self._faults[f"a field that a program fills in ({word[:20]})"] = None

    def _author(self, change: Element) -> None:
        if change.tag in _IN or change.tag in _OUT:
            name, day = author(change), str(change.get(f"{W}date", ""))
            self._by[name] = max(day, self._by.get(name, ""))


def _box(node: Element) -> bool:
    return any(local(inner) == "txbxContent" for inner in node.iter())
