"""The headline in the lines that its sense asks for: those that a mediator broke it into, else its clauses."""

from __future__ import annotations

import regex

from campaign.model.blocks import TITLE
from campaign.model.message import Message

#: A clause ends with a mark and a space, in scripts without spaces with a mark of their own.
_CLAUSE = regex.compile(r"(?<=[,;:.?!…،؛؟۔।॥፣፤፥።၊။៖;·—–])\s+|(?<=[，；：。？！、])(?=\p{L})")
#: A clause of fewer letters stands on no line of its own.
_SHORTEST = 4


def lines(message: Message) -> tuple[str, ...]:
    """The lines of the headline, in order; none where it has no place to break by sense."""
    title = message.line(TITLE)
    found = message.headline or halves(title, clauses(title))
    return found if len(found) > 1 else ()


def clauses(text: str) -> tuple[str, ...]:
    """A text at its commas and full stops; one clause where one of them would be very short."""
    parts = tuple(regex.split(_CLAUSE, text))
    short = any(len(regex.findall(r"\p{L}", part)) < _SHORTEST and not regex.search(r"\p{Han}", part) for part in parts)
    return (text,) if short else parts


def halves(text: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """More than two clauses in two lines, as long as each other as they can be: a line for each would be too many."""
    if len(parts) < 3:
        return parts
    ends = [text.index(part) + len(part) for part in parts[:-1]]
    end = min(ends, key=lambda end: abs(2 * end - len(text)))
    return text[:end], text[end:].strip()
