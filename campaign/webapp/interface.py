"""The interface in the mediator's language: gettext texts from webapp/locales, read as they are, drafts marked so."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from flask import Flask, g, request, session

from campaign import languages
from campaign.checks import RULES
from campaign.model import State
from campaign.webapp import current

FOLDER = Path(__file__).with_name("locales")

#: The languages that the interface speaks; English is what the templates say.
SPOKEN = ("en", "fr", "de", "it", "el", "nl", "ar")


def set_up(app: Flask) -> None:
    """Make gettext's functions and the interface's language known to the templates."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_values)
    app.template_filter("words")(words)


@cache
def texts(tag: str) -> NullTranslations:
    """The interface in a language; drafts are used as well, because the page says that they are drafts."""
    path = FOLDER / tag / "LC_MESSAGES" / "webapp.po"
    if tag == "en" or not path.is_file():
        return NullTranslations()
    from babel.messages import mofile, pofile

    with path.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=tag)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    return GNUTranslations(compiled)


def tag() -> str:
    """The interface's language: the one that was chosen, else the first that the browser asks for."""
    if "interface" not in g:
        chosen = session.get("interface")
        g.interface = chosen if chosen in SPOKEN else request.accept_languages.best_match(SPOKEN) or "en"
    return str(g.interface)


def gettext(message: str) -> str:
    """A text of the interface."""
    return texts(tag()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """A text of the interface with a number."""
    return texts(tag()).ngettext(singular, plural, count)


def words(name: str) -> str:
    """A state, a verdict, a risk, a role or a channel in the interface's language."""
    named = {
        State.SIGNED: gettext("signed"),
        State.DRAFT: gettext("draft"),
        State.STALE: gettext("stale"),
        State.MISSING: gettext("missing"),
        "contact": gettext("has a contact"),
        "rights": gettext("says a right"),
        "negation": gettext("says what is not"),
        "low-confidence": gettext("uncertain draft"),
        "sign": gettext("signed"),
        "reject": gettext("not right"),
        "comment": gettext("comment"),
        "waive": gettext("warning set aside"),
        "lapse": gettext("signature lapsed"),
        "translator": gettext("translator"),
        "mediator": gettext("mediator"),
        "second reader": gettext("second reader"),
        "staff": gettext("staff"),
        "leaflet": gettext("leaflet"),
        "sms": gettext("SMS"),
        "social": gettext("post"),
        "error": gettext("stops a release"),
        "warning": gettext("please look"),
    }
    return named.get(name, name)


def _values() -> dict[str, object]:
    language = languages.get(tag())
    review = current.review()
    return {
        "interface": language,
        "interface_draft": tag() != "en",
        "spoken": [languages.get(known) for known in SPOKEN],
        "language_of": languages.get,
        "me": current.person(),
        "read_only": review.read_only,
        "rules": RULES,
        "campaign": review.desk.campaign,
        "filters": current.filters(),
    }
