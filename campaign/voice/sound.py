"""Sound measured and shaped: loudness (ITU-R BS.1770-4), true peak, where speech begins and ends, one level for all.

Everything is mono: float64 between -1 and 1 at 48 kHz while it is worked on, 16 bit when it is kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

#: Samples a second of everything that is kept.
RATE = 48_000
#: The loudness of a clip in LUFS, and the highest true peak in dB: both together leave coders room to overshoot.
LOUDNESS, CEILING = -16.0, -3.0
#: What a limiter leaves free below the ceiling, so that its own error stays under it.
_SPARE = 0.2

Wave = npt.NDArray[np.float64]
Pcm = npt.NDArray[np.int16]

#: The two biquads of the K weighting at 48 kHz (BS.1770-4, tables 1 and 2): numerator and denominator of each.
_SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)
_HIGH = (1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)
_OFFSET = -0.691
#: Blocks of BS.1770 in samples, and how far apart they begin.
_BLOCK, _HOP = RATE * 2 // 5, RATE // 10


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where somebody speaks: first and last sample, the level of the background and of the voice in dB."""

    start: int
    end: int
    floor: float
    top: float

    @property
    def length(self) -> int:
        """In samples."""
        return self.end - self.start


def wave(pcm: Pcm) -> Wave:
    """16 bit samples as floats."""
    return pcm.astype(np.float64) / 32768


def pcm(x: Wave) -> Pcm:
    """Floats as 16 bit samples; what is beyond full scale is cut there."""
    return np.clip(np.rint(x * 32768), -32768, 32767).astype("<i2")


def name_of(samples: Pcm) -> str:
    """SHA-256 of samples: the name by which a sound is known, whatever file holds it."""
    return hashlib.sha256(np.ascontiguousarray(samples, dtype="<i2").tobytes()).hexdigest()


def db(power: float) -> float:
    """A power in dB; silence is -120."""
    return float(10 * np.log10(power + 1e-12))


def _length(samples: int) -> int:
    """A length that the Fourier transform is quick with."""
    return 1 << max(int(samples - 1).bit_length(), 1)


#: Samples that are filtered at a time; the first of them, by which the filters have settled, are taken from before.
_FILTERED, _SETTLED = 1 << 17, 1 << 14


@cache
def _k_weighting() -> npt.NDArray[np.complex128]:
    """The response of the K weighting's two filters."""
    z = np.exp(-2j * np.pi * np.arange(_FILTERED // 2 + 1) / _FILTERED)
    response: npt.NDArray[np.complex128] = np.ones_like(z)
    for (b0, b1, b2), (a0, a1, a2) in (_SHELF, _HIGH):
        response *= (b0 + b1 * z + b2 * z * z) / (a0 + a1 * z + a2 * z * z)
    return response


def weighted(x: Wave) -> Wave:
    """The sound with the K weighting of BS.1770, by the response of its two filters."""
    hop = _FILTERED - _SETTLED
    padded, pieces = np.pad(x, (_SETTLED, 0)), list[Wave]()
    for start in range(0, len(x), hop):
        part = padded[start : start + _FILTERED]
        pieces.append(np.fft.irfft(np.fft.rfft(part, _FILTERED) * _k_weighting(), _FILTERED)[_SETTLED : len(part)])
    return np.concatenate(pieces) if pieces else x


def loudness(x: Wave) -> float:
    """Integrated loudness in LUFS, gated; -inf for silence.

    What is shorter than a block (a digit) is measured as one block, which BS.1770 leaves open.
    """
    y = weighted(x)
    if len(y) < _BLOCK:
        return _OFFSET + db(float(np.mean(y * y))) if len(y) else -np.inf
    total = np.concatenate([[0.0], np.cumsum(y * y)])
    at = np.arange(0, len(y) - _BLOCK + 1, _HOP)
    power = (total[at + _BLOCK] - total[at]) / _BLOCK
    power = power[_OFFSET + 10 * np.log10(power + 1e-12) > -70]
    if not len(power):
        return -np.inf
    gate = _OFFSET + db(float(power.mean())) - 10
    kept = power[_OFFSET + 10 * np.log10(power) > gate]
    return _OFFSET + db(float(kept.mean()))


#: Samples in a stretch that is oversampled at a time, and how far two stretches overlap.
_PIECE, _LAP = (1 << 16) - (1 << 9), 1 << 8


def peaks(x: Wave) -> Wave:
    """For each sample the highest true level around it, four times oversampled."""
    found = np.zeros(len(x))
    for start in range(0, len(x), _PIECE):
        first, last = max(start - _LAP, 0), min(start + _PIECE + _LAP, len(x))
        part = np.pad(x[first:last], (0, _length(last - first) - (last - first)))
        spectrum = np.fft.rfft(part)
        wide = np.concatenate([spectrum, np.zeros(2 * len(part) + 1 - len(spectrum))])
        up = np.abs(np.fft.irfft(wide, 4 * len(part)) * 4).reshape(-1, 4).max(axis=1)
        end = min(start + _PIECE, len(x))
        found[start:end] = up[start - first : end - first]
    return found


def true_peak(x: Wave) -> float:
    """The highest true peak in dB (dBTP)."""
    return 20 * float(np.log10(peaks(x).max(initial=0.0) + 1e-12))


def levels(x: Wave, milliseconds: int = 10) -> Wave:
    """The level of each such stretch in dB."""
    n = RATE * milliseconds // 1000
    framed = x[: len(x) // n * n].reshape(-1, n)
    out: Wave = 10 * np.log10((framed * framed).mean(axis=1) + 1e-12)
    return out


def without_rumble(x: Wave, hertz: float = 80.0) -> Wave:
    """The sound without what lies below the voice: steps, handling, hum of the mains."""
    n = _length(len(x) + RATE // 2)
    f = (np.fft.rfftfreq(n, 1 / RATE) / hertz) ** 4
    out: Wave = np.fft.irfft(np.fft.rfft(x, n) * f / np.sqrt(1 + f * f), n)[: len(x)]
    return out


#: Speech lies this far above the background, and no further below the voice, in dB; a click is shorter than this.
_ABOVE, _BELOW, _FAR, _CLICK = 10.0, 12.0, 40.0, 3


def speech(x: Wave) -> Spoken:
    """Where speech begins and ends; a length of 0 where nobody speaks."""
    level = levels(without_rumble(x))
    if not len(level):
        return Spoken(0, 0, -120.0, -120.0)
    floor, top = (float(value) for value in np.percentile(level, (8, 95)))
    gate = max(min(floor + _ABOVE, top - _BELOW), top - _FAR)
    loud = np.flatnonzero(np.convolve(level > gate, np.ones(4), "same") >= _CLICK)
    if not len(loud):
        return Spoken(0, 0, floor, top)
    n = RATE // 100
    return Spoken(max(int(loud[0]) - 1, 0) * n, min((int(loud[-1]) + 2) * n, len(x)), floor, top)


def trimmed(x: Wave) -> Wave:
    """What is spoken, without the rumble below it, with 30 ms before and after, and soft ends."""
    found, spare = speech(x), RATE * 3 // 100
    return faded(without_rumble(x)[max(found.start - spare, 0) : found.end + spare])


def faded(x: Wave, milliseconds: int = 8) -> Wave:
    """The sound with ends that begin and stop without a click."""
    n = min(RATE * milliseconds // 1000, len(x) // 2)
    ramp = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, n))
    y = x.copy()
    y[:n] *= ramp
    y[len(y) - n :] *= ramp[::-1]
    return y


def limited(x: Wave, ceiling: float) -> Wave:
    """The sound under a ceiling (dB of true peak): its gain follows the least that is asked for, smoothed as widely."""
    wanted = np.minimum(1, 10 ** (ceiling / 20) / np.maximum(peaks(x), 1e-9))
    w = RATE // 200
    low = _least(np.pad(wanted, 2 * w, mode="edge"), 2 * w + 1)
    kernel = np.hanning(2 * w + 3)[1:-1]
    out: Wave = x * np.convolve(low, kernel / kernel.sum(), "valid")
    return out


def _least(x: Wave, width: int) -> Wave:
    """The running minimum, in steps that double."""
    done = 1
    while done * 2 <= width:
        x, done = np.minimum(x[:-done], x[done:]), done * 2
    rest = width - done
    return np.minimum(x[: len(x) - rest], x[rest:]) if rest else x


def levelled(x: Wave, target: float = LOUDNESS, ceiling: float = CEILING) -> Wave:
    """The sound at a loudness (LUFS) and under a true peak (dB); of the two the peak is kept without exception."""
    heard = loudness(x)
    if not np.isfinite(heard):
        return x
    y = x * 10 ** ((target - heard) / 20)
    for _ in range(4):
        if true_peak(y) <= ceiling and abs(loudness(y) - target) < 0.1:
            return y
        y = limited(y, ceiling - _SPARE)
        y = y * min(10 ** ((target - loudness(y)) / 20), 1.5)
    return limited(y, ceiling - _SPARE)


def together(clips: list[Wave], target: float = LOUDNESS, ceiling: float = CEILING) -> list[Wave]:
    """Short clips with one gain for all, which one measurement of each would make uneven; peaks are limited singly."""
    heard = loudness(np.concatenate(clips)) if clips else -np.inf
    gain = 10 ** ((target - heard) / 20) if np.isfinite(heard) else 1.0
    return [
        limited(clip * gain, ceiling - _SPARE) if true_peak(clip * gain) > ceiling else clip * gain for clip in clips
    ]
