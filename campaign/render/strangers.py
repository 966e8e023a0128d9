"""Words of a message that nobody signs: in no sentence of a catalogue, no record of a contact, no setting.

A rendered line is compared with the sentences it was made from, not the template with a grammar: whatever brings a word
in (a forgotten {% trans %}, a filter, a {% set %}, a joined list), something is left when the sentences are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from campaign.errors import Problem
from campaign.model.message import Message
from campaign.project import Project
from campaign.provenance.place import written_at
from campaign.provenance.remainder import remainder
from campaign.render.helpline import spoken_name

#: The picture that an idea of an Easy Read text names: `[icon] sentence`.
_ICON = re.compile(r"^\[[a-z-]+\]")
#: Fewer letters stand in too many lines to say which is meant.
_FEWEST = 4
_TODO = "put it between {% trans %} and {% endtrans %}, or delete it"


def strangers(message: Message, declared: Iterable[str], project: Project) -> Iterator[Problem]:
    """A problem for each readable stretch that no sentence of the message and none of the declared values holds.

    `declared` are the values that the program gave to the templates: numbers, names, addresses, hashtags, the batch.
    """
    values = {*declared, *(text for h in message.helplines for text in (h.contact.display, h.contact.name))}
    values |= {*message.lettered}
    for name, used in message.units.items():
        kind, _, _ = name.partition(":")
        if kind == "text":
            continue
        own = (*values, *(unit.shown for unit in used), *_recorded(message, name))
        for line in message.shown(name):
            for text in remainder(_ICON.sub("", line) if name == "easy" else line, own):
                likely = project.inside(project.messages / f"{message.audience}.j2")
                yield _problem(text, project, likely, f"block {name}")
    lines = (line for name in message.units if not name.startswith("text:") for line in message.shown(name))
    every = (*lines, *values)
    for name, text in message.texts.items():
        for found in remainder(text, every):
            yield _problem(found, project, project.inside(project.channel_texts / f"{name}.j2"), "")


def _recorded(message: Message, name: str) -> Iterator[str]:
    """What the claims of a helpline say from its record: opening hours, and languages by their own names."""
    for helpline in message.helplines:
        if name == f"contact:{helpline.contact.id}":
            yield from (text for span in helpline.contact.hours for text in (span.opens, span.closes))
            others = helpline.contact.exceptions
            yield from (text for other in others for text in (other.date, other.opens, other.closes))
            yield from (spoken_name(tag, message.locale) for tag in helpline.contact.languages)


def _problem(text: str, project: Project, likely: Path, block: str) -> Problem:
    """Where the words stand, as far as a file holds them as they are."""
    others = (*project.files(project.messages, "*.j2"), *project.files(project.channel_texts, "*.j2"))
    place = ""
    if len(text) >= _FEWEST:
        place = written_at(text, {project.name(path): path for path in (likely, *others)})
    if not place:
        place = f"{project.name(likely)} ({block})" if block else project.name(likely)
    return Problem(place, f"text outside {{% trans %}}: {text[:60]!r}", _TODO)
