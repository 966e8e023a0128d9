"""Where a voice is heard in what went out, and what somebody must see to of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from campaign.ledger import ledger
from campaign.ledger.releases import History, Release
from campaign.model.campaign import Campaign
from campaign.model.cover import SOUND, part_of
from campaign.model.event import Event
from campaign.model.job import Job
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.voice.recordings import Recordings
from campaign.voice.value import voice_of

NAME = "voice"
#: The files in which somebody is heard, beside a page too.
_SOUNDS = frozenset((".ogg", ".mp3", ".wav", ".flac", ".mp4"))
#: A consent that ends within this time is said.
SOON = timedelta(days=30)


def heard_in(project: Project, past: History, locale: str, name: str) -> tuple[Release, ...]:
    """The released sounds of every item that somebody signed in this voice, a page's too; the last release of each.

    Raises:
        CampaignError: the ledger cannot be read.
    """
    events = ledger.read(project.ledger(locale), project.name(project.ledger(locale))).events
    items = {event.unit_key for event in events if _said_by(event) == name}
    found = {
        (release.path, release.sha256): release
        for release in past.releases
        if release.locale == locale and PurePosixPath(release.path).suffix in _SOUNDS
        if Job(release.country, locale, release.audience, NAME).item in items
    }
    return tuple(sorted(found.values(), key=lambda release: (release.path, release.on)))


def _said_by(event: Event) -> str:
    """The pseudonym of the voice that a sign-off of an item covers."""
    if event.verdict is not Verdict.SIGN:
        return ""
    return voice_of(part_of(event.text_hash, SOUND))


def lines(past: History, found: tuple[Release, ...]) -> Iterator[str]:
    """Each of them with its day, its batch and the packs that it went into."""
    for release in found:
        packs = ", ".join(f"{pack.pack} ({pack.receiver})" for pack in past.packs_of(release))
        yield f"{release.path}, {release.on}, batch {release.batch}{f', in {packs}' if packs else ''}"


def reminders(project: Project, past: History, campaign: Campaign, today: date) -> Iterator[str]:
    """Consents that end soon or are over, and files of a voice that took its consent back and are out.

    Raises:
        CampaignError: the recordings or a ledger cannot be read.
    """
    if NAME not in campaign.channels:
        return
    known = Recordings(project)
    for voice in (voice for locale in campaign.languages for voice in known.voices(locale)):
        name, consent = f"the voice {voice.locale}/{voice.name}", voice.consent
        if consent is None:
            continue
        if consent.withdrawn:
            out = [each for each in heard_in(project, past, voice.locale, voice.name) if not past.recalled(each)]
            if out:
                todo = f"campaign recall {voice.locale}/{voice.name}"
                yield f"{name} took its consent back on {consent.withdrawn}: {len(out)} files are out: {todo}"
        elif consent.until < today.isoformat():
            yield f"the consent of {name} ended on {consent.until}: ask again, or record another voice"
        elif not replace(consent, given="").holds(today + SOON):
            yield f"the consent of {name} ends on {consent.until}"
