"""What a build leaves: the manifest, nothing beside what it lists, the record of the build, the history of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campaign import manifest as manifests
from campaign.editions import folder
from campaign.editions import state as states
from campaign.editions.aggregates import Collected
from campaign.editions.plan import BuildPlan, Finished, Planner, remember
from campaign.editions.state import OnDisk, Record
from campaign.ledger import releases
from campaign.ledger.releases import Release, Relied, named
from campaign.manifest import Entry, Listing
from campaign.model import output_path
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.model.unit import Unit
from campaign.model.web_address import PAGE
from campaign.project import Project, locked
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Made:
    """What lies in an edition's folder once all is made: the chosen items, the files made of many, where they lie.

    `files` are the lines of every file that the manifest shall list, by path.
    """

    finished: dict[Job, Finished]
    aggregates: Mapping[str, Collected]
    on_disk: Mapping[str, OnDisk]
    files: Mapping[str, str]


def publish(
    space: Workspace,
    edition: Edition,
    chosen: Selection,
    planner: Planner,
    plan: BuildPlan,
    made: Made,
    listing: Listing,
) -> None:
    """Write the manifest, take away what it does not list, and write down how everything was made."""
    project, record = space.project, planner.record
    with locked(project.manifest(edition), project.name(project.manifest(edition))):  # verify adds its proofs to it
        record.manifest = manifests.write(project.manifest(edition), listing)
    folder.prune(project, edition, listing.lines)
    remember(planner, made.finished.values(), made.on_disk)
    _remember_aggregates(project, edition, record, made.aggregates)
    present = {job for job, (_, lines) in made.finished.items() if lines} | plan.retained.keys()
    record.items = {job: item for job, item in record.items.items() if job in present}
    record.details = planner.details
    record.prints.update({locale: planner.prints[locale] for locale in chosen.locales})
    states.write(project, edition, record)


def _remember_aggregates(
    project: Project, edition: Edition, record: Record, aggregates: Mapping[str, Collected]
) -> None:
    entries = (manifests.entry_of(collected.line) for collected in aggregates.values())
    lying = states.on_disk(project.output(edition), entries)
    record.others = {path: (lying[path], made.parts) for path, made in aggregates.items() if path in lying}


def add_to_history(space: Workspace, entries: Iterable[Entry], today: date) -> None:
    """Note in the history what is out now and was not before: a recall must find it when output/ is long gone."""
    path = space.project.history
    name = space.project.name(path)
    last = releases.read(path, name).out()
    contacts = {contact.id: contact for contact in space.campaign.contacts}
    fresh = (released(entry, contacts, today, space.units, _address(space.campaign, entry)) for entry in entries)
    # A file that is out again after another was gets a line again: the last line says what lies there.
    new = [release for release in fresh if not _stands(release, last.get(release.path))]
    tongues = {locale for release in new for locale in release.tongues}
    relied = {locale: space.heads[locale] for locale in tongues if space.heads.get(locale)}
    releases.append(path, name, [Relied(today.isoformat(), relied), *new] if relied else new)


def _stands(release: Release, last: Release | None) -> bool:
    return last is not None and (last.batch, last.sha256, last.content) == (
        release.batch,
        release.sha256,
        release.content,
    )


def _address(campaign: Campaign, entry: Entry) -> str:
    """The folder of a page on the web site; nothing for a file that is none."""
    page = entry.channel == "web" and output_path.parse(entry.path).name == PAGE
    return campaign.folder(entry.country, entry.locale, entry.audience) if page else ""


def released(
    entry: Entry,
    contacts: Mapping[str, Contact],
    today: date,
    units_of: Callable[[str], Mapping[str, Unit]],
    address: str = "",
) -> Release:
    """A file as the history holds it; `contacts` are those of the campaign by id, `units_of` a language by key.

    `address` is the folder of a page on the web site.
    """
    shown = [contacts[name] for name in entry.contacts]
    return Release(
        today.isoformat(),
        entry.batch,
        entry.path,
        entry.sha256,
        entry.audience,
        entry.locale,
        entry.country,
        entry.channel,
        entry.format,
        {contact.id: contact.value for contact in shown},
        entry.units,
        entry.content,
        {contact.id: contact.values for contact in shown},
        {
            named(locale, key) if entry.locales else key: released_text(units[key])
            for locale in entry.tongues
            for units in (units_of(locale),)
            for key in entry.units
            if key in units
        },
        address,
        entry.locales,
    )


def released_text(unit: Unit) -> str:
    """How the history knows the text of a unit again: the first twelve digits of its hash."""
    return unit.text_hash[:12]
