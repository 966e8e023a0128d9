"""One item of an edition: what came of making it, or how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from campaign.errors import Problem
from campaign.model.artefact import Artefact
from campaign.model.cover import Change
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.state import State
from campaign.model.unfit import Unfit
from campaign.model.used_unit import UsedUnit


@dataclass(frozen=True, slots=True)
class Item:
    """One job done: its files, or why there are none. `warnings` are findings that stop nothing.

    `unfit` are the formats of it that could not be made, where others were: those have no file.
    `parts` are the hashes of what it is made from, by name, `made` is the hash of them all, `layouts` the layout files
    it was set in; `used` are the units that it shows, `rendered` the keys of all units of its message.
    `whole`: of a release, somebody signed it as a whole, as it is laid out; else only its sentences are signed.
    """

    job: Job
    state: State
    batch: str = ""
    content: str = ""
    contacts: tuple[str, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    refused: tuple[Finding, ...] = ()
    failed: tuple[Problem, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    warnings: tuple[Finding, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    layouts: tuple[str, ...] = ()
    used: tuple[UsedUnit, ...] = ()
    rendered: tuple[str, ...] = ()
    whole: bool = True

    @property
    def complete(self) -> bool:
        """Whether it has the files of all its formats."""
        return not (self.refused or self.failed or self.unfit)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why it, or a format of it, could not be made."""
        return *self.failed, *(problem for each in self.unfit for problem in each.problems)

    def bare(self) -> Item:
        """The same without what only the build needs: a report of many items stays small."""
        return replace(self, artefacts=(), parts={}, used=(), rendered=())


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an item is, and why there is none; `earlier`: it was signed before order, look and pictures were kept.

    `used` are the units that it shows; `changed` is what of a stale item is not as it was approved. `whole`: somebody
    signed it as a whole, as it is laid out.
    """

    job: Job
    state: State
    failed: tuple[Problem, ...] = ()
    earlier: bool = False
    used: tuple[UsedUnit, ...] = ()
    changed: tuple[Change, ...] = ()
    whole: bool = False
