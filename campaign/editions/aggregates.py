"""Files made of many items: the language chooser of each message, the contact sheet of each language."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from campaign import languages
from campaign import manifest as manifests
from campaign.cache import Cache
from campaign.channels import web
from campaign.channels.social import CARDS
from campaign.editions import folder
from campaign.editions.fingerprint import Ingredients
from campaign.editions.state import LastBuild, OnDisk
from campaign.editions.worker import run_chooser
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.model.state import State, worst
from campaign.model.web_address import MANY, PAGE
from campaign.project import Project
from campaign.protocols import Executor
from campaign.raster import Sheet, contact_sheet, thumbnail
from campaign.typeset import fonts

#: Small pictures that an edition keeps: 22 kB a card (measured), so a campaign twelve times the reference one.
SMALL_BYTES = 1_000_000_000

CHOOSER, SHEET = FORMATS = ("languages", "contact-sheet")


def parts_of(entry: Entry, whole: Collection[Entry]) -> tuple[Entry, ...]:
    """The files of items that a file shows: itself, or those of the edition that a collected one is made of."""
    if entry.format not in FORMATS:
        return (entry,)
    same = [e for e in whole if (e.country, e.channel) == (entry.country, entry.channel) and e.format not in FORMATS]
    if entry.format == CHOOSER:
        return tuple(e for e in same if e.audience == entry.audience)
    return tuple(e for e in same if e.locale == entry.locale)


@dataclass(frozen=True, slots=True)
class Collected:
    """A collected file: its line of the manifest, and the hash of the lines of its parts and of what else it shows."""

    line: str
    parts: str


@dataclass(frozen=True)
class Collector:
    """Writes the collected files of an edition from the files that its lines list.

    What the last build made from the same files is up to date: `last` is that build, `known` has how each of its
    collected files lay on the disk and the hash of its parts.
    """

    project: Project
    campaign: Campaign
    ingredients: Ingredients
    last: LastBuild
    known: Mapping[str, tuple[OnDisk, str]]

    def keep(self, entry: Entry, artefact: Artefact) -> None:
        """Put away a card as a contact sheet shows it: reading the card back takes as long as setting it."""
        if artefact.small:
            self._small.put("thumbnail", entry.sha256, "png", artefact.small)

    @property
    def _small(self) -> Cache:
        """The small pictures of an edition by the hash of their card, beside the record of its build."""
        return Cache(self.project.record(self.ingredients.edition).with_suffix(""), SMALL_BYTES)

    def collect(self, lines: Mapping[str, str], pool: Executor) -> dict[str, Collected]:
        """The collected files by path, which lie there now; `lines` are those of every item's files."""
        self._small.trim()
        return dict((*self._choosers(lines, pool), *self._sheets(lines, pool)))

    def _built(self, path: str) -> Path:
        return self.project.built(self.ingredients.edition, path)

    def _choosers(self, lines: Mapping[str, str], pool: Executor) -> Iterator[tuple[str, Collected]]:
        """One for each message of a country: it links the pages that this edition holds, and no other."""
        built, todo = defaultdict(list), defaultdict(list)
        for path in sorted(lines):
            file = output_path.parse(path)
            if file.name == PAGE:
                built[file.country, file.audience].append(lines[path])
        for (country, audience), page_lines in built.items():
            path = output_path.build(Job(country, MANY, audience, "web"), PAGE)
            frame = self.ingredients.parts(audience, (), "").values()
            parts = digest(CHOOSER, *self.campaign.languages, *frame, *page_lines)
            if up_to_date := self._unchanged(path, parts):
                yield path, up_to_date
                continue
            pages = [entry for entry in map(manifests.entry_of, page_lines) if entry.format == "web"]
            pages.sort(key=lambda entry: self.campaign.languages.index(entry.locale))
            choices = tuple(web.Choice(page.locale, _title(self._built(page.path))) for page in pages)
            titles = digest(CHOOSER, *(part for choice in choices for part in (choice.locale, choice.title)))
            made = digest(*self.ingredients.parts(audience, (), titles).values())
            described = _described(pages, MANY, audience, CHOOSER, path, "text/html", made)
            if line := self._same_content(described):
                yield path, Collected(line, parts)
            else:
                todo[country, audience, choices].append((described, parts))
        for same, data in zip(todo.values(), pool.map(run_chooser, todo), strict=True):
            for described, parts in same:
                yield described.path, Collected(self._write(described, data), parts)

    def _sheets(self, lines: Mapping[str, str], pool: Executor) -> Iterator[tuple[str, Collected]]:
        """One for each language of a country, a row for each audience."""
        cards, names = defaultdict(list), {f"{card}.png" for card in CARDS}
        for path in sorted(lines):
            file = output_path.parse(path)
            if file.name in names:
                cards[file.country, file.locale].append(lines[path])
        # The sheet prints the edition and the audiences' names, which are not in every card.
        audiences = [audience.name for audience in self.campaign.audiences.values()]
        frame = (SHEET, self.ingredients.program, self.campaign.edition.isoformat(), *audiences)
        todo = defaultdict(list)
        for (country, locale), card_lines in cards.items():
            path = output_path.build(Job(country, locale, "", "social"), f"{SHEET}.png")
            parts = digest(*frame, *card_lines)
            if up_to_date := self._unchanged(path, parts):
                yield path, up_to_date
                continue
            pictures = [entry for entry in map(manifests.entry_of, card_lines) if entry.format in CARDS]
            made = digest(*frame, *(f"{card.path} {card.sha256}" for card in pictures))
            described = _described(pictures, locale, "", SHEET, path, "image/png", made)
            if line := self._same_content(described):
                yield path, Collected(line, parts)
            else:
                todo[country].append((described, parts, pictures))
        # Country by country: the small pictures of all would take a hundred megabytes.
        for sheets in todo.values():
            small = self._thumbnails([card for _, _, pictures in sheets for card in pictures], pool)
            jobs = (self._sheet(pictures, small) for _, _, pictures in sheets)
            for (described, parts, _), data in zip(sheets, pool.map(contact_sheet, jobs), strict=True):
                yield described.path, Collected(self._write(described, data), parts)

    def _thumbnails(self, cards: Sequence[Entry], pool: Executor) -> dict[str, bytes]:
        """Each card as a sheet shows it, by the hash of its file; read from the card when it was not kept."""
        small, missing = {}, {}
        for card in cards:
            for data in self._small.get("thumbnail", card.sha256):
                small[card.sha256] = data
            if card.sha256 not in small:
                missing[card.sha256] = card
        pictures = (self._built(card.path).read_bytes() for card in missing.values())
        for card, data in zip(missing.values(), pool.map(thumbnail, pictures), strict=True):
            small[card.sha256] = data
        return small

    def _sheet(self, cards: Sequence[Entry], small: dict[str, bytes]) -> Sheet:
        names = {audience.id: audience.name for audience in self.campaign.audiences.values()}
        sizes, rows = list(CARDS), dict[str, list[bytes]]()
        for card in sorted(cards, key=lambda card: list(names).index(card.audience)):
            row = rows.setdefault(names[card.audience], [b""] * len(sizes))
            row[sizes.index(card.format)] = small[card.sha256]
        language = languages.get(cards[0].locale)
        subtitle = (
            "Drafts for review: do not post." if self.ingredients.edition == Edition.REVIEW else "Signed and released."
        )
        shapes = ", ".join(size.removeprefix("card-") for size in sizes)
        return Sheet(
            f"{language.english} ({language.tag}), {cards[0].country}",
            f"{subtitle} Edition {self.campaign.edition.isoformat()}. {shapes}",
            tuple((name, tuple(pictures)) for name, pictures in rows.items()),
            fonts.plain_files(),
        )

    def _unchanged(self, path: str, parts: str) -> Collected | None:
        """The file of an earlier build when nothing that it is collected from has another line now."""
        _, known = self.known.get(path, (None, ""))
        if known == parts and path in self.last.lines and self.last.intact(path):
            return Collected(self.last.lines[path], parts)
        return None

    def _same_content(self, described: Entry) -> str | None:
        """The line of a file that an earlier build made from the same, with the states of its parts now."""
        if described.path not in self.last.lines:
            return None
        known = self.last.entry(described.path)
        if known.content == described.content and known.format == described.format and self.last.intact(known.path):
            return manifests.line(replace(described, size=known.size, sha256=known.sha256, proof=known.proof))
        return None

    def _write(self, described: Entry, data: bytes) -> str:
        folder.put(self._built(described.path), data)
        return manifests.line(replace(described, size=len(data), sha256=hashlib.sha256(data).hexdigest()))


def _title(page: Path) -> str:
    """The headline of a built page."""
    return web.title_of(page.read_bytes())


def _described(
    parts: Sequence[Entry], locale: str, audience: str, kind: str, path: str, media_type: str, made: str
) -> Entry:
    """The entry of a file without its bytes: as good as the worst of its parts; `made` is the hash of what it shows."""
    return Entry(
        path=path,
        media_type=media_type,
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
        content=made[:12],
        contacts=tuple(dict.fromkeys(name for part in parts for name in part.contacts)) if kind == SHEET else (),
    )
