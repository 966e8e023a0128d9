""" "This number has changed": the page and the post for whoever holds the old one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campaign import languages
from campaign.errors import CampaignError, Problem
from campaign.model.place import country_of
from campaign.model.used_unit import UsedUnit
from campaign.provenance.page import page_words
from campaign.provenance.remainder import remainder
from campaign.provenance.style import style_words
from campaign.render.record import Record
from campaign.render.templates import CHANNELS, MESSAGES, Templates, macro
from campaign.render.texts import Texts
from campaign.sandbox import within

_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
LINES = ("title", "old_line", "new_line", "pass_on")


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice in one language: the page as it may go out and as a draft, the post, its units."""

    page: str
    draft_page: str
    post: str
    units: tuple[UsedUnit, ...]


def notice(templates: Templates, locale: str, country: str, texts: Texts, *, old: str, new: str) -> Notice:
    """The page and the post for a number that has changed; `old` and `new` are numbers as people read them.

    Raises:
        CampaignError: a broken template or one that takes too long, a translation that cannot be printed, words that no
            sentence says.
    """
    record = Record(texts, {old, new})
    values: dict[str, object] = {**record.calls(), "old": old, "new": new}
    with templates.running("notice.j2", CHANNELS), within():
        module = templates.get("notice.j2", CHANNELS).make_module(dict(values))
        lines = {name: macro(module, name, f"{CHANNELS}/notice.j2")().strip() for name in LINES}
        page = templates.get("notice.html.j2", CHANNELS)
        labels = templates.get("labels.j2").make_module(dict(values))
        draft = macro(labels, "draft", f"{MESSAGES}/labels.j2")()
        view = {
            **values,
            **lines,
            "locale": locale,
            "direction": "rtl" if languages.get(locale).rtl else "ltr",
            "dial": re.sub(r"[^0-9+]", "", new),
            "country": country_of(country),
        }
        pages = [page.render({**view, "draft": mark}) for mark in ("", f"DRAFT / {str(draft).strip()}")]
    allowed = [*(unit.shown for unit in record.used), old, new, str(view["dial"]), "DRAFT"]
    record.problems += _strangers(lines.values(), pages[1], allowed)
    if record.problems:
        raise CampaignError(dict.fromkeys(record.problems))
    units = tuple(unit for unit in dict.fromkeys(record.used) if unit.source not in ("DRAFT",))
    return Notice(pages[0], pages[1], "\n".join(lines.values()), units)


def _strangers(lines: Iterable[str], page: str, allowed: Sequence[str]) -> Iterator[Problem]:
    """A problem for all that a notice says and none of its sentences and numbers."""
    todo = "take it out: a notice says its signed sentences, the old number and the new one"
    for line in lines:
        for text in remainder(line, allowed):
            yield Problem(f"{CHANNELS}/notice.j2", f"says what no sentence says: {text[:60]!r}", todo)
    said = [*page_words(page, allowed)]
    said += [what for sheet in _STYLE.findall(page) for _, what in style_words(sheet)]
    for text in said:
        yield Problem(f"{CHANNELS}/notice.html.j2", f"says what no sentence says: {text[:60]!r}", todo)
