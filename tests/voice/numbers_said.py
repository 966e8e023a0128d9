"""Numbers that are said wrong: of a right one, one digit is another, missing, said twice, or swapped with its neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from reader import ESPEAK, espoken, tones

from campaign.voice import coding, message, proof
from campaign.voice.coding import Form
from campaign.voice.message import Clips
from campaign.voice.script import DIGITS, Block, Number, Script
from campaign.voice.sound import RATE, Pcm, pcm, together, trimmed, wave

WORDS = {
    "en": "zero one two three four five six seven eight nine plus",
    "ar": "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة زائد",
    "uk": "нуль один два три чотири п'ять шість сім вісім дев'ять плюс",
}
#: Voices by name: three machines where espeak-ng is installed, tones else.
VOICES = ("en", "ar", "uk", "tones")


def digits_of(voice: str) -> dict[str, Pcm]:
    """The eleven digits of a voice, at one gain."""
    words = WORDS.get(voice, WORDS["en"]).split()
    heard = [espoken(w, voice) if ESPEAK and voice in WORDS else tones(w, voice, 0.4) for w in words]
    return dict(zip(DIGITS, map(pcm, together([trimmed(x) for x in heard])), strict=True))


@dataclass(frozen=True)
class Said:
    """A number as it is due, and as it is said."""

    due: str
    said: str


def _groups(digits: str) -> tuple[str, ...]:
    return (digits[:3], *(digits[at : at + 2] for at in range(3, len(digits), 2)))


def numbers(count: int, seed: int) -> Iterator[str]:
    """Telephone numbers of eight to eleven digits."""
    chance = np.random.default_rng(seed)
    for _ in range(count):
        yield "+" + "".join(map(str, chance.integers(0, 10, chance.integers(8, 12))))


def wrong(count: int, seed: int) -> Iterator[Said]:
    """Numbers that are said wrong, each kind in turn."""
    chance = np.random.default_rng(seed)
    kinds: tuple[Callable[[str, int], str], ...] = (
        lambda d, at: d[:at] + str((int(d[at]) + int(chance.integers(1, 10))) % 10) + d[at + 1 :],
        lambda d, at: d[:at] + d[at + 1] + d[at] + d[at + 2 :],
        lambda d, at: d[:at] + d[at + 1 :],
        lambda d, at: d[:at] + d[at] + d[at:],
    )
    for number, due in enumerate(numbers(count, seed)):
        said = due
        while said == due:
            said = kinds[number % len(kinds)](due, int(chance.integers(1, len(due) - 1)))
        yield Said(due, said)


def _sound(digits: dict[str, Pcm], number: str) -> message.Message:
    script = Script("xx", (Block((Number("c", _groups(number)),)),), tuple(f"w{sign}" for sign in DIGITS))
    keys = [each.key for each in script.digits]
    return message.laid_out(script, "v", Clips({}, digits, dict.fromkeys(keys, "s")))


def heard_right(voice: str, form: Form, said: list[Said]) -> list[bool]:
    """For each number whether its proof passes: the sound of what is said, against the cues of what is due."""
    digits = digits_of(voice)
    due, heard = [_sound(digits, each.due) for each in said], [_sound(digits, each.said) for each in said]
    gap = np.zeros(RATE, "<i2")
    lengths = [max(len(a.samples), len(b.samples)) for a, b in zip(due, heard, strict=True)]
    padded = [np.pad(b.samples, (0, n - len(b.samples))) for b, n in zip(heard, lengths, strict=True)]
    file = coding.encode(message.level(np.concatenate([part for each in padded for part in (each, gap)])), form)
    y, known, at, passed = wave(coding.decode(file, form)), proof.templates(digits, form), 0, list[bool]()
    for a, b, n in zip(due, heard, lengths, strict=True):
        own = y[at : at + n]
        longer = abs(len(a.samples) - len(b.samples)) > 0.15 * RATE  # a file of this number alone lasts too long
        passed.append(not longer and all(each.right for each in proof.digits_at(own, a.sheet.cues, known)))
        at += n + RATE
    return passed
