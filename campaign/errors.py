"""What the user can fix: a CampaignError says what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: `where` is a file, file:line or key; `todo` is the next step for the user.

    `rule` is the code of the rule (checks/rules.py) that it breaks, empty where it breaks none.
    """

    where: str
    what: str
    todo: str = ""
    rule: str = ""

    def __str__(self) -> str:
        place = "".join(f"{part}: " for part in (self.where, self.rule) if part)
        step = f"\n    what to do: {self.todo}" if self.todo else ""
        return f"{place}{self.what}{step}"


class CampaignError(Exception):
    """The user's input cannot be used as it is. Carries every problem found, never only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[CampaignError], tuple[object, ...]]:
        """Whole on its way from a worker: pickled by its problems, not by its text."""
        return type(self), (self.problems,)

    @classmethod
    def single(cls, what: str, *, where: str = "", todo: str = "") -> CampaignError:
        """An error that holds one problem."""
        return cls(Problem(where, what, todo))
