"""What a finished web page says and dials: its text as a browser would show it, and where its links lead."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = frozenset({"a", "bdi", "span", "strong"})
_DIALS = re.compile(r"(?:tel:|sms:|https://wa\.me/)([^?]*)")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "style":
            self._hidden = True
        elif tag not in _INLINE:
            self.text.append("\n")
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._hidden = False
        elif tag not in _INLINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def _read(page: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    return reader


def shown(page: bytes) -> str:
    """The text of a page, a line for each block."""
    return "".join(_read(page).text)


def dialled(page: bytes) -> tuple[str, ...]:
    """The numbers that its tel:, sms: and wa.me links lead to."""
    return tuple(match[1] for link in _read(page).links if (match := _DIALS.match(link)))
