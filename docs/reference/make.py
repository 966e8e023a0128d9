"""Writes docs/reference/commands.md from the commands themselves. Run it with: make reference"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campaign.cli.main import COMMANDS, campaign

PAGE = Path(__file__).with_name("commands.md")


#: The same on every machine and in every terminal.
SHAPE: dict[str, Any] = {"max_content_width": 96, "terminal_width": 96, "help_option_names": ["-h", "--help"]}


def page() -> str:
    """Every command with its help, as Markdown."""
    parts = ["# Every command\n\nMade by `make reference` from the commands themselves.\n"]
    top = click.Context(campaign, info_name="campaign", **SHAPE)
    parts.append(_section("campaign", campaign, top))
    for name in COMMANDS:
        command = campaign.get_command(top, name)
        if command is None:
            continue
        inner = _inner(command, name, top)
        parts.append(_section(f"campaign {name}", command, inner))
        if isinstance(command, click.Group):
            for other, sub in command.commands.items():
                parts.append(_section(f"campaign {name} {other}", sub, _inner(sub, other, inner)))
    return "\n".join(parts)


def _inner(command: click.Command, name: str, parent: click.Context) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, **SHAPE)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    return f"## {title}\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
