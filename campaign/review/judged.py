"""One answer of a pack that came back: what it changes, signs or says, or why it is not taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.catalogue.exchange.issued import Issued
from campaign.catalogue.store import Edit
from campaign.ledger import verdicts
from campaign.ledger.ledger import person
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.finding import Severity
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.review.answers import BROKEN, tried
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet

#: Who a comment is from when the file names nobody.
NOBODY = "no name"


@dataclass(slots=True)
class Plan:
    """What an import will write, all of it or nothing: texts, the texts they replace, events; and what it counts.

    `refused` holds, by place and reason, what is not taken.
    """

    edits: dict[str, Edit] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    texts: int = 0
    signed: int = 0
    comments: int = 0
    same: int = 0


class NotTakenError(Exception):
    """Why one answer is not taken."""


def judge(
    desk: Desk, sheet: Sheet, returned: Returned, pack: Issued | None, answer: Answer, on: date, plan: Plan
) -> None:
    """Put one answer into the plan.

    Raises:
        NotTakenError: why this answer is not taken; the plan is as it was.
    """
    line = _line(sheet, pack, answer)
    if answer.forms is not None and answer.forms == line.unit.forms and not (answer.verdict or answer.comment):
        _same_text(line, answer, plan)
        return
    fresh = _fresh(line, pack, answer)
    changed = answer.forms is not None and answer.forms != line.unit.forms
    if changed and not fresh:
        raise NotTakenError(f"stale: the text was changed meanwhile, it is now {line.unit.text[:60]!r}")
    by = Person(returned.name or NOBODY, returned.role or "translator")
    if changed:
        _change(desk, sheet, line, answer, by, on, plan)
    if answer.verdict == words.GOOD and not changed:
        _sign(sheet, returned, pack, line, answer, fresh, by, on, plan)
    elif answer.verdict == words.REJECT and not changed:
        if not returned.name:
            raise NotTakenError("a rejection needs a name")
        if not fresh:
            raise NotTakenError("stale: the text was changed meanwhile")
        plan.events.append(
            verdicts.event(line.unit, Verdict.REJECT, by, on, reason=answer.comment or "no reason given")
        )
        plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=True)
        plan.comments += 1
    elif answer.verdict == words.UNSURE or answer.comment:
        verdict = Verdict.UNSURE if answer.verdict == words.UNSURE else Verdict.COMMENT
        event = verdicts.event(line.unit, verdict, by, on, answer.comment)
        said = (verdict, by.name, answer.comment, line.text_hash)
        if any((e.verdict, e.reviewer, e.comment, e.text_hash) == said for e in line.events):
            plan.same += 1
        else:
            plan.events.append(event)
            plan.comments += 1
    elif not changed:
        plan.same += 1


def _line(sheet: Sheet, pack: Issued | None, answer: Answer) -> Line:
    line = sheet.lines.get(answer.key)
    if line is None:
        raise NotTakenError("stale: no such sentence any more")
    if line.source_hash != answer.source_hash:
        raise NotTakenError("stale: the source was changed since")
    if pack and answer.seen and words.token(answer.key, answer.source_hash, answer.seen) not in pack.rows:
        raise NotTakenError("this sentence did not stand in the pack with these words")
    return line


def _fresh(line: Line, pack: Issued | None, answer: Answer) -> bool:
    """Whether the sentence still has the text that the person was shown."""
    if answer.seen:
        return answer.seen == line.text_hash
    if pack:
        return words.token(answer.key, line.source_hash, line.text_hash) in pack.rows
    # A PO file that says nothing of what it was made from may fill and correct drafts, never what somebody signed.
    return line.state is not State.SIGNED and not line.approved_by


def _same_text(line: Line, answer: Answer, plan: Plan) -> None:
    """A sentence with its present text: only the mark and the comments of a PO file can be new."""
    fuzzy = line.unit.fuzzy if answer.fuzzy is None else answer.fuzzy
    if fuzzy == line.unit.fuzzy and not answer.notes:
        plan.same += 1
        return
    plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=fuzzy, notes=answer.notes)
    plan.seen[line.unit.key] = line.text_hash
    plan.same += 1


def _change(desk: Desk, sheet: Sheet, line: Line, answer: Answer, by: Person, on: date, plan: Plan) -> None:
    key, forms = line.unit.key, answer.forms or ()
    if sheet.locale == sheet.campaign.source_language:
        raise NotTakenError("the source is changed in the templates, never by a pack")
    if len(forms) != len(line.unit.forms):
        raise NotTakenError(f"it has {len(forms)} plural forms, the language has {len(line.unit.forms)}")
    if not all(form.strip() for form in forms):
        raise NotTakenError("a text is empty")
    try:
        _, findings = tried(desk, sheet, key, forms)
    except UnicodeEncodeError as error:
        raise NotTakenError("it holds a character that no file can hold") from error
    broken = [found for found in findings if found.code in BROKEN and found.severity is Severity.ERROR]
    if broken:
        raise NotTakenError("; ".join(found.detail for found in broken))
    origin = f"from a review pack, {by.name} ({by.role}), {on.isoformat()}"
    fuzzy = True if answer.fuzzy is None else answer.fuzzy
    plan.edits[key] = Edit(forms, fuzzy=fuzzy, origin=" ".join(origin.split()), notes=answer.notes)
    plan.seen[key] = line.text_hash
    plan.texts += 1
    if line.approved_by:
        plan.events.append(
            verdicts.event(line.unit, Verdict.LAPSE, by, on, reason="the text was changed in a review pack")
        )


def _sign(
    sheet: Sheet,
    returned: Returned,
    pack: Issued | None,
    line: Line,
    answer: Answer,
    fresh: bool,
    by: Person,
    on: date,
    plan: Plan,
) -> None:
    if not returned.name:
        raise NotTakenError("not signed: the file carries no name")
    if pack is None or not answer.seen:
        raise NotTakenError("not signed: only a pack of this workspace can be signed in")
    if returned.role not in sheet.campaign.roles:
        raise NotTakenError(f"not signed: the role {returned.role!r} may not sign in this campaign")
    if not fresh:
        raise NotTakenError("stale: the text was changed meanwhile, so it is not signed")
    if not line.unit.translated or line.errors:
        raise NotTakenError("not signed: " + "; ".join([f.detail for f in line.errors] or ["it has no text"]))
    if person(returned.name) in map(person, line.approved_by) and not line.unit.fuzzy:
        plan.same += 1
        return
    beside = sheet.shown.get(line.unit.key, ())
    plan.events.append(verdicts.event(line.unit, Verdict.SIGN, by, on, answer.comment, beside))
    plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=False)
    plan.seen[line.unit.key] = line.text_hash
    plan.signed += 1
