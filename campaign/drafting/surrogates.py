"""Stand-ins for protected stretches while an engine works, and the way back: each must come out exactly once.

None survives every engine (measured), so there is a ladder of kinds: the plainest word that fits the place first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.drafting.protect import Span, fold, kind_of

#: The rungs, best first (measured on two engines: design section 6).
RUNGS = ("typed", "number", "bracket", "rare")

#: A letter or digit that may not touch a stand-in. Of other scripts it may: Japanese puts no spaces around a name.
LETTER = r"[A-Za-z0-9\u00c0-\u024f]"

_NAMES = ("Zanobia", "Torvane", "Quellia", "Mirzolan", "Dravenka", "Oskuria", "Belnavo", "Yestrida")
_RARE = ("Zqovara", "Xilbeno", "Wrenzak", "Kvostra", "Jhurbel", "Pteluna", "Gwizmar", "Vlaquen")

#: What no finished text may hold: a stand-in of any rung.
LEFTOVER = re.compile("|".join([*_NAMES, *_RARE, r"\[X\d+X\]", r"zq\d+vx"]), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surrogate:
    """`shown` goes to the engine; `found` is how it may come back; `original` takes its place again."""

    shown: str
    found: re.Pattern[str]
    original: str
    kind: str = ""


def make(protected: Sequence[Span], rung: str, text: str) -> list[Surrogate] | None:
    """Stand-ins for the stretches of a text on one rung of the ladder; None when there are none that are new to it."""
    taken: set[str] = set()
    found = []
    for span in protected:
        shown = next((c for c in _candidates(span, rung) if c not in taken and not _collides(c, text)), None)
        if shown is None:
            return None
        taken.add(shown)
        found.append(Surrogate(shown, _pattern(shown), span.text, span.kind))
    return found


def _candidates(span: Span, rung: str) -> Iterator[str]:
    if rung == "number":
        return (str(90871 - 3677 * n) for n in range(20))
    if rung == "bracket":
        return (f"[X{n}X]" for n in range(40))
    if rung == "rare":
        return iter(_RARE)
    match kind_of(span):
        case "phone":
            return (f"0800 {461 + 122 * n % 500} {927 - 11 * n}" for n in range(20))
        case "number":
            return (str(47 + 7 * n) for n in range(7))
        case "percent":
            return (f"{47 + 7 * n}%" for n in range(7))
        case "url":
            return (f"www.zq{n}vx.org" for n in range(1, 20))
        case "email":
            return (f"zq{n}@vx.org" for n in range(1, 20))
        case "hashtag":
            return (f"#Zq{n}vx" for n in range(1, 20))
        case "markup":
            # Engines know plain tags; a copy of the tag itself is the best stand-in, and each counts for itself.
            return (f"<x{n}>" for n in range(1, 40))
        case _:
            return iter(_NAMES)


def _collides(candidate: str, text: str) -> bool:
    return bool(_pattern(candidate).search(fold(text)))


def _pattern(shown: str) -> re.Pattern[str]:
    """How a stand-in may come back: engines regroup digits and put spaces before a percent sign, and nothing else."""
    if re.fullmatch(r"[\d %]+", shown):
        runs = r"[ \u00a0\u202f.,\-]?".join(shown.replace(" ", "").replace("%", ""))
        percent = r"[ \u00a0\u202f]?[%٪]" if "%" in shown else r"(?![%٪])"
        return re.compile(rf"(?<![\d+])(?<!\d[.,]){runs}{percent}(?!\d)(?![.,:/]\d)")
    before = rf"(?<!{LETTER})" if shown[0].isalnum() else rf"(?<![&#])(?<!{LETTER})" if shown[0] == "#" else ""
    after = rf"(?!{LETTER})" if shown[-1].isalnum() else ""
    # A domain that goes on is another address.
    after += rf"(?![@/-]|\.{LETTER})" if "vx.org" in shown else ""
    return re.compile(before + re.escape(shown) + after)


def shown_text(text: str, protected: Sequence[Span], surrogates: Sequence[Surrogate]) -> str:
    """The text as the engine sees it."""
    parts, at = [], 0
    for span, surrogate in zip(protected, surrogates, strict=True):
        parts += [text[at : span.start], surrogate.shown]
        at = span.end
    return "".join([*parts, text[at:]])


def restore(output: str, surrogates: Sequence[Surrogate]) -> list[tuple[str, bool]] | None:
    """The engine's text as parts, each with whether it is protected; None unless every stand-in is there exactly once.

    Tags must come back in the order of the source: a reversed pair would break the page.
    """
    folded, places = fold(output), []
    for surrogate in surrogates:
        matches = list(surrogate.found.finditer(folded))
        if len(matches) != 1:
            return None
        places.append((matches[0].start(), matches[0].end(), surrogate))
    tags = [place[0] for place in places if place[2].kind == "markup"]
    places.sort(key=lambda place: place[0])
    if tags != sorted(tags) or any(one[1] > two[0] for one, two in pairwise(places)):
        return None
    parts, at = [], 0
    for start, end, surrogate in places:
        if _residue(output[at:start], surrogates):
            return None
        # A glossary term is a word of the sentence: capitals apply to it as to the others.
        parts += [(output[at:start], False), (surrogate.original, surrogate.kind != "term")]
        at = end
    return None if _residue(output[at:], surrogates) else [*parts, (output[at:], False)]


def _residue(text: str, surrogates: Sequence[Surrogate]) -> bool:
    """Whether a piece of a stand-in is left over: a name that grew an ending, a bracket, half a domain."""
    lowered = text.lower()
    return any(stem in lowered for stem in map(_stem, surrogates) if stem)


def _stem(surrogate: Surrogate) -> str:
    """The part of a stand-in that no text has by chance; none for digits, which are counted elsewhere."""
    if address := re.search(r"zq\d+vx", surrogate.shown.lower()):
        return address[0]
    word = re.sub(r"\W", "", surrogate.shown).lower()
    return "" if word[:1].isdigit() or len(word) < 3 else word[:5]
