"""A recording taken in: decoded as a stranger's, looked at, trimmed and levelled once, kept as FLAC."""

from __future__ import annotations

from campaign import __version__
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.voice import coding, faults, recordings, stranger
from campaign.voice.length import paces
from campaign.voice.recordings import Take, Voice
from campaign.voice.sound import RATE, Pcm, Wave, levelled, name_of, pcm, speech, trimmed, wave
from campaign.voice.taken import Taken


def take_in(data: bytes, name: str, voice: Voice, key: str, words: str, by: str, digit: str = "") -> Taken:
    """Process a recording of words in a voice; `name` is its file, `by` who brings it, `digit` what a digit clip says.

    Raises:
        CampaignError: it cannot be read, or nobody is heard in it.
    """
    return take_of(wave(stranger.decoded(data, name)), name, voice, key, words, by, digit)


def take_of(x: Wave, name: str, voice: Voice, key: str, words: str, by: str, digit: str = "") -> Taken:
    """The same of a recording that was decoded. Raises CampaignError where nobody is heard in it."""
    found = faults.faults(x, words, () if digit else paces(voice))
    if faults.SILENT in found:
        raise CampaignError.single("nobody is heard in it", where=name, todo="look at the microphone, record it again")
    samples = pcm(_shaped(x, digit))
    take = Take(key, words, name_of(samples), round(len(samples) / RATE, 3), by, tool(), digit, found)
    return Taken(take, samples, coding.encode(samples, coding.FORMS["master"]))


def _shaped(x: Wave, digit: str) -> Wave:
    """The clip: trimmed, and at its level. Digits keep theirs until all eleven get one gain (voice/message.py)."""
    y = trimmed(x)
    return y if digit else levelled(y)


def tool() -> str:
    """What processes recordings here, as records name it."""
    return f"campaign{__version__}+{coding.tool()}"


def samples_of(project: Project, voice: Voice, take: Take) -> Pcm:
    """The samples of a take that was kept, once it is sure that they are those that were kept.

    Raises:
        CampaignError: the file is not here, or was changed.
    """
    where = f"{recordings.FOLDER}/{voice.locale}/{voice.name}/{take.sound}.flac"
    try:
        samples = coding.decode(recordings.flac(project, voice, take), coding.FORMS["master"], seconds=70)
    except CampaignError as error:
        raise CampaignError.single(f"is damaged, or not here: {take.words[:60]!r}", where=where, todo=_TODO) from error
    if name_of(samples) != take.sound:
        raise CampaignError.single(f"is not what was kept of {take.words[:60]!r}", where=where, todo=_TODO)
    return samples


_TODO = "restore it from a copy, or record this again"


def heard(samples: Pcm) -> bool:
    """Whether anybody speaks in it."""
    return speech(wave(samples)).length > 0
