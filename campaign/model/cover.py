"""What a signature on an item covers, by named parts: how each is now, and whether it is as somebody signed it.

A ledger keeps the parts as one text, `<hash> <name>=<value> …`. The hash is that of numbers and promises, all that
earlier versions kept; whoever signed then is held to that and to nothing more.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from campaign.model.digest import digest

#: The kinds of parts that are about one item; the others are those of `model/frame`.
FORM, HELPLINE, EMERGENCY, ADDRESS = "form", "helpline", "emergency", "address"
LAYOUT, PAGE, STYLE = "layout", "page", "style"
#: Of what is heard: the voice, its clips, what it agreed to.
SOUND = "sound"
#: The only part of what was told by an answer to a pack that had been made before something changed.
WHOLE = "whole"
#: The name of a difference in what earlier versions kept, a number or a promise.
FACTS = "facts"

_MOST = 1000
#: Bytes of a part's hash; its base64url (RFC 4648) takes a third less room than figures would, and a ledger holds many.
_BYTES = 16


def short(*parts: str) -> str:
    """The hash of a part: 22 characters."""
    return urlsafe_b64encode(bytes.fromhex(digest(*parts))[:_BYTES]).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is not as it was signed: its name, how it was and how it is; empty where it was or is not there."""

    name: str
    then: str = ""
    now: str = ""

    @property
    def kind(self) -> str:
        """The name without what it is of: `layout` of `layout:palm-card`."""
        return self.name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Cover:
    """The parts of an item now. `facts` is the hash of its numbers and promises.

    `names` are the parts that count, `helplines` how many helplines do (0: all): of the parts of a leaflet, a palm card
    shows a few.
    """

    facts: str
    parts: Mapping[str, str]
    names: frozenset[str]
    helplines: int = 0

    def __str__(self) -> str:
        """The parts as a ledger keeps them."""
        pairs = (f"{quote(name, safe=':')}={quote(value, safe=',+')}" for name, value in self.parts.items())
        return " ".join((self.facts, *pairs))

    @property
    def counted(self) -> str:
        """The parts that count, as one text: what an item that nobody may have changed shows beside its words."""
        return " ".join(f"{name}={value}" for name, value in sorted(self.parts.items()) if self._counts(name))

    @property
    def whole(self) -> str:
        """The same as one hash, for whoever was shown all of it and answers later."""
        return as_whole(str(self))

    def changes(self, known: str) -> tuple[Change, ...]:
        """What is not as `known` says, as far as it and this program both know of it."""
        facts, then = _read(known)
        if WHOLE in then:
            return () if known == self.whole else (Change(WHOLE),)
        if FORM not in then or FORM not in self.parts:
            return () if facts == self.facts else (Change(FACTS),)
        both = kinds(known) & {_kind(name) for name in self.parts}
        names = [name for name in dict.fromkeys((*self.parts, *then)) if _kind(name) in both and self._counts(name)]
        return tuple(
            Change(name, then.get(name, ""), self.parts.get(name, ""))
            for name in names
            if not _same(name, then.get(name), self.parts.get(name))
        )

    def same(self, known: str) -> bool:
        """Whether everything is as `known` says."""
        return not self.changes(known)

    def all_known(self, known: str) -> bool:
        """Whether `known` says something of every part that counts."""
        return WHOLE in kinds(known) or {_kind(name) for name in self.parts if self._counts(name)} <= kinds(known)

    def _counts(self, name: str) -> bool:
        kind, _, which = name.partition(":")
        if kind == HELPLINE:
            return not self.helplines or (which.isdecimal() and int(which) <= self.helplines)
        return name in self.names


def _same(name: str, then: str | None, now: str | None) -> bool:
    """Whether a part is as it was. Of a style sheet it is enough that what can change words in it is the same.

    Its value is the hash of all of it, then the hash of that; earlier versions knew the former alone.
    """
    if then == now or _kind(name) != STYLE or not then or not now:
        return then == now
    return not {*then.split(",")}.isdisjoint(now.split(","))


def part_of(known: str, name: str) -> str:
    """A part of a text of a ledger; empty where it says nothing of it."""
    return _read(known)[1].get(name, "")


def as_whole(known: str) -> str:
    """A text of a ledger as one hash: what a list of packs keeps of it."""
    return f"{WHOLE}={short(known)}"


def kinds(known: str) -> frozenset[str]:
    """The kinds of parts of which a text of a ledger says something; none where an earlier version wrote it."""
    return frozenset(map(_kind, _read(known)[1]))


def fullness(known: str) -> int:
    """How much a text of a ledger tells, to be compared: the number of kinds of parts, and most where it tells all."""
    found = kinds(known)
    return _MOST if WHOLE in found else len(found)


def _kind(name: str) -> str:
    return name.partition(":")[0]


@lru_cache(maxsize=4096)
def _read(known: str) -> tuple[str, Mapping[str, str]]:
    """The hash that a text begins with, and its parts."""
    return next((word for word in known.split(" ")[:1] if "=" not in word), ""), dict(_pairs(known))


def _pairs(known: str) -> Iterator[tuple[str, str]]:
    for word in known.split(" "):
        name, is_pair, value = word.partition("=")
        if is_pair:
            yield unquote(name), unquote(value)
