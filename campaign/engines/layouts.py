"""How a model for many languages is told which one it reads and which one it writes: the tokens of its vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from campaign import languages
from campaign.engines.translator import Marks
from campaign.model.language import Language

END = "</s>"

#: Codes of scripts that models write otherwise than the registry.
_SCRIPTS = {"Hang": "Kore"}


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of model: `token` is what names a language in its vocabulary, the code of it in the group.

    `reads` says that the language of the source is named as well, `begins` that the translation begins with its token.
    """

    name: str
    token: re.Pattern[str]
    reads: bool = False
    begins: bool = False

    def marks(self, source: str, target: str, *, ended: bool) -> Marks:
        """Where the tokens of the two languages stand; `ended` says that the library ends sentences by itself."""
        behind = () if ended else (END,)
        before = source if self.reads else target
        return Marks((before,) if before else (), behind, (target,) if self.begins else ())


#: The layouts by name. Meta's NLLB and M2M-100, Google's MADLAD-400, and the models of OPUS-MT into several languages.
LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("nllb", re.compile(r"([a-z]{3}_[A-Z][a-z]{3})"), reads=True, begins=True),
        Layout("m2m", re.compile(r"__([a-z]{2,3})__"), reads=True, begins=True),
        Layout("madlad", re.compile(r"<2([a-z]{2,3}(?:_[A-Z][a-z]{3}|_[A-Z]{2})?)>")),
        Layout("opus", re.compile(r">>([a-z]{2,3}(?:_[A-Z][a-z]{3})?)<<")),
    )
}
#: The layout of a model for one pair of languages.
PAIR = "pair"

#: So many tokens make a layout: one may be a word of the vocabulary by chance.
_FEWEST = 2
#: The most languages that a model is believed to know.
MOST = 2000


def found(vocabulary: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The layout that a vocabulary has, and its tokens; PAIR and none where it names no languages."""
    tokens: dict[str, list[str]] = {name: [] for name in LAYOUTS}
    for piece in vocabulary:
        for name, layout in LAYOUTS.items():
            if layout.token.fullmatch(piece):
                tokens[name].append(piece)
    best = max(tokens, key=lambda name: len(tokens[name]))
    return (best, tuple(tokens[best][:MOST])) if len(tokens[best]) >= _FEWEST else (PAIR, ())


def token(layout: str, tokens: Sequence[str], tag: str) -> str:
    """What names a language, or the language of which it is a region's in the same script; "" where nothing does."""
    known, base = by_language(layout, tokens), tag.partition("-")[0]
    if tag in known or base not in known:
        return known.get(tag, "")
    return known[base] if languages.get(base).script == languages.get(tag).script else ""


def by_language(layout: str, tokens: Sequence[str]) -> Mapping[str, str]:
    """Tag of the registry -> the token that names it."""
    return _by_language(layout, tuple(tokens), languages.own())


@lru_cache(maxsize=64)
def _by_language(layout: str, tokens: tuple[str, ...], _own: tuple[Language, ...]) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for token in sorted(tokens, key=lambda token: (len(token), token)):
        match = LAYOUTS[layout].token.fullmatch(token)
        code, _, script = match[1].partition("_") if match else ("", "", "")
        tag = languages.resolve("-".join(filter(None, (code, _SCRIPTS.get(script, script)))))
        # Of several codes of one language its own one counts: Latvian is lvs and lav, but ltg is another language.
        if tag and (tag not in known or code in (tag.partition("-")[0], languages.get(tag).iso639_3)):
            known[tag] = token
    return known
