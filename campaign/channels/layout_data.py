"""A message as the JSON that a Typst layout reads, and the frames that each layout's text must fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from campaign import languages
from campaign.channels import draft, headline
from campaign.channels.frames import UNSPACED, long_words, longest
from campaign.channels.runs import Setting, special
from campaign.errors import CampaignError, Problem
from campaign.model.blocks import ALT, BLOCKS, EASY, HEADINGS, PRINTED, SECTIONS, TITLE, BlockSpec, Shape, shown_by
from campaign.model.campaign import Campaign
from campaign.model.labels import LABELS, ON_PAPER
from campaign.model.layout import MIN_TEXT, Layout
from campaign.model.message import Helpline, Message
from campaign.provenance.remainder import texts_in
from campaign.qr import code
from campaign.typeset.fonts import of_letters

_ICON = re.compile(r"\[(?P<icon>[a-z-]+)\]\s*(?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Press:
    """How an item is laid out for the press: `bleed` in mm; `proof` stamps every page with PROOF; `min_text` is the
    smallest type in pt that the printer can print.
    """

    bleed: float = 0.0
    proof: bool = False
    min_text: float = 0.0


#: Black text on paper is black ink alone, so the press has a palette whose ink is pure black.
PRESS_INK = "#000000"


def families(message: Message) -> tuple[str, ...]:
    """The fonts that a message is set in: its language's, then those of a helpline's languages and of its address."""
    named = (
        family
        for line in message.helplines
        for language in map(languages.get, line.contact.languages)
        if language.autonym in line.spoken
        for family in language.fonts
    )
    return tuple(dict.fromkeys((*languages.get(message.locale).fonts, *named, *of_letters("".join(message.lettered)))))


def data(
    message: Message, campaign: Campaign, *, review: bool, layout: Layout | None = None, press: Press | None = None
) -> dict[str, object]:
    """The values that every layout may use; texts stay texts, nothing in them is markup.

    `layout` adds what its table in campaign.toml says; `press` switches to the press palette and adds bleed.
    """
    fixed = (message.url, message.batch, campaign.edition.isoformat(), message.emergency.display)
    own = tuple(filter(None, fixed))  # without a page there is no address
    numbers = (*own, *_numbers(message.helplines))
    lines = (f"contact:{helpline.contact.id}" for helpline in message.helplines)
    shown = (*(layout.shows if layout else PRINTED), *lines)
    values = _values(message, campaign, shown, review=review, layout=layout, press=press)
    return _with_runs(values, message, numbers)


def _values(
    message: Message,
    campaign: Campaign,
    shown: Sequence[str],
    *,
    review: bool,
    layout: Layout | None = None,
    press: Press | None = None,
) -> dict[str, object]:
    _complete(message)
    language = languages.get(message.locale)
    audience = campaign.audiences[message.audience]
    helplines = [_helpline(h) for h in (layout.helplines(message) if layout else message.printed)]
    return {
        **language.typography(),
        "script": language.script,
        "fonts": list(families(message)),
        "scale": language.scale,
        "palette": {**campaign.brand.palette, **({"ink": PRESS_INK} if press else {})},
        "accent": campaign.brand.accents[audience.accent],
        "tag": language.tag,
        "item": {"number": audience.number, "row": audience.row},
        "organisation": campaign.brand.organisation,
        "logo": f"logos/{campaign.brand.logo}",
        "illustration": f"illustrations/{audience.illustration}",
        **{spec.name: _lines(spec, message) for spec in BLOCKS if "leaflet" in spec.channels},
        **{name: message.line(name) for name in HEADINGS},
        "headline": list(headline.lines(message)),
        "texts": list(TEXTS),
        "sections": [
            {
                "name": spec.name,
                "title": message.line(spec.heading),
                "items": _lines(spec, message),
                "mark": spec.mark.value if spec.mark else "",
                "front": spec.front,
            }
            for spec in SECTIONS
            if message.blocks[spec.name]
        ],
        **{name: message.labels[name] for name in ON_PAPER},
        "language": {"autonym": language.autonym, "english": language.english},
        "helplines": helplines,
        "words": long_words(message, language.script),
        "qr": asdict(code(message.url)) if message.coded else None,
        "url": message.url,
        "draft": _draft(message, shown, proof=press is not None and press.proof, review=review),
        "bleed": press.bleed if press else 0,
        "min_text": smallest(layout, press),
        "emergency": message.emergency.display,
        "format": _format(layout) if layout else None,
        "pictograms": _pictograms(message, layout),
    }


def smallest(layout: Layout | None, press: Press | None) -> float:
    """The smallest type in pt that a layout may set: for its readers, and for the press."""
    return max(layout.min_text if layout else MIN_TEXT, press.min_text if press else 0.0)


def _pictograms(message: Message, layout: Layout | None) -> list[dict[str, str]]:
    """The steps of a call with their pictures, for a format whose table says `pictograms = true`."""
    wanted = layout is not None and "label:step_call" in layout.shows
    return [{"icon": icon, "text": text} for icon, text in message.pictograms] if wanted else []


def _format(layout: Layout) -> Mapping[str, object]:
    """What a design may know of its table."""
    size = {"width": layout.width, "height": layout.height, "pages": layout.pages}
    return {**size, "panels": list(layout.panels), "coded": layout.coded}


def _complete(message: Message) -> None:
    """Refuse a message that nobody has finished: a page begins with its headline, and a picture is described.

    Raises:
        CampaignError: a block that every page needs is empty.
    """
    where, todo = f"templates/messages/{message.audience}.j2", "write it between {% trans %} and {% endtrans %}"
    needed = ((TITLE, "every page begins with its headline"), (ALT, "it describes the picture for who cannot see it"))
    if empty := [(name, why) for name, why in needed if not message.line(name)]:
        raise CampaignError(Problem(where, f"the block {name} is empty: {why}", todo) for name, why in empty)


#: The names of what layouts set: style.typ keeps the numbers in these whole.
TEXTS = (
    "headline",
    *(name for name in shown_by("leaflet") if name not in (ALT, EASY)),
    *(spec.name for spec in LABELS if spec.name in ON_PAPER and not spec.describes),
)

#: Not for readers: what the compiler and the layout are told. The longest words of frames are only measured, the path
#: of a code is only drawn.
TOLD = frozenset(
    (
        "lang",
        "region",
        "dir",
        "script",
        "fonts",
        "palette",
        "accent",
        "logo",
        "illustration",
        "qr",
        "words",
        "runs",
        "format",
    )
)

#: What a card may use of `data`.
_CARD = (
    *("lang", "region", "dir", "script", "fonts", "leading", "scale", "palette", "accent", "language"),
    *("organisation", "logo", "logo_alt", "illustration", "title", "headline", "alt", "draft", "bleed", "texts"),
)


def card_data(
    message: Message, campaign: Campaign, shown: Sequence[str], *, review: bool, captions: Sequence[str] = ()
) -> dict[str, object]:
    """The values that a card may use: the title and the first helpline, and no other sentence of the message.

    `shown` are the blocks whose texts it shows, `captions` what a film shows one after another.
    """
    values, first = _values(message, campaign, shown, review=review), message.helplines[:1]
    words = values["words"]
    assert isinstance(words, dict)  # noqa: S101 - long_words made it
    card: dict[str, object] = {
        **{name: values[name] for name in _CARD},
        "helplines": [_helpline(helpline) for helpline in first],
        "words": {frame: words[frame] for frame in ("title", "who")},
    }
    if captions:
        widest = [] if values["script"] in UNSPACED else list(longest(tuple(captions)))
        card |= {"captions": list(captions), "words": {**words, "caption": widest}}
    return _with_runs(card, message, (*_numbers(first), message.emergency.display))


def _helpline(helpline: Helpline) -> dict[str, object]:
    return {
        "number": helpline.contact.display,
        "name": helpline.contact.name,
        "kind": helpline.kind,
        "claims": [list(claim) for claim in helpline.claims],
    }


def _draft(message: Message, shown: Sequence[str], *, proof: bool, review: bool) -> dict[str, str] | None:
    if proof:
        units = message.used(*shown)
        line = draft.line(units) if review and draft.unread(units) else "Proof for the printer. Not for printing."
        return {
            "word": "PROOF",
            "english": "PROOF",
            "line": message.labels["draft_line"] if review else line,
            "english-line": line,
        }
    if not review:
        return None
    return {
        "word": message.labels["draft"],
        "english": draft.DRAFT,
        "line": message.labels["draft_line"],
        "english-line": draft.line(message.used(*shown)),
    }


def _lines(spec: BlockSpec, message: Message) -> object:
    """The lines of a block in its shape."""
    if spec.shape is Shape.IDEAS:
        return [_idea(line) for line in message.blocks[spec.name]]
    return message.line(spec.name) if spec.shape is Shape.LINE else list(message.blocks[spec.name])


def _idea(line: str) -> dict[str, str]:
    """One idea of an Easy Read text: `[icon] sentence`."""
    match = _ICON.fullmatch(line)
    return {"icon": match["icon"], "text": match["text"]} if match else {"icon": "", "text": line}


def _numbers(helplines: Iterable[Helpline]) -> Iterator[str]:
    """What helplines print that is read from left to right and never broken."""
    return (text for helpline in helplines for text in helpline.contact.unbroken)


def _with_runs(values: Mapping[str, object], message: Message, numbers: Sequence[str]) -> dict[str, object]:
    """The values with the runs of each text among them that is set."""
    shown = texts_in({name: value for name, value in values.items() if name not in TOLD})
    places = [text for text in message.lettered if text not in numbers]
    setting = Setting(numbers, message.marked, str(values["script"]), values["dir"] == "rtl", places)
    return {**values, "runs": special(shown, setting)}
