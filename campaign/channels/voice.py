"""The voice channel: the same words, heard. A message read aloud by a person, its captions, its script to read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from campaign import languages, voice
from campaign.bidi import directed
from campaign.channels import radio_spot, voice_film
from campaign.channels.draft import marked
from campaign.channels.voice_script import script_data
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.contact import ADDRESS, CHAT, EMAIL, Contact
from campaign.model.cover import SOUND
from campaign.model.frame import Frame
from campaign.model.message import Message
from campaign.model.unfit import Unfit
from campaign.voice import script as scripts
from campaign.voice.recordings import Reading, Recordings
from campaign.words import SPOT, VOICE

if TYPE_CHECKING:
    from campaign.channels.voice_files import Files
    from campaign.typeset.session import Typesetter

TEXT, RADIO, DIGITS = f"text:{VOICE}", f"text:{SPOT}", "digits"
#: The form (voice/coding) that has pictures.
FILM = "film"
#: The layout of the script to read from.
LAYOUT = "voice-script"


class Voice:
    """The voice channel: `voice.ogg`, `voice.mp3`, `voice.wav`, `voice.flac` and prompts once somebody has read all of
    it, with `voice.vtt` and `voice.json`; always `voice.txt` and `radio-spot.txt`, for review `voice-script.pdf`.
    """

    name = "voice"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._typesetter, self._review = campaign, typesetter, review

    @cached_property
    def recordings(self) -> Recordings:
        """The recordings of the workspace, looked at when somebody asks."""
        return Recordings(self._typesetter.project)

    @cached_property
    def _files(self) -> Files:
        voice.needs_extra()
        from campaign.channels.voice_files import Files

        return Files(self._typesetter.project, review=self._review, draw=self._draw if self._campaign.film else None)

    def _draw(self, message: Message, captions: Sequence[str]) -> Sequence[bytes]:
        """The pictures of a film."""
        return voice_film.pictures(self._typesetter, self._campaign, message, captions, review=self._review)

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """The text that is read, that of the radio spot where there is one, and the words of the digits."""
        spot = (RADIO,) if SPOT in message.texts else ()
        film = voice_film.shows(message) if self._campaign.film else ()
        return (TEXT, *spot, DIGITS, *film) if VOICE in message.texts else ("title",)

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The first helpline, and what else of its numbers is said."""
        first, said = message.helplines[0].contact, "\n".join(message.texts.get(name, "") for name in (VOICE, SPOT))
        return first, *(
            contact for contact in scripts.numbered(message) if contact is not first and contact.display in said
        )

    def frame(self, _message: Message, /) -> Frame:
        """A voice has no look, a film has one."""
        return Frame(layouts=(voice_film.LAYOUT,) if self._campaign.film else ())

    def spoken(self, message: Message, /) -> Mapping[str, str]:
        """What a signature covers of the sound: voice and clips of the message in its own words; nothing while it is
        not read whole.
        """
        try:
            reading = self.reading(message)
        except CampaignError:  # the item itself fails, and says why
            reading = None
        return {SOUND: reading.value if reading else ""}

    def script(self, message: Message) -> scripts.Script:
        """What is read.

        Raises:
            CampaignError: the workspace lacks the templates of the channel, a number cannot be read digit by digit, or
                the first helpline's number is not said twice.
        """
        words = message.blocks.get(DIGITS, ())
        if VOICE not in message.texts or len(words) != len(scripts.DIGITS):
            raise CampaignError.single(
                "the templates of the channel voice are not here, or lack a digit",
                where="templates/channels/voice.j2, templates/channels/digits.j2",
                todo="lay them out: campaign add channel voice",
            )
        made = scripts.read(message.texts[VOICE], message)
        first = message.helplines[0].contact
        if first.way in (CHAT, EMAIL):
            raise CampaignError.single(
                f"{first.id} has neither a number nor an address to say: nobody hears the letters of {first.display}",
                where=f"contacts.toml: {first.id}",
                todo="record a number or an address for it, or take voice out of channels in campaign.toml",
            )
        told = [number.contact for number in made.numbers] + [first.id] * (
            2 * scripts.told(message.texts[VOICE], first)
        )
        if told.count(first.id) < 2:
            raise CampaignError.single(
                f"the {first.way} of {first.id} is not said twice",
                where="templates/channels/voice.j2",
                todo="put {{ phone }} on a line of its own",
            )
        return made

    def reading(self, message: Message) -> Reading | None:
        """The message in the voice that read all of it."""
        return self.recordings.reading(self.script(message))

    def export(self, message: Message, /) -> Iterator[Artefact | Unfit]:
        """The files of a message. Without a whole reading those of review have the words alone, and a release none.

        Raises:
            CampaignError: a clip is not here or was changed, the extra is not installed, the script cannot be set.
        """
        made, units = self.script(message), message.used(*self.shows(message))
        reading = self.recordings.reading(made)
        rtl = languages.get(message.locale).rtl
        text = directed(message.texts[VOICE], message.lettered, rtl=rtl, isolate=True)
        shown = marked(text, message, units) if self._review else text
        yield Artefact("voice.txt", "text/plain", f"{shown}\n".encode(), units, VOICE, contacts=_said(made, message))
        if self._review:
            data = script_data(message, made, self._campaign)
            laid = self._typesetter.lay_out(LAYOUT, data)
            yield Artefact("voice-script.pdf", "application/pdf", laid.pdf, units, "voice-script")
        yield from self._spot(message)
        if reading:
            yield from self._files.of(message, reading, self.contacts(message), units)

    def _spot(self, message: Message) -> Iterator[Artefact]:
        """What a radio station reads out, where the workspace has its template."""
        if SPOT in message.texts:
            made, units = scripts.read(message.texts[SPOT], message), message.used(RADIO, DIGITS)
            file = "radio-spot.txt"
            text = radio_spot.written(message)
            shown = marked(text, message, units) if self._review else text
            found, said = tuple(radio_spot.too_long(made, file)), _said(made, message)
            yield Artefact(file, "text/plain", f"{shown}\n".encode(), units, SPOT, found, said)

    def glance(self, message: Message, /) -> Iterator[Artefact | Unfit]:
        """What is listened to before somebody signs: the message as messengers get it, and its text."""
        made, units = self.script(message), message.used(*self.shows(message))
        text = message.texts[VOICE].encode()
        yield Artefact("voice.txt", "text/plain", text, units, VOICE, contacts=_said(made, message))
        yield from self._spot(message)
        if self._campaign.film:
            try:
                yield from tuple(self._still(message, made))
            except CampaignError as error:
                yield Unfit(FILM, error.problems)
        if reading := self.recordings.reading(made):
            yield from self._files.of(message, reading, self.contacts(message), units, only="opus")

    def _still(self, message: Message, made: scripts.Script) -> Iterator[Artefact]:
        """Two pictures of the film: its first, and the one with the longest caption."""
        captions = [words.words for words in made.words]
        chosen = dict.fromkeys((captions[0], max(captions, key=len)))
        units = message.used(*self.shows(message))
        for number, picture in enumerate(self._draw(message, [*chosen]), start=1):
            yield Artefact(f"voice-film-{number}.png", "image/png", picture, units, VOICE)

    def beside_page(self, message: Message, /) -> Iterator[Artefact]:
        """The sound beside a page, and the sheet of its cues. Raises CampaignError as `export` does."""
        if reading := self.reading(message):
            units = message.used(*self.shows(message))
            yield from self._files.beside_page(message, reading, self.contacts(message), units)


def _said(made: scripts.Script, message: Message) -> tuple[str, ...]:
    """The ids of the contacts whose numbers are said, and of the first where its address is."""
    first = message.helplines[0].contact
    numbers = [number.contact for number in made.numbers]
    return tuple(dict.fromkeys([first.id, *numbers] if first.way == ADDRESS else numbers))
