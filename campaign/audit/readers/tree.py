"""The tree of a page, built from a stream, so that deep nesting and size are refused before they cost anything."""

from __future__ import annotations

from xml.etree import ElementTree

from campaign.audit.document import UnreadableError

#: More elements than this inside each other are refused (browsers stop at 512), and more than this in all.
DEEPEST, MOST_ELEMENTS = 4096, 600_000
#: How far up an end tag looks for its start.
_REACH = 64


class _Builder:
    """The target that lxml's parser calls, event by event."""

    def __init__(self) -> None:
        self.tree = ElementTree.TreeBuilder()
        self.tree.start("document", {})
        self.open: list[str] = []
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        if len(self.open) >= DEEPEST:
            raise UnreadableError(f"nests more than {DEEPEST} elements in each other")
        if self.count > MOST_ELEMENTS:
            raise UnreadableError(f"has more than the {MOST_ELEMENTS} elements that are read")
        self.tree.start(tag, dict(attributes))
        self.open.append(tag)

    def end(self, tag: str) -> None:
        """An element ends, and with it what was left open in it."""
        if tag in self.open[-_REACH:]:
            while self.open:
                name = self.open.pop()
                self.tree.end(name)
                if name == tag:
                    break

    def data(self, text: str) -> None:
        """A stretch of text."""
        self.tree.data(text)

    def comment(self, text: str) -> None:
        """A comment: nobody sees it."""

    def close(self) -> ElementTree.Element:
        """The element that holds the whole page."""
        while self.open:
            self.tree.end(self.open.pop())
        self.tree.end("document")
        return self.tree.close()


def page_tree(data: bytes) -> ElementTree.Element:
    """The elements of a page under one that stands for the document.

    Raises:
        UnreadableError: no HTML, or nested too deep.
    """
    from lxml import etree

    encoding = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass  # the page's own declaration decides
    parser = etree.HTMLParser(target=_Builder(), encoding=encoding, no_network=True)
    try:
        for start in range(0, len(data), 1 << 16):
            parser.feed(data[start : start + (1 << 16)])
        root: ElementTree.Element = parser.close()
    except etree.LxmlError as error:
        raise UnreadableError(f"is no HTML that can be read ({error})") from error
    return root
