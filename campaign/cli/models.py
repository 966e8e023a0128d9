"""campaign models: list, install and remove offline translation models."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import asdict
from pathlib import Path

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.errors import CampaignError


@click.group("models")
def command() -> None:
    """List, install and remove offline translation models."""


@command.command("list", epilog="Example: campaign models list")
@options.as_json
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """Show, per language of the campaign, the model that is installed or known, or that there is none."""
    from campaign import config, languages
    from campaign.engines import packages
    from campaign.engines.known import models

    campaign = config.load(options.project(ctx))
    targets = [tag for tag in campaign.languages if tag != campaign.source_language]
    found = [model for tag in targets for model in models(campaign.source_language, tag)]
    if as_json:
        click.echo(json.dumps({"models": [{**asdict(model), "todo": model.todo} for model in found]}, indent=1))
        return
    for model in found:
        name = f"{model.locale} {languages.get(model.locale).english}"
        way = " (by way of English)" if model.pivot else ""
        facts = (
            f"{model.engine}: {model.name}, version {model.version}, {model.size / 1e6:.0f} MB, {model.licence}{way}"
        )
        known = f"published in the Argos index of mid 2025{way}; {model.todo}" if model.engine else model.todo
        click.echo(f"{name[:23]:24}{printable(facts) if model.version else known}")
    click.echo(f"Models lie in {packages.home()}. Nothing is sent anywhere when they translate.")


@command.command("install", epilog="Example: campaign models install translate-en_fr-1_9.argosmodel")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--download", metavar="PAIR", help="Fetch the model of a pair such as en-fr (Argos codes); asks first.")
@click.option("--yes", is_flag=True, help="Do not ask before downloading.")
@click.pass_context
def install(ctx: click.Context, *, file: Path | None, download: str | None, yes: bool) -> None:
    """Install a model from FILE, after checking it; or fetch one, the only time that the program uses the network."""
    if (file is None) == (download is None):
        raise click.UsageError("give a FILE, or --download PAIR.")
    if file:
        from campaign.engines.archive import install as install_file

        package = install_file(file)
    else:
        from campaign.engines import download as network

        source, target = _pair(str(download))
        if not yes:
            click.confirm(f"Connect to the internet to look for the model {source}-{target}?", abort=True)
        chosen = network.offer(source, target)
        click.echo(f"{source}-{target}, version {chosen.version}: {chosen.links[0]}")
        if not yes:
            click.confirm("Download it (usually 50 to 300 MB) and install it?", abort=True)
        package = network.install(chosen, options.progress("downloading"))
    click.echo(
        f"Installed {package.source}-{package.target}, version {package.version}, {package.size / 1e6:.0f} MB, "
        f"licence: {printable(package.licence)}, in {package.folder}"
    )
    if not _useful(ctx, package.source, package.target):
        click.echo("note: no language of this campaign is drafted or translated back with this pair.", err=True)


def _useful(ctx: click.Context, source: str, target: str) -> bool:
    """Whether the campaign that the command runs in (if it runs in one) has a use for a pair of Argos codes."""
    from campaign import config, languages
    from campaign.engines import PIVOT

    try:
        campaign = config.load(options.project(ctx))
    except CampaignError:
        return True
    codes = {languages.get(tag).argos for tag in campaign.languages} | {PIVOT}
    middle = {languages.get(campaign.source_language).argos, PIVOT}
    return {source, target} <= codes and bool({source, target} & middle)


@command.command("add", epilog="Example: campaign models add opus-mt-en-lg --licence CC-BY-4.0 --from en --to lg")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--licence", required=True, help="The model's licence, as its page names it; it stands in every draft.")
@click.option("--from", "source", default="", metavar="LANG", help="The language that it reads, where it says none.")
@click.option("--to", "target", default="", metavar="LANG", help="The only language that it is to be used for.")
@click.option("--token", default="", help="What names that language in its vocabulary, like lug_Latn.")
@click.option("--name", default="", help="A short name; that of the folder when left out.")
@click.pass_context
def add(ctx: click.Context, *, folder: Path, licence: str, source: str, target: str, token: str, name: str) -> None:
    """Copy a model of your own from FOLDER: CTranslate2 with SentencePiece (OPUS-MT, MADLAD-400, NLLB, M2M-100).

    Nothing is downloaded. The model is tried before it is added, and translates only what no Argos package does unless
    campaign draft is told --engine ctranslate2.
    """
    from campaign import config, languages
    from campaign.engines import folders, layouts

    with contextlib.suppress(CampaignError):  # the campaign may describe languages of its own
        config.load(options.project(ctx))
    for tag in filter(None, (source, target)):
        languages.get(tag)
    model = folders.add(folder, licence, source=source, target=target, token=token, name=name)
    known = layouts.by_language(model.layout, model.tokens) if model.tokens else {}
    pair = f"{model.source or 'any'} to {model.target or f'{len(known)} languages'}"
    click.echo(
        f"Added {model.name} ({model.layout}), {pair}, version {model.version}, {model.size / 1e6:.0f} MB, "
        f"licence: {printable(model.licence)}, in {model.folder}"
    )


@command.command("remove", epilog="Example: campaign models remove en-fr")
@click.argument("pair", metavar="PAIR|NAME")
def remove(pair: str) -> None:
    """Take away the installed models of PAIR, such as en-fr, or the model of your own with this NAME."""
    from campaign.engines import folders, packages

    if folders.remove(pair):
        click.echo(f"Removed {pair}.")
        return
    source, target = _pair(pair)
    count = packages.remove(source, target)
    if not count:
        pairs = [f"{package.source}-{package.target}" for package in packages.installed()]
        have = ", ".join([*pairs, *(model.name for model in folders.installed())])
        raise CampaignError.single(f"no model {pair} is installed", todo=f"installed are: {have or 'none'}")
    click.echo(f"Removed {source}-{target}.")


def _pair(text: str) -> tuple[str, str]:
    """Argos codes of a pair; our own tags are understood too (en-fil is en-tl to Argos).

    Raises:
        CampaignError: no pair, or a language that has no model.
    """
    from campaign import languages

    codes = {language.argos for language in languages.registry().values()}
    match = re.fullmatch(r"([a-z]{2,3})[-_]([A-Za-z-]{2,10})", text)
    ends = []
    for tag in match.groups() if match else ():
        known = languages.registry().get(tag)
        ends.append(tag if tag in codes else known.argos if known else None)
    if len(ends) != 2 or not all(ends):
        raise CampaignError.single(
            f"{text!r} is no pair of languages with a model",
            todo="write it like en-fr; campaign models list shows which are known",
        )
    return str(ends[0]), str(ends[1])
