"""campaign remove: an audience, language, country, contact or format, everywhere at once."""

from __future__ import annotations

import click

from campaign.cli import options


@click.group("remove", epilog="Example: campaign remove audience addiction --dry-run")
def command() -> None:
    """Take an audience, a language, a country, a contact or a format away, wherever it stands.

    Catalogues and signatures stay on disk; what was released stays in the history.
    """


@command.command("audience", epilog="Example: campaign remove audience addiction --dry-run")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@options.dry_run
@click.pass_context
def audience(ctx: click.Context, *, names: tuple[str, ...], dry_run: bool) -> None:
    """Take the audiences ID away: tables, messages, pictures, helplines that answer nobody else."""
    from campaign.shaping import audiences

    options.reshaped(ctx, options.each(audiences.remove, names), dry_run=dry_run)


@command.command("language", epilog="Example: campaign remove language ti")
@click.argument("tags", metavar="LANG...", nargs=-1, required=True)
@options.dry_run
@click.pass_context
def language(ctx: click.Context, *, tags: tuple[str, ...], dry_run: bool) -> None:
    """Take the languages LANG out of the settings; their texts and signatures stay in locales/."""
    from campaign.shaping import languages

    options.reshaped(ctx, options.each(languages.remove, tags), dry_run=dry_run)


@command.command("country", epilog="Example: campaign remove country IT")
@click.argument("codes", metavar="COUNTRY...", nargs=-1, required=True)
@options.dry_run
@click.pass_context
def country(ctx: click.Context, *, codes: tuple[str, ...], dry_run: bool) -> None:
    """Take the countries COUNTRY away, with their contacts."""
    from campaign.shaping import countries

    options.reshaped(ctx, options.each(countries.remove, codes), dry_run=dry_run)


@command.command("contact", epilog="Example: campaign remove contact be-surya")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@options.dry_run
@click.pass_context
def contact(ctx: click.Context, *, names: tuple[str, ...], dry_run: bool) -> None:
    """Take the contacts ID away; `campaign recall` still finds what carried them."""
    from campaign.shaping import contacts

    options.reshaped(ctx, options.each(contacts.remove, names), dry_run=dry_run)


@command.command("layout", epilog="Example: campaign remove layout trifold-a4")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@options.dry_run
@click.pass_context
def layout(ctx: click.Context, *, names: tuple[str, ...], dry_run: bool) -> None:
    """Take the formats ID away, with their designs."""
    from campaign.shaping import layouts

    options.reshaped(ctx, options.each(layouts.remove, names), dry_run=dry_run)
