"""A reference as the files are compared with: its contacts, how often it names each, its length and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from campaign import sentence_ends
from campaign.audit.document import Document
from campaign.identify.claims import claims, listed
from campaign.identify.guess import Guess, guess, tag_of
from campaign.identify.names import declared
from campaign.model.contact import Contact
from campaign.reading import addresses, phones
from campaign.reading.fold import fold
from campaign.reading.links import targets
from campaign.reading.seek import Wanted, seek
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, Spot, figures, spots

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
#: A postcode before its town, or behind it as in Britain and the Netherlands.
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{4,5} ?(?:[A-Z]{2} )?[A-Z][^\W\d_]+|\b\d{3} ?\d{2} [A-Z]|\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b"
)

#: A sentence of fewer words may be a name, a heading or the mark of a draft that stays the same in every language.
FEWEST_WORDS = 5
FEWEST_COMMON = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """`counts` says how often the text (not the links) names each contact; `letters` is 0 for a list of contacts.

    `names` are those that the campaign itself gives: its organisation and its helplines.
    `kept` are the lines of names and addresses, as `words` gives them: nobody translates them.
    `figures` are the numbers of three to six digits that may be codes and that nothing says to be ones.
    """

    file: str
    wanted: tuple[Wanted, ...]
    counts: tuple[int, ...]
    letters: int
    script: str
    language: str
    sentences: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    def named(self, sentence: str) -> bool:
        """Whether a sentence is the name of an organisation that the campaign knows, or a piece of it."""
        said = words(sentence)
        for name in map(words, self.names):
            if said in name or (name in said and len(said.replace(name, " ").split()) < FEWEST_WORDS):
                return True
        return False


def of_document(file: str, document: Document) -> Profile:
    """The profile of a reference leaflet. The same number in two forms is one contact."""
    folded = fold(document.text)
    wanted: dict[tuple[str, object], Wanted] = {}
    for found in (spots(folded), *map(linked, document.links)):
        for spot in found:
            known = next(
                (k for k, w in wanted.items() if w.kind == spot.kind == PHONE and phones.same(w.text, spot.text)), None
            )
            key = known or (spot.kind, _key(spot.kind, spot.text))
            # The international form says more: the national one follows from it.
            if key not in wanted or (spot.text.startswith("+") and not wanted[key].text.startswith("+")):
                wanted[key] = Wanted(spot.kind, spot.text, " ".join(spot.written.split()), spot.extension)
    contacts = tuple(wanted.values())
    counts = tuple(len(seen) for seen in seek(contacts, folded))
    guessed = guess(document.prose)
    tag = tag_of(guessed) or declared(file, document.language)
    said, kept = sentences(document.prose, tag), _kept(document.prose, tag)
    return Profile(file, contacts, counts, guessed.letters, guessed.script, tag, said, figures(folded), kept)


def of_contacts(file: str, contacts: Iterable[Contact]) -> Profile:
    """The profile of contacts.toml: what a file must show is not known, so no contact is missing from it."""
    wanted = {}
    for contact in contacts:
        if contact.number:
            kind = PHONE if len(contact.digits) >= phones.FEWEST else SHORT
            wanted[contact.number] = Wanted(kind, contact.number, contact.display)
        for name, text in ((EMAIL, contact.email), (WEB, contact.url), (WEB, contact.chat)):
            if text:
                wanted[text] = Wanted(name, text)
    return Profile(file, tuple(wanted.values()), (0,) * len(wanted), 0, "", "")


def linked(link: str) -> tuple[Spot, ...]:
    """What a link leads to, as contacts."""
    return tuple(
        Spot(
            SHORT if t.kind == PHONE and len(phones.digits(t.text)) < phones.FEWEST else t.kind,
            t.text,
            t.text,
            0,
            len(t.text),
        )
        for t in targets(link)
    )


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a text that somebody has to translate: of five words or more, no address and no name.

    A name has large letters in all words but the small ones that join them ("Doctors of the World"); an address is
    known by its marks and its postcode. Where a script has no large letters, two of the commonest words of the
    language (as far as they are listed) make a sentence.
    """
    lines = (" ".join(part.split()) for part in sentence_ends.parts(text))
    return tuple(dict.fromkeys(line for line in lines if _spoken(line, language)))


def _kept(text: str, language: str) -> frozenset[str]:
    return frozenset(words(line) for line in text.splitlines() if line.strip() and not sentences(line, language))


def _spoken(line: str, language: str) -> bool:
    bare = addresses.without(line)
    found = _WORD.findall(bare)
    if len(found) < FEWEST_WORDS or _POSTCODE.search(bare):
        return False
    common = claims(bare).own(language)
    if bare.lower() == bare.upper() or not any(word[0].isupper() or word[0].islower() for word in found):
        return common >= FEWEST_COMMON or not listed(language)
    if bare == bare.upper():  # a shouted sentence has no small letters to tell a name by
        return common >= FEWEST_COMMON
    small = [word for word in found if word[0].islower() and not claims(word).own(language)]
    return len(small) >= FEWEST_COMMON or (bool(small) and common >= FEWEST_COMMON)


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


__all__ = ["Guess", "Profile", "of_contacts", "of_document", "sentences", "words"]
