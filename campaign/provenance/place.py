"""Where words stand that nobody signs: file and line, as far as a file holds them as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def written_at(text: str, files: Mapping[str, Path]) -> str:
    """`name:line` of the first of these files, by name, that holds the words on one line; "" where none does."""
    for name, path in files.items():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if text in " ".join(line.split()):
                return f"{name}:{number}"
    return ""
