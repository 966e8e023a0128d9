"""The language of a text: its script, and its language by its commonest words and by an offline identifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Protocol

import regex

from campaign import languages
from campaign.identify.claims import Claims, claims, leader, listed, rival
from campaign.reading import addresses
from campaign.scripts import SCRIPTS, script_of

#: Below these numbers of letters nothing is said about the script, or about the language.
FEWEST_FOR_SCRIPT, FEWEST_FOR_LANGUAGE = 12, 60
#: Scripts that one sign can write a word with are judged by fewer letters.
_DENSE = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
_WEIGHT = 3
SURE = 0.95
#: A text is in another language when at least so many words, and such a part of all words, are among the commonest of
#: that one and not of its own, and so many times more than the other way round.
FEWEST_CLAIMS, SHARE, ODDS = 4, 0.12, 3.0
#: Of a language that the identifier does not know a text has at least this part of the commonest words.
STRANGE, FEWEST_WORDS = 0.04, 20

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_SAMPLE = 20_000  # characters: more of the same text makes no identifier surer

#: Languages that the identifier's model does not part, or has under another code: registry tag -> the model's codes.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pt-BR": ("pt",), "prs": ("fa",), "sr-Cyrl": ("sr",), "zh-Hans": ("zh", "wuu", "yue"),
        "zh-Hant": ("zh", "yue", "wuu"), "nb": ("no", "nn"), "fil": ("tl",),
        "kmr": ("ku",), "ckb": ("sdh", "ku"), "ti": ("ti", "am"), "arz": ("arz", "ar"), "ary": ("ary", "ar"),
        "hr": ("hr", "bs", "sr"), "bs": ("bs", "hr", "sr"), "id": ("id", "ms"), "ms": ("ms", "id"), "ff": ("fuv",),
        "uz": ("uz", "uzs"), "pcm": ("pcm", "en"), "ar": ("ar", "arz", "ary"), "fa": ("fa",),
    }
)  # fmt: skip

#: Of these the model knows a neighbour only: that a text is taken for a third language says nothing.
NEIGHBOURS_ONLY = frozenset({"ckb", "ti", "prs", "ff", "wo", "rom", "sd"})


@dataclass(frozen=True, slots=True)
class Guess:
    """`script` is the Unicode script of most letters and `share` its part of them (0 to 1); `code` is the identifier's
    language, empty when it is not installed, not sure, or the text is too short; `letters` counts what was looked at,
    and `claims` says which languages claim its words.
    """

    script: str
    share: float
    code: str
    confidence: float
    letters: int
    claims: Claims


def guess(text: str) -> Guess:
    """The script and the language of a text; addresses are left out."""
    sample = addresses.without(text[:_SAMPLE])
    words = _WORD.findall(sample)
    letters = Counter(script_of(character) for word in words for character in word)
    letters.pop("", None)
    total = letters.total()
    if not total:
        return Guess("", 0.0, "", 0.0, 0, claims(""))
    # A sign that writes a word weighs as much as the letters of one: names in Latin letters are not most of the text.
    weights = {name: count * (_WEIGHT if name in _DENSE else 1) for name, count in letters.items()}
    script = max(weights, key=weights.__getitem__)
    code, confidence = "", 0.0
    if total >= (15 if script in _DENSE else FEWEST_FOR_LANGUAGE) and (identifier := _identifier()):
        # Only the words of the main script: an English name in an Arabic text says nothing about it.
        code, confidence = identifier.classify(" ".join(w for w in words if script_of(w[0]) in (script, "")))
    return Guess(
        script,
        weights[script] / sum(weights.values()),
        code if confidence >= SURE else "",
        float(confidence),
        total,
        claims(sample),
    )


class Identifier(Protocol):
    """What py3langid knows: `labels` are the codes of its languages."""

    labels: Sequence[str]

    def classify(self, text: str, /) -> tuple[str, float]:
        """The code of a text's language, and how sure that is, 0 to 1."""


@cache
def _identifier() -> Identifier | None:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    identifier: Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def installed() -> bool:
    """Whether the language identifier is there (extra `audit`)."""
    return _identifier() is not None


def tag_of(found: Guess) -> str:
    """The registry's tag for a guess; empty when it is unsure."""
    if first := leader(found.claims, fewest=FEWEST_CLAIMS, odds=ODDS):
        return first
    if not found.code:
        # Some scripts write one language of the registry only.
        only = [tag for tag, known in languages.registry().items() if found.script in SCRIPTS[known.script]]
        return only[0] if len(only) == 1 and found.letters >= FEWEST_FOR_SCRIPT else ""
    return _tag(found.code)


def _tag(code: str) -> str:
    """The registry's tag for a code of the identifier, or the code itself."""
    if code in languages.registry():
        return code
    return next((tag for tag, codes in CODES.items() if code == codes[0]), code)


def fits(tag: str, found: Guess) -> bool | None:
    """Whether a text may be in the language `tag`; None when nothing can be said."""
    known = languages.registry().get(tag)
    if known is None or found.letters < FEWEST_FOR_SCRIPT:
        return None
    if found.share > 0.6 and found.script not in SCRIPTS[known.script]:
        return False
    if other(tag, found):
        return False
    owned = found.claims.own(tag) >= max(FEWEST_CLAIMS, SHARE * found.claims.words)
    if not found.code:
        return True if owned else None
    if found.code in CODES.get(tag, (tag.partition("-")[0],)):
        return True
    named = _tag(found.code)
    if owned and found.claims.against(tag, named) >= found.claims.against(named, tag):
        return True
    if _covered(tag) and tag not in NEIGHBOURS_ONLY:
        return False
    strange = found.claims.own(tag) < STRANGE * found.claims.words and found.claims.words >= FEWEST_WORDS
    return False if listed(tag) and strange else None


def other(tag: str, found: Guess) -> str:
    """The language of the same script that a text is in instead of `tag`, by its commonest words; or empty."""
    return rival(tag, found.claims, fewest=FEWEST_CLAIMS, share=SHARE, odds=ODDS)


@cache
def _covered(tag: str) -> bool:
    identifier = _identifier()
    codes = CODES.get(tag, (tag.partition("-")[0],))
    return identifier is not None and any(code in identifier.labels for code in codes)
