"""The programs of print production, each asked for where it is first needed."""

from __future__ import annotations

import shutil


def ghostscript() -> str | None:
    """The path of Ghostscript, or None when it is not installed."""
    return shutil.which("gs") or shutil.which("gswin64c")


def tesseract() -> str | None:
    """The path of the Tesseract OCR program, or None when it is not installed."""
    return shutil.which("tesseract")
