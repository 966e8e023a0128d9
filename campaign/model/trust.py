"""Whose word counts in a campaign."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campaign.model.reviewer import Reviewer

#: What a person can be to a campaign.
ROLES = ("translator", "mediator", "second reader", "staff")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose word counts: the roles that may sign and waive, and the names of those who may revoke what others signed.

    `people` are the names of everybody who may sign, each another person; without any, every name may, and names that
    look alike are one person. `reviewers` are the people of reviewers.toml, who may sign in their languages, roles and
    time; None where there is no such file. `own_text`: who wrote a text may be the one who reviews it;
    `item_signatures`: an item goes out only when it was signed as a whole, as it is laid out; `blind`: whoever reads
    second does not see what others said. `back_translated` are the languages with nobody, whose back-translation two
    people read who know the language. `ssh` asks for a
    verified key behind every signature of a release; `sealed` are the ids of the only signatures that count then, None
    where every one may.
    """

    roles: tuple[str, ...] = ("mediator",)
    coordinators: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ssh: bool = False
    sealed: frozenset[str] | None = None
    reviewers: tuple[Reviewer, ...] | None = None
    own_text: bool = False
    item_signatures: bool = False
    blind: bool = False
    back_translated: tuple[str, ...] = ()

    def of(self, locale: str) -> Trust:
        """Whose word counts in one language: where two people read a back-translation, in every role."""
        trust = replace(self, roles=ROLES) if locale in self.back_translated else self
        if self.reviewers is None:
            return trust
        return replace(trust, reviewers=tuple(each for each in self.reviewers if locale in each.languages))

    @property
    def known(self) -> bool:
        """Whether the campaign says who its people are: then each name is another person."""
        return bool(self.people) or self.reviewers is not None

    def may_sign(self, name: str, role: str, on: str) -> bool:
        """Whether the signature of this name in this role on this day (ISO 8601) can count."""
        if role not in self.roles or (self.people and name not in self.people):
            return False
        if self.reviewers is None:
            return True
        return any(each.name == name and role in each.roles and each.serves(on) for each in self.reviewers)
