"""The rows of a worksheet: one per sentence (or plural form) that nobody signed, with what helps to translate it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.catalogue.glossary import Glossary
from campaign.catalogue.memory import Memory
from campaign.model.blocks import ELSEWHERE
from campaign.model.state import State
from campaign.model.unit import Unit

#: Languages that readers of a language often read too: their texts are shown as a help.
RELATED: Mapping[str, tuple[str, ...]] = {
    "ti": ("am", "ar"), "am": ("ti",), "so": ("ar",), "om": ("am",), "ps": ("prs", "fa", "ur"), "prs": ("fa", "ps"),
    "fa": ("prs",), "ckb": ("ar", "kmr"), "kmr": ("tr", "ckb"), "ary": ("ar", "fr"), "arz": ("ar",), "sd": ("ur",),
    "ug": ("tr",), "pcm": ("en",), "ln": ("fr",), "wo": ("fr",), "ff": ("fr",), "sw": ("en",), "vi": ("fr",),
    "pt": ("pt-BR", "es"), "pt-BR": ("pt", "es"), "es": ("pt",), "hr": ("sr-Cyrl",), "sr-Cyrl": ("hr", "mk"),
    "mk": ("bg", "sr-Cyrl"), "bg": ("mk",), "uk": ("ru",), "ru": ("uk",), "rom": ("ro", "bg"), "ne": ("hi",),
    "pa": ("hi", "ur"), "gu": ("hi",), "te": ("hi",), "si": ("ta",), "hy": ("ru",), "ka": ("ru",), "uz": ("tr", "ru"),
    "az": ("tr",), "nl": ("de",), "da": ("nb", "sv"), "nb": ("da", "sv"), "sv": ("nb", "da"), "lo": ("th",),
}  # fmt: skip

_BLOCK = re.compile(r"\[(?P<file>[\w-]+)/(?P<block>[\w -]+)\]\s*(?P<note>.*)")
#: The section of a sentence that no note places: a layout needs a name to set.
_ELSEWHERE = "texts"


@dataclass(frozen=True, slots=True)
class Help:
    """A text to look at: its language and why it is shown ("in Arabic", "87 % alike")."""

    locale: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One text to write. `key` has the suffix #n where a unit has plural forms; `number` counts within its section."""

    number: int
    section: str
    block: str
    key: str
    source_hash: str
    context: str
    source: str
    current: str
    state: State
    terms: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()

    @property
    def elsewhere(self) -> str:
        """Where it is seen when it is not printed on a leaflet."""
        return ELSEWHERE.get(self.block, "")


def rows(
    units: Sequence[Unit],
    states: Mapping[str, State],
    categories: Sequence[str],
    glossary: Glossary,
    own: Memory,
    related: Mapping[str, Memory],
) -> list[Row]:
    """The rows of every unit that is not signed, in file order. `categories` are the plural forms of the language."""
    found: list[Row] = []
    counts: dict[str, int] = {}
    for unit in units:
        state = states.get(unit.key, State.MISSING)
        if state is State.SIGNED:
            continue
        match = _BLOCK.match(unit.notes)
        section, block, note = match.groups() if match else (_ELSEWHERE, "", unit.notes)
        helps = _helps(unit, own, related)
        for index in range(len(unit.forms)):
            counts[section] = counts.get(section, 0) + 1
            source = unit.plural if unit.plural and categories[index] != "one" else unit.source
            hints = [note, unit.context, f"plural form {index}: {categories[index]}" if unit.plural else ""]
            found.append(
                Row(
                    counts[section],
                    section,
                    block,
                    f"{unit.key}#{index}" if unit.plural else unit.key,
                    unit.source_hash,
                    f"[{section}/{block}] {'; '.join(filter(None, hints))}".strip(),
                    source,
                    unit.forms[index],
                    state,
                    tuple(_said(term.term, term.forms, term.note, keep=term.keep) for term in glossary.hits(source)),
                    tuple(Help(h.locale, h.label, h.text) for h in helps),
                )
            )
    return found


def _helps(unit: Unit, own: Memory, related: Mapping[str, Memory]) -> list[Help]:
    helps = [Help(tag, "", match.unit.text) for tag, memory in related.items() if (match := memory.exact(unit))]
    if not unit.translated and (match := own.exact(unit) or own.similar(unit)):
        helps.append(Help(unit.locale, f"{match.percent} % alike", match.unit.text))
    return helps


def _said(term: str, forms: Sequence[str], note: str, *, keep: bool) -> str:
    said = "stays as it is" if keep else " or ".join(forms)
    return f"{term}: {'; '.join(filter(None, (said, note)))}"
