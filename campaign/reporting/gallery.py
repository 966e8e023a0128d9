"""All that was built in an edition, on one page of pictures: a picture a message, language by language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from campaign import config, languages, reports
from campaign import manifest as manifests
from campaign.errors import CampaignError
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.project import Project

#: What shows a message best: its first page, else its first card, else its text.
_BEST = ("-page-1.png", ".png", ".txt")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in a language: its title, its state, the address of its picture and of the file that it leads to."""

    title: str
    state: str
    picture: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Group:
    """The messages of a language in a country; `name` in its own letters, `english`, `code` for links in the page."""

    code: str
    country: str
    name: str
    english: str
    tag: str
    shown: tuple[Shown, ...]


def place(project: Project, edition: Edition) -> Path:
    """Where the page lies: beside the edition, whose folder holds only what was built."""
    return project.inside(project.root / "output" / f"{edition.value}.html")


def write(project: Project, edition: Edition) -> Path:
    """Write the page and return where it lies.

    Raises:
        CampaignError: nothing is built, or the page cannot be written.
    """
    manifest = project.manifest(edition)
    if not manifest.exists():
        raise CampaignError.single("nothing is built yet", where=project.name(manifest), todo="run: campaign build")
    campaign = config.load(project)
    entries = manifests.read(manifest, project.name(manifest)).entries
    path = place(project, edition)
    groups = tuple(_groups(campaign, entries, edition.value))
    reports.write(
        path, "gallery", title=campaign.name, edition=edition.value, groups=groups, brand=campaign.brand.palette
    )
    return path


def _groups(campaign: Campaign, entries: tuple[Entry, ...], folder: str) -> Iterator[Group]:
    """The entries by country and language, in the order of campaign.toml; pages of no message are left out."""
    messages: dict[tuple[str, str], dict[str, list[Entry]]] = {}
    for entry in entries:
        messages.setdefault((entry.country, entry.locale), {}).setdefault(entry.audience, []).append(entry)
    for country in campaign.countries:
        for locale in campaign.languages:
            found = messages.get((country, locale), {})
            shown = tuple(
                _shown(campaign, audience.name, found[audience.id], folder)
                for audience in campaign.audiences.values()
                if audience.id in found
            )
            if shown:
                language = languages.get(locale)
                yield Group(f"{country}-{locale}", country, language.autonym, language.english, language.tag, shown)


def _shown(campaign: Campaign, title: str, entries: list[Entry], folder: str) -> Shown:
    """A message by its best picture, of the first format that the campaign names."""
    formats = list(campaign.layouts)

    def rank(entry: Entry) -> tuple[int, int, str]:
        kind = next((place for place, end in enumerate(_BEST) if entry.path.endswith(end)), len(_BEST))
        return kind, formats.index(entry.format) if entry.format in formats else len(formats), entry.path

    best = min(entries, key=rank)
    printed = min((entry for entry in entries if entry.path.endswith(".pdf")), key=rank, default=best)
    picture = best.path if best.path.endswith(".png") else ""
    return Shown(title, best.state, _address(folder, picture), _address(folder, printed.path))


def _address(folder: str, path: str) -> str:
    """The address of a file of the edition, seen from the page beside it; nothing for none."""
    return quote(f"{folder}/{path}") if path else ""
