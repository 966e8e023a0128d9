"""One format of an item that could not be made, where its other formats were."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.errors import Problem


@dataclass(frozen=True, slots=True)
class Unfit:
    """What a channel gives in the place of the files of a format that cannot be shown whole; `problems` say why."""

    format: str
    problems: tuple[Problem, ...]
