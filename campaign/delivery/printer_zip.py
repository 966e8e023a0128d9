"""Packs for printers: gate, lay out with bleed, make and inspect press files, one ZIP a country and language."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from pathlib import Path

from campaign.config.examples import refuse
from campaign.config.tables import suggestion
from campaign.delivery.handover import Handover
from campaign.delivery.printer_worker import PrintContext, PrintRoom, Task, run_tasks
from campaign.editions.release_gate import make_gate
from campaign.errors import CampaignError, Problem
from campaign.executors import executor
from campaign.executors.context import hold, tools
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.print_profile import PrintProfile
from campaign.press import pack
from campaign.press.extra import need_libraries
from campaign.press.job import PrintJob
from campaign.project import Project, write_atomic
from campaign.protocols import Progress
from campaign.render.messages import Messages
from campaign.typeset.session import Typesetter
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Jobs made together: their pages lie on the disk meanwhile, up to 110 MB a job.
HANDFUL = 4


@dataclass(frozen=True, slots=True)
class PrinterZip:
    """One ZIP: where it lies, how many jobs it holds, and the preflight lines that failed (only in proofs)."""

    path: Path
    jobs: int
    failed: tuple[str, ...]


def pack_printer(
    project: Project,
    *,
    selection: Selection,
    formats: tuple[str, ...],
    profile: str,
    proof: bool,
    workers: int,
    today: date,
    progress: Progress,
) -> tuple[PrinterZip, ...]:
    """Write one ZIP for each country and language into output/packs.

    Without `proof` everything in it must be signed, verified, unexpired, and pass preflight.

    Raises:
        CampaignError: unknown names, a bad colour profile, anything unsigned, failed preflight; then no ZIP is written.
    """
    need_libraries()
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    wanted = _known("--format", formats, space.campaign.layouts)
    print_profile = space.campaign.profiles[
        _known("--profile", (profile,) if profile else (), space.campaign.profiles)[0]
    ]
    if not proof:
        refuse(space.campaign)
    messages = Messages(project, space.campaign)
    gate = None if proof else make_gate(space, today, chosen.locales, messages)
    handover = None if proof else Handover(project, today)  # a damaged history stops before anything is made
    context = PrintContext(project, space.campaign, space.texts, print_profile, gate)
    hold(context)
    room = tools(PrintContext, lambda context: PrintRoom(context, messages))
    tasks: list[Task] = []
    problems: list[Problem] = []
    for group in chosen.groups():
        message = room.message(group)
        for name in wanted:
            if space.campaign.layouts[name].offered(message):
                tasks.append(Task(group, name, proof))
                problems += room.problems(tasks[-1], message)
    if not tasks:
        raise CampaignError.single(
            "no audience has what this format needs", where="--format", todo="choose another format or audience"
        )
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    with tempfile.TemporaryDirectory(prefix="campaign-packs-") as folder:
        written = []
        for jobs in _made(tasks, context, workers, progress):
            zipped, hashes = _write(Path(folder), project, space.campaign, print_profile, jobs)
            written.append(zipped)
            if handover:
                handover.pack(zipped.path, f"printer, profile {print_profile.id}", hashes)
                for task, job in jobs:
                    handover.press_file(job, space.campaign, room.units(task))
        if handover:
            _refuse(written)
            handover.remember()
        for zipped in written:
            write_atomic(zipped.path, Path(folder, zipped.path.name).read_bytes())
    return tuple(written)


def _made(
    tasks: Sequence[Task], context: PrintContext, workers: int, progress: Progress
) -> Iterator[list[tuple[Task, PrintJob]]]:
    """The finished jobs of each country and language."""
    with executor(min(workers, len(tasks)), context) as pool:
        made = zip(tasks, chain.from_iterable(pool.map(run_tasks, _batches(tasks, workers))), strict=True)
        done = 0
        for _, group in groupby(made, key=lambda pair: (pair[0].group.country, pair[0].group.locale)):
            jobs = []
            for pair in group:
                jobs.append(pair)
                done += 1
                progress(done, len(tasks))
            yield jobs


def _write(
    folder: Path, project: Project, campaign: Campaign, profile: PrintProfile, jobs: Sequence[tuple[Task, PrintJob]]
) -> tuple[PrinterZip, tuple[str, ...]]:
    """Put the jobs of one country and language into a ZIP in `folder`; the pack, and the hashes of its files."""
    task, made = jobs[0][0], [job for _, job in jobs]
    kind = "_PROOF" if task.proof else ""
    name = f"printer_{task.group.country}_{task.group.locale}_{profile.id}{kind}.zip"
    files = (
        *pack.papers(Typesetter(project), campaign.name, made, profile),
        *(file for job in made for file in job.files),
    )
    with (folder / name).open("wb") as stream:
        pack.write(stream, files, campaign.edition)
    failed = tuple(
        f"{job.files[0].name}: {line.check}: {line.measured} (limit {line.limit}), {line.where}"
        for job in made
        for line in job.failed
    )
    place = project.inside(project.packs(Edition.REVIEW if task.proof else Edition.RELEASE) / name)
    return PrinterZip(place, len(made), failed), tuple(file.sha256 for file in files)


def _refuse(written: Sequence[PrinterZip]) -> None:
    """Raise CampaignError when a file fails preflight."""
    if bad := [line for zipped in written for line in zipped.failed]:
        raise CampaignError(
            Problem(line, "fails preflight", "correct the cause, or look at it with --proof") for line in bad
        )


def _batches(tasks: Sequence[Task], workers: int) -> list[tuple[Task, ...]]:
    """The jobs in handfuls: enough of them to keep every worker busy, and Ghostscript starts once for each."""
    size = max(1, min(HANDFUL, len(tasks) // (2 * workers)))
    return [tuple(tasks[at : at + size]) for at in range(0, len(tasks), size)]


def _known(option: str, asked: tuple[str, ...], known: Mapping[str, object]) -> tuple[str, ...]:
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise CampaignError(
            Problem(
                f"{option} {name}",
                f"is not in campaign.toml{suggestion(name, known)}",
                f"use one of {', '.join(known)}",
            )
            for name in unknown
        )
    return tuple(name for name in known if not asked or name in asked)
