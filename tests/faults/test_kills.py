"""Killed at any point, no command that writes leaves a half-file that is trusted or loses a signature."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator

import click
import pytest
from harness import files
from writers import ELSEWHERE, NOT_YET, READERS, SHEETS, WRITERS

from campaign.cli import main

#: Kills for each command; `make faults` asks for many.
KILLS = int(os.environ.get("CAMPAIGN_KILLS", "1"))


def _commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of the program that does something, with its whole name."""
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name}{part} ")
        else:
            yield f"{name}{part}", command


def test_the_harness_covers_every_command_that_writes():
    """A command is in the table of those that write or in that of those that do not; so is every option for a file."""
    known = [" ".join(entry.arguments) for entry in WRITERS.values()]
    known += [*(" ".join(arguments) for arguments in READERS.values()), *ELSEWHERE, *NOT_YET]
    for name, command in _commands(main.campaign):
        mine = [line for line in known if f"{line} ".startswith(f"{name} ")]
        assert mine, f"{name} is in no table of tests/faults/writers.py"
        for option in command.params:
            if isinstance(option, click.Option) and isinstance(option.type, click.Path) and not option.type.exists:
                assert option.name == "output" or any(option.opts[0] in line for line in mine), (name, option.opts)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.sample(6)
def test_what_only_reads_writes_nothing(signed, cli, models, reader):
    """No file of the workspace appears, changes or goes."""
    before = files(signed)
    assert cli.run(*READERS[reader], at=signed).code in (0, 1)
    assert files(signed) == before


@pytest.mark.slow
@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.sample(2)
def test_killed_at_a_write(faults, whole, lottery, tmp_path, writer):
    """SIGKILL at one of the command's own writes (opening, renaming, removing), drawn at random."""
    origin, unstopped, codes = faults(writer), whole(writer), []
    for number in range(KILLS):
        harness = origin.moved(tmp_path / f"{number}" / "workspace")
        codes.append(harness.run(kill_at=lottery.randint(1, unstopped.writes)).code)
        harness.nothing_lost(unstopped)
        # A recovery costs as much as a kill: in the long run every tenth one is looked at.
        if number % 10 == 0:
            harness.recovers(unstopped)
        shutil.rmtree(harness.project.root.parent)
    # With two workers the number of writes differs by a few: a run may have ended before its last one.
    assert set(codes) <= {-9, 0, 1}
    assert -9 in codes or (KILLS == 1 and "2" in origin.writer.arguments)


@pytest.mark.slow
@pytest.mark.breadth
def test_no_half_sheet_lies_in_an_office(faults, whole, lottery, tmp_path):
    """SIGKILL at a write of `fill --to`: what lies in the office's folder is whole and for its owner alone, or nothing."""
    unstopped = whole("fill --to")
    harness = faults("fill --to").moved(tmp_path / "office" / "workspace")
    sheets = harness.project.root / SHEETS
    for _ in range(KILLS):
        harness.run(kill_at=lottery.randint(unstopped.writes // 2, unstopped.writes))
        for path in sheets.iterdir() if sheets.is_dir() else ():
            assert path.suffix in (".pdf", ".txt") and not path.name.startswith(".")
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert path.suffix != ".pdf" or path.read_bytes().rstrip().endswith(b"%%EOF")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["build --jobs 2", "review sign"])
@pytest.mark.sample(1)
def test_killed_at_any_moment(faults, whole, lottery, tmp_path, name):
    """SIGKILL to the command and its workers at a moment drawn at random, again and again in the same workspace."""
    unstopped, harness = whole(name), faults(name).moved(tmp_path / "killed" / "workspace")
    for _ in range(KILLS):
        harness.run(after=lottery.uniform(0.01, unstopped.seconds))
        harness.nothing_lost(unstopped)
    harness.recovers(unstopped)
