"""One translation that an engine offers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that an engine offers; `score` is the mean log-probability per token, None when it gives none."""

    text: str
    score: float | None = None
