"""The editions of a campaign: one to look at, one that may go out."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """`review` holds everything, drafts under their mark; `release` only what is signed. The value names the folder."""

    REVIEW = "review"
    RELEASE = "release"
