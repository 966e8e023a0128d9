"""The HTML pack: one page that opens offline on a phone, keeps the answers, and gives back a small file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from campaign import languages
from campaign.catalogue.exchange.answers import ANSWERS, LARGEST, LONGEST, WORDS, Answer, Returned, Row
from campaign.errors import CampaignError

#: The shape of an answer file; another number is another shape.
VERSION = 1

_FIELDS = {"campaign-answers", "pack", "language", "name", "role", "answers"}
_ANSWER = {"key", "source_hash", "text_hash", "forms", "answer", "comment"}


@dataclass(frozen=True, slots=True)
class Section:
    """One audience of a pack: its title, its laid-out pages (PNG), and its sentences that no section before held."""

    title: str
    pictures: tuple[bytes, ...]
    rows: tuple[Row, ...]


def write(
    sections: Sequence[Section], locale: str, campaign: str, source: str, pack: str, roles: Sequence[str], font: bytes
) -> bytes:
    """The page. `source` is the source language's tag, `font` a WOFF font with every letter of the texts."""
    language = languages.get(locale)
    folder = resources.files("campaign.catalogue.exchange")
    style = folder.joinpath("pack.css").read_text(encoding="utf-8")
    script = folder.joinpath("pack.js").read_text(encoding="utf-8")
    face = f'@font-face {{ font-family: "Pack"; src: url(data:font/woff;base64,{_b64(font)}) format("woff"); }}'
    about = json.dumps({"pack": pack, "language": locale, "version": VERSION}).replace("<", "\\u003c")
    options = "".join(f"<option>{escape(role)}</option>" for role in roles)
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:"
    head = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="no-referrer">
<title>{escape(campaign)} · {escape(language.autonym)}</title><style>{face}
{style}</style></head><body>
<header><h1>{escape(campaign)} · <bdi lang="{locale}">{escape(language.autonym)}</bdi></h1>
<p>Read each text. Correct it, or say what you think. Your answers stay on this device until you make the answer file
and send it back. Nothing is sent by this page.</p>
<noscript><p class="warn">Without JavaScript this page keeps no answers; you can read everything.</p></noscript>
<label>Your name or pseudonym <input id="name" maxlength="120" autocomplete="off" dir="auto"></label>
<label>You are <select id="role">{options}</select></label>
<p class="small">Without a name nothing counts as signed.</p></header><main>"""
    body = "".join(part for section in sections for part in _section(section, locale, source))
    foot = f"""</main><footer><p id="done" role="status"></p>
<button id="make" type="button">Make the answer file</button>
<p><a id="file" hidden download="campaign-answers-{locale}.json">Keep the answer file</a></p>
<label id="copy" hidden>If the file cannot be kept, copy this text into an e-mail instead:
<textarea id="text" readonly rows="4"></textarea></label>
</footer><script id="about" type="application/json">{about}</script><script>{script}</script></body></html>
"""
    return (head + body + foot).encode()


def _section(section: Section, locale: str, source: str) -> Iterator[str]:
    yield f'<section><h2 lang="{source}">{escape(section.title)}</h2><div class="pages">'
    for number, picture in enumerate(section.pictures, start=1):
        yield f'<img src="data:image/png;base64,{_b64(picture)}" alt="{escape(section.title)}, page {number}">'
    yield "</div>"
    for row in section.rows:
        yield from _row(row, locale, source)
    yield "</section>"


def _row(row: Row, locale: str, source: str) -> Iterator[str]:
    unit, language = row.unit, languages.get(locale)
    direction = "rtl" if language.rtl else "ltr"
    yield (
        f'<article data-key="{unit.key}" data-source="{unit.source_hash}" data-text="{unit.text_hash}">'
        f'<h3 lang="{source}" dir="auto">{escape(unit.source)}</h3>'
    )
    if unit.plural:
        yield f'<p lang="{source}" dir="auto">{escape(unit.plural)}</p>'
    if unit.notes:
        yield f'<p class="small">{escape(unit.notes)}</p>'
    for index, form in enumerate(unit.forms):
        label = f"Text ({language.categories[index]})" if unit.plural else "Text"
        yield (
            f'<label>{label}<textarea class="form" lang="{locale}" dir="{direction}" rows="3" maxlength="{LONGEST}">'
            f"\n{escape(form)}</textarea></label>"
        )
    yield f"<fieldset><legend>Your answer to: {escape(unit.source[:60])}</legend>"
    for code in ANSWERS:
        radio = f'<input type="radio" name="a-{unit.key}" value="{code}">'
        yield f'<label class="pick">{radio} {escape(WORDS[code])}</label>'
    yield "</fieldset>"
    yield '<label>Comment<textarea class="comment" rows="2" maxlength="4000" dir="auto"></textarea></label></article>'


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def read(data: bytes, name: str) -> Returned:
    """The answers of an answer file.

    Raises:
        CampaignError: no answer file of ours, unknown parts, wrong types, too large.
    """
    try:
        record = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or set(record) != _FIELDS or record["campaign-answers"] != VERSION:
        raise _no(name, "is no answer file of a review pack")
    if not all(isinstance(record[field], str) for field in ("pack", "language", "name", "role")):
        raise _no(name, "its pack, language, name or role is no text")
    if record["language"] not in languages.registry() or not isinstance(record["answers"], list):
        raise _no(name, "names no known language, or holds no answers")
    answers = [_answer(answer, f"answer {number}") for number, answer in enumerate(record["answers"], start=1)]
    if len({answer.key for answer in _whole(answers)}) != len(answers):
        raise _no(name, "holds an answer that this program did not make, or two about one sentence")
    texts = tuple(_whole(answers))
    return Returned(record["language"], record["pack"], " ".join(record["name"].split()), record["role"], texts)


def _whole(answers: Iterable[Answer | None]) -> Iterator[Answer]:
    return (answer for answer in answers if answer is not None)


def _answer(answer: object, place: str) -> Answer | None:
    if not isinstance(answer, dict) or set(answer) != _ANSWER:
        return None
    forms = answer["forms"]
    texts = [answer[field] for field in sorted(_ANSWER - {"forms"})]
    if not isinstance(forms, list) or not forms or not all(isinstance(text, str) for text in [*texts, *forms]):
        return None
    if any(len(text) > LONGEST for text in [*texts, *forms]) or answer["answer"] not in ("", *ANSWERS):
        return None
    return Answer(
        answer["key"],
        answer["source_hash"],
        answer["text_hash"],
        tuple(form.replace("\r\n", "\n") for form in forms),
        answer["answer"],
        answer["comment"].strip(),
        place=place,
    )


def _no(name: str, what: str) -> CampaignError:
    return CampaignError.single(what, where=name, todo="ask for the answer file again; nothing was changed")
