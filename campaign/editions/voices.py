"""What people do with voices beside recording: agree, withdraw, write down digits; drafts that a machine speaks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign import voice as room
from campaign.channels.registry import channels
from campaign.channels.voice import Voice as Channel
from campaign.editions import voice_out
from campaign.editions.listening import reads
from campaign.editions.voice_out import NAME
from campaign.errors import CampaignError
from campaign.ledger import releases
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.people import may_be_one, name_fault
from campaign.project import Project, write_atomic
from campaign.render.messages import Messages
from campaign.typeset.session import Typesetter
from campaign.voice import recordings
from campaign.voice.recordings import USES, Consent, Dictation, Recordings, Voice
from campaign.voice.script import DIGITS, Script
from campaign.workspace import loader
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of the channel voice: its item, its words and what is read of them."""

    job: Job
    message: Message
    script: Script


def spoken(project: Project, chosen: Selection) -> Iterator[Spoken]:
    """The voice messages of a selection.

    Raises:
        CampaignError: the campaign has no voice, the workspace cannot be read, a message cannot be rendered.
    """
    space = loader.load(project)
    if NAME not in space.campaign.channels:
        raise CampaignError.single(
            "the campaign has no channel voice", where="campaign.toml", todo="add it: campaign add channel voice"
        )
    asked, renderer = chosen.resolve(space.campaign), Messages(project, space.campaign)
    channel = channels(space.campaign, Typesetter(project), review=True)[NAME]
    assert isinstance(channel, Channel)  # noqa: S101 - the list of channels says so
    for group in asked.groups():
        message = renderer.message(group.audience, group.locale, group.country, space.texts[group.locale])
        yield Spoken(Job(group.country, group.locale, group.audience, NAME), message, channel.script(message))


def first(project: Project, locale: str, chosen: Selection | None = None) -> Spoken:
    """The first voice message of a language, for its digits. Raises CampaignError as `spoken`."""
    asked = chosen or Selection()
    return next(iter(spoken(project, replace(asked, locales=(locale,)))))


def own(project: Project, locale: str, reader: str) -> Voice:
    """The voice of a person, or a new one under the next free pseudonym.

    Raises:
        CampaignError: a file of the recordings cannot be read.
    """
    known = Recordings(project).voices(locale)
    mine = next((voice for voice in known if reader and voice.reader and reads(voice, reader)), None)
    taken = {voice.name for voice in known}
    return mine or Voice(locale, next(f"v{n}" for n in range(1, len(taken) + 2) if f"v{n}" not in taken))


def agree(
    project: Project, locale: str, name: str, reader: str, on: date, until: date, uses: tuple[str, ...], scope: str
) -> Consent:
    """Note what somebody agreed to.

    Raises:
        CampaignError: no name, no such language, a last day that is over, or the voice is somebody else's.
    """
    space = loader.load(project)
    Selection(locales=(locale,)).resolve(space.campaign)
    if fault := name_fault(reader):
        raise CampaignError.single(fault, where="--reader", todo="name who reads; it stays in recordings/")
    last = date(until.year, until.month, until.day)
    if last < on:
        raise CampaignError.single(f"{last} is over", where="--until", todo="name a day to come")
    asked = tuple(use for use in USES if not uses or use in uses)
    given = Consent(on.isoformat(), last.isoformat(), asked, scope or space.campaign.name)

    def act(voice: Voice) -> Voice:
        if voice.reader and not may_be_one(voice.reader, reader):
            raise CampaignError.single(
                "this voice is somebody else's", where=f"--voice {name}", todo="give the new reader another pseudonym"
            )
        return replace(voice, reader=reader, consent=given)

    recordings.change(project, locale, name, act)
    return given


def withdraw(project: Project, locale: str, name: str, on: date) -> tuple[str, ...]:
    """Note that a consent was taken back; the released files in which this voice is heard.

    Raises:
        CampaignError: the voice never agreed, or a file cannot be read.
    """

    def act(voice: Voice) -> Voice:
        if voice.consent is None:
            raise CampaignError.single("never agreed", where=f"{locale}/{name}", todo="look at: campaign voice status")
        return replace(voice, consent=replace(voice.consent, withdrawn=voice.consent.withdrawn or on.isoformat()))

    recordings.change(project, locale, name, act)
    past = releases.read(project.history, project.name(project.history))
    return tuple(voice_out.lines(past, voice_out.heard_in(project, past, locale, name)))


def dictation_of(voice: Voice, script: Script) -> str:
    """The digits that a second person hears: each once, in an order that the clips decide, after a plus."""
    seed = voice.digits(script)
    order = sorted("0123456789", key=lambda digit: hashlib.sha256(f"{seed}{digit}".encode()).digest())
    return DIGITS[-1] + "".join(order)


def to_dictate(project: Project, locale: str, name: str) -> Path:
    """Write the sound of a voice's digits in that order.

    Raises:
        CampaignError: a digit is not recorded yet, or the extra is not installed.
    """
    data = dictation_sound(project, locale, name)
    path = recordings.home(project, locale, name) / "dictation.ogg"
    write_atomic(path, data)
    return path


def dictation_sound(project: Project, locale: str, name: str) -> bytes:
    """The digits of a voice in the order of `dictation_of`, as Opus. Raises CampaignError as `to_dictate`."""
    room.needs_extra()
    from campaign.voice import coding, message

    said, voice = first(project, locale), Recordings(project).voice(locale, name)
    _whole(voice, said.script)
    digits = dictation_of(voice, said.script)
    return coding.encode(message.read_out(project, voice, said.script, digits), coding.FORMS["opus"])


def dictated(project: Project, locale: str, name: str, by: str, digits: str, on: date) -> None:
    """Note what a second person heard.

    Raises:
        CampaignError: it is not what was played, the person reads themselves, or a digit is not recorded yet.
    """
    said = first(project, locale)

    def act(voice: Voice) -> Voice:
        _whole(voice, said.script)
        if fault := name_fault(by):
            raise CampaignError.single(fault, where="--by", todo="say who listened")
        if may_be_one(by, voice.reader) or by == voice.name:
            raise CampaignError.single("the reader cannot", where=f"--by {by}", todo="let another person listen")
        due, heard = dictation_of(voice, said.script), "".join(digits.split())
        if heard != due:
            wrong = [sign for sign, other in zip(due, heard.ljust(len(due)), strict=False) if sign != other]
            raise CampaignError.single(
                f"is not what was played ({len(due)} signs; wrong from sign {_differs(due, heard)})",
                where="--digits",
                todo="listen again; if you hear it so, record these digits anew: " + " ".join(dict.fromkeys(wrong)),
            )
        return replace(voice, dictation=Dictation(by, on.isoformat(), voice.digits(said.script)))

    recordings.change(project, locale, name, act)


def _differs(due: str, heard: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(due, heard, strict=False), 1) if a != b), min(len(due), len(heard)))


def _whole(voice: Voice, script: Script) -> None:
    missing = [sign for sign, each in zip(DIGITS, script.digits, strict=True) if voice.missing([each.key])]
    if missing:
        raise CampaignError.single(
            f"has not read the digits {' '.join(missing)}",
            where=f"{voice.locale}/{voice.name}",
            todo="record all eleven first",
        )


def drafts(project: Project, locale: str, chosen: Selection) -> Iterator[tuple[Path, float]]:
    """Write each message as a machine speaks it, with how long it is.

    Raises:
        CampaignError: espeak-ng is not installed, or does not speak the language; the extra is not installed.
    """
    room.needs_extra()
    from campaign.voice import drafted

    drafted.speaks(locale)
    for said in spoken(project, replace(chosen, locales=(locale,))):
        made = drafted.draft(said.script)
        folder = Path("output", "voice-draft", said.job.country, locale, said.job.audience)
        path = project.inside(project.root / folder / drafted.FILE)
        write_atomic(path, made.data)
        yield path, made.seconds
