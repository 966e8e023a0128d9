"""What a finished PDF tells a screen reader is what the message says: title, languages, sections in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from campaign.channels.layout_words import letters, said
from campaign.provenance.remainder import bare, texts_in
from campaign.typeset.elements import Element, Told


def tag_faults(told: Told, values: Mapping[str, object]) -> Iterator[str]:
    """Where the title, the languages, the headings or the lists of a PDF are not those of the values of its layout."""
    if bare(told.title) not in map(bare, texts_in({name: value for name, value in values.items() if name != "runs"})):
        yield f"the title {told.title!r} is no text of the message"
    if told.language.partition("-")[0] != str(values["lang"]):
        yield f"the language is {told.language or 'missing'}, not {values['lang']}"
    if values["lang"] != "en":
        yield from _languages(told, values)
    sections = values.get("sections")
    if isinstance(sections, Sequence):
        yield from _order(told.elements, [section for section in sections if isinstance(section, Mapping)])


def _languages(told: Told, values: Mapping[str, object]) -> Iterator[str]:
    """English texts that do not say so: a reader's voice would speak them in the language of the page."""
    language, draft = values.get("language"), values.get("draft")
    wanted = ((language, "english"), (draft, "english-line"))
    english = {str(each.get(key)) for each, key in wanted if isinstance(each, Mapping)}
    if isinstance(language, Mapping):
        english.discard(str(language.get("autonym")))
    if isinstance(draft, Mapping):  # a language without a text of its own yet falls back to the English one
        english.discard(str(draft.get("line")))
    marked = {_key(text) for text, spoken in told.texts if spoken.partition("-")[0] == "en"}
    shown = {_key(text) for text, _ in told.texts}
    for text in sorted(english):
        if _key(text) in shown and _key(text) not in marked:
            yield f"{text!r} does not say that it is English"


def _order(elements: Sequence[Element], sections: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Sections, and the lines of one, that do not follow each other as in the message, or run together."""
    places: dict[str, list[int]] = {}
    sought = [line for section in sections for line in (section["title"], *_lines(section["items"]))]
    longest = max((len(said(str(line))) for line in sought), default=0) + 9  # with its number
    for place, element in enumerate(elements):
        text = said(element.text)
        if len(text) <= longest:  # else a whole page or part of one
            places.setdefault(letters(text), []).append(place)
    last = -1
    for section in sections:
        title, items = str(section["title"]), section["items"]
        start = next((place for place in places.get(_key(title), ()) if elements[place].kind.startswith("H")), None)
        if start is None or not isinstance(items, Sequence):
            continue  # this format does not show it
        if start < last:
            yield f"{title!r} is read before what comes before it"
        at = last = start
        for number, item in enumerate(map(str, items), start=1):
            found = [*places.get(_key(item), ()), *places.get(_key(f"{item}{number}"), ())]
            later = [place for place in found if place > at]
            if later:
                at = min(later)
            elif found:
                yield f"{item[:40]!r} is read before what comes before it"
            elif _merged(elements, item):
                yield f"{item[:40]!r} is no element of its own"


def _lines(items: object) -> Sequence[object]:
    return items if isinstance(items, Sequence) else ()


def _merged(elements: Sequence[Element], item: str) -> bool:
    """Whether a text stands in an element together with others, and in no element alone."""
    wanted = said(item)
    return any(wanted in said(element.text) for element in elements if element.kind in ("P", "Span", "LBody"))


def _key(text: str) -> str:
    return letters(said(text))
