"""Packs in: the answers of a file that came back, each taken or refused with its reason; all or none on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from campaign.bulk import bulk
from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.editions import voice_import
from campaign.editions.voice_import import Imported
from campaign.errors import CampaignError
from campaign.ledger import issued
from campaign.ledger.issued import Issued
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.digest import digest
from campaign.model.verdict import Verdict
from campaign.people import name_fault, pasted, tidy
from campaign.project import Project
from campaign.review import from_word, memory_in
from campaign.review.decide import decide
from campaign.review.decision import NOBODY, Decision, Outcome, Why
from campaign.review.from_word import squeezed
from campaign.review.returned import Asked, read
from campaign.review.session import Desk


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from a file: texts that changed, sentences signed, comments (with rejections), what was there
    already, and, by place and reason, what was not taken. `cleaned` is what was taken out of texts, or of the name,
    because nobody sees it, `idle` are the pairs of a memory that changed nothing, `read_aloud` says of each recording
    what became of it.
    """

    locale: str
    texts: int
    signed: int
    comments: int
    same: int
    refused: tuple[str, ...]
    cleaned: tuple[str, ...] = ()
    idle: int = 0
    read_aloud: tuple[Imported, ...] = ()


@bulk()
def take(project: Project, file: Path, on: date, language: str = "") -> Taken:
    """Take the answers of an HTML pack's answer file, a worksheet, a Word document, a PO or XLIFF file; or a memory.

    `language` is that of a file that answers no pack and whose title is no language, or the one to take of a memory.

    Raises:
        CampaignError: the file is none of these, is damaged or dangerous, is for no language of the campaign, or
            answers a pack that was not made for its language. Nothing is changed then.
    """
    desk = Desk(project)
    known, source = desk.campaign.languages, desk.campaign.source_language  # reads the settings, the limits among them
    targets = tuple(tag for tag in known if tag != source)
    returned = read(file, Asked(partial(_whose, desk), language, source, targets))
    bare = pasted(returned.name)
    unseen = ("the name: taken out: characters that nobody sees",) if bare != tidy(returned.name) else ()
    returned = replace(returned, name=bare)
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
        now, decisions, refused = desk.sheet(returned.locale), list[Decision](), list(returned.refused)
        answers = (*returned.answers, *memory_in.answers(now.lines, returned.memory, file.name))
        if returned.free:
            answers, unknown = from_word.settled(answers, now.lines, pack)
            refused += unknown
        for answer in answers:
            line = now.lines.get(answer.key)
            answer = _settled(answer, line)
            if problem := _misplaced(answer, line, pack):
                refused.append(f"{_place(answer)}: {problem}")
            elif not answer.silent:
                decisions.append(_decision(returned, pack, answer, line))
        outcomes = decide(desk, returned.locale, decisions, on)
    for decision, outcome in zip(decisions, outcomes, strict=True):
        if not outcome.done:
            said = "; ".join([*(refusal.problem.what for refusal in outcome.refused), *_kept(decision, outcome)])
            refused.append(f"{decision.place}: {said}")
    given = zip(decisions, outcomes, strict=True)
    strays = [f"{each.place}: taken out: {', '.join(outcome.cleaned)}" for each, outcome in given if outcome.cleaned]
    heard = tuple(voice_import.from_pack(project, returned.locale, returned.name, returned.heard, on))
    refused += [f"{each.file}: {each.problem}" for each in heard if each.problem]
    return replace(_counted(returned, outcomes, refused), cleaned=(*unseen, *strays), read_aloud=heard)


def _kept(decision: Decision, outcome: Outcome) -> list[str]:
    """What became of the words of an answer that was not taken."""
    kept = [event.verdict for event in outcome.events]
    words = ", ".join(map(repr, filter(None, (*(decision.forms or ()), decision.comment, decision.reason))))
    if outcome.conflict is None and outcome.has(Why.STALE) and words:
        return [f"there is no sentence to keep this beside: {words}"]
    said = {
        Verdict.SUGGEST: "the text of this file is kept as a suggestion",
        Verdict.COMMENT: "the comment is kept as a remark",
    }
    return [text for verdict, text in said.items() if verdict in kept]


def _settled(answer: Answer, line: Line | None) -> Answer:
    """An answer of a table whose program changed nothing but spaces, with the exact words that it stands for."""
    if line is None:
        return answer
    unit, source = line.unit, answer.source_hash
    if not source and answer.sources and all(squeezed(text) in _sources(line) for text in answer.sources):
        source = line.source_hash
    if tuple(map(squeezed, answer.shown)) == tuple(map(squeezed, unit.forms)):
        return replace(answer, source_hash=source, seen=line.text_hash, shown=unit.forms)
    return replace(answer, source_hash=source)


def _sources(line: Line) -> tuple[str, ...]:
    return squeezed(line.unit.source), squeezed(line.unit.plural)


def _misplaced(answer: Answer, line: Line | None, pack: Issued | None) -> str:
    """What is wrong with what a file says that it showed; "" for nothing."""
    if line is None or answer.remark or (answer.source_hash and line.source_hash != answer.source_hash):
        return ""  # a remark is about any text; or the sentence is another one now: `decide` says so
    if answer.forms is None and any(squeezed(text) not in _sources(line) for text in answer.sources):
        return "the text under “source” was changed: leave it, and write a correction under “your text”"
    if answer.sources and not answer.source_hash:
        return "the source is another one in this file: export it again"
    row = words.token(answer.key, line.source_hash, answer.seen)
    if pack and answer.seen and row not in pack.rows:
        if answer.shown:
            return "the text under “current text” was changed: leave it, and write a correction under “your text”"
        return "this sentence did not stand in the pack with these words"
    if answer.silent and any(answer.shown) and not line.unit.translated:
        return "a text stands under “current text”: write it under “your text”"
    return ""


def _place(answer: Answer) -> str:
    return answer.place or answer.key


def _decision(returned: Returned, pack: Issued | None, answer: Answer, line: Line | None) -> Decision:
    """An answer as a decision. A file of a pack says by its rows what the person saw."""
    seen = answer.seen
    if pack and line and not seen:
        row = words.token(answer.key, line.source_hash, line.text_hash)
        own = digest(*answer.forms or ())
        untouched = words.token(answer.key, line.source_hash, own) in pack.rows
        seen = line.text_hash if row in pack.rows else own if untouched else "another text"
    said, why = (answer.comment, "") if answer.verdict is not Verdict.REJECT else ("", answer.comment)
    whole = (
        returned.name,
        returned.role,
        answer.key,
        answer.seen if not answer.remark else answer.by,
        *(answer.forms or ()),
        answer.verdict,
        answer.comment,
    )
    return Decision(
        answer.key,
        answer.verdict,
        _person(returned, answer),
        seen,
        pack.head if pack else "",
        source=answer.source_hash,
        shown=bool(pack and answer.seen),
        forms=answer.forms,
        comment=said,
        reason=why,
        fuzzy=answer.fuzzy,
        notes=answer.notes,
        origin=answer.origin,
        place=_place(answer),
        answer=digest(pack.pack, *whole) if pack else "",
        items=pack.items if pack else None,
    )


def _person(returned: Returned, answer: Answer) -> Person:
    """Who says this: whom the file names at this place, else who sent it."""
    by = pasted(answer.by)
    name = by if by and not name_fault(by) else returned.name
    return Person(name, returned.role) if name else NOBODY


def _counted(returned: Returned, outcomes: Sequence[Outcome], refused: Sequence[str]) -> Taken:
    # What follows of itself is nothing that somebody said: that a text changed, that a signature ended with it.
    silent = (Verdict.LAPSE, Verdict.CHANGE)
    said = [event for outcome in outcomes for event in outcome.events if event.verdict not in silent]
    changed = sum(outcome.changed for outcome in outcomes)
    return Taken(
        returned.locale,
        changed,
        sum(event.verdict is Verdict.SIGN for event in said),
        sum(event.verdict is not Verdict.SIGN for event in said),
        sum(outcome.done and not outcome.changed and not outcome.events for outcome in outcomes),
        tuple(refused),
        idle=len(returned.memory) - changed if returned.memory else 0,
    )


def _whose(desk: Desk, number: str) -> str:
    """The language that the pack with this number was made for; "" where none was."""
    tags = desk.campaign.languages if number else ()
    return next((tag for tag in tags if issued.find(desk.project.review_packs(tag), number)), "")
