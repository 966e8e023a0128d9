"""What is wrong with a recording as it came, before anything in it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from campaign.model.sentence import Sentence, say
from campaign.voice.length import pace
from campaign.voice.sound import RATE, Spoken, Wave, db, loudness, speech

SILENT, CLIPPED, QUIET, NOISE, START, END, HUM, SHORT, LONG, TWICE = (
    *("silent", "clipped", "quiet", "noise", "start", "end", "hum", "short", "long"),
    "twice",
)

#: What is said of each to whoever records; the first alone refuses a recording.
FAULTS: Mapping[str, Sentence] = MappingProxyType(
    {
        SILENT: say("Nobody is heard: look whether the microphone is on"),
        CLIPPED: say("Too loud, the sound is distorted: move away from the microphone"),
        QUIET: say("Too quiet: move nearer to the microphone"),
        NOISE: say("There is noise in the background: find a quieter place"),
        START: say("The beginning is cut off: wait a moment before you speak"),
        END: say("The end is cut off: wait a moment before you stop"),
        HUM: say("There is a hum: move away from machines and chargers"),
        SHORT: say("Much shorter than you usually take: is a part missing?"),
        LONG: say("Much longer than you usually take: is something in it that does not belong there?"),
        TWICE: say("It seems to be read twice: read it once"),
    }
)

#: Set from synthetic voices; to be set again from real recordings. Levels in dB, times in seconds.
_SHORTEST, _HEARD = 0.12, -50.0
_QUIET, _NOISE, _EDGE = -38.0, 28.0, 0.03
_FLAT, _FLATS, _LOUD = 4, 3, 0.5
_HUM_SHARE, _HUM_LEVEL = 0.5, 45.0
#: Letters a second against the voice's own median, with so many clips to compare; digits are no measure.
_SLOWER, _FASTER, _ENOUGH = 0.6, 1.7, 5
#: How alike the two halves of a recording that is read twice are, by the shape of their levels.
_ALIKE, _PAUSE = 0.72, 0.25


def faults(x: Wave, words: str, paces: Sequence[float] = ()) -> tuple[str, ...]:
    """What is wrong with a recording of these words; `paces` are letters a second of the voice's other clips."""
    found = speech(x)
    if found.length < RATE * _SHORTEST or found.top < _HEARD:
        return (SILENT,)
    tests: tuple[tuple[str, Callable[[], bool]], ...] = (
        (CLIPPED, lambda: _clipped(x)),
        (QUIET, lambda: loudness(x[found.start : found.end]) < _QUIET),
        (NOISE, lambda: found.top - found.floor < _NOISE),
        (START, lambda: found.start < RATE * _EDGE),
        (END, lambda: len(x) - found.end < RATE * _EDGE),
        (HUM, lambda: _hum(x, found)),
        (TWICE, lambda: _twice(x[found.start : found.end])),
    )
    return (*(name for name, test in tests if test()), *_pace(pace(words, found.length / RATE), paces))


def _pace(mine: float, paces: Sequence[float]) -> Iterator[str]:
    if len(paces) >= _ENOUGH:
        usual = float(np.median(paces))
        if mine > usual * _FASTER:
            yield SHORT
        elif mine < usual * _SLOWER:
            yield LONG


def _clipped(x: Wave) -> bool:
    """Whether the tops of the wave are flat."""
    peak = float(np.abs(x).max())
    top = np.concatenate([[0], (np.abs(x) >= 0.98 * peak).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(top))
    runs = edges[1::2] - edges[::2]
    return peak > _LOUD and int((runs >= _FLAT).sum()) >= _FLATS


def _hum(x: Wave, found: Spoken) -> bool:
    """Whether the pauses are full of 50 or 60 Hz and its overtones."""
    quiet = np.concatenate([x[: found.start], x[found.end :]])
    if len(quiet) < RATE // 5 or db(float((quiet**2).mean())) < found.top - _HUM_LEVEL:
        return False
    power = np.abs(np.fft.rfft(quiet * np.hanning(len(quiet)))) ** 2
    hertz, wide = np.fft.rfftfreq(len(quiet), 1 / RATE), max(3.0, 4 * RATE / len(quiet))
    whole = float(power[(hertz > 30) & (hertz < 8000)].sum()) + 1e-12
    return any(
        sum(float(power[np.abs(hertz - k * mains) < wide].sum()) for k in range(1, 7)) / whole > _HUM_SHARE
        for mains in (50, 60)
    )


def _twice(spoken: Wave) -> bool:
    """Whether the second half, behind a pause near the middle, has the shape of the first."""
    n = RATE // 50
    level = np.sqrt((spoken[: len(spoken) // n * n].reshape(-1, n) ** 2).mean(axis=1))
    third = len(level) // 3
    if third * n < RATE // 4:
        return False
    quiet = level < 0.08 * float(np.percentile(level, 95))
    runs, longest, begin = 0, 0, 0
    for at in range(third, len(level) - third):
        runs = runs + 1 if quiet[at] else 0
        if runs > longest:
            longest, begin = runs, at - runs + 1
    if longest * n < RATE * _PAUSE:
        return False
    first, second = level[:begin], level[begin + longest :]
    if not 0.8 < len(first) / max(len(second), 1) < 1.25:
        return False
    grid = np.linspace(0, 1, 100)
    smooth = (np.convolve(half, np.ones(9) / 9, "same") for half in (first, second))
    a, b = (np.interp(grid, np.linspace(0, 1, len(half)), half) for half in smooth)
    return float(np.corrcoef(a, b)[0, 1]) > _ALIKE
