"""Packs in: the answers of a file that came back, each taken or refused with its reason; all or none on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange import html, issued, po, xlsx
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.catalogue.exchange.issued import Issued
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.model import Severity, Signature, State
from campaign.pipeline.answers import BROKEN, tried, unsure
from campaign.pipeline.desk import Desk, Sheet
from campaign.project import Project, locked, write_atomic
from campaign.review import ledger, verdicts
from campaign.review.ledger import person
from campaign.review.queue import Line
from campaign.review.verdicts import Person

#: Who a comment is from when the file names nobody.
NOBODY = "no name"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from a file: texts that changed, sentences signed, comments (with rejections), what was there
    already, and, by place and reason, what was not taken.
    """

    locale: str
    texts: int
    signed: int
    comments: int
    same: int
    refused: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    edits: dict[str, Edit] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    events: list[Signature] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    texts: int = 0
    signed: int = 0
    comments: int = 0
    same: int = 0


class _NotTakenError(Exception):
    """Why one answer is not taken."""


def take(project: Project, file: Path, on: date) -> Taken:
    """Take the answers of an HTML pack's answer file, a worksheet or a PO file.

    Raises:
        CampaignError: the file is none of these, is damaged or dangerous, is for no language of the campaign, or
            answers a pack that was not made for its language. Nothing is changed then.
    """
    returned = _read(file)
    desk = Desk(project)
    if returned.locale not in desk.campaign.languages:
        raise CampaignError.single(
            f"is in {returned.locale}, which is no language of this campaign", where=str(file), todo="ask who sent it"
        )
    pack = issued.find(project.review_packs(returned.locale), returned.pack) if returned.pack else None
    if returned.pack and pack is None:
        raise CampaignError.single(
            f"answers a pack that was not made here for {returned.locale}",
            where=str(file),
            todo="import it where the pack was exported; nothing was changed",
        )
    if returned.name:
        problems = list(verdicts.faults(returned.name, ""))
        if problems:
            raise CampaignError(problems)
    with desk.lock:
        sheet = desk.sheet(returned.locale)
        plan = _Plan(refused=list(returned.refused))
        for answer in returned.answers:
            try:
                _take_one(desk, sheet, returned, pack, answer, on, plan)
            except _NotTakenError as reason:
                plan.refused.append(f"{answer.place or answer.key}: {reason}")
        _write(desk, sheet, plan)
    return Taken(returned.locale, plan.texts, plan.signed, plan.comments, plan.same, tuple(plan.refused))


def _read(file: Path) -> Returned:
    try:
        if file.stat().st_size > words.LARGEST:
            raise CampaignError.single("is too large for a review pack", where=str(file), todo="ask who sent it")
        data = file.read_bytes()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=str(file)) from error
    if data.startswith(b"PK"):
        return xlsx.read(data, file.name)
    if data.lstrip()[:1] == b"{":
        return html.read(data, file.name)
    if file.suffix.casefold() == ".po":
        return po.read(file, file.name)
    raise CampaignError.single(
        "is no answer file (.json), worksheet (.xlsx) or PO file (.po)",
        where=file.name,
        todo="take the file that the HTML pack made, not the pack itself",
    )


def _take_one(
    desk: Desk, sheet: Sheet, returned: Returned, pack: Issued | None, answer: Answer, on: date, plan: _Plan
) -> None:
    line = _line(sheet, pack, answer)
    if answer.forms is not None and answer.forms == line.unit.forms and not (answer.verdict or answer.comment):
        _same_text(line, answer, plan)
        return
    fresh = _fresh(line, pack, answer)
    changed = answer.forms is not None and answer.forms != line.unit.forms
    if changed and not fresh:
        raise _NotTakenError(f"stale: the text was changed meanwhile, it is now {line.unit.text[:60]!r}")
    by = Person(returned.name or NOBODY, returned.role or "translator")
    if changed:
        _change(desk, sheet, line, answer, by, on, plan)
    if answer.verdict == words.GOOD and not changed:
        _sign(sheet, returned, pack, line, answer, fresh, by, on, plan)
    elif answer.verdict == words.REJECT and not changed:
        if not returned.name:
            raise _NotTakenError("a rejection needs a name")
        if not fresh:
            raise _NotTakenError("stale: the text was changed meanwhile")
        plan.events.append(verdicts.event(line.unit, ledger.REJECT, by, on, answer.comment or "no reason given"))
        plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=True)
        plan.comments += 1
    elif answer.verdict == words.UNSURE or answer.comment:
        text = unsure(answer.comment) if answer.verdict == words.UNSURE else answer.comment
        event = verdicts.event(line.unit, ledger.COMMENT, by, on, text)
        if any((e.reviewer, e.comment, e.text_hash) == (by.name, text, line.text_hash) for e in line.events):
            plan.same += 1
        else:
            plan.events.append(event)
            plan.comments += 1
    elif not changed:
        plan.same += 1


def _line(sheet: Sheet, pack: Issued | None, answer: Answer) -> Line:
    line = sheet.lines.get(answer.key)
    if line is None:
        raise _NotTakenError("stale: no such sentence any more")
    if line.source_hash != answer.source_hash:
        raise _NotTakenError("stale: the source was changed since")
    if pack and answer.seen and words.token(answer.key, answer.source_hash, answer.seen) not in pack.rows:
        raise _NotTakenError("this sentence did not stand in the pack with these words")
    return line


def _fresh(line: Line, pack: Issued | None, answer: Answer) -> bool:
    """Whether the sentence still has the text that the person was shown."""
    if answer.seen:
        return answer.seen == line.text_hash
    if pack:
        return words.token(answer.key, line.source_hash, line.text_hash) in pack.rows
    # A PO file that says nothing of what it was made from may fill and correct drafts, never what somebody signed.
    return line.state is not State.SIGNED and not line.approved_by


def _same_text(line: Line, answer: Answer, plan: _Plan) -> None:
    """A sentence with its present text: only the mark and the comments of a PO file can be new."""
    fuzzy = line.unit.fuzzy if answer.fuzzy is None else answer.fuzzy
    if fuzzy == line.unit.fuzzy and not answer.notes:
        plan.same += 1
        return
    plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=fuzzy, notes=answer.notes)
    plan.seen[line.unit.key] = line.text_hash
    plan.same += 1


def _change(desk: Desk, sheet: Sheet, line: Line, answer: Answer, by: Person, on: date, plan: _Plan) -> None:
    key, forms = line.unit.key, answer.forms or ()
    if sheet.locale == sheet.campaign.source_language:
        raise _NotTakenError("the source is changed in the templates, never by a pack")
    if len(forms) != len(line.unit.forms):
        raise _NotTakenError(f"it has {len(forms)} plural forms, the language has {len(line.unit.forms)}")
    if not all(form.strip() for form in forms):
        raise _NotTakenError("a text is empty")
    try:
        _, findings = tried(desk, sheet, key, forms)
    except UnicodeEncodeError as error:
        raise _NotTakenError("it holds a character that no file can hold") from error
    broken = [found for found in findings if found.code in BROKEN and found.severity is Severity.ERROR]
    if broken:
        raise _NotTakenError("; ".join(found.detail for found in broken))
    origin = f"from a review pack, {by.name} ({by.role}), {on.isoformat()}"
    fuzzy = True if answer.fuzzy is None else answer.fuzzy
    plan.edits[key] = Edit(forms, fuzzy=fuzzy, origin=" ".join(origin.split()), notes=answer.notes)
    plan.seen[key] = line.text_hash
    plan.texts += 1
    if line.approved_by:
        plan.events.append(verdicts.event(line.unit, ledger.LAPSE, by, on, "the text was changed in a review pack"))


def _sign(
    sheet: Sheet,
    returned: Returned,
    pack: Issued | None,
    line: Line,
    answer: Answer,
    fresh: bool,
    by: Person,
    on: date,
    plan: _Plan,
) -> None:
    if not returned.name:
        raise _NotTakenError("not signed: the file carries no name")
    if pack is None or not answer.seen:
        raise _NotTakenError("not signed: only a pack of this workspace can be signed in")
    if returned.role not in sheet.campaign.roles:
        raise _NotTakenError(f"not signed: the role {returned.role!r} may not sign in this campaign")
    if not fresh:
        raise _NotTakenError("stale: the text was changed meanwhile, so it is not signed")
    if not line.unit.translated or line.errors:
        raise _NotTakenError("not signed: " + "; ".join([f.detail for f in line.errors] or ["it has no text"]))
    if person(returned.name) in map(person, line.approved_by) and not line.unit.fuzzy:
        plan.same += 1
        return
    beside = sheet.shown.get(line.unit.key, ())
    plan.events.append(verdicts.event(line.unit, ledger.SIGN, by, on, answer.comment, beside))
    plan.edits[line.unit.key] = Edit(line.unit.forms, fuzzy=False)
    plan.seen[line.unit.key] = line.text_hash
    plan.signed += 1


def _write(desk: Desk, sheet: Sheet, plan: _Plan) -> None:
    """Write the texts, then the ledger; when the ledger cannot be written, the texts are put back."""
    catalogue, path = desk.catalogue(sheet.locale), desk.project.catalogue(sheet.locale)
    if catalogue is None:  # the source language: its texts are the templates
        plan.edits.clear()
    before = path.read_bytes() if plan.edits else b""
    if catalogue is not None and plan.edits:
        catalogue.edit(plan.edits, seen=plan.seen)
    try:
        if plan.events:
            verdicts.record(desk.project, sheet.locale, plan.events, sheet.ledger)
    except CampaignError:
        if plan.edits:
            with locked(path, desk.project.name(path)):
                write_atomic(path, before)
        raise
