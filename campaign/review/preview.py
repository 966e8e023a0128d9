"""What a reader will get, while it is reviewed: an item laid out by its own channel, with one sentence pointed out."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from campaign.channels.sms import measured, sendable
from campaign.channels.social import weighted_length
from campaign.counting.sms import SmsMeasure
from campaign.counting.x import X_LIMIT
from campaign.errors import CampaignError, Problem
from campaign.forms import show
from campaign.forms.frame import CHANNEL
from campaign.model.artefact import Artefact
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.model.unit import Unit
from campaign.protocols import Channel, Glanced
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.loader import Workspace

#: What of a final look is kept: what the eye reads. A PDF without the mark of a draft could be printed.
SEEN = ("image/png", "text/plain", "text/html", "audio/ogg")


@dataclass(frozen=True, slots=True)
class Look:
    """An item as it would be built for review. `problems` say why it cannot be shown whole; then it has no files.

    `marked` are the texts of the pointed-out sentence as this item fills them in; `sms` (with the `parts` that the
    campaign pays for) and `weight` (with its `limit` on X) are the cost of the text without the mark of a draft.
    """

    job: Job
    artefacts: tuple[Artefact, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    marked: tuple[str, ...] = ()
    sms: SmsMeasure | None = None
    parts: int = 0
    weight: int | None = None
    limit: int = X_LIMIT


class Previews:
    """Looks at items, through the warm bench of a desk; so many are kept. Several threads may call its methods."""

    def __init__(self, desk: Desk, kept: int = 24) -> None:
        self._desk, self._kept = desk, kept
        #: Held while an item is laid out, which takes long: the desk's own lock is free meanwhile.
        self._setting = threading.Lock()
        self._looks: OrderedDict[tuple[object, ...], Look] = OrderedDict()
        self._files: dict[tuple[object, ...], dict[str, Artefact]] = {}

    def file(self, name: str) -> Artefact | None:
        """The file of a kept look, by its `file_name`."""
        with self._desk.lock:
            return next((files[name] for files in self._files.values() if name in files), None)

    def look(self, sheet: Sheet, job: Job, unit: Unit | None = None, *, final: bool = False) -> Look:
        """The item of a job; `unit` is the sentence to point out, with the text that is being tried.

        `final` shows it without the mark of a draft, as it would go out: pictures, texts and pages, never a PDF.
        """
        if job.channel == CHANNEL:
            return self._frame(sheet, job, unit, final=final)
        texts = sheet.texts
        if unit is not None:
            texts = replace(texts, units={**texts.units, unit.key: unit})
        try:
            with self._desk.lock:
                message = self._desk.bench().renderer.message(job.audience, job.locale, job.country, texts)
                channel = self._desk.channels(final=final)[job.channel]
                shown = tuple(
                    used.shown
                    for used in message.used(*channel.shows(message))
                    if unit is not None and used.key == unit.key and used.shown
                )
                message = replace(message, marked=shown)
                # Two looks with the same words, marks and numbers are the same look.
                words = (tuple(message.texts.items()), tuple(message.labels.items()))
                key = (self._desk.generation, job, final, message.batch, shown, *words)
                known = self._known(key)
            if known is None:
                with self._setting:
                    known = self._known(key) or self._keep(key, _laid_out(sheet, job, channel, message, final=final))
            return known
        except CampaignError as error:
            return Look(job, problems=error.problems)

    def _frame(self, sheet: Sheet, job: Job, unit: Unit | None, *, final: bool) -> Look:
        """A form with values of nobody: a plain sheet, and the worst that an office may type."""
        texts = sheet.texts
        if unit is not None:
            texts = replace(texts, units={**texts.units, unit.key: unit})
        with self._desk.lock:
            campaign = sheet.campaign
            source = self._desk.sheet(campaign.source_language).texts
            space = Workspace(self._desk.project, campaign, {campaign.source_language: source, sheet.locale: texts})
            key = (self._desk.generation, job, final, tuple(each.text_hash for each in texts.units.values()))
            known = self._known(key)
        if known is None:
            with self._setting:
                try:
                    made = tuple(show.pictures(space, job, final=final))
                    known = Look(job, made)
                except CampaignError as error:
                    return Look(job, problems=error.problems)
                known = self._keep(key, known)
        return known

    def _known(self, key: tuple[object, ...]) -> Look | None:
        with self._desk.lock:
            if key in self._looks:
                self._looks.move_to_end(key)
            return self._looks.get(key)

    def _keep(self, key: tuple[object, ...], look: Look) -> Look:
        files = {file_name(artefact): artefact for artefact in look.artefacts}
        with self._desk.lock:
            self._looks[key], self._files[key] = look, files
            while len(self._looks) > self._kept:
                del self._files[self._looks.popitem(last=False)[0]]
        return look


def _laid_out(sheet: Sheet, job: Job, channel: Channel, message: Message, *, final: bool) -> Look:
    plan, x = sheet.campaign.sms, message.texts.get("x", "")
    made = tuple(channel.glance(message) if isinstance(channel, Glanced) and final else channel.export(message))
    return Look(
        job,
        tuple(each for each in made if not final or each.media_type in SEEN),
        findings=tuple(found for artefact in made for found in artefact.findings),
        marked=message.marked,
        sms=measured(sendable(message, plan), plan)[0] if job.channel == "sms" else None,
        parts=plan.parts,
        weight=weighted_length(x) if job.channel == "social" and x else None,
    )


def file_name(artefact: Artefact) -> str:
    """What a page calls a file of a look: the hash of its bytes."""
    return hashlib.sha256(artefact.data).hexdigest()[:32]
