"""The last answer of each browser, for as long as the program runs: it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, session, url_for
from werkzeug.wrappers import Response

from campaign.ledger.queue import Line
from campaign.model.verdict import Verdict
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.webapp import current
from campaign.webapp.interface import gettext

pages = Blueprint("last", __name__)

#: How many browsers' last answers are remembered.
REMEMBERED = 1000
#: What is taken back as it was said; a text that was changed is put back.
_SAID = (Verdict.SIGN, Verdict.REJECT, Verdict.COMMENT, Verdict.UNSURE, Verdict.SUGGEST, Verdict.WAIVE)


@dataclass(frozen=True, slots=True)
class Last:
    """An answer about a sentence: the events that it brought, the text and its mark before, its hash after it, and the
    reasons of the objections that its author took back by it.
    """

    locale: str
    key: str
    events: tuple[str, ...]
    before: tuple[str, ...]
    fuzzy: bool
    after: str
    changed: bool
    objected: tuple[str, ...] = ()


def remember(locale: str, before: Line) -> None:
    """Keep what an answer made of a sentence, so that its author can undo it."""
    after, me = current.review().desk.sheet(locale).lines.get(before.key), current.person().name
    if after is None:
        return
    known = {event.id for event in before.events}
    mine = [event for event in after.events if event.id not in known and event.reviewer == me]
    back = {own for event in mine if event.verdict is Verdict.WITHDRAW for own in event.re}
    ids = tuple(event.id for event in mine if event.verdict in _SAID)
    changed = before.text_hash != after.text_hash
    if ids or changed:
        kept = _kept()
        kept.pop(session["browser"], None)
        kept[session["browser"]] = Last(
            locale,
            before.key,
            ids,
            before.unit.forms,
            before.unit.fuzzy,
            after.text_hash,
            changed,
            tuple(event.reason for event in before.events if event.id in back),
        )
        while len(kept) > REMEMBERED:
            kept.pop(next(iter(kept)), None)
        flash(locale, "undo")


def _kept() -> dict[str, Last]:
    return cast(dict[str, Last], current_app.extensions.setdefault("last", {}))


@pages.post("/<locale>/undo")
def undo(locale: str) -> Response:
    """Take back the last answer of this browser: what it said is withdrawn, the text is put back as a draft, and an
    objection that it had taken back stands again.
    """
    sheet, last = current.sheet(locale), _kept().pop(session["browser"], None)
    if last is None or last.locale != locale or last.key not in sheet.lines:
        flash(gettext("Nothing is left to undo."))
        return redirect(url_for("pages.language", locale=locale), 303)
    by, head = current.person(), sheet.ledger.head
    decisions = [Decision(last.key, Verdict.WITHDRAW, by, "", head, re=last.events)] if last.events else []
    blank = not any(form.strip() for form in last.before)  # there was no text yet
    if last.changed or last.fuzzy:
        decisions.append(
            Decision(last.key, Verdict.CHANGE, by, last.after, head, forms=last.before, fuzzy=not blank, undoes=True)
        )
    decisions += [Decision(last.key, Verdict.REJECT, by, last.after, head, reason=reason) for reason in last.objected]
    outcomes = decide(current.review().desk, locale, decisions, current.review().today(), whole=True)
    done = all(outcome.done for outcome in outcomes)
    flash(gettext("Undone.") if done else gettext("Nothing is left to undo."))
    narrow: dict[str, Any] = dict(current.filters())
    return redirect(url_for("units.show", locale=locale, key=last.key, **narrow), 303)
