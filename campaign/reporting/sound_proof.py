"""A finished sound read again: its numbers are those of contacts.toml, its digits and words are the voice's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from campaign import voice as room
from campaign.audit.proof import Proof, contacts_of
from campaign.checks.rules import finding
from campaign.errors import CampaignError
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, quoted, say
from campaign.project import Project
from campaign.voice import cues
from campaign.voice.cues import DIGIT, CueSheet
from campaign.voice.recordings import Recordings, Voice

#: The sheet of the cues of a message, beside its sounds.
SHEET = "voice.json"
SHEETS = {"listen.mp3": "listen.json"}
_PROMPT = re.compile(r"voice-prompt-([0-9]+)\.wav")


def is_sound(entry: Entry) -> bool:
    """Whether a file is heard."""
    return entry.media_type.startswith(("audio/", "video/"))


def prove_sound(project: Project, campaign: Campaign, edition: Edition, entry: Entry, data: bytes) -> Proof:
    """Decode a sound of an edition and find in it what was signed.

    Raises:
        CampaignError: the extra is not installed.
    """
    room.needs_extra()
    try:
        sheet = _sheet(project, edition, entry)
        voice = Recordings(project).voice(sheet.locale, sheet.voice)
        said = (*_numbers(sheet, entry, campaign), *_heard(project, entry, data, sheet, voice))
    except ValueError:
        said, sheet = (say("the sheet of its cues is not here, or is damaged: build again"),), None
    except CampaignError as error:
        said, sheet = tuple(quoted(problem.what) for problem in error.problems), None
    shown = Counter(contact for contact, _ in sheet.spoken()) if sheet else {}
    return Proof(entry.path, "sound", dict(sorted(shown.items())), (), tuple(_found(entry, said)))


def _found(entry: Entry, said: tuple[Sentence, ...]) -> Iterator[Finding]:
    return (finding("sound", entry.locale, entry.path, each) for each in said)


def _sheet(project: Project, edition: Edition, entry: Entry) -> CueSheet:
    """The cues of a file; raises ValueError where there are none."""
    path = PurePosixPath(entry.path)
    try:
        whole = cues.load(project.built(edition, str(path.with_name(SHEETS.get(path.name, SHEET)))).read_bytes())
        prompt = _PROMPT.fullmatch(path.name)
        return whole.block(int(prompt[1]) - 1) if prompt else whole
    except (OSError, IndexError) as error:
        raise ValueError("no cue sheet") from error


def _numbers(sheet: CueSheet, entry: Entry, campaign: Campaign) -> Iterator[Sentence]:
    """What is said of another number than contacts.toml has now, and who of the file's contacts is not named."""
    known = {contact.id: re.sub(r"[^0-9+]", "", contact.display) for contact in campaign.contacts if contact.number}
    spoken = sheet.spoken()
    for contact, digits in spoken:
        if known.get(contact) != digits:
            yield say("it says %(digits)s, and %(contact)s is another number", digits=digits, contact=contact)
    for due in contacts_of(entry, campaign):
        if due.number and due.id not in {contact for contact, _ in spoken}:
            yield say("the number of %(contact)s is not said", contact=due.id)


def _heard(project: Project, entry: Entry, data: bytes, sheet: CueSheet, voice: Voice) -> Iterator[Sentence]:
    from campaign.voice import coding, message, proof
    from campaign.voice.sound import wave

    form = coding.form_of(PurePosixPath(entry.path).name)
    digits, words = message.known_clips(project, voice, {cue.sound: cue for cue in sheet.cues})
    prompt = _PROMPT.fullmatch(PurePosixPath(entry.path).name)
    templates = proof.templates(digits, form) if any(cue.kind == DIGIT for cue in sheet.cues) else {}
    yield from proof.findings(data, form, sheet, templates, loud=not prompt)
    y = wave(coding.decode(data, form, seconds=sheet.length / cues.RATE + 5))
    yield from proof.words_findings(y, sheet, words)
