"""Somebody who reads aloud: tones that no two words share, or espeak-ng where it is installed and asked for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zlib
from datetime import date

import numpy as np

from campaign.voice import recordings, taking
from campaign.voice.recordings import Recordings
from campaign.voice.script import DIGITS, Script
from campaign.voice.sound import RATE, Wave

ESPEAK = shutil.which("espeak-ng")


def tones(words: str, voice: str = "v1", seconds: float = 0.0) -> Wave:
    """A recording of words: syllables of a few tones each, with silence before and after and a little noise."""
    chance = np.random.default_rng(zlib.crc32(f"{voice} {words}".encode()))
    seconds = seconds or max(0.35, len(words) / 15)
    t = np.arange(RATE // 5) / RATE
    shape = np.exp(-(((t - 0.1) / 0.045) ** 2))
    x = np.zeros(int(seconds * RATE) + RATE // 5)
    for start in range(0, int(seconds * RATE) - RATE // 10, RATE // 7):
        pitches = chance.uniform(160, 3200, 4)
        x[start : start + len(t)] += (
            chance.uniform(0.3, 1)
            * shape
            * sum(np.sin(2 * np.pi * hz * t + hz) / (n + 1) for n, hz in enumerate(pitches))
        )
    x = x[: int(seconds * RATE)]
    x = 0.2 * x / np.abs(x).max()
    return np.pad(x, RATE // 5) + chance.normal(0, 3e-5, len(x) + 2 * (RATE // 5))


def wav(x: Wave, rate: int = RATE) -> bytes:
    """A recording as a WAV file of 16 bit."""
    data = np.clip(np.rint(x * 32767), -32768, 32767).astype("<i2").tobytes()
    head = b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += (1).to_bytes(2, "little") * 2 + rate.to_bytes(4, "little") + (2 * rate).to_bytes(4, "little")
    return (
        head + (2).to_bytes(2, "little") + (16).to_bytes(2, "little") + b"data" + len(data).to_bytes(4, "little") + data
    )


def espoken(words: str, language: str) -> Wave:
    """A recording by espeak-ng."""
    done = subprocess.run(
        [str(ESPEAK), "-v", language, "-s", "140", "--stdout", words], capture_output=True, check=True
    )
    x = np.frombuffer(done.stdout[44 : len(done.stdout) // 2 * 2], "<i2").astype(float) / 32768
    at = np.arange(int(len(x) * RATE / 22_050)) * 22_050 / RATE
    return np.pad(np.interp(at, np.arange(len(x)), x), RATE // 10)


def read_aloud(project, script: Script, voice: str = "v1", reader: str = "S. Haddad", leave_out: int = 0) -> None:
    """Record all of a script in a voice, but for the last stretches that are left out."""
    known = Recordings(project).voice(script.locale, voice)
    signs = zip(DIGITS, script.digits, strict=True)
    wanted = [(each, "") for each in script.words] + [(each, sign) for sign, each in signs]
    for each, sign in wanted[: len(wanted) - leave_out]:
        seconds = 0.3 + int(hashlib.sha256(sign.encode()).hexdigest(), 16) % 4 / 20 if sign else 0
        x = tones(f"{sign} {each.words}", voice, seconds)
        taken = taking.take_of(x, "test", known, each.key, each.words, reader, sign)
        recordings.keep(project, known, taken.take, taken.flac)


def agree(project, locale: str, voice: str = "v1", reader: str = "S. Haddad", uses: tuple[str, ...] = ()) -> None:
    """The reader agrees to everything, or to some uses."""
    from campaign.editions import voices

    voices.agree(project, locale, voice, reader, date(2026, 11, 1), date(2030, 1, 1), uses, "")


def dictate(project, locale: str, voice: str = "v1", by: str = "A. Peeters") -> None:
    """A second person writes down what they hear."""
    from campaign.editions import voices

    said = voices.first(project, locale)
    digits = voices.dictation_of(Recordings(project).voice(locale, voice), said.script)
    voices.dictated(project, locale, voice, by, digits, date(2026, 11, 2))
