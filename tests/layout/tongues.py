"""Messages in every language of the registry: words of CLDR in place of those of a message that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path

from babel import Locale

from campaign import languages
from campaign.model.blocks import BLOCKS, Shape
from campaign.model.message import Message
from campaign.typeset import fonts

#: CLDR has no words of these: those of the language that is written alike stand for them.
LIKE = {"prs": "fa", "ary": "ar", "arz": "ar", "rom": "ro"}
_NUMBER = re.compile(r"\+?[0-9][0-9 ]+[0-9]")
_ICON = re.compile(r"\[[a-z-]+\] ")


@cache
def words(tag: str, extra: Path) -> tuple[str, ...]:
    """The names of languages, places, months and days in a language, as far as its fonts show them."""
    locale = Locale.parse(LIKE.get(tag, tag), sep="-")
    names = [languages.get(tag).autonym, *locale.languages.values(), *locale.territories.values()]
    for table in (locale.months, locale.days):
        for use in sorted(table):
            names += table[use].get("wide", {}).values()
    families = languages.get(tag).fonts
    wanted = dict.fromkeys(name for name in names if name and not _NUMBER.search(name))
    return tuple(name for name in wanted if not fonts.missing(extra, families, [name]))


def spoken(message: Message, tag: str, extra: Path, start: int = 0, *, longer: float = 0.8) -> Message:
    """A message with words of another language, its numbers where they were; `start` says with which word it begins,
    `longer` how long its labels are beside those of the message.
    """
    names = cycle(words(tag, extra)[start:] + words(tag, extra)[:start])

    def said(text: str, times: float = 0.8) -> str:
        icon = _ICON.match(text)
        parts, length = [], 0
        for name in names:
            if parts and length + len(name) > times * len(text):
                break
            parts.append(name)
            length += len(name) + 1
        if number := _NUMBER.search(text):
            parts.insert(len(parts) // 2, number[0])
        return (icon[0] if icon else "") + " ".join(parts)

    lines = {spec.name for spec in BLOCKS if spec.shape is Shape.LINE}
    blocks = {
        name: (said(" ".join(value)),) if name in lines and value else tuple(map(said, value))
        for name, value in message.blocks.items()
    }
    helplines = tuple(
        replace(
            line,
            kind=said(line.kind),
            hours=said(line.hours) if line.hours else "",
            cost=said(line.cost) if line.cost else "",
            privacy=said(line.privacy) if line.privacy else "",
            spoken=said(line.spoken) if line.spoken else "",
        )
        for line in message.helplines
    )
    labels = {name: said(text, longer) for name, text in message.labels.items()}
    return replace(message, locale=tag, blocks=blocks, labels=labels, helplines=helplines)


def sets(tag: str, extra: Path, count: int) -> Iterator[int]:
    """`count` words to begin with, evenly over all of a language's."""
    whole = len(words(tag, extra))
    yield from (number * whole // count for number in range(count))
