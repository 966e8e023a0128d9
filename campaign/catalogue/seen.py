"""How people saw the items that they approved, in whole or sentence by sentence: a change of order, number, picture or
layout takes no word's approval, and makes the items that show it stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from campaign.model.cover import Change, Cover, fullness
from campaign.model.state import State


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed an item off as a whole as it was, and the place of the last of them in the ledger."""

    people: frozenset[str]
    place: int = 0


#: item name -> what a sign-off of it as a whole covered (a text of `Cover`) -> who stands for it.
SignOffs = Mapping[str, Mapping[str, SignOff]]


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """What a ledger says about items beside their words.

    `told` are the items of which any approval kept more than words; `approved` are, by (source hash, text hash), for
    each person who stands for these words, the items as they had them before their eyes (texts of `Cover`, "" where
    nobody can say which), approval by approval. Of an item that such a view does not name nothing was kept: nothing is
    known against what was approved. A line of an earlier version tells less than one of this. `order` are, by source
    hash, the approvals in the order of the ledger: the place of each, and the hash of its text.

    `objected` are the items of which somebody said that they are not right, and nobody answered: by whom. `whole`: only
    who signs an item off as a whole approves it.
    """

    sign_offs: SignOffs = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    approved: Mapping[tuple[str, str], tuple[tuple[Mapping[str, str], ...], ...]] = field(default_factory=dict)
    order: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    objected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = False

    def hold(
        self, item: str, cover: Cover, words: Iterable[tuple[str, str]], needed: int, *, fully: bool = False
    ) -> bool:
        """Whether an item that shows these words is as it was approved.

        Either `needed` people signed it off as a whole as it is, or nobody signed off another one and each of its words
        has `needed` approvals given while the item was as it is. Words that did not stand there when it was signed off,
        as when the item was another one for a while, ask for such approvals too: nobody saw both together. `fully`: by
        people who saw all that a signature covers now; by default whoever signed in an earlier version is held to what
        that version kept. No item is to which somebody objects.
        """
        if item in self.objected:
            return False
        judge = _Judge(cover, fully=fully)
        if len(self.people(item, cover, fully=fully)) >= needed:
            words = self._later(item, judge, words)
            if self.whole and words:
                return False
            judge = _Judge(cover, fully=False)
        elif self.whole or any(not cover.same(known) for known in self.sign_offs.get(item, {})):
            return False
        elif item not in self.told:
            return not fully

        def saw(views: Iterable[Mapping[str, str]]) -> bool:
            """Whether one person gave one of these approvals while the item was as it is."""
            return bool(judge.counted(view.get(item, _UNTOLD) for view in views))

        return all(sum(map(saw, self.approved.get(each, ()))) >= needed for each in words)

    def signed_whole(self, item: str, cover: Cover, words: Iterable[tuple[str, str]]) -> bool:
        """Whether somebody signed an item off as it is, with these words in it: not only sentence by sentence."""
        return bool(self.people(item, cover)) and not self._later(item, _Judge(cover, fully=False), words)

    def _later(self, item: str, judge: _Judge, words: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The words that did not stand there when an item was signed off last as it is."""
        signed = self.sign_offs[item]
        last = max(signed[each].place for each in judge.counted(signed))
        return [each for each in words if not self._stood(each, last)]

    def _stood(self, words: tuple[str, str], place: int) -> bool:
        """Whether whoever signed at a place of the ledger had these words before their eyes: the last approved then.

        Of words that nobody approved nothing is said.
        """
        source, text = words
        texts = self.order.get(source, ())
        then = [each for at, each in texts if at <= place]
        return then[-1:] == [text] or text not in {each for _, each in texts}

    def people(self, item: str, cover: Cover, *, fully: bool = False) -> frozenset[str]:
        """Who signed an item off as it is. Where somebody saw more of another one, who saw less says nothing."""
        signed = self.sign_offs.get(item, {})
        return frozenset(name for each in _Judge(cover, fully=fully).counted(signed) for name in signed[each].people)

    def changes(self, item: str, cover: Cover) -> tuple[Change, ...]:
        """What is not as it was approved, in whole or sentence by sentence; of several states, against the nearest."""
        views = (view for people in self.approved.values() for views in people for view in views)
        known = [*self.sign_offs.get(item, {}), *(view[item] for view in views if item in view)]
        told = dict.fromkeys(filter(None, known))
        return min(filter(None, map(cover.changes, told)), key=len, default=())

    def unseen(self, item: str, cover: Cover) -> bool:
        """Whether an item that does not hold was never another one: nobody approved it as it is laid out."""
        return not self.sign_offs.get(item) and not self.changes(item, cover)

    def state(self, item: str, cover: Cover, words: Iterable[tuple[str, str]], needed: int) -> State:
        """How far an item is whose every sentence is signed."""
        if self.hold(item, cover, words, needed):
            return State.SIGNED
        return State.DRAFT if item in self.objected or self.unseen(item, cover) else State.STALE


#: Of an item of which nothing was kept.
_UNTOLD = "untold"


class _Judge:
    """Which of the states of an item that people saw are as it is now; each is compared once."""

    def __init__(self, cover: Cover, *, fully: bool) -> None:
        self._cover, self._fully = cover, fully
        self._same: dict[str, bool] = {_UNTOLD: True}

    def counted(self, known: Iterable[str]) -> list[str]:
        """Those that are, without any that tells less than one that is not."""
        states = dict.fromkeys(known)
        least = max((fullness(each) for each in states if not self._is_same(each)), default=0)
        return [each for each in states if self._is_same(each) and fullness(each) >= least and self._tells(each)]

    def _is_same(self, known: str) -> bool:
        if known not in self._same:
            self._same[known] = self._cover.same(known)
        return self._same[known]

    def _tells(self, known: str) -> bool:
        return not self._fully or self._cover.all_known(known)
