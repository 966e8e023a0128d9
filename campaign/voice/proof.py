"""The proof of a finished sound: every digit of every number is found again at its cue, by its sound.

A digit is compared with the voice's own ten digits and plus as they sound through the same coder (normalised
correlation). The best must be the digit that is due, by a score and by a margin: the best match alone is not enough.
That the clip "6" says six, no correlation can prove: that is what dictation by a second person is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campaign.model.sentence import Sentence, say
from campaign.voice import coding
from campaign.voice.coding import Form
from campaign.voice.cues import DIGIT, TEXT, Cue, CueSheet
from campaign.voice.sound import LOUDNESS, RATE, Pcm, Wave, loudness, true_peak, wave

#: Correlation at one sample of four: 12 kHz tell one recorded digit from another.
_STEP = 4
#: As measured with synthetic voices: the least score of the digit that is due, and its least distance to the next.
SCORE, MARGIN = 0.5, 0.25
#: The least score of a stretch of words at its cue.
WORDS_SCORE = 0.4
#: How far from its cue a clip may be found, in seconds; how much longer or shorter a file may be than its sheet.
_SLACK, _LENGTH = 0.06, 0.15
#: How far a finished file may be from its loudness (LU), and the highest peak after coding (dBTP).
_LOUDER, _PEAK = 1.5, -0.5

Templates = Mapping[str, Wave]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard at the cue of a digit: the digit, its score, the next best's, and how late it is in seconds."""

    cue: Cue
    digit: str
    score: float
    second: float
    late: float

    @property
    def right(self) -> bool:
        """Whether it is the digit that is due, surely."""
        return self.digit == self.cue.what and self.score >= SCORE and self.score - self.second >= MARGIN


def templates(digits: Mapping[str, Pcm], form: Form) -> Templates:
    """A voice's digits as they sound through a coder; coded in one file, with silence between them."""
    silence, pieces, places, at = np.zeros(RATE // 4, "<i2"), [], {}, 0
    for sign, samples in digits.items():
        pieces += [silence, samples]
        places[sign] = (at + len(silence), at + len(silence) + len(samples))
        at = places[sign][1]
    coded = wave(coding.decode(coding.encode(np.concatenate([*pieces, silence]), form), form))
    return {sign: _down(coded[start:end]) for sign, (start, end) in places.items()}


def digits_at(y: Wave, cues: Sequence[Cue], known: Templates) -> Iterator[Heard]:
    """What is heard at each cue of a digit in a decoded sound."""
    slack, matchers = int(_SLACK * RATE), dict[int, _Matcher]()
    longest = max((len(t) for t in known.values()), default=0) * _STEP
    for cue in (cue for cue in cues if cue.kind == DIGIT):
        # The window takes the longest digit, so that each can be tried in the place of each other one.
        last = max(cue.end, cue.start + longest) + slack + _STEP
        own = _down(_window(y, cue.start - slack, last))
        matcher = matchers.setdefault(len(own), _Matcher(known, len(own)))
        scores = sorted(matcher.scores(own, 2 * slack // _STEP + 2), reverse=True)
        (score, digit, at), (second, _, _) = scores[:2]
        yield Heard(cue, digit, score, second, at * _STEP / RATE - _SLACK)


class _Matcher:
    """Templates ready to be compared with sounds of one length."""

    def __init__(self, known: Templates, length: int) -> None:
        longest = max(map(len, known.values()))
        self._n = 1 << int(length + longest).bit_length()
        self._known = {sign: (_bare(t), float((_bare(t) ** 2).sum())) for sign, t in known.items()}
        self._spectra = {sign: np.conj(np.fft.rfft(t, self._n)) for sign, (t, _) in self._known.items()}

    def scores(self, y: Wave, places: int) -> list[tuple[float, str, int]]:
        """How well each template fits at its best place among the first ones: score, sign, place."""
        spectrum, total = np.fft.rfft(y, self._n), np.concatenate([[0.0], np.cumsum(y * y)])
        found = []
        for sign, (template, power) in self._known.items():
            many = max(min(places, len(y) - len(template) + 1), 1)
            raw = np.fft.irfft(spectrum * self._spectra[sign], self._n)[:many]
            energy = total[len(template) : len(template) + many] - total[:many]
            fits = raw / np.sqrt(np.maximum(energy, 1e-7 * len(template)) * max(power, 1e-9))
            at = int(np.argmax(fits))
            found.append((float(fits[at]), sign, at))
        return found


def _bare(template: Wave) -> Wave:
    out: Wave = template - template.mean()
    return out


def findings(data: bytes, form: Form, sheet: CueSheet, known: Templates, *, loud: bool = True) -> Iterator[Sentence]:
    """What is wrong with a finished file of a message whose cues are `sheet`.

    `known` are the voice's digits in its form. `loud`: it is a whole message, which has its loudness; a prompt of a few
    words has none of its own.

    Raises:
        CampaignError: it cannot be decoded.
    """
    y = wave(coding.decode(data, form, seconds=sheet.length / RATE + 5))
    if abs(len(y) - sheet.length) > _LENGTH * RATE:
        yield say("it lasts %(heard)s s, and what was signed %(due)s s", heard=_s(len(y)), due=_s(sheet.length))
    heard = loudness(y) - form.gain
    if not np.isfinite(heard) or (loud and abs(heard - LOUDNESS) > _LOUDER):
        shown = f"{heard:.1f}" if np.isfinite(heard) else "-∞"
        yield say("its loudness is %(heard)s LUFS, not %(due)s", heard=shown, due=f"{LOUDNESS:g}")
    if true_peak(y) > _PEAK:
        yield say("it is distorted: its peak is %(peak)s dB", peak=f"{true_peak(y):.1f}")
    for each in digits_at(y, sheet.cues, known):
        if not each.right:
            place = _s(each.cue.start)
            yield say("at %(place)s s the digit %(digit)s is not heard as it must be", digit=each.cue.what, place=place)


def words_findings(y: Wave, sheet: CueSheet, clips: Mapping[str, Pcm]) -> Iterator[Sentence]:
    """The stretches of a decoded sound that are not the clips that were signed; `clips` are by the name of the take."""
    for cue in (cue for cue in sheet.cues if cue.kind == TEXT):
        slack = int(_SLACK * RATE)
        clip = _down(wave(clips[cue.sound]))
        window = _down(_window(y, cue.start - slack, cue.end + slack))
        found = _correlation(window, clip)
        if not len(found) or float(found.max()) < WORDS_SCORE:
            words = cue.what[:60]
            yield say("at %(place)s s something else is heard than “%(words)s”", place=_s(cue.start), words=words)


def _window(y: Wave, first: int, last: int) -> Wave:
    """A stretch of a sound; beyond its ends is silence."""
    before, after = max(-first, 0), max(last - len(y), 0)
    return np.pad(y[max(first, 0) : max(min(last, len(y)), 0)], (before, min(after, last - first)))[: last - first]


def _down(x: Wave) -> Wave:
    """The sound at a quarter of its samples, without what lies above."""
    n = len(x) // _STEP * _STEP
    if not n:
        return np.zeros(1)
    spectrum = np.fft.rfft(x[:n])
    out: Wave = np.fft.irfft(spectrum[: n // _STEP // 2 + 1], n // _STEP) / _STEP
    return out


def _correlation(y: Wave, template: Wave) -> Wave:
    """Normalised correlation of a template at each place of a sound, between -1 and 1."""
    if len(y) < len(template):
        return np.zeros(0)
    n = 1 << int(len(y) + len(template)).bit_length()
    t = template - template.mean()
    raw = np.fft.irfft(np.fft.rfft(y, n) * np.conj(np.fft.rfft(t, n)), n)[: len(y) - len(t) + 1]
    total = np.concatenate([[0.0], np.cumsum(y * y)])
    energy = np.maximum(total[len(t) :] - total[: -len(t)], 1e-7 * len(t))
    out: Wave = raw / np.sqrt(energy * max(float((t * t).sum()), 1e-9))
    return out


def _s(samples: int) -> str:
    return f"{samples / RATE:.1f}"
