"""Markup: tags, code and invisible characters that would show, vanish or run in print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from campaign.checks.facts import Facts, found, in_form
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit
from campaign.render.characters import unprintable

TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Jinja2's brackets; Typst's calls and keywords ("#YouHaveRights" is a hashtag); the bold and code signs that
# translation engines like to add.
CODE = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|#[a-z][\w.-]*[(\[]|#(?:let|set|show|import|include|eval)\b|\*\*|`+", re.IGNORECASE
)

#: Each kind of markup, what is said of a piece that is new, and of one that is lost: an entity of the source may well
#: have become the character that it stands for.
_KINDS = (
    (
        TAG,
        say("the tag %(piece)s is not in the source"),
        say("the tag %(piece)s of the source is missing"),
    ),
    (ENTITY, say("the entity %(piece)s is not in the source"), None),
    (
        CODE,
        say("the code %(piece)s is not in the source"),
        say("the code %(piece)s of the source is missing"),
    ),
)

#: A byte order mark inside a text, and the sign that a converter leaves where it lost a letter.
DAMAGE = {"\ufeff": "U+FEFF ZERO WIDTH NO-BREAK SPACE", "\ufffd": "U+FFFD REPLACEMENT CHARACTER"}


def foreign_markup(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each piece of markup that a form adds or loses, unprintable characters, line breaks."""
    for index, form in enumerate(unit.forms):
        if not form.strip():
            continue
        # The first form answers to the singular, the others to the plural of the source.
        source = unit.plural if unit.plural and index else unit.source
        for pattern, added, lost in _KINDS:
            stood, stands = pattern.findall(source), pattern.findall(form)
            if stood == stands:
                continue
            wanted, have = Counter(stood), Counter(stands)
            for piece in have - wanted:
                yield found("markup", unit, in_form(unit, index, added.given(piece=piece)))
            if lost is not None:
                for piece in wanted - have:
                    yield found("markup", unit, in_form(unit, index, lost.given(piece=piece)))
        for name in hidden(form, source):
            said = say("the text holds %(character)s; delete it", character=name)
            yield found("markup", unit, in_form(unit, index, said))
        if _ends(form) != _ends(source):
            yield found("markup", unit, in_form(unit, index, say("line breaks are not as in the source")))


def _ends(text: str) -> tuple[bool, bool]:
    """Whether a text begins and ends with a line break: `msgfmt -c` refuses one that does so in one language only."""
    return text.startswith("\n"), text.endswith("\n")


def hidden(text: str, source: str) -> list[str]:
    """The characters of the text that no print may hold and that the source does not have, by code point."""
    names = ((c, DAMAGE.get(c) or unprintable(c)) for c in sorted(set(text) - set(source)))
    return [name for _, name in names if name]
