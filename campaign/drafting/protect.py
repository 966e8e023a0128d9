"""What no engine may touch: placeholders, addresses, telephone numbers, hashtags, names, markup.

The patterns are those of our own templates and of the usual formats; addresses are read as everywhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.reading import addresses
from campaign.reading.spots import mask

#: Kind -> pattern, the first that matches at a place wins.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("markup", r"</?[A-Za-z][^<>\n]{0,200}>|<!--.{0,200}?-->|\*\*|`+"),
    ("markup", r"&(?:[A-Za-z]{2,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"),
    ("placeholder", r"\{\{[^{}\n]{1,60}\}\}|\{%[^{}\n]{1,60}%\}|[$%#]\{[\w.-]{1,40}\}|\{[\w.:-]{0,40}\}"),
    ("placeholder", r"%\(\w{1,40}\)[sdif]|%(?:\d\$)?[sdif](?!\w)"),
    ("percent", r"\d+(?:[.,]\d+)?[ \u00a0]?%%|%%"),
    ("hashtag", r"(?<![\w&#])#\w+"),
    ("mention", r"(?<![\w@.])@\w+"),
    # Telephone numbers and short codes: at least three digits, however they are grouped.
    ("phone", r"(?<![\w.,:])\+?(?:\(0?\d{1,4}\)[ ]?)?\d(?:[ \u00a0./-]?\d){2,}(?![\w%])"),
)  # fmt: skip

#: Placeholders by what will stand in their place; any other one is taken for a name.
PHONES = frozenset({"phone", "emergency", "hotline", "number", "sms", "tel"})
NUMBERS = frozenset({"count", "num", "days", "hours", "minutes", "age", "amount", "edition", "date", "time", "d", "i"})

#: Of two stretches that begin at one place the lower one wins.
_RANK = {"markup": 0, "placeholder": 0, "percent": 0, "email": 1, "url": 1}

_ANY = "|".join(f"(?P<{kind}_{index}>{pattern})" for index, (kind, pattern) in enumerate(PATTERNS))


@dataclass(frozen=True, slots=True)
class Span:
    """A protected stretch of a text: `kind` is a key of PATTERNS, or "name" for a do-not-translate term."""

    start: int
    end: int
    text: str
    kind: str


def spans(text: str, names: Sequence[str] = ()) -> list[Span]:
    """Every protected stretch, in order, none inside another. `names` are terms that stay as they are."""
    terms = "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)) if name)
    # A term counts as a whole word only: "IOM" must not match inside another word.
    pattern = rf"{_ANY}|(?P<name_0>(?<!\w)(?:{terms})(?!\w))" if terms else _ANY
    found = [
        Span(match.start(), match.end(), match[0], str(match.lastgroup).rpartition("_")[0])
        for match in re.finditer(pattern, text)
    ]
    if addressed := list(_addressed(text)):
        found = sorted([*found, *addressed], key=lambda span: (span.start, _RANK.get(span.kind, 2)))
    return list(_apart(found))


def _addressed(text: str) -> Iterator[Span]:
    mails = [(a.start, a.end) for a in addresses.emails(text)] if "@" in text else []
    pages = [(a.start, a.end) for a in addresses.webs(mask(text, mails))] if "." in text else []
    for kind, places in (("email", mails), ("url", pages)):
        yield from (Span(start, end, text[start:end], kind) for start, end in places)


def _apart(found: Sequence[Span]) -> Iterator[Span]:
    """The stretches that begin in no earlier one; what begins in an address belongs to it."""
    end = 0
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def kind_of(span: Span) -> str:
    """What stands in for it when it is translated: phone, number, percent, url, email, name, or as it is."""
    if span.kind != "placeholder":
        return {"mention": "name"}.get(span.kind, span.kind)
    name = re.sub(r"\W", "", re.sub(r"\)[sdif]$", "", span.text)).lower()
    name = name if len(name) > 1 else "d" if span.text.rstrip().endswith(("d", "i", "f")) else name
    if name in PHONES:
        return "phone"
    if name in NUMBERS:
        return "number"
    return name if name in ("url", "email") else "name"


def fold(text: str) -> str:
    """The text with every decimal digit as a Latin one: same length, so that places stay the same."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def digits(text: str) -> list[str]:
    """The runs of digits of a text, folded and sorted: what two texts with the same numbers share."""
    return sorted(re.findall(r"\d+", fold(text)))
