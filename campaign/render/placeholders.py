"""The `%(name)s` of a text, which rendering fills in."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def placeholders(text: str) -> list[str]:
    """The names of the `%(name)s` placeholders of a text, in order, with repeats."""
    return [match[1] for match in PLACEHOLDER.finditer(text) if match[1]]
