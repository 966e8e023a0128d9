"""Pages for people: one HTML file each, that needs no network and no other file."""

from __future__ import annotations

from pathlib import Path

from campaign.project import write_atomic


def page(name: str, /, **values: object) -> str:
    """The page `name` (a template beside this file) with these values; every value is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{name}.html.j2").render(**values)


def write(path: Path, name: str, /, **values: object) -> None:
    """Write the page to a file in one step.

    Raises:
        CampaignError: the file cannot be written.
    """
    write_atomic(path, page(name, **values).encode("utf-8", "replace"))
