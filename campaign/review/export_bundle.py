"""Packs out: the chosen sentences of a language as one file for a person elsewhere, with the laid-out pages."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign import languages
from campaign.catalogue.exchange import docx, html, po, safe_xml, xliff, xliff2, xlsx
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.html import Beside, Section
from campaign.catalogue.exchange.segments import Sentence
from campaign.checks import RULES
from campaign.errors import CampaignError
from campaign.forms.frame import CHANNEL
from campaign.ledger import issued
from campaign.ledger.queue import Line, ordered
from campaign.model.campaign import Campaign
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.project import Project
from campaign.raster import pointed_out, reduced
from campaign.review.guide import guide
from campaign.review.offline_recorder import recorder
from campaign.review.preview import Previews
from campaign.review.samples import chips, samples
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.spoken import SPOKEN, findings
from campaign.spoken.guide import Guide
from campaign.typeset.subset import subsets
from campaign.workspace.facts import ItemView
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Pack:
    """A file to send: its bytes, and how many sentences it holds."""

    data: bytes
    count: int


PNG = "image/png"
#: The channels whose pages are pictures with the sentence pointed out.
DRAWN = ("leaflet", "social")
#: What reviewers type besides the letters of the texts.
TYPED = string.printable + "–·…“”’"
#: The forms that are catalogues: they have texts to translate, and so none for the source language.
CATALOGUES = ("po", "xliff", "xliff2")


def export(
    project: Project,
    locale: str,
    form: str,
    selection: Selection,
    on: date,
    interface: str = "",
    *,
    drafts: bool = True,
    cuts: bool = False,
) -> Pack:
    """A pack of one language: form "html", "xlsx", "docx", "po", "xliff" (1.2) or "xliff2".

    Without a selection it holds every sentence.

    `interface` is the language in which an HTML page speaks; when left out, the pack's own where the program speaks it.
    With `cuts` it shows beside each sentence the part of a laid-out page that holds it: a third of a second for each.
    Without `drafts` an XLIFF file shows no text that waits for a look.

    Raises:
        CampaignError: unknown language or selection, a language that has no PO file, files that cannot be read.
    """
    desk = Desk(project)
    campaign = desk.campaign  # which knows the languages of its own
    languages.get(locale)
    chosen = Selection(selection.countries, (locale,), selection.audiences, selection.channels)
    resolved = chosen.resolve(campaign)
    sheet = desk.sheet(locale)
    narrowed = bool(selection.countries or selection.audiences or selection.channels)
    items = [item for item in sheet.items if _has(resolved, item) or (not narrowed and item.job.channel == CHANNEL)]
    shown = {key for item in items for key in item.keys}
    lines = [line for key, line in sheet.lines.items() if key in shown or not narrowed]
    catalogue, source = form in CATALOGUES, campaign.source_language
    told = guide(project, interface or (locale if locale in SPOKEN else ""), source)
    rows = _rows(lines if catalogue else ordered(lines), None if catalogue else told)
    if not rows or (catalogue and locale == source):
        raise CampaignError.single(
            "there is nothing to put into this pack",
            where=locale,
            todo="run: campaign update, or choose something else",
        )
    if form not in ("html", "po"):
        _storable(rows)
    sentences = _sentences(project, locale, rows, drafts=drafts) if form in ("xliff", "xliff2") else []
    book = project.review_packs(locale)
    keys = {row.unit.key for row in rows}
    seen = {item.job.item: item.cover.whole for item in sheet.items if not keys.isdisjoint(item.keys)}
    number = issued.issue(book, project.name(book), form, rows, on, sheet.ledger.head, seen)
    if form == "po":
        path = project.catalogue(locale)
        data = po.write(path, project.name(path), locale, keys, number)
    elif sentences:
        data = (xliff2 if form == "xliff2" else xliff).write(sentences, source, locale, number)
    elif form == "xlsx":
        data = xlsx.write(rows, locale, number, told.tag or "en")
    elif form == "docx":
        data = docx.write(_parts(campaign, items, rows, told), locale, campaign.name, source, number)
    else:
        data = _page(desk, sheet, items, rows, number, told, cuts=cuts)
    return Pack(data, len(rows))


def _rows(lines: Iterable[Line], told: Guide | None) -> list[Row]:
    """The sentences, with their notes as `told` says them; a catalogue keeps those of the source."""
    units = (
        (line, line.unit) if told is None else (line, replace(line.unit, notes=told.said(line.unit.notes)))
        for line in lines
    )
    return [Row(unit, line.state, _asked(line)) for line, unit in units]


def _page(
    desk: Desk, sheet: Sheet, items: list[ItemView], rows: list[Row], number: str, told: Guide, *, cuts: bool
) -> bytes:
    """The HTML page, with the letters of its texts as a font of its own."""
    campaign, locale = desk.campaign, sheet.locale
    speaks = told.tag or "en"
    sections = tuple(_sections(desk, sheet, items, rows, told, cuts=cuts))
    letters = "".join(
        text for row in rows for text in (row.unit.source, row.unit.plural, row.unit.notes, *row.unit.forms)
    )
    aloud = recorder(desk, sheet, [item.job for item in items], told)
    letters += languages.get(locale).autonym + campaign.name + TYPED + (aloud.section if aloud else "")
    font = dict(subsets(desk.project.fonts, languages.get(locale).fonts[0], letters))[400]
    roles = _roles(campaign.trust.roles)
    return html.write(sections, locale, campaign.name, campaign.source_language, number, roles, font, speaks, aloud)


def _sentences(project: Project, locale: str, rows: list[Row], *, drafts: bool) -> list[Sentence]:
    """What an XLIFF file holds: the rows with the comments of the catalogue."""
    path = project.catalogue(locale)
    comments = po.comments(path, project.name(path), locale)
    sentences = [
        Sentence(row, comments.get(row.unit.key, ()), drafts or row.state is State.SIGNED or not row.unit.fuzzy)
        for row in rows
    ]
    safe_xml.storable((_place(each.row), text) for each in sentences for text in each.comments)
    return sentences


def _storable(rows: list[Row]) -> None:
    """Refuse texts that no file of XML can hold; XLSX, Word documents and XLIFF are such.

    Raises:
        CampaignError: names each of them.
    """
    units = ((_place(row), row.unit) for row in rows)
    safe_xml.storable(
        (place, text)
        for place, unit in units
        for text in (unit.source, unit.plural, unit.context, unit.notes, *unit.forms)
    )


def _place(row: Row) -> str:
    return f"{row.unit.locale}: {row.unit.source[:60]!r}"


def _asked(line: Line) -> tuple[tuple[str, str, str], ...]:
    """What is open against a sentence: whoever gets the file sees it as whoever opens the page."""
    return tuple((event.verdict, event.reviewer, event.remark) for event in (*line.objections, *line.questions))


def _roles(signing: tuple[str, ...]) -> tuple[str, ...]:
    from campaign.model.trust import ROLES

    return *signing, *(role for role in ROLES if role not in signing)


def _parts(campaign: Campaign, items: Iterable[ItemView], rows: Sequence[Row], told: Guide) -> list[docx.Part]:
    """The items, each with the sentences that it shows in their order; at last the sentences that none shows."""
    names = {name: told.said(campaign.called(name)) for name in (*campaign.audiences, *campaign.forms)}
    known = {row.unit.key: row for row in rows}
    parts = [docx.Part(_title(item, names), tuple(known[key] for key in item.keys if key in known)) for item in items]
    shown = {row.unit.key for part in parts for row in part.rows}
    rest = tuple(row for row in rows if row.unit.key not in shown)
    return [part for part in (*parts, docx.Part("", rest)) if part.rows]


def _title(item: ItemView, names: Mapping[str, str]) -> str:
    return f"{item.job.country} · {names[item.job.audience]} · {item.job.channel}"


def _has(selection: Selection, item: ItemView) -> bool:
    job = item.job
    return (
        job.country in selection.countries and job.audience in selection.audiences and job.channel in selection.channels
    )


def _sections(
    desk: Desk, sheet: Sheet, items: list[ItemView], rows: list[Row], told: Guide, *, cuts: bool
) -> Iterator[Section]:
    """One section per audience: pictures of its first country's items, then its sentences, each once in the pack."""
    left, speaks = {row.unit.key: row for row in rows}, told.tag
    previews = Previews(desk)
    for name in (*sheet.campaign.audiences, *sheet.campaign.forms):
        mine = [item for item in items if item.job.audience == name]
        seen: dict[str, ItemView] = {}
        for item in mine:
            seen.setdefault(item.job.channel, item)
        looks = [previews.look(sheet, item.job) for item in seen.values()]
        pictures = [reduced(file.data) for look in looks for file in look.artefacts if file.media_type == PNG]
        keys = dict.fromkeys(key for item in mine for key in item.keys)
        own = tuple(left.pop(key) for key in keys if key in left)
        if mine:
            beside = {
                row.unit.key: _beside(sheet, seen.values(), row, speaks, previews if cuts else None) for row in own
            }
            yield Section(told.said(sheet.campaign.called(name)), tuple(pictures), own, beside)
    if left:
        rest = {key: _beside(sheet, (), row, speaks, None) for key, row in left.items()}
        yield Section("", (), tuple(left.values()), rest)


def _beside(sheet: Sheet, items: Iterable[ItemView], row: Row, speaks: str, previews: Previews | None) -> Beside:
    """What stands beside a sentence: findings in the words of the page, what its placeholders say, its picture."""
    unit, campaign = row.unit, sheet.campaign
    shown = [item.job for item in items if unit.key in item.keys]
    country, audience = (
        (shown[0].country, shown[0].audience) if shown else (campaign.countries[0], next(iter(campaign.audiences)))
    )
    words = tuple(_words(finding, speaks) for finding in sheet.lines[unit.key].findings)
    looks = (previews.look(sheet, job, unit) for job in shown if job.channel in DRAWN) if previews else ()
    pictures = (file.data for look in looks for file in look.artefacts if file.media_type == PNG)
    cut = next(filter(None, map(pointed_out, pictures)), b"")
    return Beside(words, tuple(chips(unit, samples(campaign, country, audience))), cut)


def _words(finding: Finding, speaks: str) -> str:
    known = RULES.get(finding.code)
    rule = findings.rule(known.words, speaks) if known else finding.rule
    return f"{findings.detail(finding.said, speaks) or finding.detail}. {rule}"
