"""Templates to campaign.pot: every {% trans %} with the place and the note a translator needs."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.catalogue import store
from campaign.errors import CampaignError, Problem
from campaign.project import Project, read_text

if TYPE_CHECKING:
    from translate.storage.pypo import pofile

KEYWORDS = ("gettext", "ngettext:1,2", "pgettext:1c,2", "npgettext:1c,2,3", "_")
OPTIONS = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}

#: Files whose sentences stand in every item: a mediator meets them first.
SHARED = ("labels", "claims", "shared", "base")

_BLOCK = re.compile(r"\{%-? (?:block|macro) (\w+)")
_NOTE = "translators:"


@dataclass(frozen=True, slots=True)
class Extracted:
    """One message of a template: its identity, the files that use it, and its notes."""

    context: str
    source: str
    plural: str
    files: tuple[str, ...]
    notes: tuple[str, ...]


def extract(project: Project) -> tuple[Extracted, ...]:
    """Every message of every template, each once, shared sentences first.

    Raises:
        CampaignError: a template that cannot be read or parsed (file and line), or no message at all.
    """
    found: dict[tuple[str, str], Extracted] = {}
    problems: list[Problem] = []
    for path in sources(project):
        name = project.name(path)
        try:
            messages = _messages(path, name)
        except CampaignError as error:
            problems += error.problems
            continue
        for message in messages:
            known = found.get((message.context, message.source))
            if known is None:
                found[message.context, message.source] = message
            elif known.plural and message.plural and known.plural != message.plural:
                problems.append(Problem(name, f"{message.source!r} has another plural in {known.files[0]}", "make both the same"))
            else:
                found[message.context, message.source] = Extracted(
                    known.context, known.source, known.plural or message.plural,
                    tuple(dict.fromkeys(known.files + message.files)), tuple(dict.fromkeys(known.notes + message.notes)))
    if problems:
        raise CampaignError(problems)
    if not found:
        raise CampaignError.single("the templates hold no message", where=project.name(project.templates),
                                   todo="mark sentences with {% trans %}…{% endtrans %}")
    return tuple(found.values())


def sources(project: Project) -> list[Path]:
    """The template files, shared ones first."""
    files = [*project.messages.glob("*.j2"), *(project.templates / "channels").glob("*.j2")]
    return sorted(files, key=lambda path: (SHARED.index(path.stem) if path.stem in SHARED else len(SHARED), path.stem))


def _messages(path: Path, name: str) -> list[Extracted]:
    from babel.messages.extract import extract as babel_extract
    from jinja2 import TemplateSyntaxError

    text = read_text(path, name)
    keywords = {}
    for keyword in KEYWORDS:
        function, _, positions = keyword.partition(":")
        keywords[function] = tuple((int(p[:-1]), "c") if p.endswith("c") else int(p) for p in positions.split(",") if p) or None
    try:
        results = list(babel_extract("jinja2.ext:babel_extract", io.BytesIO(text.encode()), keywords, (_NOTE,), dict(OPTIONS)))
    except TemplateSyntaxError as error:
        raise CampaignError.single(f"template error: {error.message}", where=f"{name}:{error.lineno}",
                                   todo="correct the template; no catalogue was changed") from error
    blocks = _blocks(text)
    messages = []
    for line, message, comments, context in results:
        singular, plural = (message, "") if isinstance(message, str) else (message[0], message[1])
        if not singular.strip():
            raise CampaignError.single("an empty {% trans %}", where=f"{name}:{line}", todo="write a text or delete it")
        note = " ".join(comments).removeprefix(_NOTE).strip()
        place = f"[{path.stem}/{blocks[line - 1]}]"
        messages.append(Extracted(context or "", singular, plural or "", (name,), (f"{place} {note}".strip(),)))
    return messages


def _blocks(text: str) -> list[str]:
    """For each line, the name of the block or macro that it stands in."""
    names, current = [], "-"
    for line in text.split("\n"):
        if match := _BLOCK.search(line):
            current = match[1]
        names.append(current)
    return names


def build_pot(messages: tuple[Extracted, ...], name: str, revision: str) -> pofile:
    """The messages as a POT file."""
    from translate.storage import pypo

    pot = store.new("", name, revision)
    for message in messages:
        unit = pypo.pounit(encoding="UTF-8")
        unit.source = [message.source, message.plural] if message.plural else message.source
        if message.plural:
            unit.target = ["", ""]
        if message.context:
            unit.setcontext(message.context)
        for note in message.notes:
            unit.addnote(note, origin="developer")
        for file in message.files:
            unit.addlocation(file)
        if "%(" in message.source + message.plural:
            unit.settypecomment("python-format")
        pot.units.append(unit)
    return pot
