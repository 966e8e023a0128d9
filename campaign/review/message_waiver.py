"""A finding about the message of an audience is waived."""

from __future__ import annotations

from datetime import date

from campaign.checks import check_message
from campaign.ledger.waivers import waiver
from campaign.model.event import Event
from campaign.model.subject import MESSAGE
from campaign.model.verdict import Verdict
from campaign.review.decision import Decision, Refusal, Why
from campaign.review.grounds import general, refusal, said_before, unwaivable
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.findings import item_words


def waived(desk: Desk, sheet: Sheet, decision: Decision, on: date) -> tuple[tuple[Refusal, ...], tuple[Event, ...]]:
    """Why it cannot be waived, and the event that waives it, unless the ledger has it."""
    campaign, texts, audience = sheet.campaign, sheet.texts, decision.key.removeprefix(MESSAGE)
    refused = list(general(sheet, decision, on))
    if decision.verdict is not Verdict.WAIVE or audience not in campaign.audiences:
        return (*refused, refusal(Why.STALE, "no such message", "name an audience of the campaign")), ()
    renderer, source = desk.bench().renderer, campaign.source_language
    messages = [renderer.message(audience, texts.locale, country, texts) for country in campaign.countries]
    found = [one for each in messages for one in check_message(each, campaign.audiences[audience], source)]
    mine = [one for one in found if (one.locale or source) == texts.locale]
    refused += unwaivable(decision.rule, audience, mine)
    if refused:
        return tuple(refused), ()
    key, source_hash, words = item_words(audience, messages[-1], texts)
    who = {"name": decision.by.name, "role": decision.by.role, "on": on.isoformat()}
    event = waiver(key, source_hash, words, decision.rule, **who, reason=decision.reason)
    known = said_before([one for one in sheet.ledger.events if one.unit_key == key], event)
    return (), () if known else (event,)
