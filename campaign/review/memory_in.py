"""A memory of another organisation as proposals: drafts with their origin, whoever signed them there.

A sentence without a text takes the pair of the same source. A machine's draft that nobody changed gives way to a text
that somebody signed elsewhere; a person's draft keeps its text and gets theirs as a suggestion beside it. What is
signed here stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from campaign import languages
from campaign.catalogue.exchange import tmx
from campaign.catalogue.exchange.answers import Answer, Proposal
from campaign.catalogue.origins import MEMORY, untouched
from campaign.ledger.queue import Line
from campaign.model.state import State
from campaign.model.unit import Unit

#: How a suggestion begins, as drafting writes it too.
SUGGESTION = "suggestion: "


def answers(lines: Mapping[str, Line], proposals: Iterable[Proposal], name: str) -> Iterator[Answer]:
    """What a memory says about the sentences of a language; `name` is its file.

    Of several pairs for one sentence the best counts: in the same context, signed, the latest.
    """
    by_source: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_source[proposal.source].append(proposal)
    for line in lines.values():
        unit = line.unit
        found = _forms(unit, by_source) if unit.plural else _best(unit, by_source.get(unit.source, ()))
        if not found or line.state is State.SIGNED or line.approved_by:
            continue
        forms, pair = tuple(each.text for each in found), found[0]
        origin = tmx.origin(pair, f"{MEMORY}{' '.join(name.split())[:80]}")
        if forms == unit.forms:
            yield _answer(line, forms, pair)
        elif not any(map(str.strip, unit.forms)) or (pair.signed and untouched(unit)):
            yield _answer(line, forms, pair, origin=origin)
        elif pair.signed:
            said = f"{SUGGESTION}{' | '.join(forms)} ({origin})"
            yield _answer(line, unit.forms, pair, notes=(" ".join(said.split()),))


def _answer(
    line: Line, forms: tuple[str, ...], pair: Proposal, *, origin: str = "", notes: tuple[str, ...] = ()
) -> Answer:
    return Answer(
        line.key,
        line.source_hash,
        line.text_hash,
        forms,
        fuzzy=True if origin else None,
        notes=notes,
        place=repr(pair.source[:60]),
        origin=origin,
    )


def _best(unit: Unit, pairs: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The best pair for a sentence; none where there is none."""
    fit = [pair for pair in pairs if pair.text.strip() and not pair.plural]
    return tuple(sorted(fit, key=lambda pair: (pair.context == unit.context, bool(pair.signed), pair.on))[-1:])


def _forms(unit: Unit, by_source: Mapping[str, Sequence[Proposal]]) -> tuple[Proposal, ...]:
    """A pair for every plural form: only a memory of this program says which is which."""
    pairs = [pair for text in dict.fromkeys((unit.source, unit.plural)) for pair in by_source.get(text, ())]
    mine = {pair.plural: pair for pair in pairs if pair.key == unit.key and pair.text.strip()}
    wanted = languages.get(unit.locale).categories
    return tuple(mine[category] for category in wanted) if mine.keys() >= set(wanted) else ()
