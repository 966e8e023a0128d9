"""What a release must not carry: the gate that every release and every pack asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

from campaign.checks.contacts import contact_findings
from campaign.checks.contrast import contrast_findings
from campaign.checks.signatures import (
    changed_findings,
    objected_findings,
    unproved_findings,
    unseen_findings,
    unsigned_findings,
)
from campaign.config.examples import refuse
from campaign.editions.listening import Listening
from campaign.errors import CampaignError
from campaign.model.brand import Brand
from campaign.model.campaign import Campaign
from campaign.model.channels import CHANNELS
from campaign.model.contact import Contact
from campaign.model.cover import SOUND, Cover
from campaign.model.finding import Finding, errors_among
from campaign.model.job import Job
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit
from campaign.render.messages import Messages
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.voice.recordings import Recordings
from campaign.workspace.findings import catalogue_findings, message_findings, picture_findings, unit_findings
from campaign.workspace.ink_contrast import paper_findings, paper_of
from campaign.workspace.loader import Workspace
from campaign.workspace.seals import proven
from campaign.workspace.usage import places


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release must not carry: error findings by language and unit key, by contact id, by message, and so on.

    A message is named by audience, language and country. `catalogues` are by language; `looks` (colours on screen and
    pictures) and `papers` (colours in ink) by audience. `texts` know how everything was when it was approved. To ask
    about a language that the gate was not made for is an error of the program: nothing passes unlooked at.
    `listening` says what a sound lacks, where the campaign has one.
    `proven` are the texts by signatures of verified keys alone, where `[review] ssh` asks for them.
    `editions/asked` lists which rule is asked where.
    """

    units: Mapping[str, Mapping[str, tuple[Finding, ...]]]
    contacts: Mapping[str, tuple[Finding, ...]]
    messages: Mapping[tuple[str, str, str], tuple[Finding, ...]]
    texts: Mapping[str, Texts]
    catalogues: Mapping[str, tuple[Finding, ...]]
    looks: Mapping[str, tuple[Finding, ...]]
    papers: Mapping[str, tuple[Finding, ...]]
    proven: Mapping[str, Texts] = field(default_factory=dict)
    listening: Listening | None = None

    def refused(
        self, job: Job, used: Iterable[UsedUnit], contacts: Iterable[Contact], cover: Cover, where: str = ""
    ) -> tuple[Finding, ...]:
        """Why what shows these units and contacts may not go out: every release and every pack asks here.

        `job` is the item that it is, or that it is a format of, `cover` what a signature must cover of it; `where`
        names it in the findings.
        """
        used, locale, where = (tuple(used), job.locale, where or job.name)
        units, channel = self.units[locale], CHANNELS[job.channel]
        return (
            *self._unheld(job, used, cover, where),
            *unsigned_findings(used, locale, where),
            *(self.listening.findings(job, used, cover, where) if self.listening and SOUND in cover.parts else ()),
            *self._unproved(job, used, cover, where),
            *(finding for unit in used for finding in units.get(unit.key, ())),
            *(finding for contact in contacts for finding in self.contacts.get(contact.id, ())),
            *self.messages.get((job.audience, locale, job.country), ()),
            *self.catalogues[locale],
            *(self.looks[job.audience] if channel.drawn else ()),
            *(self.papers[job.audience] if channel.printed else ()),
        )

    def _unheld(self, job: Job, used: tuple[UsedUnit, ...], cover: Cover, where: str) -> Iterable[Finding]:
        """Why an item whose sentences are signed does not hold: somebody objects, nobody saw it whole, it changed."""
        texts, locale = self.texts[job.locale], job.locale
        if texts.hold(job.item, cover, (unit.key for unit in used)):
            return ()
        if names := texts.seen.objected.get(job.item):
            return objected_findings(locale, where, names)
        changes = texts.seen.changes(job.item, cover)
        if not changes and all(unit.state is State.SIGNED for unit in used) and texts.seen.unseen(job.item, cover):
            return unseen_findings(locale, where)
        return changed_findings(used, locale, where, changes)

    def _unproved(self, job: Job, used: tuple[UsedUnit, ...], cover: Cover, where: str) -> tuple[Finding, ...]:
        if not self.proven:
            return ()
        texts, keys = self.proven[job.locale], [unit.key for unit in used]
        signed = all(texts.states.get(key) is State.SIGNED for key in keys)
        return () if signed and texts.hold(job.item, cover, keys) else unproved_findings(job.locale, where)


def make_gate(space: Workspace, today: date, locales: Collection[str], renderer: Renderer | None = None) -> Gate:
    """The error findings of all that items of these languages show, without waived ones.

    `renderer` is one that renders the same messages for the caller as well.

    Raises:
        CampaignError: a colour profile or the record of consents is there and cannot be used; `[review] ssh` is set
            and there is no ssh-keygen.
    """
    renderer = renderer or Messages(space.project, space.campaign)
    units, known = {}, places(space, renderer)
    for locale in locales:
        found = {unit.key: errors_among(findings) for unit, findings in unit_findings(space, locale, known)}
        units[locale] = {key: findings for key, findings in found.items() if findings}
    contacts = {contact.id: tuple(contact_findings([contact], today)) for contact in space.campaign.contacts}
    catalogues = {locale: errors_among(catalogue_findings(space, locale)) for locale in locales}
    messages = _message_errors(space, locales, renderer)
    keyed = {locale: proven(space, locale) for locale in locales} if space.campaign.trust.ssh else {}
    heard = Listening(Recordings(space.project), space.texts, today) if "voice" in space.campaign.channels else None
    return Gate(units, contacts, messages, space.texts, catalogues, _looks(space), _papers(space), keyed, heard)


def leaving_gate(space: Workspace, today: date, locales: Collection[str], renderer: Renderer | None = None) -> Gate:
    """The gate for what leaves: `make_gate`, of a workspace whose records hold and whose settings are no examples.

    Raises:
        CampaignError: they do not or are; as `make_gate`.
    """
    refuse(space.campaign)
    return make_gate(space.trusted(), today, locales, renderer)


def _looks(space: Workspace) -> dict[str, tuple[Finding, ...]]:
    """What is wrong with the colours on screen and the pictures of each audience."""
    pictures: dict[str, list[Finding]] = {audience: [] for audience in space.campaign.audiences}
    for found in errors_among(picture_findings(space.project, space.campaign)):
        # A picture with the name of an audience is that audience's; any layout may show another.
        stem = PurePosixPath(found.where).stem
        for audience in (stem,) if stem in pictures else pictures:
            pictures[audience].append(found)
    return {
        audience: (*errors_among(contrast_findings(_own(space.campaign, audience))), *found)
        for audience, found in pictures.items()
    }


def _papers(space: Workspace) -> dict[str, tuple[Finding, ...]]:
    """What is wrong with the colours of each audience in ink."""
    where, paper = space.project.name(space.project.config), paper_of(space.project, space.campaign)
    return {
        audience: errors_among(paper_findings(where, _own(space.campaign, audience), paper))
        for audience in space.campaign.audiences
    }


def _own(campaign: Campaign, audience: str) -> Brand:
    """The colours that an audience's items have: the palette, and of the accents its own."""
    brand, accent = campaign.brand, campaign.audiences[audience].accent
    return replace(brand, accents={name: colour for name, colour in brand.accents.items() if name == accent})


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
                if errors := errors_among(message_findings(space, message)):
                    found[audience, locale, country] = errors
    return found
