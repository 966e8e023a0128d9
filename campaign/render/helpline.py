"""The claims of one helpline, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from campaign import languages
from campaign.config.kinds import CHILDREN
from campaign.errors import CampaignError
from campaign.model.contact import Contact, Kind
from campaign.model.message import Helpline
from campaign.render.record import Record
from campaign.render.templates import MESSAGES, Templates, macro

CLAIMS = ("kind", "hours", "cost", "privacy", "spoken")


def spoken_name(tag: str, locale: str) -> str:
    """A language as whoever speaks it calls it, and in the reader's language: not everybody reads Latin letters."""
    name = languages.name_in(tag, locale)
    return f"{languages.get(tag).autonym} ({name})" if name else languages.get(tag).autonym


def helpline(
    templates: Templates, contact: Contact, locale: str, variables: Mapping[str, object], record: Record
) -> Helpline:
    """A contact with the claims that its record backs; afterwards `record` holds the units of these claims."""
    today = str(variables["edition"])
    others = tuple(other for other in contact.exceptions if not other.over(today))
    view = {
        "kind": contact.kind,
        "always_open": contact.always_open,
        "hours": contact.hours,
        "exceptions": others,
        "cost": contact.cost,
        "anonymous": contact.anonymous,
        "interpreters": contact.interpreters,
        "speaks_reader": locale in contact.languages,
        "languages": tuple(spoken_name(tag, locale) for tag in contact.languages),
    }
    module = templates.get("claims.j2").make_module(dict(variables))
    hours = macro(module, "hours", f"{MESSAGES}/claims.j2")
    hours_alone = hours({**view, "exceptions": ()}).strip() if others else ""
    record.start()
    claims = {name: macro(module, name, f"{MESSAGES}/claims.j2")(view).strip() for name in CLAIMS}
    if others and claims["hours"] == hours_alone:
        raise CampaignError.single(
            f"the macro hours leaves out the exceptions of {contact.id}",
            where=f"{MESSAGES}/claims.j2",
            todo="take claims.j2 from a fresh workspace (campaign init), or say contact.exceptions there",
        )
    if contact.own is not None:
        claims["kind"] = _own_words(contact.own, record, child=bool(variables.get("child")))
    return Helpline(contact, **claims)


def _own_words(kind: Kind, record: Record, *, child: bool) -> str:
    """What a kind of the workspace is for; the claims of the templates know nothing of it."""
    if child and kind.child_words:
        return record.lookup(CHILDREN, kind.child_words, "", None, {})
    return record.lookup("", kind.words, "", None, {})
