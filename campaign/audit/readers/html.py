"""HTML: what a reader of the page sees, by the elements, the attributes and the style sheets inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree import ElementTree

import cssselect2

from campaign.audit.document import MOST_CHARACTERS, Document, UnreadableError
from campaign.audit.readers import lines
from campaign.audit.readers.look import DEFINITIONS, Look, of_element
from campaign.audit.readers.styles import Style, Styles, generated
from campaign.audit.readers.tree import page_tree
from campaign.bidi import strip_controls

_SPACE = re.compile(r"[ \t\r\n\f]+")
#: Kinds of input whose value no reader sees as text.
_SILENT = frozenset({"hidden", "password", "checkbox", "radio", "file", "range", "color", "image"})
_SCRIPTED = re.compile(r"""["'](?P<link>(?:tel|sms|mailto|whatsapp|viber|https?):[^"']{1,2000})["']""", re.IGNORECASE)
_SOURCES = ("onclick", "onmousedown", "ontouchstart", "onpointerdown")


@dataclass(slots=True)
class _Frame:
    """An element that is being read: its look, what is gathered in it, and the children still to come."""

    element: cssselect2.ElementWrapper
    look: Look
    children: Iterator[cssselect2.ElementWrapper]
    parent: _Frame | None = None
    pieces: list[str] = field(default_factory=list)
    items: list[lines.Item] = field(default_factory=list)
    after: str = ""


class _Page:
    """One page, read element by element without recursion."""

    def __init__(self, root: ElementTree.Element) -> None:
        sheets = ("".join(e.itertext()) for e in root.iter("style") if _SCREENED.fullmatch(e.get("media", "")))
        self.styles = Styles(sheets)
        self.links: list[str] = []
        self.anchors: list[tuple[str, str]] = []
        self.language = ""
        self.base = next((e.get("href", "") for e in root.iter("base") if e.get("href")), "")
        self.count = 0
        used = (e.get("href") or e.get("xlink:href") or "" for e in root.iter("use"))
        self.used = frozenset(link[1:] for link in used if link.startswith("#"))
        top = cssselect2.ElementWrapper.from_html_root(root)
        self.text = self._read(_Frame(top, Look(), _children(top)))

    def opened(self, link: str) -> str:
        """Where a link leads: one without a host belongs to the page's `base`, where it names one."""
        if not self.base.lower().startswith(("http:", "https:")) or link.startswith("#"):
            return link
        try:
            return urljoin(self.base, link)
        except ValueError:
            return link

    def _read(self, frame: _Frame) -> str:
        while True:
            child = next(frame.children, None)
            if child is not None:
                self._tail(frame, child)
                if entered := self._enter(frame, child):
                    frame = entered
                continue
            text = self._left(frame)
            if frame.parent is None:
                return text
            frame = frame.parent

    def _enter(self, frame: _Frame, child: cssselect2.ElementWrapper) -> _Frame | None:
        """The frame of a child, None when there is nothing in it to see."""
        element = child.etree_element
        tag, attributes = str(element.tag), element.attrib
        if tag in ("html", "body") and attributes.get("lang") and not self.language:
            self.language = attributes["lang"]
        if tag == "br":
            frame.pieces.append(lines.line_end(frame.look.side))
            return None
        styles = self.styles.of(child, attributes.get("style", ""))
        look = of_element(tag, attributes, styles[""], frame.look)
        if tag in DEFINITIONS or (frame.look.gone and attributes.get("id") in self.used):
            look = _defined(look, attributes.get("id", "") in self.used)
        if look.gone and not (self.used and tag in (*DEFINITIONS, "g", "text")):
            return None
        entered = _Frame(child, look, _children(child), frame)
        if not look.shown:
            return entered
        entered.after = _said(styles.get("after"), attributes, look)
        entered.pieces.append(_said(styles.get("before"), attributes, look))
        if attributes:
            self.links += _targets(tag, attributes)
            entered.pieces += _values(tag, attributes, look)
        if element.text:
            self._add(entered, element.text)
        return entered

    def _add(self, frame: _Frame, text: str) -> None:
        text = _collapsed(text, frame.look)
        frame.pieces.append(text)
        self.count += len(text)
        if self.count > MOST_CHARACTERS:
            raise UnreadableError(f"has more than the {MOST_CHARACTERS} characters that are read")

    def _tail(self, frame: _Frame, child: cssselect2.ElementWrapper) -> None:
        """The text between the last child and this one stands before this one."""
        before = child.previous
        if before is not None and before.etree_element.tail and frame.look.shown:
            self._add(frame, before.etree_element.tail)

    def _left(self, frame: _Frame) -> str:
        """Leave an element: its text goes to its parent."""
        element, look, parent = frame.element.etree_element, frame.look, frame.parent
        if len(element) and element[-1].tail and look.shown:
            self._add(frame, element[-1].tail)
        frame.pieces.append(frame.after)
        text = "".join(frame.pieces)
        if frame.items:
            items = [*frame.items, lines.Item(0, look.direction, text)] if text.strip() else frame.items
            text = _row(items, look)
        if parent is None:
            return text
        if element.tag == "a" and (shown := lines.laid_out(text)):
            self.anchors += [(link, strip_controls(shown)) for link in _targets("a", element.attrib)]
        direction = look.direction
        if direction == "auto" and look.flow != "block":
            direction = lines.first_strong(text) or "ltr"
        if parent.look.row and text.strip():
            parent.items.append(lines.Item(look.order, direction, text))
        elif look.flow == "block":
            parent.pieces.append(f"{lines.line_end(direction)}{text}{lines.line_end(parent.look.side)}")
        else:
            bidi = "isolate" if look.flow == "atom" and look.bidi in ("normal", "embed") else look.bidi
            opened = lines.opening(bidi, direction) if text.strip() else ""
            parent.pieces.append(f"{opened}{text}{lines.closing(opened)}")
        return text


_SCREENED = re.compile(r"\s*(?:all|screen)?\s*", re.IGNORECASE)


def _children(element: cssselect2.ElementWrapper) -> Iterator[cssselect2.ElementWrapper]:
    previous = None
    for index, child in enumerate(element.etree_element):
        previous = cssselect2.ElementWrapper(
            child, parent=element, index=index, previous=previous, in_html_document=True
        )
        yield previous


def _defined(look: Look, used: bool) -> Look:
    """What SVG defines is drawn where it is used."""
    return Look(gone=not used, direction=look.direction, side=look.direction)


def _row(items: list[lines.Item], look: Look) -> str:
    if look.row == "column-reverse":
        items = sorted(items, key=lambda item: item.order)[::-1]
        return "".join(lines.line_end(item.direction) + item.text for item in items) + lines.line_end(look.direction)
    return lines.in_a_row(items, look.direction, turned=look.row == "row-reverse")


def _collapsed(text: str, look: Look) -> str:
    text = lines.clean(text)
    return text.replace("\n", lines.line_end(look.side)) if look.kept_spaces else _SPACE.sub(" ", text)


def _said(style: Style | None, attributes: dict[str, str], look: Look) -> str:
    """What a style sheet writes before or after an element."""
    if not style or "content" not in style:
        return ""
    own = of_element("span", {}, style, look)
    return lines.clean(generated(style["content"], attributes)) if own.shown else ""


def _values(tag: str, attributes: dict[str, str], look: Look) -> Iterator[str]:
    """What attributes show: the value of a field, or what stands in it while it is empty; the words for a picture."""
    end = lines.line_end(look.side)
    value = attributes.get("value", "") if tag == "input" else ""
    if tag == "input" and attributes.get("type", "text").lower() in _SILENT:
        value = ""
    elif value or (tag in ("input", "textarea") and attributes.get("placeholder")):
        yield lines.clean(value or attributes["placeholder"])
    for name in ("alt", "aria-label"):
        if attributes.get(name) and attributes[name] != value:
            yield f"{end}{lines.clean(_SPACE.sub(' ', attributes[name]))}{end}"


def _targets(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Where a tap on an element leads: its link, the form that it sends, what its script opens."""
    for name in ("href", "xlink:href") if tag in ("a", "area") else ("action",) if tag == "form" else ("formaction",):
        if attributes.get(name):
            link = attributes[name].strip()
            yield link
            if link.lower().startswith("javascript:"):
                yield from (match["link"] for match in _SCRIPTED.finditer(link))
    for name in _SOURCES:
        if attributes.get(name):
            yield from (match["link"] for match in _SCRIPTED.finditer(attributes[name]))


def read_html(data: bytes) -> Document:
    """A web page or a part of one, as a browser shows it with the style sheets that it holds itself.

    Scripts are not run, other files are not fetched.

    Raises:
        UnreadableError: what no browser would show either, or what is made to do harm.
    """
    page = _Page(page_tree(data))
    text = lines.laid_out(page.text)
    return Document(
        text,
        strip_controls(text),
        tuple(dict.fromkeys(page.opened(link) for link in page.links)),
        page.language,
        anchors=tuple(dict.fromkeys((page.opened(link), shown) for link, shown in page.anchors)),
    )
