"""campaign rename: another name for an audience, a contact or a format, another source language, everywhere."""

from __future__ import annotations

import click

from campaign.cli import options


@click.group("rename", epilog="Example: campaign rename audience seasonal-workers fruit-pickers")
def command() -> None:
    """Give an audience, a contact or a format another name, wherever it stands. Texts keep their signatures.

    `source` writes the messages in another language.
    """


@command.command("audience", epilog="Example: campaign rename audience seasonal-workers fruit-pickers")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@options.dry_run
@click.pass_context
def audience(ctx: click.Context, *, old: str, new: str, dry_run: bool) -> None:
    """Call the audience OLD NEW. What was approved as it was laid out is looked at again."""
    from campaign.shaping import audiences

    options.reshaped(ctx, lambda project: audiences.rename(project, old, new), dry_run=dry_run)


@command.command("contact", epilog="Example: campaign rename contact es-helpline es-proyecto")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@options.dry_run
@click.pass_context
def contact(ctx: click.Context, *, old: str, new: str, dry_run: bool) -> None:
    """Give the contact OLD the id NEW."""
    from campaign.shaping import contacts

    options.reshaped(ctx, lambda project: contacts.rename(project, old, new), dry_run=dry_run)


@command.command("layout", epilog="Example: campaign rename layout leaflet-a5 flyer")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@options.dry_run
@click.pass_context
def layout(ctx: click.Context, *, old: str, new: str, dry_run: bool) -> None:
    """Call the format OLD NEW. What was approved in it is looked at again."""
    from campaign.shaping import layouts

    options.reshaped(ctx, lambda project: layouts.rename(project, old, new), dry_run=dry_run)


@command.command("source", epilog="Example: campaign rename source es --dry-run")
@click.argument("tag", metavar="TAG")
@options.dry_run
@click.pass_context
def source(ctx: click.Context, *, tag: str, dry_run: bool) -> None:
    """Write the messages in the language TAG of the campaign, from its texts; the one before becomes a translation.

    Every text then waits to be signed against the new words: signatures are of the words that were read.
    """
    from campaign.shaping import source_language

    options.reshaped(ctx, lambda project: source_language.change(project, tag), dry_run=dry_run)
