"""What a tagged PDF tells a reader: its text layer, its title and language, its elements in the order of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.typeset import calls, layer

#: Elements within elements that are looked into; a leaflet has eight.
MAX_DEPTH = 60


class Element(NamedTuple):
    """An element of a page: its kind (H1, P, LBody …), the kinds around it, the text of it and of all that is in it,
    and the language that it says of its own. A tuple, because each of a page's hundred is made anew for every item.
    """

    page: int
    kind: str
    around: tuple[str, ...]
    text: str
    language: str = ""


#: In the place of an element while those in it are read.
_BEGUN = Element(0, "", (), "")


@dataclass(frozen=True, slots=True)
class Told:
    """A PDF as readers get it: `texts` are the (text, language) of its text objects that belong to an element,
    the language where a text says one of its own; `pages` is the text layer of each page, `alternatives` are the
    (page, text) of the alternative and actual texts of elements (ISO 32000-1, 14.9.3 and 14.9.4).
    """

    title: str
    language: str
    elements: tuple[Element, ...]
    texts: tuple[tuple[str, str], ...]
    pages: tuple[str, ...] = ()
    alternatives: tuple[tuple[int, str], ...] = ()


def told(document: pypdfium2.PdfDocument, pages: Iterable[pypdfium2.PdfPage]) -> Told:
    """What an opened PDF and its pages tell a reader; each page is read once."""
    read: list[str] = []
    elements: list[Element] = []
    texts: list[tuple[str, str]] = []
    alternatives: list[tuple[int, str]] = []
    for number, page in enumerate(pages, start=1):
        characters = page.get_textpage()
        read.append(layer.text_of(characters))
        tree = _Tree(number, _contents(page, characters, texts), elements, alternatives)
        with calls.structure(page) as tops:
            for top in tops:
                tree.add(top, ())
    title = str(document.get_metadata_value("Title"))
    return Told(title, calls.language(document), tuple(elements), tuple(texts), tuple(read), tuple(alternatives))


def _contents(
    page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, texts: list[tuple[str, str]]
) -> Mapping[int, str]:
    """The text of each marked content of a page; `texts` gets each text and the language that it says."""
    contents = defaultdict[int, str](str)
    # What belongs to no element is decoration.
    own = [one for one in calls.objects(page) if calls.kind(one) == pdfium.FPDF_PAGEOBJ_TEXT]
    listed = [(one, content) for one in own if (content := calls.content(one)) >= 0]
    shown = calls.object_texts([one for one, _ in listed], characters)
    languages = calls.languages([one for one, _ in listed])
    for (_, content), text, language in zip(listed, shown, languages, strict=True):
        contents[content] += text
        texts.append((text, language))
    return contents


class _Tree:
    """Reads the structure tree of a page into the lists of all pages."""

    def __init__(
        self,
        page: int,
        contents: Mapping[int, str],
        elements: list[Element],
        alternatives: list[tuple[int, str]],
    ) -> None:
        self._page, self._contents = page, contents
        self._elements, self._alternatives = elements, alternatives
        self._text = calls.Texts().text

    def add(self, element: int, around: tuple[str, ...]) -> str:
        """Add an element and those in it, in the order of reading; its text."""
        kind = self._text(calls.element_kind, element)
        place, parts = len(self._elements), list[str]()
        self._elements.append(_BEGUN)
        for get in (calls.alternative_text, calls.actual_text):
            if said := self._text(get, element):
                self._alternatives.append((self._page, said))
        for index in range(calls.count_kids(element)):
            content = calls.kid_content(element, index)
            child = calls.kid(element, index) if content < 0 else None
            if content >= 0:
                parts.append(self._contents.get(content, ""))
            elif child and len(around) < MAX_DEPTH:
                parts.append(self.add(child, (*around, kind)))
        text = " ".join(parts)
        spoken = self._text(calls.element_language, element)
        self._elements[place] = Element(self._page, kind, around, text, spoken)
        return text
