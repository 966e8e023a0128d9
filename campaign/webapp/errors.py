"""What a person reads when something is refused: plain words, a way back, and nothing of the program's insides."""

from __future__ import annotations

import logging
import re

from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException

from campaign.errors import CampaignError
from campaign.webapp import current

log = logging.getLogger("campaign.review")


def set_up(app: Flask) -> None:
    """Answer errors with pages."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CampaignError, _problem)


def _refused(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    if code == 413 and "logged" not in g:
        log.warning("refused %s %r: the form is too large", request.method, request.path[:120])
    elif code >= 500:
        log.error("failed %s %r", request.method, request.path[:120], exc_info=error)
    return render_template("refused.html", code=code, problems=(), typed=_typed(code)), code


def _problem(error: CampaignError) -> tuple[str, int]:
    return render_template("refused.html", code=422, problems=error.problems, typed=_typed(422)), 422


def _typed(code: int) -> tuple[str, ...]:
    """What stood in a form of our own that was refused, to copy; the words of a stranger's form are not shown."""
    if request.method != "POST" or code == 413 or request.headers.get("Origin") != current.review().entrance.origin():
        return ()
    names = [name for name in request.form if name == "reason" or re.fullmatch(r"text\d+", name)]
    return tuple(text for name in names if (text := request.form[name].strip()))
