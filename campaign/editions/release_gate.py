"""What a release must not carry: the gate that every release and every pack asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campaign.checks.contacts import contact_findings
from campaign.checks.signatures import facts_findings, unsigned_findings
from campaign.errors import CampaignError
from campaign.model.contact import Contact
from campaign.model.finding import Finding, Severity
from campaign.model.job import Job
from campaign.model.used_unit import UsedUnit
from campaign.render.messages import Messages
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.workspace.findings import message_findings, unit_findings
from campaign.workspace.loader import Workspace
from campaign.workspace.usage import places


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release must not carry: error findings by language and unit key, by contact id, and by message.

    A message is named by audience, language and country. `texts` know with which facts everything was approved. To ask
    about a language that the gate was not made for is an error of the program: nothing passes unlooked at.
    """

    units: Mapping[str, Mapping[str, tuple[Finding, ...]]]
    contacts: Mapping[str, tuple[Finding, ...]]
    messages: Mapping[tuple[str, str, str], tuple[Finding, ...]]
    texts: Mapping[str, Texts]

    def refused(
        self, job: Job, used: Iterable[UsedUnit], contacts: Iterable[Contact], facts: str, where: str = ""
    ) -> tuple[Finding, ...]:
        """Why what shows these units and contacts may not go out: every release and every pack asks here.

        `job` and `facts` are the item that it is, or that it is a format of; `where` names it in the findings.
        """
        used, locale, where = (
            tuple(used),
            job.locale,
            where or job.name,
        )
        units = self.units[locale]
        held = self.texts[locale].hold(job.item, facts, (unit.key for unit in used))
        return (
            *(() if held else facts_findings(used, locale, where)),
            *unsigned_findings(used, locale, where),
            *(finding for unit in used for finding in units.get(unit.key, ())),
            *(finding for contact in contacts for finding in self.contacts.get(contact.id, ())),
            *self.messages.get((job.audience, locale, job.country), ()),
        )


def make_gate(space: Workspace, today: date, locales: Collection[str], renderer: Renderer | None = None) -> Gate:
    """The error findings of every contact, and of every unit and message of these languages, without waived ones.

    `renderer` is one that renders the same messages for the caller as well.
    """
    renderer = renderer or Messages(space.project, space.campaign)
    units, known = {}, places(space, renderer)
    for locale in locales:
        found = {unit.key: _errors(findings) for unit, findings in unit_findings(space, locale, known)}
        units[locale] = {key: findings for key, findings in found.items() if findings}
    contacts = {contact.id: tuple(contact_findings([contact], today)) for contact in space.campaign.contacts}
    return Gate(units, contacts, _message_errors(space, locales, renderer), space.texts)


def _message_errors(
    space: Workspace, locales: Collection[str], renderer: Renderer
) -> dict[tuple[str, str, str], tuple[Finding, ...]]:
    found = {}
    for country in space.campaign.countries:
        for locale in locales:
            for audience in space.campaign.audiences:
                try:
                    message = renderer.message(audience, locale, country, space.texts[locale])
                except CampaignError:  # the item itself fails, and says why
                    continue
                if errors := _errors(message_findings(space, message)):
                    found[audience, locale, country] = errors
    return found


def _errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
