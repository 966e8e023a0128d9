"""What a finished web page says that none of its values says: its text, its attributes, its elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from campaign.provenance.remainder import remainder


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: Elements that hold text or shape it. Others run, fetch, draw or ask, and could say what no sentence says.
_ELEMENTS = _set(
    "html head meta title link style body header nav main section article aside footer div p span a strong em b i "
    "small bdi bdo h1 h2 h3 h4 h5 h6 ul ol li dl dt dd img figure figcaption br hr wbr table caption thead tbody tr th "
    "td details summary abbr time audio"
)
#: Elements within a line: the text before and after them is one text.
_INLINE = _set("a span strong em b i small bdi bdo abbr time wbr")
#: Attributes that say nothing to a reader: how it looks, what it belongs to. All others are texts.
_SILENT = _set(
    "lang dir class id rel hreflang charset http-equiv name role type media width height colspan rowspan scope "
    "tabindex loading aria-labelledby aria-describedby aria-hidden datetime open controls preload"
)
_SILENT_META = frozenset({"viewport", "referrer", "format-detection", "color-scheme", "robots", "theme-color"})
_SCHEME = re.compile(r"^(?:tel|sms|mailto):", re.IGNORECASE)


def page_words(page: str, allowed: Iterable[str], script: str = "") -> Iterator[str]:
    """Every readable stretch that none of the allowed texts holds, and every element that may not be in a page.

    `script` is the one that may run in it.
    """
    reader = _Reader(tuple(dict.fromkeys(allowed)), script)
    reader.feed(page)
    reader.close()
    reader.end_of_text()
    yield from dict.fromkeys(reader.found)


class _Reader(HTMLParser):
    def __init__(self, allowed: tuple[str, ...], script: str) -> None:
        super().__init__(convert_charrefs=True)
        self._allowed, self._text, self._styles, self._in_style = allowed, list[str](), 0, False
        self._script, self._in_script = script, False
        self.found: list[str] = []

    def end_of_text(self) -> None:
        """Judge the text since the last element that is not within a line."""
        self.found += remainder("".join(self._text), self._allowed)
        self._text.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an element and the texts in its attributes."""
        self._in_script = tag == "script" and bool(self._script) and not attrs
        if tag not in _ELEMENTS and not self._in_script:
            self.found.append(f"<{tag}>")
        if tag not in _INLINE:
            self.end_of_text()
        if tag == "style":
            self._in_style, self._styles = True, self._styles + 1
            if self._styles > 1:
                self.found.append("a second <style>")
        values = {name: value or "" for name, value in attrs}
        if "autoplay" in values:
            self.found.append("autoplay")  # it would be heard by whoever stands beside the reader
        if tag == "meta" and (values.get("http-equiv") or values.get("name") in _SILENT_META):
            return
        for name, value in values.items():
            if name not in _SILENT and not (name == "href" and value.startswith("#")):
                self.found += (f'{name}="{text}"' for text in remainder(_SCHEME.sub("", value), self._allowed))

    def handle_endtag(self, tag: str) -> None:
        """A text ends with its element."""
        if tag == "style":
            self._in_style = False
        self._in_script = False
        if tag not in _INLINE:
            self.end_of_text()

    def handle_data(self, data: str) -> None:
        """Text of the page; a style is judged by itself (`style`), a script is the program's own or a stranger."""
        if self._in_script and data != self._script:
            self.found.append("<script>")
        elif not self._in_style and not self._in_script:
            self._text.append(data)
