"""Packs in: the answers of a file that came back, each taken or refused with its reason; all or none on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from campaign import limits
from campaign.audit.bounded import readers
from campaign.audit.document import UnreadableError
from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange import html, po, xlsx
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.errors import CampaignError
from campaign.ledger import issued
from campaign.ledger.issued import Issued
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.digest import digest
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.decide import decide
from campaign.review.decision import NOBODY, Decision, Outcome
from campaign.review.session import Desk


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
    desk = Desk(project)
    known = desk.campaign.languages  # reads the settings, the limits among them
    returned = _read(file, partial(_whose, desk))
    if returned.locale not in known:
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
    with desk.lock:
        sheet, decisions, refused = desk.sheet(returned.locale), list[Decision](), list(returned.refused)
        for answer in returned.answers:
            line = sheet.lines.get(answer.key)
            row = words.token(answer.key, answer.source_hash, answer.seen)
            if pack and answer.seen and row not in pack.rows and line and line.source_hash == answer.source_hash:
                refused.append(f"{_place(answer)}: this sentence did not stand in the pack with these words")
            else:
                decisions.append(_decision(returned, pack, answer, line))
        outcomes = decide(desk, returned.locale, decisions, on)
    for decision, outcome in zip(decisions, outcomes, strict=True):
        if not outcome.done:
            refused.append(f"{decision.place}: {'; '.join(refusal.problem.what for refusal in outcome.refused)}")
    return _counted(returned.locale, outcomes, refused)


def _place(answer: Answer) -> str:
    return answer.place or answer.key


def _decision(returned: Returned, pack: Issued | None, answer: Answer, line: Line | None) -> Decision:
    """An answer as a decision. A file of a pack says by its rows what the person saw."""
    seen = answer.seen
    if pack and line and not seen:
        row = words.token(answer.key, line.source_hash, line.text_hash)
        seen = line.text_hash if row in pack.rows else "another text"
    said, why = (answer.comment, "") if answer.verdict is not Verdict.REJECT else ("", answer.comment)
    whole = (
        returned.name,
        returned.role,
        answer.key,
        answer.seen,
        *(answer.forms or ()),
        answer.verdict,
        answer.comment,
    )
    return Decision(
        answer.key,
        answer.verdict,
        Person(returned.name, returned.role) if returned.name else NOBODY,
        seen,
        pack.head if pack else "",
        source=answer.source_hash,
        shown=bool(pack and answer.seen),
        forms=answer.forms,
        comment=said,
        reason=why,
        fuzzy=answer.fuzzy,
        notes=answer.notes,
        place=_place(answer),
        answer=digest(pack.pack, *whole) if pack else "",
    )


def _counted(locale: str, outcomes: Sequence[Outcome], refused: Sequence[str]) -> Taken:
    said = [event for outcome in outcomes for event in outcome.events if event.verdict is not Verdict.LAPSE]
    return Taken(
        locale,
        sum(outcome.changed for outcome in outcomes),
        sum(event.verdict is Verdict.SIGN for event in said),
        sum(event.verdict is not Verdict.SIGN for event in said),
        sum(outcome.done and not outcome.changed and not outcome.events for outcome in outcomes),
        tuple(refused),
    )


def _whose(desk: Desk, number: str) -> str:
    """The language that the pack with this number was made for; "" where none was."""
    tags = desk.campaign.languages if number else ()
    return next((tag for tag in tags if issued.find(desk.project.review_packs(tag), number)), "")


def _read(file: Path, whose: Callable[[str], str]) -> Returned:
    limits.sized(file, str(file), "import_mb")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=str(file)) from error
    if data.startswith(b"PK"):
        return _apart(data, file.name)
    if data.lstrip()[:1] == b"{":
        return html.read(data, file.name)
    if file.suffix.casefold() == ".po":
        return po.read(file, file.name, whose)
    raise CampaignError.single(
        "is no answer file (.json), worksheet (.xlsx) or PO file (.po)",
        where=file.name,
        todo="take the file that the HTML pack made, not the pack itself",
    )


def _apart(data: bytes, name: str) -> Returned:
    """A worksheet, read in a process of its own: what unpacks it is a library that believes what the file says."""
    xlsx.look_inside(data, name)  # most of what is hostile is refused without one
    with readers(1) as pool:
        (answer,) = pool.run(_worksheet, [(data, name)])
    if isinstance(answer, UnreadableError):
        raise CampaignError.single(str(answer), where=name, todo="ask who sent it; export a new worksheet")
    return answer


def _worksheet(file: tuple[bytes, str]) -> Returned:
    return xlsx.read(*file)
