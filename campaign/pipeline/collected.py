"""Files made of many items: the language chooser of each message, the contact sheet of each language."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign import languages
from campaign.cache import Cache
from campaign.channels import web
from campaign.channels.social import CARDS
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.state import State, worst
from campaign.pipeline.bench import REVIEW, run_chooser
from campaign.pipeline.ingredients import Ingredients
from campaign.project import Project, write_atomic
from campaign.protocols import Executor
from campaign.raster import Sheet, contact_sheet, thumbnail
from campaign.typeset import fonts

CHOOSER, SHEET = FORMATS = ("languages", "contact-sheet")


@dataclass(frozen=True)
class Collector:
    """Writes the collected files of an edition from the files that its entries list.

    What the last build made from the same files stands: `old` are its entries by path, `whole` says whether the bytes
    of a file are as its entry lists them.
    """

    project: Project
    campaign: Campaign
    ingredients: Ingredients
    old: Mapping[str, Entry] = field(default_factory=dict)
    whole: Callable[[Entry], bool] = field(default=lambda entry: False)
    cache: Cache | None = None

    def collect(self, entries: Sequence[Entry], pool: Executor) -> list[Entry]:
        """The entries of the collected files, which lie there now."""
        return [*self._choosers(entries, pool), *self._sheets(entries, pool)]

    @property
    def _folder(self) -> Path:
        return self.project.output(self.ingredients.edition)

    def _choosers(self, entries: Sequence[Entry], pool: Executor) -> Iterator[Entry]:
        """One for each message of a country: it links the pages that this edition holds, and no other."""
        built, todo = defaultdict(list), defaultdict(list)
        for entry in entries:
            if entry.format == "web":
                built[entry.country, entry.audience].append(entry)
        for (country, audience), mine in sorted(built.items()):
            mine.sort(key=lambda entry: self.campaign.languages.index(entry.locale))
            choices = tuple(web.Choice(page.locale, _title(self._folder / page.path)) for page in mine)
            shown = digest(CHOOSER, *(part for choice in choices for part in (choice.locale, choice.title)))
            made = digest(*self.ingredients.parts(audience, (), shown).values())
            path = f"{country}/{web.MANY}/{audience}/{web.PAGE}"
            described = _described(mine, web.MANY, audience, CHOOSER, path, "text/html", made)
            if standing := self._standing(described):
                yield standing
            else:
                todo[audience, choices].append(described)
        # Countries that offer the same languages have the same page.
        for same, data in zip(todo.values(), pool.map(run_chooser, todo), strict=True):
            for described in same:
                yield self._write(described, data)

    def _sheets(self, entries: Sequence[Entry], pool: Executor) -> Iterator[Entry]:
        """One for each language of a country, a row for each audience."""
        cards = defaultdict(list)
        for entry in entries:
            if entry.format in CARDS and entry.media_type == "image/png":
                cards[entry.country, entry.locale].append(entry)
        todo = defaultdict(list)
        for (country, locale), mine in sorted(cards.items()):
            # The sheet prints the edition and the audiences' names, which are not in every card.
            names = (audience.name for audience in self.campaign.audiences.values())
            files = (f"{card.path} {card.sha256}" for card in mine)
            made = digest(SHEET, self.ingredients.program, self.campaign.edition.isoformat(), *names, *files)
            path = f"{country}/{locale}/contact-sheet.png"
            described = _described(mine, locale, "", SHEET, path, "image/png", made)
            if standing := self._standing(described):
                yield standing
            else:
                todo[country].append((described, mine))
        # Country by country: the small pictures of all would take a hundred megabytes.
        for sheets in todo.values():
            small = self._thumbnails([card for _, mine in sheets for card in mine], pool)
            jobs = (self._sheet(mine, small) for _, mine in sheets)
            for (described, _), data in zip(sheets, pool.map(contact_sheet, jobs), strict=True):
                yield self._write(described, data)

    def _thumbnails(self, cards: Sequence[Entry], pool: Executor) -> dict[str, bytes]:
        """Each card as a sheet shows it, by the hash of its file: a new card among many makes only its own anew."""
        kept, missing = {}, {}
        for card in cards:
            for data in self.cache.get("thumbnail", self._key(card)) if self.cache else ():
                kept[card.sha256] = data
            if card.sha256 not in kept:
                missing[card.sha256] = card
        pictures = ((self._folder / card.path).read_bytes() for card in missing.values())
        for card, data in zip(missing.values(), pool.map(thumbnail, pictures), strict=True):
            kept[card.sha256] = data
            if self.cache:
                self.cache.put("thumbnail", self._key(card), "png", data)
        return kept

    def _key(self, card: Entry) -> str:
        return digest(self.ingredients.program, card.sha256)

    def _sheet(self, cards: Sequence[Entry], small: dict[str, bytes]) -> Sheet:
        names = {audience.id: audience.name for audience in self.campaign.audiences.values()}
        sizes, rows = list(CARDS), defaultdict(list)
        for card in sorted(cards, key=lambda card: (list(names).index(card.audience), sizes.index(card.format))):
            rows[names[card.audience]].append(small[card.sha256])
        language = languages.get(cards[0].locale)
        says = "Drafts for review: do not post." if self.ingredients.edition == REVIEW else "Signed and released."
        shapes = ", ".join(size.removeprefix("card-") for size in sizes)
        return Sheet(
            f"{language.english} ({language.tag}), {cards[0].country}",
            f"{says} Edition {self.campaign.edition.isoformat()}. {shapes}",
            tuple((name, tuple(pictures)) for name, pictures in rows.items()),
            fonts.plain_files(),
        )

    def _standing(self, described: Entry) -> Entry | None:
        """The entry of a file that an earlier build made from the same, with the states of its parts now."""
        known = self.old.get(described.path)
        if known and known.content == described.content and self.whole(known):
            return replace(described, size=known.size, sha256=known.sha256, proof=known.proof)
        return None

    def _write(self, described: Entry, data: bytes) -> Entry:
        place = self._folder / described.path
        if not place.is_file() or place.read_bytes() != data:
            write_atomic(place, data, durable=False)
        return replace(described, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def _title(page: Path) -> str:
    """The title of a built page, which stands before everything that makes a page large."""
    with page.open("rb") as stream:
        head = stream.read(4096)
        return web.title_of(head) or web.title_of(head + stream.read())


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
