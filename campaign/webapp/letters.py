"""The letters of every language on the page: the very fonts that the layouts print with, from this machine."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, abort, send_file

from campaign import languages
from campaign.project import Project
from campaign.typeset import fonts
from campaign.webapp import current, interface

pages = Blueprint("letters", __name__)

WEIGHTS = {"regular": 400, "bold": 700}


@pages.get("/letters.css")
def style() -> Response:
    """A font for each language of the campaign and for that of the page; a browser fetches only what a page uses."""
    desk = current.review().desk
    return style_of(desk.project, desk.known.languages)


def style_of(project: Project, tags: Iterable[str]) -> Response:
    """A font for each of these languages and for that of the page."""
    known = [languages.get(tag) for tag in dict.fromkeys((*tags, interface.tag()))]
    families = dict.fromkeys(family for language in known for family in language.fonts)
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {WEIGHTS[weight]}; font-display: swap; '
        f'src: url("/letters/{family.replace(" ", "-")}-{weight}.ttf"); }}'
        for (family, weight) in fonts.faces(project.fonts)
        if family in families
    ]
    for language in known:
        stack = ", ".join(f'"{family}"' for family in language.fonts)
        rules.append(f":lang({language.tag}) {{ font-family: {stack}, system-ui, sans-serif; }}")
    return Response("\n".join(rules), mimetype="text/css")


@pages.get("/letters/<name>.ttf")
def letters(name: str) -> Response:
    """One font file, by its family and weight; no other file can be asked for."""
    return letters_of(current.review().desk.project, name)


def letters_of(project: Project, name: str) -> Response:
    """One font file of a workspace or of the program."""
    family, _, weight = name.rpartition("-")
    path = fonts.faces(project.fonts).get((family.replace("-", " "), weight))
    if path is None:
        abort(404)
    answer = send_file(path, mimetype="font/ttf", max_age=3600)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
