"""One worker's warm tools: from an audience, a language and a country to finished items, gated when it is a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campaign.channels.registry import channels
from campaign.checks.contacts import contact_findings
from campaign.checks.metadata import metadata_findings
from campaign.checks.signatures import unsigned_findings
from campaign.errors import CampaignError, Problem
from campaign.model import Artefact, Campaign, Contact, Finding, Job, Message, Severity, State, UsedUnit, digest, worst
from campaign.pipeline.places import places
from campaign.pipeline.selection import Group
from campaign.pipeline.waiving import message_findings, unit_findings
from campaign.pipeline.workspace import Workspace
from campaign.project import Project
from campaign.render import Renderer, Texts
from campaign.typeset.session import Typesetter

REVIEW, RELEASE = EDITIONS = ("review", "release")


@dataclass(frozen=True, slots=True)
class Item:
    """One job done: its files, or why there are none. `warnings` are findings that stop nothing."""

    job: Job
    state: State
    batch: str = ""
    content: str = ""
    contacts: tuple[str, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    refused: tuple[Finding, ...] = ()
    failed: tuple[Problem, ...] = ()
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release must not carry: error findings by language and unit key, by contact id, and by message.

    A message is named by audience, language and country.
    """

    units: Mapping[str, Mapping[str, tuple[Finding, ...]]]
    contacts: Mapping[str, tuple[Finding, ...]]
    messages: Mapping[tuple[str, str, str], tuple[Finding, ...]]

    def refused(
        self, used: Iterable[UsedUnit], contacts: Iterable[Contact], message: tuple[str, str, str], where: str
    ) -> tuple[Finding, ...]:
        """Why what shows these units and contacts may not go out; `message` is its audience, locale and country."""
        used, locale = tuple(used), message[1]
        return (
            *unsigned_findings(used, locale, where),
            *(finding for unit in used for finding in self.units[locale].get(unit.key, ())),
            *(finding for contact in contacts for finding in self.contacts.get(contact.id, ())),
            *self.messages.get(message, ()),
        )


class Bench:
    """One worker's warm tools: renderer, compiler, channels."""

    def __init__(
        self, project: Project, campaign: Campaign, texts: Mapping[str, Texts], edition: str, gate: Gate | None
    ) -> None:
        self.campaign, self.texts, self.gate = campaign, texts, gate
        self.renderer = Renderer(project, campaign)
        self.channels = channels(campaign, Typesetter(project), review=edition == REVIEW)

    def items(self, group: Group, *, dry: bool = False) -> tuple[Item, ...]:
        """Make the items of a group; `dry` stops before the files."""
        jobs = [Job(group.country, group.locale, group.audience, channel) for channel in group.channels]
        try:
            message = self.renderer.message(group.audience, group.locale, group.country, self.texts[group.locale])
        except CampaignError as error:
            return tuple(Item(job, State.MISSING, failed=error.problems) for job in jobs)
        return tuple(self._item(job, message, dry) for job in jobs)

    def _item(self, job: Job, message: Message, dry: bool) -> Item:
        channel = self.channels[job.channel]
        used = message.used(*channel.shows(message))
        state = worst({unit.state for unit in used})
        refused: tuple[Finding, ...] = ()
        if self.gate:
            where = f"{job.country}/{job.locale}/{job.audience}/{job.channel}"
            key = job.audience, job.locale, job.country
            refused = self.gate.refused(used, channel.contacts(message), key, where)
        content = digest(
            message.url,
            *(line for name in channel.shows(message) for line in message.shown(name)),
            *(contact.number for contact in channel.contacts(message)),
        )[:12]
        contacts = tuple(contact.id for contact in channel.contacts(message))
        if refused or dry:
            return Item(job, state, message.batch, content, contacts, refused=refused)
        try:
            artefacts = tuple(channel.export(message))
        except CampaignError as error:
            return Item(job, state, message.batch, content, contacts, failed=error.problems)
        folder = f"{job.country}/{job.locale}/{job.audience}"
        findings = tuple(
            finding
            for artefact in artefacts
            for finding in (*artefact.findings, *metadata_findings(artefact, f"{folder}/{artefact.path}", job.locale))
        )
        errors = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
        if self.gate and errors:
            return Item(job, state, message.batch, content, contacts, refused=errors)
        return Item(job, state, message.batch, content, contacts, artefacts, warnings=findings)


_bench: Bench | None = None


def prepare(project: Project, campaign: Campaign, texts: Mapping[str, Texts], edition: str, gate: Gate | None) -> None:
    """Set up this process's bench; every worker runs it once."""
    global _bench
    _bench = Bench(project, campaign, texts, edition, gate)


def run_group(group: Group) -> tuple[Item, ...]:
    """Make the items of one group with this process's bench."""
    assert _bench is not None  # noqa: S101 - prepare ran first
    return _bench.items(group)


def make_gate(space: Workspace, today: date) -> Gate:
    """The error findings of every unit, contact and message of a campaign, without those that somebody waived."""
    units, known = {}, places(space)
    for locale in space.texts:
        found = {unit.key: _errors(findings) for unit, findings in unit_findings(space, locale, known)}
        units[locale] = {key: findings for key, findings in found.items() if findings}
    contacts = {contact.id: tuple(contact_findings([contact], today)) for contact in space.campaign.contacts}
    return Gate(units, contacts, _message_errors(space))


def _message_errors(space: Workspace) -> dict[tuple[str, str, str], tuple[Finding, ...]]:
    renderer, found = Renderer(space.project, space.campaign), {}
    for country in space.campaign.countries:
        for locale, texts in space.texts.items():
            for audience in space.campaign.audiences:
                try:
                    message = renderer.message(audience, locale, country, texts)
                except CampaignError:  # the item itself fails, and says why
                    continue
                if errors := _errors(message_findings(space, message)):
                    found[audience, locale, country] = errors
    return found


def _errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
