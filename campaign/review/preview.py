"""What a reader will get, while it is reviewed: an item laid out by its own channel, with one sentence pointed out."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from campaign.channels.sms import measured, sendable
from campaign.channels.social import weighted_length
from campaign.errors import CampaignError, Problem
from campaign.forms import show
from campaign.forms.frame import CHANNEL
from campaign.model.artefact import Artefact
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.model.unfit import Unfit
from campaign.model.unit import Unit
from campaign.protocols import Channel, Glanced
from campaign.raster import pointed_out
from campaign.render.texts import Texts
from campaign.review.look import Look
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.loader import Workspace

#: What of a final look is kept: what the eye reads. A PDF without the mark of a draft could be printed.
SEEN = ("image/png", "text/plain", "text/html", "audio/ogg")


@dataclass(frozen=True, slots=True)
class Wish:
    """An item that somebody wants to see; `unit` is the sentence to point out, with the text that is being tried.

    `final` shows it without the mark of a draft, as it would go out: pictures, texts and pages, never a PDF.
    """

    sheet: Sheet
    job: Job
    unit: Unit | None = None
    final: bool = False

    def key(self, generation: int) -> Hashable:
        """What the look shows: equal keys, equal looks. `generation` numbers the state of templates and settings."""
        sheet, unit = self.sheet, self.unit
        tried = (unit.key, unit.forms) if unit else ()
        return generation, self.job, self.final, tried, sheet.said_in(self.job.country, self.job.audience)


class Previews:
    """Looks at items, through the warm bench of a desk, which keeps them. Several threads may call its methods."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        #: Held while an item is laid out, which takes long: the desk's own lock is free meanwhile.
        self._setting = threading.Lock()

    def look(self, sheet: Sheet, job: Job, unit: Unit | None = None, *, final: bool = False) -> Look:
        """The item of a job, laid out now unless that look is kept."""
        return self.made(Wish(sheet, job, unit, final))

    def known(self, wish: Wish) -> Look | None:
        """The look that somebody wants, if it is kept; nothing is made."""
        return self._desk.shelf.get(wish.key(self._desk.generation))

    def made(self, wish: Wish) -> Look:
        """The look that somebody wants, made unless it is kept."""
        key = wish.key(self._desk.generation)
        known = self._desk.shelf.get(key)
        if known is None:
            with self._setting:
                known = self._desk.shelf.get(key)
                if known is None:
                    known = self._made(wish)
                    self._desk.shelf.put(key, known)
        return known

    def forget(self, wish: Wish) -> None:
        """Try a look again that could not be made."""
        known = self.known(wish)
        if known is not None and known.problems:
            self._desk.shelf.drop(wish.key(self._desk.generation))

    def failed(self, wish: Wish, problem: Problem) -> None:
        """Keep why a look cannot be made, in its place."""
        self._desk.shelf.put(wish.key(self._desk.generation), Look(wish.job, problems=(problem,)))

    def _made(self, wish: Wish) -> Look:
        job, unit, texts = wish.job, wish.unit, wish.sheet.texts
        if unit is not None:
            texts = replace(texts, units={**texts.units, unit.key: unit})
        try:
            if job.channel == CHANNEL:
                return self._frame(wish, texts)
            with self._desk.lock:
                message = self._desk.bench().renderer.message(job.audience, job.locale, job.country, texts)
                channel = self._desk.channels(final=wish.final)[job.channel]
            shown = tuple(
                used.shown
                for used in message.used(*channel.shows(message))
                if unit is not None and used.key == unit.key and used.shown
            )
            return _laid_out(wish, channel, replace(message, marked=shown))
        except CampaignError as error:
            return Look(job, problems=error.problems)

    def _frame(self, wish: Wish, texts: Texts) -> Look:
        """A form with values of nobody: a plain sheet, and the worst that an office may type."""
        campaign, locale = wish.sheet.campaign, wish.sheet.locale
        source = self._desk.sheet(campaign.source_language).texts
        space = Workspace(self._desk.project, campaign, {campaign.source_language: source, locale: texts})
        return Look(wish.job, tuple(show.pictures(space, wish.job, final=wish.final)))


def _laid_out(wish: Wish, channel: Channel, message: Message) -> Look:
    job, plan, x = wish.job, wish.sheet.campaign.sms, message.texts.get("x", "")
    all_ = tuple(channel.glance(message) if isinstance(channel, Glanced) and wish.final else channel.export(message))
    made = tuple(each for each in all_ if isinstance(each, Artefact))
    return Look(
        job,
        tuple(each for each in made if not wish.final or each.media_type in SEEN),
        tuple(problem for each in all_ if isinstance(each, Unfit) for problem in each.problems),
        findings=tuple(found for artefact in made for found in artefact.findings),
        marked=message.marked,
        cut=_cut(made) if message.marked else None,
        sms=measured(sendable(message, plan), plan)[0] if job.channel == "sms" else None,
        parts=plan.parts,
        weight=weighted_length(x) if job.channel == "social" and x else None,
    )


def _cut(made: Sequence[Artefact]) -> Artefact | None:
    """The part of a picture around the pointed-out sentence, for a screen that has no room for the whole page."""
    pictures = (each for each in made if each.media_type == "image/png")
    cuts = ((each, pointed_out(each.data)) for each in pictures)
    return next((Artefact(each.path, each.media_type, data, ()) for each, data in cuts if data), None)
