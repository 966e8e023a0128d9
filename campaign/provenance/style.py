"""What in a style sheet can bring words into a page (CSS Generated Content 3, CSS Lists 3, CSS Fonts 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, ParseError, QualifiedRule, StringToken, URLToken

from campaign.provenance.remainder import READABLE

#: Rules that take in a file, a font whose glyphs may be other letters, or signs to count with.
_TAKES_IN = {"import": "another file", "font-face": "a font", "counter-style": "signs to count with"}
#: Functions whose result is text, or a file.
_SPEAKS = frozenset({"url", "src", "attr", "counter", "counters", "symbols", "image", "image-set", "string", "leader"})
#: Names of fonts stand in quotes and say nothing.
_FONTS = frozenset({"font", "font-family"})


@lru_cache(maxsize=16)  # every page of a build has the same
def style_words(sheet: str) -> tuple[tuple[int, str], ...]:
    """(line, what) of everything in a style sheet that can bring words, files or fonts into a page."""
    return tuple(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _rules(rules: Iterable[Node]) -> Iterator[tuple[int, str]]:
    for rule in rules:
        if isinstance(rule, AtRule):
            if rule.lower_at_keyword in _TAKES_IN:
                yield rule.source_line, f"@{rule.lower_at_keyword} takes in {_TAKES_IN[rule.lower_at_keyword]}"
            elif rule.content is not None:
                yield from _rules(
                    tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                )
        elif isinstance(rule, QualifiedRule):
            yield from _rules(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))
        elif isinstance(rule, Declaration):
            if rule.lower_name not in _FONTS:
                yield from ((rule.source_line, f"{rule.name}: {what}") for what in _values(rule.value))
        elif isinstance(rule, ParseError):
            yield rule.source_line, f"cannot be read: {rule.message}"


def _values(tokens: Iterable[Node]) -> Iterator[str]:
    for token in tokens:
        if isinstance(token, StringToken) and READABLE.search(token.value):
            yield repr(token.value[:40])
        elif isinstance(token, URLToken):
            yield f"url({token.value[:40]})"
        elif isinstance(token, FunctionBlock):
            if token.lower_name in _SPEAKS:
                yield f"{token.name}(…)"
            else:
                yield from _values(token.arguments)
        elif isinstance(inner := getattr(token, "content", None), list):
            yield from _values(inner)
