"""Recordings made elsewhere, on a telephone: a folder of files named by their number in the script, taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import voice as room
from campaign.catalogue.exchange.answers import Heard
from campaign.editions.voices import agree, first, own, spoken
from campaign.errors import CampaignError
from campaign.people import name_fault
from campaign.project import Project
from campaign.voice import recordings
from campaign.voice.recordings import USES, Recordings, Voice
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


def from_pack(project: Project, locale: str, name: str, heard: Heard | None, on: date) -> Iterator[Imported]:
    """Take in what somebody recorded in a pack, once they agreed there; each recording by itself.

    Raises:
        CampaignError: a file of the workspace cannot be read or written.
    """
    if heard is None:
        return
    try:
        room.needs_extra()
        voice = _agreed(project, locale, name, heard, on)
        known = _known(project, locale)
    except CampaignError as error:
        yield Imported("recordings", problem="; ".join(f"{each.what}: {each.todo}" for each in error.problems))
        return
    for number, (key, data) in enumerate(heard.recordings, start=1):
        file = f"recording {number}"
        if key not in known:
            yield Imported(file, problem="its words are not read any more: they were changed")
            continue
        words, digit = known[key]
        try:
            yield keep(project, data, file, Recordings(project).voice(locale, voice.name), words, name, digit)
        except CampaignError as error:
            what = "; ".join(each.what for each in error.problems)
            yield Imported(file, problem=f"{words.words[:60]!r}: {what}")


def _known(project: Project, locale: str) -> Mapping[str, tuple[Words, str]]:
    """Everything that is read in a language by the names of its clips, with the digit that it says."""
    found: dict[str, tuple[Words, str]] = {}
    for each in spoken(project, Selection(locales=(locale,))):
        found |= {words.key: (words, sign) for words, sign in _places(each.script).values()}
    return found


def _agreed(project: Project, locale: str, name: str, heard: Heard, on: date) -> Voice:
    """The voice of whoever recorded, with the consent that they gave there, unless a later one is known.

    Raises:
        CampaignError: no name, nothing agreed to, an end that is over, or a consent that was taken back since.
    """
    if fault := name_fault(name):
        raise CampaignError.single(fault, where="name", todo="write a name at the top of the page")
    voice, given = own(project, locale, name), min(heard.given, on.isoformat())
    if voice.consent and voice.consent.withdrawn and given <= voice.consent.withdrawn:
        raise CampaignError.single("the voice took its consent back", where=voice.name, todo="ask for a new consent")
    if voice.consent and not voice.consent.withdrawn and voice.consent.given > given:
        return voice
    uses = tuple(use for use in USES if use in heard.uses)
    if not uses:
        raise CampaignError.single("agreed to nothing", where=voice.name, todo="tick what the voice may be used for")
    agree(project, locale, voice.name, name, date.fromisoformat(given), date.fromisoformat(heard.until), uses, "")
    return voice


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
    """Process a recording and keep it, unless it was kept before: a file that comes twice replaces nothing newer.

    Raises:
        CampaignError: it cannot be read, nobody is heard in it, the voice withdrew, or it cannot be written.
    """
    from campaign.voice import faults, taking

    if voice.consent is not None and voice.consent.withdrawn:
        raise CampaignError.single("the voice took its consent back", where=voice.name, todo="take another voice")
    taken = taking.take_in(data, file, voice, words.key, words.words, by, digit)
    if recordings.was_kept(project, voice, taken.take):
        return Imported(file, words.words)
    recordings.keep(project, voice, taken.take, taken.flac)
    found = tuple(str(faults.FAULTS[name]) for name in taken.take.findings)
    return Imported(file, words.words, findings=found)
