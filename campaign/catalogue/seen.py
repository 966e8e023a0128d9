"""With which facts (numbers, promises) people approved sentences and items: a change of them takes no word's approval,
and makes the items that show them stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: item name -> hash of the facts that it was signed off with as a whole -> the people who stand for it.
SignOffs = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """What a ledger says about facts.

    `told` are the items whose facts any approval kept; `approved` are, by (source hash, text hash), for each person who
    stands for these words, the facts by item that they had before their eyes, approval by approval. An item that such a
    view does not name had none that were kept: nothing is known against what was approved.
    """

    sign_offs: SignOffs = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    approved: Mapping[tuple[str, str], tuple[tuple[Mapping[str, str], ...], ...]] = field(default_factory=dict)

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

        def counts(views: tuple[Mapping[str, str], ...]) -> bool:
            return any(view.get(item, facts) == facts for view in views)

        return item not in self.told or all(sum(map(counts, self.approved.get(each, ()))) >= needed for each in words)
