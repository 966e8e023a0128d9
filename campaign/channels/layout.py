"""A message set in a layout, and proved whole: glyphs, frames, and where the finished text really lies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pypdfium2 import PdfPage

from campaign.channels.frames import FRAMES
from campaign.channels.layout_data import Press, data, families, smallest
from campaign.channels.layout_tags import tag_faults
from campaign.channels.layout_words import Fault, word_faults
from campaign.errors import CampaignError, Problem
from campaign.model.blocks import PRINTED, shown_by
from campaign.model.campaign import Campaign
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.provenance.remainder import texts_in
from campaign.typeset import collisions, fonts, guard, layer
from campaign.typeset.elements import told
from campaign.typeset.session import Fit, Laid, Typesetter

#: The texts that a fault names, as `repr` writes them; not the name of a frame.
_NAMED = re.compile(r"(?<!the frame )'([^']*)'|\"([^\"]*)\"")
#: Text keeps this distance from the trim (content guide, section 6).
SAFE_MM = 5.0


def set_item(
    typesetter: Typesetter,
    layout: str,
    message: Message,
    campaign: Campaign,
    *,
    review: bool,
    press: Press | None = None,
    values: Mapping[str, object] | None = None,
    shots: Sequence[float] = (),
) -> Laid:
    """Lay out a message and check it three ways: font coverage, the layout's own fit report, the finished PDF.

    `values` is what the layout gets, when that is not all that `data` gives; `shots` at how many pixels per inch its
    pages will be asked for.
    With `press` the item has bleed and the press palette, and is the PDF 1.6 that `campaign.press` turns into PDF/X-4.

    Raises:
        CampaignError: a character without glyph, or a text that does not fit; names language, item and text.
    """
    table = campaign.layouts.get(layout)
    texts = list(texts_in(values)) if values else texts_of(message, table)
    values = values or data(message, campaign, review=review, layout=table, press=press)
    where = f"{message.locale}/{message.audience} ({layout})"
    missing = fonts.missing(typesetter.fonts, families(message), texts)
    if missing:
        raise CampaignError(glyph_problem(character, message, where) for character in missing)
    laid = typesetter.lay_out(layout, values, version="1.6" if press else "1.7", shots=shots)
    document = guard.opened(laid.pdf)
    pages = tuple(document)  # each is read once
    problems = [clipped(frame, message, campaign, where) for frame in laid.frames if not frame.fits]
    if not problems:
        problems = _out_of_place(guard.outside(pages, laid.frames, SAFE_MM), message, campaign, where)
    read = told(document, pages)
    said = () if problems else tuple(word_faults(read, values))
    # What a layout says itself is named before the text that it touches: no mediator can shorten that.
    problems = problems or [said_otherwise(fault, layout, where) for fault in said if fault.foreign]
    if not problems:
        problems = _out_of_place(_touching(pages, message, table, press), message, campaign, where)
    problems = problems or [said_otherwise(fault, layout, where) for fault in said]
    if not problems:
        todo = "use headings, lists and paragraphs of Typst, each text once, in the order of the message"
        file = f"templates/layouts/{layout}.typ"
        problems = [Problem(file, f"{fault} ({where})", todo) for fault in tag_faults(read, values)]
    if problems:
        raise CampaignError(problems)
    return replace(laid, words=layer.words(read.pages))


def _out_of_place(faults: Sequence[str], message: Message, campaign: Campaign, where: str) -> list[Problem]:
    return [Problem(where, fault, answerable(fault, message, campaign), "clipped") for fault in faults]


def answerable(fault: str, message: Message, campaign: Campaign) -> str:
    """Who can do something about what lies where it must not, by the texts that a fault names; of two, each."""
    named = (" ".join(found.split()) for pair in _NAMED.findall(fault) for found in pair if found.strip())
    # A fault names the beginning of what stands in one line, which may be a part of a text.
    ours = (campaign.brand.organisation, *(helpline.contact.name for helpline in message.helplines))
    whole = [next((text for text in ours if len(part) > 2 and part in text), part) for part in named]
    return "; or ".join(dict.fromkeys(_shorten(message, campaign, text) for text in whole or [""]))


def _touching(pages: Sequence[PdfPage], message: Message, table: Layout | None, press: Press | None) -> tuple[str, ...]:
    """Text of the finished PDF that touches other text, is too small, or takes more pages than there are."""
    # A mark of a preview is drawn around its text.
    if not message.marked and (faults := collisions.faults(pages, smallest(table, press) if table else 0)):
        return faults
    if table and table.pages and len(pages) != table.pages:
        return (f"takes {len(pages)} pages, the format has {table.pages}",)
    return ()


def said_otherwise(fault: Fault, layout: str, where: str) -> Problem:
    """A word of the finished PDF that nobody set, or a text that does not stand in it whole."""
    if fault.foreign:
        return Problem(
            f"templates/layouts/{layout}.typ",
            f"page {fault.page} says {fault.text!r}, which no sentence says ({where})",
            "a layout holds no words of its own: take them out",
        )
    return Problem(
        where,
        f"page {fault.page} does not say a text whole and in its order, from {fault.text[:40]!r} on",
        f"let templates/layouts/{layout}.typ show each text whole, in one piece",
    )


def texts_of(message: Message, layout: Layout | None) -> list[str]:
    """Every text of a message that a format may print."""
    names = dict.fromkeys((*PRINTED, *(layout.shows if layout else ())))
    printed = [line for name in names for line in message.blocks.get(name, ())]
    return [
        *printed,
        *message.labels.values(),
        *(text for h in message.helplines for text in (h.contact.name, h.kind, *h.lines)),
    ]


def glyph_problem(character: str, message: Message, where: str) -> Problem:
    """A character that no font of a message shows, with the line that it stands in."""
    others = (line for name in shown_by("leaflet") for line in message.blocks[name])
    line = next(text for text in (*texts_of(message, None), *others) if character in text)
    what = f"no font shows U+{ord(character):04X} in {line[:60]!r}"
    return Problem(where, what, "replace this character", "glyph")


def clipped(frame: Fit, message: Message, campaign: Campaign, where: str) -> Problem:
    """A frame whose text does not fit, and who can shorten it."""
    lines = [
        line for name in FRAMES.get(frame.id, ()) for line in message.blocks.get(name, (message.labels.get(name, ""),))
    ]
    if frame.id in ("helpline", "helplines", "who", "call"):
        lines = [text for h in message.helplines for text in (h.contact.name, h.kind, *h.lines)]
    if frame.id == "imprint":
        lines.append(campaign.brand.organisation)
    longest = max(lines, key=lambda line: (max(map(len, line.split()), default=0) > 30, len(line)), default="")
    what = f"{frame.id!r} does not fit even at {frame.size:g} pt: {longest[:60]!r}"
    return Problem(where, what, _shorten(message, campaign, longest), "clipped")


def _shorten(message: Message, campaign: Campaign, text: str = "") -> str:
    """Who can shorten a text, and where."""
    if text and text == campaign.brand.organisation:
        return "campaign staff: write a shorter name at brand.organisation in campaign.toml"
    if any(text == helpline.contact.name for helpline in message.helplines):
        return "campaign staff: write a shorter name of the contact in contacts.toml"
    if message.locale == campaign.source_language:
        return "campaign staff: shorten this text in templates/messages"
    return f"a mediator of {message.locale} can shorten this text, on the review page or in the PO file"
