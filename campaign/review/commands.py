"""What `review sign` and `review waive` name, as decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.forms.frame import CHANNEL
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.job import Job
from campaign.model.state import State
from campaign.model.subject import MESSAGE
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.render.notice import notice
from campaign.render.templates import Templates
from campaign.review.act import is_item
from campaign.review.decide import decide
from campaign.review.decision import Decision, Outcome
from campaign.review.seal import readable, seal
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet, shown
from campaign.workspace.selection import Selection

#: Fewer letters of a sentence find too many of them.
_FEWEST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Signed:
    """What one person's signing did: sentences signed now, those that were before, items signed off as a whole now, and
    how many signatures on all these were sealed with an ssh key. `also` names the items of other countries that are
    exactly the same, and that the signatures cover too.
    """

    units: int
    before: int
    items: int
    sealed: int = 0
    also: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        """Whether the ledger says more than before."""
        return bool(self.units or self.items or self.sealed)


def sign_items(
    project: Project,
    locale: str,
    selection: Selection,
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str,
    answers: Sequence[str] = (),
    reason: str = "",
    key: Path | None = None,
) -> Signed:
    """Sign the selected items and every unit of them that is not signed yet, as they are now.

    `answers` names the people whose objections `reason` answers. `key` is the file of an ssh key that seals this
    person's signatures on all of it, those given before too.

    Raises:
        CampaignError: every reason why one of them cannot be signed, or an unknown selection; nothing is signed. Or the
            key does not sign; what was signed stays then, without a seal.
    """
    readable(key)
    desk = Desk(project)
    chosen = Selection(selection.countries, (locale,), selection.audiences, selection.channels).resolve(desk.campaign)
    jobs = {
        Job(group.country, locale, group.audience, channel) for group in chosen.groups() for channel in group.channels
    }
    sheet = desk.sheet(locale)
    items = [item for item in sheet.items if item.job in jobs]
    keys = dict.fromkeys(key for item in items for key in item.keys)
    draft = _signature(sheet, Person(reviewer, role), comment, answers, reason)
    decisions = [replace(draft, key=item.job.item, seen=shown(sheet, item)) for item in items]
    done = _signed(keys, decide(desk, locale, decisions, on, whole=True))
    also = dict.fromkeys(twin.job.name for item in items for twin in sheet.twins(item) if twin.job not in jobs)
    sealed = seal(desk, locale, draft.by, {*keys, *(item.job.item for item in items)}, key, on)
    return replace(done, sealed=sealed, also=tuple(also))


def sign_form(
    project: Project,
    locale: str,
    form: str,
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str,
    answers: Sequence[str] = (),
    reason: str = "",
    key: Path | None = None,
) -> Signed:
    """Sign the frame of a form as its sheets of nobody show it, with every sentence and word of dates in it.

    It is the same in every country: one signature is for all.

    Raises:
        CampaignError: as for `sign_items`, or the campaign has no such form.
    """
    readable(key)
    desk = Desk(project)
    Selection((), (locale,)).resolve(desk.campaign)
    if form not in desk.campaign.forms:
        known = ", ".join(desk.campaign.forms) or "(none)"
        raise CampaignError(Problem(f"--form {form}", "is not in campaign.toml", f"use one of {known}"))
    sheet = desk.sheet(locale)
    item = next(each for each in sheet.items if each.job.channel == CHANNEL and each.job.audience == form)
    draft = _signature(sheet, Person(reviewer, role), comment, answers, reason)
    decision = replace(draft, key=item.job.item, seen=shown(sheet, item))
    done = _signed(item.keys, decide(desk, locale, [decision], on, whole=True))
    return replace(done, sealed=seal(desk, locale, draft.by, {*item.keys, item.job.item}, key, on))


def sign_notice(
    project: Project,
    locale: str,
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str,
    answers: Sequence[str] = (),
    reason: str = "",
    key: Path | None = None,
) -> Signed:
    """Sign the sentences of the notice "this number has changed", as `sign_items` does those of an item.

    Raises:
        CampaignError: as for `sign_items`.
    """
    readable(key)
    desk = Desk(project)
    Selection((), (locale,)).resolve(desk.campaign)
    sheet = desk.sheet(locale)
    used = notice(Templates(project), locale, desk.campaign.countries[0], sheet.texts, old="1", new="2").units
    keys = dict.fromkeys(unit.key for unit in used)
    draft = _signature(sheet, Person(reviewer, role), comment, answers, reason)
    lines = {own: sheet.lines.get(own) for own in keys}
    decisions = [
        replace(draft, key=own, seen=line.text_hash if line else "")
        for own, line in lines.items()
        if line is None or line.state is not State.SIGNED
    ]
    done = _signed(keys, decide(desk, locale, decisions, on, whole=True))
    return replace(done, sealed=seal(desk, locale, draft.by, keys.keys(), key, on))


def _signature(sheet: Sheet, by: Person, comment: str, answers: Sequence[str], reason: str) -> Decision:
    """A signature on whatever will be named, as it is now."""
    head = sheet.ledger.head
    return Decision("", Verdict.SIGN, by, "", head, comment=comment, answers=tuple(answers), reason=reason)


def waive(project: Project, locale: str, what: str, code: str, *, name: str, role: str, reason: str, on: date) -> str:
    """Write into a language's ledger that a rule is waived for `what`; the sentence or the audience that it stands for.

    `what` is an audience, a unit's key or how its source begins.

    Raises:
        CampaignError: no such sentence, or every reason why the rule cannot be waived for it.
    """
    desk = Desk(project)
    tags = desk.campaign.languages
    if locale not in tags:
        raise CampaignError(Problem("LANG", f"{locale} is not in campaign.toml", f"use one of {', '.join(tags)}"))
    sheet = desk.sheet(locale)
    if what in desk.campaign.audiences:
        key, seen, label = f"{MESSAGE}{what}", "", what
    else:
        line = _line(sheet, what)
        key, seen, label = line.key, line.text_hash, line.unit.source
    decision = Decision(key, Verdict.WAIVE, Person(name, role), seen, sheet.ledger.head, rule=code, reason=reason)
    _raise(decide(desk, locale, [decision], on))
    return label


def _line(sheet: Sheet, what: str) -> Line:
    wanted = " ".join(what.split()).casefold()
    likely = [
        line
        for line in sheet.lines.values()
        if line.key == what or (len(wanted) >= _FEWEST_LETTERS and line.unit.source.casefold().startswith(wanted))
    ]
    exact = [line for line in likely if wanted in (line.key, line.unit.source.casefold())]
    lines = exact or likely
    if len(lines) != 1:
        how = (
            f"{len(lines)} sentences of {sheet.locale} begin so"
            if lines
            else f"no sentence of {sheet.locale} begins so"
        )
        todo = "give an audience, a unit's key, or more of the beginning of the source's sentence"
        raise CampaignError.single(how, where=repr(what), todo=todo)
    return lines[0]


def _signed(keys: Collection[str], outcomes: Sequence[Outcome]) -> Signed:
    _raise(outcomes)
    events = [event for outcome in outcomes for event in outcome.events]
    items = sum(map(is_item, events))
    return Signed(len(events) - items, len(keys) - len(events) + items, items)


def _raise(outcomes: Iterable[Outcome]) -> None:
    problems = dict.fromkeys(refusal.problem for outcome in outcomes for refusal in outcome.refused)
    if problems:
        raise CampaignError(problems)
