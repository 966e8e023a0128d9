"""HTML: the visible text, read as a stream, so that deep nesting and size cost no more than their bytes."""

from __future__ import annotations

from campaign.audit.document import Document, UnreadableError
from campaign.bidi import LRI, PDI

_HIDDEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "math"})
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_RLI = "\u2067"
#: More elements than this inside each other are refused (browsers stop at 512).
_DEEPEST = 4096


class _Collector:
    """The target that lxml's parser calls, event by event; nothing of the tree is kept."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self.hidden = 0
        self.open: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self.language and tag in ("html", "body") and attributes.get("lang"):
            self.language = attributes["lang"]
        if tag in _HIDDEN:
            self.hidden += 1
        if tag not in _INLINE:
            self.pieces.append("\n")
        if tag in ("a", "area") and attributes.get("href"):
            self.links.append(attributes["href"].strip())
        for name in ("alt", "aria-label", "placeholder"):
            if attributes.get(name) and not self.hidden:
                self.pieces.append(f"\n{attributes[name]}\n")
        if tag in _VOID:
            return
        # Inline elements with a direction of their own are isolates (HTML Standard, 15.3.6).
        direction = attributes.get("dir", "").lower()
        closing = PDI if tag in _INLINE and (direction in ("ltr", "rtl") or tag == "bdi") else ""
        if closing:
            self.pieces.append(_RLI if direction == "rtl" else LRI)
        self.open.append((tag, closing))
        if len(self.open) > _DEEPEST:
            raise UnreadableError(f"nests more than {_DEEPEST} elements in each other")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _HIDDEN and self.hidden:
            self.hidden -= 1
        if any(name == tag for name, _ in self.open[-64:]):
            while self.open:
                name, closing = self.open.pop()
                self.pieces.append(closing)
                if name == tag:
                    break
        if tag not in _INLINE:
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        """A stretch of text."""
        if not self.hidden:
            self.pieces.append(text)

    def comment(self, text: str) -> None:
        """A comment: nobody sees it."""

    def close(self) -> str:
        """The collected text."""
        return "".join(self.pieces)


def read_html(data: bytes) -> Document:
    """A web page or a part of one; scripts, styles and the head are left out, the targets of links are kept.

    Raises:
        UnreadableError: what no browser would show either.
    """
    from lxml import etree

    collector = _Collector()
    encoding = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass  # the page's own declaration decides
    parser = etree.HTMLParser(target=collector, encoding=encoding, no_network=True)
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
        text = str(parser.close())
    except etree.LxmlError as error:
        raise UnreadableError(f"is no HTML that can be read ({error})") from error
    lines = (" ".join(line.split(" ")) for line in text.splitlines())
    clean = "\n".join(line for line in lines if line.strip())
    return Document(clean, clean, tuple(dict.fromkeys(collector.links)), collector.language)
