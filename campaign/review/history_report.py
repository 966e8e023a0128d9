"""The audit report of a language: who signed what, when, on which words, as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from campaign import languages
from campaign.model.event import Event
from campaign.model.state import State
from campaign.model.subject import ITEM, MESSAGE
from campaign.model.verdict import ASKING, Verdict
from campaign.project import Project
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.review.threads import open_threads, threads
from campaign.review.waiting import nobody
from campaign.ssh import Proof
from campaign.workspace import seals
from campaign.workspace.findings import item_words

STYLE = """
body { font: 16px/1.5 "Noto Sans", system-ui, sans-serif; color: #1a1a1a; max-width: 72rem; margin: 1rem auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #c9c2b6; padding: .5rem; text-align: start; vertical-align: top; }
td { overflow-wrap: anywhere; }
th { background: #f6efe6; } code { font-size: .85rem; } .sign { color: #1d6b3c; font-weight: bold; }
.reject, .lapse { color: #b03a26; font-weight: bold; }
"""


def audit_report(project: Project, locale: str, today: date | None = None) -> str:
    """The report, on a day. Each line proved itself when the ledger was read; the heads name this very history.

    Raises:
        CampaignError: no such language, or a ledger that cannot be read.
    """
    desk = Desk(project)
    sheet = desk.sheet(locale)
    messages = _messages(desk, sheet)
    language = languages.get(locale)
    states = {state: sum(line.state is state for line in sheet.lines.values()) for state in State}
    counts = ", ".join(f"{number} {state.value}" for state, number in states.items() if number)
    sealed = seals.read(project, locale, sheet.ledger)
    rows = "".join(
        row
        for number, event in enumerate(sheet.ledger.events, 1)
        if event.verdict is not Verdict.SEAL
        for row in _row(sheet, messages, number, event, sealed.of(event.id))
    )
    name = project.name(project.ledger(locale))
    wrong = "".join(
        f"<li>{escape(f'{each.where}: {each.what}')}</li>" for each in (*sheet.ledger.problems(name), *sealed.wrong)
    )
    faults = f"<p>These lines are not part of this report:</p><ul>{wrong}</ul>" if wrong else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit: {escape(language.english)}</title><style>{STYLE}</style></head><body><main>
<h1>{escape(sheet.campaign.name)}: who signed what in {escape(language.english)}
(<bdi lang="{locale}">{escape(language.autonym)}</bdi>)</h1>
<p>{len(sheet.lines)} sentences: {counts}. {len(sheet.ledger.events)} events. Signatures needed for each text:
{sheet.campaign.needed(locale)}, by: {escape(", ".join(sheet.trust.roles))}. {_pairs(sheet)}</p>
{_mark(sheet, today or date.today())}
<p>Every event begins with its own hash and names those that its author had seen. The last of them:
<code>{sheet.ledger.head}</code>. Where a name is claimed, nothing here proves who typed it;
where a key is verified, an ssh key that this workspace knows as theirs signed it.
{seals.MISSING + "." if sealed.unread else ""}</p>{faults}
<table><thead><tr><th scope="col">No.</th><th scope="col">Date</th><th scope="col">Verdict</th><th scope="col">Who</th>
<th scope="col">Source</th><th scope="col">Words</th><th scope="col">Comment</th>
<th scope="col">Holds today</th></tr></thead>
<tbody>{rows}</tbody></table></main></body></html>
"""


def _pairs(sheet: Sheet) -> str:
    """How often somebody reviewed their own text, and what is open."""
    own = "counts as a review (own_text)" if sheet.trust.own_text else "does not count as a review"
    return f"The signature of who wrote a text {own}. Objections and questions open: {len(open_threads(sheet))}."


def _mark(sheet: Sheet, today: date) -> str:
    """That nobody reviews the language, and which exception the campaign makes."""
    said = str(nobody(sheet.campaign, sheet.locale, today) or "")
    return f'<p class="reject">{escape(said[:1].upper() + said[1:])}.</p>' if said else ""


def _messages(desk: Desk, sheet: Sheet) -> frozenset[tuple[str, str]]:
    """What a waiver on a message covers, for each message as it is today; nothing when none was given."""
    if not any(event.verdict == Verdict.WAIVE and event.unit_key not in sheet.lines for event in sheet.ledger.events):
        return frozenset()
    places = [(audience, country) for audience in sheet.campaign.audiences for country in sheet.campaign.countries]
    with desk.lock:
        renderer, texts = desk.bench().renderer, sheet.texts
        found = (
            item_words(audience, renderer.message(audience, sheet.locale, country, texts), texts)
            for audience, country in places
        )
        return frozenset((source, words) for _, source, words in found)


def _row(sheet: Sheet, messages: frozenset[tuple[str, str]], number: int, event: Event, proof: Proof) -> Iterator[str]:
    direction = "rtl" if languages.get(sheet.locale).rtl else "ltr"
    line = sheet.lines.get(event.unit_key)
    if event.verdict == Verdict.WAIVE and event.unit_key.startswith((ITEM, MESSAGE)):
        source, text = f"the message for {event.unit_key.partition(':')[2]}", ""
        same = (event.source_hash, event.text_hash) in messages
    elif event.unit_key.startswith(ITEM):
        source, text = f"the item {event.unit_key.removeprefix(ITEM)} as a whole", ""
        same = any(i.job.item == event.unit_key and i.cover.same(event.text_hash) for i in sheet.items)
    else:
        known = line.unit.source if line and line.source_hash == event.source_hash else f"(not kept) {event.unit_key}"
        source = event.source[1] if event.source else known
        own = line.unit.forms if line and line.text_hash == event.text_hash else (f"(not kept) {event.text_hash[:12]}",)
        text = " / ".join(event.forms or own)
        same = line is not None and (line.source_hash, line.text_hash) == (event.source_hash, event.text_hash)
    if event.verdict in ASKING and (found := _became(sheet, event)):
        source = f"{source} [{found}]"
    holds = "same words" if same else "suggested" if event.verdict == Verdict.SUGGEST else "changed since"
    yield (
        f'<tr><td>{number}</td><td>{escape(event.on)}</td><td class="{event.verdict}">{event.verdict}</td>'
        f"<td><bdi>{escape(event.reviewer)}</bdi> ({escape(event.role)})<br>{proof}</td>"
        f'<td dir="auto">{escape(source)}</td>'
        f'<td lang="{sheet.locale}" dir="{direction}">{escape(text)}</td><td dir="auto">{escape(event.remark)}</td>'
        f"<td>{holds}</td></tr>"
    )


def _became(sheet: Sheet, event: Event) -> str:
    """What became of an objection or a question, by whom and when."""
    thread = next((each for each in threads(sheet, event.unit_key) if each.about.id == event.id), None)
    if thread is None or thread.became is None:
        return ""
    if thread.settled:
        return f"{thread.became}, {thread.settled.reviewer}, {thread.settled.on}"
    return thread.became if thread.current else f"{thread.became}, of earlier words"
