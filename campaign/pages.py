"""HTML from the templates of web pages: values escaped, numbers that can be tapped, a policy that lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

from jinja2 import TemplateError, TemplateNotFound
from markupsafe import Markup, escape

from campaign.bidi import right_to_left
from campaign.errors import CampaignError, Problem
from campaign.project import Project, absent
from campaign.provenance.page import page_words
from campaign.provenance.place import written_at
from campaign.provenance.remainder import texts_in
from campaign.provenance.style import style_words
from campaign.sandbox import Files, Sandbox, within


class Pages:
    """The page templates of one workspace (templates/channels)."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._environment = Sandbox(Files(project, project.channel_texts), autoescape=True)

    def render(
        self, name: str, style: str, values: Mapping[str, object], numbers: Mapping[str, str], script: str = ""
    ) -> str:
        """A page. `style` is its CSS; `numbers` maps each number as it is written to its link, empty for none.

        The template calls `numbers(text)` to link them, `plain_numbers(text)` where a link already is.

        The Content Security Policy allows this style and this script by their hashes, pictures and fonts inside the
        file, and nothing else.
        Raises CampaignError for a broken template, with file and line.
        """
        # In HTML a style ends at "</style"; nothing that a brand or a template says may end it sooner.
        style = style.replace("</", r"<\/")
        extra = {
            "style": Markup(style),  # noqa: S704 - CSS made of checked colours and the workspace's own sheet
            "policy": policy(style, script, heard=bool(values.get("sound"))),
            "script": Markup(script),  # noqa: S704 - the program's own
            "numbers": lambda text: linked(text, numbers),
            "plain_numbers": lambda text: linked(text, dict.fromkeys(numbers, "")),
        }
        try:
            with within():
                page = f"{self._environment.get_template(name).render({**values, **extra})}\n"
        except TemplateNotFound as error:
            raise absent(f"templates/channels/{error.name or name}") from error
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            raise CampaignError.single(
                f"template error: {error.message or error}",
                where=f"templates/channels/{getattr(error, 'name', None) or name}{f':{line}' if line else ''}",
                todo="correct the template",
            ) from error
        if found := [self._stranger(name, text) for text in page_words(page, [*texts_in(values), *numbers], script)]:
            raise CampaignError(found)
        return page

    def _stranger(self, name: str, text: str) -> Problem:
        shown = f"templates/channels/{name}"
        file = self._project.inside(self._project.channel_texts / name)
        where = written_at(text.partition('"')[2].rstrip('"') or text, {shown: file})
        todo = "take it out; a sentence belongs into a {% trans %} of templates/messages/labels.j2"
        return Problem(where or shown, f"the page says what no sentence says: {text[:60]!r}", todo)

    def style(self, name: str) -> str:
        """A style sheet beside the templates. Raises CampaignError when it is not there."""
        path = self._project.inside(self._project.channel_texts / name)
        try:
            sheet = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise absent(f"templates/channels/{name}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CampaignError.single(
                "cannot be read", where=f"templates/channels/{name}", todo="put the file back"
            ) from error
        todo = "a style brings no words, files or fonts into a page: delete it"
        if found := [Problem(f"templates/channels/{name}:{line}", what, todo) for line, what in style_words(sheet)]:
            raise CampaignError(found)
        return sheet


def policy(style: str, script: str = "", *, heard: bool = False) -> str:
    """The Content Security Policy of a page: its own style and script, pictures and fonts in the file itself.

    `heard`: a sound beside the page plays in it.
    """
    plays = "media-src 'self'; " if heard else ""
    runs = f"script-src {_hash(script)}; " if script else ""
    return (
        f"default-src 'none'; style-src {_hash(style)}; {runs}{plays}img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(code: str) -> str:
    """A style or a script as a policy names it (CSP 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def linked(text: str, numbers: Mapping[str, str]) -> Markup:
    """The escaped text with each of these numbers kept in order and on one line, and linked where it has a link."""
    known = sorted(filter(None, numbers), key=len, reverse=True)
    if not known:
        return escape(text)
    pattern = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, known))})(?!\d)")
    pieces, end = [], 0
    for match in pattern.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        direction = "rtl" if right_to_left(match.group()) else "ltr"
        shown = Markup('<bdi dir="{}">{}</bdi>').format(direction, match.group())
        link = numbers[match.group()]
        pieces.append(Markup('<a class="n" href="{}">{}</a>').format(link, shown) if link else shown)
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])


def embedded(data: bytes, media_type: str) -> str:
    """A file as a data address (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
