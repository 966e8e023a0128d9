"""Packs in: the answers of a file that came back, each taken or refused with its reason; all or none on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange import html, issued, po, xlsx
from campaign.catalogue.exchange.answers import Returned
from campaign.errors import CampaignError
from campaign.ledger import verdicts
from campaign.project import Project, locked, write_atomic
from campaign.review.judged import NotTakenError, Plan, judge
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from a file: texts that changed, sentences signed, comments (with rejections), what was there
    already, and, by place and reason, what was not taken.
    """

    locale: str
    texts: int
    signed: int
    comments: int
    same: int
    refused: tuple[str, ...]


def take(project: Project, file: Path, on: date) -> Taken:
    """Take the answers of an HTML pack's answer file, a worksheet or a PO file.

    Raises:
        CampaignError: the file is none of these, is damaged or dangerous, is for no language of the campaign, or
            answers a pack that was not made for its language. Nothing is changed then.
    """
    returned = _read(file)
    desk = Desk(project)
    if returned.locale not in desk.campaign.languages:
        raise CampaignError.single(
            f"is in {returned.locale}, which is no language of this campaign", where=str(file), todo="ask who sent it"
        )
    pack = issued.find(project.review_packs(returned.locale), returned.pack) if returned.pack else None
    if returned.pack and pack is None:
        raise CampaignError.single(
            f"answers a pack that was not made here for {returned.locale}",
            where=str(file),
            todo="import it where the pack was exported; nothing was changed",
        )
    if returned.name:
        problems = list(verdicts.faults(returned.name, ""))
        if problems:
            raise CampaignError(problems)
    with desk.lock:
        sheet = desk.sheet(returned.locale)
        plan = Plan(refused=list(returned.refused))
        for answer in returned.answers:
            try:
                judge(desk, sheet, returned, pack, answer, on, plan)
            except NotTakenError as reason:
                plan.refused.append(f"{answer.place or answer.key}: {reason}")
        _write(desk, sheet, plan)
    return Taken(returned.locale, plan.texts, plan.signed, plan.comments, plan.same, tuple(plan.refused))


def _read(file: Path) -> Returned:
    try:
        if file.stat().st_size > words.LARGEST:
            raise CampaignError.single("is too large for a review pack", where=str(file), todo="ask who sent it")
        data = file.read_bytes()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=str(file)) from error
    if data.startswith(b"PK"):
        return xlsx.read(data, file.name)
    if data.lstrip()[:1] == b"{":
        return html.read(data, file.name)
    if file.suffix.casefold() == ".po":
        return po.read(file, file.name)
    raise CampaignError.single(
        "is no answer file (.json), worksheet (.xlsx) or PO file (.po)",
        where=file.name,
        todo="take the file that the HTML pack made, not the pack itself",
    )


def _write(desk: Desk, sheet: Sheet, plan: Plan) -> None:
    """Write the texts, then the ledger; when the ledger cannot be written, the texts are put back."""
    catalogue, path = desk.catalogue(sheet.locale), desk.project.catalogue(sheet.locale)
    if catalogue is None:  # the source language: its texts are the templates
        plan.edits.clear()
    before = path.read_bytes() if plan.edits else b""
    if catalogue is not None and plan.edits:
        catalogue.edit(plan.edits, seen=plan.seen)
    try:
        if plan.events:
            verdicts.record(desk.project, sheet.locale, plan.events, sheet.ledger)
    except CampaignError:
        if plan.edits:
            with locked(path, desk.project.name(path)):
                write_atomic(path, before)
        raise
