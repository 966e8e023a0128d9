"""TBX: a glossary for the programs and organisations of others, and theirs in: agreed and avoided terms, with notes.

Written as TBX-Basic in the style of ISO 30042:2008 (`martif`), which every program reads; read in that of 2019 (`tbx`)
too. Agreed words are preferred, avoided ones deprecated terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange import safe_xml
from campaign.catalogue.exchange.safe_xml import LANG, words
from campaign.catalogue.glossary import Term
from campaign.errors import CampaignError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The picklists of TBX-Basic.
STATUS, PREFERRED, ADMITTED, AVOIDED = (
    *("administrativeStatus", "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"),
)
GENDERS = {"m": "masculine", "f": "feminine", "n": "neuter"}
#: How the translate-toolkit and Weblate say that a name stays as it is.
NEEDED = "Translation needed"

_ENTRIES, _LANGUAGES, _TERMS = ("termEntry", "conceptEntry"), ("langSet", "langSec"), ("tig", "ntig", "termSec")
_AGAINST = ("deprecated", "superseded", "obsolete", "notrecommended", "rejected", "forbidden")


def write(terms: Iterable[Term], source: str, locale: str, title: str) -> bytes:
    """The glossary of a language; `source` is the language of its terms.

    Raises:
        CampaignError: a word that no XML file can hold.
    """
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", LANG: source})
    description = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = title
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, term in enumerate(terms, start=1):
        safe_xml.storable((term.term, text) for text in (term.term, term.note, *term.forms, *term.forbidden))
        entry = etree.SubElement(body, "termEntry", {"id": f"c{number}"})
        if term.keep:
            etree.SubElement(entry, "descrip", {"type": NEEDED}).text = "No"
        if term.note:
            etree.SubElement(entry, "note").text = term.note
        _term(etree.SubElement(entry, "langSet", {LANG: source}), term.term, PREFERRED)
        said = [*zip(term.forms, (PREFERRED, *(ADMITTED for _ in term.forms)), strict=False)]
        said += [(word, AVOIDED) for word in term.forbidden]
        if term.keep:
            said = [(term.term, PREFERRED)]
        if not said:
            continue
        theirs = etree.SubElement(entry, "langSet", {LANG: locale})
        for word, status in said:
            made = _term(theirs, word, status)
            if term.gender and status != AVOIDED:
                etree.SubElement(made, "termNote", {"type": "grammaticalGender"}).text = GENDERS[term.gender]
    return safe_xml.written(root)


def _term(parent: Element, word: str, status: str) -> Element:
    from lxml import etree

    made: Element = etree.SubElement(parent, "tig")
    etree.SubElement(made, "term").text = word
    etree.SubElement(made, "termNote", {"type": STATUS}).text = status
    return made


def language(root: Element, name: str, known: Iterable[str], source: str, asked: str) -> str:
    """The language to take from a glossary: the one that was asked for, or the only one beside the source.

    Raises:
        CampaignError: none that the campaign knows, or several.
    """
    spelt = {str(each.get(LANG) or each.get("lang") or "")[:40] for each in root.iter(*_LANGUAGES)}
    resolved = {languages.resolve(tag) for tag in spelt}
    found = sorted((resolved & set(known)) - {source})
    if source not in resolved:
        what = f"has no terms in {source}, from which this campaign is translated"
        raise CampaignError.single(what, where=name, todo=f"its languages are {', '.join(sorted(spelt)) or 'none'}")
    if (asked or len(found) == 1) and (asked or found[0]) in found:
        return asked or found[0]
    what = f"holds {', '.join(found)}" if found else "holds no language of this campaign"
    todo = "say which one to take: --language TAG" if found else f"its languages are {', '.join(sorted(spelt))}"
    raise CampaignError.single(what, where=name, todo=todo)


def read(root: Element, source: str, locale: str) -> Iterator[tuple[int, Term]]:
    """The terms of these two languages, each with the line at which its entry begins.

    An entry with several words in the source language gives a term for each.
    """
    for entry in root.iter(*_ENTRIES):
        ours = [*_words(entry, locale)]
        keep = any(
            note.get("type") == NEEDED and words(note).strip().casefold() == "no" for note in entry.iter("descrip")
        )
        agreed = [(word, gender) for word, gender, avoided in ours if not avoided]
        forbidden = tuple(dict.fromkeys(word for word, _, avoided in ours if avoided))
        noted = (words(note) for note in entry.iter("note", "descrip") if note.get("type") in (None, "definition"))
        note = " ".join(" ".join(noted).split())
        for word, _, avoided in _words(entry, source):
            if avoided or not (agreed or forbidden or keep or note):
                continue
            if keep:
                yield safe_xml.line(entry), Term(word, (), "", note, True)
                continue
            genders = {gender for _, gender in agreed}
            gender = genders.pop() if len(genders) == 1 else ""
            forms = tuple(dict.fromkeys(form for form, _ in agreed))
            yield safe_xml.line(entry), Term(word, forms, gender, note, False, forbidden)


def _words(entry: Element, tag: str) -> Iterator[tuple[str, str, bool]]:
    """The words of an entry in a language: each with its gender ("" where none is said) and whether it is avoided."""
    genders = {long: short for short, long in GENDERS.items()}
    for section in entry.iter(*_LANGUAGES):
        if languages.resolve(str(section.get(LANG) or section.get("lang") or "")[:40]) != tag:
            continue
        for part in section.iter(*_TERMS):
            word = " ".join(words(next(part.iter("term"), None)).split())
            said = {str(note.get("type") or note.tag): words(note).strip() for note in part.iter() if note is not part}
            status = f"{said.get(STATUS, '')} {said.get('normativeAuthorization', '')}".casefold()
            if word:
                gender = genders.get(said.get("grammaticalGender", "").casefold(), "")
                yield word, gender, any(against in status for against in _AGAINST)
