"""The glossary of a language as TBX, out and in: a stranger's terms fill gaps and never overrule what was agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from campaign import config
from campaign.catalogue import glossary
from campaign.catalogue.exchange import safe_xml, tbx
from campaign.catalogue.glossary import Term
from campaign.errors import CampaignError
from campaign.foreign import read_bytes
from campaign.project import Project, locked, write_atomic


@dataclass(frozen=True, slots=True)
class TermsFile:
    """A glossary to hand on: its bytes, and how many terms it holds."""

    data: bytes
    count: int


@dataclass(frozen=True, slots=True)
class TakenTerms:
    """What was taken from a glossary: terms that are new, those that stood here already, and why others were not."""

    locale: str
    new: int
    same: int
    refused: tuple[str, ...]


def is_tbx(file: Path) -> bool:
    """Whether a file is called as glossaries are."""
    return file.suffix.casefold() == ".tbx"


def export(project: Project, locale: str) -> TermsFile:
    """The agreed and avoided terms of a language, with the source language's own terms and notes.

    Raises:
        CampaignError: no language to translate into, no terms, a glossary that cannot be read.
    """
    campaign = config.load(project)
    source = campaign.source_language
    if locale not in campaign.languages or locale == source:
        raise CampaignError.single("is no language that this campaign translates into", where=locale)
    terms = glossary.load(project, locale, source).terms
    if not terms:
        todo = f"write some into {glossary.path_name(locale)}"
        raise CampaignError.single("has no terms to hand on", where=locale, todo=todo)
    return TermsFile(tbx.write(terms, source, locale, campaign.name), len(terms))


def take(project: Project, file: Path, language: str = "") -> TakenTerms:
    """Take the terms of a TBX file into the glossary of a language; those that contradict it are refused one by one.

    Raises:
        CampaignError: the file is no TBX, damaged or dangerous, holds no language of the campaign, or several and
            `language` names none; a glossary that cannot be read. Nothing is changed then.
    """
    campaign = config.load(project)
    root = safe_xml.parse(read_bytes(file, file.name, "import_mb"), file.name)
    if root.tag not in ("martif", "tbx"):
        todo = "save it as TBX"
        raise CampaignError.single(f"begins with <{root.tag[:40]}>, which is no glossary", where=file.name, todo=todo)
    locale = tbx.language(root, file.name, campaign.languages, campaign.source_language, language)
    path, name = project.glossary(locale), glossary.path_name(locale)
    with locked(path, name):
        own = glossary.read(read_bytes(path, name), name) if path.exists() else []
        agreed = {term.term.casefold(): term for term in glossary.load(project, locale, campaign.source_language).terms}
        rows, new, same, refused = {term.term.casefold(): term for term in own}, 0, 0, list[str]()
        for line, term in tbx.read(root, campaign.source_language, locale):
            before = agreed.get(term.term.casefold())
            wrong = glossary.faults(term) or (_contradicts(before, term) if before else [])
            if wrong:
                refused.append(f"line {line}: {term.term[:60]!r} {'; '.join(wrong)}")
            elif before and _says_all(before, term):
                same += 1
            else:
                note = (before.note if before else "") or term.note
                agreed[term.term.casefold()] = rows[term.term.casefold()] = replace(term, note=note)
                new += 1
        if new:
            write_atomic(path, glossary.written(rows.values()))
    return TakenTerms(locale, new, same, tuple(refused))


def _says_all(before: Term, term: Term) -> bool:
    """Whether nothing of a term is new."""
    return (
        set(term.forms) <= set(before.forms)
        and set(term.forbidden) <= set(before.forbidden)
        and term.keep <= before.keep
        and not (term.note and not before.note)
    )


def _contradicts(before: Term, term: Term) -> list[str]:
    """What a term says against what was agreed; one that has only a note says nothing yet."""
    if _says_all(before, term) or not (before.forms or before.forbidden or before.keep):
        return []
    said = ", ".join((*before.forms, *(f"not {word}" for word in before.forbidden))) or "as it is"
    theirs = ", ".join((*term.forms, *(f"not {word}" for word in term.forbidden))) or "as it is"
    if said == theirs:
        return []
    return [f"is agreed here as {said[:80]}, the file says {theirs[:80]}: change the glossary by hand if it is right"]
