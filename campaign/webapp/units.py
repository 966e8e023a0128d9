"""The page of one sentence: read, try, correct, and answer in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from campaign import languages
from campaign.ledger.queue import Line, last_signed, word_changes
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.review.decide import decide, tried
from campaign.review.decision import Decision, Outcome
from campaign.review.late import successor
from campaign.review.preview import Wish
from campaign.review.samples import chips
from campaign.review.snapshot import Sheet, blinded
from campaign.webapp import current
from campaign.webapp.coming import Answer, Asked
from campaign.webapp.interface import gettext, refused, strays
from campaign.webapp.last import remember
from campaign.webapp.pages import narrowed, number_of
from campaign.webapp.pieces import jobs, samples

pages = Blueprint("units", __name__)

#: What the buttons of the page mean; the button of a waiver also names its rule.
BUTTONS = {
    "next": Verdict.CHANGE,
    "changed": Verdict.CHANGE,
    "good": Verdict.SIGN,
    "reject": Verdict.REJECT,
    "unsure": Verdict.UNSURE,
    "comment": Verdict.COMMENT,
    "waive": Verdict.WAIVE,
    "other": Verdict.SUGGEST,
}
#: The buttons after which the next open sentence comes; after the others the page stays where it is.
ONWARD = {"next", "good", "unsure"}


@pages.get("/<locale>/unit/<key>")
def show(locale: str, key: str) -> str:
    """One sentence as it stands."""
    sheet = current.sheet(locale)
    return _page(sheet, current.line(sheet, key))


@pages.post("/<locale>/unit/<key>")
def answer(locale: str, key: str) -> Response | tuple[str, int]:
    """Take one answer. A text that is refused or in conflict comes back in the editor: nothing typed is lost."""
    review, sheet = current.review(), current.sheet(locale)
    line = successor(sheet.lines, key) or current.line(sheet, key)
    forms, kind = _forms(line), request.form.get("answer", "")
    decision = _decision(key, line, kind, forms)
    following = _next(sheet, key) if kind in ONWARD else key
    outcome = decide(review.desk, locale, [decision], review.today())[0]
    if outcome.conflict:
        return _overtaken(locale, outcome.conflict, decision), 409
    if not outcome.done:
        sheet = current.sheet(locale)
        return _page(sheet, current.line(sheet, key), forms, note=refused(outcome), outcome=outcome), 422
    look = outcome.changed and decision.verdict is Verdict.SIGN
    if look:
        done = gettext("Saved. Look at it once more; if it is right, press “Good to publish” again.")
    elif decision.verdict is Verdict.CHANGE:
        done = gettext("Saved as a draft. Nothing is signed yet.")
    else:
        done = _signed(review.desk.sheet(locale), key) if decision.verdict is Verdict.SIGN else gettext("Written down.")
    flash(done)
    if outcome.cleaned:
        flash(strays(outcome.cleaned), "note")
    flash(request.form["once"], "taken")
    remember(sheet, (line.key,), "units.show", key=line.key)
    narrow: dict[str, Any] = dict(current.filters())
    return redirect(url_for("units.show", locale=locale, key=key if look else following, **narrow), 303)


def _signed(sheet: Sheet, key: str) -> str:
    """What is said after a signature: whether it is enough."""
    if sheet.lines[key].waits:
        return gettext("Signed. A second person must sign it too: two are asked for, or the words are yours.")
    return gettext("Signed: good to publish.")


def _overtaken(locale: str, now: Line, decision: Decision) -> str:
    """Somebody changed the text meanwhile: both versions, or the new one alone for who had typed none."""
    sheet, forms = current.review().desk.sheet(locale), decision.forms or ()
    if digest(*forms) != decision.seen:
        return _merge(sheet, now, forms)
    note = gettext(
        "Somebody changed this text while you were here. This is the new one; what you wrote beside it is kept."
    )
    return _page(sheet, now, note=note)


def _decision(key: str, line: Line, kind: str, forms: tuple[str, ...]) -> Decision:
    """The form of the page as a decision. What is typed beside an answer is its reason where it needs one."""
    name, _, rule = kind.partition(":")
    if name not in BUTTONS or (rule and BUTTONS[name] is not Verdict.WAIVE):
        abort(400)
    verdict, typed = BUTTONS[name], request.form.get("reason", "")
    standing = line.objections if verdict is Verdict.SIGN else ()
    why = bool(standing) or verdict in (Verdict.REJECT, Verdict.WAIVE)
    return Decision(
        key,
        verdict,
        current.person(),
        # A form without what was shown is none of ours: it matches no text.
        request.form.get("seen") or "nothing",
        request.form.get("since", ""),
        source=request.form.get("source", ""),
        forms=forms,
        comment="" if why else typed,
        reason=typed if why else "",
        rule=rule,
        answers=tuple(event.reviewer for event in standing),
    )


@pages.post("/<locale>/try/<key>")
def attempt(locale: str, key: str) -> str | tuple[str, int]:
    """The same page with the text that is in the editor: what is wrong with it, how it looks. Writes nothing.

    With `part` only findings and looks come back, for the page's script.
    """
    sheet = current.sheet(locale)
    line = current.line(sheet, key)
    forms = _forms(line)
    if "part" in request.form:
        _, findings = tried(current.review().desk, sheet, key, forms)
        asked = _asked(sheet, line, forms, findings)
        return comes(asked, current.review().coming.ask(asked))
    kind, _, which = request.form.get("answer", "").partition(":")
    if kind == "use":
        forms = next((event.forms for event in suggestions(line) if event.id == which), forms)
    return _page(sheet, line, forms, back=_back_translation(line, forms) if kind == "back" else None)


def suggestions(line: Line) -> list[Event]:
    """Other words that people suggested, newest first, each once; not those that stand there."""
    found = {event.forms: event for event in line.events if event.verdict is Verdict.SUGGEST}
    return [event for event in reversed(found.values()) if event.forms and event.forms != line.unit.forms]


def _forms(line: Line) -> tuple[str, ...]:
    """The texts of the form, one per plural form; browsers send CR LF for a line break."""
    return tuple(request.form.get(f"text{n}", "").replace("\r\n", "\n") for n in range(len(line.unit.forms)))


def _next(sheet: Sheet, key: str) -> str:
    """The next open sentence of the queue after this one; this one again when there is no other."""
    queue = [line for line in narrowed(sheet, current.filters()) if line.state is not State.SIGNED or line.key == key]
    keys = [line.key for line in queue]
    if key not in keys:
        return keys[0] if keys else key
    return keys[(keys.index(key) + 1) % len(keys)]


def _page(
    sheet: Sheet,
    line: Line,
    forms: tuple[str, ...] | None = None,
    *,
    note: str = "",
    outcome: Outcome | None = None,
    back: str | None = None,
) -> str:
    review = current.review()
    queue = [other.key for other in narrowed(sheet, current.filters())]
    at = queue.index(line.unit.key) if line.unit.key in queue else -1
    findings: tuple[Finding, ...] = line.findings
    if forms is not None and forms != line.unit.forms:
        findings = tried(review.desk, sheet, line.unit.key, forms)[1]
    signed, known = last_signed(line), samples(sheet, line)
    second = str(session.get("second", ""))
    seen = second in current.beside() and second != sheet.locale
    other = review.desk.sheet(second).lines.get(line.unit.key) if seen else None
    return render_template(
        "unit.html",
        sheet=sheet,
        line=line,
        language=languages.get(sheet.locale),
        source_language=languages.get(sheet.campaign.source_language),
        forms=forms or line.unit.forms,
        note=note,
        refused=outcome.findings if outcome else (),
        objections=line.objections,
        suggestions=suggestions(line),
        findings=findings,
        coming=review.coming.ask(_asked(sheet, line, forms, findings)),
        chips=chips(line.unit, known),
        known=known,
        changes=word_changes(" / ".join(signed.forms), " / ".join(line.unit.forms)) if signed else (),
        signed=signed,
        second=other,
        second_language=languages.get(second) if seen else None,
        glossary=review.aids.glossary(line.unit) if review.aids.glossary else (),
        memory=review.aids.memory(line.unit) if review.aids.memory else (),
        back=back,
        offers_back=review.aids.back_translation is not None,
        before=queue[at - 1] if at > 0 else None,
        after=queue[at + 1] if 0 <= at < len(queue) - 1 else None,
        place=at + 1,
        number=number_of(at),
        total=len(queue),
        may_edit=sheet.locale != sheet.campaign.source_language and not review.read_only,
    )


def _merge(sheet: Sheet, line: Line, forms: tuple[str, ...]) -> str:
    changes = [word_changes(theirs, mine) for theirs, mine in zip(line.unit.forms, forms, strict=False)]
    language = languages.get(sheet.locale)
    return render_template("merge.html", sheet=sheet, line=line, forms=forms, changes=changes, language=language)


def _back_translation(line: Line, forms: tuple[str, ...]) -> str:
    translate = current.review().aids.back_translation
    found = translate(replace(line.unit, forms=forms)) if translate else None
    return found or gettext("No machine translation is installed for this language.")


def _asked(sheet: Sheet, line: Line, forms: tuple[str, ...] | None, findings: tuple[Finding, ...]) -> Asked:
    """What the page of a sentence shows of the items that say it, with the text that is tried."""
    unit = line.unit if forms is None else replace(line.unit, forms=forms)
    wishes = tuple(Wish(sheet, job, unit) for job in jobs(sheet, line))
    return Asked(session["browser"], sheet, wishes, line, findings)


@pages.get("/<locale>/coming/<ticket>")
def coming(locale: str, ticket: str) -> str | tuple[str, int]:
    """The looks that are there by now of those that a page asked for; nothing where no other one is there (`have`)."""
    current.sheet(locale)
    review = current.review()
    asked = review.coming.asked(ticket)
    if asked is None or (asked.browser, asked.sheet.locale) != (session["browser"], locale):
        abort(404)
    answer = review.coming.again(ticket, asked)
    if answer.ticket and len(answer.looks) == request.args.get("have", -1, type=int):
        return "", 202
    return comes(asked, answer)


def comes(asked: Asked, answer: Answer) -> tuple[str, int]:
    """The looks that are there, as a part of a page."""
    page = render_template("looks.html", sheet=asked.sheet, findings=asked.findings, line=asked.line, coming=answer)
    return page, 202 if answer.ticket else 200


def told(sheet: Sheet, line: Line) -> list[Event]:
    """What the page tells of a sentence's history: in a blind second reading not what others said of these words."""
    hidden = {event.id for event in blinded(sheet, line, current.person().name)}
    return [event for event in line.events if event.id not in hidden]


pages.app_template_global("told")(told)


def marked(text: str, parts: Sequence[str]) -> list[tuple[bool, str]]:
    """A text in pieces: (whether it is the pointed-out sentence, words), whatever direction marks it holds."""
    invisible = "[\u200e\u200f\u2066\u2069]*"
    patterns = [invisible.join(re.escape(character) for character in part) for part in parts if part]
    if not patterns:
        return [(False, text)]
    pieces = re.split(f"({'|'.join(patterns)})", text)
    return [(bool(number % 2), piece) for number, piece in enumerate(pieces) if piece]
