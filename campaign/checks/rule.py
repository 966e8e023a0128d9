"""One rule that a text, a message or a file keeps: what `rules` lists."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `words` say it to a person who is no programmer, `source` says why we keep it.

    `waivable` says whether a named person may waive it with a reason: only where people judge better than a program.
    """

    code: str
    severity: Severity
    words: str
    source: str
    waivable: bool = False

    def __str__(self) -> str:
        return f"{self.words} (Source: {self.source}.)"
