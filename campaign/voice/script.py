"""What a voice message says, part by part: stretches of exact words, numbers digit by digit, and pauses between them.

A clip is known by the hash of the exact words that are read, so a changed word makes its own clip stale and no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign import sentence_ends
from campaign.errors import CampaignError
from campaign.model.contact import ADDRESS, NUMBER, Contact
from campaign.model.digest import digest
from campaign.model.message import Message

#: What a number is read with: its digits, and the plus in front.
DIGITS: tuple[str, ...] = (*"0123456789", "+")
#: Pauses in milliseconds: behind a sentence, between blocks, between digits and their groups, around a number, and
#: between the two times that it is said.
PAUSES = {"sentence": 700, "block": 1200, "digit": 220, "group": 650, "around": 450, "again": 1300}

_GREEK = re.compile(r"(?<=[;\u037e])\s+")
_SPEAKABLE = re.compile(r"[0-9+]+")
#: What stands between a number and the words after it.
_LOOSE = sentence_ends.TAIL + "،؛–—-"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch that somebody reads in one go; `key` names its clip."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of contacts.toml as it is read, in the groups in which it is printed."""

    contact: str
    groups: tuple[str, ...]

    @property
    def digits(self) -> str:
        """Its digits, with the plus."""
        return "".join(self.groups)


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence; `name` is one of PAUSES."""

    name: str


Part = Words | Number | Pause


@dataclass(frozen=True, slots=True)
class Block:
    """What is said between two long pauses: a prompt of a telephone system."""

    parts: tuple[Part, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        """Its stretches."""
        return tuple(part for part in self.parts if isinstance(part, Words))


@dataclass(frozen=True, slots=True)
class Script:
    """A whole voice message; `digit_words` are the words of DIGITS in its language, in their order."""

    locale: str
    blocks: tuple[Block, ...]
    digit_words: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything in order, with the pauses between blocks."""
        found: list[Part] = []
        for block in self.blocks:
            found += (Pause("block"), *block.parts) if found else block.parts
        return tuple(found)

    @property
    def words(self) -> tuple[Words, ...]:
        """Every stretch once, in order."""
        return tuple(dict.fromkeys(words for block in self.blocks for words in block.words))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Every number, as often as it is said."""
        return tuple(part for block in self.blocks for part in block.parts if isinstance(part, Number))

    @property
    def digits(self) -> tuple[Words, ...]:
        """The digit clips, in the order of DIGITS: a voice reads all eleven, whatever the number."""
        return tuple(
            Words(digit_key(self.locale, sign, word), word) for sign, word in zip(DIGITS, self.digit_words, strict=True)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all clips that it needs."""
        return tuple(each.key for each in (*self.words, *self.digits))


def words_key(locale: str, words: str) -> str:
    """The name of the clip of a stretch."""
    return digest("words", locale, unicodedata.normalize("NFC", words))[:32]


def digit_key(locale: str, sign: str, word: str) -> str:
    """The name of the clip of a digit, read alone."""
    return digest("digit", locale, sign, unicodedata.normalize("NFC", word))[:32]


def script(text: str, locale: str, contacts: Iterable[Contact], digit_words: Sequence[str]) -> Script:
    """What a text says. An empty line ends a block; a line that is a number or an address alone is said twice.

    Raises:
        CampaignError: a number that cannot be read digit by digit, such as a service code with a star.
    """
    known: dict[str, Words | Number] = {}
    for contact in contacts:
        if contact.way == NUMBER:
            known[contact.display] = _number(contact)
        elif contact.way == ADDRESS:
            known |= dict.fromkeys([contact.display], *_stretch(contact.display, locale))
    blocks = [_block(part.split("\n"), locale, known) for part in re.split(r"\n\s*\n", text.strip())]
    return Script(locale, tuple(block for block in blocks if block.parts), tuple(digit_words))


def read(text: str, message: Message) -> Script:
    """What a text says of the numbers of its message. Raises CampaignError as `script`."""
    return script(text, message.locale, numbered(message), message.blocks.get("digits", ()))


def told(text: str, contact: Contact) -> bool:
    """Whether an address stands on a line of its own, and is said twice: somebody reads it like any other words."""
    return contact.way == ADDRESS and contact.display in map(str.strip, text.split("\n"))


def numbered(message: Message) -> tuple[Contact, ...]:
    """Whose numbers a text of a message may say."""
    return (*(helpline.contact for helpline in message.helplines), message.emergency)


def _number(contact: Contact) -> Number:
    groups = tuple(_SPEAKABLE.findall(contact.display))
    if "".join(groups) != re.sub(r"[\s().\-/]", "", contact.display) or not groups:
        raise CampaignError.single(
            f"{contact.display} cannot be read digit by digit",
            where=f"contacts.toml: {contact.id}",
            todo="name a number of digits alone for the countries of the channel voice",
        )
    return Number(contact.id, groups)


def _block(lines: Iterable[str], locale: str, known: Mapping[str, Words | Number]) -> Block:
    parts: list[Part] = []
    for line in filter(None, map(str.strip, lines)):
        if line in known:
            groups: list[list[Part]] = [[known[line], Pause("again"), known[line]]]
        else:
            groups = [_sentence(sentence, locale, known) for sentence in _sentences(line, locale)]
        for group in filter(None, groups):
            parts += (Pause("sentence"), *group) if parts else group
    return Block(tuple(parts))


def _sentences(line: str, locale: str) -> list[str]:
    """The sentences of a line; Greek asks with a semicolon."""
    found = sentence_ends.split(line)
    greek = locale.partition("-")[0] == "el"
    return [part for sentence in found for part in (_GREEK.split(sentence) if greek else (sentence,))]


def _sentence(sentence: str, locale: str, known: Mapping[str, Words | Number]) -> list[Part]:
    """The parts of a sentence, with the pauses around its numbers."""
    found: list[Part] = []
    for piece in _pieces(sentence, locale, known):
        found += (Pause("around"), piece) if found else (piece,)
    return found


def _pieces(sentence: str, locale: str, known: Mapping[str, Words | Number]) -> Iterator[Words | Number]:
    """The stretches of a sentence and the numbers between them."""
    names = sorted((name for name, part in known.items() if isinstance(part, Number)), key=len, reverse=True)
    pattern = "|".join(rf"(?<![0-9+]){re.escape(name)}(?![0-9])" for name in names)
    end = 0
    for match in re.finditer(pattern, sentence) if pattern else ():
        yield from _stretch(sentence[end : match.start()], locale)
        yield known[match[0]]
        end = match.end()
    yield from _stretch(sentence[end:], locale)


def _stretch(text: str, locale: str) -> Iterator[Words]:
    words = unicodedata.normalize("NFC", " ".join(text.split()).lstrip(_LOOSE + " "))
    if any(character.isalnum() for character in words):
        yield Words(words_key(locale, words), words)
