"""One person who reviews: what a campaign knows of them, and never how they are reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person of reviewers.toml: name or pseudonym, languages, roles, and the first and last day (ISO 8601, "" where
    there is none).
    """

    name: str
    languages: tuple[str, ...]
    roles: tuple[str, ...] = ("mediator",)
    since: str = ""
    until: str = ""

    def serves(self, on: str) -> bool:
        """Whether the person is there on a day."""
        return self.since <= on and (not self.until or on <= self.until)
