"""Draft what is missing in a language: memory first, then an offline engine; always fuzzy, written batch by batch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign import config, engines, languages
from campaign.catalogue import date_words, states, store, warm
from campaign.catalogue import glossary as glossaries
from campaign.catalogue.exchange import safe_xml, tmx
from campaign.catalogue.memory import Match, Memory, accepted
from campaign.catalogue.origins import MACHINE, MEMORY, untouched
from campaign.checks import check_unit
from campaign.drafting.draft import Draft, Drafter
from campaign.errors import CampaignError
from campaign.foreign import read_bytes
from campaign.ledger import ledger
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.finding import Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.protocols import Progress, TranslationEngine
from campaign.translation import catalogues
from campaign.workspace import loader

#: Units that are drafted and written together: an interrupted run loses so many at most, of many a WRITES-th.
BATCH = 24

#: Most writes of a language: each reads and proves the whole file, so a write every BATCH would take quadratic time.
WRITES = 24

#: Where the draft of a word of dates comes from.
_DATES = f"{MEMORY}words of dates, CLDR 42 and the campaign team"

#: The name by which no engine drafts: only what was said before for the same sentence.
MEMORY_ALONE = "memory"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A unit that got a draft: `origin` and `notes` are what its comments say."""

    unit: Unit
    origin: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that stays empty, and why."""

    unit: Unit
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did (or, when it was dry, would do) in one language."""

    locale: str
    engine: str
    kept: int = 0
    drafted: list[Drafted] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What there is to do in a language: units to draft, units to leave alone, and what was said before."""

    campaign: Campaign
    locale: str
    todo: tuple[Unit, ...]
    kept: tuple[Unit, ...]
    memory: Memory


def plan(project: Project, locale: str, *, redo: bool = False, memories: Sequence[Path] = ()) -> DraftPlan:
    """Look at a language's catalogue; one that is not there yet has every unit of the templates to draft.

    `redo` takes in machine drafts that nobody touched; a text that a person typed or signed is never replaced.

    Raises:
        CampaignError: the language is not the campaign's, or a file cannot be read.
    """
    campaign = config.load(project)
    if locale not in campaign.languages or locale == campaign.source_language:
        languages.get(locale)
        raise CampaignError.single(
            f"{locale} is not a language to translate into",
            where="campaign.toml: languages",
            todo="add its tag there" if locale not in campaign.languages else "name another language",
        )
    units = _units(project, locale)
    reviews = ledger.read(project.ledger(locale), project.name(project.ledger(locale)))
    approvals = reviews.approvals(campaign.trusted(locale))
    signed = {unit.key for unit in units if states.state(unit, approvals, campaign.needed(locale)) is State.SIGNED}
    todo = tuple(unit for unit in units if not _has_text(unit) or (redo and unit.key not in signed and untouched(unit)))
    kept = tuple(unit for unit in units if unit not in todo)
    files = [*filter(Path.exists, [accepted(project, locale)]), *memories]
    others = [unit for file in files for unit in _memory(file, campaign.source_language, locale)]
    return DraftPlan(campaign, locale, todo, kept, Memory([*kept, *others], signed))


def _memory(file: Path, source: str, locale: str) -> Iterable[Unit]:
    """The texts of another campaign or organisation: a PO file, or a TMX file."""
    if file.suffix.casefold() != ".tmx":
        return store.read(file, str(file), locale).units
    root = safe_xml.parse(read_bytes(file, str(file), "import_mb"), str(file))
    tmx.language(root, str(file), (locale,), locale)
    return tmx.units(tmx.read(root, str(file), source, locale), locale, file.name)


def _units(project: Project, locale: str) -> tuple[Unit, ...]:
    path = project.catalogue(locale)
    if path.exists():
        return store.read(path, project.name(path), locale).units
    nplurals = languages.get(locale).nplurals
    return tuple(loader.in_language(unit, locale, nplurals) for unit in loader.source_units(project, locale))


def _has_text(unit: Unit) -> bool:
    return any(form.strip() for form in unit.forms)


def draft(
    project: Project,
    locale: str,
    *,
    engine: str = "",
    redo: bool = False,
    dry_run: bool = False,
    memories: Sequence[Path] = (),
    progress: Progress = lambda done, total: None,
) -> Report:
    """Draft a language. A dry run makes every draft and writes none; the engine "memory" leaves what it does not know.

    Raises:
        CampaignError: no engine for what the memory does not know, a broken glossary, a file that cannot be read.
    """
    if not project.catalogue(locale).exists() and not dry_run:
        catalogues.update(project, (locale,))
    work = plan(project, locale, redo=redo, memories=memories)
    known = {unit.key: match for unit in work.todo if (match := work.memory.exact(unit))}
    dates = {unit.key: words for unit in work.todo if unit.key not in known and (words := date_words.draft(unit))}
    if engine == MEMORY_ALONE:
        work = replace(work, todo=tuple(unit for unit in work.todo if unit.key in {*known, *dates}))
    rest = [unit for unit in work.todo if unit.key not in {*known, *dates}]
    source = work.campaign.source_language
    loaded = engines.load(source, locale, engine) if rest else None
    report = Report(locale, _named(loaded) if loaded else "", len(work.kept))
    names = tuple(sorted({contact.name for contact in work.campaign.contacts}))
    drafter = Drafter(loaded, locale, glossaries.load(project, locale, source), names) if loaded else None
    size = max(BATCH, -(-len(work.todo) // WRITES))
    for start in range(0, len(work.todo), size):
        batch = work.todo[start : start + size]
        made: dict[str, Drafted | Left] = {
            unit.key: _from_memory(unit, known[unit.key]) for unit in batch if unit.key in known
        }
        made |= {unit.key: _drafted(unit, (dates[unit.key],), _DATES) for unit in batch if unit.key in dates}
        if drafter:
            left = [unit for unit in batch if unit.key not in made]
            made |= _from_engine(left, drafter, report.engine, work.memory)
        done = {key: _checked(item, names, project) for key, item in made.items()}
        ready = {key: item for key, item in done.items() if isinstance(item, Drafted)}
        written = ready if dry_run else _written(project, locale, batch, ready)
        report.drafted += written.values()
        report.left += [item for item in done.values() if isinstance(item, Left)]
        report.kept += len(ready) - len(written)
        progress(min(start + size, len(work.todo)), len(work.todo))
    return report


def _named(engine: TranslationEngine) -> str:
    """An engine with its model and the licence of it, as a report and the origin of each draft say it."""
    licence = "".join(filter(str.isprintable, engine.licence)).replace(";", ",")
    return f"{engine.name} {engine.model} {engine.version} (licence: {licence or 'not stated'})"


def _from_memory(unit: Unit, match: Match) -> Drafted:
    said = "signed" if match.signed else re.sub(r"; text [0-9a-f]{8}$", "", match.unit.origin) or "a draft"
    return _drafted(unit, match.unit.forms, f"{MEMORY}same source; {said}")


def _drafted(unit: Unit, forms: tuple[str, ...], origin: str, notes: tuple[str, ...] = ()) -> Drafted:
    return Drafted(_with(unit, forms), f"{origin}; text {digest(*forms)[:8]}", notes)


def _with(unit: Unit, forms: tuple[str, ...]) -> Unit:
    return Unit(unit.locale, unit.context, unit.source, unit.plural, forms, True, where=unit.where, notes=unit.notes)


def _from_engine(units: Sequence[Unit], drafter: Drafter, engine: str, memory: Memory) -> dict[str, Drafted | Left]:
    """One call of the drafter for all units: a plural is drafted from its singular and from its plural source."""
    wanted = {unit.key: _sources(unit) for unit in units}
    texts = list(dict.fromkeys(text for sources in wanted.values() for text in sources))
    drafts = dict(zip(texts, drafter.draft(texts), strict=True)) if texts else {}
    made: dict[str, Drafted | Left] = {}
    for unit in units:
        mine = [drafts[text] for text in wanted[unit.key]]
        fault = next((draft.fault or "the engine gave nothing" for draft in mine if not draft.text), "")
        if fault:
            made[unit.key] = Left(unit, fault)
        else:
            forms = tuple(draft.text for draft in mine)
            made[unit.key] = _drafted(unit, forms, f"{MACHINE}{engine}", _notes(mine, memory.similar(unit)))
    return made


def _sources(unit: Unit) -> list[str]:
    """What each form is drafted from: the form of one from the singular, every other from the plural."""
    if not unit.plural:
        return [unit.source]
    categories = languages.get(unit.locale).categories
    return [unit.source if category == "one" else unit.plural for category in categories]


def _notes(drafts: Sequence[Draft], similar: Match | None) -> tuple[str, ...]:
    order = ("high", "medium", "low")
    worst = max((d.confidence for d in drafts if d.confidence), key=lambda c: order.index(c.level))
    terms = dict.fromkeys(term for draft in drafts for term in draft.terms)
    suggestion = [f"suggestion: {similar.percent} % alike: {similar.unit.text}"] if similar else []
    return (f"confidence: {worst}", *(f"glossary: {term}" for term in terms), *suggestion)


def _checked(item: Drafted | Left, names: Sequence[str], project: Project) -> Drafted | Left:
    """The draft, unless the checks find an error in it: what is wrong is not shipped."""
    if isinstance(item, Left):
        return item
    found = check_unit(item.unit, names=names, fonts=project.fonts)
    wrong = next((finding for finding in found if finding.severity is Severity.ERROR), None)
    return Left(item.unit, f"{wrong.code}: {wrong.detail}") if wrong else item


def _written(project: Project, locale: str, batch: Sequence[Unit], ready: Mapping[str, Drafted]) -> dict[str, Drafted]:
    """Put drafts into the catalogue, except where another program wrote a text meanwhile; the ones that went in."""
    path = project.catalogue(locale)
    seen = {unit.key: unit.text_hash for unit in batch}
    for last in (False, False, True):
        now = store.read(path, project.name(path), locale).by_key()
        free = {key: item for key, item in ready.items() if key in now and now[key].text_hash == seen[key]}
        edits = {key: store.Edit(item.unit.forms, True, item.origin, item.notes) for key, item in free.items()}
        try:
            if edits:
                warm.edit(path, project.name(path), locale, edits, seen={key: seen[key] for key in edits})
        except CampaignError:
            # Between our look and the lock somebody wrote; look again, and at last say what is wrong.
            if last:
                raise
        else:
            return free
    raise AssertionError("the last attempt returns or raises")
