"""What a voice message lacks before it may go out: a whole reading, consent, dictation, and another person's ears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from campaign.checks.rules import finding
from campaign.model.cover import SOUND, Cover
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.sentence import Sentence, say
from campaign.model.used_unit import UsedUnit
from campaign.people import may_be_one
from campaign.render.texts import Texts
from campaign.voice.recordings import Consent, Recordings, Voice
from campaign.voice.value import digits_of, voice_of


@dataclass(frozen=True, slots=True)
class Listening:
    """The recordings of a workspace and its ledgers on a day."""

    recordings: Recordings
    texts: Mapping[str, Texts]
    today: date

    def findings(self, job: Job, used: Iterable[UsedUnit], cover: Cover, where: str) -> Iterator[Finding]:
        """Why the sound of an item may not go out; nothing where it may."""
        keys = tuple(unit.key for unit in used)
        for said in self._said(job, keys, cover):
            yield finding("voice", job.locale, where, said)

    def _said(self, job: Job, keys: tuple[str, ...], cover: Cover) -> Iterator[Sentence]:
        value = cover.parts[SOUND]
        if not value:
            yield say("no voice has read all of it as it is now")
            return
        voice = self.recordings.voice(job.locale, voice_of(value))
        yield from consent_said(voice, self.today)
        if voice.dictation is None or voice.dictation.digits != digits_of(value):
            yield say("nobody wrote down the digits of the voice %(voice)s as they hear them", voice=voice.name)
        texts = self.texts[job.locale]
        people = texts.seen.people(job.item, cover)
        others = [name for name in people if not reads(voice, name)]
        if len(others) < texts.needed or not texts.signed_whole(job.item, cover, keys):
            yield say("too few people beside the reader listened to all of it and signed")


def reads(voice: Voice, name: str) -> bool:
    """Whether somebody of this name may be who reads, under their own name or the voice's."""
    return any(may_be_one(name, other) for other in (voice.reader, voice.name) if other)


def consent_said(voice: Voice, on: date) -> Iterator[Sentence]:
    """Why the consent of a voice does not hold on a day."""
    consent: Consent | None = voice.consent
    if consent is None or not voice.reader:
        yield say("the voice %(voice)s has not agreed to be heard", voice=voice.name)
    elif consent.withdrawn:
        yield say("the voice %(voice)s took its consent back on %(day)s", voice=voice.name, day=consent.withdrawn)
    elif not consent.holds(on):
        yield say("the consent of the voice %(voice)s ended on %(day)s", voice=voice.name, day=consent.until)
