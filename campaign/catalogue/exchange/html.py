"""The HTML pack: one page that opens offline on a phone, keeps the answers, and gives back a small file."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import resources

from campaign import languages
from campaign.catalogue.exchange import aloud as spoken
from campaign.catalogue.exchange.answers import ANSWERS, LONGEST, WORDS, Answer, Returned, Row
from campaign.errors import CampaignError
from campaign.model.verdict import Verdict
from campaign.spoken import PACK, texts

#: How a text of the page is said in its language.
Say = Callable[[str], str]

GREETING = (
    "Read each text. Correct it, or say what you think. Your answers stay on this device until you make the answer "
    "file and send it back. Nothing is sent by this page."
)

#: What the page says where no script runs: nothing can be typed then, so that nothing typed is lost.
STILL = (
    "No script runs here, as in the preview of an iPhone or of a mail program: this page cannot keep answers. Save "
    "the file and open it in a browser. Where that does not work, ask for the worksheet (.xlsx) or for a link; you "
    "can read everything here."
)
NOWHERE = "This browser keeps nothing: make the answer file before you close the page."
UNNAMED = "Write your name at the top: without one nothing counts as signed. Press again to go on without."

#: The shape of an answer file; another number is another shape.
VERSION = 1

#: The field of what was read aloud; a file without a recording has none.
HEARD = "voice"
_FIELDS = {"campaign-answers", "pack", "language", "name", "role", "answers"}
_ANSWER = {"key", "source_hash", "text_hash", "forms", "answer", "comment"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a sentence: findings, its placeholders with what readers see there, its picture (PNG)."""

    findings: tuple[str, ...] = ()
    samples: tuple[tuple[str, str], ...] = ()
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Section:
    """One audience of a pack: its title, its laid-out pages (PNG), and its sentences that no section before held.

    The section of sentences that no audience shows has no title. `beside` goes by the keys of the sentences.
    """

    title: str
    pictures: tuple[bytes, ...]
    rows: tuple[Row, ...]
    beside: Mapping[str, Beside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aloud:
    """What a page needs to record: a section, its scripts, and what its policy lets run and play beside."""

    section: str = ""
    scripts: str = ""
    runs: str = ""
    plays: str = ""


def write(
    sections: Sequence[Section],
    locale: str,
    campaign: str,
    source: str,
    pack: str,
    roles: Sequence[str],
    font: bytes,
    interface: str = "en",
    aloud: Aloud | None = None,
) -> bytes:
    """The page. `source` is the source language's tag, `font` a WOFF font with every letter of the texts.

    `interface` is the language in which the page itself speaks, one of `campaign.spoken.SPOKEN`. `aloud` is what makes
    it record.
    """
    _ = texts(interface, PACK).gettext
    language = languages.get(locale)
    folder = resources.files("campaign.catalogue.exchange")
    style = folder.joinpath("pack.css").read_text(encoding="utf-8")
    script = folder.joinpath("pack.js").read_text(encoding="utf-8")
    face = f'@font-face {{ font-family: "Pack"; src: url(data:font/woff;base64,{_b64(font)}) format("woff"); }}'
    about = json.dumps({"pack": pack, "language": locale, "version": VERSION}).replace("<", "\\u003c")
    options = "".join(f'<option value="{escape(role)}">{escape(_(role))}</option>' for role in roles)
    direction = "rtl" if languages.get(interface).rtl else "ltr"
    draft = "The words of this page are a draft that nobody has reviewed yet."
    aloud = aloud or Aloud()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'{aloud.runs}; img-src data:; "
        f"font-src data:{aloud.plays}"
    )
    head = f"""<!doctype html>
<html lang="{interface}" dir="{direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="referrer" content="no-referrer">
<title>{escape(campaign)} · {escape(language.autonym)}</title><style>{face}
{style}</style></head><body>
<header><h1>{escape(campaign)} · <bdi lang="{locale}">{escape(language.autonym)}</bdi></h1>
<p>{escape(_(GREETING))}</p>
<p id="still" class="warn">{escape(_(STILL))}</p><p id="nowhere" class="warn" hidden>{escape(_(NOWHERE))}</p>
<label>{escape(_("Your name or pseudonym"))}
<input id="name" maxlength="120" autocomplete="off" dir="auto" disabled></label>
<label>{escape(_("You are"))} <select id="role" disabled>{options}</select></label>
<p class="small" id="nameless">{escape(_("Without a name nothing counts as signed."))}</p></header><main>"""
    body = "".join(part for section in sections for part in _section(section, locale, source, _)) + aloud.section
    older = escape(_("You typed this before the text was changed:"))
    foot = f"""</main><footer><p id="unnamed" class="warn" role="alert" hidden>{escape(_(UNNAMED))}</p>
<p id="done" role="status" data-words="{escape(_("Answers: %(number)s"))}" data-older="{older}"></p>
<button id="make" type="button" disabled>{escape(_("Make the answer file"))}</button>
<p><a id="file" hidden download="campaign-answers-{locale}.json">{escape(_("Keep the answer file"))}</a></p>
<label id="copy" hidden>{escape(_("If the file cannot be kept, copy this text into an e-mail instead:"))}
<textarea id="text" readonly rows="4"></textarea></label>
{"" if interface == "en" else f'<p class="small">{escape(_(draft))}</p>'}
</footer><script id="about" type="application/json">{about}</script><script>{script}</script>{aloud.scripts}
</body></html>
"""
    return (head + body + foot).encode()


def _section(section: Section, locale: str, source: str, _: Say) -> Iterator[str]:
    title = f"<bdi>{escape(section.title)}</bdi>" if section.title else escape(_("Other sentences"))
    yield f'<section><h2>{title}</h2><div class="pages">'
    for number, picture in enumerate(section.pictures, start=1):
        words = _("%(title)s, page %(number)s") % {"title": section.title, "number": number}
        yield f'<img src="data:image/png;base64,{_b64(picture)}" alt="{escape(words)}">'
    yield "</div>"
    for row in section.rows:
        yield from _row(row, section.beside.get(row.unit.key, Beside()), locale, source, _)
    yield "</section>"


def _row(row: Row, beside: Beside, locale: str, source: str, _: Say) -> Iterator[str]:
    unit, language, later = row.unit, languages.get(locale), _("Filled in later; keep each one exactly:")
    place = f'lang="{locale}" dir="{"rtl" if language.rtl else "ltr"}"'
    yield (
        f'<article data-key="{unit.key}" data-source="{unit.source_hash}" data-text="{unit.text_hash}">'
        f'<h3 lang="{source}" dir="auto">{_whole_pieces(unit.source)}</h3>'
    )
    if unit.plural:
        yield f'<p lang="{source}" dir="auto">{_whole_pieces(unit.plural)}</p>'
    for said in row.objections(_):
        yield f'<p class="small" dir="auto"><strong>{escape(said)}</strong></p>'
    if unit.notes:
        yield f'<p class="small" dir="auto">{escape(unit.notes)}</p>'
    if beside.picture:
        yield f'<img class="cut" src="data:image/png;base64,{_b64(beside.picture)}" alt="">'
    if beside.samples:
        shown = " ".join(f'<code dir="ltr">{escape(n)}</code> = <bdi>{escape(v)}</bdi>' for n, v in beside.samples)
        yield f'<p class="small">{escape(later)} {shown}</p>'
    if beside.findings:
        yield "<ul>" + "".join(f'<li dir="auto">{escape(finding)}</li>' for finding in beside.findings) + "</ul>"
    for index, form in enumerate(unit.forms):
        label = _("Text (%(category)s)") % {"category": language.categories[index]} if unit.plural else _("Text")
        yield (
            f'<label>{escape(label)}<textarea class="form" {place} rows="3" maxlength="{LONGEST}" disabled>'
            f"\n{escape(form)}</textarea></label>"
        )
    legend = escape(_("Your answer to: %(sentence)s"))
    about = f'<bdi lang="{source}">{escape(unit.source[:60])}</bdi>'
    yield f"<fieldset><legend>{legend.replace('%(sentence)s', about)}</legend>"
    for code in ANSWERS:
        radio = f'<input type="radio" name="a-{unit.key}" value="{code}" disabled>'
        yield f'<label class="pick">{radio} {escape(_(WORDS[code]))}</label>'
    yield "</fieldset>"
    comment = '<textarea class="comment" rows="2" maxlength="4000" dir="auto" disabled></textarea>'
    yield f"<label>{escape(_('Comment'))}{comment}</label></article>"


def _whole_pieces(text: str) -> str:
    """A text whose placeholders are neither broken nor turned round."""
    return re.sub(r"%\(\w+\)s", r'<code dir="ltr">\g<0></code>', escape(text))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def read(data: bytes, name: str) -> Returned:
    """The answers of an answer file.

    Raises:
        CampaignError: no answer file of ours, unknown parts, wrong types, too large.
    """
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or set(record) - {HEARD} != _FIELDS or record["campaign-answers"] != VERSION:
        raise _no(name, "is no answer file of a review pack")
    if not all(isinstance(record[field], str) for field in ("pack", "language", "name", "role")):
        raise _no(name, "its pack, language, name or role is no text")
    if record["language"] not in languages.registry() or not isinstance(record["answers"], list):
        raise _no(name, "names no known language, or holds no answers")
    answers = [_answer(answer, f"answer {number}") for number, answer in enumerate(record["answers"], start=1)]
    if len({answer.key for answer in _whole(answers)}) != len(answers):
        raise _no(name, "holds an answer that this program did not make, or two about one sentence")
    whole = tuple(_whole(answers))
    person = " ".join(record["name"].split())
    heard = spoken.read(record[HEARD], name) if HEARD in record else None
    return Returned(record["language"], record["pack"], person, record["role"], whole, heard=heard)


def _whole(answers: Iterable[Answer | None]) -> Iterator[Answer]:
    return (answer for answer in answers if answer is not None)


def _answer(answer: object, place: str) -> Answer | None:
    if not isinstance(answer, dict) or set(answer) != _ANSWER:
        return None
    forms = answer["forms"]
    words = [answer[field] for field in sorted(_ANSWER - {"forms"})]
    if not isinstance(forms, list) or not forms or not all(isinstance(text, str) for text in [*words, *forms]):
        return None
    if any(len(text) > LONGEST for text in [*words, *forms]) or answer["answer"] not in ("", *ANSWERS):
        return None
    return Answer(
        answer["key"],
        answer["source_hash"],
        answer["text_hash"],
        tuple(form.replace("\r\n", "\n") for form in forms),
        ANSWERS.get(answer["answer"], Verdict.CHANGE),
        answer["comment"].strip(),
        place=place,
    )


def _no(name: str, what: str) -> CampaignError:
    return CampaignError.single(what, where=name, todo="ask for the answer file again; nothing was changed")
