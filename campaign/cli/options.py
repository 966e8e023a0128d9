"""Options that several commands share, and the progress line."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from campaign.model.channels import CHANNELS
from campaign.people import tidy
from campaign.project import Project

Function = TypeVar("Function", bound=Callable[..., object])


def project(ctx: click.Context) -> Project:
    """The workspace that the command works in."""
    return Project.find(Path(ctx.obj))


class _Name(click.types.StringParamType):
    """The name of a person, as records keep it: no line break of a paste comes into a message."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return tidy(str(super().convert(value, param, ctx)))


NAME = _Name()


def names(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Names given with commas or one by one, each once."""
    return tuple(dict.fromkeys(name.strip() for entry in given for name in entry.split(",") if name.strip()))


def selection(function: Callable[..., object], *, channels: bool = True) -> Callable[..., object]:
    """--audience --lang --country --channel, each repeatable; the command gets them as one `chosen` Selection.

    Without `channels` there is no --channel.
    """

    @functools.wraps(function)
    def chosen(
        *arguments: object,
        country: tuple[str, ...],
        lang: tuple[str, ...],
        audience: tuple[str, ...],
        channel: tuple[str, ...] = (),
        **others: object,
    ) -> object:
        from campaign.workspace.selection import Selection

        return function(*arguments, chosen=Selection(country, lang, audience, channel), **others)

    wrapped: Callable[..., object] = chosen
    for name, what in (
        *((("channel", one_of(CHANNELS)),) if channels else ()),
        ("country", "a country code"),
        ("lang", "a language tag"),
        ("audience", "an audience of campaign.toml"),
    ):
        text = f"Only {what}; several with commas or one by one."
        wrapped = click.option(f"--{name}", multiple=True, callback=names, metavar=name.upper(), help=text)(wrapped)
    return wrapped


def one_of(names: Iterable[str]) -> str:
    """Names as a sentence lists them: a, b or c."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def contents(function: Callable[..., object]) -> Callable[..., object]:
    """--audience --lang --country, as `selection` gives them."""
    return selection(function, channels=False)


def workers(function: Function) -> Function:
    """--jobs, by default one per processor."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        default=os.cpu_count() or 1,
        show_default="one per processor",
        help="How many processes work at once.",
    )(function)


def ssh_key(function: Function) -> Function:
    """--ssh-key: the file of the key that seals what is said, or nothing."""
    return click.option(
        "--ssh-key",
        "key",
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        help="Also seal this with your ssh key: more than the name is known then.",
    )(function)


def as_json(function: Function) -> Function:
    """--json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")(function)


def progress(label: str) -> Callable[[int, int], None]:
    """A progress line on a terminal; silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        click.echo(f"\r{label} {done}/{total}", nl=False, err=True)
        if end:
            click.echo(err=True)

    return show


class Asked(click.Option):
    """An option that is asked for; where nobody can answer, its default is taken, or it is named as missing."""

    def prompt_for_value(self, ctx: click.Context) -> object:
        """The answer, or what stands for it when the input has ended."""
        try:
            return super().prompt_for_value(ctx)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            default = self.get_default(ctx)
            if not isinstance(default, str):
                raise click.MissingParameter(ctx=ctx, param=self) from None
            click.echo(default, err=True)
            return self.process_value(ctx, default)


def needs_extra(module: str) -> None:
    """Say which extra of the review page is missing before anything else happens.

    Raises:
        CampaignError: the library is not installed.
    """
    import importlib.util

    from campaign import installed
    from campaign.errors import CampaignError

    if importlib.util.find_spec(module) is None:
        raise CampaignError.single(
            f"the library {module} is not installed", todo=f"run: {installed.command_for('review')}"
        )


def show(address: str) -> None:
    """Open a file or an address on a desktop; where there is no screen (a server, a build) nothing is started.

    Without a screen `xdg-open` may start a browser of the terminal, which takes it over.
    """
    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        click.launch(address)


def dry_run(function: Function) -> Function:
    """--dry-run."""
    return click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")(function)


def each(change: Callable[[Project, str], None], names: Iterable[str]) -> Callable[[Project], None]:
    """The change for every name, one after another."""

    def act(project: Project) -> None:
        for name in names:
            change(project, name)

    return act


def reshaped(ctx: click.Context, act: Callable[[Project], None], *, dry_run: bool, to_fill: str = "") -> None:
    """Change what the workspace is made of, or show what would change; git undoes it.

    Raises:
        CampaignError: the change cannot be made; then nothing is changed.
    """
    from campaign.shaping.trial import carry_out, reshape

    found = project(ctx)
    made = reshape(found, act, to_fill=to_fill)
    if not dry_run:
        carry_out(found, made.changes)
    for change in made.changes:
        click.echo(f"{'would be ' if dry_run else ''}{change}")
    for problem in made.left:
        click.echo(f"still to do: {problem}", err=True)
