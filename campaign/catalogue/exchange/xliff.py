"""XLIFF 1.2 out and in: the catalogue for programs that translators work with (OmegaT, memoQ, Trados, Virtaal).

Specification: OASIS XLIFF 1.2, and its representation guide for gettext PO, which xliff2po and Weblate read: plural
forms are a group of `x-gettext-plurals`, the first with the singular, all others with the plural.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange import inline, safe_xml, segments
from campaign.catalogue.exchange.safe_xml import words
from campaign.catalogue.exchange.segments import Segment, Sentence
from campaign.model.unit import unit_key

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

#: What kind of group the plural forms of a sentence are.
PLURALS = "x-gettext-plurals"

#: How 1.2 calls the states (table of the attribute `state`); `new` goes without a target.
STATES = {
    "new": "new",
    "needs-review": "needs-review-translation",
    "translated": "translated",
    "final": "final",
}
#: The states of a text that is as it should be; every other one, programs' own too, asks for a look.
DONE = frozenset({"translated", "final", "signed-off"})


def write(sentences: Sequence[Sentence], source: str, locale: str, pack: str) -> bytes:
    """A file of these sentences; `source` and `locale` are the tags of its languages."""
    from lxml import etree

    root = etree.Element("xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    about = {"original": segments.original(pack), "datatype": "po"}
    file = etree.SubElement(root, "file", {**about, "source-language": source, "target-language": locale})
    body = etree.SubElement(file, "body")
    for sentence in sentences:
        _sentence(body, sentence)
    return safe_xml.written(root)


def _sentence(body: Element, sentence: Sentence) -> None:
    from lxml import etree

    unit = sentence.row.unit
    if not unit.plural:
        made = _unit(body, sentence, unit.key, unit.source, sentence.forms[0])
        _about(made, sentence, "")
        return
    group = etree.SubElement(body, "group", {"id": unit.key, "restype": PLURALS})
    categories = languages.get(unit.locale).categories
    for number, (category, form) in enumerate(zip(categories, sentence.forms, strict=True)):
        made = _unit(group, sentence, f"{unit.key}[{number}]", unit.plural if number else unit.source, form)
        _about(made, sentence, category)
    if len(categories) == 1:  # the plural of the source goes with it, though nobody translates it
        made = _unit(group, sentence, f"{unit.key}[1]", unit.plural, "")
        made.set("translate", "no")


def _unit(parent: Element, sentence: Sentence, name: str, source: str, form: str) -> Element:
    from lxml import etree

    final = "yes" if sentence.state == "final" else "no"
    made = etree.SubElement(parent, "trans-unit", {"id": name, safe_xml.SPACE: "preserve", "approved": final})
    inline.fill(etree.SubElement(made, "source"), source, source, _code)
    if form:
        target = etree.SubElement(made, "target", {"state": STATES[sentence.state]})
        inline.fill(target, form, source, _code)
    return made


def _code(element: Element, placeholder: str, number: int) -> None:
    from lxml import etree

    etree.SubElement(element, "ph", {"id": str(number), "ctype": "x-python-format"}).text = placeholder


def _about(made: Element, sentence: Sentence, category: str) -> None:
    """Where the sentence stands, its context, and its notes."""
    from lxml import etree

    unit = sentence.row.unit
    for place in unit.where.split():
        path, _, number = place.rpartition(":")
        places = {"sourcefile": path, "linenumber": number} if path and number.isdigit() else {"sourcefile": place}
        _group(made, "po-reference", "location", places)
    if unit.context:
        _group(made, "po-entry", "information", {"x-po-msgctxt": unit.context})
    shown = [("developer", unit.notes), ("form", category), *sentence.said]
    for whose, text in shown:
        if text:
            etree.SubElement(made, "note", {"from": whose}).text = text


def _group(made: Element, name: str, purpose: str, contexts: dict[str, str]) -> None:
    from lxml import etree

    group = etree.SubElement(made, "context-group", {"name": name, "purpose": purpose})
    for kind, text in contexts.items():
        etree.SubElement(group, "context", {"context-type": kind}).text = text


def files(root: Element) -> Iterator[tuple[str, str, str]]:
    """What each file of an XLIFF file says: what it was made from, its source language, its target language."""
    for file in root.iterchildren("file"):
        asked = ("original", "source-language", "target-language")
        original, source, target = (str(file.get(name, "")) for name in asked)
        yield original, source, target


def read(root: Element) -> Iterator[Segment]:
    """The texts of a parsed file, plural form by plural form."""
    for made in root.iter("trans-unit", "group"):
        if made.tag == "group":
            forms = [*made.iterchildren("trans-unit")] if made.get("restype") == PLURALS else []
            yield from _plural([_segment(form) for form in forms])
        elif not (made.getparent().get("restype") == PLURALS or made.get("restype") == "x-gettext-domain-header"):
            yield _segment(made)


def _plural(forms: Sequence[Segment]) -> Iterator[Segment]:
    """The forms of a sentence; of a file whose program gave ids of its own, their sources say which sentence it is."""
    if all(segments.is_id(form.id) for form in forms):
        yield from forms
        return
    key = unit_key(forms[0].context, forms[0].source, forms[1].source if len(forms) > 1 else "")
    yield from (replace(form, id=f"{key}[{number}]") for number, form in enumerate(forms))


def _segment(made: Element) -> Segment:
    source, target = made.find("source"), made.find("target")
    codes, fault, shown, said = inline.codes(source, {}), "", words(source), ""
    try:
        shown = inline.text(source, codes, {}) if source is not None else ""
        said = inline.text(target, codes, {}) if target is not None else ""
    except ValueError as error:
        fault = str(error)
    contexts = [words(each) for each in made.iter("context") if each.get("context-type") == "x-po-msgctxt"]
    notes: dict[str, list[str]] = defaultdict(list)
    for note in made.iterchildren("note"):
        notes[str(note.get("from", ""))].append(words(note))
    name = str(made.get("id", ""))
    known = name if segments.is_id(name) else str(made.get("resname", ""))
    return Segment(
        known,
        contexts[0] if contexts else "",
        shown,
        said,
        _fuzzy(made, target),
        tuple(segments.comments(notes)),
        safe_xml.line(made),
        fault,
    )


def _fuzzy(made: Element, target: Element | None) -> bool | None:
    """Whether a text waits for a look; None where the file does not say."""
    state = str(target.get("state", "")) if target is not None else ""
    if state:
        return state not in DONE
    return {"yes": False, "no": True}.get(str(made.get("approved", "")))
