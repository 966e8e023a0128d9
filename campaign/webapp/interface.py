"""The interface in the mediator's language: its texts from `campaign.spoken`, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, g, request, session

from campaign import languages
from campaign.checks import RULES
from campaign.ledger.standing import Objection
from campaign.ledger.verdicts import LONGEST_COMMENT, LONGEST_TEXT
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.render.templates import Compiled
from campaign.review.decision import Outcome, Why
from campaign.review.guide import guide
from campaign.review.pasted import Stray
from campaign.spoken import SPOKEN, findings, texts
from campaign.spoken.guide import Guide
from campaign.webapp import current
from campaign.webapp.pieces import drawn

#: The pages' templates are the program's: all applications of a process compile each once.
_COMPILED = Compiled()


def set_up(app: Flask) -> None:
    """Make the interface's language, and what the review page says in it, known to the templates."""
    speak(app)
    app.context_processor(_values)
    app.template_filter("words")(words)
    app.template_filter("said")(said)
    app.template_filter("noted")(noted)
    app.template_filter("noted_in")(noted_in)
    app.template_filter("drawn")(drawn)


def speak(app: Flask) -> None:
    """Make gettext's functions and the interface's language known to the templates of a page."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = _COMPILED
    app.context_processor(_language)
    app.template_filter("told_by_us")(lambda sentence: findings.detail(sentence, tag()) or str(sentence))


def choose(asked: str | None) -> bool:
    """Take the language that somebody chose for this page; whether it is one that the program speaks."""
    if asked not in SPOKEN:
        return False
    session["interface"] = asked
    g.pop("interface", None)
    return True


def tag() -> str:
    """The interface's language: the one that was chosen, else the first that the browser asks for."""
    if "interface" not in g:
        chosen = session.get("interface")
        g.interface = chosen if chosen in SPOKEN else request.accept_languages.best_match(SPOKEN) or "en"
    return str(g.interface)


def noted(note: str) -> str:
    """A note for translators, or the name of an audience, in the interface's language as far as it is known there."""
    return _guide().said(note)


def noted_in(note: str) -> str:
    """The language in which `noted` says it."""
    told = _guide()
    return told.tag if told.knows(note) else told.written


def _guide() -> Guide:
    """The notes as this reader is told them: where the page does not speak a language that the browser asks for, as the
    campaign has them, which is the language of the sentences beside them.
    """
    review = current.review()
    written = review.desk.known.source_language
    asked = session.get("interface") in SPOKEN or request.accept_languages.best_match(SPOKEN)
    return guide(review.desk.project, tag() if asked else "", written)


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
        "unsure": gettext("I don’t know"),
        "suggest": gettext("other words"),
        "waive": gettext("warning set aside"),
        "lapse": gettext("signature lapsed"),
        "change": gettext("text changed"),
        "withdraw": gettext("taken back"),
        "revoke": gettext("ended"),
        "assign": gettext("asked to look"),
        Objection.OPEN: gettext("open"),
        Objection.ANSWERED: gettext("answered"),
        Objection.WITHDRAWN: gettext("taken back"),
        "translator": gettext("translator"),
        "mediator": gettext("mediator"),
        "second reader": gettext("second reader"),
        "staff": gettext("staff"),
        "leaflet": gettext("leaflet"),
        "sms": gettext("SMS"),
        "social": gettext("post"),
        "form": gettext("form that an office fills in"),
        "voice": gettext("voice message"),
        "use-messengers": gettext("messengers"),
        "use-web": gettext("web page"),
        "use-radio": gettext("radio"),
        "use-telephone": gettext("telephone prompts"),
        "use-video": gettext("films"),
        "error": gettext("stops a release"),
        "warning": gettext("please look"),
    }
    return named.get(name, name)


def refused(outcome: Outcome) -> str:
    """Why a decision was refused, in the interface's language; what only a forged form can bring is said in English."""
    named = {
        Why.NAME: gettext("Say who you are first, at the top of this page."),
        Why.ROLE: gettext("Your role may correct and comment, but not sign."),
        Why.PERSON: gettext("You are not listed for this language: you may correct and object, but not sign."),
        Why.LOOK: gettext("It cannot be shown whole, so nobody can sign it."),
        Why.REASON: gettext("Say in a few words why."),
        Why.OBJECTION: gettext("Say in a few words why."),
        Why.STALE: gettext("Something on this page was changed meanwhile. Look again, then sign."),
    }
    for why, words in named.items():
        if outcome.has(why):
            return words
    if outcome.has(Why.LONG):
        typed = any(each.why is Why.LONG and each.problem.where.startswith("--") for each in outcome.refused)
        return long(LONGEST_COMMENT if typed else LONGEST_TEXT)
    if outcome.findings:
        return ""
    return "; ".join(f"{each.problem.where} {each.problem.what}".strip() for each in outcome.refused)


def long(most: int | str) -> str:
    """That something typed is longer than so many characters."""
    return gettext("This is too long: at most %(most)s characters are taken. Shorten it; nothing of it is lost.") % {
        "most": most
    }


def strays(found: Iterable[Stray]) -> str:
    """What was taken out of a text, in the interface's language."""
    named = {
        Stray.HYPHEN: gettext("soft hyphens"),
        Stray.DIRECTION: gettext("marks of direction"),
        Stray.BYTES: gettext("marks of the byte order"),
        Stray.SPACE: gettext("spaces that no line can break at"),
        Stray.CONTROL: gettext("control characters"),
        Stray.ENDS: gettext("spaces and empty lines at the ends"),
    }
    return (
        gettext("Taken out of what you typed, because nobody can see it:")
        + " "
        + ", ".join(named[stray] for stray in found)
    )


def said(found: Finding) -> tuple[str | None, str]:
    """A finding's detail and its rule in the interface's language; no detail where only English says it."""
    known = RULES.get(found.code)
    return findings.detail(found.said, tag()), findings.rule(known.words, tag()) if known else found.rule


def _language() -> dict[str, object]:
    return {
        "interface": languages.get(tag()),
        "interface_draft": tag() != "en",
        "spoken": [languages.get(known) for known in SPOKEN],
        "language_of": languages.get,
    }


def _values() -> dict[str, object]:
    review = current.review()
    return {
        "me": current.person(),
        "beside": current.beside(),
        "long": long,
        "run": current.run(),
        "workspace": current.workspace(),
        "read_only": review.read_only,
        "rules": RULES,
        "campaign": review.desk.known,
        "filters": current.filters(),
    }
