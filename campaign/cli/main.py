"""The `campaign` command: a file per command, loaded when called; the one place where an error becomes words."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from campaign import __version__

#: Command -> its one-line help. The module campaign.cli.<command> holds it: --help imports none of them.
COMMANDS = {
    "init": "Write a fresh workspace.",
    "add": "Add an audience, a language, a country, a channel, a contact or a format.",
    "rename": "Give an audience, a contact or a format another name.",
    "remove": "Take an audience, a language, a country, a contact or a format away.",
    "extract": "Collect the sentences of the templates into locales/campaign.pot.",
    "update": "Bring every language's PO file in step with the templates.",
    "draft": "Fill what is missing with offline drafts, or write worksheets.",
    "models": "List, install and remove offline translation models.",
    "glossary": "Find agreed terms that are not used.",
    "review": "See, correct and sign texts; packs for people elsewhere; who signed what.",
    "catalogue": "Hand translations on to other programs and organisations.",
    "memory": "Take an organisation's old leaflets as proposals.",
    "ledger": "Unite copies of signatures and releases, and look whether they are whole.",
    "voice": "See what is read aloud and by whom; take in recordings, consent and its withdrawal.",
    "check": "List everything that is wrong with the texts.",
    "fix": "Put right what only one repair can mean: letters of a neighbour's keyboard.",
    "status": "Show what is signed, draft, stale or missing.",
    "preview": "Make one message and show it; follow what is saved.",
    "open": "Open all that was built, as pictures, or one item.",
    "build": "Build leaflets, SMS texts, posts and web pages.",
    "fill": "Fill a form in without a new signature: a sheet in two languages and a text message.",
    "drill": "Rehearse an emergency: what could go out now, in which languages, and who is left out.",
    "hand-over": "Write a form that offices fill in for WhatsApp or RapidPro.",
    "verify": "Read what was built again: hashes and telephone numbers.",
    "audit": "Compare the contacts of any leaflets with a reference.",
    "recall": "Find every released item that carries a contact, a sentence or a batch id.",
    "contacts": "List, verify and expire helplines.",
    "plan": "Show which language or audience to do next, by people left out.",
    "pack": "Make one ZIP for whoever sends SMS, posts, runs the web site, or prints.",
    "addresses": "Print the address of each web page.",
    "measure": "Count a text as an SMS or as a post on a platform.",
}


class Campaign(click.Group):
    """Loads a command's module when the command runs, and turns errors into words and exit codes.

    Exit codes: 0 ok, 1 the user's input or findings, 2 usage, 3 our bug, 130 interrupted.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"campaign.cli.{name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a near miss is named."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from campaign.config.tables import suggestion

            ctx.fail(f"No such command {args[0]!r}{suggestion(args[0], COMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Campaign,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: campaign init my-campaign, then: cd my-campaign && campaign build",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option(
    "-C", "--directory", type=click.Path(), default=".", help="Work in this folder instead of the current one."
)
@click.option("--log", type=click.Path(), help="Append what happens to this file; names and comments are left out.")
@click.pass_context
def campaign(ctx: click.Context, directory: str, log: str | None) -> None:
    """Multilingual awareness material: drafted offline, signed by mediators, ready for printers and gateways."""
    ctx.obj = directory
    if log:
        from campaign.cli import log as log_file

        log_file.start(log, sys.argv[1:])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # The texts are in every script; a terminal that cannot show one must not stop the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = campaign.main(args=arguments, prog_name="campaign", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was finished is kept; run the command again to go on.", err=True)
        return 130
    except BrokenPipeError:
        # The reader went away (campaign status | head): nothing is wrong.
        sys.stderr.close()
        return 0
    except Exception as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    from campaign.errors import CampaignError

    _logged(error)
    if isinstance(error, CampaignError):
        for problem in error.problems:
            click.echo(f"{click.style('error', fg='red', bold=True)}: {printable(str(problem))}", err=True)
        return 1
    import traceback

    traceback.print_exception(error)
    click.echo("This is a fault of the program, not of your files. Please report it with the lines above.", err=True)
    return 3


def _logged(error: Exception) -> None:
    """Put an error into the log, when there is one."""
    if "campaign.cli.log" in sys.modules:
        import logging

        # A fault of ours with its traceback; the user's own problems in their words.
        logging.getLogger("campaign").error(
            "%s", error, exc_info=error if type(error).__name__ != "CampaignError" else None
        )


def printable(text: str) -> str:
    """The text without characters that a terminal would act on, lone surrogates made visible; joiners spell words."""
    visible = "".join(c if c.isprintable() or c in "\n\t\u200c\u200d" else f"\\u{ord(c):04x}" for c in text)
    return visible.encode("utf-8", "backslashreplace").decode("utf-8")
