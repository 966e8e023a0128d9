"""The language of a text: its script always, its language where an offline identifier is installed and sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import regex

from campaign import languages
from campaign.checks.script import SCRIPTS

#: Below these numbers of letters nothing is said about the script, or about the language.
FEWEST_FOR_SCRIPT, FEWEST_FOR_LANGUAGE = 12, 60
#: Scripts that one sign can write a word with are judged by fewer letters.
_DENSE = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
SURE = 0.95

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ADDRESS = regex.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|\b[\w-]{1,63}\.(?:org|com|net|eu|int)\b\S{0,200}"
)
_SAMPLE = 20_000  # characters: more of the same text makes no identifier surer

#: Languages that the identifier's model does not part, or has under another code: registry tag -> the model's codes.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pt-BR": ("pt",), "prs": ("fa",), "sr-Cyrl": ("sr",), "zh-Hans": ("zh", "wuu", "yue"),
        "zh-Hant": ("zh", "yue", "wuu"), "nb": ("no", "nn", "da"), "da": ("da", "no"), "fil": ("tl",),
        "kmr": ("ku",), "ckb": ("sdh", "ku"), "ti": ("am",), "arz": ("arz", "ar"), "ary": ("ary", "ar"),
        "hr": ("hr", "bs", "sr"), "bs": ("bs", "hr", "sr"), "id": ("id", "ms"), "ms": ("ms", "id"), "ff": ("fuv",),
        "uz": ("uz", "uzs"), "pcm": ("pcm", "en"), "ar": ("ar", "arz", "ary"), "fa": ("fa",),
    }
)  # fmt: skip

#: Of these the model knows a neighbour only: that a text is taken for a third language says nothing.
NEIGHBOURS_ONLY = frozenset({"ckb", "ti", "prs", "ff"})


@dataclass(frozen=True, slots=True)
class Guess:
    """`script` is the Unicode script of most letters and `share` its part of them (0 to 1); `code` is the identifier's
    language, empty when it is not installed, not sure, or the text is too short; `letters` counts what was looked at.
    """

    script: str
    share: float
    code: str
    confidence: float
    letters: int


def guess(text: str) -> Guess:
    """The script and the language of a text; addresses are left out."""
    sample = _ADDRESS.sub(" ", text[:_SAMPLE])
    words = _WORD.findall(sample)
    letters = Counter(_script(character) for word in words for character in word)
    letters.pop("", None)
    total = letters.total()
    if not total:
        return Guess("", 0.0, "", 0.0, 0)
    script, count = letters.most_common(1)[0]
    code, confidence = "", 0.0
    if total >= (15 if script in _DENSE else FEWEST_FOR_LANGUAGE) and (identifier := _identifier()):
        # Only the words of the main script: an English name in an Arabic text says nothing about it.
        code, confidence = identifier.classify(" ".join(w for w in words if _script(w[0]) in (script, "")))
    return Guess(script, count / total, code if confidence >= SURE else "", float(confidence), total)


@cache
def _script(character: str) -> str:
    for names in SCRIPTS.values():
        for name in names:
            if regex.match(rf"\p{{Script={name}}}", character):
                return name
    return "" if regex.match(r"[\p{Script=Common}\p{Script=Inherited}]", character) else "other"


@cache
def _identifier() -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def installed() -> bool:
    """Whether the language identifier is there (extra `audit`)."""
    return _identifier() is not None


def tag_of(found: Guess) -> str:
    """The registry's tag for a guess; empty when it is unsure."""
    if not found.code:
        # Some scripts write one language of the registry only.
        only = [tag for tag, known in languages.registry().items() if found.script in SCRIPTS[known.script]]
        return only[0] if len(only) == 1 and found.letters >= FEWEST_FOR_SCRIPT else ""
    fits = [tag for tag, codes in CODES.items() if found.code == codes[0]]
    if found.code in languages.registry():
        return found.code
    return fits[0] if fits else found.code


def fits(tag: str, found: Guess) -> bool | None:
    """Whether a text may be in the language `tag`; None when nothing can be said."""
    known = languages.registry().get(tag)
    if known is None or found.letters < FEWEST_FOR_SCRIPT:
        return None
    if found.share > 0.6 and found.script not in SCRIPTS[known.script]:
        return False
    if not found.code:
        return None
    alike = found.code in CODES.get(tag, (tag.partition("-")[0],))
    return alike if alike or (_covered(tag) and tag not in NEIGHBOURS_ONLY) else None


@cache
def _covered(tag: str) -> bool:
    identifier = _identifier()
    codes = CODES.get(tag, (tag.partition("-")[0],))
    return identifier is not None and any(code in identifier.labels for code in codes)


def declared(file: str, own: str) -> str:
    """The registry tag that a file goes by: in its name (`leaflet-ar.pdf`, `leaflet.ar.html`), in its folder (`ar/…`),
    or in itself (`own`: the lang of HTML, the /Lang of PDF); empty when there is none.
    """
    path = PurePath(file)
    known = {tag.lower(): tag for tag in languages.registry()}
    pieces = regex.split(r"[-_. ]", path.name.rpartition(".")[0] or path.name)
    pairs = [f"{one}-{two}" for one, two in pairwise(pieces)]
    # From the end: the tag is the last word of a name more often than the first. A lone short word may be a word.
    for piece in (*reversed(pairs), pieces[-1], *reversed([p.lower() for p in path.parts[:-1][-3:]]), pieces[0]):
        if piece.lower() in known and (len(pieces) > 1 or len(path.parts) > 1 or piece == path.stem):
            return known[piece.lower()]
    own = own.replace("_", "-").lower()
    return known.get(own) or known.get(own.partition("-")[0], "")
