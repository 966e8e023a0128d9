"""What a machine speaks (espeak-ng), to judge how long a message is: marked by tones, and a type that nothing releases.

A release takes a `recordings.Reading`, which is made of takes that a person read. From a `MachineDraft` there is no way
to one: it holds finished bytes that begin with the tones of a draft, and its file says what it is.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

import numpy as np

from campaign.errors import CampaignError
from campaign.voice import coding
from campaign.voice.coding import Form
from campaign.voice.message import Clips, beeps, put_together
from campaign.voice.script import DIGITS, Script
from campaign.voice.sound import RATE, Pcm, levelled, pcm, trimmed, wave

FILE = "machine-draft-not-for-release.ogg"
_PROGRAM = "espeak-ng"
#: Words a minute: as slowly as people read to others.
_PACE = "135"
_SECONDS = 30
#: What the program writes. It is no stranger's file: the program is the user's own.
_SPOKEN = Form("espeak-ng", "", "audio/wav", "wav", "pcm_s16le", 22_050, "s16", "")


@dataclass(frozen=True, slots=True)
class MachineDraft:
    """A message that a machine spoke: an Opus file, and how long the message in it is in seconds."""

    data: bytes
    seconds: float


def speaks(locale: str) -> str:
    """The machine's voice of a language.

    Raises:
        CampaignError: espeak-ng is not installed, or has no such voice.
    """
    if shutil.which(_PROGRAM) is None:
        raise CampaignError.single(
            "espeak-ng is not installed", where="campaign voice draft", todo="Debian: apt-get install espeak-ng"
        )
    for name in (locale.lower(), locale.partition("-")[0]):
        if name in _voices():
            return name
    raise CampaignError.single(f"espeak-ng does not speak {locale!r}", todo="let a person read it")


@cache
def _voices() -> frozenset[str]:
    done = subprocess.run([_PROGRAM, "--voices"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    rows = (line.split() for line in done.stdout.decode("utf-8", "replace").splitlines()[1:])
    return frozenset(row[1] for row in rows if len(row) > 1)


def spoken_by_machine(words: str, locale: str) -> bytes:
    """A WAV file of words.

    Raises:
        CampaignError: as `speaks`, or the program fails.
    """
    command = [_PROGRAM, "-v", speaks(locale), "-s", _PACE, "--stdout", "--stdin"]
    done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    if done.returncode or len(done.stdout) < 100:
        raise CampaignError.single(f"espeak-ng says nothing of {words[:60]!r}", todo="let a person read it")
    return done.stdout


def draft(script: Script) -> MachineDraft:
    """A script as a machine speaks it, with tones before each block.

    Raises:
        CampaignError: as `spoken_by_machine`.
    """
    words = {each.key: _clip(each.words, script.locale) for each in script.words}
    digits = {sign: _clip(each.words, script.locale) for sign, each in zip(DIGITS, script.digits, strict=True)}
    made = put_together(script, "machine", Clips(words, digits, dict.fromkeys(script.keys, "")), draft=True)
    tones, pieces, at = beeps(), list[Pcm](), 0
    for number in range(1, len(script.blocks)):
        start = next(cue.start for cue in made.sheet.cues if cue.block == number)
        pieces += [made.samples[at:start], tones]
        at = start
    whole = np.concatenate([*pieces, made.samples[at:]])
    return MachineDraft(coding.encode(whole, coding.FORMS["opus"]), (made.sheet.length - len(tones)) / RATE)


def _clip(words: str, locale: str) -> Pcm:
    return pcm(levelled(trimmed(wave(coding.decode(spoken_by_machine(words, locale), _SPOKEN)))))
