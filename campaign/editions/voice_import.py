"""Recordings made elsewhere, on a telephone: a folder of files named by their number in the script, taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign import voice as room
from campaign.editions.voices import first
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.voice import recordings
from campaign.voice.recordings import Recordings, Voice
from campaign.voice.script import DIGITS, Script, Words
from campaign.workspace.selection import Selection

_NAMED = re.compile(r"(digit-)?([0-9]{1,3}|plus)(?![0-9a-z]).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the words that it is kept for, or why it is not; `findings` are said beside."""

    file: str
    words: str = ""
    problem: str = ""
    findings: tuple[str, ...] = ()


def taken_in(project: Project, locale: str, source: Path, name: str, by: str, chosen: Selection) -> Iterator[Imported]:
    """Take in every file of a folder; what cannot be read is named, and nothing of it is kept.

    Raises:
        CampaignError: the extra is not installed, the campaign has no voice, or a file of the workspace cannot be
            written.
    """
    room.needs_extra()
    script = first(project, locale, chosen).script
    places = _places(script)
    for path in sorted(source.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            yield _one(project, path, places, recordings.named(name), locale, by)


def _places(script: Script) -> Mapping[str, tuple[Words, str]]:
    """What each file name stands for: the stretch, and the digit that it says."""
    found = {str(at): (words, "") for at, words in enumerate(script.words, start=1)}
    digits = zip(DIGITS, script.digits, strict=True)
    return found | {f"digit-{'plus' if sign == '+' else sign}": (words, sign) for sign, words in digits}


def _one(
    project: Project, path: Path, places: Mapping[str, tuple[Words, str]], name: str, locale: str, by: str
) -> Imported:
    named = _NAMED.fullmatch(path.name)
    key = f"{(named[1] or '').lower()}{named[2].lower().lstrip('0') or '0'}" if named else ""
    if key not in places:
        return Imported(path.name, problem="is named like no line of the script: 1.ogg, digit-0.wav, digit-plus.wav")
    words, digit = places[key]
    voice = Recordings(project).voice(locale, name)
    try:
        return keep(project, path.read_bytes(), path.name, voice, words, by, digit)
    except CampaignError as error:
        return Imported(path.name, problem="; ".join(problem.what for problem in error.problems))


def keep(project: Project, data: bytes, file: str, voice: Voice, words: Words, by: str, digit: str = "") -> Imported:
    """Process a recording and keep it.

    Raises:
        CampaignError: it cannot be read, nobody is heard in it, the voice withdrew, or it cannot be written.
    """
    from campaign.voice import faults, taking

    if voice.consent is not None and voice.consent.withdrawn:
        raise CampaignError.single("the voice took its consent back", where=voice.name, todo="take another voice")
    taken = taking.take_in(data, file, voice, words.key, words.words, by, digit)
    recordings.keep(project, voice, taken.take, taken.flac)
    found = tuple(str(faults.FAULTS[name]) for name in taken.take.findings)
    return Imported(file, words.words, findings=found)
