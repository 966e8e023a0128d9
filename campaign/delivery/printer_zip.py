"""Packs for printers: gate, lay out with bleed, make and inspect press files, one ZIP a country and language."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from pathlib import Path

from campaign.config.tables import suggestion
from campaign.delivery.handover import Handover
from campaign.delivery.printer_worker import PrintContext, PrintRoom, Task, run_tasks
from campaign.editions.clearance import problems, still
from campaign.editions.history_check import Refused
from campaign.editions.leaving import refused_now
from campaign.editions.release_gate import leaving_gate
from campaign.errors import CampaignError, Problem
from campaign.executors import executor
from campaign.executors.context import hold, tools
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.layout import Layout
from campaign.press import pack
from campaign.press.job import PrintJob
from campaign.press.office import Office, fits
from campaign.project import Project, write_atomic
from campaign.protocols import Progress
from campaign.render.messages import Messages
from campaign.typeset.session import Typesetter
from campaign.workspace import loader
from campaign.workspace.inputs import Inputs
from campaign.workspace.selection import Selection

#: Jobs made together: their pages lie on the disk meanwhile, up to 110 MB a job.
HANDFUL = 4


@dataclass(frozen=True, slots=True)
class PrinterZip:
    """One ZIP: where it lies, how many jobs it holds, and the preflight lines that failed (only in proofs)."""

    path: Path
    jobs: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """The ZIPs of a run, and why jobs are in none of them: a format that is refused costs no other one."""

    zips: tuple[PrinterZip, ...]
    refused: tuple[Problem, ...]


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
    office: Office | None = None,
) -> Printed:
    """Write one ZIP for each country and language into output/packs; with `office` sheets for an office's own printer.

    Without `proof` all that a ZIP holds must be signed, verified and unexpired: a language of which anything may not go
    out is left out whole and told, or refused where it was asked for by name. A job whose text does not fit, or that
    fails preflight without `proof`, is left out and told.

    Raises:
        CampaignError: unknown names, a bad colour profile, anything unsigned, or not one job that can be printed; then
            no ZIP is written.
    """
    inputs = Inputs.of(project)
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    layouts = _layouts(space.campaign, formats, office)
    used = chosen_of("--profile", (profile,) if profile else (), space.campaign.profiles)
    print_profile = space.campaign.profiles[used[0]]
    messages = Messages(project, space.campaign)
    gate = None if proof else leaving_gate(space, today, chosen.locales, messages)
    handover = None if proof else Handover(project, today, chosen.locales)  # a damaged history stops here already
    context = PrintContext(project, space.campaign, space.texts, print_profile, gate, office)
    hold(context)
    room = tools(PrintContext, lambda context: PrintRoom(context, messages))
    asked = _tasks(room, chosen, layouts, space.campaign, proof=proof, each=bool(selection.audiences))
    tasks, left_out = _signed(room, asked, whole=bool(selection.locales))
    with tempfile.TemporaryDirectory(prefix="campaign-packs-") as folder:
        written: list[PrinterZip] = []
        entries: list[Entry] = []
        refused: list[Problem] = [*left_out]
        for answers in _made(tasks, context, workers, progress):
            jobs = [(task, made) for task, made in answers if isinstance(made, PrintJob) and (proof or not made.failed)]
            refused += refusals([made for _, made in answers], proof=proof)
            if not jobs:
                continue
            zipped, hashes = _write(Path(folder), context, jobs, handover)
            written.append(zipped)
            if handover:
                handover.pack(zipped.path, "office" if office else f"printer, profile {print_profile.id}", hashes)
                entries += [room.entry(task, job) for task, job in jobs]
        if not written:
            raise CampaignError(refused)
        with still(project, chosen.locales) if handover else nullcontext():
            if handover:
                refuse(refused_now(inputs, entries, {entry.path for entry in entries}, today))
                handover.press_files(entries, space)
                handover.remember()
            for zipped in written:
                write_atomic(zipped.path, Path(folder, zipped.path.name).read_bytes())
    return Printed(tuple(written), tuple(refused))


def refusals(made: Sequence[PrintJob | CampaignError], *, proof: bool) -> Iterator[Problem]:
    """Why jobs are in no pack: their text does not fit, or their file would be sent back by the printer."""
    for job in made:
        if isinstance(job, CampaignError):
            yield from job.problems
        elif not proof:
            todo = "correct the cause, or look at it with --proof"
            yield from (Problem(line, "fails preflight", todo) for line in sent_back(job))


def sent_back(job: PrintJob) -> Iterator[str]:
    """The lines of a job's preflight that a print shop would send back."""
    for line in job.failed:
        yield f"{job.files[0].name}: {line.check}: {line.measured} (limit {line.limit}), {line.where}"


def _layouts(campaign: Campaign, formats: tuple[str, ...], office: Office | None) -> list[Layout]:
    """The formats to print: those asked for, or all of one language; of an office what is no larger than its paper.

    Raises:
        CampaignError: there is no such format, or it is a sheet of several languages.
    """
    wanted = [campaign.layouts[name] for name in chosen_of("--format", formats, campaign.layouts)]
    if several := [layout.id for layout in wanted if layout.several and layout.id in formats]:
        what, todo = "is a sheet of several languages, made for a place", "pack it: campaign pack wall"
        raise CampaignError(Problem(f"--format {name}", what, todo) for name in several)
    wanted = [layout for layout in wanted if not layout.several]
    return [layout for layout in wanted if not office or formats or fits(layout, office.paper)]


def _tasks(
    room: PrintRoom, chosen: Selection, layouts: Sequence[Layout], campaign: Campaign, *, proof: bool, each: bool
) -> list[Task]:
    """The jobs to make; `each`: an audience was asked for by name, so it gets its own of what all could share.

    Raises:
        CampaignError: there are none, or one may not go to a printer.
    """
    tasks = []
    for group in chosen.groups():
        message = room.message(group)
        own = each or group.audience == campaign.for_all(group.country)
        offered = [layout for layout in layouts if layout.offered(message) and (own or not layout.shared)]
        tasks += [Task(group, layout.id, proof, layout.shared and not each) for layout in offered]
    if not tasks:
        raise CampaignError.single(
            "no audience has what this format needs", where="--format", todo="choose another format or audience"
        )
    return tasks


def _signed(room: PrintRoom, tasks: Sequence[Task], *, whole: bool) -> tuple[list[Task], list[Problem]]:
    """The jobs of the languages of which all may go to a printer, and a line for each language that may not.

    Raises:
        CampaignError: `whole`, and one may not; or none may. Then every reason of every job is told.
    """
    refused = {task: room.refused(task) for task in tasks}
    held = {task.group.locale for task, why in refused.items() if why}
    going = [task for task in tasks if task.group.locale not in held]
    if whole or not going:
        refuse({str(task): why for task, why in refused.items()})
    todo = "every reason: campaign pack printer --lang {0}; or make a proof, --proof"
    return going, [
        Problem(locale, "is in no pack: not all of it is signed, verified and right", todo.format(locale))
        for locale in sorted(held)
    ]


def refuse(refused: Refused) -> None:
    """Raise CampaignError when something may not go to a printer."""
    if found := problems(refused):
        raise CampaignError(found)


def _made(
    tasks: Sequence[Task], context: PrintContext, workers: int, progress: Progress
) -> Iterator[list[tuple[Task, PrintJob | CampaignError]]]:
    """The finished jobs of each country and language, or why one was not made."""
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
    folder: Path,
    context: PrintContext,
    jobs: Sequence[tuple[Task, PrintJob]],
    handover: Handover | None,
) -> tuple[PrinterZip, tuple[str, ...]]:
    """Put the jobs of one country and language into a ZIP in `folder`; the pack, and the hashes of its files."""
    task, made = jobs[0][0], [job for _, job in jobs]
    project, campaign, profile = context.project, context.campaign, context.profile
    kind, whose = "_PROOF" if task.proof else "", f"{task.group.country}_{task.group.locale}"
    if context.office:
        name = f"office_{whose}{kind}.zip"
        papers = pack.office_papers(campaign.name, made, profile, context.office)
    else:
        name = f"printer_{whose}_{profile.id}{kind}.zip"
        papers = pack.papers(Typesetter(project), campaign.name, made, profile)
    files = (*papers, *(file for job in made for file in job.files))
    with (folder / name).open("wb") as stream:
        pack.write(stream, files, campaign.edition, handover.comment if handover else b"")
    failed = tuple(line for job in made for line in sent_back(job))
    place = project.inside(project.packs(Edition.REVIEW if task.proof else Edition.RELEASE) / name)
    return PrinterZip(place, len(made), failed), tuple(file.sha256 for file in files)


def _batches(tasks: Sequence[Task], workers: int) -> list[tuple[Task, ...]]:
    """The jobs in handfuls: enough of them to keep every worker busy, and Ghostscript starts once for each."""
    size = max(1, min(HANDFUL, len(tasks) // (2 * workers)))
    return [tuple(tasks[at : at + size]) for at in range(0, len(tasks), size)]


def chosen_of(option: str, asked: tuple[str, ...], there: Mapping[str, object]) -> tuple[str, ...]:
    """The names that were asked for, or all. Raises CampaignError when one is not there."""
    unknown = [name for name in asked if name not in there]
    if unknown:
        raise CampaignError(
            Problem(
                f"{option} {name}",
                f"is not in campaign.toml{suggestion(name, there)}",
                f"use one of {', '.join(there)}",
            )
            for name in unknown
        )
    return tuple(name for name in there if not asked or name in asked)
