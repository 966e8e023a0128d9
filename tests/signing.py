"""Signing and deciding in tests, by sentences: what a door of the program would hand to `decide`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from campaign.errors import CampaignError
from campaign.ledger.verdicts import Person
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.decide import decide
from campaign.review.decision import Decision, Outcome
from campaign.review.session import Desk


def answer(desk: Desk, locale: str, key: str, verdict: Verdict, by: Person, on: date, **more: object) -> Outcome:
    """One decision about a sentence by somebody who sees it as it is now, unless told otherwise."""
    sheet = desk.sheet(locale)
    seen = sheet.lines[key].text_hash if key in sheet.lines else ""
    whole = {"seen": seen, "since": sheet.ledger.head, **more}
    return decide(desk, locale, [Decision(key, verdict, by, **whole)], on)[0]  # type: ignore[arg-type]


def sign(
    project: Project,
    locale: str,
    units: Iterable[Unit],
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str = "",
    answers: Sequence[str] = (),
    reason: str = "",
) -> int:
    """Sign sentences with the words that these units have, in one act; how many the ledger did not have."""
    desk, by = Desk(project), Person(reviewer, role)
    head, more = desk.sheet(locale).ledger.head, {"comment": comment, "answers": tuple(answers), "reason": reason}
    decisions = [Decision(unit.key, Verdict.SIGN, by, unit.text_hash, head, **more) for unit in units]  # type: ignore[arg-type]
    outcomes = decide(desk, locale, decisions, on, whole=True)
    problems = dict.fromkeys(refusal.problem for outcome in outcomes for refusal in outcome.refused)
    if problems:
        raise CampaignError(problems)
    return sum(len(outcome.events) for outcome in outcomes)


def verify_contacts(project: Project) -> None:
    """Every contact checked by A. Peeters, a month ago, as `campaign contacts verify` notes it."""
    from campaign import config
    from campaign.reporting.contact_expiry import verify

    today = date.today()
    for contact in config.load(project).contacts:
        verify(
            project,
            contact.id,
            by="A. Peeters",
            on=today - timedelta(days=30),
            how="called it",
            until=None,
            today=today,
        )
