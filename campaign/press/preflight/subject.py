"""What is inspected, and one line of the result: a measured value beside its limit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from campaign.model.layout import Layout
from campaign.model.print_profile import PrintProfile

if TYPE_CHECKING:
    from PIL import Image


class Verdict(StrEnum):
    """FAIL stops a pack, WARN asks for a look, SKIP says that a program for the check is not installed."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured: `check` names it, `where` says on which page."""

    check: str
    where: str
    measured: str
    limit: str
    verdict: Verdict

    def as_json(self) -> dict[str, str]:
        """The shape of the JSON report."""
        return {
            "check": self.check,
            "where": self.where,
            "measured": self.measured,
            "limit": self.limit,
            "verdict": self.verdict.value,
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """A press file with all it must agree with.

    `pages` are the CMYK pictures of trim and bleed at `profile.resolution`; `numbers` the telephone numbers as people
    read them; `folds` (page, mm from the left of the trim) where the layout folds, `expected_folds` where it must.
    `words` are short hashes of what each page says, as it was set (typeset/layer).
    `live` is the same press file with its type when the type of `pdf` is outlines; empty otherwise.
    """

    pdf: bytes
    pages: tuple[Image.Image, ...]
    layout: Layout
    profile: PrintProfile
    url: str
    numbers: tuple[str, ...]
    folds: tuple[tuple[int, float], ...] = ()
    expected_folds: tuple[tuple[int, float], ...] = ()
    live: bytes = b""
    words: tuple[str, ...] = ()

    @property
    def readable(self) -> bytes:
        """The file whose type can be read: the press file, or the one that its outlines were made from."""
        return self.live or self.pdf


def judge(check: str, where: str, measured: str, limit: str, passed: bool, *, soft: bool = False) -> Line:
    """A line that passes, fails, or (`soft`) warns."""
    bad = Verdict.WARN if soft else Verdict.FAIL
    return Line(check, where, measured, limit, Verdict.PASS if passed else bad)
