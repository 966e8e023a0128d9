"""The rule of a gettext Plural-Forms header: which form a whole number takes, without `eval`.

Specification: the GNU gettext manual, "Additional functions for plural forms": a C expression of one variable, n.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

#: The numbers that tell two rules apart: no rule of CLDR for whole numbers below a million needs larger ones.
NUMBERS = range(201)

#: What a header may ask of this program: characters, parts, brackets in brackets, forms.
LONGEST, MOST_TOKENS, DEEPEST, MOST_FORMS = 1000, 250, 40, 20

Formula = Callable[[int], int]

_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=([^;]*);?\s*")
_TOKEN = re.compile(r"\s*(\d{1,9}|n\b|&&|\|\||[=!<>]=|[-+*/%<>?:()!])")

#: Operators of C that take two values, from the loosest to the tightest, and what those do that need both values.
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_ACTS: dict[str, Callable[[int, int], int]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
    "%": operator.mod,
}


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How many forms a language has, and the form of every whole number."""

    forms: int
    index: Formula

    def table(self) -> tuple[int, ...]:
        """The form of each of NUMBERS."""
        return tuple(map(self.index, NUMBERS))


@lru_cache(maxsize=256)
def parse(header: str) -> PluralRule:
    """The rule that the value of a Plural-Forms header states.

    Raises:
        ValueError: no such value, a formula that is no C expression of n, that divides by zero or leaves the forms.
    """
    found = _HEADER.fullmatch(header[: LONGEST + 1])
    if not found or len(header) > LONGEST or not 1 <= int(found[1]) <= MOST_FORMS:
        raise ValueError("no Plural-Forms")
    tokens = list(_tokens(found[2].strip()))
    if len(tokens) > MOST_TOKENS:
        raise ValueError("is too long")
    formula = _choice(tokens, 0)
    if tokens:
        raise ValueError(f"{tokens[0]!r} stands where it has no meaning")
    rule = PluralRule(int(found[1]), formula)
    try:
        inside = all(0 <= index < rule.forms for index in rule.table())
    except (ZeroDivisionError, OverflowError) as error:
        raise ValueError("divides by zero") from error
    if not inside:
        raise ValueError(f"names a form outside 0 to {rule.forms - 1}")
    return rule


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"{text[at : at + 10]!r} has no meaning")
        yield found[1]
        at = found.end()


def _choice(tokens: list[str], depth: int) -> Formula:
    """A condition with its two outcomes, or what binds tighter; takes its tokens from the list."""
    if depth > DEEPEST:
        raise ValueError("nests too deep")
    condition = _binary(tokens, 0, depth)
    if not tokens or tokens[0] != "?":
        return condition
    tokens.pop(0)
    yes = _choice(tokens, depth + 1)
    _take(tokens, ":")
    no = _choice(tokens, depth + 1)
    return lambda n: yes(n) if condition(n) else no(n)


def _binary(tokens: list[str], level: int, depth: int) -> Formula:
    if level == len(_LEVELS):
        return _single(tokens, depth)
    left = _binary(tokens, level + 1, depth)
    while tokens and tokens[0] in _LEVELS[level]:
        sign = tokens.pop(0)
        left = _both(sign, left, _binary(tokens, level + 1, depth))
    return left


def _both(sign: str, left: Formula, right: Formula) -> Formula:
    if sign == "&&":  # what stands on the right counts only where the left holds, as in C
        return lambda n: int(bool(left(n)) and bool(right(n)))
    if sign == "||":
        return lambda n: int(bool(left(n)) or bool(right(n)))
    act = _ACTS[sign]
    return lambda n: int(act(left(n), right(n)))


def _single(tokens: list[str], depth: int) -> Formula:
    """A number, n, something in brackets, or the opposite of it."""
    if not tokens:
        raise ValueError("ends too early")
    sign = tokens.pop(0)
    if sign == "n":
        return lambda n: n
    if sign.isdigit():
        number = int(sign)
        return lambda n: number
    if sign == "!":
        if depth > DEEPEST:
            raise ValueError("nests too deep")
        inner = _single(tokens, depth + 1)
        return lambda n: int(not inner(n))
    if sign == "(":
        inner = _choice(tokens, depth + 1)
        _take(tokens, ")")
        return inner
    raise ValueError(f"{sign!r} stands where it has no meaning")


def _take(tokens: list[str], wanted: str) -> None:
    if not tokens or tokens.pop(0) != wanted:
        raise ValueError(f"lacks {wanted!r}")
