"""The files of a voice message that was read whole: coded, proved, with captions and the sheet of its cues."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from campaign.checks.rules import finding
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.contact import Contact
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.model.unfit import Unfit
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.voice import coding, cues, film, message, proof
from campaign.voice.coding import FORMS, Form
from campaign.voice.cues import CueSheet
from campaign.voice.recordings import Reading
from campaign.voice.sound import RATE, Pcm
from campaign.words import VOICE

#: Draws the pictures of a film: a PNG for each caption.
Draw = Callable[[Message, Sequence[str]], Sequence[bytes]]
#: WhatsApp shows its sign for voice up to this many bytes; more is a file that people must open.
MOST_BYTES = 512_000
#: What people listen to until the end, in seconds.
SHORTEST, LONGEST = 30, 120


class Files:
    """Makes the files of voice messages. Those of review begin with the sound that says: draft."""

    def __init__(self, project: Project, *, review: bool, draw: Draw | None = None) -> None:
        self._project, self._review, self._draw = project, review, draw
        #: The digits of a voice as they sound through a coder, by the hash of its clips and the form: few at a time.
        self._templates: dict[tuple[str, str], proof.Templates] = {}

    def of(
        self,
        item: Message,
        reading: Reading,
        contacts: Sequence[Contact],
        units: tuple[UsedUnit, ...],
        *,
        only: str = "",
    ) -> Iterator[Artefact | Unfit]:
        """The files of a message in each form that its voice agreed to, or in one of them. A film whose words have no
        room is said to be unfit.

        Raises:
            CampaignError: a clip is not here, or is not what was kept.
        """
        clips = message.clips(self._project, reading)
        made = message.put_together(reading.script, reading.voice.name, clips, draft=self._review)
        said = frozenset(cue.contact for cue in made.sheet.cues if cue.contact)
        base = Artefact("", "", b"", units, VOICE, contacts=tuple(each.id for each in contacts if each.id in said))
        for form in FORMS.values():
            if only in ("", form.name) and form is not FORMS["film"] and agreed(reading, form):
                yield self._coded(base, form, form.file, made.samples, made.sheet, reading, clips, item.locale)
        if only:
            return
        if agreed(reading, FORMS["telephone"]):
            yield from self._prompts(base, made, reading, clips, item.locale)
        written = {contact.id: contact.display for contact in contacts}
        if self._draw and agreed(reading, FORMS["film"]):
            shown = tuple(cues.captions(made.sheet.cues, written))
            try:
                drawn = self._draw(item, [text for _, _, text in shown])
            except CampaignError as error:
                yield Unfit(FORMS["film"].name, error.problems)
            else:
                data = film.encode(made.samples, drawn, [start for start, _, _ in shown])
                yield self._coded(
                    base, FORMS["film"], "voice.mp4", made.samples, made.sheet, reading, clips, item.locale, data
                )
        captions = cues.vtt(made.sheet, written).encode()
        yield replace(base, path="voice.vtt", media_type="text/vtt", data=captions)
        yield replace(base, path="voice.json", media_type="application/json", data=cues.dump(made.sheet))

    def beside_page(
        self, item: Message, reading: Reading, contacts: Sequence[Contact], units: tuple[UsedUnit, ...]
    ) -> Iterator[Artefact]:
        """The message as MP3 under the name that a page plays, and its cues. Raises CampaignError as `of`."""
        for made in self.of(item, reading, contacts, units, only="mp3"):
            if isinstance(made, Artefact):
                found = tuple(replace(each, where="listen.mp3") for each in made.findings)
                yield replace(made, path="listen.mp3", format="listen", findings=found)
        sheet = self.sheet(reading)
        yield Artefact("listen.json", "application/json", cues.dump(sheet), units, "listen", contacts=())

    def sheet(self, reading: Reading) -> CueSheet:
        """The cues of a message. Raises CampaignError as `of`."""
        clips = message.clips(self._project, reading)
        return message.laid_out(reading.script, reading.voice.name, clips, draft=self._review).sheet

    def _prompts(
        self, base: Artefact, made: message.Message, reading: Reading, clips: message.Clips, locale: str
    ) -> Iterator[Artefact]:
        """A file for each block, for telephone systems that put messages together themselves."""
        for number in range(len(reading.script.blocks)):
            own = [cue for cue in made.sheet.cues if cue.block == number]
            samples, sheet = made.samples[own[0].start : own[-1].end], made.sheet.block(number)
            file, form = f"voice-prompt-{number + 1}.wav", FORMS["telephone"]
            shown = tuple(dict.fromkeys(cue.contact for cue in own if cue.contact))
            yield self._coded(
                replace(base, contacts=shown), form, file, samples, sheet, reading, clips, locale, loud=False
            )

    def _coded(
        self,
        base: Artefact,
        form: Form,
        file: str,
        samples: Pcm,
        sheet: CueSheet,
        reading: Reading,
        clips: message.Clips,
        locale: str,
        data: bytes = b"",
        *,
        loud: bool = True,
    ) -> Artefact:
        data = data or coding.encode(samples, form)
        key = reading.voice.digits(reading.script), form.name
        if key not in self._templates:
            if len(self._templates) > 2 * len(FORMS):
                self._templates.clear()
            self._templates[key] = proof.templates(clips.digits, form)
        heard = proof.findings(data, form, sheet, self._templates[key], loud=loud)
        found = [finding("sound", locale, file, said) for said in heard]
        if form.name == "opus":
            found += _size(data, sheet, locale, file)
        return replace(base, path=file, media_type=form.media_type, data=data, findings=tuple(found))


def agreed(reading: Reading, form: Form) -> bool:
    """Whether a voice agreed to what a form is used for; before it was asked, everything is made for the ear."""
    consent = reading.voice.consent
    return consent is None or form.use in consent.uses


def _size(data: bytes, sheet: CueSheet, locale: str, file: str) -> Iterator[Finding]:
    if len(data) > MOST_BYTES:
        said = say(
            "takes %(size)s kB: WhatsApp shows a voice message up to %(most)s kB",
            size=len(data) // 1000,
            most=MOST_BYTES // 1000,
        )
        yield finding("length", locale, file, said)
    seconds = sheet.length / RATE
    if not SHORTEST <= seconds <= LONGEST:
        said = say("lasts %(seconds)s s: people listen to the end of %(least)s to %(most)s s")
        yield finding("length", locale, file, said.given(seconds=round(seconds), least=SHORTEST, most=LONGEST))
