"""The `%(name)s` of a text, which rendering fills in."""

from __future__ import annotations

import re
from functools import lru_cache

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


@lru_cache(maxsize=16384)  # every message asks again about the same texts
def placeholders(text: str) -> tuple[str, ...]:
    """The names of the `%(name)s` placeholders of a text, in order, with repeats."""
    return tuple(match[1] for match in PLACEHOLDER.finditer(text) if match[1])
