"""What social platforms call a character: each unit as a function from a text to its count."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from unicode_segmentation_rs import graphemes as _graphemes

from campaign.counting.x import URL_LENGTH, links, weighted_length

#: A mention of somebody on another Mastodon server: what follows the second @ is free (Account::MENTION_RE).
_REMOTE = re.compile(r"(?<![=/\w@])(@[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+\w", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)

# Mastodon's own pattern of what follows a host: a path of any characters but spaces and a few marks, in any script.
_PATH = r"[^\s<>()?]"
_BRACKETED = rf"\((?:{_PATH}*\({_PATH}+\){_PATH}*|{_PATH}+)\)"
_LAST = r"[^\s()?!*\"'「」<>;:=,.$%\[\]~&|@]"
_UCHARS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_TAIL = re.compile(
    r"(?::[0-9]+)?"
    rf"(?P<path>/(?:(?:{_PATH}|{_BRACKETED})*(?:{_LAST}|{_BRACKETED}|(?<=[^\s])/))?)?"
    rf"(?:\?[a-z0-9!?*'();:&=+$/%#\[\]_.,~|@^{_UCHARS}-]*[a-z0-9_&=#/{_UCHARS}-])?",
    re.IGNORECASE,
)


def graphemes(text: str, /) -> int:
    """Extended grapheme clusters (UAX #29): what Bluesky counts, and what a reader calls a character."""
    return len(text) if text.isascii() and "\r\n" not in text else len(_graphemes(text, True))


def utf8_bytes(text: str, /) -> int:
    """Bytes in UTF-8; half a surrogate pair counts as the three that a replacement character takes."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16(text: str, /) -> int:
    """UTF-16 code units, as Telegram and TikTok count: two for a character beyond U+FFFF."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def mastodon(text: str, /) -> int:
    """Graphemes; a link with its protocol counts 23, and of a mention on another server only the name counts.

    Sources: Mastodon, app/validators/status_length_validator.rb and config/initializers/twitter_regex.rb.
    """
    pieces, start, found = [], 0, 0
    for begin, end in links(text, _TAIL):
        if _WEB.match(text, begin):
            pieces.append(text[start:begin])
            start, found = end, found + 1
    pieces.append(text[start:])
    return found * URL_LENGTH + sum(graphemes(_REMOTE.sub(r"\1", piece)) for piece in pieces)


def threads(text: str, /) -> int:
    """Code points; an emoji counts as many as its UTF-8 bytes (Threads API, 2026-04)."""
    if text.isascii():
        return len(text)
    signs, _, _ = _emoji()
    if signs.isdisjoint(text):
        return len(text)
    return len(text) + sum(utf8_bytes(emoji) - len(emoji) for emoji in _emoji_in(text))


def _emoji_in(text: str) -> Iterator[str]:
    """The emoji of a text, one after the other, each as long as Unicode lists it.

    Not by a regular expression: to compile one of five thousand takes longer than everything else that is counted.
    """
    _, begins, listed = _emoji()
    at = 0
    while at < len(text):
        ends = range(min(len(text), at + begins.get(text[at], 0)), at, -1)
        end = next((end for end in ends if text[at:end] in listed), 0)
        if end:
            yield text[at:end]
        at = end or at + 1


@cache
def _emoji() -> tuple[frozenset[str], Mapping[str, int], Container[str]]:
    """Characters of which each emoji has one; how long the longest is that begins with a character; every emoji."""
    from emoji import EMOJI_DATA  # reads half a megabyte: only when a text needs it

    # A keycap begins with a digit, so that it is known by its last sign instead.
    signs = {"\u20e3", *(emoji[0] for emoji in EMOJI_DATA if not emoji[0].isascii())}
    begins: dict[str, int] = {}
    for emoji in EMOJI_DATA:
        begins[emoji[0]] = max(len(emoji), begins.get(emoji[0], 0))
    return frozenset(signs), begins, EMOJI_DATA


UNITS: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "weighted": weighted_length,
        "graphemes": graphemes,
        "mastodon": mastodon,
        "threads": threads,
        "utf16": utf16,
        "bytes": utf8_bytes,
    }
)
