"""What is to be said about an item as a whole before somebody signs it: its message, its contacts, its cost."""

from __future__ import annotations

from datetime import date

from campaign.checks.contacts import contact_findings
from campaign.checks.signatures import changed_findings
from campaign.errors import CampaignError
from campaign.forms.frame import CHANNEL
from campaign.ledger.waivers import Waivers
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.review.look import Look
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.facts import ItemView
from campaign.workspace.findings import message_findings
from campaign.workspace.loader import Workspace


def item_findings(desk: Desk, sheet: Sheet, item: ItemView, look: Look, today: date) -> tuple[Finding, ...]:
    """The findings that no sentence of the item has by itself, without those that somebody waived.

    What changed since it was signed, what its files cost and whether they fit (of `look`), what its message lacks, and
    each of its contacts that nobody verified or whose check is over. Which contacts a country has, no mediator can
    mend: they are told all the same.
    """
    job = item.job
    with desk.lock:
        source = desk.sheet(desk.campaign.source_language)
        sheets = {source.locale: source, sheet.locale: sheet}
        space = Workspace(
            desk.project,
            sheet.campaign,
            {locale: each.texts for locale, each in sheets.items()},
            waivers={locale: Waivers.of(each.standing.waived) for locale, each in sheets.items()},
        )
        if job.channel == CHANNEL:
            changes = sheet.texts.seen.changes(job.item, item.cover) if sheet.state_of(item) is State.STALE else ()
            return tuple(changed_findings((), job.locale, job.name, changes)) if changes else ()
        try:
            message = desk.bench().renderer.message(job.audience, job.locale, job.country, sheet.texts)
        except CampaignError:  # the look says why
            return look.findings
        channel = desk.channels(final=True)[job.channel]
        contacts, used = channel.contacts(message), message.used(*channel.shows(message))
        changes = sheet.texts.seen.changes(job.item, item.cover) if sheet.state_of(item) is State.STALE else ()
        changed = changed_findings(used, job.locale, job.name, changes) if changes else ()
        found = (*changed, *look.findings, *message_findings(space, message), *contact_findings(contacts, today))
    return tuple(dict.fromkeys(found))
