"""SMS: how many parts a text costs, where it is cut, and which characters make it dear (3GPP TS 23.038, 23.040)."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, product
from typing import Literal, NamedTuple

from unicode_segmentation_rs import graphemes

from campaign.errors import CampaignError

Encoding = Literal["GSM-7", "UCS-2"]

PART_OCTETS = 140  # user data of one short message, its header included (TS 23.040, 9.2.3.24)
SHIFT_OCTETS = 3  # one national language element: identifier, length, language (9.2.3.24.15 and .16)
REFERENCE_OCTETS = {8: 5, 16: 6}  # the concatenation element, by the width of its reference (9.2.3.24.1 and .8)
ESCAPE = "\x1b"

_PLAIN = (
    dict.fromkeys("‘’‚‛′ʹʻʼ´`‹›", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−•", "-")
    | dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u0085\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "")
    | {"…": "...", "⁄": "/", "×": "x", "№": "No.", "©": "(c)", "®": "(R)", "™": "(TM)", "ﬁ": "fi", "ﬂ": "fl"}
    # No accent is dropped here: that makes other words (país, sık, força). The capital of ç keeps the word; it is also
    # what a phone without the Spanish or Portuguese table shows for ç (TS 23.038, A.2.2 and A.2.3).
    | {"ç": "Ç"}
)
_CLUSTER = re.compile(r"(?s).[\u0300-\u036f]*")  # a character with its combining marks: é may be written as two
_HIGH_SURROGATES = frozenset(map(chr, range(0xD800, 0xDC00)))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class SmsMeasure:
    """What a text costs. `units`: septets (GSM-7) or UTF-16 code units (UCS-2) of each part, its header not counted.

    `single_shift` and `locking_shift` name the national tables that the gateway must announce, empty for the default.
    """

    encoding: Encoding
    segments: int
    units: tuple[int, ...]
    single_shift: str = ""
    locking_shift: str = ""


@dataclass(frozen=True, slots=True)
class ShiftProfile:
    """The national language tables a gateway says it can send, by name: "Turkish", "Hindi" (TS 23.038, annex A)."""

    single: tuple[str, ...] = ()
    locking: tuple[str, ...] = ()


class Costly(NamedTuple):
    """Text that is not in the GSM-7 alphabet, its index in code points, and what may stand for it (None: nothing)."""

    character: str
    position: int
    plain: str | None


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """One choice of tables: characters of one septet, all characters, and how those of two septets are escaped."""

    one: frozenset[str]
    every: frozenset[str]
    escaped: dict[int, str]
    octets: int = 0  # header that announces the tables
    single: str = ""
    locking: str = ""

    def write(self, text: str) -> str:
        """The text with an escape before each character of the single shift table."""
        return text.translate(self.escaped)


def measure(
    text: str, /, *, reference_bits: int = 8, whole_graphemes: bool = False, profile: ShiftProfile | None = None
) -> SmsMeasure:
    """Count the parts of a text and the units in each: 160/153 septets of GSM-7, else 70/67 UTF-16 code units.

    An escape pair or surrogate pair is never split; with `whole_graphemes` no grapheme cluster is either (UAX #29),
    unless it is longer than a part. `reference_bits` 16 leaves 152 septets or 66 code units in a part. National tables
    are used only if `profile` lists them and they save parts. An empty text is one empty message, as gateways bill it.
    Standard: 3GPP TS 23.038 and TS 23.040. Raises CampaignError for half a surrogate pair, an unknown table or width.
    """
    basic = _alphabet("", "")
    if profile is None and len(text) <= 160 and reference_bits in REFERENCE_OCTETS and basic.one.issuperset(text):
        return SmsMeasure("GSM-7", 1, (len(text),))
    alphabet, wire = _encode(text, reference_bits, whole_graphemes, profile)
    units = tuple(map(len, wire))
    if alphabet is None:
        return SmsMeasure("UCS-2", len(units), units)
    return SmsMeasure("GSM-7", len(units), units, alphabet.single, alphabet.locking)


def parts(
    text: str, /, *, reference_bits: int = 8, whole_graphemes: bool = False, profile: ShiftProfile | None = None
) -> tuple[str, ...]:
    """Cut a text where `measure` counts it; joined again, the parts are the text. Raises CampaignError as `measure`."""
    alphabet, wire = _encode(text, reference_bits, whole_graphemes, profile)
    if alphabet is not None:
        return tuple(part.replace(ESCAPE, "") for part in wire)
    return tuple(part.encode("utf-16-be", "surrogatepass").decode("utf-16-be") for part in wire)


def costly(text: str, /) -> tuple[Costly, ...]:
    """List what keeps a text out of the GSM-7 alphabet (TS 23.038, 6.2.1), with the plain form where there is one."""
    every = _alphabet("", "").every
    return () if every.issuperset(text) else tuple(_costly(text, every))


def plain(text: str, /) -> str:
    """Write curly quotes, dashes, special spaces and the like plainly, if the text is GSM-7 then; else change nothing.

    A text with any letter that is not Latin is returned as it is: there the characters carry spelling or direction.
    """
    found = costly(text)
    if not found or any(c.isalpha() and not _is_latin(c) for c in text):
        return text
    pieces, end = [], 0
    for character, position, replacement in found:
        if replacement is None:
            return text
        pieces += [text[end:position], replacement]
        end = position + len(character)
    return "".join([*pieces, text[end:]])


def _costly(text: str, every: frozenset[str]) -> Iterator[Costly]:
    for match in _CLUSTER.finditer(text):
        cluster = match.group()
        if every.issuperset(cluster):
            continue
        composed = unicodedata.normalize("NFC", cluster)
        whole = composed if every.issuperset(composed) else _PLAIN.get(composed)
        if whole is not None:
            yield Costly(cluster, match.start(), whole)
            continue
        for position, character in enumerate(cluster, match.start()):
            if character not in every:
                yield Costly(character, position, _PLAIN.get(character))


def _is_latin(letter: str) -> bool:
    # The okina and the letter apostrophe are "modifier letters", a and o raised are "ordinal indicators".
    return unicodedata.name(letter, "").startswith(("LATIN ", "MODIFIER ", "FEMININE ", "MASCULINE "))


def _encode(
    text: str, reference_bits: int, whole_graphemes: bool, profile: ShiftProfile | None
) -> tuple[_Alphabet | None, list[str]]:
    """The cheapest encoding (None: UCS-2) and its parts, one character for each septet or code unit."""
    if reference_bits not in REFERENCE_OCTETS:
        raise CampaignError.single(f"an SMS reference has 8 or 16 bits, not {reference_bits}")
    reference = REFERENCE_OCTETS[reference_bits]
    shifts = profile or ShiftProfile()
    ways: list[tuple[_Alphabet | None, list[str]]] = []
    for locking, single in product(("", *shifts.locking), ("", *shifts.single)):
        alphabet = _alphabet(locking, single)
        if alphabet.every.issuperset(text):
            rooms = _room(alphabet.octets, 7), _room(alphabet.octets + reference, 7)
            ways.append((alphabet, _cut(text, alphabet.write, ESCAPE, rooms, whole_graphemes)))
    if not ways or (profile is not None and len(ways[0][1]) > 1):
        _refuse_half_pairs(text)
        ways.append((None, _cut(text, _utf16, _HIGH_SURROGATES, (_room(0, 16), _room(reference, 16)), whole_graphemes)))
    return min(ways, key=lambda way: len(way[1]))  # the first of equals: the fewest tables


def _room(elements: int, bits: int) -> int:
    """Units of `bits` bits left in a part beside header elements of so many octets (and the octet of their length)."""
    header = elements + 1 if elements else 0
    return (PART_OCTETS - header) * 8 // bits


def _cut(
    text: str, write: Callable[[str], str], binding: Container[str], rooms: tuple[int, int], whole_graphemes: bool
) -> list[str]:
    """Write the text in units and cut it into as few parts as fit, never after a `binding` unit (half of a pair)."""
    wire = write(text)
    alone, room = rooms
    if len(wire) <= alone:
        return [wire]
    ends = []
    if whole_graphemes:
        size = len if len(wire) == len(text) else lambda cluster: len(write(cluster))
        ends = [0, *accumulate(map(size, graphemes(text, True)))]
    found, start = [], 0
    while start < len(wire):
        end = start + room
        if ends:
            fitting = ends[bisect_right(ends, end) - 1]
            end = fitting if fitting > start else end  # a cluster longer than a part is cut like any text
        if end < len(wire) and wire[end - 1] in binding:
            end -= 1
        found.append(wire[start:end])
        start = end
    return found


def _utf16(text: str) -> str:
    """The text with each character beyond U+FFFF as its two surrogates."""
    return _ASTRAL.sub(lambda pair: "".join(_surrogates(pair.group())), text)


def _surrogates(character: str) -> tuple[str, str]:
    offset = ord(character) - 0x10000
    return chr(0xD800 + (offset >> 10)), chr(0xDC00 + (offset & 0x3FF))


def _refuse_half_pairs(text: str) -> None:
    if match := _LONE_SURROGATE.search(text):
        raise CampaignError.single(
            f"character {match.start() + 1} is half of a surrogate pair (U+{ord(match.group()):04X})",
            todo="type that character again; it was damaged when the text was copied",
        )


@cache
def _alphabet(locking: str, single: str) -> _Alphabet:
    """The alphabet of a locking and a single shift table; an empty name is the default table (TS 23.038, 6.2.1)."""
    base, extension = _table("locking", locking), _table("single", single)
    octets = SHIFT_OCTETS * (bool(locking) + bool(single))
    escaped = {ord(character): ESCAPE + character for character in extension - base}
    return _Alphabet(base, base | extension, escaped, octets, single, locking)


@cache
def _table(kind: str, name: str) -> frozenset[str]:
    """The characters of one shift table, without the escape itself."""
    data = json.loads(resources.files("campaign").joinpath("data/sms_shift_tables.json").read_text("utf-8"))
    known = {data["names"][int(number)]: codes for number, codes in data[kind].items()}
    wanted = name or "default"
    if wanted not in known:
        names = ", ".join(sorted(known.keys() - {"default"}))
        raise CampaignError.single(f'there is no {kind} shift table "{name}"', todo=f"use one of: {names}")
    return frozenset(chr(int(code, 16)) for code in known[wanted].values())
