"""Message templates as WhatsApp takes them (Cloud API, message templates): of forms with places, of posts without.

A template is approved before it is sent. What WhatsApp does not take is said first, by a dated list of its languages.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from campaign.errors import Problem

#: The name of the file in a pack.
FILE = "whatsapp-templates.json"
#: The body of a template may not be longer, in UTF-16 units.
LONGEST = 1024
#: About one matter of somebody who asked for it; and what goes to many (template categories).
UTILITY, MARKETING = "UTILITY", "MARKETING"
_NOT_IN_NAMES = re.compile("[^a-z0-9_]+")
_PLACE = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one of our languages: `samples` are what its places `{{1}}`, `{{2}}` … could hold."""

    name: str
    locale: str
    category: str
    text: str
    samples: tuple[str, ...] = ()


@cache
def accepted() -> tuple[str, Mapping[str, str]]:
    """As of when, and WhatsApp's code of each of our languages that it takes."""
    found = tomllib.loads(resources.files("campaign").joinpath("data", "whatsapp.toml").read_text(encoding="utf-8"))
    return str(found["as_of"]), {str(tag): str(code) for tag, code in found["languages"].items()}


def name(*parts: str) -> str:
    """The name of a template: small letters, digits and underscores."""
    return _NOT_IN_NAMES.sub("_", "_".join(filter(None, parts)).lower())


def document(templates: Iterable[Template]) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """The templates as the API takes them, after what it would refuse and why: a language, a length, a place."""
    as_of, codes = accepted()
    taken, refused = list[Mapping[str, object]](), list[Problem]()
    for template in templates:
        if problems := tuple(_refused(template, as_of, codes)):
            refused += problems
        else:
            taken.append(_as_taken(template, codes[template.locale]))
    refused = list(dict.fromkeys(refused))
    left = [{"language": each.where, "why": each.what} for each in refused]
    return {"as_of": as_of, "left_out": left, "templates": taken}, tuple(refused)


def _refused(template: Template, as_of: str, codes: Mapping[str, str]) -> Iterator[Problem]:
    if template.locale not in codes:
        what, todo = f"not accepted in this language (WhatsApp, {as_of})", "send the text message instead"
        yield Problem(template.locale, what, todo)
    elif (length := len(template.text.encode("utf-16-le")) // 2) > LONGEST:
        what = f"{template.name} has {length} characters, WhatsApp takes {LONGEST}"
        yield Problem(template.locale, what, "shorten its sentences")
    elif not _placed(template):
        what = f"{template.name} has a place at its start or end, beside another one, or out of order"
        yield Problem(template.locale, what, "put a sentence before the first and after the last place")


def _placed(template: Template) -> bool:
    """Whether places stand between words, numbered in order, each with a sample."""
    parts = _PLACE.split(template.text.strip())
    words, numbers = parts[::2], parts[1::2]
    return all(map(str.strip, words)) and numbers == [str(each) for each in range(1, len(template.samples) + 1)]


def _as_taken(template: Template, code: str) -> Mapping[str, object]:
    example = {"example": {"body_text": [list(template.samples)]}} if template.samples else {}
    return {
        "name": template.name,
        "language": code,
        "category": template.category,
        "components": [{"type": "BODY", "text": template.text, **example}],
    }


def as_json(found: Mapping[str, object]) -> bytes:
    """A document as a file."""
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
