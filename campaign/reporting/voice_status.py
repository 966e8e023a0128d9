"""How far each voice message is: who read how much of it, which clips are missing, and why it may not go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from campaign.editions.listening import consent_said
from campaign.editions.voices import Spoken, spoken
from campaign.model.job import Job
from campaign.project import Project
from campaign.voice import length
from campaign.voice.recordings import Recordings, Voice
from campaign.voice.script import DIGITS
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice message. `missing` are the words that nobody read yet, `seconds` about how long it is."""

    job: Job
    voice: str
    clips: int
    read: int
    seconds: float
    missing: tuple[str, ...]
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that --json prints."""
        return {
            "item": self.job.name,
            "voice": self.voice,
            "clips": self.clips,
            "read": self.read,
            "seconds": round(self.seconds, 1),
            "missing": list(self.missing),
            "reasons": list(self.reasons),
        }


def status(project: Project, chosen: Selection, today: date) -> Iterator[VoiceRow]:
    """A row for each voice message of a selection. Raises CampaignError as `editions.voices.spoken`."""
    known = Recordings(project)
    for each in spoken(project, chosen):
        voices, keys = known.voices(each.job.locale), each.script.keys
        yield _row(each, min(voices, key=lambda voice: len(voice.missing(keys)), default=None), today)


def _row(each: Spoken, voice: Voice | None, today: date) -> VoiceRow:
    script, own = each.script, voice or Voice(each.job.locale, "")
    lacking = set(own.missing(script.keys))
    signs = {key.key: sign for sign, key in zip(DIGITS, script.digits, strict=True)}
    missing = [words.words for words in script.words if words.key in lacking]
    missing += [f"{signs[w.key]}: {w.words}" for w in script.digits if w.key in lacking]
    reasons = [str(said) for said in consent_said(own, today)] if voice else []
    if voice and not lacking and (own.dictation is None or own.dictation.digits != own.digits(script)):
        reasons.append("nobody wrote down its digits yet: campaign voice dictation")
    clips = len(dict.fromkeys(script.keys))
    return VoiceRow(
        each.job, own.name, clips, clips - len(lacking), length.seconds(script, own), tuple(missing), tuple(reasons)
    )
