"""Placeholders as inline codes, which programs for translators protect: out into XML, and back into a text.

`%(phone)s` and `%%` are one code each. What comes back may hold codes by their content or only by their number, and
marks that say something about words (`mrk`), which are left out. Markup that the source does not have is refused by
name: no text of a campaign can hold it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from campaign.catalogue.exchange.safe_xml import words
from campaign.model.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Elements that say something about the words in them or after them, and are no part of a text.
_SILENT = frozenset({"mrk", "sm", "em", "hi"})
#: Elements that stand for one piece of native code.
_CODES = frozenset({"ph", "x"})
#: Where a code says what it stands for when it has no content, the best first.
_MEANT = ("equiv-text", "equiv", "disp")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text as (words, code behind them); the last code is empty."""
    at = 0
    for found in PLACEHOLDER.finditer(text):
        yield text[at : found.start()], found[0]
        at = found.end()
    yield text[at:], ""


def fill(element: Element, text: str, source: str, code: Callable[[Element, str, int], None]) -> None:
    """Put a text into an empty element; `code` makes the element of a code inside it.

    A code has the number (from 1) that it has in the source, whatever the order of the text: by it programs tell which
    is which.
    """
    free: dict[str, list[int]] = defaultdict(list)
    for number, placeholder in enumerate(filter(None, (code for _, code in pieces(source))), start=1):
        free[placeholder].append(number)
    last, more = None, sum(map(len, free.values()))
    for said, placeholder in pieces(text):
        if last is None:
            element.text = said
        else:
            last.tail = said
        if placeholder:
            more += not free[placeholder]
            code(element, placeholder, free[placeholder].pop(0) if free[placeholder] else more)
            last = element[-1]


def codes(element: Element | None, data: Mapping[str, str]) -> dict[str, str]:
    """What each code of a source stands for, by its number. `data` are the native codes that stand elsewhere (2.x)."""
    found: dict[str, str] = {}
    for code in element.iter(*_CODES) if element is not None else ():
        found.setdefault(_number(code), _content(code, data))
    return found


def text(element: Element, known: Mapping[str, str], data: Mapping[str, str]) -> str:
    """The text of an element; `known` are the codes of its source (`codes`).

    Raises:
        ValueError: markup that no text can hold, a code that its source does not have.
    """
    said = [element.text or ""]
    for part in element:
        if part.tag in _SILENT:
            said.append(text(part, known, data))
        elif part.tag in _CODES:
            code = _content(part, data) or known.get(_number(part), "")
            if not code or not (PLACEHOLDER.fullmatch(code) or code in known.values()):
                raise ValueError(f"holds the inline code {code or _number(part)!r:.60}, which its source does not have")
            said.append(code)
        else:
            raise ValueError(f"holds markup of another program (<{part.tag}>): only words and placeholders are taken")
        said.append(part.tail or "")
    return "".join(said)


def _number(code: Element) -> str:
    return str(code.get("id") or code.get("x") or "")


def _content(code: Element, data: Mapping[str, str]) -> str:
    meant = (str(code.get(name)) for name in _MEANT if code.get(name))
    return words(code) or data.get(str(code.get("dataRef", "")), "") or next(meant, "")
