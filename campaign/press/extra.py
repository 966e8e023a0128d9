"""The libraries and programs of print production, each asked for where it is first needed."""

from __future__ import annotations

import shutil
from importlib import util

from campaign.errors import CampaignError

EXTRA = "press"


def need_libraries() -> None:
    """Say which extra is missing before any work is done.

    Raises:
        CampaignError: the extra `press` is not installed.
    """
    if util.find_spec("pikepdf") is None:
        raise CampaignError.single(
            "print production needs pikepdf",
            todo=f"install the extra: pip install 'campaign[{EXTRA}]'",
        )


def ghostscript() -> str | None:
    """The path of Ghostscript, or None when it is not installed."""
    return shutil.which("gs") or shutil.which("gswin64c")


def tesseract() -> str | None:
    """The path of the Tesseract OCR program, or None when it is not installed."""
    return shutil.which("tesseract")
