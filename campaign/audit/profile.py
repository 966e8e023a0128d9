"""A reference as the files are compared with: its contacts, how often it names each, its length and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign import sentence_ends
from campaign.audit.document import Document
from campaign.audit.language import Guess, declared, guess, tag_of
from campaign.model.contact import Contact
from campaign.reading import addresses, phones
from campaign.reading.fold import fold
from campaign.reading.seek import Wanted, seek
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, spots

_WORD = re.compile(r"[^\W\d_]+")

#: A sentence of fewer words may be a name, a heading or the mark of a draft that stays the same in every language.
FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """`counts` says how often the text (not the links) names each contact; `letters` is 0 for a list of contacts."""

    file: str
    wanted: tuple[Wanted, ...]
    counts: tuple[int, ...]
    letters: int
    script: str
    language: str
    sentences: tuple[str, ...] = ()


def of_document(file: str, document: Document) -> Profile:
    """The profile of a reference leaflet. The same number in two forms is one contact."""
    folded = fold(document.text)
    wanted: dict[tuple[str, object], Wanted] = {}
    for text in (folded, *(fold(linked(link)) for link in document.links)):
        for spot in spots(text):
            known = next(
                (k for k, w in wanted.items() if w.kind == spot.kind == PHONE and phones.same(w.text, spot.text)), None
            )
            key = known or (spot.kind, _key(spot.kind, spot.text))
            # The international form says more: the national one follows from it.
            if key not in wanted or (spot.text.startswith("+") and not wanted[key].text.startswith("+")):
                wanted[key] = Wanted(spot.kind, spot.text, " ".join(spot.written.split()), spot.extension)
    contacts = tuple(wanted.values())
    counts = tuple(len(seen) for seen in seek(contacts, folded))
    found = guess(document.prose)
    tag = tag_of(found) or declared(file, document.language)
    return Profile(file, contacts, counts, found.letters, found.script, tag, sentences(document.prose))


def of_contacts(file: str, contacts: Iterable[Contact]) -> Profile:
    """The profile of contacts.toml: what a file must show is not known, so no contact is missing from it."""
    wanted = {}
    for contact in contacts:
        kind = PHONE if len(contact.digits) >= phones.FEWEST else SHORT
        wanted[contact.number] = Wanted(kind, contact.number, contact.display)
        for name, text in ((EMAIL, contact.email), (WEB, contact.url)):
            if text:
                wanted[text] = Wanted(name, text)
    return Profile(file, tuple(wanted.values()), (0,) * len(wanted), 0, "", "")


def linked(link: str) -> str:
    """What a link leads to, as the text of a contact: tel: and mailto: without their scheme."""
    scheme, _, rest = link.partition(":")
    match scheme.lower():
        case "tel" | "sms" | "callto":
            return f"☎ {rest.partition(';')[0].partition('?')[0]}"
        case "mailto":
            return rest.partition("?")[0]
        case "http" | "https":
            return link
        case _:
            return ""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of five words or more, each as its words: how a text is found again that stayed as it was."""
    found = (" ".join(_WORD.findall(part)).casefold() for part in sentence_ends.parts(text))
    return tuple(dict.fromkeys(part for part in found if part.count(" ") >= FEWEST_WORDS - 1))


def _key(kind: str, text: str) -> object:
    match kind:
        case "email":
            return addresses.email_key(text)
        case "web":
            return addresses.web_key(text)
        case _:
            return phones.digits(text)


def words(text: str) -> str:
    """The words of a text, one space between them and around the whole."""
    return f" {' '.join(_WORD.findall(text)).casefold()} "


__all__ = ["Guess", "Profile", "linked", "of_contacts", "of_document", "sentences", "words"]
