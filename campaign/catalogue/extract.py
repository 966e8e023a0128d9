"""Templates to campaign.pot: every {% trans %} with the place and the note a translator needs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.catalogue import date_words, form_templates, store
from campaign.config import kinds
from campaign.config.tables import parse, suggestion
from campaign.errors import CampaignError, Problem
from campaign.model.placeholders import placeholders
from campaign.project import Project, read_text
from campaign.spoken.guide import Guide

if TYPE_CHECKING:
    from translate.storage.pypo import pofile

#: What each of gettext's functions takes first.
ARGUMENTS = {
    "gettext": ("source",),
    "_": ("source",),
    "ngettext": ("source", "plural"),
    "pgettext": ("context", "source"),
    "npgettext": ("context", "source", "plural"),
}
OPTIONS = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}

#: Files whose sentences stand in every item: a mediator meets them first.
SHARED = ("labels", "claims", "shared", "base")

_BLOCK = re.compile(r"\{%[-+]?\s*(?:block|macro)\s+(\w+)")
_NOTE = "translators:"
_TAG = re.compile(r"unknown tag '(\w+)'")
#: What templates are written with, to name what a misspelt tag was to be.
_TAGS = (
    *(
        "block",
        "endblock",
        "trans",
        "endtrans",
        "pluralize",
        "extends",
        "from",
        "import",
        "include",
        "macro",
        "endmacro",
    ),
    *("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "call", "endcall", "raw", "endraw"),
)


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
    dated = False
    for path in sources(project):
        name = project.name(path)
        try:
            text = read_text(path, name)
            messages = _messages(path.stem, name, text)
            if path.parent == form_templates.folder(project):
                form_templates.parse(name, text)
                dated = True
        except CampaignError as error:
            problems += error.problems
            continue
        for message in messages:
            known = found.get((message.context, message.source))
            if known is None:
                found[message.context, message.source] = message
            elif known.plural != message.plural:
                # gettext knows a message by context and singular alone; rendering would miss one of the two.
                what = f"{message.source[:60]!r} has another plural in {known.files[0]}, or none"
                problems.append(Problem(name, what, "make both the same, or give one of them a context"))
            else:
                files = tuple(dict.fromkeys(known.files + message.files))
                notes = tuple(dict.fromkeys(known.notes + message.notes))
                found[message.context, message.source] = replace(known, files=files, notes=notes)
    told = Guide(source_language(project))  # notes of the program's own
    for message in _own_kinds(project, told):
        found.setdefault((message.context, message.source), message)
    if problems:
        raise CampaignError(problems)
    if not found:
        raise CampaignError.single(
            "the templates hold no message",
            where=project.name(project.templates),
            todo="mark sentences with {% trans %}…{% endtrans %}",
        )
    return (*found.values(), *(_dates(project, told) if dated else ()))


def source_language(project: Project) -> str:
    """The language that campaign.toml says the messages are written in; English while it says nothing."""
    if not project.config.exists():
        return "en"
    return str(parse(project.config, project.name(project.config)).get("source_language") or "en")


def _own_kinds(project: Project, told: Guide) -> Iterator[Extracted]:
    """What the workspace's own kinds of contacts are for: their words stand in contacts.toml."""
    name = project.name(project.contacts)
    for kind in kinds.read(project):
        note = f"[kinds/{kind.id}] {told.said('what a telephone number is for')}"
        yield Extracted("", kind.words, "", (name,), (note,))
        if kind.child_words:
            yield Extracted(kinds.CHILDREN, kind.child_words, "", (name,), (f"{note}; {told.said('for children')}",))


def marked(name: str, text: str) -> tuple[tuple[str, str, str], ...]:
    """Context, source and plural of every sentence of a template, or of a piece of one, in order."""
    return tuple((message.context, message.source, message.plural) for message in _messages("", name, text))


def sources(project: Project) -> list[Path]:
    """The template files, shared ones first."""
    folders = (project.messages, project.channel_texts, form_templates.folder(project))
    files = [path for folder in folders for path in project.files(folder, "*.j2")]
    return sorted(files, key=lambda path: (SHARED.index(path.stem) if path.stem in SHARED else len(SHARED), path.stem))


def _dates(project: Project, told: Guide) -> Iterator[Extracted]:
    """The words of dates: forms show them. Their entries have English names, so notes say them in another source."""
    where = (project.name(form_templates.folder(project)),)
    own = {words.key: text for words, text in date_words.of(told.tag).drafts() if "%" not in text}
    for words in date_words.all_words().values():
        said = own.get(words.key, "") if told.tag != date_words.NAMED_IN else ""
        note = "; ".join(part for part in (said, told.said(date_words.note(words))) if part)
        yield Extracted(words.context, words.source, "", where, (f"[dates/{words.context}] {note}",))


@lru_cache(maxsize=256)  # a command that looks twice, or a page that looks again, parses what changed
def _messages(stem: str, name: str, text: str) -> tuple[Extracted, ...]:
    from jinja2 import TemplateSyntaxError
    from jinja2.ext import babel_extract

    try:
        results = list(babel_extract(io.BytesIO(text.encode()), tuple(ARGUMENTS), (_NOTE,), dict(OPTIONS)))
    except TemplateSyntaxError as error:
        tag = _TAG.search(str(error.message))
        near = suggestion(tag[1], _TAGS) if tag else ""
        raise CampaignError.single(
            f"template error: {error.message}{near}",
            where=f"{name}:{error.lineno}",
            todo="correct the template; no catalogue was changed",
        ) from error
    except RecursionError as error:
        raise CampaignError.single("template error: nests too deep", where=name, todo="shorten the template") from error
    blocks = _blocks(text)
    messages, problems = [], []
    for line, function, given, comments in results:
        names = ARGUMENTS[function]
        texts = dict(zip(names, given if isinstance(given, tuple) else (given,), strict=False))
        if problem := _problem(texts, names, f"{name}:{line}"):
            problems.append(problem)
            continue
        note = " ".join(" ".join(comments).removeprefix(_NOTE).split())
        notes = (f"[{stem}/{blocks[line - 1]}] {note}".strip(),)
        source, plural = str(texts["source"]), texts.get("plural") or ""
        messages.append(Extracted(texts.get("context") or "", source, plural, (name,), notes))
    if problems:
        raise CampaignError(problems)
    return tuple(messages)


def _problem(texts: Mapping[str, str | None], names: tuple[str, ...], where: str) -> Problem | None:
    """Why a message cannot stand in a catalogue: left alone, it would be passed over and never be translated."""
    if any(texts.get(name) is None for name in names):
        return Problem(where, "a message that is no literal text", "write the sentence in quotes, or use {% trans %}")
    if any(not (text or "").strip() for name, text in texts.items() if name != "context"):
        return Problem(where, "an empty message", "write a text or delete it")
    if any(store.UNSTORABLE.search(text or "") for text in texts.values()):
        return Problem(where, "a message with a NUL or a lone surrogate", "delete the character")
    return None


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
        if placeholders(message.source) or placeholders(message.plural):
            unit.settypecomment("python-format")
        pot.units.append(unit)
    return pot
