"""How long a script takes to read: by the clips that a voice kept, else by its letters."""

from __future__ import annotations

import unicodedata
from statistics import median

from campaign import languages
from campaign.voice.recordings import Voice
from campaign.voice.script import PAUSES, Number, Pause, Script

#: Letters and marks a second of somebody who reads calmly, before a voice of the language has a pace of its own: by
#: script, since some write no vowels, a syllable or a word with one sign. Set from machines and kept round.
_PACE = 12.0
_PACES = {
    "Arab": 8.0,
    "Aran": 8.0,
    "Hebr": 8.0,
    "Beng": 8.0,
    "Deva": 8.0,
    "Ethi": 5.0,
    "Hans": 4.0,
    "Hant": 4.0,
    "Jpan": 5.0,
}
#: So many clips of a voice are its pace. Seconds of a digit.
_ENOUGH, _DIGIT = 5, 0.5


def seconds(script: Script, voice: Voice | None = None) -> float:
    """About how long it is, with its pauses."""
    takes, usual, total = voice.takes if voice else {}, _usual(script.locale, voice), 0.0
    for part in script.parts:
        if isinstance(part, Pause):
            total += PAUSES[part.name] / 1000
        elif isinstance(part, Number):
            gaps = len(part.digits) - len(part.groups)
            total += len(part.digits) * _DIGIT
            total += (gaps * PAUSES["digit"] + (len(part.groups) - 1) * PAUSES["group"]) / 1000
        else:
            take = takes.get(part.key)
            total += take.seconds if take else _letters(part.words) / usual
    return total


def _usual(locale: str, voice: Voice | None) -> float:
    own = paces(voice) if voice else []
    return median(own) if len(own) >= _ENOUGH else _PACES.get(languages.get(locale).script, _PACE)


def paces(voice: Voice) -> list[float]:
    """Letters a second of each clip of a voice that is no digit."""
    return [pace(take.words, take.seconds) for take in voice.takes.values() if not take.digit]


def pace(words: str, seconds: float) -> float:
    """Letters and marks a second."""
    return _letters(words) / max(seconds, 0.01)


def _letters(words: str) -> int:
    return sum(unicodedata.category(c)[0] in "LMN" for c in words)
