"""Names of people in records: which can stand there, and how many different people a few of them are at least."""

from __future__ import annotations

import functools
import itertools
import json
import re
import unicodedata
from collections.abc import Iterable
from importlib import resources

#: The longest name, in characters.
LONGEST = 120

#: What stands in a form where a name should stand.
_NOBODY = frozenset(
    {"your name", "name", "nobody", "todo", "tbd", "n/a", "na", "none", "unknown", "test", "xxx", "yes", "true", "ok"}
)
#: Letters and marks that nobody sees: Default_Ignorable_Code_Point, and the empty Braille cell.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_JOINERS = "\u200c\u200d"
#: The canonical combining class of a virama; marks below it belong to a letter (nukta), those above are accents.
_VIRAMA = 9


def tidy(name: str) -> str:
    """A name as it is kept, however it was typed: composed (NFC), one space between its parts."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def pasted(name: str) -> str:
    """A name as somebody typed or pasted it, tidy, without the format characters that came along and nobody sees."""
    bare = "".join(c for c in name if unicodedata.category(c) != "Cf" or c in _JOINERS)
    return tidy("".join(c for at, c in enumerate(bare) if c not in _JOINERS or _joins(bare, at)))


def name_fault(name: str) -> str:
    """Why this is no name of a person that a record can keep, or ""."""
    if fault := form_fault(name):
        return fault
    if not any(character.isalpha() for character in name):
        return "is no name of a person: it has no letter"
    bare = " ".join(name.casefold().strip("<>[](){}\"' ").split())
    return "is no name of a person" if bare in _NOBODY else ""


def form_fault(name: str) -> str:
    """Why a name could look like another one, or hide something; "" when it cannot.

    The joiners of Persian and Indian names count where their scripts need them (RFC 5892, appendix A).
    """
    if not name or name != tidy(name):
        return "is empty" if not name.strip() else "is not composed (NFC), or has spaces that nobody sees"
    if len(name) > LONGEST:
        return f"is longer than {LONGEST} characters"
    for at, character in enumerate(name):
        odd = unicodedata.category(character)[0] in "CZ" and character != " "
        if (odd and not _joins(name, at)) or _UNSEEN.match(character):
            return f"holds a character that cannot be seen (U+{ord(character):04X})"
    return ""


def _joins(name: str, at: int) -> bool:
    """Whether a joiner stands where a script needs it: behind a virama, or (U+200C) between two Arabic letters."""
    if name[at] not in _JOINERS or not 0 < at < len(name) - 1:
        return False
    if unicodedata.combining(name[at - 1]) == _VIRAMA:
        return True
    before = next((c for c in reversed(name[:at]) if not unicodedata.combining(c)), " ")
    return name[at] == _JOINERS[0] and all(
        unicodedata.name(c, "").startswith("ARABIC LETTER") for c in (before, name[at + 1])
    )


def plain(name: str) -> str:
    """A name for comparing what one person typed twice: "A. Haddad" and " a.  haddad"."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


@functools.cache
def _looks_like() -> dict[int, str]:
    text = resources.files("campaign.data").joinpath("confusables.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)["looks_like"]
    return str.maketrans(table)


def skeleton(text: str) -> str:
    """What a text looks like (UTS 39, section 4, without its step for directions: names hold no such characters)."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).translate(_looks_like()))


def _bare(text: str) -> str:
    """Letters and digits without accents and case; the vowel signs of Indian scripts stay."""
    text = unicodedata.normalize("NFD", text)
    kept = (c for c in text if unicodedata.combining(c) <= _VIRAMA and unicodedata.category(c)[0] in "LNM")
    return "".join(kept).casefold()


@functools.lru_cache(4096)
def faces(name: str) -> frozenset[str]:
    """How a name may look to a reader, folded in both orders; names that share a face are never two people."""
    seen = unicodedata.normalize("NFKC", "".join(c for c in name if unicodedata.category(c) != "Cf"))
    return frozenset(filter(None, (_bare(skeleton(_bare(seen))), _bare(skeleton(seen)))))


@functools.lru_cache(4096)
def _parts(name: str) -> tuple[frozenset[str], ...]:
    return tuple(faces(part) | {_bare(part)} for part in re.split(r"[\s.]+", name) if _bare(part))


def may_be_one(one: str, other: str) -> bool:
    """Whether two names can stand for one person: they look alike, or one has initials or another order."""
    if faces(one) & faces(other):
        return True
    parts, others = _parts(one), _parts(other)
    if len(parts) != len(others) or len(parts) > 4:
        return False
    return any(
        all(map(_part_may_be, parts, order))
        and any(a & b and len(min(a, key=len)) > 1 for a, b in zip(parts, order, strict=True))
        for order in itertools.permutations(others)
    )


def _part_may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a in one for b in other)


def different(names: Iterable[str]) -> tuple[str, ...]:
    """As many of the names as surely belong to different people, fuller names first."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if not any(may_be_one(name, other) for other in kept):
            kept.append(name)
    return tuple(kept)


def heads_counted(names: Iterable[str]) -> int:
    """How many different people these names are at least."""
    return len(different(names))
