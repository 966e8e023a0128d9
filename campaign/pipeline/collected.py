"""Files made of many items: the language chooser of each message, the contact sheet of each language."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from campaign import __version__, languages
from campaign.channels import web
from campaign.channels.social import CARDS
from campaign.manifest import Entry, damaged
from campaign.model import Campaign, State, digest, worst
from campaign.pipeline.bench import REVIEW
from campaign.project import Project, write_atomic
from campaign.protocols import Executor
from campaign.raster import Sheet, contact_sheet
from campaign.typeset import fonts

CHOOSER, SHEET = FORMATS = ("languages", "contact-sheet")


def collect(
    project: Project, campaign: Campaign, edition: str, entries: Sequence[Entry], old: Iterable[Entry], pool: Executor
) -> list[Entry]:
    """Write the collected files of an edition from the files that its entries list; their entries.

    A contact sheet whose pictures have not changed since the `old` entries is kept.
    """
    return [
        *_choosers(project, campaign, edition, entries),
        *_sheets(project, campaign, edition, entries, {entry.path: entry for entry in old}, pool),
    ]


def _choosers(project: Project, campaign: Campaign, edition: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    """One for each message of a country: it links the pages that this edition holds, and no other."""
    built = defaultdict(list)
    for entry in entries:
        if entry.format == "web":
            built[entry.country, entry.audience].append(entry)
    for (country, audience), mine in sorted(built.items()):
        mine.sort(key=lambda entry: campaign.languages.index(entry.locale))
        folder = project.output(edition)
        choices = [web.Choice(e.locale, web.title_of((folder / e.path).read_bytes())) for e in mine]
        data = web.chooser(project, campaign, audience, choices, review=edition == REVIEW)
        path = f"{country}/{web.MANY}/{audience}/{web.PAGE}"
        yield _write(project, edition, path, "text/html", data, _described(mine, web.MANY, audience, CHOOSER))


def _sheets(
    project: Project,
    campaign: Campaign,
    edition: str,
    entries: Sequence[Entry],
    old: dict[str, Entry],
    pool: Executor,
) -> Iterator[Entry]:
    """One for each language of a country, a row for each audience."""
    cards = defaultdict(list)
    for entry in entries:
        if entry.format in CARDS and entry.media_type == "image/png":
            cards[entry.country, entry.locale].append(entry)
    todo = []
    for (country, locale), mine in sorted(cards.items()):
        path = f"{country}/{locale}/contact-sheet.png"
        described = _described(mine, locale, "", SHEET)
        # The sheet prints the edition and the audiences' names, which are not in every card.
        names = (audience.name for audience in campaign.audiences.values())
        printed = digest(described.content, campaign.edition.isoformat(), *names)[:12]
        described = replace(described, content=printed)
        kept = old.get(path)
        if kept and kept.content == described.content and not damaged(project.output(edition), [kept]):
            yield kept
        else:
            todo.append((path, described, mine))
    faces = fonts.plain_files()
    jobs = (_sheet(project, campaign, edition, mine, faces) for _, _, mine in todo)
    for (path, described, _), data in zip(todo, pool.map(contact_sheet, jobs), strict=True):
        yield _write(project, edition, path, "image/png", data, described)


def _sheet(project: Project, campaign: Campaign, edition: str, cards: Sequence[Entry], faces: tuple[str, str]) -> Sheet:
    names = {audience.id: audience.name for audience in campaign.audiences.values()}
    sizes, rows = list(CARDS), defaultdict(list)
    for card in sorted(cards, key=lambda card: (list(names).index(card.audience), sizes.index(card.format))):
        rows[names[card.audience]].append((project.output(edition) / card.path).read_bytes())
    language = languages.get(cards[0].locale)
    says = "Drafts for review: do not post." if edition == REVIEW else "Signed and released."
    return Sheet(
        f"{language.english} ({language.tag}), {cards[0].country}",
        f"{says} Edition {campaign.edition.isoformat()}. {', '.join(size.removeprefix('card-') for size in sizes)}",
        tuple((name, tuple(pictures)) for name, pictures in rows.items()),
        faces,
    )


def _described(parts: Sequence[Entry], locale: str, audience: str, kind: str) -> Entry:
    """An entry without a file yet: as good as the worst of its parts."""
    return Entry(
        path="",
        media_type="",
        size=0,
        sha256="",
        audience=audience,
        locale=locale,
        country=parts[0].country,
        channel=parts[0].channel,
        format=kind,
        state=worst({State(part.state) for part in parts}).value,
        units=tuple(dict.fromkeys(key for part in parts for key in part.units)),
        states=dict(sorted(sum((Counter(part.states) for part in parts), Counter()).items())),
        fallbacks=(),
        batch="",
        content=digest(__version__, kind, *(f"{part.path} {part.sha256}" for part in parts))[:12],
        contacts=tuple(dict.fromkeys(name for part in parts for name in part.contacts)) if kind == SHEET else (),
    )


def _write(project: Project, edition: str, path: str, media_type: str, data: bytes, described: Entry) -> Entry:
    place = project.output(edition) / Path(path)
    if not place.is_file() or place.read_bytes() != data:
        write_atomic(place, data, durable=False)
    return replace(described, path=path, media_type=media_type, size=len(data), sha256=hashlib.sha256(data).hexdigest())
