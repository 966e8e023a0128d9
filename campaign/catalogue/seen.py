"""With which facts (numbers, promises) people approved sentences and items: a change of them takes no word's approval,
and makes the items that show them stale.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: item name -> hash of the facts that it was signed off with as a whole -> the people who stand for it.
SignOffs = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """What a ledger says about facts.

    `told` are, by item, the hashes of its facts with the number of the event from which on they were so, oldest first;
    `approved` are, by (source hash, text hash), the numbers of the last approvals of everybody who stands for these
    words. An event of an earlier version tells no facts: nothing is known against what it approved.
    """

    sign_offs: SignOffs = field(default_factory=dict)
    told: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    approved: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)

    def hold(self, item: str, facts: str, words: Iterable[tuple[str, str]], needed: int) -> bool:
        """Whether an item that shows these words has the facts that it was approved with.

        Either `needed` people signed it off as a whole with these facts, or nobody did with others and each of its
        words has `needed` approvals given while the item had these facts.
        """
        signed = self.sign_offs.get(item, {})
        if len(signed.get(facts, ())) >= needed:
            return True
        if any(other != facts for other in signed):
            return False
        told = self.told.get(item, ())
        starts = [number for number, _ in told]

        def counts(number: int) -> bool:
            at = bisect_right(starts, number)
            return at == 0 or told[at - 1][1] == facts

        return not told or all(sum(map(counts, self.approved.get(each, ()))) >= needed for each in words)
