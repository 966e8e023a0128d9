"""Hashtags that X and Bluesky both read whole and alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from campaign.errors import CampaignError, Problem

MAX_UNITS = 64  # UTF-16 code units that Bluesky takes in a tag, its sign not counted

# They carry spelling (Persian, Sinhala, Malayalam...) and Bluesky ends a tag at them: the writer chooses what to write.
_JOINERS = frozenset("\u200c\u200d")
_LINKS = frozenset("\u00b7\u2027\u30fb/")  # like a hyphen, they stand between two words or word parts
_ODD_MARKS = ("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION", "COMBINING ENCLOSING")  # not alike on both


def safe_hashtag(text: str, /) -> str:
    """Make a hashtag, with its sign, of letters, marks, digits and `_`, at least one a letter.

    Spaces, hyphens and middle dots become one `_`; punctuation and signs at either end are taken off, as both platforms
    do; direction marks, soft hyphens and other invisible characters go, for they are no part of the spelling. Nothing
    else is changed but the normal form (C), so the word is the one that was written. The tag needs a space before it.
    Raises CampaignError if a joiner, a symbol or punctuation stands inside the word, if no letter is left, if a letter
    is too new for X, or past `MAX_UNITS` UTF-16 code units (Bluesky). Standard: twitter-text 3 and the facet rules of
    the Bluesky client, of which this is what they have in common.
    """
    shown = "".join(map(_simple, unicodedata.normalize("NFC", text)))
    tag = _trimmed(unicodedata.normalize("NFC", shown))  # again: what went may have stood between letter and accent
    tag = "_".join(filter(None, tag.split("_")))
    if problems := [Problem(f"hashtag {text!r}", what, todo) for what, todo in _faults(tag)]:
        raise CampaignError(problems)
    return f"#{tag}"


def _faults(tag: str) -> Iterator[tuple[str, str]]:
    """What keeps a tag from being read whole and alike, each with the next step."""
    for position, character in enumerate(tag, 1):
        if fault := _fault(character):
            yield f'{fault} at place {position} of "{tag}"', 'write the word without it, or put "_" there'
    if not any(unicodedata.category(c).startswith("L") for c in tag):
        yield "no letter in it", "add a word: on X, digits alone are no tag"
    units = len(tag.encode("utf-16-le", "surrogatepass")) // 2
    if units > MAX_UNITS:
        yield f"{units} UTF-16 code units long; Bluesky takes {MAX_UNITS}", "shorten it"


def _simple(character: str) -> str:
    """The character, `_` where it parts words, or nothing where it cannot be seen."""
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp", "Pd") or character in _LINKS or character.isspace():
        return "_"
    return "" if category == "Cf" and character not in _JOINERS else character


def _trimmed(tag: str) -> str:
    """Without the punctuation around it: the sign itself, quotation marks, brackets, full stops of any script."""
    start, end = 0, len(tag)
    while start < end and unicodedata.category(tag[start]).startswith("P"):
        start += 1
    while end > start and unicodedata.category(tag[end - 1]).startswith("P"):
        end -= 1
    return tag[start:end]


def _fault(character: str) -> str:
    """Why a character cannot be in a tag; empty if it can."""
    if character == "_":
        return ""
    code, name = f"U+{ord(character):04X}", unicodedata.name(character, "a character without a name")
    if character in _JOINERS:
        return f"an invisible {name} ({code})"
    category = unicodedata.category(character)
    if category[0] not in "LM" and category != "Nd":
        return f"{character} ({name}, {code})"
    if name.startswith(_ODD_MARKS):
        return f"{name} ({code})"
    # X's published table of letters stops at Unicode 7. Beyond the first plane only what is much older is certain.
    if ord(character) > 0xFFFF and unicodedata.ucd_3_2_0.category(character) == "Cn":
        return f"{character} ({name}, {code}), too new a letter for X,"
    return ""
