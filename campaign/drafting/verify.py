"""Whether a draft may stand: every protected stretch as often as in the source, the same numbers, nothing odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from campaign.drafting.echoes import copied, loop
from campaign.drafting.protect import digits, spans
from campaign.drafting.surrogates import LEFTOVER, LETTER
from campaign.render.characters import unprintable

#: A draft may be this many times as long as its source, and this many characters more.
LONGEST, MARGIN = 4, 80

#: Leftovers of engines: music and replacement signs, unknown-word marks.
_JUNK = re.compile(r"[♪♫�⁇]|<unk>|▁|@@", re.IGNORECASE)
#: What nobody sees and languages are written with: line ends, spaces that do not break, joiners, marks of direction.
_UNSEEN = "\n\u00a0\u2009\u202f\u3000\u200c\u200d\u200e\u200f\u061c"

#: Characters of a repeated stretch that are shown.
_SHOWN = 40

_WIRING = ("placeholder", "markup", "url", "email", "percent")


def faults(source: str, text: str, names: Sequence[str] = (), *, kept: Sequence[str] | None = None) -> list[str]:
    """Why a text cannot stand for a source; none when it may. Words are for the list that the user reads.

    `kept` are the stretches that the text must hold exactly once each, where they differ from those of the source
    (a glossary term that was put in).
    """
    if odd := _odd(source, text):
        return [odd]
    protected = [span.text for span in spans(source, names)]
    wanted = Counter(protected if kept is None else kept)
    found = []
    have, rest = _counted(text, [*wanted, *names])
    bare, own = (_counted(words, [*protected, *names])[1] for words in (source, text))
    if _worded(bare) and not _worded(own):
        return ["the engine gave no words"]
    if copied(bare, own):
        return ["the engine gave the source back"]
    if (again := loop(text)) and not loop(source):
        return [f"the engine says {again[:_SHOWN]!r} again and again"]
    for piece in sorted(wanted.keys() | have.keys()):
        if wanted[piece] != have[piece]:
            found.append(f"{piece} stands {have[piece]} times, not {wanted[piece]}")
    if extra := [span.text for span in spans(rest) if span.kind in _WIRING]:
        found.append(f"{', '.join(extra)} is not in the source")
    if digits(source) != digits(text):
        found.append("its numbers differ from those of the source")
    if text.count("\n") != source.count("\n"):
        found.append("its lines differ from those of the source")
    return found


def _odd(source: str, text: str) -> str:
    """What a text is that no translation of the source can be, by its signs and its length; "" when it is none."""
    if not text.strip():
        return "the engine gave nothing"
    if (bad := unprintable(text)) or ((junk := _JUNK.search(text)) and junk[0] not in source):
        return f"the engine gave odd signs ({bad or 'leftovers'})"
    if odd := next((sign for sign in text if not sign.isprintable() and sign not in _UNSEEN + source), ""):
        return f"the engine gave odd signs (U+{ord(odd):04X})"
    if (left := LEFTOVER.search(text)) and left[0] not in source:
        return f"the engine left {left[0]} in the text"
    if len(text) > LONGEST * len(source) + MARGIN:
        return "the engine gave a text that is far too long"
    return ""


def _counted(text: str, pieces: Sequence[str]) -> tuple[Counter[str], str]:
    """How often each piece stands in a text, the longest first, and the text without them."""
    longest = sorted(set(filter(None, pieces)), key=lambda piece: (-len(piece), piece))
    if not longest:
        return Counter(), text
    pattern = "|".join(
        (rf"(?<!{LETTER})" if piece[0].isalnum() else "")
        + re.escape(piece)
        + (rf"(?!{LETTER})" if _word(piece) else "")
        for piece in longest
    )
    return Counter(re.findall(pattern, text)), re.sub(pattern, " ", text)


def _worded(text: str) -> bool:
    """Whether a text holds a letter; the figures that Python takes for letters of a word (²) are none."""
    return any(map(str.isalpha, text))


def _word(piece: str) -> bool:
    """Whether a letter after the piece would make another word of it; `%(name)s` ends by itself."""
    return piece[-1].isalnum() and not piece.startswith("%")
