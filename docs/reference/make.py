"""Writes the pages of docs/reference that the program itself knows best. Run it with: make reference"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from campaign import exports
from campaign.cli.main import COMMANDS, campaign
from campaign.counting.platforms import platforms
from campaign.model.blocks import BLOCKS, BlockSpec
from campaign.model.channels import CHANNELS
from campaign.model.labels import LABELS

FOLDER = Path(__file__).parent

#: The same on every machine and in every terminal.
SHAPE: dict[str, Any] = {"max_content_width": 96, "terminal_width": 96, "help_option_names": ["-h", "--help"]}


def commands() -> str:
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


def blocks() -> str:
    """Every block and label of a message."""
    rows = [(_names(spec), spec.note, spec.limits, _places(spec)) for spec in BLOCKS]
    labels = [(f"`{spec.name}`", ", ".join(spec.channels)) for spec in LABELS]
    return "\n".join(
        (
            "# Every block of a message\n\nMade by `make reference` from `campaign/model/blocks.py` and `labels.py`.",
            "[How to write a message](../how-to/messages.md) says how they are filled.\n",
            "## Blocks\n\nA message fills them in `templates/messages/<audience>.j2`. One without lines is left out",
            "with its heading; a heading that a message leaves out is that of `base.j2`.\n",
            _table(("block", "what it is", "limits", "where it is printed"), rows),
            "\n## Labels\n\nSmall words that every item shares: the macros of `templates/messages/labels.j2`.\n",
            _table(("label", "items that always show it"), labels),
            "",
        )
    )


def channels() -> str:
    """Every channel, platform and export format."""
    ways = [(f"`{spec.name}`", spec.words) for spec in CHANNELS.values()]
    posts = [(f"`{one.id}`", one.name, f"{one.limit} ({one.unit})", one.as_of) for one in platforms().values()]
    formats = [(f"`{name}`", spec.words) for name, spec in exports.EXPORTS.items()]
    return "\n".join(
        (
            "# Every channel, platform and export format\n",
            "Made by `make reference` from `campaign/model/channels.py`, `data/platforms.toml` and",
            "`exports/__init__.py`.\n",
            "## Channels\n\nWhat `campaign build` makes, and `--channel` chooses from.\n",
            _table(("channel", "its items"), ways),
            "\n## Platforms\n\nThe channel `social` writes `<platform>.txt` for each; `campaign measure` counts.\n",
            _table(("platform", "name", "limit", "read in"), posts),
            "\n## Export formats\n\nWhat `campaign pack sms` puts into the ZIP of a country.\n",
            _table(("format", "its files"), formats),
            "",
        )
    )


def _names(spec: BlockSpec) -> str:
    return ", ".join(f"`{name}`" for name in reversed(spec.names))


def _places(spec: BlockSpec) -> str:
    """Where a block is printed as it stands."""
    where = list(spec.channels)
    if "leaflet" in where and not spec.printed:
        where[where.index("leaflet")] = "formats whose `shows` names it"
    return ", ".join(where)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def _inner(command: click.Command, name: str, parent: click.Context) -> click.Context:
    return click.Context(command, info_name=name, parent=parent, **SHAPE)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    return f"## {title}\n\n```\n{command.get_help(context)}\n```\n"


PAGES: Mapping[str, Callable[[], str]] = {"commands.md": commands, "blocks.md": blocks, "channels.md": channels}

if __name__ == "__main__":
    for file, page in PAGES.items():
        (FOLDER / file).write_text(page(), encoding="utf-8")
