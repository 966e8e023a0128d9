"""A mediator's answers to a sentence (changed, good, not right, unknown), and the sign-off of an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from campaign.catalogue.store import Edit
from campaign.checks import RULES
from campaign.errors import CampaignError, Problem
from campaign.ledger import verdicts
from campaign.ledger.ledger import person
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.finding import Finding, Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.review import sign as signing
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.facts import ItemView

#: Errors with which no text is kept: it could not be rendered, compiled by gettext, or printed.
BROKEN = frozenset({"placeholder", "markup", "plural-form", "glyph"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: done, or not, and why. Nothing was written unless `done`.

    `findings` say why a text was refused; `conflict` is the sentence as somebody else made it meanwhile.
    """

    done: bool
    findings: tuple[Finding, ...] = ()
    conflict: Line | None = None


def tried(desk: Desk, sheet: Sheet, key: str, forms: tuple[str, ...]) -> tuple[Unit, tuple[Finding, ...]]:
    """A sentence with another text, and what is wrong with it; writes nothing."""
    unit = replace(sheet.lines[key].unit, forms=forms, fuzzy=True)
    return unit, desk.checks(sheet.locale)(unit)


def save(desk: Desk, locale: str, key: str, forms: tuple[str, ...], seen: str, by: Person, on: date) -> Outcome:
    """Keep a new text as a draft. A text that was signed lapses, and the ledger says so.

    Raises:
        CampaignError: no name, a text that no PO file can hold, a file that cannot be read or written.
    """
    with desk.lock:
        sheet = desk.sheet(locale)
        line = sheet.lines[key]
        if line.text_hash != seen:
            return Outcome(False, conflict=line)
        if forms == line.unit.forms:
            return Outcome(True)
        _check(by, "")
        if locale == sheet.campaign.source_language:
            raise CampaignError.single("the source text is changed in the templates", todo="tell the campaign's staff")
        if not all(form.strip() for form in forms):
            raise CampaignError.single("a text is empty", todo="write a text, or answer: not right, because…")
        _, findings = tried(desk, sheet, key, forms)
        broken = tuple(found for found in findings if found.code in BROKEN and found.severity is Severity.ERROR)
        if broken:
            return Outcome(False, broken)
        catalogue = desk.catalogue(locale)
        assert catalogue is not None  # noqa: S101 - only the source language has none
        origin = f"edited by {by.name} ({by.role}), {on.isoformat()}"
        try:
            catalogue.edit({key: Edit(forms, fuzzy=True, origin=_one_line(origin))}, seen={key: seen})
        except CampaignError:
            now = desk.sheet(locale).lines.get(key)
            if now is not None and now.text_hash != seen:
                return Outcome(False, conflict=now)
            raise
        if line.approved_by:
            lapse = verdicts.event(line.unit, Verdict.LAPSE, by, on, reason="the text was changed")
            verdicts.record(desk.project, locale, [lapse], sheet.ledger)
        return Outcome(True)


def approve(desk: Desk, locale: str, key: str, seen: str, by: Person, on: date, comment: str = "") -> Outcome:
    """Sign one sentence: "Good to publish". Words with an error are not signed, and no one signs the same words twice.

    Raises:
        CampaignError: no name, a role that may not sign, no text, a broken ledger.
    """
    with desk.lock:
        sheet = desk.sheet(locale)
        line = sheet.lines[key]
        if line.text_hash != seen:
            return Outcome(False, conflict=line)
        if line.errors:
            return Outcome(False, line.errors)
        if person(by.name) not in map(person, line.approved_by) or line.unit.fuzzy:
            _sign(desk, sheet, [line.unit], by, on, comment)
        return Outcome(True)


def say(desk: Desk, locale: str, key: str, seen: str, verdict: Verdict, by: Person, on: date, comment: str) -> Outcome:
    """Reject these words, comment on them, say that you do not know, or waive a warning (comment "<code>: <reason>").

    A rejection makes a signed text a draft.

    Raises:
        CampaignError: no name, no reason, a waiver of an error or of no finding at all, a broken ledger.
    """
    with desk.lock:
        sheet = desk.sheet(locale)
        line = sheet.lines[key]
        if line.text_hash != seen:
            return Outcome(False, conflict=line)
        _check(by, comment)
        if not comment.strip() and verdict != Verdict.UNSURE:
            raise CampaignError.single("there is no reason", todo="say in a few words what is not right")
        event = verdicts.event(line.unit, verdict, by, on, comment.strip())
        if verdict == Verdict.REJECT:
            event = replace(event, reason=event.comment, comment="")
        if verdict == Verdict.WAIVE:
            code, _, reason = comment.partition(":")
            event = replace(event, rule=code, reason=reason.strip(), comment="")
            found = code in RULES and RULES[code].waivable and code in {finding.code for finding in line.findings}
            if not reason.strip() or not found:
                raise CampaignError.single(
                    "only a finding about these words can be waived, and not every one", todo="correct the text"
                )
        verdicts.record(desk.project, locale, [event], sheet.ledger)
        catalogue = desk.catalogue(locale)
        if verdict == Verdict.REJECT and catalogue is not None and not line.unit.fuzzy:
            catalogue.edit({key: Edit(line.unit.forms, fuzzy=True)}, seen={key: seen})
        return Outcome(True)


def shown(sheet: Sheet, item: ItemView) -> str:
    """Hash of everything that a sign-off page shows: each sentence with its source and text, and the item's facts."""
    lines = [sheet.lines[key] for key in item.keys if key in sheet.lines]
    return digest(item.job.item, item.facts, *(part for line in lines for part in (line.source_hash, line.text_hash)))


def sign_off(desk: Desk, item: ItemView, seen: str, by: Person, on: date, comment: str) -> Outcome:
    """Sign an item exactly as its page showed it (`seen` is `shown` of then): all of its sentences, its numbers.

    Raises:
        CampaignError: something changed since the page was shown, a text is missing, or the role may not sign.
    """
    locale = item.job.locale
    with desk.lock:
        sheet = desk.sheet(locale)
        now = next((other for other in sheet.items if other.job == item.job), None)
        if now is None or shown(sheet, now) != seen:
            raise CampaignError.single(
                "something on this page was changed meanwhile", todo="look at it as it is now, then sign again"
            )
        lines = [sheet.lines[key] for key in now.keys if key in sheet.lines]
        if len(lines) < len(now.keys) or any(line.state is State.MISSING for line in lines):
            raise CampaignError.single("a sentence has no text yet", todo="translate it first")
        errors = tuple(error for line in lines for error in line.errors)
        if errors:
            return Outcome(False, errors)
        own = person(by.name)
        open_units = [line.unit for line in lines if line.unit.fuzzy or own not in map(person, line.approved_by)]
        also = verdicts.sign_off(now.job.item, now.facts, by, on, comment)
        _sign(desk, sheet, open_units, by, on, comment, [also])
        return Outcome(True)


def _sign(
    desk: Desk,
    sheet: Sheet,
    units: Iterable[Unit],
    by: Person,
    on: date,
    comment: str,
    also: Iterable[Event] = (),
) -> None:
    signing.sign(
        desk.project,
        sheet.campaign,
        sheet.locale,
        units,
        reviewer=by.name,
        role=by.role,
        on=on,
        comment=comment.strip(),
        also=tuple(also),
        catalogue=desk.catalogue(sheet.locale),
        known=sheet.ledger,
        shown=sheet.shown,
    )


def _check(by: Person, comment: str) -> None:
    problems: list[Problem] = list(verdicts.faults(by.name, comment))
    if problems:
        raise CampaignError(problems)


def _one_line(text: str) -> str:
    return " ".join(text.split())
