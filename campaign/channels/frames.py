"""The frames of layouts, and the longest words of each: what could be wider than its frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from campaign.channels.runs import names
from campaign.model.blocks import ALT, HEADINGS, SECTIONS, shown_by
from campaign.model.labels import STEPS
from campaign.model.message import Message

#: Where a line breaks though no space stands there (UAX #14, classes BA, HY, B2 and ZW).
_BREAKS = re.compile("[\u00ad\u1361\u2010\u2013\u2014\u200b/-](?=[^\\W\\d])")

#: Scripts without spaces between words: Typst breaks them, so no single word can be too wide.
UNSPACED = ("Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant", "Jpan")

#: The blocks and labels whose texts a layout shows, by frame: `signs` and `rights` are the first and the second page of
#: a leaflet, `lists` and `headings` those of panels side by side; each block has a frame of its own too.
FRAMES: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in shown_by("leaflet") if name != ALT},
    **{f"{spec.name}-list": (spec.name,) for spec in SECTIONS},
    "signs": ("lead", *(name for spec in SECTIONS if spec.front for name in spec.names)),
    "rights": (*(name for spec in SECTIONS if not spec.front for name in spec.names), "closing"),
    "lists": tuple(spec.name for spec in SECTIONS),
    "headings": HEADINGS,
    "head": ("title",),
    "scan": ("scan",),
    "emergency": ("emergency_line",),
    "folio": ("edition_line",),
    "imprint": ("edition_line",),
    "draft": ("draft_line",),
    "neutral": ("neutral",),
    "pictograms": tuple(STEPS),
}


def long_words(message: Message, script: str) -> dict[str, list[str]]:
    """For each frame the eight longest words: the ones that could be wider than the frame."""
    texts = {
        frame: [line for name in names for line in message.blocks.get(name, (message.labels.get(name, ""),))]
        for frame, names in FRAMES.items()
    }
    texts["helpline"] = [
        message.labels["contacts_title"],
        *(text for h in message.helplines for text in (h.kind, h.contact.name, *h.lines)),
    ]
    texts["who"] = [message.helplines[0].kind, message.helplines[0].contact.name]
    if script in UNSPACED:
        return {frame: [] for frame in (*texts, "flow")}
    found = {frame: longest(tuple(lines)) for frame, lines in texts.items()}
    found["flow"] = _first(word for words in found.values() for word in words)
    return {frame: list(words) for frame, words in found.items()}


@lru_cache(maxsize=4096)  # most of what a frame holds stands in each country
def longest(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The eight longest stretches of these lines that layouts never break."""
    return _first(word for line in lines for word in _unbroken(line))


def _first(words: Iterable[str]) -> tuple[str, ...]:
    """The eight longest of these words."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word))[:8])


@lru_cache(maxsize=16384)  # a line stands in several frames, formats and countries
def _unbroken(line: str) -> tuple[str, ...]:
    """The stretches of a line that layouts never break: its words, two short last ones as one (as `runs` has it)."""
    # UAX #14: a line breaks after a hyphen, a soft one (which is seen there), Ethiopic's space between words.
    for name in names(line):
        line = line.replace(name, name.replace("-", "\u2011"))
    *words, last = _BREAKS.sub(r"\g<0> ", line).replace("\u00ad", "-").replace("\u2011", "-").split() or [""]
    if words and len(words[-1]) <= 6 and len(last) <= 7:
        last = f"{words.pop()} {last}"
    return (*words, last)
