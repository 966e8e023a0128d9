"""The one place where a decision is judged, whichever door it comes through.

The page, returned files and the command line translate into decisions and print the outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from campaign.catalogue.store import Edit
from campaign.checks import check_unit
from campaign.errors import CampaignError
from campaign.ledger import issued, verdicts
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.finding import Finding, Severity
from campaign.model.state import State
from campaign.model.subject import ITEM, MESSAGE
from campaign.model.unit import Unit, blank
from campaign.model.verdict import Verdict
from campaign.people import plain
from campaign.review import late, reply, undo, whole
from campaign.review.act import Act
from campaign.review.decision import NOBODY, Decision, Outcome, Refusal, Why
from campaign.review.grounds import (
    answered,
    fresh,
    general,
    gone,
    refusal,
    said_before,
    stale,
    unsignable,
    unwaivable,
    written_before,
)
from campaign.review.message_waiver import waived
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet, beside, shown

#: Errors with which no text is kept: it could not be rendered, compiled by gettext, or printed. They are seen in the
#: text alone, wherever it stands in a message.
BROKEN = frozenset({"placeholder", "markup", "plural-form", "glyph"})


def decide(
    desk: Desk, locale: str, decisions: Iterable[Decision], on: date, *, whole: bool = False
) -> tuple[Outcome, ...]:
    """Judge decisions about a language, and write all that they bring in one step; an outcome for each.

    `whole` makes them one act: when one of them is refused, none is taken.

    Raises:
        CampaignError: a file cannot be read or written, or changed while this was written; nothing is changed then.
    """
    with desk.lock:
        sheet, decisions, packs = desk.sheet(locale), tuple(decisions), desk.project.review_packs(locale)
        judge = _Judge(desk, sheet, on, decisions)
        taken = issued.taken(packs) if any(each.answer for each in decisions) else frozenset[str]()
        outcomes = tuple(Outcome() if each.answer in taken else judge.outcome(each) for each in decisions)
        if whole and not all(outcome.done for outcome in outcomes):
            return tuple(Outcome() if outcome.done else outcome for outcome in outcomes)
        act = judge.act
        act.finish({event for event in act.items if judge.holds(event)})
        try:
            act.write(desk, sheet, _since(decisions))
        except CampaignError:
            now = desk.sheet(locale).lines.get(decisions[0].key) if len(decisions) == 1 else None
            if now is None or now.text_hash == sheet.lines[now.key].text_hash:
                raise
            return (Outcome((stale(now),), conflict=now),)
        answered = zip(decisions, outcomes, strict=True)
        given = [each.answer for each, outcome in answered if outcome.done and (outcome.changed or each.shown)]
        issued.take(packs, desk.project.name(packs), set(filter(None, given)) - taken, on)
        written = set(map(id, act.everything()))
        return tuple(outcome.kept(written) for outcome in outcomes)


def _since(decisions: Iterable[Decision]) -> str:
    """The head that everybody who decided had seen; where they saw different ones, nobody knows of any."""
    heads = {each.since for each in decisions}
    return heads.pop() if len(heads) == 1 else ""


def tried(desk: Desk, sheet: Sheet, key: str, forms: tuple[str, ...]) -> tuple[Unit, tuple[Finding, ...]]:
    """A sentence with another text, and what is wrong with it; writes nothing."""
    unit = replace(sheet.lines[key].unit, forms=forms, fuzzy=True)
    return unit, desk.checks(sheet.locale)(unit)


class _Judge:
    """Judges the decisions of one act against one sheet, and gathers what they bring."""

    def __init__(self, desk: Desk, sheet: Sheet, on: date, decisions: Iterable[Decision]) -> None:
        self._desk, self._sheet, self._on = desk, sheet, on
        self._covered = whole.covered(sheet, decisions)
        self.act = Act()
        self.holds = sheet.ledger.holding(sheet.trust)
        self._fonts = desk.project.fonts

    def outcome(self, decision: Decision) -> Outcome:
        """What becomes of a decision, once what nobody sees is taken out of what was typed."""
        line = self._sheet.lines.get(decision.key)
        decision, strays = decision.cleaned(line.unit.forms if line else ())
        outcome = self._judged(decision, line)
        now = outcome.conflict or line
        if outcome.refused and now:
            kept = late.beside(self._sheet, decision, now, outcome.refused, self._on)
            self.act.events += kept
            outcome = replace(outcome, events=kept)
        return replace(outcome, cleaned=strays) if strays else outcome

    def _judged(self, decision: Decision, line: Line | None) -> Outcome:
        if decision.verdict in (Verdict.WITHDRAW, Verdict.REVOKE):
            return self._undo(decision)
        if reply.is_reply(decision):
            return self._kept(*reply.replied(self._sheet, decision, self._on))
        if decision.key.startswith(ITEM):
            return self._item(decision)
        if decision.key.startswith(MESSAGE):
            return self._kept(*waived(self._desk, self._sheet, decision, self._on))
        if line is None or decision.source not in ("", line.source_hash):
            return self._gone(decision, line or late.successor(self._sheet.lines, decision.key))
        changed = decision.forms not in (None, line.unit.forms)
        if decision.verdict is Verdict.SIGN and changed:
            decision = replace(decision, verdict=Verdict.CHANGE)  # nobody signs new words before they saw them
        if decision.verdict is Verdict.CHANGE and not changed:
            if not decision.comment:
                return self._same(decision, line) if decision.forms else Outcome()
            decision = replace(decision, verdict=Verdict.COMMENT)
        refused = [*general(self._sheet, decision, self._on)]
        if not fresh(decision, line):
            return Outcome((*refused, stale(line)), conflict=line)
        if decision.verdict is Verdict.CHANGE:
            return self._change(decision, line, refused)
        if decision.verdict is Verdict.SIGN:
            return self._sign(decision, line, refused)
        return self._say(decision, line, refused, suggested=changed)

    def _gone(self, decision: Decision, now: Line | None) -> Outcome:
        """The source is another one, or the sentence is gone; `now` is the sentence of today."""
        return Outcome((*general(self._sheet, decision, self._on), gone(decision, now)), (), now)

    def _undo(self, decision: Decision) -> Outcome:
        """Something is taken back, or revoked."""
        if refused := tuple(undo.refused(self._sheet, decision, self._on)):
            return Outcome(refused)
        events = undo.ending(self._sheet, decision, self._on)
        self.act.events += events
        for line in map(self._sheet.lines.__getitem__, undo.good_again(self._sheet, events)):
            self._edit(line, Edit(line.unit.forms, fuzzy=False))
        return Outcome(events=events)

    # A new text

    def _change(self, decision: Decision, line: Line, refused: list[Refusal]) -> Outcome:
        forms, findings = decision.forms or (), tuple[Finding, ...]()
        if self._sheet.locale == self._sheet.campaign.source_language:
            todo = "tell the campaign's staff"
            refused.append(refusal(Why.TEXT, "the source text is changed in the templates, nowhere else", todo))
        if len(forms) != len(line.unit.forms):
            what = f"it has {len(forms)} plural forms, the language has {len(line.unit.forms)}"
            refused.append(refusal(Why.TEXT, what, "give one text for each"))
        elif not decision.undoes and not all(form.strip() for form in forms):
            refused.append(refusal(Why.TEXT, "a text is empty", "write a text, or answer: not right, because…"))
        if not refused:
            unit = replace(line.unit, forms=forms, fuzzy=True)
            source = self._sheet.campaign.source_language
            found = check_unit(unit, fonts=self._fonts, source_language=source, only=BROKEN)
            findings = tuple(one for one in found if one.severity is Severity.ERROR)
            refused += [refusal(Why.ERROR, one.detail, "correct the text", unit.source[:60]) for one in findings]
        if refused:
            return Outcome(tuple(refused), findings)
        by, whence = decision.by, "from a review pack," if decision.place else "edited by"
        origin = decision.origin or " ".join(f"{whence} {by.name} ({by.role}), {self._on.isoformat()}".split())
        fuzzy = True if decision.fuzzy is None else decision.fuzzy
        self._edit(line, Edit(forms, fuzzy=fuzzy, origin=origin, notes=decision.notes))
        signed = self._sheet.standing.by((line.source_hash, line.text_hash))
        ended = tuple(event.id for event in signed)
        said = [self._event(line.unit, Verdict.LAPSE, by, reason="the text was changed", re=ended)] if ended else []
        if by.name != NOBODY.name and not (decision.undoes or decision.origin):
            said.append(self._event(unit, Verdict.CHANGE, by, re=written_before(line, unit)))
        if decision.comment:
            said.append(self._event(unit, Verdict.COMMENT, by, comment=decision.comment))
        self.act.events += said
        return Outcome(changed=True, events=tuple(said))

    def _same(self, decision: Decision, line: Line) -> Outcome:
        """The present text: only the mark and the comments of a PO file can be new. No file brings approval back."""
        unit = line.unit
        fuzzy = unit.fuzzy if decision.fuzzy is None else decision.fuzzy or (unit.fuzzy and bool(line.approved_by))
        if fuzzy != unit.fuzzy or decision.notes:
            self._edit(line, Edit(unit.forms, fuzzy=fuzzy, notes=decision.notes))
        return Outcome()

    # A signature

    def _sign(self, decision: Decision, line: Line, refused: list[Refusal]) -> Outcome:
        refused += unsignable(self._sheet, decision, line)
        if refused:
            return Outcome(tuple(refused), line.errors)
        event = self._approval(decision, line)
        if event:
            return Outcome(events=(event,))
        # Signed before: of a file only what was typed beside it is new.
        return self._kept((), late.beside(self._sheet, decision, line, (), self._on))

    def _approval(self, decision: Decision, line: Line) -> Event | None:
        """The signature on a sentence, if the ledger does not hold it; none is written twice in one act."""
        if line.key in self.act.signed:
            return None
        unit, by = line.unit, decision.by
        words, stands = (line.source_hash, line.text_hash), self._sheet.standing
        mine, named, reason = answered(self._sheet, decision, stands.dispute(words), stands.signed.get(words, ()))
        facts = beside(self._sheet, line.key, decision.items, decision.since)
        if decision.key != line.key:  # who signs an item as a whole saw no other one
            facts = tuple((item, known if item in self._covered else "") for item, known in facts)
        event = self._event(unit, Verdict.SIGN, by, comment=decision.comment, reason=reason, facts=facts, re=named)
        known = self.holds(event) or (decision.place and plain(by.name) in map(plain, line.approved_by))
        if known and not unit.fuzzy:  # marked after the approval: a new look at the same words
            return None
        if mine:  # who signs takes back what they objected to these words
            taken = self._event(unit, Verdict.WITHDRAW, by, reason=decision.reason or decision.comment, re=mine)
            self.act.events.append(taken)
        self.act.signed[line.key] = event
        if unit.fuzzy:
            self._edit(line, Edit(unit.forms, fuzzy=False))
        else:
            self.act.seen[line.key] = line.text_hash
        return event

    def _item(self, decision: Decision) -> Outcome:
        """An item as its page showed it: its sentences that are not signed yet, and all that its cover names."""
        refused = [*general(self._sheet, decision, self._on), *whole.pointless(decision)]
        item = next((item for item in self._sheet.items if item.job.item == decision.key), None)
        if item is not None and decision.verdict in whole.REMARKS:
            return self._kept(refused, [whole.remark(item, decision, self._on)], self._sheet.history(decision.key))
        if item is None or decision.verdict is not Verdict.SIGN or shown(self._sheet, item) != decision.seen:
            todo = "look at it as it is now, then sign again"
            return Outcome((*refused, refusal(Why.STALE, "something on this page was changed meanwhile", todo)))
        lines = [self._sheet.lines[key] for key in item.keys if key in self._sheet.lines]
        refused += [self._missing(key) for key in item.keys if key not in self._sheet.lines]
        refused += [refusal for line in lines for refusal in unsignable(self._sheet, decision, line)]
        refused += whole.unsignable(self._desk, self._sheet, item, decision)
        if refused:
            return Outcome(tuple(refused), tuple(error for line in lines for error in line.errors))
        made = [self._approval(decision, line) for line in lines if line.state is not State.SIGNED]
        back, also = whole.signed(self._sheet, item, decision, self._on)
        self.act.events += back
        self.act.items += also
        return Outcome(events=(*filter(None, made), *also))

    def _missing(self, key: str) -> Refusal:
        known = self._desk.sheet(self._sheet.campaign.source_language).lines.get(key)
        where = f"{self._sheet.locale}: {known.unit.source[:60]!r}" if known else f"{self._sheet.locale}: {key}"
        return refusal(Why.TEXT, "has no text to sign", "translate it first", where)

    # Everything else that is said

    def _say(self, decision: Decision, line: Line, refused: list[Refusal], *, suggested: bool) -> Outcome:
        """Reject, comment, do not know, waive, suggest; what was typed beside it is kept as a suggestion."""
        unit, by, verdict = line.unit, decision.by, decision.verdict
        event = self._event(unit, verdict, by, comment=decision.comment, reason=decision.reason, rule=decision.rule)
        if verdict is Verdict.WAIVE and not said_before(line.events, event):
            refused += unwaivable(decision.rule, unit.source, line.findings)
        if refused:
            return Outcome(tuple(refused))
        said, remark = ([], decision.comment) if verdict is Verdict.SUGGEST else ([event], "")
        if suggested and decision.forms and not all(map(blank, decision.forms)):
            said.append(self._event(replace(unit, forms=decision.forms), Verdict.SUGGEST, by, comment=remark))
        if verdict is Verdict.REJECT and not unit.fuzzy:
            self._edit(line, Edit(unit.forms, fuzzy=True))
        return self._kept((), said, line.events)

    def _kept(self, refused: Sequence[Refusal], said: Sequence[Event], known: Sequence[Event] = ()) -> Outcome:
        """What is said and was not before, unless it is refused."""
        events = () if refused else tuple(one for one in said if not said_before(known, one))
        self.act.events += events
        return Outcome(tuple(refused), events=events)

    def _event(
        self,
        unit: Unit,
        verdict: Verdict,
        by: Person,
        *,
        comment: str = "",
        reason: str = "",
        rule: str = "",
        facts: tuple[tuple[str, str], ...] = (),
        re: tuple[str, ...] = (),
    ) -> Event:
        return verdicts.event(unit, verdict, by, self._on, comment, facts, rule=rule, reason=reason, re=re)

    def _edit(self, line: Line, edit: Edit) -> None:
        self.act.edits[line.key], self.act.seen[line.key] = edit, line.text_hash
