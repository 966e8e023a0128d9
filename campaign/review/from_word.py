"""What a Word document says, against the language as it is: which sentence a row is about, and whether it says any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from campaign.catalogue.exchange import answers as words
from campaign.catalogue.exchange.answers import Answer
from campaign.ledger.issued import Issued
from campaign.ledger.queue import Line
from campaign.model.digest import digest


def squeezed(text: str) -> str:
    """A text with one space for all that a program may make of one."""
    return " ".join(text.split())


def settled(
    answers: Iterable[Answer], lines: Mapping[str, Line], pack: Issued | None
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """The answers with the sentences that they are about, those that say nothing left silent; and what cannot be taken.

    The source of a row says which sentence it is, its bookmark which one of several with this source.
    """
    known: dict[str, list[Line]] = defaultdict(list)
    for each in lines.values():
        for source in {squeezed(each.unit.source), squeezed(each.unit.plural)} - {""}:
            known[source].append(each)
    found, refused = list[Answer](), list[str]()
    for answer in answers:
        line, problem = _line(answer, lines, known)
        if line is None:
            refused += [f"{answer.place}: {problem}"] if problem and not answer.remark else []
            refused += [f"{answer.place}: {problem}: {answer.comment[:80]}"] if answer.remark else []
        else:
            found.append(_about(replace(answer, key=line.key), line, pack))
    return _once(found, refused)


def _line(answer: Answer, lines: Mapping[str, Line], known: Mapping[str, Sequence[Line]]) -> tuple[Line | None, str]:
    """The sentence of a row, or why nobody knows it."""
    mine, same = lines.get(answer.key), known.get(squeezed(answer.sources[0]), ())
    if mine is not None and (answer.remark or mine in same):
        return mine, ""
    if len(same) == 1 and not same[0].unit.plural:
        return same[0], ""
    if mine is not None:
        return None, "the text under “source” was changed: comment on it, and correct only what stands under “text”"
    if answer.key:
        return None, f"stale: no such sentence any more: no unit has the key {answer.key}"
    return None, "the row lost its hidden name, and its source does not say which sentence it is: export a new file"


def _about(answer: Answer, line: Line, pack: Issued | None) -> Answer:
    """An answer about a sentence, with the exact text where only spaces differ; untouched rows are silent."""
    if answer.remark:
        known = {*map(squeezed, line.unit.forms), ""}
        about = "" if known & set(map(squeezed, answer.shown)) else f"(on “{answer.shown[0]}”) "
        return replace(answer, seen=line.text_hash, shown=(), sources=(), comment=about + answer.comment)
    own, forms = line.unit.forms, answer.forms or ()
    if len(forms) == len(own):
        forms = tuple(mine if squeezed(text) == squeezed(mine) else text for text, mine in zip(forms, own, strict=True))
    row = words.token(line.key, line.source_hash, digest(*forms))
    untouched = forms == own or bool(answer.silent and pack and row in pack.rows)
    # The text before the changes says what the person saw; where they were not tracked, the pack says it.
    shown = answer.shown if not answer.silent else ()
    return replace(answer, forms=forms, shown=shown, silent=untouched)


def _once(answers: Sequence[Answer], refused: list[str]) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """One text for each sentence: a row that was copied counts once, and not at all when the copies differ."""
    texts: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        if not answer.remark:
            texts[answer.key].append(answer)
    taken = list[Answer]()
    for each in texts.values():
        said = [answer for answer in each if not answer.silent]
        if len({answer.forms for answer in said}) > 1:
            places = ", ".join(answer.place for answer in said)
            refused.append(f"{places}: one sentence, and different texts for it: leave one")
        else:
            taken.append((said or each)[0])
    return (*taken, *(answer for answer in answers if answer.remark)), tuple(refused)
