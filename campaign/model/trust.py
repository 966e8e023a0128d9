"""Whose word counts in a campaign."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose word counts: the roles that may sign and waive, and the names of those who may revoke what others signed.

    `people` are the names of everybody who may sign, each another person; without any, every name may, and names that
    look alike are one person. `ssh` asks for a verified key behind every signature of a release; `sealed` are the
    ids of the only signatures that count then, None where every one may.
    """

    roles: tuple[str, ...] = ("mediator",)
    coordinators: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ssh: bool = False
    sealed: frozenset[str] | None = None
