"""A text as a TOML value."""

from __future__ import annotations


def quoted(text: str) -> str:
    """The text as a basic string of TOML, on one line whatever it holds."""
    import tomlkit

    return tomlkit.item(text).as_string()
