"""The gate of a filled form is that of a release: every sentence signed and without error, every contact verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from campaign.checks.contacts import contact_findings
from campaign.checks.signatures import changed_findings, objected_findings, unproved_findings, unsigned_findings
from campaign.config.examples import examples
from campaign.errors import Problem
from campaign.forms import frame
from campaign.model.contact import Contact
from campaign.model.finding import Finding, errors_among
from campaign.model.form import Form
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit
from campaign.workspace.findings import catalogue_findings, unit_findings
from campaign.workspace.loader import Workspace
from campaign.workspace.seals import proven

_TODO = {
    "unsigned": "have it signed first: campaign review sign LANG --form FORM",
    "contact-expired": "check it, and say so: campaign contacts verify ID",
}


def refused(
    space: Workspace,
    form: Form,
    country: str,
    used: Mapping[str, tuple[UsedUnit, ...]],
    contacts: Iterable[Contact],
    today: date,
) -> tuple[Problem, ...]:
    """Why a form that shows these units, by language, and these contacts may not go out."""
    contacts = tuple(contacts)
    found = [each for locale, units in used.items() for each in _about(space, form, country, locale, units)]
    found += errors_among(contact_findings(contacts, today))
    named = [Problem(f"{one.where}: {one.code}", one.detail, _TODO.get(one.code, "correct it")) for one in found]
    own = {f"contacts.toml: {contact.id}" for contact in contacts}
    named += [problem for problem in examples(space.campaign) if problem.where.rpartition(".")[0] in own]
    return tuple(dict.fromkeys(named))


def _about(space: Workspace, form: Form, country: str, locale: str, units: tuple[UsedUnit, ...]) -> Iterator[Finding]:
    keys, where = {unit.key for unit in units}, f"{locale}/{form.id}"
    yield from unsigned_findings(units, locale, where)
    for _, findings in unit_findings(space, locale, {}, keys):
        yield from errors_among(findings)
    yield from errors_among(catalogue_findings(space, locale))
    texts, item = space.texts[locale], frame.job(form, locale, country).item
    cover = frame.covers(space.project, space.campaign, locale)[form.id]
    if all(unit.state is State.SIGNED for unit in units) and not texts.hold(item, cover, keys):
        if names := texts.seen.objected.get(item):
            yield from objected_findings(locale, where, names)
        yield from changed_findings(units, locale, where, texts.seen.changes(item, cover))
    if space.campaign.trust.ssh:
        own = proven(space, locale)
        if not (all(own.states.get(key) is State.SIGNED for key in keys) and own.hold(item, cover, keys)):
            yield from unproved_findings(locale, where)
