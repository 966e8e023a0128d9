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
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.render.placeholders import placeholders
from campaign.review import answers
from campaign.review.answers import Outcome
from campaign.review.preview import Look
from campaign.review.snapshot import Sheet
from campaign.webapp import current
from campaign.webapp.interface import gettext
from campaign.webapp.pages import narrowed

pages = Blueprint("units", __name__)

#: The longest text that the editor takes, in characters.
LONGEST = 10_000


@pages.get("/<locale>/unit/<key>")
def show(locale: str, key: str) -> str:
    """One sentence as it stands."""
    sheet = current.sheet(locale)
    return _page(sheet, current.line(sheet, key))


@pages.post("/<locale>/unit/<key>")
def answer(locale: str, key: str) -> Response | tuple[str, int]:
    """Take one answer. A text that is refused or in conflict comes back in the editor: nothing typed is lost."""
    review, sheet = current.review(), current.sheet(locale)
    line = current.line(sheet, key)
    forms, seen, kind = _forms(line), request.form.get("seen", ""), request.form.get("answer", "")
    by, on, reason = current.person(), review.today(), request.form.get("reason", "").strip()
    if not by.name:
        return _page(sheet, line, forms, note=gettext("Say who you are first, at the top of this page.")), 422
    following = _next(sheet, key) if kind in ("next", "good", "unsure") else key
    changed = forms != line.unit.forms and seen == line.text_hash
    if kind == "good" and changed:
        kind = "look"
    if kind in ("changed", "next", "look"):
        outcome = answers.save(review.desk, locale, key, forms, seen, by, on)
        done = gettext("Saved as a draft. Nothing is signed yet.")
    elif kind == "good":
        if by.role not in sheet.campaign.roles:
            return _page(sheet, line, forms, note=gettext("Your role may correct and comment, but not sign.")), 422
        outcome = answers.approve(review.desk, locale, key, seen, by, on, reason)
        done = gettext("Signed: good to publish.")
    elif kind in ("reject", "unsure", "comment") or kind.startswith("waive:"):
        if kind != "unsure" and not reason:
            return _page(sheet, line, forms, note=gettext("Say in a few words why.")), 422
        verdict, comment = Verdict.REJECT if kind == "reject" else Verdict.COMMENT, reason
        if kind == "unsure":
            verdict = Verdict.UNSURE
        elif kind.startswith("waive:"):
            verdict, comment = Verdict.WAIVE, f"{kind.removeprefix('waive:')}: {reason}"
        outcome = answers.say(review.desk, locale, key, seen, verdict, by, on, comment)
        done = gettext("Written down.")
    else:
        abort(400)
    if outcome.conflict:
        return _merge(sheet, outcome.conflict, forms), 409
    if not outcome.done:
        return _page(current.sheet(locale), current.line(current.sheet(locale), key), forms, outcome=outcome), 422
    if kind == "look":
        done = gettext("Saved. Look at it once more; if it is right, press “Good to publish” again.")
    flash(done)
    target = key if kind == "look" else following
    narrow: dict[str, Any] = dict(current.filters())
    return redirect(url_for("units.show", locale=locale, key=target, **narrow), 303)


@pages.post("/<locale>/try/<key>")
def attempt(locale: str, key: str) -> str | tuple[str, int]:
    """The same page with the text that is in the editor: what is wrong with it, how it looks. Writes nothing.

    With `part` only findings and looks come back, for the page's script.
    """
    sheet = current.sheet(locale)
    line = current.line(sheet, key)
    forms = _forms(line)
    if "part" in request.form:
        _, findings = answers.tried(current.review().desk, sheet, key, forms)
        return render_template(
            "looks.html", sheet=sheet, findings=findings, line=line, looks=_looks(sheet, line, forms)
        )
    back = _back_translation(line, forms) if request.form.get("answer") == "back" else None
    return _page(sheet, line, forms, back=back)


def _forms(line: Line) -> tuple[str, ...]:
    """The texts of the form, one per plural form; browsers send CR LF for a line break."""
    forms = tuple(request.form.get(f"text{n}", "").replace("\r\n", "\n") for n in range(len(line.unit.forms)))
    if any(len(form) > LONGEST for form in forms):
        abort(413)
    return forms


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
        findings = answers.tried(review.desk, sheet, line.unit.key, forms)[1]
    signed = last_signed(line)
    second = str(session.get("second", ""))
    other = review.desk.sheet(second).lines.get(line.unit.key) if second and second != sheet.locale else None
    return render_template(
        "unit.html",
        sheet=sheet,
        line=line,
        language=languages.get(sheet.locale),
        source_language=languages.get(sheet.campaign.source_language),
        forms=forms or line.unit.forms,
        note=note,
        refused=outcome.findings if outcome else (),
        findings=findings,
        looks=_looks(sheet, line, forms),
        chips=_chips(sheet, line),
        changes=word_changes(" / ".join(signed.forms), " / ".join(line.unit.forms)) if signed else (),
        signed=signed,
        second=other,
        second_language=languages.get(second) if second else None,
        glossary=review.aids.glossary(line.unit) if review.aids.glossary else (),
        memory=review.aids.memory(line.unit) if review.aids.memory else (),
        back=back,
        offers_back=review.aids.back_translation is not None,
        before=queue[at - 1] if at > 0 else None,
        after=queue[at + 1] if 0 <= at < len(queue) - 1 else None,
        place=at + 1,
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


def _chips(sheet: Sheet, line: Line) -> list[tuple[str, str]]:
    """The placeholders of a sentence, each with what a reader will see in its place."""
    names = dict.fromkeys(placeholders(f"{line.unit.source} {line.unit.plural}"))
    if not names:
        return []
    jobs = _jobs(sheet, line)
    country = jobs[0].country if jobs else sheet.campaign.countries[0]
    audience = jobs[0].audience if jobs else next(iter(sheet.campaign.audiences))
    contact = sheet.campaign.contacts_for(country, audience)[0]
    samples = {
        "phone": contact.display,
        "helpline": contact.name,
        "emergency": sheet.campaign.emergency_for(country).display,
        "url": f"{sheet.campaign.base_url}/…",
        "edition": sheet.campaign.edition.isoformat(),
        "batch": "KVFFK7",
        "count": "3",
        "num": "3",
    }
    return [(f"%({name})s", samples.get(name, "…")) for name in names]


def _jobs(sheet: Sheet, line: Line) -> list[Job]:
    """One item per channel that shows the sentence, of the audience and country that are being looked at."""
    audience, country = current.filters().get("audience"), request.args.get("country", "")
    found: dict[str, Job] = {}
    for item in sheet.used_by.get(line.unit.key, ()):
        fits = (not audience or item.job.audience == audience) and (not country or item.job.country == country)
        if fits or item.job.channel not in found:
            known = found.get(item.job.channel)
            if known is None or (audience and known.audience != audience):
                found[item.job.channel] = item.job
    return list(found.values())


def _looks(sheet: Sheet, line: Line, forms: tuple[str, ...] | None) -> list[Look]:
    unit = line.unit if forms is None else replace(line.unit, forms=forms)
    return [current.review().previews.look(sheet, job, unit) for job in _jobs(sheet, line)]


def marked(text: str, parts: Sequence[str]) -> list[tuple[bool, str]]:
    """A text in pieces: (whether it is the pointed-out sentence, words), whatever direction marks it holds."""
    invisible = "[\u200e\u200f\u2066\u2069]*"
    patterns = [invisible.join(re.escape(character) for character in part) for part in parts if part]
    if not patterns:
        return [(False, text)]
    pieces = re.split(f"({'|'.join(patterns)})", text)
    return [(bool(number % 2), piece) for number, piece in enumerate(pieces) if piece]
