"""The last answer of each browser, for as long as the program runs: it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, session, url_for
from werkzeug.wrappers import Response

from campaign.ledger.queue import Line
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.snapshot import Sheet
from campaign.webapp import current
from campaign.webapp.interface import gettext

pages = Blueprint("last", __name__)

#: How many browsers' last answers are remembered.
REMEMBERED = 1000
#: What is taken back as it was said; a text that was changed is put back.
_SAID = (Verdict.SIGN, Verdict.REJECT, Verdict.COMMENT, Verdict.UNSURE, Verdict.SUGGEST, Verdict.WAIVE)


@dataclass(frozen=True, slots=True)
class Before:
    """A sentence before an answer: its text and mark, and the hash of the text that it has since."""

    key: str
    forms: tuple[str, ...]
    fuzzy: bool
    after: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Last:
    """An answer about a sentence or an item: the events that it brought, the sentences before it, and what its author
    had objected and took back by it, by subject. `page` is the page of either, with its values.
    """

    locale: str
    page: tuple[str, dict[str, str]]
    events: tuple[str, ...]
    lines: tuple[Before, ...]
    objected: tuple[tuple[str, str], ...]


def remember(before: Sheet, subjects: tuple[str, ...], page: str, **values: str) -> None:
    """Keep what an answer made of sentences and items, by their names in the ledger, so that its author can undo it."""
    locale, me = before.locale, current.person().name
    after = current.review().desk.sheet(locale)
    mine, back, known = list[str](), set[str](), set[str]()
    for subject in subjects:
        known = {event.id for event in _events(before, subject)}
        fresh = [event for event in _events(after, subject) if event.id not in known and event.reviewer == me]
        mine += [event.id for event in fresh if event.verdict in _SAID]
        back |= {own for event in fresh if event.verdict is Verdict.WITHDRAW for own in event.re}
    objected = tuple(
        (subject, event.reason) for subject in subjects for event in _events(before, subject) if event.id in back
    )
    lines = tuple(_lines(before, after, subjects))
    if mine or any(line.changed for line in lines):
        kept = _kept()
        kept.pop(session["browser"], None)
        kept[session["browser"]] = Last(locale, (page, values), tuple(mine), lines, objected)
        while len(kept) > REMEMBERED:
            kept.pop(next(iter(kept)), None)
        flash(locale, "undo")


def _events(sheet: Sheet, subject: str) -> tuple[Event, ...]:
    line = sheet.lines.get(subject)
    return tuple(line.events) if line else sheet.history(subject)


def _lines(before: Sheet, after: Sheet, subjects: tuple[str, ...]) -> Iterator[Before]:
    for key in subjects:
        old, new = before.lines.get(key), after.lines.get(key)
        if old and new and (old.text_hash, old.unit.fuzzy) != (new.text_hash, new.unit.fuzzy):
            changed = old.text_hash != new.text_hash
            yield Before(key, old.unit.forms, old.unit.fuzzy, new.text_hash, changed)


def _kept() -> dict[str, Last]:
    return cast(dict[str, Last], current_app.extensions.setdefault("last", {}))


@pages.post("/<locale>/undo")
def undo(locale: str) -> Response:
    """Take back the last answer of this browser: what it said is withdrawn, texts are put back as drafts, and an
    objection that it had taken back stands again.
    """
    sheet, last = current.sheet(locale), _kept().pop(session["browser"], None)
    if last is None or last.locale != locale or any(line.key not in sheet.lines for line in last.lines):
        flash(gettext("Nothing is left to undo."))
        return redirect(url_for("pages.language", locale=locale), 303)
    decisions = [*_undoing(sheet, last)]
    outcomes = decide(current.review().desk, locale, decisions, current.review().today(), whole=True)
    done = all(outcome.done for outcome in outcomes)
    flash(gettext("Undone.") if done else gettext("Nothing is left to undo."))
    page, values = last.page
    there: dict[str, Any] = {**values, **(current.filters() if page == "units.show" else {})}
    return redirect(url_for(page, locale=locale, **there), 303)


def _undoing(sheet: Sheet, last: Last) -> Iterator[Decision]:
    by, head = current.person(), sheet.ledger.head
    if last.events:
        yield Decision("", Verdict.WITHDRAW, by, "", head, re=last.events)
    for line in last.lines:
        blank = not any(form.strip() for form in line.forms)  # there was no text yet
        if line.changed or line.fuzzy:
            made = Decision(line.key, Verdict.CHANGE, by, line.after, head, forms=line.forms, undoes=True)
            yield replace(made, fuzzy=not blank)
    for subject, reason in last.objected:
        known: Line | None = sheet.lines.get(subject)
        yield Decision(subject, Verdict.REJECT, by, known.text_hash if known else "", head, reason=reason)
