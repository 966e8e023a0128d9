"""A voice message put together from a voice's clips: the samples, and the cue sheet that says what stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from campaign.project import Project
from campaign.voice.cues import DIGIT, TEXT, Cue, CueSheet
from campaign.voice.recordings import Reading, Take, Voice
from campaign.voice.script import DIGITS, PAUSES, Number, Part, Pause, Script, Words
from campaign.voice.sound import (
    CEILING,
    LOUDNESS,
    RATE,
    Pcm,
    faded,
    limited,
    loudness,
    pcm,
    together,
    true_peak,
    wave,
)
from campaign.voice.taking import samples_of


@dataclass(frozen=True, slots=True)
class Clips:
    """The clips of a script: stretches by their key, the digits by what they say, each with the name of its take."""

    words: Mapping[str, Pcm]
    digits: Mapping[str, Pcm]
    sounds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A finished voice message at 48 kHz, not coded yet."""

    samples: Pcm
    sheet: CueSheet


def clips(project: Project, reading: Reading) -> Clips:
    """The clips of a reading, read from the disk; the digits at one gain.

    Raises:
        CampaignError: one of them is not here, or is not what was kept.
    """
    voice, script = reading.voice, reading.script

    def samples(key: str) -> Pcm:
        return samples_of(project, voice, voice.takes[key])

    words = {each.key: samples(each.key) for each in script.words}
    raw = [wave(samples(each.key)) for each in script.digits]
    digits = dict(zip(DIGITS, map(pcm, together(raw)), strict=True))
    sounds = {key: voice.takes[key].sound for key in script.keys}
    return Clips(words, digits, sounds)


def known_clips(project: Project, voice: Voice, cues: Mapping[str, Cue]) -> tuple[Mapping[str, Pcm], Mapping[str, Pcm]]:
    """The voice's digits by what they say, and the stretches of a message by the names of their takes.

    `cues` are those of a finished message by the name of the take: a digit that it says is the one that it was made
    of, any other one the voice's last.

    Raises:
        CampaignError: a clip is not here, or is not what was kept.
    """
    signs = {take.digit: take for take in voice.takes.values() if take.digit}
    for cue in cues.values():
        if cue.kind == DIGIT:
            signs[cue.what] = Take("", cue.what, cue.sound, 0, "", "", cue.what)
    raw = {sign: wave(samples_of(project, voice, take)) for sign, take in sorted(signs.items())}
    digits = dict(zip(raw, map(pcm, together(list(raw.values()))), strict=True))
    stretches = (Take("", cue.what, cue.sound, 0, "", "") for cue in cues.values() if cue.kind == TEXT)
    return digits, {take.sound: samples_of(project, voice, take) for take in stretches}


def read_out(project: Project, voice: Voice, script: Script, digits: str) -> Pcm:
    """Digits alone, one after another, as a voice reads them.

    Raises:
        CampaignError: a clip is not here, or is not what was kept.
    """
    raw = [wave(samples_of(project, voice, voice.takes[each.key])) for each in script.digits]
    known = dict(zip(DIGITS, map(pcm, together(raw)), strict=True))
    silence = _silence("around")
    return np.concatenate([piece for digit in digits for piece in (known[digit], silence)])


def put_together(script: Script, voice: str, made: Clips, *, draft: bool = False) -> Message:
    """The clips of a script one after another, with its pauses; number by number, digit by digit, at one loudness.

    A `draft` begins with three tones, which no release has.
    """
    found = laid_out(script, voice, made, draft=draft)
    return Message(level(found.samples), found.sheet)


def laid_out(script: Script, voice: str, made: Clips, *, draft: bool = False) -> Message:
    """The same before it has its loudness."""
    laid = _Laid(script, made)
    if draft:
        laid.add(beeps())
    for block, part in _placed(script):
        laid.put(part, block)
    samples = np.concatenate(laid.pieces) if laid.pieces else np.zeros(0, "<i2")
    return Message(samples, CueSheet(voice, script.locale, len(samples), tuple(laid.cues)))


def level(samples: Pcm) -> Pcm:
    """A whole message at its loudness: numbers are quieter than sentences, and pauses count for nothing."""
    x = wave(samples)
    heard = loudness(x)
    if not np.isfinite(heard):
        return samples
    y = x * 10 ** ((LOUDNESS - heard) / 20)
    return pcm(limited(y, CEILING - 0.2) if true_peak(y) > CEILING else y)


def beeps() -> Pcm:
    """Three tones and a pause: this is a draft."""
    t = np.arange(RATE // 5) / RATE
    tone = faded(0.12 * np.sin(2 * np.pi * 880 * t), 20)
    gap = np.zeros(RATE // 10)
    return pcm(np.concatenate([tone, gap, tone, gap, tone, np.zeros(RATE * 7 // 10)]))


def _placed(script: Script) -> list[tuple[int, Part]]:
    found: list[tuple[int, Part]] = []
    for number, block in enumerate(script.blocks):
        found += [(number, Pause("block"))] if number else []
        found += [(number, part) for part in block.parts]
    return found


class _Laid:
    """What was laid out so far."""

    def __init__(self, script: Script, made: Clips) -> None:
        self._made, self._numbers, self._at = made, 0, 0
        self._keys = dict(zip(DIGITS, (each.key for each in script.digits), strict=True))
        self.pieces: list[Pcm] = []
        self.cues: list[Cue] = []

    def put(self, part: Part, block: int) -> None:
        if isinstance(part, Pause):
            self.add(_silence(part.name))
        elif isinstance(part, Words):
            self._cue(TEXT, part.words, self._made.words[part.key], block, self._made.sounds[part.key])
        else:
            self._number(part, block)

    def _number(self, number: Number, block: int) -> None:
        self._numbers += 1
        for at, group in enumerate(number.groups):
            for place, sign in enumerate(group):
                if at or place:
                    self.add(_silence("digit" if place else "group"))
                sound = self._made.sounds[self._keys[sign]]
                self._cue(DIGIT, sign, self._made.digits[sign], block, sound, number.contact)

    def _cue(self, kind: str, what: str, samples: Pcm, block: int, sound: str, contact: str = "") -> None:
        number = self._numbers if kind == DIGIT else 0
        self.cues.append(Cue(kind, what, self._at, self._at + len(samples), block, sound, number, contact))
        self.add(samples)

    def add(self, samples: Pcm) -> None:
        self.pieces.append(samples)
        self._at += len(samples)


def _silence(name: str) -> Pcm:
    return np.zeros(PAUSES[name] * RATE // 1000, "<i2")
