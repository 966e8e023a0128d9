"""A word list of a rule: what must not stand, or must stand, in a text, per language and with its origin.

A list is data/rules/<name>.toml (data/claims.toml for the claims): one table per BCP 47 tag, in it one list of regular
expressions (Python's `regex`) per kind. They match whole words, without regard to case, accents, Arabic vowel signs and
hamza, direction marks, kind of space, or native digits. "same_as" takes the list of another tag, "*" holds for every
listed language, "harmless" holds phrases with such a word that are right, "origin" says who wrote and read the list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

from campaign import languages
from campaign.folded import Folding, folded

_EDGE = r"[\p{L}\p{M}\p{N}]"
#: Scripts that part no words: a listed word is found wherever its signs stand.
_RUN_ON = frozenset({"Hans", "Hant", "Jpan"})


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language by kind, and of the phrases that hold such a word and are right."""

    kinds: Mapping[str, regex.Pattern[str]]
    harmless: Mapping[str, regex.Pattern[str]]

    def first(self, kind: str, texts: Iterable[Folding]) -> str | None:
        """The first words of a kind in any of the texts, as the text writes them; harmless phrases are passed over."""
        return next((text.written(start, end) for text, start, end in self.matches(kind, texts)), None)

    def matches(self, kind: str, texts: Iterable[Folding]) -> Iterator[tuple[Folding, int, int]]:
        """Each place of words of a kind, outside harmless phrases: the text, and start and end in its folded form."""
        pattern, harmless = self.kinds.get(kind), self.harmless.get(kind)
        for text in texts if pattern else ():
            for match in pattern.finditer(text.folded) if pattern else ():
                spans = (right.span() for right in harmless.finditer(text.folded)) if harmless else ()
                if match[0] and not any(start <= match.start() and match.end() <= end for start, end in spans):
                    yield text, match.start(), match.end()

    def has(self, kind: str, texts: Iterable[Folding]) -> bool:
        """Whether words of a kind stand in any of the texts."""
        return self.first(kind, texts) is not None


@cache
def words(name: str, locale: str) -> Words | None:
    """The words of a rule in a language; None when nobody listed them yet, so that the rule is not checked."""
    document = _document(name)
    entry = document.get(locale)
    if entry is None or locale == "*":
        # Not even the words of "*": half a check would look like a whole one.
        return None
    entry = document[str(entry["same_as"])] if "same_as" in entry else entry
    common = document.get("*", {})
    kinds = {
        kind: [*_patterns(entry, kind), *_patterns(common, kind)]
        for kind in dict.fromkeys((*entry, *common))
        if kind not in ("origin", "harmless", "same_as")
    }
    harmless = entry.get("harmless")
    right = {kind: _patterns(harmless, kind) for kind in harmless} if isinstance(harmless, Mapping) else {}
    known = languages.registry().get(locale)
    edge = _EDGE if known is None or known.script not in _RUN_ON else r"(?!)"
    return Words(_compiled(kinds, edge), _compiled(right, edge))


def _patterns(entry: Mapping[str, object], kind: str) -> list[str]:
    patterns = entry.get(kind)
    return [*map(str, patterns)] if isinstance(patterns, list) else []


@cache
def _document(name: str) -> Mapping[str, Mapping[str, object]]:
    folder = resources.files("campaign").joinpath("data")
    file = folder.joinpath("claims.toml") if name == "claims" else folder.joinpath("rules", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _compiled(patterns: Mapping[str, list[str]], edge: str) -> Mapping[str, regex.Pattern[str]]:
    return {
        kind: regex.compile(rf"(?<!{edge})(?:{'|'.join(map(folded, some))})(?!{edge})", regex.IGNORECASE)
        for kind, some in patterns.items()
        if some
    }
