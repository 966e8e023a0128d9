"""Four people save at once and the machine dies: what was acknowledged is there, and every file can be read."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from campaign.catalogue import store
from campaign.catalogue.exchange import po
from campaign.ledger import ledger
from campaign.model.verdict import Verdict
from campaign.project import Project

#: Forks a writer for each pipe of its arguments, and prints their process ids. A writer saves a text, and signs it, and says
#: so only when both are done: again and again, until it is killed.
WRITERS_OF = """
import os
import sys
from datetime import date
from pathlib import Path
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.model.verdict import Verdict
from campaign.review.session import Desk
from campaign.project import Project
from campaign.ledger.verdicts import Person

pipes = [int(pipe) for pipe in sys.argv[2:]]
for me, pipe in enumerate(pipes):
    if not (pid := os.fork()):
        os.dup2(pipe, 1)
        break
    print(pid, flush=True)
else:
    for pipe in pipes:
        os.close(pipe)
    for _ in pipes:
        os.wait()
    sys.exit()
desk, on = Desk(Project(Path(sys.argv[1]))), date(2026, 11, 24)
by = Person(f"Writer {me}", "mediator")
sheet = desk.sheet("de")
keys = [key for key, line in sheet.lines.items() if "%" not in line.unit.source and not line.unit.plural][me::4]
# In letters: a number that the source does not have would be refused.
spelled = lambda number: str(number).translate(str.maketrans("0123456789", "abcdefghij"))
def answer(key, verdict, **more):
    sheet = desk.sheet("de")
    made = Decision(key, verdict, by, sheet.lines[key].text_hash, sheet.ledger.head, **more)
    return decide(desk, "de", [made], on)[0].done
for turn in range(1000):
    key = keys[turn % len(keys)]
    text = f"Neue Worte {spelled(me)} {spelled(turn)}"
    if answer(key, Verdict.CHANGE, forms=(text,)):
        line = desk.sheet("de").lines[key]
        if line.unit.text == text and answer(key, Verdict.SIGN, comment=f"{turn}"):
            print(key, text, flush=True)
"""

WRITERS, SAVES = 4, 200


@dataclass(frozen=True, slots=True)
class Writer:
    """A writer at work: its process id, and what it says."""

    pid: int
    said: TextIO

    def lines(self, count: int) -> str:
        """What it says next."""
        return "".join(self.said.readline() for _ in range(count))


@contextlib.contextmanager
def _writers(project: Project, repository: Path) -> Iterator[list[Writer]]:
    """The writers at work; the process that they are forked from ends when they have."""
    pipes = [os.pipe() for _ in range(WRITERS)]
    ends = [end for _, end in pipes]
    command = [sys.executable, "-c", WRITERS_OF, str(project.root), *map(str, ends)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=repository, pass_fds=ends) as parent:
        for end in ends:
            os.close(end)
        assert parent.stdout
        pids = [int(parent.stdout.readline()) for _ in pipes]
        with contextlib.ExitStack() as stack:
            said = [stack.enter_context(os.fdopen(pipe, encoding="utf-8")) for pipe, _ in pipes]
            yield [Writer(pid, stream) for pid, stream in zip(pids, said, strict=True)]


def _few(project: Project) -> None:
    """Leave a few plain sentences in the catalogue: the writers meet more often, and read faster."""
    path = project.catalogue("de")
    plain = [u for u in store.read(path, "de", "de").units if "%" not in u.source and not u.plural]
    path.write_bytes(po.write(path, "de", "de", {unit.key for unit in plain[:16]}, ""))


@pytest.mark.slow
@pytest.mark.breadth
def test_a_kill_during_concurrent_saves_loses_nothing_acknowledged(workspace: Project, repository: Path) -> None:
    """200 saves from 4 writers, each killed at a random moment; every acknowledged one is in the file and signed."""
    _few(workspace)
    chance, said = random.Random(7), []  # the same moments in every run
    acknowledged: dict[str, list[str]] = {}
    while len(said) < SAVES:
        with _writers(workspace, repository) as writers:
            first = [writer.lines(1) for writer in writers]
            first[0] += writers[0].lines(chance.randint(20, 30))
            for writer in writers:
                os.kill(writer.pid, signal.SIGKILL)
            rest = [writer.said.read() for writer in writers]
        lines = [line for part in zip(first, rest, strict=True) for line in "".join(part).split("\n") if line]
        whole = [line for line in lines if re.fullmatch(r"\w{12} Neue Worte [a-j] [a-j]+", line)]
        assert len(lines) == len(whole), "a writer failed"
        assert whole
        said += whole
        for line in whole:
            key, _, text = line.partition(" ")
            acknowledged.setdefault(key, []).append(text)

    units = store.read(workspace.catalogue("de"), "de", "de").by_key()
    book = ledger.read(workspace.ledger("de"), "de")
    signed = {(event.unit_key, event.forms) for event in book.events if event.verdict == Verdict.SIGN}
    for key, texts in acknowledged.items():
        assert {(key, (text,)) for text in texts} <= signed
        # At most one save after the last acknowledged one got as far as the file.
        number, turn = texts[-1].split()[2:]
        assert re.fullmatch(rf"Neue Worte {number} [a-j]+", units[key].text)
        assert units[key].text == texts[-1] or units[key].text.split()[3] != turn
