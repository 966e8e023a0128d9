"""What in a style sheet changes neither which words a page shows nor in which order, whoever wrote it.

A signature stands when only that was changed. Everything is by a list of what is known to be harmless, with bounds;
colours of text and ground are not in it: what lies on what, nobody can see in the sheet alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import tinycss2
from tinycss2.ast import (
    AtRule,
    Declaration,
    DimensionToken,
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    NumberToken,
    ParseError,
    PercentageToken,
    QualifiedRule,
    WhitespaceToken,
)

_SIDE = r"(?:-(?:top|right|bottom|left|(?:block|inline)(?:-(?:start|end))?))?"
_SPACE = re.compile(rf"(?:margin|padding){_SIDE}|(?:row-|column-)?gap|text-underline-offset")
_CORNER = re.compile(r"border(?:-(?:top|bottom|start|end)-(?:left|right|start|end))?-radius")
_EDGE = re.compile(rf"border{_SIDE}(?:-(?:width|style|color))?|outline(?:-(?:width|style|color|offset))?")
_WORDS = {
    "text-align": frozenset({"start", "end", "left", "right", "center", "justify"}),
    "font-style": frozenset({"normal", "italic", "oblique"}),
    "font-weight": frozenset({"normal", "bold"}),
    "cursor": frozenset({"auto", "default", "pointer", "text", "help"}),
    "scroll-behavior": frozenset({"auto", "smooth"}),
    **{f"break-{where}": frozenset({"auto", "avoid", "page", "avoid-page"}) for where in ("before", "after", "inside")},
}
#: The least and the most of what is a number alone.
_NUMBERS = {"line-height": (1.1, 2.5), "font-weight": (300, 900), "orphans": (1, 9), "widows": (1, 9)}
#: Units of lengths in rem, as every browser has them at first; whatever else a length is in may be anything.
_UNITS = {"rem": 1.0, "em": 1.0, "px": 1 / 16, "pt": 1 / 12}
_MOST_SPACE, _MOST_EDGE, _LEAST_WIDTH = 4.0, 0.5, 20.0
_COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla"})
#: What cuts off, covers or moves: beside it more room somewhere may push words out of sight.
_CUTS = re.compile(
    r"(?<![\w-])(?:overflow(?:-[xy]|-block|-inline)?|clip|clip-path|mask|mask-image|contain|text-overflow|transform|translate"
    r"|scale|zoom|(?:-webkit-)?line-clamp|max-block-size|block-size)\s*:|position\s*:\s*(?:absolute|fixed)",
    re.IGNORECASE,
)


def bare(sheet: str) -> str:
    """A style sheet without comments, white space and what is harmless in it.

    All of it where it cuts anything off, or where something in it cannot be read.

    Of a property that has another value anywhere, nothing is left out: the harmless one may be what undoes that.
    """
    whole = _one_line(sheet)
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    declarations = [*_declarations(rules)]
    if None in declarations or _CUTS.search(whole):
        return whole
    harmful = {_family(each.lower_name) for each in declarations if each and not _harmless(each)}
    tame = {_family(each.lower_name) for each in declarations if each} - harmful
    return " ".join(_rules(rules, tame))


def _one_line(css: str) -> str:
    return " ".join(tinycss2.serialize(tinycss2.parse_component_value_list(css, skip_comments=True)).split())


def _inner(rule: Node) -> list[Node]:
    return list(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))


def _declarations(rules: Iterable[Node]) -> Iterator[Declaration | None]:
    """Every declaration; None for what cannot be read."""
    for rule in rules:
        if isinstance(rule, Declaration):
            yield rule
        elif isinstance(rule, ParseError):
            yield None
        elif isinstance(rule, (QualifiedRule, AtRule)) and rule.content is not None:
            yield from _declarations(_inner(rule))


def _rules(rules: Iterable[Node], tame: Collection[str]) -> Iterator[str]:
    """What remains of rules and declarations; of a rule in which nothing remains, nothing."""
    for rule in rules:
        if isinstance(rule, Declaration):
            if _family(rule.lower_name) not in tame:
                yield _one_line(rule.serialize()) + ";"
        elif isinstance(rule, (QualifiedRule, AtRule)) and rule.content is not None:
            head = f"@{rule.at_keyword} " if isinstance(rule, AtRule) else ""
            if within := " ".join(_rules(_inner(rule), tame)):
                yield f"{head}{_one_line(tinycss2.serialize(rule.prelude))} {{{within}}}"
        else:
            yield _one_line(rule.serialize())


def _family(name: str) -> str:
    """The properties that can undo each other, under one name."""
    if _SPACE.fullmatch(name):
        return name.partition("-")[0]
    return name if _CORNER.fullmatch(name) else name.partition("-")[0] if _EDGE.fullmatch(name) else name


def _harmless(declaration: Declaration) -> bool:
    name = declaration.lower_name
    values = [token for token in declaration.value if not isinstance(token, WhitespaceToken)]
    if _SPACE.fullmatch(name):
        fits = _space
    elif _CORNER.fullmatch(name):
        fits = _corner
    elif _EDGE.fullmatch(name):
        fits = _edge
    elif name == "max-width":
        fits = _width
    else:
        return len(values) == 1 and _listed(name, values[0])
    return bool(values) and all(map(fits, values))


def _space(token: Node) -> bool:
    return _length(token, 0, _MOST_SPACE) or _is(token, {"auto", "normal"})


def _corner(token: Node) -> bool:
    return _length(token, 0, _MOST_SPACE) or (isinstance(token, LiteralToken) and token.value == "/")


def _edge(token: Node) -> bool:
    return _length(token, 0, _MOST_EDGE) or _colour(token)


def _width(token: Node) -> bool:
    whole = isinstance(token, PercentageToken) and token.value == 100
    return whole or _length(token, _LEAST_WIDTH, float("inf")) or _is(token, {"none"})


def _listed(name: str, token: Node) -> bool:
    least, most = _NUMBERS.get(name, (1, 0))
    number = isinstance(token, NumberToken) and least <= token.value <= most
    return number or _is(token, _WORDS.get(name, ()))


def _length(token: Node, least: float, most: float) -> bool:
    if isinstance(token, NumberToken):
        return token.value == 0 and least == 0
    if not isinstance(token, DimensionToken):
        return False
    unit = _UNITS.get(token.lower_unit)
    return unit is not None and least <= token.value * unit <= most


def _is(token: Node, words: Iterable[str]) -> bool:
    return isinstance(token, IdentToken) and token.lower_value in words


def _colour(token: Node) -> bool:
    """A colour, or a word such as solid: of an edge it may be any."""
    if isinstance(token, FunctionBlock):
        plain = (NumberToken, PercentageToken, WhitespaceToken, LiteralToken)
        return token.lower_name in _COLOURS and all(isinstance(each, plain) for each in token.arguments)
    return isinstance(token, (HashToken, IdentToken))
