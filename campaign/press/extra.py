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
    if missing := [name for name in ("pikepdf", "zxingcpp") if util.find_spec(name) is None]:
        raise CampaignError.single(
            f"print production needs {' and '.join(missing)}",
            todo=f"install the extra: pip install 'campaign[{EXTRA}]'",
        )


def ghostscript() -> str | None:
    """The path of Ghostscript, or None when it is not installed."""
    return shutil.which("gs") or shutil.which("gswin64c")


def tesseract() -> str | None:
    """The path of the Tesseract OCR program, or None when it is not installed."""
    return shutil.which("tesseract")
