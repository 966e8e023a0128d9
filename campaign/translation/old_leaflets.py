"""Old leaflets as translation memory: pairs of sentences offered in a table, accepted ones kept, drafts made of them.

Accepted pairs lie in locales/<lang>/memory.po with their origin. They are offered for the same sentence, always as a
draft: nobody signs by accepting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import config, languages
from campaign.audit.bounded import alone
from campaign.audit.document import UnreadableError
from campaign.catalogue import memory, store
from campaign.catalogue.exchange import pairs, spreadsheet, unpacked
from campaign.catalogue.exchange.pairs import Offer
from campaign.catalogue.exchange.sheet import Table
from campaign.errors import CampaignError
from campaign.foreign import read_bytes
from campaign.identify import guess as identified
from campaign.identify import names
from campaign.model.unit import Unit
from campaign.people import name_fault, tidy
from campaign.project import Project, locked
from campaign.translation import old_texts
from campaign.translation.alignment import Bead, Segment, align, contacts
from campaign.translation.drafting import MEMORY_ALONE, draft

#: A pair that costs more is shown as one to look at.
DOUBTFUL = 4.0
SHEETS = (".xlsx", ".ods")


@dataclass(frozen=True, slots=True)
class Offered:
    """The table, how many pairs it holds, how many of them fit without a doubt, and how many sentences stand alone."""

    data: bytes
    pairs: int
    good: int
    alone: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a table brought: new pairs, pairs that were known, rows that were left, drafts made, what was not taken."""

    locale: str
    new: int
    known: int
    left: int
    drafted: int
    refused: tuple[str, ...]


def offer(project: Project, locale: str, files: Sequence[Path]) -> Offered:
    """The pairs of sentences of two leaflets, source language first, or of a table with a column for each language.

    Raises:
        CampaignError: no language to translate into; a file that cannot be read, is hostile or in another language.
    """
    campaign = config.load(project)
    source = campaign.source_language
    if locale not in campaign.languages or locale == source:
        languages.get(locale)
        raise CampaignError.single("is no language that this campaign translates into", where=locale)
    known = [(unit.source, unit.text) for unit in _units(project.catalogue(locale), locale) if not unit.plural]
    if len(files) == 1:
        offers = _of_table(files[0], source, locale, known)
    else:
        here, there = (old_texts.read(path, tag) for path, tag in zip(files, (source, locale), strict=True))
        offers = _offers(here, there, align(here, there, known))
    paired = [each for each in offers if each.source and each.text]
    leaflets = " | ".join(path.name for path in files)
    good = sum(each.fit == GOOD for each in paired)
    return Offered(pairs.write(offers, locale, leaflets), len(paired), good, len(offers) - len(paired))


#: What stands beside a pair that fits.
GOOD = "good"


def _units(path: Path, locale: str) -> list[Unit]:
    return [unit for unit in store.read(path, path.name, locale).units if unit.translated] if path.exists() else []


def _offers(here: Sequence[Segment], there: Sequence[Segment], beads: Sequence[Bead]) -> list[Offer]:
    return [_offer(here[slice(*bead.source)], there[slice(*bead.target)], bead) for bead in beads]


def _offer(here: Sequence[Segment], there: Sequence[Segment], bead: Bead) -> Offer:
    source, text = (" ".join(each.text for each in side) for side in (here, there))
    if not (source and text):
        return Offer(source, text, "no counterpart")
    if differ := _differing(source, text):
        return Offer(source, text, f"other numbers or addresses: {differ}")
    if bead.cost > DOUBTFUL:
        return Offer(source, text, "look: may not be the same")
    return Offer(
        source, text, GOOD if len(here) == len(there) == 1 else f"look: {len(here)} sentences for {len(there)}"
    )


def _differing(source: str, text: str) -> str:
    """The contacts that stand in one of two texts only."""
    return ", ".join(sorted(contacts(source) ^ contacts(text)))[:80]


def _of_table(path: Path, source: str, locale: str, known: Sequence[tuple[str, str]]) -> list[Offer]:
    """The pairs of a table: each row is a text of its own."""
    table = max(_tables(path), key=lambda each: len(each.rows), default=Table("", {}))
    sizes: dict[int, int] = {}
    for cells in table.rows.values():
        for at, cell in enumerate(cells):
            sizes[at] = sizes.get(at, 0) + sum(letter.isalpha() for letter in cell.text)
    columns = sorted(sorted(sizes, key=lambda at: -sizes[at])[:2])
    if len(columns) < 2 or not all(sizes[at] for at in columns):
        raise CampaignError.single(
            "has no two columns with text", where=path.name, todo="put each language into a column"
        )
    rows = [[cells[at].text if at < len(cells) else "" for at in columns] for _, cells in sorted(table.rows.items())]
    if _swapped(rows, source, locale):
        rows = [row[::-1] for row in rows]
    offers = list[Offer]()
    for number, (one, two) in enumerate(rows):
        if number == 0 and names.tag(one.casefold()) and names.tag(two.casefold()):
            continue  # the headings
        here, there = old_texts.segments(one, source, wrapped=False), old_texts.segments(two, locale, wrapped=False)
        offers += _offers(here, there, align(here, there, known if len(here) + len(there) > 2 else ()))
    return offers


def _swapped(rows: Sequence[Sequence[str]], source: str, locale: str) -> bool:
    """Whether the language that is translated into stands first."""
    first, second = (identified.guess("\n".join(row[side] for row in rows)) for side in (0, 1))
    return identified.fits(source, first) is False and identified.fits(locale, second) is False


def _tables(path: Path) -> list[Table]:
    """The tables of a spreadsheet, read in a process of its own."""
    if path.suffix.casefold() not in SHEETS:
        todo = "give a table (.xlsx, .ods), or two leaflets: the source language first"
        raise CampaignError.single("is no table", where=path.name, todo=todo)
    data = read_bytes(path, path.name, "import_mb")
    unpacked.look_inside(data, path.name)
    try:
        return alone(spreadsheet.tables, (data, path.name))
    except UnreadableError as error:
        raise CampaignError.single(str(error), where=path.name, todo="save it anew, as .xlsx") from error


def accept(project: Project, path: Path, name: str, on: date) -> Accepted:
    """Keep the pairs that somebody accepted in a table, and make drafts of those that the campaign has no text for.

    Raises:
        CampaignError: no such table, no name of a person, a file that cannot be read or written; nothing is kept then.
    """
    campaign, by = config.load(project), tidy(name)
    if fault := name_fault(by):
        raise CampaignError.single(fault, where="--name", todo="say who accepts these pairs: a name or a pseudonym")
    chosen = pairs.read(_tables(path), path.name)
    if chosen.locale not in campaign.languages or chosen.locale == campaign.source_language:
        raise CampaignError.single(f"is in {chosen.locale}, into which nothing is translated", where=path.name)
    refused, taken = list(chosen.refused), list[Offer]()
    for each in chosen.accepted:
        if differ := _differing(each.source, each.text):
            refused.append(f"{each.place}: other numbers or addresses in the text than in the source ({differ})")
        elif store.UNSTORABLE.search(each.source + each.text):
            refused.append(f"{each.place}: holds a NUL or a lone surrogate")
        else:
            taken.append(each)
    origin = f"old leaflets {chosen.files}, accepted by {by}, {on.isoformat()}"
    new = _keep(project, chosen.locale, taken, chosen.files, origin, campaign.name, on)
    drafted = len(draft(project, chosen.locale, engine=MEMORY_ALONE).drafted) if taken else 0
    return Accepted(chosen.locale, new, len(taken) - new, chosen.left, drafted, tuple(refused))


def _keep(
    project: Project, locale: str, taken: Sequence[Offer], files: str, origin: str, campaign: str, on: date
) -> int:
    """Write pairs into the memory; how many are new. The same source of the same leaflets gets the newer text."""
    from translate.storage.pypo import pounit, quoteforpo

    path = memory.accepted(project, locale)
    name = project.name(path)
    with locked(path, name):
        book = store.parse(path, name, locale) if path.exists() else store.new(locale, campaign, on.isoformat())
        entries = {store.identity(unit): unit for unit in store.live(book)}
        new = 0
        for each in taken:
            unit = entries.get((files, each.source, ""))
            if unit is None:
                unit = pounit(encoding="UTF-8")
                unit.source = each.source
                unit.msgctxt = quoteforpo(files)
                book.units.append(unit)
            elif str(unit.target) == each.text:
                continue
            new += 1
            store.apply(unit, store.Edit((each.text,), True, origin))
            entries[files, each.source, ""] = unit
        if new:
            store.write(path, book)
    return new
