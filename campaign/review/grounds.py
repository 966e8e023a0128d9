"""Why a decision is refused: who may say what, with which reason, how long, about which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from campaign.catalogue import store
from campaign.checks import RULES
from campaign.errors import Problem
from campaign.ledger.queue import Line
from campaign.ledger.standing import Dispute
from campaign.ledger.verdicts import LONGEST_COMMENT, LONGEST_TEXT
from campaign.model.event import Event
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.model.trust import ROLES
from campaign.model.unit import Unit
from campaign.model.verdict import DECIDING, Verdict
from campaign.people import form_fault, name_fault, plain
from campaign.review.decision import NOBODY, Decision, Refusal, Why
from campaign.review.snapshot import Sheet

#: What nobody types on purpose: control characters but line break and tab.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def refusal(why: Why, what: str, todo: str, where: str = "") -> Refusal:
    """One reason why a decision is refused."""
    return Refusal(why, Problem(where, what, todo))


def general(sheet: Sheet, decision: Decision, on: date) -> Iterator[Refusal]:
    """What holds for every decision: who may say what on this day, with which reason."""
    verdict, by, trust = decision.verdict, decision.by, sheet.trust
    signs = verdict in (Verdict.SIGN, Verdict.WAIVE)
    if fault := name_fault(by.name):
        why = Why.FORM if by.name and form_fault(by.name) else Why.NAME
        yield refusal(why, fault, "a signature needs a name or a pseudonym", "--name")
    elif by.name == NOBODY.name and verdict in (Verdict.SIGN, Verdict.REJECT, Verdict.WAIVE):
        yield refusal(Why.NAME, f"no name: without one nobody can {verdict}", "write a name into the file", "--name")
    allowed = trust.roles if signs else ROLES
    if by.role not in allowed:
        what = f"may not {verdict} in this campaign" if by.role in ROLES else "is no role of this campaign"
        yield refusal(Why.ROLE, f"{by.role!r} {what}", f"use one of {', '.join(allowed)}", "--role")
    elif signs and not trust.may_sign(by.name, by.role, on.isoformat()):
        file = "reviewers.toml" if trust.reviewers is not None else "[review] people of campaign.toml"
        what = f"{by.name!r} ({by.role}) does not stand in {file} for {sheet.locale} on {on.isoformat()}"
        todo = "use the name that stands there, or ask who coordinates; everybody may correct, comment and object"
        yield refusal(Why.PERSON, f"{what}, and may not {verdict}", todo, "--name")
    if verdict in (Verdict.REJECT, Verdict.WAIVE, Verdict.REVOKE) and not decision.reason:
        yield refusal(Why.REASON, "there is no reason", "say in a few words why", "--reason")
    if verdict is Verdict.COMMENT and not decision.comment:
        yield refusal(Why.REASON, "there is no comment", "say something", "--comment")
    for option, text in (("--comment", decision.comment), ("--reason", decision.reason)):
        yield from _typed(option, text, LONGEST_COMMENT, _CONTROL)
    for form in decision.forms or ():
        yield from _typed("a text", form, LONGEST_TEXT, store.UNSTORABLE)


def _typed(option: str, text: str, longest: int, forbidden: re.Pattern[str]) -> Iterator[Refusal]:
    """Why a text that somebody typed cannot be kept."""
    if store.UNSTORABLE.search(text):
        yield refusal(Why.FORM, "holds a NUL or a lone surrogate", "type it again", option)
    elif forbidden.search(text):
        yield refusal(Why.FORM, "holds a character that cannot be seen", "type it again", option)
    if len(text) > longest:
        yield refusal(Why.LONG, f"is longer than {longest} characters", "shorten it", option)


def fresh(decision: Decision, line: Line) -> bool:
    """Whether the sentence still has the text that the person saw.

    Who does not say what they saw may fill and correct drafts, never what somebody signed.
    """
    if decision.seen:
        return decision.seen == line.text_hash
    return line.state is not State.SIGNED and not line.approved_by


def stale(line: Line) -> Refusal:
    """The text is another one now."""
    what = f"stale: the text was changed by someone else meanwhile, it is now {line.unit.text[:60]!r}"
    return refusal(Why.STALE, what, "look at the new text and try again", repr(line.unit.source[:60]))


def gone(decision: Decision, now: Line | None) -> Refusal:
    """The sentence has another source now, or there is none any more."""
    none = f"no such sentence any more: no unit has the key {decision.key}"
    return refusal(Why.STALE, f"stale: {'the source was changed since' if now else none}", "run: campaign update")


def unsignable(sheet: Sheet, decision: Decision, line: Line) -> Iterator[Refusal]:
    """Why a sentence cannot be signed: nobody showed it, no text, errors, objections that nobody answered.

    An objection that came after the person saw the words stands; one that they knew is answered by name, with a
    reason; their own they take back by signing. Who signed an answered one agrees with the answer.
    """
    where = f"{sheet.locale}: {line.unit.source[:60]!r}"
    if not decision.shown:
        what, todo = "not signed: only a pack of this workspace can be signed in", "export a pack, or sign on the page"
        yield refusal(Why.STALE, what, todo)
    if not line.unit.translated:
        yield refusal(Why.TEXT, "has no text to sign", "translate it first", where)
    for error in line.errors:
        yield refusal(Why.ERROR, f"not signed: {error.detail}", "correct the text first", where)
    yield from objected(sheet, decision, sheet.standing.dispute((line.source_hash, line.text_hash)), where)


def objected(sheet: Sheet, decision: Decision, dispute: Dispute, where: str) -> Iterator[Refusal]:
    """The objections that nobody answered: this signature does not, or its author could not know of them."""
    answered = set(map(plain, decision.answers)) if decision.reason else set()
    for event in dispute.objections:
        mine = event.reviewer == decision.by.name
        if late(sheet, decision, event) or not (mine or plain(event.reviewer) in answered):
            what = f"not signed: {event.reviewer} ({event.role}) said that it is not right: {event.reason}"
            todo = "correct the text, or answer by name with a reason (on the page, or --answer NAME --reason TEXT)"
            yield refusal(Why.OBJECTION, what, todo, where)


def late(sheet: Sheet, decision: Decision, event: Event) -> bool:
    """Whether something was said after the person saw the words."""
    return event.id in sheet.ledger.unseen(decision.since)


def answered(
    sheet: Sheet, decision: Decision, dispute: Dispute, signed: Sequence[Event]
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The person's own objections; what else a signature answers; why it is right all the same.

    A signature names every rejection that stands, answered before or not, and every question, as far as its
    author could see them: whoever agrees with an answer agrees with its reason. `signed` are those who did before.
    """
    mine = tuple(event.id for event in dispute.objections if event.reviewer == decision.by.name)
    others = [event for event in (*dispute.objections, *dispute.answered) if event.id not in mine]
    asked = [event for event in (*others, *dispute.questions) if not late(sheet, decision, event)]
    if not others:
        return mine, tuple(event.id for event in asked), ""
    before = next((f"as {event.reviewer} said: {event.reason}" for event in signed if event.reason), "")
    return mine, tuple(event.id for event in asked), decision.reason or before[:LONGEST_COMMENT]


def written_before(line: Line, unit: Unit) -> tuple[str, ...]:
    """The first event with the words of `unit`: who takes over what somebody wrote or suggested did not write it."""
    words = unit.source_hash, unit.text_hash
    writing = (event for event in line.events if event.verdict in (Verdict.CHANGE, Verdict.SUGGEST))
    return tuple(event.id for event in writing if (event.source_hash, event.text_hash) == words)[:1]


def unwaivable(rule: str, where: str, found: Collection[Finding]) -> Iterator[Refusal]:
    """Why a rule cannot be waived for words that have these findings."""
    codes = sorted({finding.code for finding in found})
    if rule not in RULES:
        todo = f"use one of {', '.join(code for code in RULES if RULES[code].waivable)}"
        yield refusal(Why.RULE, f"no rule {rule!r}", todo, "CODE")
    elif not RULES[rule].waivable:
        yield refusal(Why.RULE, f"nobody may waive the rule {rule}", "mend what it finds", "CODE")
    elif rule not in codes:
        what = f"has no finding of the rule {rule} (its findings: {', '.join(codes) or 'none'})"
        yield refusal(Why.RULE, what, "run campaign check", where)


def said_before(events: Sequence[Event], event: Event) -> bool:
    """Whether this person said just this of these words, and nobody decided about them since: an answer given twice."""
    for old in reversed(events):
        if (old.source_hash, old.text_hash) != (event.source_hash, event.text_hash):
            continue
        if replace(old, on=event.on, reviewer=plain(old.reviewer)) == replace(event, reviewer=plain(event.reviewer)):
            return True
        if old.verdict in DECIDING:
            return False
    return False
